import type { Clock } from '../../kernel/clock/index.ts';
import type { AttemptSettled, AttemptStarted, Basis, BillingDetail, Outcome, TokenCounts } from '../ledger/index.ts';
import type { Providers, Usage } from '../providers/index.ts';
import { toTokenCounts } from './settlement.ts';

/** What was consumed, and how that is known. */
export interface Metering {
  readonly basis: Basis;
  readonly tokens: TokenCounts;
  /** Left out or null: the token buckets are all that is charged, at the usual service tier. */
  readonly billing?: BillingDetail | null;
}

export interface AttemptEnd {
  readonly outcome: Outcome;
  readonly errorClass: string | null;
  readonly httpStatus: number | null;
  readonly upstreamRequestId: string | null;
  readonly firstOutputAtMs: number | null;
  readonly metering: Metering;
}

/** One call to a provider. `end` may be called once; that it is called exactly once is what makes bills right. */
export class Attempt {
  readonly started: AttemptStarted;
  readonly #startedAtMonotonicMs: number;
  readonly #clock: Clock;
  readonly #providers: Providers;
  #settled: AttemptSettled | null = null;

  constructor(started: AttemptStarted, deps: { clock: Clock; providers: Providers }) {
    this.started = started;
    this.#clock = deps.clock;
    this.#providers = deps.providers;
    this.#startedAtMonotonicMs = deps.clock.monotonicMs();
  }

  /** Throws when the attempt has already ended: a second settlement would be a second bill. */
  end(end: AttemptEnd): AttemptSettled {
    if (this.#settled !== null) throw new Error(`attempt ${this.started.id} has already been settled as ${this.#settled.outcome}`);
    const { basis, tokens, billing = null } = end.metering;
    const charged = billing === null ? tokens : { ...tokens, ...billing };
    const priced = basis === 'VOID' ? null : this.#providers.priceUsage(this.started.modelId, charged, this.started.startedAtMs);
    this.#settled = {
      attemptId: this.started.id,
      requestId: this.started.requestId,
      outcome: end.outcome,
      basis,
      errorClass: end.errorClass,
      httpStatus: end.httpStatus,
      upstreamRequestId: end.upstreamRequestId,
      tokens,
      billing,
      costNanoUsd: basis === 'VOID' ? 0n : (priced?.costNanoUsd ?? null),
      priceVersion: priced?.priceVersion ?? null,
      timeToFirstTokenMs: end.firstOutputAtMs === null ? null : end.firstOutputAtMs - this.#startedAtMonotonicMs,
      durationMs: this.#clock.monotonicMs() - this.#startedAtMonotonicMs,
      settledAtMs: this.#clock.nowMs(),
    };
    return this.#settled;
  }
}

export function actual(usage: Usage): Metering {
  return { basis: 'ACTUAL', tokens: toTokenCounts(usage) };
}
