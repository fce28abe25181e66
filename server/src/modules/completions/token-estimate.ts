import type { CompletionRequest, ContentPart } from '../providers/index.ts';

/** Tokens that a message costs beside its text (role and separators), as OpenAI's chat format counts them. */
const TOKENS_PER_MESSAGE = 4;

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

/** Tokens of `text` by the o200k tokenizer: an estimate for models that use another one. */
export async function estimateTokens(text: string): Promise<number> {
  return text === '' ? 0 : (await loadCounter())(text);
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
