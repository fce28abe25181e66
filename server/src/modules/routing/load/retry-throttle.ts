/** As gRPC's proposal A6 has it. */
const MAX_TOKENS = 10;
const TOKENS_PER_SUCCESS = 0.1;

/** Stops retries and hedges to a provider while most of what it gets fails: a failure takes a token, ten successes give one. */
export class RetryThrottle {
  #tokens = MAX_TOKENS;

  succeeded(): void {
    this.#tokens = Math.min(MAX_TOKENS, this.#tokens + TOKENS_PER_SUCCESS);
  }

  failed(): void {
    this.#tokens = Math.max(0, this.#tokens - 1);
  }

  get isRetryAllowed(): boolean {
    return this.#tokens > MAX_TOKENS / 2;
  }

  get tokens(): number {
    return this.#tokens;
  }
}

const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 1_000;

/** How long to wait before retry number `retry` (from 1): a random part of 0.1 s, doubled each time, at most 1 s. `unit` is in [0, 1). */
export function backoffMs(retry: number, unit: number): number {
  return unit * Math.min(FIRST_BACKOFF_MS * 2 ** (retry - 1), MAX_BACKOFF_MS);
}
