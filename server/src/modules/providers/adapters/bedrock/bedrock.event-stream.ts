/**
 * The binary framing of AWS event streams: a prelude (total length, length of the headers, CRC), headers, payload, CRC of all before it.
 * Reads may split a message anywhere. Nothing that fails a checksum or a bound is handed out.
 */
import { crc32 } from 'node:zlib';

const PRELUDE_BYTES = 12;
const CRC_BYTES = 4;
const MIN_MESSAGE_BYTES = PRELUDE_BYTES + CRC_BYTES;
/** The format's own bound on headers. */
const MAX_HEADER_BYTES = 128 * 1024;
/** Largest message that is held while its end has not come. */
export const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
const FIRST_HOLD_BYTES = 4096;
/** Kinds of messages whose headers are remembered; a stream has half a dozen. */
const MAX_KNOWN_HEADERS = 32;

/** One message: its text headers (other types are skipped) and its payload, which may share memory with the bytes that were read. */
export interface EventStreamMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Buffer;
}

/** The bytes are no event stream, are damaged, or announce a message over the bound. */
export class EventStreamError extends Error {
  constructor(detail: string) {
    super(detail);
    this.name = 'EventStreamError';
  }
}

/** Collects bytes and gives whole messages, in order. */
export class EventStreamDecoder {
  readonly #limitBytes: number;
  /** By their bytes: a stream repeats the same few headers, and reading them costs more than all the rest. */
  readonly #knownHeaders = new Map<string, EventStreamMessage['headers']>();
  #storage: Buffer = Buffer.alloc(0);
  #heldBytes = 0;

  constructor(limitBytes = MAX_MESSAGE_BYTES) {
    this.#limitBytes = limitBytes;
  }

  /** Whether the input stopped within a message. */
  get hasRest(): boolean {
    return this.#heldBytes > 0;
  }

  /** Appends the messages that `chunk` completed to `messages`. Throws `EventStreamError`; those before the damage are then already there. */
  push(chunk: Buffer, messages: EventStreamMessage[]): void {
    const bytes = this.#join(chunk);
    let at = 0;
    while (bytes.length - at >= PRELUDE_BYTES) {
      const totalBytes = this.#lengthOf(bytes, at);
      if (bytes.length - at < totalBytes) break;
      messages.push(this.#toMessage(bytes.subarray(at, at + totalBytes)));
      at += totalBytes;
    }
    this.#keep(bytes, at, chunk);
  }

  /** The held bytes and the chunk; the chunk itself when nothing is held. */
  #join(chunk: Buffer): Buffer {
    if (this.#heldBytes === 0) return chunk;
    this.#hold(chunk);
    return this.#storage.subarray(0, this.#heldBytes);
  }

  #lengthOf(bytes: Buffer, at: number): number {
    if (crc32(bytes.subarray(at, at + PRELUDE_BYTES - CRC_BYTES)) !== bytes.readUInt32BE(at + PRELUDE_BYTES - CRC_BYTES))
      throw new EventStreamError('the checksum of a message’s prelude is wrong');
    const totalBytes = bytes.readUInt32BE(at);
    const headerBytes = bytes.readUInt32BE(at + 4);
    if (totalBytes > this.#limitBytes) throw new EventStreamError(`a message is larger than ${this.#limitBytes} bytes`);
    if (totalBytes < MIN_MESSAGE_BYTES || headerBytes > Math.min(MAX_HEADER_BYTES, totalBytes - MIN_MESSAGE_BYTES))
      throw new EventStreamError('the lengths in a message’s prelude contradict each other');
    return totalBytes;
  }

  #toMessage(bytes: Buffer): EventStreamMessage {
    const end = bytes.length - CRC_BYTES;
    if (crc32(bytes.subarray(0, end)) !== bytes.readUInt32BE(end)) throw new EventStreamError('the checksum of a message is wrong');
    const headersEnd = PRELUDE_BYTES + bytes.readUInt32BE(4);
    return { headers: this.#headersOf(bytes.subarray(PRELUDE_BYTES, headersEnd)), payload: bytes.subarray(headersEnd, end) };
  }

  #headersOf(bytes: Buffer): EventStreamMessage['headers'] {
    const spelling = bytes.toString('latin1');
    const known = this.#knownHeaders.get(spelling);
    if (known !== undefined) return known;
    const headers = readHeaders(bytes);
    if (this.#knownHeaders.size < MAX_KNOWN_HEADERS) this.#knownHeaders.set(spelling, headers);
    return headers;
  }

  /** Holds what is left from `at` on. Messages handed out keep the old storage, so what is left moves to a new one. */
  #keep(bytes: Buffer, at: number, chunk: Buffer): void {
    if (at === 0 && bytes !== chunk) return;
    const rest = bytes.subarray(at);
    this.#storage = Buffer.alloc(0);
    this.#heldBytes = 0;
    if (rest.length > 0) this.#hold(rest);
  }

  /** Appends in a buffer that doubles, so that a message read byte by byte costs linear time. */
  #hold(bytes: Buffer): void {
    const needed = this.#heldBytes + bytes.length;
    if (needed > this.#storage.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(FIRST_HOLD_BYTES, needed, this.#storage.length * 2));
      this.#storage.copy(grown, 0, 0, this.#heldBytes);
      this.#storage = grown;
    }
    bytes.copy(this.#storage, this.#heldBytes);
    this.#heldBytes = needed;
  }
}

const STRING_TYPE = 7;
/** Sizes of header values by type: true, false, byte, short, integer, long, (bytes, string: told by a length), timestamp, UUID. */
const SIZE_BY_TYPE: readonly (number | null)[] = [0, 0, 1, 2, 4, 8, null, null, 8, 16];

function readHeaders(bytes: Buffer): Record<string, string> {
  const headers: Record<string, string> = {};
  let at = 0;
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw new EventStreamError('a header of a message is cut short');
    const taken = bytes.subarray(at, at + length);
    at += length;
    return taken;
  };
  while (at < bytes.length) {
    const name = take(take(1).readUInt8()).toString('utf8');
    const type = take(1).readUInt8();
    const size = SIZE_BY_TYPE[type];
    if (size === undefined) throw new EventStreamError(`a header of a message has the unknown type ${type}`);
    const value = take(size ?? take(2).readUInt16BE());
    if (type === STRING_TYPE) headers[name] = value.toString('utf8');
  }
  return headers;
}
