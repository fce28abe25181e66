import type { Coordination, LimitRequest } from '../../kernel/coordination/index.ts';
import { AntiphonError } from '../../kernel/errors/index.ts';
import type { Principal } from './principal.ts';

const MINUTE_MS = 60_000;
/** A call outlives its deadline by seconds at most; a holder that was never released (its process died) is dropped after this. */
const LEASE_MARGIN_MS = 30_000;

export interface AdmissionSettings {
  readonly defaultRequestsPerMinute: number;
  readonly defaultConcurrency: number;
}

/** A place among the calls in flight; give it back exactly when the call ends. Releasing twice changes nothing. */
export interface Admission {
  readonly limitRequests: number;
  readonly remainingRequests: number;
  release(): void;
}

/** Rate and concurrency limits of the caller's key, decided in one atomic step; a refused call consumes nothing. */
export class AdmissionService {
  readonly #coordination: Coordination;
  readonly #settings: AdmissionSettings;

  constructor(coordination: Coordination, settings: AdmissionSettings) {
    this.#coordination = coordination;
    this.#settings = settings;
  }

  /** Throws RATE_LIMITED with advice when to come back, UNAVAILABLE when the limits cannot be read. */
  async admit(principal: Principal, holder: string, deadlineMs: number): Promise<Admission> {
    const subject = principal.apiKeyId ?? principal.projectId;
    const requestsPerMinute = principal.requestsPerMinute ?? this.#settings.defaultRequestsPerMinute;
    const concurrencyKey = `limit:concurrency:${subject}`;
    const limits: readonly LimitRequest[] = [
      { kind: 'rate', key: `limit:requests:${subject}`, amount: 1, limit: requestsPerMinute, windowMs: MINUTE_MS },
      {
        kind: 'concurrency',
        key: concurrencyKey,
        holder,
        limit: principal.concurrency ?? this.#settings.defaultConcurrency,
        leaseMs: Math.ceil(deadlineMs) + LEASE_MARGIN_MS,
      },
    ];
    const decision = await this.#take(limits);
    if (!decision.isAllowed) {
      const isRate = decision.refusedIndex === 0;
      throw new AntiphonError(
        'RATE_LIMITED',
        isRate
          ? `This key may make ${requestsPerMinute} requests a minute, and they are used up. Wait and try again.`
          : 'This key has as many calls in flight as it may. Wait for one to end and try again.',
        { retryAfterMs: decision.retryAfterMs },
      );
    }
    let isReleased = false;
    return {
      limitRequests: requestsPerMinute,
      remainingRequests: decision.remaining[0] ?? 0,
      release: () => {
        if (isReleased) return;
        isReleased = true;
        // Losing this only means that the place is free again when its lease ends.
        this.#coordination.release([{ key: concurrencyKey, holder }]).catch(() => undefined);
      },
    };
  }

  async #take(limits: readonly LimitRequest[]): ReturnType<Coordination['take']> {
    try {
      return await this.#coordination.take(limits);
    } catch (cause) {
      throw new AntiphonError('UNAVAILABLE', 'The limits of this key cannot be checked now. Try again shortly.', { cause });
    }
  }
}
