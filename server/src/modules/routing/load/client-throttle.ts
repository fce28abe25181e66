export interface ClientThrottleSettings {
  /** A provider may take so many times what it accepts, before calls are refused here. */
  readonly multiplier: number;
  /** Not less than the time that all but the slowest calls take. */
  readonly windowMs: number;
  /** Something always gets through, so that recovery is seen. */
  readonly maxRejectShare: number;
}

export const DEFAULT_CLIENT_THROTTLE: ClientThrottleSettings = { multiplier: 2, windowMs: 60_000, maxRejectShare: 0.9 };

const SLICES = 12;

/**
 * Refuses calls in front of a provider that refuses most of them (client-side throttling of the SRE book): with probability
 * (requests − multiplier × accepts) ÷ (requests + 1) over a sliding window. A request is counted before it is sent, a refused one too.
 */
export class ClientThrottle {
  readonly #settings: ClientThrottleSettings;
  readonly #requests = new Float64Array(SLICES);
  readonly #accepts = new Float64Array(SLICES);
  #slice = 0;

  constructor(settings: ClientThrottleSettings = DEFAULT_CLIENT_THROTTLE) {
    this.#settings = settings;
  }

  /** Counts a request and tells whether it may be sent. `unit` is in [0, 1). */
  tryRequest(nowMs: number, unit: number): boolean {
    const isAllowed = unit >= this.rejectShareAt(nowMs);
    const slot = this.#slice % SLICES;
    this.#requests[slot] = (this.#requests[slot] as number) + 1;
    return isAllowed;
  }

  /** The provider took the call, whatever it answered. */
  accepted(nowMs: number): void {
    this.#advance(nowMs);
    const slot = this.#slice % SLICES;
    this.#accepts[slot] = (this.#accepts[slot] as number) + 1;
  }

  rejectShareAt(nowMs: number): number {
    this.#advance(nowMs);
    const requests = sum(this.#requests);
    const surplus = (requests - this.#settings.multiplier * sum(this.#accepts)) / (requests + 1);
    return Math.min(Math.max(0, surplus), this.#settings.maxRejectShare);
  }

  #advance(nowMs: number): void {
    const slice = Math.max(this.#slice, Math.floor((nowMs * SLICES) / this.#settings.windowMs));
    for (let next = Math.max(this.#slice + 1, slice - SLICES + 1); next <= slice; next += 1) {
      this.#requests[next % SLICES] = 0;
      this.#accepts[next % SLICES] = 0;
    }
    this.#slice = slice;
  }
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
