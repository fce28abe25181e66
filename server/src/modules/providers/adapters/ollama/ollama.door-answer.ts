/** Neutral answers -> what the Ollama door sends: whole bodies and lines of a stream. */
import type { CompletionResult, EmbeddingsResult, FinishReason, JsonObject, JsonValue, StreamPart, Usage } from '../../contract.ts';
import { parseExactJson } from '../../shared/exact-json.ts';
import { objectOf } from '../../shared/json.ts';

export interface OllamaAnswerOptions {
  /** The name under which the caller asked for the model. */
  readonly model: string;
  /** `generate` says `response` where `chat` says `message`. */
  readonly kind: 'chat' | 'generate';
  /** Wall clock, for `created_at`. */
  readonly nowMs: () => number;
  /** Wall clock when the request came in, for `total_duration`. */
  readonly startedAtMs: number;
}

const DONE_REASONS: Readonly<Partial<Record<FinishReason, string>>> = {
  length: 'length',
  'content-filter': 'content_filter',
  error: 'error',
};

/** The body of a whole answer. Ollama has one choice: others are left out. */
export function toOllamaChatResponse(result: CompletionResult, options: OllamaAnswerOptions): JsonObject {
  const choice = result.choices[0];
  const thinking = (choice?.reasoning ?? []).map(({ text }) => text).join('');
  const calls = (choice?.toolCalls ?? []).map((call, index) => toToolCall(call.id, call.name, call.argumentsText, index));
  const logprobs = tokensOf(choice?.logprobs ?? null);
  return {
    ...headOf(options),
    ...toPiece(options.kind, (choice?.text ?? '') + (choice?.refusal ?? ''), thinking, calls),
    ...(logprobs.length === 0 ? {} : { logprobs }),
    ...tailOf(options, choice?.finishReason ?? 'other', result.usage, result.extra ?? {}),
  };
}

/** The body of `POST /api/embed`. */
export function toOllamaEmbedResponse(
  result: EmbeddingsResult,
  options: Pick<OllamaAnswerOptions, 'model' | 'nowMs' | 'startedAtMs'>,
): JsonObject {
  return {
    model: options.model,
    embeddings: result.vectors,
    total_duration: durationOf(options),
    ...(result.usage === null ? {} : { prompt_eval_count: inputOf(result.usage) }),
  };
}

/** A failure after the stream has begun, as a line: what clients of this dialect raise as an error. */
export function toOllamaErrorLine(message: string): string {
  return `${JSON.stringify({ error: message })}\n`;
}

interface HeldCall {
  readonly id: string;
  readonly name: string;
  readonly index: number;
  argumentsText: string;
}

/** Encodes the parts of a stream as lines; the dialect knows calls only whole, so their fragments are held until the next part. */
export class OllamaChunkEncoder {
  readonly #options: OllamaAnswerOptions;
  readonly #held = new Map<number, HeldCall>();
  #finishReason: FinishReason = 'other';
  #usage: Usage | null = null;
  #extra: JsonObject = {};
  #headText = '';
  #headMs = Number.NaN;

  constructor(options: OllamaAnswerOptions) {
    this.#options = options;
  }

  /** The lines of one part, or an empty text. Parts of other choices than the first have no place on this wire. */
  encode(part: StreamPart): string {
    if (part.type === 'response-start') return '';
    if (part.type === 'usage') {
      this.#usage = part.usage;
      return '';
    }
    if (part.choice !== 0) return '';
    switch (part.type) {
      case 'text-delta':
      case 'refusal-delta':
        return this.#release() + this.#line(part.text, '', []);
      case 'reasoning-delta':
        return this.#release() + this.#line('', part.text, []);
      case 'tool-call-start':
        this.#held.set(part.index, { id: part.id, name: part.name, index: part.index, argumentsText: '' });
        return '';
      case 'tool-call-delta':
        this.#hold(part.index, part.argumentsText);
        return '';
      case 'logprobs':
        return this.#logprobs(part.logprobs);
      case 'extra':
        if (part.scope === 'response') this.#extra = { ...this.#extra, ...part.extra };
        return '';
      case 'choice-finish':
        this.#finishReason = part.finishReason;
        return this.#release();
      case 'reasoning-end':
        return '';
    }
  }

  /** The last line, which says that all is done. */
  end(): string {
    const last = {
      ...headOf(this.#options),
      ...toPiece(this.#options.kind, '', '', []),
      ...tailOf(this.#options, this.#finishReason, this.#usage, this.#extra),
    };
    return `${this.#release()}${JSON.stringify(last)}\n`;
  }

  #hold(index: number, argumentsText: string): void {
    const call = this.#held.get(index);
    if (call !== undefined) call.argumentsText += argumentsText;
  }

  #release(): string {
    if (this.#held.size === 0) return '';
    const calls = [...this.#held.values()].map(({ id, name, argumentsText, index }) => toToolCall(id, name, argumentsText, index));
    this.#held.clear();
    return calls.map((call) => this.#line('', '', [call])).join('');
  }

  #logprobs(logprobs: JsonValue): string {
    const tokens = tokensOf(logprobs);
    if (tokens.length === 0) return '';
    const line = { ...headOf(this.#options), ...toPiece(this.#options.kind, '', '', []), logprobs: tokens, done: false };
    return `${JSON.stringify(line)}\n`;
  }

  #line(text: string, thinking: string, calls: readonly JsonObject[]): string {
    const piece = JSON.stringify(toPiece(this.#options.kind, text, thinking, calls));
    return `${this.#head()}${piece.slice(1, -1)},"done":false}\n`;
  }

  /** The beginning of a line, which is the same for all of a millisecond. */
  #head(): string {
    const nowMs = this.#options.nowMs();
    if (nowMs !== this.#headMs) {
      this.#headMs = nowMs;
      this.#headText = `${JSON.stringify(headOf(this.#options)).slice(0, -1)},`;
    }
    return this.#headText;
  }
}

function headOf({ model, nowMs }: OllamaAnswerOptions): JsonObject {
  return { model, created_at: new Date(nowMs()).toISOString() };
}

function toPiece(kind: OllamaAnswerOptions['kind'], text: string, thinking: string, calls: readonly JsonObject[]): JsonObject {
  const thought = thinking === '' ? {} : { thinking };
  if (kind === 'generate') return { response: text, ...thought };
  return { message: { role: 'assistant', content: text, ...thought, ...(calls.length === 0 ? {} : { tool_calls: calls }) } };
}

/** Durations that an Ollama server behind us told are passed on; of the others we know the whole alone. */
function tailOf(options: OllamaAnswerOptions, finishReason: FinishReason, usage: Usage | null, extra: JsonObject): JsonObject {
  const durations = Object.entries(extra).filter(([name, value]) => name.endsWith('_duration') && typeof value === 'number');
  return {
    done: true,
    done_reason: DONE_REASONS[finishReason] ?? 'stop',
    ...Object.fromEntries(durations),
    total_duration: durationOf(options),
    ...(usage === null ? {} : { prompt_eval_count: inputOf(usage), eval_count: outputOf(usage) }),
  };
}

/** Nanoseconds, as this wire counts. */
function durationOf({ nowMs, startedAtMs }: Pick<OllamaAnswerOptions, 'nowMs' | 'startedAtMs'>): number {
  return Math.max(0, Math.round((nowMs() - startedAtMs) * 1e6));
}

function inputOf(usage: Usage): number {
  return usage.inputTokens + usage.cachedReadTokens + usage.cacheWriteTokens + usage.audioInputTokens + usage.imageInputTokens;
}

function outputOf(usage: Usage): number {
  return usage.outputTokens + usage.reasoningTokens + usage.audioOutputTokens;
}

function tokensOf(logprobs: JsonValue): readonly JsonValue[] {
  const content = objectOf(logprobs)?.['content'];
  return Array.isArray(content) ? (content as readonly JsonValue[]) : [];
}

/** Arguments are an object on this wire; text that is none goes whole under `arguments_text`. Numbers keep their digits. */
function toToolCall(id: string, name: string, argumentsText: string, index: number): JsonObject {
  return { id, function: { index, name, arguments: toArguments(argumentsText) } };
}

function toArguments(text: string): JsonObject {
  if (text.trim() === '') return {};
  try {
    return objectOf(parseExactJson(text)) ?? { arguments_text: text };
  } catch {
    return { arguments_text: text };
  }
}
