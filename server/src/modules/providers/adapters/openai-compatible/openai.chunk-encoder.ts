import type { JsonObject, JsonValue, StreamPart } from '../../contract.ts';
import { toReasoningDetail, type AnswerIdentity } from './openai.answer.ts';
import { fromFinish } from './openai.finish.ts';
import { fromUsage } from './openai.usage.ts';
import { END_MARKER } from './openai.wire.ts';

export interface ChunkEncoderOptions extends AnswerIdentity {
  /** `stream_options.include_usage` of the caller: null `usage` on every chunk and one last chunk that carries it. */
  readonly includeUsage: boolean;
}

const NULL_LOGPROBS = 'null';

interface ChoiceState {
  hasRole: boolean;
  /** Log probabilities wait for the text they belong to: clients expect both in one chunk. */
  logprobs: string;
  reasoningPartCount: number;
}

/**
 * Parts → server-sent events of the OpenAI dialect. `encode` gives the text for one part (empty when it shows nothing),
 * `end` the usage chunk, if asked for, and the end marker.
 */
export class OpenAiChunkEncoder {
  readonly #options: ChunkEncoderOptions;
  readonly #choices = new Map<number, ChoiceState>();
  #head = '';
  readonly #tail: string;
  #usage: JsonObject | null = null;

  constructor(options: ChunkEncoderOptions) {
    this.#options = options;
    this.#tail = options.includeUsage ? ',"usage":null}\n\n' : '}\n\n';
    this.#setHead(null, null);
  }

  encode(part: StreamPart): string {
    switch (part.type) {
      case 'response-start':
        this.#setHead(part.serviceTier, part.systemFingerprint);
        return '';
      case 'text-delta':
        return (
          this.#begin(part.choice, '""') +
          this.#chunk(part.choice, `{"content":${JSON.stringify(part.text)}}`, this.#takeLogprobs(part.choice))
        );
      case 'reasoning-delta':
        return this.#begin(part.choice, '""') + this.#chunk(part.choice, `{"reasoning_content":${JSON.stringify(part.text)}}`);
      case 'reasoning-end':
        return this.#encodeReasoningEnd(part);
      case 'refusal-delta':
        return (
          this.#begin(part.choice, 'null') +
          this.#chunk(part.choice, `{"refusal":${JSON.stringify(part.text)}}`, this.#takeLogprobs(part.choice))
        );
      case 'tool-call-start':
        return this.#encodeToolCallStart(part);
      case 'tool-call-delta':
        return this.#chunk(
          part.choice,
          `{"tool_calls":[{"index":${part.index},"function":{"arguments":${JSON.stringify(part.argumentsText)}}}]}`,
        );
      case 'logprobs':
        return this.#holdLogprobs(part.choice, part.logprobs);
      case 'extra':
        return this.#encodeExtra(part);
      case 'choice-finish':
        return (
          this.#begin(part.choice, '""') +
          this.#chunk(part.choice, '{}', this.#takeLogprobs(part.choice), JSON.stringify(fromFinish(part.finishReason)))
        );
      case 'usage':
        this.#usage = fromUsage(part.usage);
        return '';
    }
  }

  /** The end of a stream that went well. */
  end(): string {
    const marker = `data: ${END_MARKER}\n\n`;
    if (!this.#options.includeUsage || this.#usage === null) return marker;
    return `${this.#head}"choices":[],"usage":${JSON.stringify(this.#usage)}}\n\n${marker}`;
  }

  #setHead(serviceTier: string | null, systemFingerprint: string | null): void {
    const fields = JSON.stringify({
      id: this.#options.id,
      object: 'chat.completion.chunk',
      created: this.#options.createdAtSeconds,
      model: this.#options.model,
      ...(serviceTier === null ? {} : { service_tier: serviceTier }),
      ...(systemFingerprint === null ? {} : { system_fingerprint: systemFingerprint }),
    });
    this.#head = `data: ${fields.slice(0, -1)},`;
  }

  #chunk(choice: number, delta: string, logprobs = NULL_LOGPROBS, finishReason = 'null', choiceFields = ''): string {
    return `${this.#head}"choices":[{"index":${choice},"delta":${delta},"logprobs":${logprobs},"finish_reason":${finishReason}${choiceFields}}]${this.#tail}`;
  }

  #stateOf(choice: number): ChoiceState {
    const known = this.#choices.get(choice);
    if (known !== undefined) return known;
    const state = { hasRole: false, logprobs: NULL_LOGPROBS, reasoningPartCount: 0 };
    this.#choices.set(choice, state);
    return state;
  }

  /** The chunk that opens a choice with its role; `content` is null when a tool call comes first, so that clients do not show an empty answer. */
  #begin(choice: number, content: '""' | 'null'): string {
    const state = this.#stateOf(choice);
    if (state.hasRole) return '';
    state.hasRole = true;
    return this.#chunk(choice, `{"role":"assistant","content":${content},"refusal":null}`);
  }

  #encodeToolCallStart(part: Extract<StreamPart, { type: 'tool-call-start' }>): string {
    const call = { index: part.index, id: part.id, type: 'function', function: { name: part.name, arguments: '' }, ...part.extra };
    return this.#begin(part.choice, 'null') + this.#chunk(part.choice, JSON.stringify({ tool_calls: [call] }));
  }

  /** A reasoning part that closes without signature or data shows nothing. */
  #encodeReasoningEnd(part: Extract<StreamPart, { type: 'reasoning-end' }>): string {
    const state = this.#stateOf(part.choice);
    const index = state.reasoningPartCount++;
    const { signature, redactedData } = part;
    if (signature === undefined && redactedData === undefined) return '';
    const detail = toReasoningDetail(
      { text: '', ...(signature === undefined ? {} : { signature }), ...(redactedData === undefined ? {} : { redactedData }) },
      index,
    );
    return this.#begin(part.choice, '""') + this.#chunk(part.choice, JSON.stringify({ reasoning_details: [detail] }));
  }

  #holdLogprobs(choice: number, logprobs: JsonValue): string {
    const state = this.#stateOf(choice);
    const earlier = this.#takeLogprobs(choice);
    state.logprobs = JSON.stringify(logprobs);
    return earlier === NULL_LOGPROBS ? '' : this.#begin(choice, '""') + this.#chunk(choice, '{}', earlier);
  }

  #takeLogprobs(choice: number): string {
    const state = this.#stateOf(choice);
    const { logprobs } = state;
    state.logprobs = NULL_LOGPROBS;
    return logprobs;
  }

  #encodeExtra(part: Extract<StreamPart, { type: 'extra' }>): string {
    const fields = JSON.stringify(part.extra).slice(1, -1);
    if (fields === '') return '';
    if (part.scope === 'response') return `${this.#head}${fields},"choices":[]${this.#tail}`;
    const begin = this.#begin(part.choice, '""');
    if (part.scope === 'choice') return begin + this.#chunk(part.choice, '{}', NULL_LOGPROBS, 'null', `,${fields}`);
    return begin + this.#chunk(part.choice, `{${fields}}`);
  }
}
