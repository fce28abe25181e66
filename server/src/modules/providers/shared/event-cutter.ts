const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
/** A blank line is at most four bytes (`\r\n\r\n`): so many of the old bytes can take part in a boundary that a new chunk completes. */
const BOUNDARY_OVERLAP_BYTES = 3;
const FIRST_HOLD_BYTES = 4096;

/** Largest event that is held while its end has not come. */
export const MAX_EVENT_BYTES = 4 * 1024 * 1024;

/** An event grew over the limit before its end came. */
export class EventTooLargeError extends Error {
  constructor(limitBytes: number) {
    super(`A server-sent event is larger than ${limitBytes} bytes.`);
    this.name = 'EventTooLargeError';
  }
}

/**
 * Cuts a byte stream of server-sent events at blank lines, whatever the reads look like: an answer of `push` holds only whole events,
 * so it never splits a line or a UTF-8 sequence. A chunk that ends with an event is handed out as it is, without a copy.
 */
export class EventCutter {
  readonly #limitBytes: number;
  #storage: Buffer = Buffer.alloc(0);
  #heldBytes = 0;

  constructor(limitBytes = MAX_EVENT_BYTES) {
    this.#limitBytes = limitBytes;
  }

  /** The whole events that `chunk` completed, or null when it completed none. Throws `EventTooLargeError`. */
  push(chunk: Buffer): Buffer | null {
    if (this.#heldBytes === 0) {
      const cut = endOfLastEvent(chunk, 0);
      if (cut === chunk.length) return cut === 0 ? null : chunk;
      this.#hold(chunk.subarray(cut));
      return cut === 0 ? null : chunk.subarray(0, cut);
    }
    const searchFrom = Math.max(0, this.#heldBytes - BOUNDARY_OVERLAP_BYTES);
    this.#hold(chunk);
    const held = this.#storage.subarray(0, this.#heldBytes);
    const cut = endOfLastEvent(held, searchFrom);
    if (cut === 0) return null;
    this.#storage = Buffer.alloc(0);
    this.#heldBytes = 0;
    if (cut < held.length) this.#hold(held.subarray(cut));
    return held.subarray(0, cut);
  }

  /** What is left after the last byte: an event without its blank line, or null. */
  finish(): Buffer | null {
    if (this.#heldBytes === 0) return null;
    const rest = this.#storage.subarray(0, this.#heldBytes);
    this.#storage = Buffer.alloc(0);
    this.#heldBytes = 0;
    return rest;
  }

  /** Appends in a buffer that doubles, so that an event read byte by byte costs linear time. */
  #hold(bytes: Buffer): void {
    const needed = this.#heldBytes + bytes.length;
    if (needed > this.#limitBytes) throw new EventTooLargeError(this.#limitBytes);
    if (needed > this.#storage.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(FIRST_HOLD_BYTES, needed, this.#storage.length * 2));
      this.#storage.copy(grown, 0, 0, this.#heldBytes);
      this.#storage = grown;
    }
    bytes.copy(this.#storage, this.#heldBytes);
    this.#heldBytes = needed;
  }
}

/** Index after the last blank line that ends at or after `from`, or 0. Line ends are LF, CRLF or CR, as the standard says. */
function endOfLastEvent(bytes: Buffer, from: number): number {
  for (let at = bytes.length - 1; at > from; at -= 1) {
    const byte = bytes[at];
    if (byte === LINE_FEED) {
      const before = bytes[at - 1];
      if (before === LINE_FEED || (before === CARRIAGE_RETURN && at >= 2 && bytes[at - 2] === LINE_FEED)) return at + 1;
    } else if (byte === CARRIAGE_RETURN && bytes[at - 1] === CARRIAGE_RETURN) return at + 1;
  }
  return 0;
}

/** Splits whole events (an answer of `EventCutter`) into single ones, each with its blank line. */
export function splitEvents(events: Buffer): Buffer[] {
  const single: Buffer[] = [];
  let start = 0;
  let isLineEmpty = true;
  for (let at = 0; at < events.length; at += 1) {
    const byte = events[at];
    if (byte === CARRIAGE_RETURN && events[at + 1] === LINE_FEED) continue;
    if (byte !== LINE_FEED && byte !== CARRIAGE_RETURN) {
      isLineEmpty = false;
      continue;
    }
    if (isLineEmpty) {
      single.push(events.subarray(start, at + 1));
      start = at + 1;
    }
    isLineEmpty = true;
  }
  if (start < events.length) single.push(events.subarray(start));
  return single;
}

export interface ServerSentEvent {
  /** Empty when the event names no type. */
  readonly type: string;
  readonly data: string;
}

const BYTE_ORDER_MARK = 0xfeff;

/** Reads whole events; comments, `id`, `retry` and events without data are left out. A last event without a blank line counts. */
export function readEvents(bytes: Buffer): ServerSentEvent[] {
  let text = bytes.toString('utf8');
  if (text.charCodeAt(0) === BYTE_ORDER_MARK) text = text.slice(1);
  if (text.includes('\r')) text = text.replaceAll(/\r\n?/g, '\n');
  const events: ServerSentEvent[] = [];
  let type = '';
  let data: string | null = null;
  let at = 0;
  while (at < text.length) {
    const lineEnd = text.indexOf('\n', at);
    const end = lineEnd === -1 ? text.length : lineEnd;
    if (end === at) {
      if (data !== null) events.push({ type, data });
      type = '';
      data = null;
    } else if (text.startsWith('data', at)) {
      const value = fieldValue(text, at + 4, end);
      if (value !== null) data = data === null ? value : `${data}\n${value}`;
    } else if (text.startsWith('event', at)) {
      type = fieldValue(text, at + 5, end) ?? type;
    }
    at = end + 1;
  }
  if (data !== null) events.push({ type, data });
  return events;
}

/** The value after a field's name that ends at `at`; null when the name goes on. */
function fieldValue(text: string, at: number, end: number): string | null {
  if (at === end) return '';
  if (text[at] !== ':') return null;
  const start = text[at + 1] === ' ' ? at + 2 : at + 1;
  return start >= end ? '' : text.slice(start, end);
}
