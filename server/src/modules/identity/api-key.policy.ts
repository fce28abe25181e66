import { createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Secret } from '../../kernel/crypto/index.ts';
import type { Ids } from '../../kernel/ids/index.ts';

/**
 * An API key is a typed prefix, 30 random base62 characters (178 bits) and 6 characters of CRC32 over what stands before them,
 * so that leak scanners and we ourselves can tell a mistyped key from an unknown one without asking the database.
 */
export const API_KEY_PATTERN = /^antp_(live|test)_[0-9A-Za-z]{36}$/;

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_LENGTH = 30;
const CHECKSUM_LENGTH = 6;
/** Largest multiple of 62 below 256: bytes from here on are thrown away, so that every character is equally likely. */
const UNBIASED_LIMIT = 248;
const DISPLAY_LENGTH = 'antp_live_'.length + 4;

function checksumOf(body: string): string {
  let rest = crc32(body);
  let text = '';
  for (let position = 0; position < CHECKSUM_LENGTH; position += 1) {
    text = (ALPHABET[rest % ALPHABET.length] as string) + text;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return text;
}

function randomCharacters(ids: Ids): string {
  let text = '';
  while (text.length < RANDOM_LENGTH)
    for (const byte of ids.secretBytes(RANDOM_LENGTH))
      if (byte < UNBIASED_LIMIT && text.length < RANDOM_LENGTH) text += ALPHABET[byte % ALPHABET.length] as string;
  return text;
}

export function generateApiKey(ids: Ids, kind: 'live' | 'test' = 'live'): Secret {
  const body = `antp_${kind}_${randomCharacters(ids)}`;
  return new Secret(body + checksumOf(body));
}

/** Whether `text` has the form and checksum of a key; says nothing about whether it exists. */
export function isWellFormedApiKey(text: string): boolean {
  return API_KEY_PATTERN.test(text) && checksumOf(text.slice(0, -CHECKSUM_LENGTH)) === text.slice(-CHECKSUM_LENGTH);
}

/** What is stored instead of the key: HMAC-SHA-256 under the installation's pepper, which is not in the database. */
export function hashApiKey(pepper: Secret, key: string): Buffer {
  return createHmac('sha256', pepper.reveal()).update(key).digest();
}

/** The part of a key that may be shown to recognise it. */
export function displayPrefixOf(key: string): string {
  return key.slice(0, DISPLAY_LENGTH);
}
