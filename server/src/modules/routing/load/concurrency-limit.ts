export interface LimitSettings {
  readonly min: number;
  /** A limit that has grown to this is lifted. */
  readonly max: number;
  /** What is left of the limit after a drop. */
  readonly backoff: number;
}

export const DEFAULT_LIMIT: LimitSettings = { min: 1, max: 1_000, backoff: 0.9 };

/**
 * How many calls may run at once, found by additive increase and multiplicative decrease: there is no limit until the provider refuses
 * for overload (429 or 503); then nine tenths of what ran, and one more for every round of successes that made use of it. Drops of calls
 * that started before the last cut say nothing new and do not cut again.
 */
export class ConcurrencyLimit {
  readonly #settings: LimitSettings;
  #limit: number | null = null;
  #inFlight = 0;
  #cutAtMs = -Infinity;

  constructor(settings: LimitSettings = DEFAULT_LIMIT) {
    this.#settings = settings;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Whole calls; null: no limit. */
  get limit(): number | null {
    return this.#limit === null ? null : Math.floor(this.#limit);
  }

  hasRoom(): boolean {
    return this.#limit === null || this.#inFlight < Math.floor(this.#limit);
  }

  started(): void {
    this.#inFlight += 1;
  }

  /** Once for every `started`. `outcome`: `neutral` says nothing about load. */
  ended(outcome: 'success' | 'drop' | 'neutral', startedAtMs: number, nowMs: number): void {
    const ran = this.#inFlight;
    this.#inFlight = Math.max(0, ran - 1);
    if (outcome === 'drop' && startedAtMs >= this.#cutAtMs) this.#cut(ran, nowMs);
    if (outcome === 'success') this.#grow(ran);
  }

  #cut(ran: number, nowMs: number): void {
    const { min, max, backoff } = this.#settings;
    this.#cutAtMs = nowMs;
    this.#limit = Math.min(max, Math.max(min, Math.min(this.#limit ?? ran, ran) * backoff));
  }

  #grow(ran: number): void {
    if (this.#limit === null || ran * 2 < this.#limit) return;
    this.#limit += 1 / this.#limit;
    if (this.#limit >= this.#settings.max) this.#limit = null;
  }
}
