import type { Clock } from '../../kernel/clock/index.ts';
import { toAntiphonError, type AntiphonError } from '../../kernel/errors/index.ts';
import { NO_TOKENS, type RequestSettled } from '../ledger/index.ts';
import type { CompletionCall } from './completion-call.ts';
import type { Delivery, Exchange } from './exchange.ts';
import type { CompletionOutcome, Replay } from './outcome.ts';
import type { Pipeline } from './pipeline.ts';
import type { Recorder } from './recorder.ts';
import { toRequestStarted } from './stages/call-provider.stage.ts';

export interface CompletionsSettings {
  readonly requestDeadlineMs: number;
  readonly streamDeadlineMs: number;
}

/** Runs calls through the pipeline and sees to it that each leaves a record, whatever becomes of it. */
export class Completions {
  readonly #pipeline: Pipeline;
  readonly #recorder: Recorder;
  readonly #clock: Clock;
  readonly #settings: CompletionsSettings;
  #inFlight = 0;
  readonly #onIdle: (() => void)[] = [];

  constructor(deps: { pipeline: Pipeline; recorder: Recorder; clock: Clock; settings: CompletionsSettings }) {
    this.#pipeline = deps.pipeline;
    this.#recorder = deps.recorder;
    this.#clock = deps.clock;
    this.#settings = deps.settings;
  }

  /** Calls that have not ended yet. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /**
   * Resolves when no call is in flight, after `graceMs` at the latest. Callers may be gone while their calls are still finished and
   * settled, so that this comes after the doors are closed and before the ledger stops.
   */
  async drain(graceMs: number): Promise<void> {
    if (this.#inFlight === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, graceMs);
      this.#onIdle.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /**
   * Runs one call. What the caller is to be told about is in the outcome's `error`, with the record beside it. Throws only where
   * there is no record: over a limit, no ledger, an idempotency key in conflict, a fault of ours.
   */
  async run(call: CompletionCall, delivery: Delivery): Promise<CompletionOutcome | Replay> {
    const limitMs = call.isStreaming ? this.#settings.streamDeadlineMs : this.#settings.requestDeadlineMs;
    const exchange: Exchange = {
      call,
      delivery,
      deadlineAtMs: call.receivedAtMonotonicMs + Math.min(call.deadlineMs ?? limitMs, limitMs),
      admission: null,
      route: null,
      reservedNanoUsd: null,
    };
    this.#inFlight += 1;
    try {
      return await this.#pipeline(exchange);
    } catch (thrown) {
      return await this.#recordRefusal(exchange, toAntiphonError(thrown));
    } finally {
      this.#inFlight -= 1;
      if (this.#inFlight === 0) for (const tell of this.#onIdle.splice(0)) tell();
    }
  }

  /** A call that was turned away before a provider was called, as a record of its own where that cannot be used to flood us. */
  async #recordRefusal(exchange: Exchange, error: AntiphonError): Promise<CompletionOutcome> {
    const { call } = exchange;
    if (!isRecordedAsCompletion(error)) throw error;
    const nowMs = this.#clock.nowMs();
    const settlement: RequestSettled = {
      requestId: call.id,
      outcome: 'FAILED',
      basis: 'VOID',
      errorCode: error.code,
      errorMessage: error.message,
      servedAttemptId: null,
      finishReason: null,
      warnings: [],
      tokens: NO_TOKENS,
      costNanoUsd: 0n,
      timeToFirstTokenMs: null,
      durationMs: this.#clock.monotonicMs() - call.receivedAtMonotonicMs,
      overheadMs: null,
      settledAtMs: nowMs,
    };
    const start = this.#recorder.start(toRequestStarted(call, exchange.reservedNanoUsd), null, call);
    await this.#recorder.settle(start, [], settlement, null);
    return { settlement, attempts: [], reservedNanoUsd: exchange.reservedNanoUsd, error, answer: null, served: null, limits: null };
  }
}

/** Refusals for the call's own sake; those that guard us are counted by the doors instead. */
function isRecordedAsCompletion(error: AntiphonError): boolean {
  switch (error.code) {
    case 'INVALID_INPUT':
    case 'NOT_FOUND':
    case 'NO_ROUTE':
    case 'QUOTA_EXCEEDED':
    case 'CONTENT_BLOCKED':
    case 'CONTEXT_TOO_LONG':
      return true;
    default:
      return false;
  }
}
