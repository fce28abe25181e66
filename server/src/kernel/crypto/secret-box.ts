import { createCipheriv, createDecipheriv, createHash, type CipherGCMTypes } from 'node:crypto';
import { Secret } from './secret.ts';

/** Where a sealed value belongs. It is bound to this place: moved to another tenant, row or field it does not open. */
export interface SecretPlace {
  readonly tenantId: string;
  readonly rowId: string;
  /** Table and column, such as `provider_credential.secrets`. */
  readonly field: string;
}

/**
 * Encrypts values that are kept in the database. Asynchronous, so that a key service can stand behind it; `LocalSecretBox` holds its
 * key in the process.
 */
export interface SecretBox {
  /** Names the key that seals now, without telling anything about it. */
  readonly keyId: string;
  /** Another text each time, also for the same value. */
  seal(value: Secret, place: SecretPlace): Promise<string>;
  /** Rejects with `SealedValueError` when the text is none of ours, was sealed with another key, elsewhere, or was changed. */
  open(sealed: string, place: SecretPlace): Promise<Secret>;
}

/** A sealed value that cannot be opened. The message never holds any part of it. */
export class SealedValueError extends Error {
  readonly reason: 'format' | 'other-key' | 'damaged';

  constructor(reason: SealedValueError['reason'], message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'SealedValueError';
    this.reason = reason;
  }
}

const FORMAT = 'a1';
const ALGORITHM: CipherGCMTypes = 'aes-256-gcm';
export const ENCRYPTION_KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID_LENGTH = 16;
const SEALED = /^a1\.([0-9a-f]{16})\.([A-Za-z0-9_-]+)$/;

/** Recognises a key without telling anything about it. */
export function keyIdOf(key: Buffer): string {
  return createHash('sha256').update('antiphon encryption key id ').update(key).digest('hex').slice(0, KEY_ID_LENGTH);
}

/** AES-256-GCM under one key: `a1.<key id>.<nonce, ciphertext and tag>`, with format, key and place authenticated. */
export class LocalSecretBox implements SecretBox {
  readonly keyId: string;
  readonly #key: Buffer;
  readonly #randomBytes: (byteLength: number) => Buffer;

  /** `key` has 32 bytes; `randomBytes` is the operating system's generator. */
  constructor(key: Buffer, randomBytes: (byteLength: number) => Buffer) {
    if (key.length !== ENCRYPTION_KEY_BYTES) throw new Error(`An encryption key has ${ENCRYPTION_KEY_BYTES} bytes.`);
    this.#key = key;
    this.#randomBytes = randomBytes;
    this.keyId = keyIdOf(key);
  }

  seal(value: Secret, place: SecretPlace): Promise<string> {
    const nonce = this.#randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(this.#boundTo(place));
    const body = Buffer.concat([nonce, cipher.update(value.reveal(), 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return Promise.resolve(`${FORMAT}.${this.keyId}.${body.toString('base64url')}`);
  }

  // Async, so that a value that does not open is a rejection and never a throw.
  async open(sealed: string, place: SecretPlace): Promise<Secret> {
    const match = SEALED.exec(sealed);
    const body = Buffer.from(match?.[2] ?? '', 'base64url');
    if (match === null || body.length < NONCE_BYTES + TAG_BYTES) throw new SealedValueError('format', 'This is not a sealed value.');
    const [, keyId] = match;
    if (keyId !== this.keyId)
      throw new SealedValueError('other-key', `The value was sealed with the key ${keyId}; this process has the key ${this.keyId}.`);
    const decipher = createDecipheriv(ALGORITHM, this.#key, body.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(this.#boundTo(place));
    decipher.setAuthTag(body.subarray(-TAG_BYTES));
    try {
      const text = Buffer.concat([decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
      return new Secret(text.toString('utf8'));
    } catch (cause) {
      throw new SealedValueError('damaged', 'The sealed value was changed, or belongs to another row.', { cause });
    }
  }

  /** JSON of a list is unambiguous: no two places have the same text. */
  #boundTo({ tenantId, rowId, field }: SecretPlace): Buffer {
    return Buffer.from(JSON.stringify([FORMAT, this.keyId, tenantId, rowId, field]), 'utf8');
  }
}
