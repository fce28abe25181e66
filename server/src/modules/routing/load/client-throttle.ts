export interface ClientThrottleSettings {
  /** A provider may take so many times what it accepts, before calls are refused here. */
  readonly multiplier: number;
  /** Short, so that it lets go soon after a recovery; calls under way are not in it, however long they take. */
  readonly windowMs: number;
  /** Something always gets through, so that recovery is seen. */
  readonly maxRejectShare: number;
}

export const DEFAULT_CLIENT_THROTTLE: ClientThrottleSettings = { multiplier: 2, windowMs: 20_000, maxRejectShare: 0.9 };

const SLICES = 12;

/**
 * Refuses calls in front of a provider that refuses most of them (client-side throttling of the SRE book): with probability
 * (requests − multiplier × accepts) ÷ (requests + 1) over a sliding window. What is refused here counts as a request at once; what is
 * sent counts when it ends: answers take seconds, and calls under way would look like refusals whenever traffic grows.
 */
export class ClientThrottle {
  readonly #settings: ClientThrottleSettings;
  readonly #requests = new Float64Array(SLICES);
  readonly #accepts = new Float64Array(SLICES);
  #slice = 0;

  constructor(settings: ClientThrottleSettings = DEFAULT_CLIENT_THROTTLE) {
    this.#settings = settings;
  }

  /** Whether a call may be sent. `unit` is in [0, 1). Whoever may, reports `ended`. */
  tryRequest(nowMs: number, unit: number): boolean {
    if (unit >= this.rejectShareAt(nowMs)) return true;
    this.#count(this.#requests);
    return false;
  }

  /** `isAccepted`: the provider took the call, whatever it answered. Not for calls whose caller left. */
  ended(nowMs: number, isAccepted: boolean): void {
    this.#advance(nowMs);
    this.#count(this.#requests);
    if (isAccepted) this.#count(this.#accepts);
  }

  rejectShareAt(nowMs: number): number {
    this.#advance(nowMs);
    const requests = sum(this.#requests);
    const surplus = (requests - this.#settings.multiplier * sum(this.#accepts)) / (requests + 1);
    return Math.min(Math.max(0, surplus), this.#settings.maxRejectShare);
  }

  #count(slices: Float64Array): void {
    const slot = this.#slice % SLICES;
    slices[slot] = (slices[slot] as number) + 1;
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
