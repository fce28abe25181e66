import { choicesOfRecordedEvents, choicesOfRecordedMessage } from './adapters/anthropic/index.ts';
import { choicesOfRecordedChunks, choicesOfRecordedContent } from './adapters/gemini/index.ts';
import { choicesOfRecordedAnswer, choicesOfRecordedStream } from './adapters/openai-compatible/index.ts';
import { choicesOfRecordedEvents as choicesOfResponseEvents, choicesOfRecordedResponse } from './adapters/openai-responses/index.ts';
import type { Choice, Dialect } from './contract.ts';
import { arrayOf, objectOf } from './shared/json.ts';

/** A wire's name in the ledger. */
type WireFormat = 'openai-chat' | 'openai-responses' | 'anthropic-messages' | 'gemini-content';

/** How an answer was recorded: in our own form, or as it went over a wire. */
export type RecordedOutputFormat = 'antiphon' | WireFormat | `${WireFormat}-stream`;

interface RecordReader {
  readonly whole: (body: unknown) => readonly Choice[];
  /** Of the event stream's text, as far as it goes. */
  readonly stream: (text: string) => readonly Choice[];
}

const FORMATS: Readonly<Record<Dialect, WireFormat>> = {
  openai: 'openai-chat',
  'openai-responses': 'openai-responses',
  anthropic: 'anthropic-messages',
  gemini: 'gemini-content',
};

const READERS: Readonly<Record<WireFormat, RecordReader>> = {
  'openai-chat': { whole: choicesOfRecordedAnswer, stream: choicesOfRecordedStream },
  'openai-responses': { whole: choicesOfRecordedResponse, stream: choicesOfResponseEvents },
  'anthropic-messages': { whole: choicesOfRecordedMessage, stream: choicesOfRecordedEvents },
  'gemini-content': { whole: choicesOfRecordedContent, stream: choicesOfRecordedChunks },
};

const STREAM_SUFFIX = '-stream';

export function recordedFormatOf(dialect: Dialect, isStream: boolean): RecordedOutputFormat {
  return isStream ? `${FORMATS[dialect]}${STREAM_SUFFIX}` : FORMATS[dialect];
}

/**
 * A recorded answer as choices. `antiphon` is `{choices}`, a wire's name its body, a name ending in `-stream` the event stream's text.
 * A stream that was cut gives what it holds; what cannot be read gives no choices.
 */
export function decodeOutput(format: RecordedOutputFormat, body: unknown): { readonly choices: readonly Choice[] } {
  if (format === 'antiphon') return { choices: arrayOf(objectOf(body)?.['choices']) as unknown as readonly Choice[] };
  if (!format.endsWith(STREAM_SUFFIX)) return { choices: READERS[format as WireFormat].whole(body) };
  const reader = READERS[format.slice(0, -STREAM_SUFFIX.length) as WireFormat];
  return { choices: typeof body === 'string' ? reader.stream(body) : [] };
}
