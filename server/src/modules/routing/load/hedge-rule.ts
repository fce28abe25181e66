export interface HedgeSettings {
  /** At most this share of calls gets a second copy. */
  readonly maxShare: number;
  /** Below so many calls the tail is not known. */
  readonly minSamples: number;
  readonly quantile: number;
}

export const DEFAULT_HEDGE: HedgeSettings = { maxShare: 0.02, minSamples: 100, quantile: 0.95 };

const WINDOW = 512;
/** The tail is worked out anew after so many calls. */
const REFRESH_EVERY = 32;

/**
 * When a second copy of a call may be sent to another deployment: after the time in which 95 of 100 calls are done, for at most 2 % of
 * calls. Only for calls that are not streamed and may safely run twice; the loser is cancelled, and charged.
 */
export class HedgeRule {
  readonly #settings: HedgeSettings;
  readonly #latencies = new Float64Array(WINDOW);
  #recorded = 0;
  #tailMs: number | null = null;
  #calls = 0;
  #hedges = 0;

  constructor(settings: HedgeSettings = DEFAULT_HEDGE) {
    this.#settings = settings;
  }

  /** Once for every call that a hedge could be sent for. */
  called(): void {
    this.#calls += 1;
  }

  /** How long a successful call took. */
  record(latencyMs: number): void {
    this.#latencies[this.#recorded % WINDOW] = latencyMs;
    this.#recorded += 1;
    if (this.#recorded >= this.#settings.minSamples && (this.#tailMs === null || this.#recorded % REFRESH_EVERY === 0))
      this.#tailMs = this.#findTail();
  }

  /** How long to wait before the second copy; null: too little is known to send one. */
  get delayMs(): number | null {
    return this.#tailMs;
  }

  /** Takes a hedge if the share allows one more. */
  tryHedge(): boolean {
    if (this.#tailMs === null || this.#hedges + 1 > this.#calls * this.#settings.maxShare) return false;
    this.#hedges += 1;
    return true;
  }

  get hedgeCount(): number {
    return this.#hedges;
  }

  #findTail(): number {
    const sorted = this.#latencies.slice(0, Math.min(this.#recorded, WINDOW)).sort();
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * this.#settings.quantile))] as number;
  }
}
