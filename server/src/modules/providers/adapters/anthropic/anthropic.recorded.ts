/** Recorded answers of this wire, as they were kept on the way to a caller, back into choices. */
import { ProviderError, type Choice, type UpstreamResponse } from '../../contract.ts';
import { ChoiceBuilder } from '../../shared/choice-builder.ts';
import { readEvents } from '../../shared/event-cutter.ts';
import { objectOf } from '../../shared/json.ts';
import { toCompletionResult } from './anthropic.response.ts';
import { StreamTranslator } from './anthropic.stream.ts';

const RECORDED: UpstreamResponse = { httpStatus: 200, requestId: null, headers: {} };
const NO_BYTES = Buffer.alloc(0);

/** The choices of a recorded message; none when the record is not one. */
export function choicesOfRecordedMessage(body: unknown): readonly Choice[] {
  const message = objectOf(body);
  return message === null ? [] : (toCompletionResult(message, RECORDED, [], NO_BYTES)?.choices ?? []);
}

/** The choices in the text of recorded events, as far as it goes: it may stop within an event or hold an error. */
export function choicesOfRecordedEvents(text: string): readonly Choice[] {
  const fail = (): ProviderError => new ProviderError('malformed', 'The record is broken.');
  const translator = new StreamTranslator({ upstream: RECORDED, warnings: [], toEventError: fail, toMalformedError: fail });
  try {
    for (const event of readEvents(Buffer.from(text))) translator.event(event.data);
    translator.end();
  } catch {
    // What came before the break is kept below.
  }
  const builder = new ChoiceBuilder();
  for (const part of translator.takeParts()) builder.add(part);
  return builder.build();
}
