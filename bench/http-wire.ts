/**
 * The smallest HTTP/1.1 reader the bench can trust. The fake upstream and the load generator both sit on raw sockets because a full
 * HTTP stack at both ends would eat the cores that the measured process needs.
 */

/** What a reader reports, in this order per message: head, body pieces, end. `error` is final. */
export interface WireEvents {
  /** `startLine` and `headerBlock` are latin1; the block keeps its original case, without the final blank line. */
  head(startLine: string, headerBlock: string): void;
  body(piece: Buffer): void;
  end(): void;
  error(error: Error): void;
}

/** No header block in the bench is near this; more means that the other side does not speak HTTP. */
const MAX_HEAD_BYTES = 64 * 1024;
const HEAD_END = Buffer.from('\r\n\r\n');
const LINE_END = Buffer.from('\r\n');

type State = 'head' | 'length' | 'chunk-size' | 'chunk-data' | 'chunk-end' | 'trailer' | 'until-close' | 'failed';

/** Value of one header in a raw block, or undefined. `name` must be lower case. */
export function headerValue(headerBlock: string, name: string): string | undefined {
  const at = `\r\n${headerBlock.toLowerCase()}`.indexOf(`\r\n${name}:`);
  if (at < 0) return undefined;
  const start = at + name.length + 1;
  const end = headerBlock.indexOf('\r\n', start);
  return headerBlock.slice(start, end < 0 ? undefined : end).trim();
}

/** Reads any number of consecutive HTTP/1.1 messages from one socket; `role` decides what a message without a length means. */
export class WireReader {
  readonly #events: WireEvents;
  readonly #role: 'request' | 'response';
  #state: State = 'head';
  #pending: Buffer | undefined;
  #remaining = 0;

  constructor(role: 'request' | 'response', events: WireEvents) {
    this.#role = role;
    this.#events = events;
  }

  /** Feed what the socket delivered. Pieces handed to `body` are views: copy them to keep them. */
  push(piece: Buffer): void {
    let data = piece;
    if (this.#pending !== undefined) {
      data = Buffer.concat([this.#pending, piece]);
      this.#pending = undefined;
    }
    let offset = 0;
    while (offset < data.length) {
      const next = this.#step(data, offset);
      if (next < 0) {
        if (this.#state !== 'failed') this.#pending = Buffer.from(data.subarray(offset));
        return;
      }
      offset = next;
    }
  }

  /** The socket closed. Ends a body that runs until close; anything else half read is an error. */
  close(): void {
    if (this.#state === 'until-close') {
      this.#state = 'head';
      this.#events.end();
    } else if (this.#state !== 'failed' && (this.#state !== 'head' || this.#pending !== undefined)) {
      this.#fail('connection closed in the middle of a message');
    }
  }

  /** Returns the offset after what was consumed, or -1 when more bytes are needed. */
  #step(data: Buffer, offset: number): number {
    switch (this.#state) {
      case 'head':
        return this.#readHead(data, offset);
      case 'length':
      case 'chunk-data': {
        const end = Math.min(data.length, offset + this.#remaining);
        this.#remaining -= end - offset;
        this.#events.body(data.subarray(offset, end));
        if (this.#remaining === 0) this.#bodyPartDone();
        return end;
      }
      case 'chunk-size':
        return this.#readChunkSize(data, offset);
      case 'chunk-end':
        if (data.length - offset < 2) return -1;
        this.#state = 'chunk-size';
        return offset + 2;
      case 'trailer':
        return this.#readTrailer(data, offset);
      case 'until-close':
        this.#events.body(data.subarray(offset));
        return data.length;
      case 'failed':
        return -1;
    }
  }

  #bodyPartDone(): void {
    if (this.#state === 'chunk-data') this.#state = 'chunk-end';
    else this.#messageDone();
  }

  #messageDone(): void {
    this.#state = 'head';
    this.#events.end();
  }

  #readHead(data: Buffer, offset: number): number {
    const end = data.indexOf(HEAD_END, offset);
    if (end < 0) {
      if (data.length - offset > MAX_HEAD_BYTES) this.#fail(`header block over ${MAX_HEAD_BYTES} bytes`);
      return -1;
    }
    const text = data.toString('latin1', offset, end);
    const lineEnd = text.indexOf('\r\n');
    const startLine = lineEnd < 0 ? text : text.slice(0, lineEnd);
    const block = lineEnd < 0 ? '' : text.slice(lineEnd + 2);
    this.#prepareBody(startLine, block);
    this.#events.head(startLine, block);
    if (this.#state === 'length' && this.#remaining === 0) this.#messageDone();
    return end + HEAD_END.length;
  }

  #prepareBody(startLine: string, block: string): void {
    const length = headerValue(block, 'content-length');
    if (headerValue(block, 'transfer-encoding')?.toLowerCase() === 'chunked') {
      this.#state = 'chunk-size';
      return;
    }
    const status = this.#role === 'response' ? startLine.slice(9, 12) : '';
    const bodiless = status === '204' || status === '304';
    this.#state = length === undefined && this.#role === 'response' && !bodiless ? 'until-close' : 'length';
    this.#remaining = length === undefined || bodiless ? 0 : Number(length);
  }

  #readChunkSize(data: Buffer, offset: number): number {
    const end = data.indexOf(LINE_END, offset);
    if (end < 0) return -1;
    const size = Number.parseInt(data.toString('latin1', offset, end), 16);
    if (!(size >= 0)) return this.#fail('chunk size is not a number');
    this.#remaining = size;
    this.#state = size === 0 ? 'trailer' : 'chunk-data';
    return end + 2;
  }

  #readTrailer(data: Buffer, offset: number): number {
    const end = data.indexOf(LINE_END, offset);
    if (end < 0) return -1;
    if (end === offset) this.#messageDone();
    return end + 2;
  }

  #fail(reason: string): -1 {
    this.#state = 'failed';
    this.#events.error(new Error(`Not a readable HTTP/1.1 ${this.#role}: ${reason}`));
    return -1;
  }
}
