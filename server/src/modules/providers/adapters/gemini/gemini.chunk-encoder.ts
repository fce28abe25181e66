import { AntiphonError } from '../../../../kernel/errors/index.ts';
import type { JsonObject, JsonValue, ReasoningPart, StreamPart, Usage } from '../../contract.ts';
import { isEmpty } from '../../shared/json.ts';
import { toCallPart, toWireReasoning, type GeminiAnswerIdentity } from './gemini.door-answer.ts';
import { fromFinish } from './gemini.finish.ts';
import { fromLogprobs } from './gemini.logprobs.ts';
import { VENDOR_PARTS, vendorPartsOf } from './gemini.model-parts.ts';
import { fromUsage } from './gemini.usage.ts';
import type { WirePart } from './gemini.wire.ts';

export interface GeminiChunkEncoderOptions extends GeminiAnswerIdentity {
  /** `sse` for `alt=sse`; `array` is what the wire does otherwise: one JSON list, an element a chunk. */
  readonly framing: 'sse' | 'array';
}

interface OpenCall {
  readonly id: string;
  readonly name: string;
  readonly extra?: JsonObject;
  argumentsText: string;
}

interface ChoiceState {
  /** This wire has whole calls only: they wait for their last piece. */
  readonly calls: Map<number, OpenCall>;
  readonly vendorParts: WirePart[];
  readonly extra: Record<string, JsonValue>;
  finishReason: string | null;
  /** Whether a thought is open: a signature then is the thought's, otherwise the text's own. */
  isThinking: boolean;
}

const MAX_HELD_CHARACTERS = 16 * 1024 * 1024;

/**
 * Parts -> chunks of a streamed answer of this dialect. `encode` gives the text for one part (empty when it shows nothing yet), `end` the
 * last chunk: tool calls, finish reasons and usage. Nothing follows it but, in a list, the closing bracket.
 */
export class GeminiChunkEncoder {
  readonly #options: GeminiChunkEncoderOptions;
  readonly #tail: string;
  readonly #choices = new Map<number, ChoiceState>();
  readonly #extra: Record<string, JsonValue> = {};
  #usage: Usage | null = null;
  #heldCharacters = 0;
  #hasWritten = false;

  constructor(options: GeminiChunkEncoderOptions) {
    this.#options = options;
    this.#tail = `,"modelVersion":${JSON.stringify(options.model)},"responseId":${JSON.stringify(options.id)}}`;
  }

  /** Throws `AntiphonError` PROVIDER_FAILED when tool calls grow beyond what is held of them. */
  encode(part: StreamPart): string {
    switch (part.type) {
      case 'response-start':
        return '';
      case 'text-delta':
      case 'refusal-delta':
        return this.#text(part.choice, `{"text":${JSON.stringify(part.text)}}`);
      case 'reasoning-delta':
        this.#stateOf(part.choice).isThinking = true;
        return this.#text(part.choice, `{"text":${JSON.stringify(part.text)},"thought":true}`);
      case 'reasoning-end':
        return this.#reasoningEnd(part);
      case 'tool-call-start':
        return this.#callStart(part);
      case 'tool-call-delta':
        return this.#callDelta(part);
      case 'logprobs':
        return this.#logprobs(part.choice, part.logprobs);
      case 'extra':
        return this.#holdExtra(part);
      case 'choice-finish':
        this.#stateOf(part.choice).finishReason = fromFinish(part.finishReason, part.rawFinishReason);
        return '';
      case 'usage':
        this.#usage = part.usage;
        return '';
    }
  }

  /** The end of a stream that went well. */
  end(): string {
    const candidates = [...this.#choices].sort(([left], [right]) => left - right).map(toLastCandidate);
    const usage = this.#usage === null ? {} : { usageMetadata: fromUsage(this.#usage) };
    const fields = JSON.stringify({ candidates, ...usage, ...this.#extra }).slice(1, -1);
    const last = this.#frame(fields);
    return this.#options.framing === 'array' ? `${last}]\n` : last;
  }

  #text(choice: number, part: string): string {
    this.#stateOf(choice);
    return this.#frame(`"candidates":[{"content":{"parts":[${part}],"role":"model"},"index":${choice}}]`);
  }

  #frame(fields: string): string {
    const isFirst = !this.#hasWritten;
    this.#hasWritten = true;
    if (this.#options.framing === 'sse') return `data: {${fields}${this.#tail}\r\n\r\n`;
    return `${isFirst ? '[' : ',\r\n'}{${fields}${this.#tail}`;
  }

  /** A signature comes in a part without text, as the wire itself sends it; a reasoning part that closes without one shows nothing. */
  #reasoningEnd(part: Extract<StreamPart, { type: 'reasoning-end' }>): string {
    const { signature, redactedData } = part;
    const closed: ReasoningPart = {
      text: '',
      ...(signature === undefined ? {} : { signature }),
      ...(redactedData === undefined ? {} : { redactedData }),
    };
    const { signature: wireSignature } = toWireReasoning(closed);
    const state = this.#stateOf(part.choice);
    const thought = state.isThinking || redactedData !== undefined ? ',"thought":true' : '';
    state.isThinking = false;
    if (wireSignature === undefined) return '';
    return this.#text(part.choice, `{"text":""${thought},"thoughtSignature":${JSON.stringify(wireSignature)}}`);
  }

  #callStart({ choice, index, id, name, extra }: Extract<StreamPart, { type: 'tool-call-start' }>): string {
    this.#hold(id.length + name.length + 1);
    this.#stateOf(choice).calls.set(index, { id, name, argumentsText: '', ...(extra === undefined ? {} : { extra }) });
    return '';
  }

  #callDelta({ choice, index, argumentsText }: Extract<StreamPart, { type: 'tool-call-delta' }>): string {
    this.#hold(argumentsText.length);
    const call = this.#stateOf(choice).calls.get(index);
    if (call !== undefined) call.argumentsText += argumentsText;
    return '';
  }

  #logprobs(choice: number, logprobs: JsonValue): string {
    const logprobsResult = fromLogprobs(logprobs);
    if (logprobsResult === null) return '';
    return this.#frame(`"candidates":[${JSON.stringify({ content: { parts: [], role: 'model' }, index: choice, logprobsResult })}]`);
  }

  #holdExtra(part: Extract<StreamPart, { type: 'extra' }>): string {
    this.#hold(JSON.stringify(part.extra).length);
    if (part.scope === 'response') {
      Object.assign(this.#extra, part.extra);
      return '';
    }
    const state = this.#stateOf(part.choice);
    const { [VENDOR_PARTS]: _vendorParts, ...rest } = part.extra;
    state.vendorParts.push(...vendorPartsOf(part.extra));
    if (!isEmpty(rest)) Object.assign(state.extra, rest);
    return '';
  }

  #hold(characters: number): void {
    this.#heldCharacters += characters;
    if (this.#heldCharacters > MAX_HELD_CHARACTERS)
      throw new AntiphonError('PROVIDER_FAILED', 'The provider sent a tool call that is larger than this server holds.');
  }

  #stateOf(choice: number): ChoiceState {
    const known = this.#choices.get(choice);
    if (known !== undefined) return known;
    const state: ChoiceState = { calls: new Map(), vendorParts: [], extra: {}, finishReason: null, isThinking: false };
    this.#choices.set(choice, state);
    return state;
  }
}

function toLastCandidate([index, state]: readonly [number, ChoiceState]): JsonObject {
  const calls = [...state.calls].sort(([left], [right]) => left - right).map(([, call]) => toCallPart(call));
  return {
    content: { parts: [...state.vendorParts, ...calls], role: 'model' },
    finishReason: state.finishReason ?? 'OTHER',
    index,
    ...state.extra,
  };
}
