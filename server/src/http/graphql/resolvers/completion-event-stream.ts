import type { AntiphonError } from '../../../kernel/errors/index.ts';
import type { CompletionStreamEvent } from '../../../generated/schema.ts';
import type { ServedBy } from '../../../modules/completions/index.ts';
import type { StreamPart, StreamSink } from '../../../modules/providers/index.ts';
import { toStreamEvent, type Unnumbered } from './stream-event.mapping.ts';

/** A subscriber that is this many events behind makes the provider wait. */
const HIGH_WATER_EVENTS = 64;
const LOW_WATER_EVENTS = 16;

type Pulled = IteratorResult<CompletionStreamEvent, undefined>;
const DONE: Pulled = { done: true, value: undefined };

interface Waiting {
  readonly resolve: (pulled: Pulled) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Turns the parts that a provider pushes into events that a subscriber pulls, numbered from 0 without gaps. The queue between them is
 * bounded: when the subscriber lags, the provider waits. `signal` aborts when the subscriber leaves.
 */
export class CompletionEventStream implements StreamSink, AsyncIterableIterator<CompletionStreamEvent> {
  /** Our id of the completion whose events these are. */
  readonly completionId: string;
  readonly #controller = new AbortController();
  #queue: CompletionStreamEvent[] = [];
  #head = 0;
  #sequence = 0;
  #served: ServedBy | null = null;
  #waiting: Waiting | null = null;
  #caughtUp: { readonly promise: Promise<void>; readonly resolve: () => void } | null = null;
  #isEnded = false;
  #failure: AntiphonError | null = null;

  constructor(completionId: string) {
    this.completionId = completionId;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Told who answers, before the first part. */
  begin(served: ServedBy): void {
    this.#served = served;
  }

  part(part: StreamPart): void | Promise<void> {
    if (this.signal.aborted) return undefined;
    const event = toStreamEvent(part, { completionId: this.completionId, model: this.#served?.modelId ?? '' });
    if (event === null) return undefined;
    this.#push(event);
    if (this.#queue.length - this.#head < HIGH_WATER_EVENTS) return undefined;
    this.#caughtUp ??= Promise.withResolvers<void>();
    return this.#caughtUp.promise;
  }

  /** The last event. */
  end(event: Unnumbered): void {
    if (this.#isEnded) return;
    this.#push(event);
    this.#isEnded = true;
  }

  /** Ends without a last event: the subscription itself has failed. */
  fail(error: AntiphonError): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#failure = error;
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting !== null) {
      this.#failure = null;
      waiting.reject(error);
    }
  }

  /** The caller's connection is gone. */
  abandon(): void {
    this.#controller.abort();
    this.#isEnded = true;
    this.#queue = [];
    this.#head = 0;
    this.#caughtUp?.resolve();
    this.#waiting?.resolve(DONE);
    this.#waiting = null;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Pulled> {
    const value = this.#queue[this.#head];
    if (value !== undefined) {
      this.#head += 1;
      this.#trim();
      return Promise.resolve({ done: false, value });
    }
    if (this.#failure !== null) {
      const failure = this.#failure;
      this.#failure = null;
      return Promise.reject(failure);
    }
    if (this.#isEnded) return Promise.resolve(DONE);
    if (this.#waiting !== null) return Promise.reject(new Error('the stream is read by one reader, one event at a time'));
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  return(): Promise<Pulled> {
    this.abandon();
    return Promise.resolve(DONE);
  }

  #push(event: Unnumbered): void {
    const value: CompletionStreamEvent = { ...event, sequence: this.#sequence };
    this.#sequence += 1;
    const waiting = this.#waiting;
    if (waiting === null) {
      this.#queue.push(value);
      return;
    }
    this.#waiting = null;
    waiting.resolve({ done: false, value });
  }

  #trim(): void {
    if (this.#head === this.#queue.length) {
      this.#queue = [];
      this.#head = 0;
    }
    if (this.#caughtUp !== null && this.#queue.length - this.#head <= LOW_WATER_EVENTS) {
      this.#caughtUp.resolve();
      this.#caughtUp = null;
    }
  }
}
