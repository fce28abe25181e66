/**
 * Replicate's predictions as a provider of language models: a prediction is made, waited for or streamed, and cancelled when nobody waits
 * for it any more. It never retries; looking at a prediction again and again is bounded by the call's deadline.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { ProviderError, type CompletionResult, type Provider, type ProviderCall, type StreamSink } from '../../contract.ts';
import { EventCutter } from '../../shared/event-cutter.ts';
import { toDataFailure } from '../../shared/failure.ts';
import { toStreamParts } from '../../shared/result-parts.ts';
import { deliver, WireClient, type Answer } from '../../shared/wire-client.ts';
import { REPLICATE_CAPABILITIES } from './replicate.capabilities.ts';
import { readError, readPredictionError } from './replicate.errors.ts';
import {
  accountRequestOf,
  cancelRequestOf,
  createRequestOf,
  getRequestOf,
  streamRequestOf,
  toUpstream,
  type ReplicateSettings,
} from './replicate.exchange.ts';
import { toInput } from './replicate.input.ts';
import { createdAtOf, parsePrediction, toCompletionResult, usageOf, type Prediction } from './replicate.prediction.ts';
import { ReplicateStreamTranslator } from './replicate.stream.ts';
import { targetOf } from './replicate.target.ts';

export { REPLICATE_CAPABILITIES } from './replicate.capabilities.ts';
export type { ReplicateSettings } from './replicate.exchange.ts';

const PROBE_TIMEOUT_MS = 10_000;
const CANCEL_TIMEOUT_MS = 10_000;
/** How long the numbers of a finished stream are waited for: they come with the prediction's end, which may lag behind its stream. */
const SETTLE_TIMEOUT_MS = 2000;
const DEFAULT_POLL_INTERVAL_MS = 250;
const POLL_GROWTH = 1.5;
const MAX_POLL_FACTOR = 8;

/** A provider over `settings`; opens nothing until it is called. Its `close` leaves the shared http client open. */
export function createReplicateProvider(settings: ReplicateSettings): Provider {
  return new ReplicateProvider(settings);
}

/** A prediction with the answer that told it. */
interface Told {
  readonly prediction: Prediction;
  readonly answer: Answer;
}

class ReplicateProvider implements Provider {
  readonly id: string;
  readonly displayName: string;
  readonly capabilities = REPLICATE_CAPABILITIES;
  readonly dialects = [];
  readonly #settings: ReplicateSettings;
  readonly #wire: WireClient;
  /** Failures that are the end of a prediction: there is nothing left to cancel. */
  readonly #ends = new WeakSet<ProviderError>();

  constructor(settings: ReplicateSettings) {
    this.#settings = settings;
    this.id = settings.id;
    this.displayName = settings.displayName;
    this.#wire = new WireClient(settings, { toUpstream, readError });
  }

  async complete(call: ProviderCall): Promise<CompletionResult> {
    const deadlineMs = this.#deadlineOf(call);
    const { input, warnings } = toInput(call.request());
    const told = await this.#create(call, input, true);
    const { prediction, answer } = await this.#whileWanted(told, () => this.#untilOver(told, call, deadlineMs));
    return this.#toResult(prediction, answer, warnings);
  }

  async stream(call: ProviderCall, sink: StreamSink): Promise<void> {
    const deadlineMs = this.#deadlineOf(call);
    const { input, warnings } = toInput(call.request());
    const told = await this.#create(call, input, false);
    await this.#whileWanted(told, async () => {
      if (await this.#streamOf(told, call, sink, warnings, deadlineMs)) return;
      const { prediction, answer } = await this.#untilOver(told, call, deadlineMs);
      await deliver(toStreamParts(this.#toResult(prediction, answer, warnings)), (part) => sink.part(part));
    });
  }

  async probe(signal: AbortSignal): Promise<void> {
    await this.#wire.send(accountRequestOf(this.#settings, signal, PROBE_TIMEOUT_MS));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #create(call: ProviderCall, input: CompletionInput, isWaiting: boolean): Promise<Told> {
    const request = createRequestOf(this.#settings, targetOf(call.model), input, call.context, isWaiting);
    return this.#told(await this.#wire.send(request));
  }

  /** A prediction that is given up before it is known to be over is cancelled, whatever the reason. */
  async #whileWanted<Result>(told: Told, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      const isOver = told.prediction.isOver || (error instanceof ProviderError && this.#ends.has(error));
      // Nobody waits for its outcome: a cancellation that fails leaves the prediction to its own end (`Cancel-After`).
      if (!isOver) void this.#wire.send(cancelRequestOf(this.#settings, told.prediction.id, CANCEL_TIMEOUT_MS)).catch(() => undefined);
      throw error;
    }
  }

  async #untilOver(told: Told, call: ProviderCall, deadlineMs: number): Promise<Told> {
    const firstMs = this.#settings.pollIntervalMs ?? DEFAULT_POLL_INTERVAL_MS;
    let latest = told;
    for (let intervalMs = firstMs; !latest.prediction.isOver; intervalMs = Math.min(firstMs * MAX_POLL_FACTOR, intervalMs * POLL_GROWTH)) {
      const leftMs = deadlineMs - this.#settings.clock.monotonicMs();
      if (leftMs <= 0) throw new ProviderError('timeout', `${this.displayName} did not finish the prediction in time.`);
      await this.#pause(Math.min(intervalMs, leftMs), call.context.signal);
      latest = await this.#look(told.prediction.id, call, Math.max(1, deadlineMs - this.#settings.clock.monotonicMs()));
    }
    return latest;
  }

  async #look(id: string, call: ProviderCall, remainingMs: number): Promise<Told> {
    return this.#told(await this.#wire.send(getRequestOf(this.#settings, id, call.context.signal, remainingMs)));
  }

  async #pause(durationMs: number, signal: AbortSignal): Promise<void> {
    await pause(durationMs, undefined, { signal }).catch((cause: unknown) => {
      throw new ProviderError('cancelled', `${this.displayName} was cancelled by us.`, { cause });
    });
  }

  /** False when the prediction has no stream that may be read. */
  async #streamOf(
    { prediction }: Told,
    call: ProviderCall,
    sink: StreamSink,
    warnings: readonly string[],
    deadlineMs: number,
  ): Promise<boolean> {
    const leftMs = deadlineMs - this.#settings.clock.monotonicMs();
    const request = prediction.streamUrl === null ? null : streamRequestOf(this.#settings, prediction.streamUrl, call.context, leftMs);
    if (request === null || prediction.isOver) return false;
    const document = await this.#wire.stream(request, sink, new EventCutter(), (upstream) => {
      return new ReplicateStreamTranslator({
        upstream,
        warnings,
        id: prediction.id,
        model: typeof prediction.fields['model'] === 'string' ? prediction.fields['model'] : null,
        createdAtSeconds: createdAtOf(prediction),
        toDataError: (text) => this.#end(toDataFailure(this.displayName, upstream, text, readPredictionError(text))),
        toMalformedError: (detail) => this.#wire.malformed(upstream, detail),
      });
    });
    if (document !== null)
      throw this.#wire.malformed(document.upstream, 'its stream is no stream of events', document.body.toString('utf8'));
    await this.#settle(prediction, call, sink, deadlineMs);
    return true;
  }

  /** How a streamed prediction ended and what it cost is told by the prediction itself; numbers that do not come in time are unknown. */
  async #settle(streamed: Prediction, call: ProviderCall, sink: StreamSink, deadlineMs: number): Promise<void> {
    const untilMs = Math.min(deadlineMs, this.#settings.clock.monotonicMs() + SETTLE_TIMEOUT_MS);
    const last = await this.#look(streamed.id, call, Math.max(1, untilMs - this.#settings.clock.monotonicMs()))
      .then((told) => this.#untilOver(told, call, untilMs))
      .catch((error: unknown) => {
        if (call.context.signal.aborted) throw error;
        return null;
      });
    if (last !== null) this.#throwUnlessSucceeded(last.prediction, last.answer);
    await sink.part({ type: 'choice-finish', choice: 0, finishReason: 'stop', rawFinishReason: last?.prediction.status ?? null });
    const usage = last === null ? null : usageOf(last.prediction);
    if (usage !== null) await sink.part({ type: 'usage', usage });
  }

  #told(answer: Answer): Told {
    const prediction = parsePrediction(answer.body);
    if (prediction === null) throw this.#wire.malformed(answer.upstream, 'the body is no prediction', answer.body.toString('utf8'));
    return { prediction, answer };
  }

  #toResult(prediction: Prediction, answer: Answer, warnings: readonly string[]): CompletionResult {
    this.#throwUnlessSucceeded(prediction, answer);
    return toCompletionResult(prediction, answer.upstream, warnings);
  }

  #throwUnlessSucceeded(prediction: Prediction, { upstream, body }: Answer): void {
    if (prediction.status === 'succeeded') return;
    const facts = readPredictionError(prediction.fields['error']);
    throw this.#end(toDataFailure(this.displayName, upstream, body.toString('utf8'), facts));
  }

  #end(error: ProviderError): ProviderError {
    this.#ends.add(error);
    return error;
  }

  #deadlineOf({ context }: ProviderCall): number {
    return this.#settings.clock.monotonicMs() + context.remainingMs;
  }
}

type CompletionInput = ReturnType<typeof toInput>['input'];
