import type { CompletionCall, ServedBy } from '../../modules/completions/index.ts';
import {
  OpenAiChunkEncoder,
  type RelayFacts,
  type RelaySink,
  type StreamPart,
  type StreamSink,
  type UpstreamResponse,
} from '../../modules/providers/index.ts';
import { endStream } from '../end-answer.ts';
import { toEntityId } from '../entity-id.ts';
import type { Exchange } from '../route.ts';
import { identityHeaders } from './door-answer.ts';

const END = 'data: [DONE]\n\n';

/**
 * Writes a streamed answer in the OpenAI dialect: bytes as they came from a provider of the same wire, or chunks made from parts.
 * What ends the stream (usage and `[DONE]`) is held until `end()`, which the door calls when the settlement is durable.
 */
export class ChatStreamWriter implements StreamSink, RelaySink {
  readonly #exchange: Exchange;
  readonly #call: CompletionCall;
  readonly #includeUsage: boolean;
  #served: ServedBy | null = null;
  #encoder: OpenAiChunkEncoder | null = null;
  #held: Buffer[] = [];

  constructor(options: { exchange: Exchange; call: CompletionCall; includeUsage: boolean }) {
    this.#exchange = options.exchange;
    this.#call = options.call;
    this.#includeUsage = options.includeUsage;
  }

  /** The start is durable: the head may go out. */
  begin(served: ServedBy): void {
    this.#served = served;
    const { response } = this.#exchange;
    if (response.destroyed || response.headersSent) return;
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      'x-antiphon-provider': served.providerId,
      'x-antiphon-model': served.modelId,
      ...identityHeaders(this.#exchange),
    });
  }

  start(_upstream: UpstreamResponse): void {
    // The head waits for `begin`: nothing is shown before the start is durable.
  }

  events(bytes: Buffer, facts: RelayFacts): void | Promise<void> {
    if (facts.isUsageEvent && !this.#includeUsage) return undefined;
    if (facts.isUsageEvent || facts.isEnd) {
      this.#held.push(bytes);
      return undefined;
    }
    return this.#write(bytes);
  }

  part(part: StreamPart): void | Promise<void> {
    if (part.type === 'response-start')
      this.#encoder = new OpenAiChunkEncoder({
        id: part.id ?? `chatcmpl-${toEntityId('completion', this.#call.id)}`,
        model: part.model ?? this.#served?.modelId ?? this.#call.model,
        createdAtSeconds: part.createdAtSeconds ?? Math.floor(this.#call.receivedAtMs / 1000),
        includeUsage: this.#includeUsage,
      });
    const text = this.#encoder?.encode(part) ?? '';
    return text === '' ? undefined : this.#write(text);
  }

  /** Everything is settled: the rest goes out. */
  end(): void {
    const { response } = this.#exchange;
    if (response.destroyed || response.writableEnded) return;
    if (this.#encoder !== null) {
      endStream(response, this.#encoder.end());
      return;
    }
    const held = Buffer.concat(this.#held);
    // Some providers never send the end marker; clients of this dialect wait for it.
    endStream(response, held.includes('[DONE]') ? held : Buffer.concat([held, Buffer.from(END)]));
  }

  /** A promise when the socket is full: the provider is not read on until the caller has caught up or gone. */
  #write(data: Buffer | string): void | Promise<void> {
    const { response } = this.#exchange;
    if (response.destroyed || response.write(data)) return undefined;
    return new Promise((resolve) => {
      const done = (): void => {
        response.off('drain', done);
        response.off('close', done);
        resolve();
      };
      response.on('drain', done);
      response.on('close', done);
    });
  }
}
