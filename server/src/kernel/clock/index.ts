/** Time as a dependency, so that tests decide what time it is. */
export interface Clock {
  /** Wall-clock time in milliseconds since the Unix epoch. May step when the machine's clock is set. */
  nowMs(): number;
  /** Monotonic time in milliseconds; only differences mean something. Never steps back. */
  monotonicMs(): number;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};

/** A clock that moves only when told to. */
export class ManualClock implements Clock {
  #wallMs: number;
  #elapsedMs = 0;

  constructor(startMs = Date.UTC(2026, 0, 1)) {
    this.#wallMs = startMs;
  }

  nowMs(): number {
    return this.#wallMs + this.#elapsedMs;
  }

  monotonicMs(): number {
    return this.#elapsedMs;
  }

  advance(byMs: number): void {
    this.#elapsedMs += byMs;
  }
}
