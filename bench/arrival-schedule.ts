/**
 * Arrival times of an open loop. They are fixed before the first call is sent and never move, so a slow answer cannot delay the calls
 * after it: latency is counted from the intended start and nothing is omitted.
 */
export class ArrivalSchedule {
  readonly #gapMs: number;
  readonly total: number;
  #taken = 0;

  /** Even arrivals: call number n is due n / ratePerSecond after the start, for `durationMs`. */
  constructor(ratePerSecond: number, durationMs: number) {
    if (!(ratePerSecond > 0) || !(durationMs > 0)) throw new Error('An arrival schedule needs a rate and a duration above 0.');
    this.#gapMs = 1000 / ratePerSecond;
    this.total = Math.floor(durationMs / this.#gapMs);
  }

  /** Intended start of call number `index`, in ms after the start of the run. */
  intendedMs(index: number): number {
    return index * this.#gapMs;
  }

  /** Intended starts that are due at `elapsedMs` and were not taken before, oldest first. */
  takeDue(elapsedMs: number): number[] {
    const due: number[] = [];
    while (this.#taken < this.total && this.intendedMs(this.#taken) <= elapsedMs) {
      due.push(this.intendedMs(this.#taken));
      this.#taken += 1;
    }
    return due;
  }

  /** True once every arrival was taken. */
  get isExhausted(): boolean {
    return this.#taken >= this.total;
  }

  /** Ms from `elapsedMs` to the next arrival; 0 when one is due, undefined when none is left. */
  msToNext(elapsedMs: number): number | undefined {
    if (this.isExhausted) return undefined;
    return Math.max(0, this.intendedMs(this.#taken) - elapsedMs);
  }
}
