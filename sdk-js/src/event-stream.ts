import { ConnectionError } from './errors.ts';

/** One event of a `text/event-stream`. */
export interface ServerSentEvent {
  /** `message` when the server named none. */
  readonly name: string;
  readonly data: string;
}

/** An event longer than this is refused rather than held in memory. */
const MAX_EVENT_CHARACTERS = 64 * 1024 * 1024;

/** Events of a stream of text, wherever its chunks are cut. Comments, ids and retry hints are skipped, as is an event without its blank line. */
export async function* parseEventStream(chunks: AsyncIterable<string>): AsyncGenerator<ServerSentEvent, void, undefined> {
  let name = '';
  let data: string[] = [];
  for await (const line of splitLines(chunks)) {
    if (line === '') {
      if (data.length > 0 || name !== '') yield { name: name || 'message', data: data.join('\n') };
      [name, data] = ['', []];
      continue;
    }
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'event') name = value;
    if (field === 'data') data.push(value);
  }
}

/** Lines ended by LF, CR LF or CR. A CR at the end of a chunk waits for what follows, in case it is an LF. */
async function* splitLines(chunks: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let pending: string[] = [];
  let pendingLength = 0;
  let endedByCarriageReturn = false;
  for await (const chunk of chunks) {
    let rest = endedByCarriageReturn && chunk.startsWith('\n') ? chunk.slice(1) : chunk;
    if (chunk !== '') endedByCarriageReturn = chunk.endsWith('\r');
    for (let end = rest.search(/\r|\n/); end !== -1; end = rest.search(/\r|\n/)) {
      yield pending.join('') + rest.slice(0, end);
      [pending, pendingLength] = [[], 0];
      rest = rest.slice(rest.startsWith('\r\n', end) ? end + 2 : end + 1);
    }
    pendingLength += rest.length;
    if (pendingLength > MAX_EVENT_CHARACTERS) throw new ConnectionError('The server sent an event without end.', { code: 'CONNECTION' });
    if (rest !== '') pending.push(rest);
  }
}
