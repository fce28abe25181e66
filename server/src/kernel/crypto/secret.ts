import { inspect } from 'node:util';

const REDACTED = '[redacted]';

/**
 * A value that must not leave the process by accident: every way of turning it into text gives `[redacted]`.
 * Call `reveal()` only where the value is put on the wire or hashed.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}

/** Content of a prompt or an answer: redacted like a secret in logs, but its size is worth knowing. */
export class Confidential<T = unknown> {
  readonly #value: T;
  readonly #sizeBytes: number;

  constructor(value: T, sizeBytes = 0) {
    this.#value = value;
    this.#sizeBytes = sizeBytes;
  }

  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return `[confidential ${this.#sizeBytes} bytes]`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}
