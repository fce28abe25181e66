import type { Clock } from '../../../kernel/clock/index.ts';
import { AntiphonError, toAntiphonError, type AttemptSummary } from '../../../kernel/errors/index.ts';
import type { Ids } from '../../../kernel/ids/index.ts';
import type { Logger } from '../../../kernel/telemetry/index.ts';
import type { AttemptSettled, PayloadRecord, RequestSettled, RequestStarted } from '../../ledger/index.ts';
import { ProviderError, type Deployment, type ProviderCall, type Providers } from '../../providers/index.ts';
import { Attempt } from '../attempt.ts';
import { CallAbort } from '../call-abort.ts';
import type { Exchange, Stage } from '../exchange.ts';
import { errorClassOf, isLeftUnanswered, mayAnotherCandidateServe, toCallerError } from '../failure.policy.ts';
import type { CompletionOutcome, FinishedAttempt, ServedBy } from '../outcome.ts';
import { exchangeWithProvider, meterAttempt } from '../provider-exchange.ts';
import { emptyTrace, type Trace } from '../trace.ts';
import type { PendingStart, Recorder } from '../recorder.ts';
import { sumUpRequest, toFinishReasonName } from '../settlement.ts';

export interface CallProviderDeps {
  readonly recorder: Recorder;
  readonly providers: Providers;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly payloadMaxBytes: number;
}

/** Bytes of JSON that make about one token, for checkpoints only. */
const BYTES_PER_TOKEN = 4;

/** How one attempt ended: `error` is null when it served the call. */
interface AttemptResult {
  readonly attempt: Attempt;
  readonly trace: Trace;
  readonly deployment: Deployment;
  readonly error: ProviderError | AntiphonError | null;
}

export function createCallProviderStage(deps: CallProviderDeps): Stage {
  return (exchange) => new CallRun(deps, exchange).run();
}

/** The life of one call from its first attempt to its settlement. */
class CallRun {
  readonly #deps: CallProviderDeps;
  readonly #exchange: Exchange;
  readonly #abort: CallAbort;
  readonly #finished: FinishedAttempt[] = [];
  /** Of the latest attempt; those of earlier ones are durable, or the call has ended. */
  #start: PendingStart | null = null;
  /** Why the ledger did not take the start. */
  #unrecorded: AntiphonError | null = null;

  constructor(deps: CallProviderDeps, exchange: Exchange) {
    this.#deps = deps;
    this.#exchange = exchange;
    const { call } = exchange;
    this.#abort = new CallAbort({
      callerSignal: call.callerSignal,
      followsCaller: call.onDisconnect === 'cancel',
      deadlineAtMs: exchange.deadlineAtMs,
      clock: deps.clock,
    });
  }

  async run(): Promise<CompletionOutcome> {
    const candidates = this.#exchange.route?.candidates ?? [];
    // At once, with the route: a credential that is replaced or deleted meanwhile stays usable until this call has ended.
    const releases = candidates.map(({ credential }) => credential?.hold());
    try {
      for (const [index, deployment] of candidates.entries()) {
        const result = await this.#attempt(deployment, index + 1);
        const isLast = index === candidates.length - 1;
        if (result.error === null || isLast || !this.#mayRetry(result)) return await this.#settle(result);
        await this.#settleFailedAttempt(result);
      }
      throw new Error('a route must have a candidate');
    } finally {
      this.#abort.dispose();
      for (const release of releases) release?.();
    }
  }

  #mayRetry({ error, trace }: AttemptResult): boolean {
    return (
      error instanceof ProviderError &&
      !trace.hasDelivered &&
      this.#abort.reason === null &&
      mayAnotherCandidateServe(error.errorClass) &&
      this.#staysWithinMaxCost(trace)
    );
  }

  /** A provider that had begun to answer may charge for it, so the next one must fit into the caller's bound beside it. */
  #staysWithinMaxCost(trace: Trace): boolean {
    const { call, reservedNanoUsd } = this.#exchange;
    if (call.maxCostNanoUsd === null || reservedNanoUsd === null || !trace.hasAnswered) return true;
    const charged = this.#finished.filter(({ settled }) => settled.basis !== 'VOID').length + 1;
    return BigInt(charged + 1) * reservedNanoUsd <= call.maxCostNanoUsd;
  }

  async #attempt(deployment: Deployment, ordinal: number): Promise<AttemptResult> {
    const { clock, ids, recorder, providers } = this.#deps;
    const { call } = this.#exchange;
    const trace = emptyTrace();
    const attempt = new Attempt(
      {
        id: ids.uuidv7(),
        requestId: call.id,
        ordinal,
        providerId: deployment.provider.id,
        modelId: deployment.modelId,
        startedAtMs: clock.nowMs(),
      },
      { clock, providers },
    );
    const start =
      this.#start === null ? recorder.start(this.#requestStarted(), attempt.started, call) : recorder.startAttempt(attempt.started);
    this.#start = start;
    start.durable.catch((error: unknown) => this.#stopUnrecorded(error));
    try {
      await exchangeWithProvider(this.#exchange, deployment, this.#providerCall(deployment, attempt), trace, {
        meter: {
          clock,
          writer: recorder,
          attemptId: attempt.started.id,
          requestId: call.id,
          inputTokensGuess: Math.ceil(call.input.sizeBytes / BYTES_PER_TOKEN),
          maxRecordedBytes: this.#deps.payloadMaxBytes,
        },
        started: start.durable,
        isCallerListening: () => !call.callerSignal.aborted,
      });
      deployment.credential?.succeeded(trace.upstream);
      return { attempt, trace, deployment, error: null };
    } catch (thrown) {
      const error = this.#classify(thrown);
      trace.wasLeftUnanswered = isLeftUnanswered(error);
      // A caller that left, and a deadline of the caller's, say nothing about the credential.
      if (error instanceof ProviderError && this.#abort.reason === null) deployment.credential?.failed(error);
      return { attempt, trace, deployment, error };
    }
  }

  #stopUnrecorded(error: unknown): void {
    this.#unrecorded = toAntiphonError(error);
    this.#abort.stop('not-recorded');
  }

  /** What stopped us counts before what the adapter made of it. */
  #classify(thrown: unknown): ProviderError | AntiphonError {
    switch (this.#abort.reason) {
      case 'caller-left':
        return new ProviderError('cancelled', 'the caller left', { cause: thrown });
      case 'deadline':
        return new ProviderError('timeout', 'the deadline of the call passed', { cause: thrown });
      case 'not-recorded':
        return this.#unrecorded ?? toAntiphonError(thrown);
      case null:
        if (thrown instanceof ProviderError || thrown instanceof AntiphonError) return thrown;
        this.#deps.log.error({ error: thrown, completionId: this.#exchange.call.id }, 'an adapter failed in a way it should not');
        return toAntiphonError(thrown);
    }
  }

  #requestStarted(): RequestStarted {
    const { call, reservedNanoUsd } = this.#exchange;
    return toRequestStarted(call, reservedNanoUsd);
  }

  #providerCall(deployment: Deployment, attempt: Attempt): ProviderCall {
    const { call, deadlineAtMs } = this.#exchange;
    return {
      model: deployment.upstreamModel,
      request: () => call.request(),
      wire: call.wire,
      context: {
        attemptId: attempt.started.id,
        signal: this.#abort.signal,
        remainingMs: Math.max(1, deadlineAtMs - this.#deps.clock.monotonicMs()),
        traceHeaders: call.traceHeaders,
      },
    };
  }

  async #endAttempt({ attempt, trace, error }: AttemptResult): Promise<AttemptSettled> {
    const isProviderError = error instanceof ProviderError;
    const settled = attempt.end({
      outcome: error === null ? 'SUCCEEDED' : isProviderError && error.errorClass === 'cancelled' ? 'CANCELLED' : 'FAILED',
      errorClass: error === null ? null : errorClassOf(error),
      httpStatus: trace.httpStatus ?? (isProviderError ? error.httpStatus : null),
      upstreamRequestId: trace.upstreamRequestId ?? (isProviderError ? (error.upstream?.requestId ?? null) : null),
      firstOutputAtMs: trace.firstOutputAtMs,
      metering: await meterAttempt(this.#exchange, trace, error === null),
    });
    this.#finished.push({ started: attempt.started, settled });
    return settled;
  }

  async #settleFailedAttempt(result: AttemptResult): Promise<void> {
    const settled = await this.#endAttempt(result);
    try {
      await this.#deps.recorder.settle(this.#pendingStart(), [settled], null, null);
    } catch (thrown) {
      // The call ends here, so its request must not stay open. This fails like the attempt's settlement did, and is kept like it.
      const error = toAntiphonError(thrown);
      await this.#deps.recorder.settle(this.#pendingStart(), [], this.#sumUp(result, settled, error), null).catch(() => undefined);
      throw error;
    }
  }

  #pendingStart(): PendingStart {
    if (this.#start === null) throw new Error('an attempt is settled that never started');
    return this.#start;
  }

  async #settle(result: AttemptResult): Promise<CompletionOutcome> {
    const { admission, reservedNanoUsd } = this.#exchange;
    const { trace, deployment } = result;
    const attemptSettled = await this.#endAttempt(result);
    const error = this.#callerError(result);
    const settlement = this.#sumUp(result, attemptSettled, error);
    await this.#deps.recorder.settle(this.#pendingStart(), [attemptSettled], settlement, this.#output(trace));
    const served: ServedBy = { providerId: deployment.provider.id, modelId: deployment.modelId };
    return {
      settlement,
      attempts: this.#finished,
      reservedNanoUsd,
      error,
      answer: error === null ? trace.answer : null,
      served: error === null || trace.hasDelivered ? served : null,
      limits: admission === null ? null : { limitRequests: admission.limitRequests, remainingRequests: admission.remainingRequests },
    };
  }

  /** The request's own row; `last` is the attempt that ended it. */
  #sumUp({ attempt, trace }: AttemptResult, last: AttemptSettled, error: AntiphonError | null): RequestSettled {
    const { call } = this.#exchange;
    return sumUpRequest(
      this.#finished.map(({ settled }) => settled),
      {
        requestId: call.id,
        outcome: last.outcome,
        errorCode: error?.code ?? null,
        errorMessage: error?.message ?? null,
        servedAttemptId: error === null || trace.hasDelivered ? attempt.started.id : null,
        finishReason: error === null && trace.finishReason !== null ? toFinishReasonName(trace.finishReason) : null,
        warnings: [...(call.warnings ?? []), ...trace.warnings],
        timeToFirstTokenMs: trace.firstOutputAtMs === null ? null : trace.firstOutputAtMs - call.receivedAtMonotonicMs,
        durationMs: this.#deps.clock.monotonicMs() - call.receivedAtMonotonicMs,
        settledAtMs: last.settledAtMs,
      },
    );
  }

  #output(trace: Trace): PayloadRecord | null {
    if (!trace.hasAnswered) return null;
    const output = trace.output();
    return output === null ? null : { requestId: this.#exchange.call.id, ...output };
  }

  #callerError({ error }: AttemptResult): AntiphonError | null {
    if (error === null || error instanceof AntiphonError) return error;
    const summaries = this.#finished.map(({ started, settled }): AttemptSummary => ({
      attemptId: started.id,
      providerId: started.providerId,
      modelId: started.modelId,
      errorClass: settled.errorClass,
      httpStatus: settled.httpStatus,
    }));
    return toCallerError(error, summaries, this.#exchange.call.id);
  }
}

export function toRequestStarted(call: Exchange['call'], reservedNanoUsd: bigint | null): RequestStarted {
  return {
    id: call.id,
    organizationId: call.principal.organizationId,
    projectId: call.principal.projectId,
    apiKeyId: call.principal.apiKeyId,
    door: call.door,
    operation: call.operation,
    requestedModel: call.model,
    isStreaming: call.isStreaming,
    reservedNanoUsd,
    idempotencyKey: call.idempotencyKey,
    metadataJson: call.metadataJson,
    startedAtMs: call.receivedAtMs,
  };
}
