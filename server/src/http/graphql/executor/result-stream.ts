import type { FormattedExecutionResult } from 'graphql';

export interface ResultStreamOptions {
  /** Events of the subscription's source. */
  readonly source: AsyncIterator<unknown>;
  /** One event as one result. */
  readonly toResult: (event: unknown) => FormattedExecutionResult | Promise<FormattedExecutionResult>;
  /** What is told when the source fails; the stream ends after it. */
  readonly toFailure: (thrown: unknown) => FormattedExecutionResult;
  /** Told once, when there will be nothing more. */
  readonly onEnd: () => void;
}

/** Results of a subscription, pulled one by one: nothing is made before it is asked for. It never rejects. */
export class ResultStream implements AsyncGenerator<FormattedExecutionResult, undefined, undefined> {
  readonly [Symbol.toStringTag] = 'ResultStream';
  readonly #options: ResultStreamOptions;
  #isDone = false;

  constructor(options: ResultStreamOptions) {
    this.#options = options;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<FormattedExecutionResult, undefined>> {
    if (this.#isDone) return { done: true, value: undefined };
    try {
      const { done, value } = await this.#options.source.next();
      if (done !== true) {
        const result = this.#options.toResult(value);
        return { done: false, value: result instanceof Promise ? await result : result };
      }
      this.#end();
      return { done: true, value: undefined };
    } catch (thrown) {
      this.#end();
      return { done: false, value: this.#options.toFailure(thrown) };
    }
  }

  async return(): Promise<IteratorResult<FormattedExecutionResult, undefined>> {
    this.#end();
    await this.#options.source.return?.();
    return { done: true, value: undefined };
  }

  #end(): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#options.onEnd();
  }

  async throw(thrown: unknown): Promise<never> {
    await this.return();
    throw thrown;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
