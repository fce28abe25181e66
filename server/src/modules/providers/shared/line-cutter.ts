import { MAX_EVENT_BYTES } from './event-cutter.ts';

const LINE_FEED = 10;
const FIRST_HOLD_BYTES = 4096;

/** A line grew over the limit before its end came. */
export class LineTooLargeError extends Error {
  constructor(limitBytes: number) {
    super(`A line of the stream is larger than ${limitBytes} bytes.`);
    this.name = 'LineTooLargeError';
  }
}

/**
 * Cuts a byte stream of newline-delimited JSON at line feeds, whatever the reads look like: an answer of `push` holds only whole lines,
 * so it never splits a UTF-8 sequence. A chunk that ends with a line is handed out as it is, without a copy.
 */
export class LineCutter {
  readonly #limitBytes: number;
  #storage: Buffer = Buffer.alloc(0);
  #heldBytes = 0;

  constructor(limitBytes = MAX_EVENT_BYTES) {
    this.#limitBytes = limitBytes;
  }

  /** The whole lines that `chunk` completed, or null when it completed none. Throws `LineTooLargeError`. */
  push(chunk: Buffer): Buffer | null {
    const cut = chunk.lastIndexOf(LINE_FEED) + 1;
    if (cut === 0) {
      this.#hold(chunk);
      return null;
    }
    const whole = this.#heldBytes === 0 ? chunk.subarray(0, cut) : this.#release(chunk.subarray(0, cut));
    if (cut < chunk.length) this.#hold(chunk.subarray(cut));
    return whole;
  }

  /** What is left after the last byte: a line without its line feed, or null. */
  finish(): Buffer | null {
    return this.#heldBytes === 0 ? null : this.#release(Buffer.alloc(0));
  }

  #release(end: Buffer): Buffer {
    this.#hold(end);
    const whole = this.#storage.subarray(0, this.#heldBytes);
    this.#storage = Buffer.alloc(0);
    this.#heldBytes = 0;
    return whole;
  }

  /** Appends in a buffer that doubles, so that a line read byte by byte costs linear time. */
  #hold(bytes: Buffer): void {
    const needed = this.#heldBytes + bytes.length;
    if (needed > this.#limitBytes) throw new LineTooLargeError(this.#limitBytes);
    if (needed > this.#storage.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(FIRST_HOLD_BYTES, needed, this.#storage.length * 2));
      this.#storage.copy(grown, 0, 0, this.#heldBytes);
      this.#storage = grown;
    }
    bytes.copy(this.#storage, this.#heldBytes);
    this.#heldBytes = needed;
  }
}

/** The lines of an answer of `LineCutter`, without those that hold nothing. */
export function readLines(bytes: Buffer): string[] {
  return bytes
    .toString('utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
