/** Runs a streamed exchange: bytes in, parts out, in order and no faster than they are taken. */
import type { HttpClient, OutboundRequest, ResponseHeaders, ResponseReceiver } from '../../../../kernel/http-client/index.ts';
import type { StreamSink, UpstreamResponse } from '../../contract.ts';
import { deliver } from '../../shared/wire-client.ts';
import { EventStreamDecoder, EventStreamError, type EventStreamMessage } from './bedrock.event-stream.ts';
import { toUpstreamResponse } from './bedrock.exchange.ts';
import { StreamTranslator, type StreamOptions } from './bedrock.stream.ts';

/** An answer to a streamed request that is no stream: an error, or one JSON document. */
export interface StreamedDocument {
  readonly upstream: UpstreamResponse;
  readonly headers: ResponseHeaders;
  readonly body: Buffer;
}

const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
const DOCUMENT_TYPE = /^(?:application\/(?:[\w.+-]*\+)?json|text\/html)\b/;

/**
 * Sends `request` and feeds `sink`. Resolves with null after the last part, or with the document that came instead of a stream.
 * Rejects with `ProviderError`, with what the sink threw, or with the client's error when the answer was not complete.
 */
export async function runStream(
  client: HttpClient,
  request: OutboundRequest,
  sink: StreamSink,
  optionsOf: (upstream: UpstreamResponse) => StreamOptions,
): Promise<StreamedDocument | null> {
  const receiver = new StreamReceiver(sink, optionsOf);
  try {
    await client.stream(request, receiver);
  } catch (error) {
    if (receiver.failure !== null) throw receiver.failure.error;
    if (!receiver.isComplete) throw error;
  }
  if (receiver.failure !== null) throw receiver.failure.error;
  return receiver.finish();
}

class StreamReceiver implements ResponseReceiver {
  readonly #sink: StreamSink;
  readonly #optionsOf: (upstream: UpstreamResponse) => StreamOptions;
  readonly #decoder = new EventStreamDecoder();
  #options: StreamOptions | null = null;
  #translator: StreamTranslator | null = null;
  #document: { upstream: UpstreamResponse; headers: ResponseHeaders; chunks: Buffer[]; sizeBytes: number } | null = null;
  /** What was thrown here, kept apart so that it is told whatever the client makes of it. */
  failure: { readonly error: unknown } | null = null;

  constructor(sink: StreamSink, optionsOf: (upstream: UpstreamResponse) => StreamOptions) {
    this.#sink = sink;
    this.#optionsOf = optionsOf;
  }

  get isComplete(): boolean {
    return this.#translator?.isComplete === true;
  }

  onHead(status: number, headers: ResponseHeaders): void {
    const upstream = toUpstreamResponse(status, headers);
    if (status !== 200 || DOCUMENT_TYPE.test(headers['content-type'] ?? '')) {
      this.#document = { upstream, headers, chunks: [], sizeBytes: 0 };
      return;
    }
    this.#options = this.#optionsOf(upstream);
    this.#translator = new StreamTranslator(this.#options);
  }

  onData(chunk: Buffer): void | Promise<void> {
    if (this.#document !== null) {
      if (this.#document.sizeBytes < MAX_DOCUMENT_BYTES) this.#document.chunks.push(chunk);
      this.#document.sizeBytes += chunk.length;
      return;
    }
    try {
      return this.#take(chunk)?.catch((error: unknown) => this.#fail(error));
    } catch (error) {
      return this.#fail(error);
    }
  }

  /** After the last byte. */
  async finish(): Promise<StreamedDocument | null> {
    if (this.#document !== null) {
      const { upstream, headers, chunks } = this.#document;
      return { upstream, headers, body: Buffer.concat(chunks) };
    }
    const translator = this.#translator;
    if (translator === null) throw new Error('A stream ended before its head.');
    if (this.#decoder.hasRest && !translator.isComplete) throw this.#malformed('the stream ended within a message');
    translator.end();
    await this.#drain(translator);
    return null;
  }

  /** What came before a failure is still the caller's. */
  #take(chunk: Buffer): void | Promise<void> {
    const translator = this.#translator;
    if (translator === null) return;
    const messages: EventStreamMessage[] = [];
    let failure: { readonly error: unknown } | null = null;
    try {
      this.#decoder.push(chunk, messages);
    } catch (error) {
      failure = { error: error instanceof EventStreamError ? this.#malformed(error.message) : error };
    }
    try {
      for (const message of messages) translator.message(message);
    } catch (error) {
      failure = { error };
    }
    const waiting = this.#drain(translator);
    if (failure === null) return waiting;
    const { error } = failure;
    if (waiting === undefined) throw error;
    return waiting.then(() => {
      throw error;
    });
  }

  #drain(translator: StreamTranslator): void | Promise<void> {
    return deliver(translator.takeParts(), (part) => this.#sink.part(part));
  }

  #malformed(detail: string): unknown {
    return this.#options?.toMalformedError(detail) ?? new Error(detail);
  }

  #fail(error: unknown): never {
    this.failure ??= { error };
    throw error;
  }
}
