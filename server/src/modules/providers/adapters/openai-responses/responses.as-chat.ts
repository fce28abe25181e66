/** A streamed chat call for a model that is served by Responses only: its parts in the clothes of chat chunks. */
import type { ProviderCall, RelayFacts, RelayOutcome, RelaySink, StreamPart, StreamSink, Usage } from '../../contract.ts';
import { stringOf } from '../../shared/json.ts';
import { OpenAiChunkEncoder } from '../openai-compatible/index.ts';

const BEFORE_OUTPUT: RelayFacts = { hasOutput: false, isUsageEvent: false, isEnd: false };
const OUTPUT: RelayFacts = { hasOutput: true, isUsageEvent: false, isEnd: false };

export async function relayAsChat(stream: (sink: StreamSink) => Promise<void>, call: ProviderCall, sink: RelaySink): Promise<RelayOutcome> {
  const writer = new ChunkWriter(call.model, sink);
  await stream(writer);
  return writer.end();
}

class ChunkWriter implements StreamSink {
  readonly #model: string;
  readonly #sink: RelaySink;
  #encoder: OpenAiChunkEncoder | null = null;
  #id: string | null = null;
  #answered: string | null = null;
  #usage: Usage | null = null;
  #serviceTier: string | null = null;
  readonly #finishes: RelayOutcome['finishReasons'][number][] = [];

  constructor(model: string, sink: RelaySink) {
    this.#model = model;
    this.#sink = sink;
  }

  part(part: StreamPart): void | Promise<void> {
    if (part.type === 'response-start') {
      this.#id = part.id;
      this.#answered = part.model;
      this.#serviceTier = part.serviceTier;
      const [id, model, createdAtSeconds] = [part.id ?? 'chatcmpl-0', part.model ?? this.#model, part.createdAtSeconds ?? 0];
      this.#encoder = new OpenAiChunkEncoder({ id, model, createdAtSeconds, includeUsage: true });
      this.#sink.start(part.upstream);
    } else if (part.type === 'usage') this.#usage = part.usage;
    else if (part.type === 'extra' && part.scope === 'response')
      this.#serviceTier = stringOf(part.extra['service_tier']) ?? this.#serviceTier;
    else if (part.type === 'choice-finish') {
      const { choice, finishReason, rawFinishReason } = part;
      this.#finishes.push({ choice, finishReason, rawFinishReason });
    }
    const text = this.#encoder?.encode(part) ?? '';
    if (text === '') return undefined;
    const isFrame = part.type === 'extra' && part.scope === 'response';
    return this.#sink.events(Buffer.from(text), isFrame ? BEFORE_OUTPUT : OUTPUT);
  }

  /** Usage and the end marker are events of their own: a caller that did not ask for usage must not see it. */
  async end(): Promise<RelayOutcome> {
    const text = this.#encoder?.end() ?? '';
    const at = text.lastIndexOf('data: ');
    if (at > 0) await this.#sink.events(Buffer.from(text.slice(0, at)), { ...OUTPUT, isUsageEvent: true });
    await this.#sink.events(Buffer.from(text.slice(at)), { ...OUTPUT, isEnd: true });
    return { usage: this.#usage, finishReasons: this.#finishes, model: this.#answered, id: this.#id, serviceTier: this.#serviceTier };
  }
}
