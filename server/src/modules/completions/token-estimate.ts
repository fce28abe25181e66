import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { CompletionRequest, ContentPart } from '../providers/index.ts';

/** Tokens that a message costs beside its text (role and separators), as OpenAI's chat format counts them. */
const TOKENS_PER_MESSAGE = 4;
/** Text counted in one go: other calls go on in between. */
const SLICE_CHARACTERS = 32 * 1024;
/** Beyond this the rest is taken to be like what was counted: a caller decides how long texts are, and must not decide what we compute. */
const MAX_COUNTED_CHARACTERS = 1024 * 1024;
/**
 * The tokenizer takes time by the square of a run without a break: 64 Ki Chinese characters take it 16 seconds. Longer runs are cut, which
 * costs at most a token a cut.
 */
const MAX_RUN_CHARACTERS = 64;
const LONG_RUN = new RegExp(`\\S{${MAX_RUN_CHARACTERS + 1},}|\\s{${MAX_RUN_CHARACTERS + 1},}`, 'g');

type CountTokens = (text: string) => number;
let counter: Promise<CountTokens> | null = null;

/** The tokenizer's tables are large, so they are loaded when the first estimate is needed and not at start. */
function loadCounter(): Promise<CountTokens> {
  counter ??= import('gpt-tokenizer/encoding/o200k_base').then(
    ({ countTokens }) =>
      (text: string) =>
        countTokens(text, { allowedSpecial: 'all' }),
  );
  return counter;
}

/**
 * Tokens of `text` by the o200k tokenizer: an estimate for models that use another one. Exact for ordinary text of up to 32 Ki characters;
 * takes time in proportion to the length, bounded, and never much of it at once.
 */
export async function estimateTokens(text: string): Promise<number> {
  if (text === '') return 0;
  const count = await loadCounter();
  let tokens = 0;
  let at = 0;
  while (at < text.length && at < MAX_COUNTED_CHARACTERS) {
    if (at > 0) await yieldToOthers();
    const end = endOfSlice(text, at);
    tokens += countSlice(text.slice(at, end), count);
    at = end;
  }
  return at === text.length ? tokens : Math.ceil((tokens * text.length) / at);
}

/** Before the last blank of the slice where there is one, so that no word is cut. */
function endOfSlice(text: string, start: number): number {
  const limit = start + SLICE_CHARACTERS;
  if (limit >= text.length) return text.length;
  const blankAt = text.lastIndexOf(' ', limit);
  return blankAt > start ? blankAt : limit;
}

function countSlice(text: string, count: CountTokens): number {
  let tokens = 0;
  let from = 0;
  for (const { 0: run, index } of text.matchAll(LONG_RUN)) {
    tokens += count(text.slice(from, index));
    for (let at = 0; at < run.length; at += MAX_RUN_CHARACTERS) tokens += count(run.slice(at, at + MAX_RUN_CHARACTERS));
    from = index + run.length;
  }
  return tokens + count(text.slice(from));
}

function textOf(parts: readonly ContentPart[]): string {
  return parts
    .map((part) => (part.type === 'text' ? part.text : part.type === 'document' && part.source.kind === 'text' ? part.source.text : ''))
    .join('');
}

/** Input tokens of a request; media are not counted, for no tokenizer tells what they cost. */
export async function estimateInputTokens(request: CompletionRequest): Promise<number> {
  let text = request.tools === undefined ? '' : JSON.stringify(request.tools);
  for (const message of request.messages) {
    text += textOf(message.content);
    if (message.role === 'assistant') for (const call of message.toolCalls ?? []) text += call.name + call.argumentsText;
  }
  return (await estimateTokens(text)) + request.messages.length * TOKENS_PER_MESSAGE;
}
