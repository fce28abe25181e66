import { secretFileIn } from './secret-file.ts';
import { ENCRYPTION_KEY_BYTES } from './secret-box.ts';
import type { Secret } from './secret.ts';

const KEY_TEXT_LENGTH = 43;
const KEY_TEXT = /^[A-Za-z0-9_-]{43}$/;

/** What an encryption key looks like as text; for the message. */
export const ENCRYPTION_KEY_EXPECTS = `${ENCRYPTION_KEY_BYTES} random bytes as base64url (43 characters): openssl rand -base64 32 | tr '+/' '-_' | tr -d '='`;

/** Whether `text` is an encryption key as text. */
export function isEncryptionKeyText(text: string): boolean {
  return KEY_TEXT.test(text);
}

export interface EncryptionKeySource {
  readonly dataDir: string;
  /** `ANTIPHON_ENCRYPTION_KEY`; the file is not looked at when it is given. */
  readonly given: Secret | null;
}

/** The key under which values in the database are sealed; null when there is none yet. */
export function findEncryptionKey({ dataDir, given }: EncryptionKeySource): Buffer | null {
  const text = given ?? encryptionKeyFile(dataDir).read();
  return text === null ? null : toKey(text, given === null ? encryptionKeyFile(dataDir).path : 'ANTIPHON_ENCRYPTION_KEY');
}

/** Makes the key's file; one that is there is never replaced. */
export function createEncryptionKey(dataDir: string, randomBytes: (byteLength: number) => Buffer): Buffer {
  const file = encryptionKeyFile(dataDir);
  return toKey(file.create(randomBytes(ENCRYPTION_KEY_BYTES).toString('base64url')), file.path);
}

/** Where the key stands when it is not given, for messages. */
export function encryptionKeyPath(dataDir: string): string {
  return encryptionKeyFile(dataDir).path;
}

function encryptionKeyFile(dataDir: string): ReturnType<typeof secretFileIn> {
  return secretFileIn(dataDir, 'encryption-key', KEY_TEXT_LENGTH, 'no credential that is kept in the database can be opened');
}

function toKey(text: Secret, place: string): Buffer {
  if (!isEncryptionKeyText(text.reveal())) throw new Error(`${place} does not hold an encryption key. Expected: ${ENCRYPTION_KEY_EXPECTS}`);
  return Buffer.from(text.reveal(), 'base64url');
}
