/** Runs a streamed exchange: bytes in, parts or whole events out, in order and no faster than they are taken. */
import type { HttpClient, OutboundRequest, ResponseHeaders, ResponseReceiver } from '../../../../kernel/http-client/index.ts';
import type { UpstreamResponse } from '../../contract.ts';
import { EventCutter, EventTooLargeError } from '../../shared/event-cutter.ts';
import { toUpstreamResponse } from './anthropic.exchange.ts';

/** What takes the whole events of a stream. */
export interface EventTaker {
  /** The head of a stream has come. */
  start(upstream: UpstreamResponse): void;
  /** A returned promise pauses the socket. What it throws ends the exchange. */
  take(events: Buffer): void | Promise<void>;
  /** The last byte has come. */
  end(): void | Promise<void>;
  /** Nothing that happens to the connection from here on matters. */
  readonly isComplete: boolean;
}

/** An answer to a streamed request that is no stream: an error, or one JSON document. */
export interface StreamedDocument {
  readonly upstream: UpstreamResponse;
  readonly headers: ResponseHeaders;
  readonly body: Buffer;
}

const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/**
 * Sends `request` and feeds `taker`. Resolves with null after the last event, or with the
 * document that came instead of a stream. Rejects with what the taker threw, or with the client's error when the stream was not complete.
 */
export async function runStream(client: HttpClient, request: OutboundRequest, taker: EventTaker): Promise<StreamedDocument | null> {
  const receiver = new StreamReceiver(taker);
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
  readonly #taker: EventTaker;
  readonly #cutter = new EventCutter();
  #document: { upstream: UpstreamResponse; headers: ResponseHeaders; chunks: Buffer[]; sizeBytes: number } | null = null;
  /** What the taker threw, kept apart so that it is told whatever the client makes of it. */
  failure: { readonly error: unknown } | null = null;

  constructor(taker: EventTaker) {
    this.#taker = taker;
  }

  get isComplete(): boolean {
    return this.#taker.isComplete;
  }

  onHead(status: number, headers: ResponseHeaders): void {
    const upstream = toUpstreamResponse(status, headers);
    const isDocument = status !== 200 || /^application\/(?:[\w.+-]*\+)?json\b/.test(headers['content-type'] ?? '');
    if (isDocument) this.#document = { upstream, headers, chunks: [], sizeBytes: 0 };
    else this.#guard(() => this.#taker.start(upstream));
  }

  onData(chunk: Buffer): void | Promise<void> {
    if (this.#document !== null) {
      if (this.#document.sizeBytes < MAX_DOCUMENT_BYTES) this.#document.chunks.push(chunk);
      this.#document.sizeBytes += chunk.length;
      return;
    }
    const waiting = this.#guard(() => {
      const events = this.#cutter.push(chunk);
      return events === null ? undefined : this.#taker.take(events);
    });
    return waiting?.catch((error: unknown) => this.#fail(error));
  }

  /** After the last byte: an event without its blank line counts too. */
  async finish(): Promise<StreamedDocument | null> {
    if (this.#document !== null) {
      const { upstream, headers, chunks } = this.#document;
      return { upstream, headers, body: Buffer.concat(chunks) };
    }
    const rest = this.#cutter.finish();
    if (rest !== null) await this.#taker.take(rest);
    await this.#taker.end();
    return null;
  }

  #guard<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      return this.#fail(error);
    }
  }

  #fail(error: unknown): never {
    this.failure ??= { error };
    throw error;
  }
}

/** Whether the failure is an event larger than we are willing to hold. */
export function isEventTooLarge(error: unknown): boolean {
  return error instanceof EventTooLargeError;
}

/** Gives items one by one and waits whenever `give` asks for it; costs no promise when it never does. */
export function deliver<T>(items: readonly T[], give: (item: T) => void | Promise<void>, from = 0): void | Promise<void> {
  for (let at = from; at < items.length; at += 1) {
    const waiting = give(items[at] as T);
    if (waiting !== undefined) return waiting.then(() => deliver(items, give, at + 1));
  }
}
