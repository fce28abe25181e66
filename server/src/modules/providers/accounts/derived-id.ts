import { createHash } from 'node:crypto';

const VERSION_AT = 6;
const VARIANT_AT = 8;

/** A UUID (version 8) that the same words always give: an id for what has no row. */
export function derivedId(...words: readonly string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(words)).digest().subarray(0, 16);
  bytes[VERSION_AT] = ((bytes[VERSION_AT] as number) & 0x0f) | 0x80;
  bytes[VARIANT_AT] = ((bytes[VARIANT_AT] as number) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
