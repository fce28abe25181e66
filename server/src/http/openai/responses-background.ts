import type { Clock } from '../../kernel/clock/index.ts';
import { AntiphonError, toAntiphonError, toOpenAiEnvelope } from '../../kernel/errors/index.ts';
import type { Logger } from '../../kernel/telemetry/index.ts';
import type { CompletionOutcome, Completions } from '../../modules/completions/index.ts';
import { ResponseEventEncoder, toResponseBase, type JsonObject } from '../../modules/providers/index.ts';
import { LEASE_MS, MAX_RESPONSE_BYTES, type ResponseEnd, type ResponseStore } from '../../modules/responses/index.ts';
import type { Refusals } from '../refusals.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { ResponseAsk } from './responses-ask.ts';
import { itemIdsOf, rowOf } from './responses-keep.ts';
import { ResponseLog } from './responses-log.ts';

/** Responses that one process makes at once with nobody waiting. */
const MAX_RUNNING = 256;
/** How soon a wish to cancel from another process is heard. */
const RENEW_EVERY_MS = 2000;
const STOPPED = 'The server stopped while this response was being made. Ask for it again.';
const MAX_LOG_BYTES = MAX_RESPONSE_BYTES / 8;

export interface BackgroundDeps {
  readonly completions: Completions;
  readonly store: ResponseStore;
  readonly refusals: Refusals;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
}

/** A response that is being made here. */
export interface BackgroundRun {
  readonly projectId: string;
  readonly id: string;
  readonly log: ResponseLog;
  /** Resolves when it has ended and that is kept. */
  readonly ended: Promise<void>;
  cancel(): void;
}

/** Makes responses that nobody waits for, keeps them under way and when they end, and stops them where somebody asks for that. */
export class BackgroundResponses {
  readonly #deps: BackgroundDeps;
  readonly #running = new Map<string, BackgroundRun>();
  #renewing: NodeJS.Timeout | null = null;
  #isClosing = false;

  constructor(deps: BackgroundDeps) {
    this.#deps = deps;
  }

  /** Begins one, and gives it as it stands. Throws UNAVAILABLE when there are too many, or the database cannot be reached. */
  async start(ask: ResponseAsk): Promise<{ readonly response: JsonObject; readonly run: BackgroundRun }> {
    if (this.#running.size >= MAX_RUNNING)
      throw new AntiphonError('UNAVAILABLE', 'Too many responses are being made in the background. Try again in a moment.');
    if (ask.call.idempotencyKey !== null)
      throw new AntiphonError('INVALID_INPUT', 'A background response takes no Idempotency-Key. Leave the header out.');
    const { store, clock } = this.#deps;
    const making = new Making(ask, clock);
    const response = making.encoder.unfinishedResponse('queued');
    const isKept = await store.insert({
      ...rowOf(ask),
      status: 'queued',
      response,
      itemIds: itemIdsOf(ask.ownItems, response),
      leaseUntilMs: clock.nowMs() + LEASE_MS,
    });
    if (!isKept)
      throw new AntiphonError('INVALID_INPUT', 'This request is too large to be answered in the background.', { param: 'input' });
    return { response, run: this.#run(making) };
  }

  find(projectId: string, id: string): BackgroundRun | null {
    return this.#running.get(keyOf({ projectId, id })) ?? null;
  }

  /** Stops all and waits until that is kept. */
  async close(): Promise<void> {
    const runs = [...this.#running.values()];
    this.#isClosing = true;
    for (const run of runs) run.cancel();
    await Promise.all(runs.map(({ ended }) => ended));
    if (this.#renewing !== null) clearInterval(this.#renewing);
  }

  #run(making: Making): BackgroundRun {
    const { principal } = making.ask.call;
    const { id } = making.ask.facts;
    const run: BackgroundRun = {
      projectId: principal.projectId,
      id,
      log: making.log,
      ended: this.#make(making).finally(() => this.#running.delete(keyOf(run))),
      cancel: () => making.abort.abort(),
    };
    this.#running.set(keyOf(run), run);
    this.#renewing ??= setInterval(() => void this.#renew(), RENEW_EVERY_MS).unref();
    return run;
  }

  /** Never rejects. */
  async #make(making: Making): Promise<void> {
    const { ask, log } = making;
    const key = [ask.call.principal.projectId, ask.facts.id] as const;
    const { store } = this.#deps;
    try {
      const end = await this.#complete(making, () => store.progress(...key, making.encoder.unfinishedResponse('in_progress')));
      await store.finish(...key, end);
    } catch (error) {
      this.#deps.log.warn(
        { error, completionId: ask.call.id },
        'how a background response ended could not be kept; it will be told as lost',
      );
    } finally {
      log.close();
    }
  }

  async #complete(making: Making, onProgress: () => Promise<unknown>): Promise<ResponseEnd> {
    const { ask } = making;
    const { completions, metrics, refusals } = this.#deps;
    const call = { ...ask.call, isStreaming: true, callerSignal: making.abort.signal, onDisconnect: 'cancel' as const };
    let progress: Promise<unknown> = Promise.resolve();
    let outcome: CompletionOutcome;
    try {
      const result = await completions.run(call, {
        kind: 'stream',
        onStart: () => {
          progress = onProgress().catch(() => undefined);
        },
        parts: { part: (part) => making.add((encoder) => encoder.encode(part)) },
        relay: null,
      });
      if ('replayOf' in result) throw new Error('a background call has no idempotency key');
      outcome = result;
    } catch (thrown) {
      const error = toAntiphonError(thrown);
      refusals.report({ requestId: call.id, door: call.door, atMs: call.receivedAtMs, error, principal: call.principal });
      return making.fail(error);
    } finally {
      await progress;
    }
    metrics.observeOutcome(call.door, outcome);
    const providerId = outcome.served?.providerId ?? null;
    if (outcome.error === null) return making.end(providerId);
    if (outcome.error.code !== 'CANCELLED') return making.fail(outcome.error);
    // Nobody asked for that but we ourselves.
    return this.#isClosing ? making.fail(new AntiphonError('UNAVAILABLE', STOPPED)) : making.cancel(providerId);
  }

  /** Says that these still run, and stops those that are not wanted any more. */
  async #renew(): Promise<void> {
    const runs = [...this.#running.values()];
    if (runs.length === 0) return;
    const { store, clock, log } = this.#deps;
    try {
      const unwanted = await store.renew(runs, clock.nowMs() + LEASE_MS);
      for (const key of unwanted) this.#running.get(key)?.cancel();
    } catch (error) {
      log.warn({ error }, 'background responses could not be renewed; they are tried again');
    }
  }
}

function keyOf({ projectId, id }: { readonly projectId: string; readonly id: string }): string {
  return `${projectId}/${id}`;
}

/** One response from its first event to its end. */
class Making {
  readonly ask: ResponseAsk;
  readonly encoder: ResponseEventEncoder;
  readonly log = new ResponseLog(MAX_LOG_BYTES);
  readonly abort = new AbortController();

  constructor(ask: ResponseAsk, clock: Clock) {
    this.ask = ask;
    this.encoder = new ResponseEventEncoder({
      id: ask.facts.id,
      model: ask.call.model,
      createdAtSeconds: Math.floor(ask.call.receivedAtMs / 1000),
      base: toResponseBase(ask.body, ask.facts),
      nowSeconds: () => Math.floor(clock.nowMs() / 1000),
      isQueued: true,
    });
  }

  add(encode: (encoder: ResponseEventEncoder) => string, isEnd = false): void {
    const sequence = this.encoder.nextSequence;
    this.log.append(sequence, encode(this.encoder), isEnd);
  }

  end(providerId: string | null): ResponseEnd {
    this.add((encoder) => encoder.end(), true);
    const response = this.encoder.response();
    return this.#ended(response['status'] === 'incomplete' ? 'incomplete' : 'completed', response, providerId);
  }

  fail(error: AntiphonError): ResponseEnd {
    const { error: told } = toOpenAiEnvelope(error);
    this.add((encoder) => encoder.fail(told), true);
    return this.#ended('failed', this.encoder.failedResponse(told), null);
  }

  /** Nobody is told more: the events end where they were stopped. */
  cancel(providerId: string | null): ResponseEnd {
    return this.#ended('cancelled', this.encoder.unfinishedResponse('cancelled'), providerId);
  }

  #ended(status: ResponseEnd['status'], response: JsonObject, providerId: string | null): ResponseEnd {
    return { status, response, events: this.log.text, providerId, itemIds: itemIdsOf([], response) };
  }
}
