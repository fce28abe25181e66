import { choicesOfRecordedAnswer, choicesOfRecordedStream } from './adapters/openai-compatible/index.ts';
import type { Choice } from './contract.ts';
import { arrayOf, objectOf } from './shared/json.ts';

/** How an answer was recorded: in our own form, or as it went over the OpenAI wire. */
export type RecordedOutputFormat = 'antiphon' | 'openai-chat' | 'openai-chat-stream';

/**
 * A recorded answer as choices. `antiphon` is `{choices}`, `openai-chat` the body, `openai-chat-stream` the event stream's text.
 * A stream that was cut gives what it holds; what cannot be read gives no choices.
 */
export function decodeOutput(format: RecordedOutputFormat, body: unknown): { readonly choices: readonly Choice[] } {
  switch (format) {
    case 'antiphon':
      return { choices: arrayOf(objectOf(body)?.['choices']) as unknown as readonly Choice[] };
    case 'openai-chat':
      return { choices: choicesOfRecordedAnswer(body) };
    case 'openai-chat-stream':
      return { choices: typeof body === 'string' ? choicesOfRecordedStream(body) : [] };
  }
}
