import type { ExecutableDocument } from './document.ts';
import { isRecord, toAntiphonError } from './graphql-result.ts';

export interface RequestOptions {
  /** Ends the call; it then throws `CancelledError`. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for the whole call; the client's `timeoutMs` when omitted. */
  readonly timeoutMs?: number | undefined;
}

export interface SubscribeOptions {
  /** Ends the subscription; the iterator then throws `CancelledError`. Leaving the loop ends it too, without an error. */
  readonly signal?: AbortSignal | undefined;
  /** `sse` (default) waits for a slow reader; `ws` uses the `graphql-transport-ws` protocol and needs a global `WebSocket`. */
  readonly transport?: 'sse' | 'ws' | undefined;
}

/** A mutation's payload after its errors were thrown: what it made is there. */
export type Succeeded<TPayload> = { [Key in keyof TPayload]: Key extends 'errors' ? TPayload[Key] : NonNullable<TPayload[Key]> };

/** What the generated methods stand on. */
export abstract class Operations {
  /** Runs a query or mutation and returns its data. Throws an `AntiphonError` for top-level errors. */
  abstract execute<TResult, TVariables extends object>(
    document: ExecutableDocument<TResult, TVariables>,
    variables: TVariables,
    options?: RequestOptions,
  ): Promise<TResult>;

  /** Runs a subscription; each item is the data of one event. */
  abstract subscribe<TResult, TVariables extends object>(
    document: ExecutableDocument<TResult, TVariables>,
    variables: TVariables,
    options?: SubscribeOptions,
  ): AsyncGenerator<TResult, void, undefined>;

  protected async queryField<TResult, TVariables extends object, TField extends keyof TResult>(
    document: ExecutableDocument<TResult, TVariables>,
    variables: TVariables,
    field: TField,
    options: RequestOptions,
  ): Promise<TResult[TField]> {
    return (await this.execute(document, variables, options))[field];
  }

  /** Throws the payload's first error; what the payload holds beside it is in the error's `data`. */
  protected async mutateField<TResult, TVariables extends object, TField extends keyof TResult>(
    document: ExecutableDocument<TResult, TVariables>,
    variables: TVariables,
    field: TField,
    options: RequestOptions,
  ): Promise<Succeeded<TResult[TField]>> {
    const payload = (await this.execute(document, variables, options))[field];
    const errors: unknown = isRecord(payload) ? payload['errors'] : undefined;
    if (Array.isArray(errors) && errors.length > 0) throw toAntiphonError(errors[0], { data: payload });
    return payload as Succeeded<TResult[TField]>;
  }

  protected async *subscribeField<TResult, TVariables extends object, TField extends keyof TResult>(
    document: ExecutableDocument<TResult, TVariables>,
    variables: TVariables,
    field: TField,
    options: SubscribeOptions,
  ): AsyncGenerator<TResult[TField], void, undefined> {
    for await (const data of this.subscribe(document, variables, options)) yield data[field];
  }
}
