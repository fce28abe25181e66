/** Entries examined for each entry added: memory shrinks as fast as it grows, without a timer. */
const SWEEP_PER_INSERT = 2;
const FULL_SWEEP_PAUSE_MS = 1_000;

/**
 * A map whose entries end by themselves. Bounded: when it is full and nothing has ended, `add` answers false; nothing is evicted.
 * `isOver` is asked lazily, on adding; readers check for themselves.
 */
export class ExpiringMap<Value> {
  readonly #entries = new Map<string, Value>();
  readonly #maxEntries: number;
  readonly #isOver: (value: Value, nowMs: number) => boolean;
  readonly #onRemoved: ((key: string, value: Value) => void) | null;
  #sweep: Iterator<[string, Value]>;
  #nextFullSweepMs = -Infinity;

  constructor(
    maxEntries: number,
    isOver: (value: Value, nowMs: number) => boolean,
    onRemoved: ((key: string, value: Value) => void) | null = null,
  ) {
    this.#maxEntries = maxEntries;
    this.#isOver = isOver;
    this.#onRemoved = onRemoved;
    this.#sweep = this.#entries.entries();
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Value | undefined {
    return this.#entries.get(key);
  }

  delete(key: string): boolean {
    const value = this.#entries.get(key);
    if (value === undefined) return false;
    this.#entries.delete(key);
    this.#onRemoved?.(key, value);
    return true;
  }

  /** Puts `value` where nothing is yet. False when there is no room. */
  add(key: string, value: Value, nowMs: number): boolean {
    if (!this.hasRoom(1, nowMs)) return false;
    for (let step = 0; step < SWEEP_PER_INSERT; step++) this.#sweepNext(nowMs);
    this.#entries.set(key, value);
    return true;
  }

  /** Whether `count` more entries fit, after clearing what is over when it is tight. */
  hasRoom(count: number, nowMs: number): boolean {
    if (this.#entries.size + count <= this.#maxEntries) return true;
    this.clearOver(nowMs);
    return this.#entries.size + count <= this.#maxEntries;
  }

  /** Removes every entry that is over; at most once a second, because it looks at all of them. */
  clearOver(nowMs: number): void {
    if (nowMs < this.#nextFullSweepMs) return;
    this.#nextFullSweepMs = nowMs + FULL_SWEEP_PAUSE_MS;
    for (const [key, value] of this.#entries) if (this.#isOver(value, nowMs)) this.delete(key);
  }

  #sweepNext(nowMs: number): void {
    const next = this.#sweep.next();
    if (next.done === true) {
      this.#sweep = this.#entries.entries();
      return;
    }
    const [key, value] = next.value;
    if (this.#isOver(value, nowMs)) this.delete(key);
  }
}
