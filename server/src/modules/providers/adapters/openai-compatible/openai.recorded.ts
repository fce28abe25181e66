/** Recorded answers, as they were kept on the way to a caller, back into choices. */
import type { Choice, StreamPart, UpstreamResponse } from '../../contract.ts';
import { ChoiceBuilder } from '../../shared/choice-builder.ts';
import { objectOf } from '../../shared/json.ts';
import { COMPATIBLE_WIRE } from './openai.capabilities.ts';
import { toResult } from './openai.response.ts';
import { OpenAiStreamReader } from './openai.stream.ts';

const RECORDED: UpstreamResponse = { httpStatus: 200, requestId: null, headers: {} };
const READER_SETTINGS = { displayName: 'The record', wire: COMPATIBLE_WIRE };

/** The choices of a recorded answer; none when the record cannot be read. */
export function choicesOfRecordedAnswer(body: unknown): readonly Choice[] {
  if (objectOf(body) === null) return [];
  try {
    return toResult(READER_SETTINGS, RECORDED, Buffer.from(JSON.stringify(body)), []).choices;
  } catch {
    return [];
  }
}

/** The choices in the text of a recorded stream, as far as it goes: it may stop within an event or hold an error. */
export function choicesOfRecordedStream(text: string): readonly Choice[] {
  const parts: StreamPart[] = [];
  try {
    new OpenAiStreamReader(READER_SETTINGS, RECORDED, []).read(Buffer.from(text), parts);
  } catch {
    // What came before the break is in `parts`.
  }
  const builder = new ChoiceBuilder();
  for (const part of parts) builder.add(part);
  return builder.build();
}
