/** Events that may wait for a consumer; beyond this the producer waits. */
const MAX_WAITING = 64;

/**
 * Joins a producer that pushes with a consumer that pulls. Bounded: `push` returns a promise once the consumer lags, and the
 * producer waits for it. When the consumer leaves, `onReturn` is told and everything pushed afterwards is dropped.
 */
export class EventQueue<Event> implements AsyncIterableIterator<Event, undefined> {
  readonly #onReturn: () => void;
  #waiting: Event[] = [];
  #consumer: ((result: IteratorResult<Event, undefined>) => void) | null = null;
  #rejectConsumer: ((error: unknown) => void) | null = null;
  #resumeProducer: (() => void) | null = null;
  #hasEnded = false;
  #failure: { readonly error: unknown } | null = null;

  constructor(onReturn: () => void) {
    this.#onReturn = onReturn;
  }

  push(event: Event): void | Promise<void> {
    if (this.#hasEnded) return undefined;
    if (this.#consumer !== null) {
      this.#settleConsumer({ done: false, value: event });
      return undefined;
    }
    this.#waiting.push(event);
    if (this.#waiting.length < MAX_WAITING) return undefined;
    return new Promise((resolve) => (this.#resumeProducer = resolve));
  }

  /** No more events; those that wait are still delivered. */
  end(): void {
    this.#hasEnded = true;
    if (this.#consumer !== null) this.#settleConsumer({ done: true, value: undefined });
  }

  /** Ends with an error, after the events that wait. */
  fail(error: unknown): void {
    this.#hasEnded = true;
    this.#failure = { error };
    const reject = this.#rejectConsumer;
    this.#consumer = null;
    this.#rejectConsumer = null;
    if (reject === null) return;
    this.#failure = null;
    reject(error);
  }

  next(): Promise<IteratorResult<Event, undefined>> {
    const event = this.#waiting.shift();
    if (event !== undefined) {
      this.#resume();
      return Promise.resolve({ done: false, value: event });
    }
    if (this.#failure !== null) {
      const { error } = this.#failure;
      this.#failure = null;
      return Promise.reject(error as Error);
    }
    if (this.#hasEnded) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => {
      this.#consumer = resolve;
      this.#rejectConsumer = reject;
    });
  }

  return(): Promise<IteratorResult<Event, undefined>> {
    this.#hasEnded = true;
    this.#waiting = [];
    if (this.#consumer !== null) this.#settleConsumer({ done: true, value: undefined });
    this.#resume();
    this.#onReturn();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #settleConsumer(result: IteratorResult<Event, undefined>): void {
    const resolve = this.#consumer;
    this.#consumer = null;
    this.#rejectConsumer = null;
    resolve?.(result);
  }

  #resume(): void {
    const resume = this.#resumeProducer;
    this.#resumeProducer = null;
    resume?.();
  }
}
