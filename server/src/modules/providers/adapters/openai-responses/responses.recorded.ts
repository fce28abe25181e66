/** Recorded answers, as they were kept on the way to a caller, back into choices. */
import type { Choice, StreamPart, UpstreamResponse } from '../../contract.ts';
import { ChoiceBuilder } from '../../shared/choice-builder.ts';
import { toResult } from './responses.response.ts';
import { ResponsesStreamReader } from './responses.stream.ts';

const RECORDED: UpstreamResponse = { httpStatus: 200, requestId: null, headers: {} };
const DISPLAY_NAME = 'The record';

/** The choice of a recorded answer; none when the record cannot be read. */
export function choicesOfRecordedResponse(body: unknown): readonly Choice[] {
  try {
    return toResult(DISPLAY_NAME, RECORDED, Buffer.from(JSON.stringify(body)), []).choices;
  } catch {
    return [];
  }
}

/** The choice in the text of a recorded stream, as far as it goes: it may stop within an event or hold an error. */
export function choicesOfRecordedEvents(text: string): readonly Choice[] {
  const parts: StreamPart[] = [];
  try {
    new ResponsesStreamReader({ displayName: DISPLAY_NAME, upstream: RECORDED, warnings: [] }).read(Buffer.from(text), parts);
  } catch {
    // What came before the break is in `parts`.
  }
  const builder = new ChoiceBuilder();
  for (const part of parts) builder.add(part);
  return builder.build();
}
