/** Texts of JSON in whole server-sent events, and the one in no event at all: an error in mid stream may follow the events bare. */
import { readEvents } from '../../shared/event-cutter.ts';

const BARE_AFTER_LINE = [Buffer.from('\n{'), Buffer.from('\n[')] as const;
const OPENING_BRACE = 0x7b;
const OPENING_BRACKET = 0x5b;

/** The `data` of each event, then the bare text where there is one. */
export function chunkTextsOf(events: Buffer): readonly string[] {
  const bareAt = bareStartOf(events);
  if (bareAt === -1) return readEvents(events).map(({ data }) => data);
  const before = readEvents(events.subarray(0, bareAt)).map(({ data }) => data);
  return [...before, events.subarray(bareAt).toString('utf8')];
}

/** A line of an event never begins with a brace, so one that does is no event. */
function bareStartOf(events: Buffer): number {
  if (events[0] === OPENING_BRACE || events[0] === OPENING_BRACKET) return 0;
  for (const mark of BARE_AFTER_LINE) {
    const at = events.indexOf(mark);
    if (at !== -1) return at + 1;
  }
  return -1;
}

/** A JSON object as the event that would carry it: line ends outside of strings mean nothing, within them there are none. */
export function toEvent(object: Buffer): Buffer {
  const line = Buffer.from(object);
  for (let at = 0; at < line.length; at += 1) if (line[at] === 0x0a || line[at] === 0x0d) line[at] = 0x20;
  return Buffer.concat([Buffer.from('data: '), line, Buffer.from('\n\n')]);
}
