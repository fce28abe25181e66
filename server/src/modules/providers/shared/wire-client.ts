/** Exchanges with a provider that has a wire of its own: deadlines, buffered answers, streams cut into whole pieces, failures told. */
import type { Clock } from '../../../kernel/clock/index.ts';
import type {
  BufferedResponse,
  HttpClient,
  OutboundRequest,
  OutboundTimeouts,
  ResponseHeaders,
  ResponseReceiver,
} from '../../../kernel/http-client/index.ts';
import type { ProviderError, StreamPart, StreamSink, UpstreamResponse } from '../contract.ts';
import { EventTooLargeError } from './event-cutter.ts';
import { toMalformedFailure, toStatusFailure, toTransportFailure, type ErrorFacts } from './failure.ts';
import { LineTooLargeError } from './line-cutter.ts';

const DEFAULT_CONNECT_TIMEOUT_MS = 10_000;
/** As long as a model may think without a word. */
const DEFAULT_IDLE_TIMEOUT_MS = 300_000;
/** Errors and answers to streams that came as one document are read up to here. */
const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** What adapters of wires of their own have in common. */
export interface WireSettings {
  /** The part of a model id before the slash. */
  readonly id: string;
  readonly displayName: string;
  readonly baseUrl: string;
  readonly httpClient: HttpClient;
  readonly clock: Pick<Clock, 'nowMs'>;
  /** `operator` when the base URL was written by the operator; anything else is `public`. */
  readonly egress: 'public' | 'operator';
  /** Sent with every request, lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Default 10 s. */
  readonly connectTimeoutMs?: number;
  /** Longest silence within an answer; default 5 min. */
  readonly idleTimeoutMs?: number;
}

/** How a wire tells things that every wire tells. */
export interface WireReader {
  toUpstream(status: number, headers: ResponseHeaders): UpstreamResponse;
  /** What a body means under `status`. */
  readError(status: number, bodyText: string): ErrorFacts;
}

export interface Answer {
  readonly upstream: UpstreamResponse;
  readonly headers: ResponseHeaders;
  readonly body: Buffer;
}

/** Cuts a stream into whole events or lines. */
export interface Cutter {
  push(chunk: Buffer): Buffer | null;
  finish(): Buffer | null;
}

/** Turns whole pieces of a stream into parts. */
export interface Translator {
  /** What happens to the connection from here on takes nothing away. */
  readonly isComplete: boolean;
  /** Throws `ProviderError`; the parts made before it are still there. */
  read(pieces: Buffer): void;
  /** The input has ended. Throws when the answer is not whole. */
  end(): void;
  /** The parts made since the last call, in order. */
  takeParts(): readonly StreamPart[];
}

/** Deadlines of one exchange within what is left of the call. */
export function timeoutsOf(settings: WireSettings, remainingMs: number): OutboundTimeouts {
  const totalMs = Math.max(1, Math.ceil(remainingMs));
  return {
    connectMs: Math.min(totalMs, settings.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS),
    headersMs: totalMs,
    idleMs: Math.min(totalMs, settings.idleTimeoutMs ?? DEFAULT_IDLE_TIMEOUT_MS),
    totalMs,
  };
}

export class WireClient {
  readonly #settings: WireSettings;
  readonly #reader: WireReader;

  constructor(settings: WireSettings, reader: WireReader) {
    this.#settings = settings;
    this.#reader = reader;
  }

  /** Sends and buffers; rejects with `ProviderError` for every status that is no success. */
  async send(request: OutboundRequest): Promise<Answer> {
    let response: BufferedResponse;
    try {
      response = await this.#settings.httpClient.send(request);
    } catch (error) {
      throw toTransportFailure(this.#settings.displayName, error);
    }
    const { status, headers, body } = response;
    const answer = { upstream: this.#reader.toUpstream(status, headers), headers, body };
    if (status < 200 || status >= 300) throw this.#statusFailure(answer);
    return answer;
  }

  /**
   * Sends and feeds the sink. Resolves with null after the last part, or with the whole document that came instead of a stream.
   * What came before a failure has been given when it rejects.
   */
  async stream(
    request: OutboundRequest,
    sink: StreamSink,
    cutter: Cutter,
    makeTranslator: (upstream: UpstreamResponse) => Translator,
  ): Promise<Answer | null> {
    const receiver = new StreamReceiver(sink, cutter, makeTranslator, this.#reader);
    try {
      await this.#settings.httpClient.stream(request, receiver);
    } catch (error) {
      if (receiver.failure === null && !receiver.isComplete) throw this.#streamFailure(error);
    }
    if (receiver.failure !== null) throw this.#streamFailure(receiver.failure.error);
    const document = await receiver.finish().catch((error: unknown) => {
      throw this.#streamFailure(error);
    });
    if (document !== null && (document.upstream.httpStatus < 200 || document.upstream.httpStatus >= 300))
      throw this.#statusFailure(document);
    return document;
  }

  malformed(upstream: UpstreamResponse | null, detail: string, bodyText?: string): ProviderError {
    return toMalformedFailure(this.#settings.displayName, upstream, detail, bodyText);
  }

  #statusFailure({ upstream, headers, body }: Answer): ProviderError {
    const text = body.toString('utf8');
    const facts = this.#reader.readError(upstream.httpStatus, text);
    return toStatusFailure(this.#settings.displayName, upstream, headers, text, facts, this.#settings.clock.nowMs());
  }

  #streamFailure(error: unknown): unknown {
    if (error instanceof EventTooLargeError || error instanceof LineTooLargeError)
      return this.malformed(null, 'a piece of its stream never ends');
    return toTransportFailure(this.#settings.displayName, error);
  }
}

class StreamReceiver implements ResponseReceiver {
  readonly #sink: StreamSink;
  readonly #cutter: Cutter;
  readonly #makeTranslator: (upstream: UpstreamResponse) => Translator;
  readonly #reader: WireReader;
  #translator: Translator | null = null;
  #document: { upstream: UpstreamResponse; headers: ResponseHeaders; chunks: Buffer[]; sizeBytes: number } | null = null;
  /** What went wrong on our side of the wire, kept apart so that it is told whatever the client makes of it. */
  failure: { readonly error: unknown } | null = null;

  constructor(sink: StreamSink, cutter: Cutter, makeTranslator: (upstream: UpstreamResponse) => Translator, reader: WireReader) {
    this.#sink = sink;
    this.#cutter = cutter;
    this.#makeTranslator = makeTranslator;
    this.#reader = reader;
  }

  get isComplete(): boolean {
    return this.#translator?.isComplete === true;
  }

  onHead(status: number, headers: ResponseHeaders): void {
    const upstream = this.#reader.toUpstream(status, headers);
    const isDocument = status !== 200 || /^(?:application\/(?:[\w.+-]*\+)?json\b|text\/html)/.test(headers['content-type'] ?? '');
    if (isDocument) this.#document = { upstream, headers, chunks: [], sizeBytes: 0 };
    else this.#translator = this.#makeTranslator(upstream);
  }

  onData(chunk: Buffer): void | Promise<void> {
    const document = this.#document;
    if (document !== null) {
      if (document.sizeBytes < MAX_DOCUMENT_BYTES) document.chunks.push(chunk);
      document.sizeBytes += chunk.length;
      return;
    }
    try {
      const pieces = this.#cutter.push(chunk);
      const waiting = pieces === null ? undefined : this.#take(pieces);
      return waiting?.catch((error: unknown) => this.#fail(error));
    } catch (error) {
      return this.#fail(error);
    }
  }

  /** After the last byte: a piece without its end counts too. */
  async finish(): Promise<Answer | null> {
    if (this.#document !== null) {
      const { upstream, headers, chunks } = this.#document;
      return { upstream, headers, body: Buffer.concat(chunks) };
    }
    const rest = this.#cutter.finish();
    if (rest !== null) await this.#take(rest);
    this.#translator?.end();
    await deliver(this.#translator?.takeParts() ?? [], (part) => this.#sink.part(part));
    return null;
  }

  /** Parts of what came before a broken piece are given first. */
  #take(pieces: Buffer): void | Promise<void> {
    const translator = this.#translator;
    if (translator === null) return;
    let failure: { readonly error: unknown } | null = null;
    try {
      translator.read(pieces);
    } catch (error) {
      failure = { error };
    }
    const waiting = deliver(translator.takeParts(), (part) => this.#sink.part(part));
    if (failure === null) return waiting;
    const { error } = failure;
    if (waiting === undefined) throw error;
    return waiting.then(() => {
      throw error;
    });
  }

  #fail(error: unknown): never {
    this.failure ??= { error };
    throw error;
  }
}

/** Gives items one by one and waits whenever `give` asks for it; costs no promise when it never does. */
export function deliver<T>(items: readonly T[], give: (item: T) => void | Promise<void>, from = 0): void | Promise<void> {
  for (let at = from; at < items.length; at += 1) {
    const waiting = give(items[at] as T);
    if (waiting !== undefined) return waiting.then(() => deliver(items, give, at + 1));
  }
}
