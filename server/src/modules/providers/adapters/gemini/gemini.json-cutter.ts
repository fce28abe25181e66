/** Largest JSON object that is held while its end has not come: a whole answer may carry pictures. */
const MAX_OBJECT_BYTES = 64 * 1024 * 1024;
const FIRST_HOLD_BYTES = 4096;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x7b, 0x5b]);
const CLOSING = new Set([0x7d, 0x5d]);
const OPENING_BRACE = 0x7b;

/** An object grew over the limit before its end came. */
export class ObjectTooLargeError extends Error {
  constructor(limitBytes: number) {
    super(`A JSON object is larger than ${limitBytes} bytes.`);
    this.name = 'ObjectTooLargeError';
  }
}

/**
 * Cuts the objects out of a JSON text that arrives in pieces: those of one list, one after the other, or a single one. Vertex AI streams
 * so unless it is asked for server-sent events. What stands outside of objects is skipped.
 */
export class JsonCutter {
  readonly #limitBytes: number;
  #storage: Buffer = Buffer.alloc(0);
  #heldBytes = 0;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;

  constructor(limitBytes = MAX_OBJECT_BYTES) {
    this.#limitBytes = limitBytes;
  }

  /** The objects that `chunk` completed, in order. Throws `ObjectTooLargeError`. */
  push(chunk: Buffer): readonly Buffer[] {
    const objects: Buffer[] = [];
    let start = this.#depth > 0 ? 0 : -1;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (this.#depth === 0) {
        if (byte !== OPENING_BRACE) continue;
        start = at;
        this.#depth = 1;
      } else if (this.#step(byte)) {
        objects.push(this.#take(chunk.subarray(start, at + 1)));
        start = -1;
      }
    }
    if (start !== -1) this.#hold(chunk.subarray(start));
    return objects;
  }

  /** Whether the input ended within an object. */
  get isWithinObject(): boolean {
    return this.#depth > 0;
  }

  /** Follows one byte within an object; true when it closes the object. */
  #step(byte: number): boolean {
    if (this.#isInString) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === BACKSLASH) this.#isEscaped = true;
      else if (byte === QUOTE) this.#isInString = false;
      return false;
    }
    if (byte === QUOTE) this.#isInString = true;
    else if (OPENING.has(byte)) this.#depth += 1;
    else if (CLOSING.has(byte)) this.#depth -= 1;
    return this.#depth === 0;
  }

  #take(last: Buffer): Buffer {
    if (this.#heldBytes === 0) return last;
    this.#hold(last);
    const whole = this.#storage.subarray(0, this.#heldBytes);
    this.#storage = Buffer.alloc(0);
    this.#heldBytes = 0;
    return whole;
  }

  /** Appends in a buffer that doubles, so that an object read byte by byte costs linear time. */
  #hold(bytes: Buffer): void {
    const needed = this.#heldBytes + bytes.length;
    if (needed > this.#limitBytes) throw new ObjectTooLargeError(this.#limitBytes);
    if (needed > this.#storage.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(FIRST_HOLD_BYTES, needed, this.#storage.length * 2));
      this.#storage.copy(grown, 0, 0, this.#heldBytes);
      this.#storage = grown;
    }
    bytes.copy(this.#storage, this.#heldBytes);
    this.#heldBytes = needed;
  }
}
