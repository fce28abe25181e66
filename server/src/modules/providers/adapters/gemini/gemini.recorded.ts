/** Recorded answers of this wire, as they were kept on the way to a caller, back into choices. */
import { ProviderError, type Choice } from '../../contract.ts';
import { ChoiceBuilder } from '../../shared/choice-builder.ts';
import { objectOf } from '../../shared/json.ts';
import { AnswerReader, type AnswerOptions } from './gemini.answer-reader.ts';
import { chunkTextsOf } from './gemini.events.ts';
import { toCompletionResult } from './gemini.response.ts';
import { isMarker } from './gemini.takers.ts';
import { parseAnswer } from './gemini.wire.ts';

const fail = (): ProviderError => new ProviderError('malformed', 'The record is broken.');
const OPTIONS: AnswerOptions = {
  upstream: { httpStatus: 200, requestId: null, headers: {} },
  warnings: [],
  flavour: 'gemini',
  attemptId: 'record',
  toEventError: fail,
  toBlockedError: fail,
  toMalformedError: fail,
};
const NO_BYTES = Buffer.alloc(0);

/** The choices of a recorded answer; none when the record is not one. */
export function choicesOfRecordedContent(body: unknown): readonly Choice[] {
  const answer = objectOf(body);
  if (answer === null) return [];
  try {
    return toCompletionResult(answer, OPTIONS, NO_BYTES).choices;
  } catch {
    return [];
  }
}

/** The choices in the text of recorded chunks, as far as it goes: it may stop within one or hold an error. */
export function choicesOfRecordedChunks(text: string): readonly Choice[] {
  const reader = new AnswerReader(OPTIONS);
  try {
    for (const chunk of chunkTextsOf(Buffer.from(text))) if (!isMarker(chunk)) reader.read(parseAnswer(chunk));
    reader.end();
  } catch {
    // What came before the break is kept below.
  }
  const builder = new ChoiceBuilder();
  for (const part of reader.takeParts()) builder.add(part);
  return builder.build();
}
