/** The text endpoint of the OpenAI door (`POST /v1/completions`): their request → ours, our answer → theirs. */
import type { Choice, CompletionRequest, CompletionResult, JsonObject, JsonValue, StreamPart, Usage } from '../../contract.ts';
import { arrayOf, numberOf, objectOf, stringOf } from '../../shared/json.ts';
import { refuse } from '../../shared/refuse.ts';
import type { AnswerIdentity } from './openai.answer.ts';
import { fromFinish } from './openai.finish.ts';
import { fromOpenAiChatBody } from './openai.request.ts';
import { fromUsage } from './openai.usage.ts';
import { END_MARKER } from './openai.wire.ts';

export interface TextRequest {
  readonly request: CompletionRequest;
  /** What stands in front of every choice: the prompt, where the caller asked for its echo. */
  readonly echo: string;
  /** What is not done of what was asked, one sentence each. */
  readonly warnings: readonly string[];
}

const NOT_OFFERED: Readonly<Record<string, string>> = {
  suffix: 'suffix was not sent: models are asked by chat, which knows no text after the answer.',
  best_of: 'best_of was not sent: choices are not ranked. Ask for them with n.',
};

const MAX_PROMPTS = 32;

/**
 * The body in the neutral form, one request a prompt: the prompt is the message of a user, since providers serve chat. Throws
 * `AntiphonError` INVALID_INPUT whose `param` names the offender.
 */
export function fromOpenAiTextBody(body: JsonObject): readonly TextRequest[] {
  const { prompt, suffix, best_of: bestOf, echo, logprobs, ...rest } = body;
  const parameters = { ...rest, ...toChatLogprobs(logprobs) };
  return readPrompts(prompt).map((text) => {
    const request = fromOpenAiChatBody({ ...parameters, messages: [{ role: 'user', content: text }] });
    const isRanked = typeof bestOf === 'number' && bestOf > (request.choiceCount ?? 1);
    const asked = { ...(suffix == null || suffix === '' ? {} : { suffix }), ...(isRanked ? { best_of: bestOf } : {}) };
    return { request, echo: echo === true ? text : '', warnings: Object.keys(asked).map((name) => NOT_OFFERED[name] as string) };
  });
}

/** One text or several. */
function readPrompts(value: JsonValue | undefined): readonly string[] {
  const prompts = Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
  if (prompts.length === 0 || prompts.length > MAX_PROMPTS)
    throw refuse('prompt', `must be a text, or a list of 1 to ${MAX_PROMPTS} texts`);
  if (!prompts.every((prompt): prompt is string => typeof prompt === 'string'))
    throw refuse('prompt', 'must be a text or a list of texts; token numbers are not taken, since each model has its own');
  return prompts;
}

/** A number there, a switch and a number in chat. */
function toChatLogprobs(value: JsonValue | undefined): JsonObject {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'number') throw refuse('logprobs', 'must be a number');
  return { logprobs: true, top_logprobs: value };
}

/** Answers to the prompts of one body, in their order, as one body: choices are numbered through, tokens are summed. */
export function toOpenAiTextResponse(
  answers: readonly { readonly result: CompletionResult; readonly echo: string }[],
  identity: AnswerIdentity,
): JsonObject {
  const usages = answers.flatMap(({ result }) => (result.usage === null ? [] : [result.usage]));
  const fingerprint = answers[0]?.result.systemFingerprint ?? null;
  const choices = answers.flatMap(({ result, echo }) => result.choices.map((choice) => toChoice(choice, echo)));
  return {
    ...headOf(identity),
    choices: choices.map((choice, index) => ({ ...choice, index })),
    ...(usages.length < answers.length ? {} : { usage: fromUsage(usages.reduce(addUsage)) }),
    ...(fingerprint === null ? {} : { system_fingerprint: fingerprint }),
  };
}

function addUsage(left: Usage, right: Usage): Usage {
  return {
    inputTokens: left.inputTokens + right.inputTokens,
    cachedReadTokens: left.cachedReadTokens + right.cachedReadTokens,
    cacheWriteTokens: left.cacheWriteTokens + right.cacheWriteTokens,
    outputTokens: left.outputTokens + right.outputTokens,
    reasoningTokens: left.reasoningTokens + right.reasoningTokens,
    audioInputTokens: left.audioInputTokens + right.audioInputTokens,
    audioOutputTokens: left.audioOutputTokens + right.audioOutputTokens,
    imageInputTokens: left.imageInputTokens + right.imageInputTokens,
    totalTokens: left.totalTokens + right.totalTokens,
    raw: null,
  };
}

function headOf({ id, model, createdAtSeconds }: AnswerIdentity): JsonObject {
  return { id, object: 'text_completion', created: createdAtSeconds, model };
}

function toChoice(choice: Choice, echo: string): JsonObject {
  return {
    text: echo + choice.text + (choice.refusal ?? ''),
    index: choice.index,
    logprobs: fromChatLogprobs(choice.logprobs, echo.length),
    finish_reason: fromFinish(choice.finishReason),
  };
}

/** Chat's list of tokens as the four lists of this endpoint. */
function fromChatLogprobs(logprobs: JsonValue, offset: number): JsonObject | null {
  const tokens = objectsOf(objectOf(logprobs)?.['content']);
  if (tokens.length === 0) return null;
  let at = offset;
  const offsets: number[] = [];
  for (const token of tokens) {
    offsets.push(at);
    at += (stringOf(token['token']) ?? '').length;
  }
  return {
    tokens: tokens.map((token) => stringOf(token['token']) ?? ''),
    token_logprobs: tokens.map((token) => numberOf(token['logprob'])),
    top_logprobs: tokens.map(toTop),
    text_offset: offsets,
  };
}

function objectsOf(value: JsonValue | undefined): readonly JsonObject[] {
  return arrayOf(value)
    .map(objectOf)
    .filter((item) => item !== null);
}

function toTop(token: JsonObject): JsonObject {
  const top = objectsOf(token['top_logprobs']);
  return Object.fromEntries(top.map((other) => [stringOf(other['token']) ?? '', numberOf(other['logprob'])]));
}

export interface TextChunkEncoderOptions extends AnswerIdentity {
  readonly echo: string;
  readonly includeUsage: boolean;
}

/** Parts → chunks of this endpoint; `end` gives the usage, if asked for, and the end marker. */
export class OpenAiTextChunkEncoder {
  readonly #options: TextChunkEncoderOptions;
  readonly #head: string;
  readonly #begun = new Set<number>();
  /** Of each choice, until the text comes that they belong to. */
  readonly #logprobs = new Map<number, JsonValue>();
  #usage: Usage | null = null;

  constructor(options: TextChunkEncoderOptions) {
    this.#options = options;
    this.#head = `data: ${JSON.stringify(headOf(options)).slice(0, -1)},`;
  }

  encode(part: StreamPart): string {
    switch (part.type) {
      case 'text-delta':
      case 'refusal-delta':
        return this.#begin(part.choice) + this.#chunk(part.choice, part.text);
      case 'choice-finish':
        return this.#begin(part.choice) + this.#chunk(part.choice, '', fromFinish(part.finishReason));
      case 'logprobs':
        this.#logprobs.set(part.choice, part.logprobs);
        return '';
      case 'usage':
        this.#usage = part.usage;
        return '';
      default:
        return '';
    }
  }

  end(): string {
    const marker = `data: ${END_MARKER}\n\n`;
    if (!this.#options.includeUsage || this.#usage === null) return marker;
    return `${this.#head}"choices":[],"usage":${JSON.stringify(fromUsage(this.#usage))}}\n\n${marker}`;
  }

  #begin(choice: number): string {
    if (this.#begun.has(choice)) return '';
    this.#begun.add(choice);
    return this.#options.echo === '' ? '' : this.#chunk(choice, this.#options.echo);
  }

  #chunk(index: number, text: string, finishReason: string | null = null): string {
    const logprobs = fromChatLogprobs(this.#logprobs.get(index) ?? null, 0);
    this.#logprobs.delete(index);
    return `${this.#head}"choices":[${JSON.stringify({ text, index, logprobs, finish_reason: finishReason })}]}\n\n`;
  }
}
