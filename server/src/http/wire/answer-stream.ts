import type { CompletionCall, ServedBy } from '../../modules/completions/index.ts';
import type { RelayFacts, RelaySink, StreamPart, StreamSink, UpstreamResponse } from '../../modules/providers/index.ts';
import { endStream } from '../end-answer.ts';
import { toEntityId } from '../entity-id.ts';
import type { Exchange } from '../route.ts';
import { ChunkWriter } from './chunk-writer.ts';
import type { AnswerEncoder, CompletionForm } from './completion-form.ts';
import { identityHeaders } from './door-answer.ts';
import type { WireDialect } from './wire-dialect.ts';

export interface AnswerStreamOptions {
  readonly exchange: Exchange;
  readonly dialect: WireDialect;
  readonly call: CompletionCall;
  readonly form: CompletionForm;
}

/**
 * Writes a streamed answer: bytes as they came from a provider of the same wire, or events made from parts.
 * What ends the stream is held until `close()` and `end()`, which the door calls when the settlement is durable.
 */
export class AnswerStream implements StreamSink, RelaySink {
  readonly #options: AnswerStreamOptions;
  #served: ServedBy | null = null;
  #encoder: AnswerEncoder | null = null;
  #held: Buffer[] = [];
  readonly #writer: ChunkWriter;

  constructor(options: AnswerStreamOptions) {
    this.#options = options;
    this.#writer = new ChunkWriter(options.exchange.response);
  }

  /** The start is durable: the head may go out. */
  begin(served: ServedBy): void {
    this.#served = served;
    const { exchange, dialect, form } = this.#options;
    const { response } = exchange;
    if (response.destroyed || response.headersSent) return;
    response.writeHead(200, {
      'content-type': form.streamContentType,
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      'x-antiphon-provider': served.providerId,
      'x-antiphon-model': served.modelId,
      ...identityHeaders(exchange, dialect),
    });
  }

  start(_upstream: UpstreamResponse): void {
    // The head waits for `begin`: nothing is shown before the start is durable.
  }

  events(bytes: Buffer, facts: RelayFacts): void | Promise<void> {
    const { hidesUsageEvent } = this.#options.form;
    if (facts.isUsageEvent && hidesUsageEvent) return undefined;
    if (facts.isUsageEvent || facts.isEnd) {
      this.#held.push(bytes);
      return undefined;
    }
    return this.#write(this.#reframed(bytes));
  }

  part(part: StreamPart): void | Promise<void> {
    if (part.type === 'response-start') this.#encoder = this.#createEncoder(part);
    const text = this.#encoder?.encode(part) ?? '';
    return text === '' ? undefined : this.#write(text);
  }

  /** Everything is settled: the events that are left, to be given to `end`. Asked once. */
  close(): Buffer | string {
    if (this.#encoder !== null) return this.#encoder.end();
    const { endMarker, reframe } = this.#options.form;
    const held = this.#held.length === 0 ? Buffer.alloc(0) : this.#reframed(Buffer.concat(this.#held));
    const missing = endMarker === null || held.includes(endMarker.mark) ? '' : endMarker.event;
    return Buffer.concat([held, Buffer.from(missing + (reframe?.end() ?? ''))]);
  }

  /** The rest goes out. */
  end(events: Buffer | string): void {
    const { response } = this.#options.exchange;
    if (!response.destroyed && !response.writableEnded) endStream(response, events);
  }

  #reframed(bytes: Buffer): Buffer {
    return this.#options.form.reframe?.relay(bytes) ?? bytes;
  }

  #createEncoder(part: Extract<StreamPart, { type: 'response-start' }>): AnswerEncoder {
    const { call, form } = this.#options;
    return form.createEncoder({
      id: part.id ?? `${form.idPrefix}${toEntityId('completion', call.id)}`,
      model: part.model ?? this.#served?.modelId ?? call.model,
      createdAtSeconds: part.createdAtSeconds ?? Math.floor(call.receivedAtMs / 1000),
    });
  }

  /** A promise when the socket is full: the provider is not read on until the caller has caught up or gone. */
  #write(data: Buffer | string): void | Promise<void> {
    return this.#writer.write(typeof data === 'string' ? Buffer.from(data) : data);
  }
}
