import type { ProviderErrorClass, RateLimitHeadroom } from '../../providers/index.ts';
import { ConcurrencyLimit, DEFAULT_LIMIT, type LimitSettings } from '../load/concurrency-limit.ts';
import type { DeploymentState } from '../routing.types.ts';
import { blameOf } from './blame.ts';
import { CircuitBreaker, DEFAULT_BREAKER, type BreakerSettings, type BreakerTransition } from './circuit-breaker.ts';
import { DEFAULT_EVIDENCE, FailureEvidence, type EvidenceSettings } from './failure-evidence.ts';
import { Headroom } from './headroom.ts';
import { PeakEwma } from './peak-ewma.ts';
import { SuccessShare } from './success-share.ts';
import { UptimeHistory, type UptimeCell } from './uptime-history.ts';

export interface HealthSettings {
  /** Until something was measured, an answer is believed to begin after so long. */
  readonly initialFirstTokenMs: number;
  readonly latencyTauMs: number;
  /** A failure is no quicker than this: what fails fast must not look fast. */
  readonly failurePenaltyMs: number;
  readonly success: { readonly weight: number; readonly tauMs: number };
  readonly evidence: EvidenceSettings;
  readonly breaker: BreakerSettings;
  readonly limit: LimitSettings;
  /** So many refusals of the credential in a row take it out. */
  readonly credentialRefusals: number;
  /** A provider that asks to be left alone for longer is asked again after this. */
  readonly maxCoolingMs: number;
  readonly uptimeCellMs: number;
}

export const DEFAULT_HEALTH: HealthSettings = {
  initialFirstTokenMs: 1_000,
  latencyTauMs: 10_000,
  failurePenaltyMs: 5_000,
  success: { weight: 0.1, tauMs: 20_000 },
  evidence: DEFAULT_EVIDENCE,
  breaker: DEFAULT_BREAKER,
  limit: DEFAULT_LIMIT,
  credentialRefusals: 2,
  maxCoolingMs: 60_000,
  uptimeCellMs: 60_000,
};

/** What is known of a deployment beside its calls. */
export interface DeploymentFacts {
  readonly inputNanoUsdPerToken: number | null;
  readonly outputNanoUsdPerToken: number | null;
  /** 0 to 1. */
  readonly quality: number | null;
}

export type AttemptOutcome =
  | { readonly kind: 'succeeded'; readonly outputTokens: number | null }
  | { readonly kind: 'failed'; readonly errorClass: ProviderErrorClass; readonly retryAfterMs: number | null }
  /** Its caller left, or a hedge was faster: it tells nothing. */
  | { readonly kind: 'abandoned' };

/** How one attempt went, in times of the monotonic clock. */
export interface AttemptRecord {
  readonly startedAtMs: number;
  readonly firstTokenAtMs: number | null;
  readonly isProbe: boolean;
  readonly outcome: AttemptOutcome;
}

/** All that is known of one deployment. Told how attempts went; never decides about calls. */
export class DeploymentHealth {
  facts: DeploymentFacts = { inputNanoUsdPerToken: null, outputNanoUsdPerToken: null, quality: null };
  readonly limit: ConcurrencyLimit;
  readonly breaker: CircuitBreaker;
  readonly #settings: HealthSettings;
  readonly #firstToken: PeakEwma;
  readonly #perToken: PeakEwma;
  readonly #success: SuccessShare;
  readonly #evidence: FailureEvidence;
  readonly #headroom = new Headroom();
  readonly #uptime: UptimeHistory;
  #credentialRefusals = 0;
  #coolUntilMs = 0;
  #trippedAtMs = -Infinity;

  constructor(settings: HealthSettings, nowMs: number, onTransition: (transition: BreakerTransition) => void) {
    this.#settings = settings;
    this.#firstToken = new PeakEwma(settings.initialFirstTokenMs, settings.latencyTauMs, nowMs);
    this.#perToken = new PeakEwma(0, settings.latencyTauMs, nowMs);
    this.#success = new SuccessShare(settings.success, nowMs);
    this.#evidence = new FailureEvidence(settings.evidence, nowMs);
    this.#uptime = new UptimeHistory(settings.uptimeCellMs);
    this.limit = new ConcurrencyLimit(settings.limit);
    this.breaker = new CircuitBreaker(settings.breaker, onTransition);
  }

  ended(attempt: AttemptRecord, nowMs: number, wallMs: number): void {
    const { outcome } = attempt;
    const blame = outcome.kind === 'failed' ? blameOf(outcome.errorClass) : null;
    const isDrop = outcome.kind === 'failed' && (outcome.errorClass === 'rate-limit' || outcome.errorClass === 'overloaded');
    this.limit.ended(isDrop ? 'drop' : outcome.kind === 'succeeded' ? 'success' : 'neutral', attempt.startedAtMs, nowMs);
    if (outcome.kind === 'succeeded') this.#succeeded(attempt, outcome.outputTokens, nowMs, wallMs);
    else if (outcome.kind === 'abandoned' || blame === 'nobody') {
      if (attempt.isProbe) this.breaker.probeAbandoned();
    } else if (blame === 'caller') this.#answered(attempt, nowMs, wallMs);
    else if (blame === 'rate') this.#askedToSlowDown(attempt, outcome.retryAfterMs, nowMs);
    else if (blame === 'credential') this.#refusedCredential(attempt, outcome.errorClass, nowMs);
    else this.#failed(attempt, nowMs, wallMs);
  }

  recordHeadroom(headroom: RateLimitHeadroom, nowMs: number): void {
    this.#headroom.record(headroom, nowMs);
  }

  stateAt(deployment: string, nowMs: number): DeploymentState {
    const breaker = this.breaker.stateAt(nowMs);
    return {
      deployment,
      firstTokenMs: Math.max(this.#firstToken.valueAt(nowMs), 1),
      msPerOutputToken: this.#perToken.valueAt(nowMs),
      successShare: this.#success.valueAt(nowMs),
      inFlight: this.limit.inFlight,
      concurrencyLimit: this.limit.limit,
      breaker,
      isCredentialRefused: breaker === 'open' && this.#credentialRefusals >= this.#settings.credentialRefusals,
      coolingForMs: Math.max(0, this.#coolUntilMs - nowMs),
      headroom: this.#headroom.shareAt(nowMs),
      ...this.facts,
    };
  }

  uptimeAt(wallMs: number): UptimeCell[] {
    return this.#uptime.cellsAt(wallMs);
  }

  #succeeded(attempt: AttemptRecord, outputTokens: number | null, nowMs: number, wallMs: number): void {
    const { startedAtMs, firstTokenAtMs } = attempt;
    const tokens = outputTokens ?? 0;
    if (firstTokenAtMs === null) {
      // Without a stream the whole time is seen; what the output took of it is taken off as far as it is known.
      this.#firstToken.sample(Math.max(0, nowMs - startedAtMs - this.#perToken.valueAt(nowMs) * tokens), nowMs);
    } else {
      this.#firstToken.sample(firstTokenAtMs - startedAtMs, nowMs);
      if (tokens > 1) this.#perToken.sample((nowMs - firstTokenAtMs) / (tokens - 1), nowMs);
    }
    this.#answered(attempt, nowMs, wallMs);
  }

  /** It works, whatever it said. */
  #answered({ isProbe, startedAtMs }: AttemptRecord, nowMs: number, wallMs: number): void {
    this.#credentialRefusals = 0;
    this.#success.record(true, nowMs);
    this.#evidence.record(true, startedAtMs, nowMs);
    this.#uptime.record(true, wallMs);
    if (this.breaker.stateAt(nowMs) === 'closed' || startedAtMs < this.#trippedAtMs) return;
    this.breaker.succeeded(nowMs, isProbe);
    if (this.breaker.stateAt(nowMs) === 'closed') this.#evidence.forget(nowMs);
  }

  #failed({ startedAtMs, isProbe }: AttemptRecord, nowMs: number, wallMs: number): void {
    this.#firstToken.sample(Math.max(nowMs - startedAtMs, this.#settings.failurePenaltyMs), nowMs);
    this.#success.record(false, nowMs);
    this.#uptime.record(false, wallMs);
    // What started before the breaker opened was judged with it.
    if (startedAtMs < this.#trippedAtMs) return;
    this.#evidence.record(false, startedAtMs, nowMs);
    const cause = isProbe ? 'a probe failed' : this.#evidence.findCause(nowMs);
    if (cause !== null) this.#trip(cause, isProbe, nowMs);
  }

  #trip(cause: string, isProbe: boolean, nowMs: number): void {
    if (this.breaker.stateAt(nowMs) !== 'open') this.#trippedAtMs = nowMs;
    this.breaker.tripped(nowMs, cause, isProbe);
  }

  #askedToSlowDown({ isProbe }: AttemptRecord, retryAfterMs: number | null, nowMs: number): void {
    if (isProbe) this.breaker.probeAbandoned();
    // Nothing is broken, but calls are better sent elsewhere.
    this.#success.record(false, nowMs);
    if (retryAfterMs === null) return;
    this.#coolUntilMs = Math.max(this.#coolUntilMs, nowMs + Math.min(retryAfterMs, this.#settings.maxCoolingMs));
  }

  #refusedCredential({ isProbe }: AttemptRecord, errorClass: ProviderErrorClass, nowMs: number): void {
    this.#credentialRefusals += 1;
    if (isProbe || this.#credentialRefusals >= this.#settings.credentialRefusals)
      this.#trip(errorClass === 'quota' ? 'the credential is used up' : 'the credential was refused', isProbe, nowMs);
  }
}
