import type { Clock } from '../../../kernel/clock/index.ts';
import type { ProviderError, ProviderErrorClass, RateLimitHeadroom, UpstreamResponse } from '../contract.ts';

/** What this process has seen of a credential; null where it has seen nothing. Times are wall-clock milliseconds. */
export interface CredentialHealthView {
  readonly lastSuccessAtMs: number | null;
  readonly lastFailureAtMs: number | null;
  readonly lastFailureClass: ProviderErrorClass | null;
  readonly lastFailureHttpStatus: number | null;
  /** Until when others of the account are preferred. */
  readonly restsUntilMs: number | null;
  /** What the last answer that told of it said was left of the rate limits. */
  readonly headroom: RateLimitHeadroom | null;
  readonly headroomAtMs: number | null;
}

/** A refused key or an empty balance does not mend itself within seconds. */
const REST_AFTER_REFUSAL_MS = 60_000;
const REST_AFTER_LIMIT_MS = 5000;
const MAX_REST_MS = 300_000;

/** Keeps count of how a credential fares, in memory: other processes see their own. */
export class CredentialHealth {
  readonly #clock: Pick<Clock, 'nowMs'>;
  #lastSuccessAtMs: number | null = null;
  #lastFailureAtMs: number | null = null;
  #lastFailure: ProviderError | null = null;
  #restsUntilMs = 0;
  #headroom: RateLimitHeadroom | null = null;
  #headroomAtMs: number | null = null;

  constructor(clock: Pick<Clock, 'nowMs'>) {
    this.#clock = clock;
  }

  succeeded(upstream: UpstreamResponse | null): void {
    this.#lastSuccessAtMs = this.#clock.nowMs();
    this.#restsUntilMs = 0;
    this.#see(upstream);
  }

  /** Failures of the call itself (`invalid`, `cancelled`, …) say nothing about the credential and are not kept. */
  failed(error: ProviderError): void {
    if (!isOfTheCredential(error.errorClass)) return;
    const nowMs = this.#clock.nowMs();
    this.#lastFailureAtMs = nowMs;
    this.#lastFailure = error;
    this.#restsUntilMs = Math.max(this.#restsUntilMs, nowMs + restOf(error));
    this.#see(error.upstream);
  }

  isResting(nowMs: number): boolean {
    return this.#restsUntilMs > nowMs;
  }

  view(): CredentialHealthView {
    return {
      lastSuccessAtMs: this.#lastSuccessAtMs,
      lastFailureAtMs: this.#lastFailureAtMs,
      lastFailureClass: this.#lastFailure?.errorClass ?? null,
      lastFailureHttpStatus: this.#lastFailure?.httpStatus ?? null,
      restsUntilMs: this.isResting(this.#clock.nowMs()) ? this.#restsUntilMs : null,
      headroom: this.#headroom,
      headroomAtMs: this.#headroomAtMs,
    };
  }

  #see(upstream: UpstreamResponse | null): void {
    const headroom = upstream?.headroom;
    if (headroom === undefined) return;
    this.#headroom = headroom;
    this.#headroomAtMs = this.#clock.nowMs();
  }
}

function isOfTheCredential(errorClass: ProviderErrorClass): boolean {
  switch (errorClass) {
    case 'auth':
    case 'rate-limit':
    case 'quota':
    case 'overloaded':
    case 'timeout':
    case 'transport':
    case 'malformed':
      return true;
    case 'invalid':
    case 'too-long':
    case 'blocked':
    case 'not-found':
    case 'cancelled':
      return false;
  }
}

/** Only what another credential of the account may be spared from. */
function restOf({ errorClass, retryAfterMs }: ProviderError): number {
  switch (errorClass) {
    case 'auth':
    case 'quota':
      return Math.min(MAX_REST_MS, Math.max(REST_AFTER_REFUSAL_MS, retryAfterMs ?? 0));
    case 'rate-limit':
      return Math.min(MAX_REST_MS, retryAfterMs ?? REST_AFTER_LIMIT_MS);
    default:
      return 0;
  }
}
