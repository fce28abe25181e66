/** Runs a streamed exchange: bytes in, whole events out, in order and no faster than they are taken. */
import type { HttpClient, OutboundRequest, ResponseHeaders, ResponseReceiver } from '../../../../kernel/http-client/index.ts';
import type { UpstreamResponse } from '../../contract.ts';
import { EventCutter, EventTooLargeError } from '../../shared/event-cutter.ts';
import { toEvent } from './gemini.events.ts';
import { toUpstreamResponse } from './gemini.exchange.ts';
import { JsonCutter, ObjectTooLargeError } from './gemini.json-cutter.ts';

/** What takes the whole events of a stream. */
export interface EventTaker {
  /** The head of a stream has come. */
  start(upstream: UpstreamResponse): void;
  /** A returned promise pauses the socket. What it throws ends the exchange. */
  take(events: Buffer): void | Promise<void>;
  /** The last byte has come. `isBroken`: within an object. */
  end(isBroken: boolean): void | Promise<void>;
  /** Nothing that happens to the connection from here on matters. */
  readonly isComplete: boolean;
}

/** The body of a refusal. */
export interface RefusedStream {
  readonly upstream: UpstreamResponse;
  readonly headers: ResponseHeaders;
  readonly body: Buffer;
}

const LINE_FEED = 0x0a;
const MAX_REFUSAL_BYTES = 1024 * 1024;

/**
 * Sends `request` and feeds `taker`. Resolves with null after the last event, or with the refusal that came instead of a stream.
 * Rejects with what the taker threw, or with the client's error when the stream was not complete.
 */
export async function runStream(client: HttpClient, request: OutboundRequest, taker: EventTaker): Promise<RefusedStream | null> {
  const receiver = new StreamReceiver(taker);
  try {
    await client.stream(request, receiver);
  } catch (error) {
    if (receiver.failure !== null) throw receiver.failure.error;
    if (!taker.isComplete || isAborted(error)) throw error;
  }
  if (receiver.failure !== null) throw receiver.failure.error;
  return receiver.finish();
}

class StreamReceiver implements ResponseReceiver {
  readonly #taker: EventTaker;
  readonly #events = new EventCutter();
  /** Null while the stream is one of events. */
  #objects: JsonCutter | null = null;
  #refusal: { upstream: UpstreamResponse; headers: ResponseHeaders; chunks: Buffer[]; sizeBytes: number } | null = null;
  /** What the taker threw, kept apart so that it is told whatever the client makes of it. */
  failure: { readonly error: unknown } | null = null;

  constructor(taker: EventTaker) {
    this.#taker = taker;
  }

  onHead(status: number, headers: ResponseHeaders): void {
    const upstream = toUpstreamResponse(status, headers);
    if (status !== 200) {
      this.#refusal = { upstream, headers, chunks: [], sizeBytes: 0 };
      return;
    }
    if (/^application\/(?:[\w.+-]*\+)?json\b/.test(headers['content-type'] ?? '')) this.#objects = new JsonCutter();
    this.#guard(() => this.#taker.start(upstream));
  }

  onData(chunk: Buffer): void | Promise<void> {
    if (this.#refusal !== null) {
      if (this.#refusal.sizeBytes < MAX_REFUSAL_BYTES) this.#refusal.chunks.push(chunk);
      this.#refusal.sizeBytes += chunk.length;
      return;
    }
    const waiting = this.#guard(() => {
      const events = this.#cut(chunk);
      return events === null ? undefined : this.#taker.take(events);
    });
    return waiting?.catch((error: unknown) => this.#fail(error));
  }

  /** After the last byte: an event without its blank line counts too. */
  async finish(): Promise<RefusedStream | null> {
    if (this.#refusal !== null) {
      const { upstream, headers, chunks } = this.#refusal;
      return { upstream, headers, body: Buffer.concat(chunks) };
    }
    const rest = this.#events.finish();
    if (rest !== null) await this.#taker.take(Buffer.concat([rest, Buffer.from(rest.at(-1) === LINE_FEED ? '\n' : '\n\n')]));
    await this.#taker.end(this.#objects?.isWithinObject ?? false);
    return null;
  }

  #cut(chunk: Buffer): Buffer | null {
    if (this.#objects === null) return this.#events.push(chunk);
    const objects = this.#objects.push(chunk);
    return objects.length === 0 ? null : Buffer.concat(objects.map(toEvent));
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

function isAborted(error: unknown): boolean {
  return error instanceof Error && error.name === 'HttpClientError' && (error as { kind?: unknown }).kind === 'aborted';
}

/** Whether the failure is an event larger than we are willing to hold. */
export function isEventTooLarge(error: unknown): boolean {
  return error instanceof EventTooLargeError || error instanceof ObjectTooLargeError;
}

/** Gives items one by one and waits whenever `give` asks for it; costs no promise when it never does. */
export function deliver<T>(items: readonly T[], give: (item: T) => void | Promise<void>, from = 0): void | Promise<void> {
  for (let at = from; at < items.length; at += 1) {
    const waiting = give(items[at] as T);
    if (waiting !== undefined) return waiting.then(() => deliver(items, give, at + 1));
  }
}
