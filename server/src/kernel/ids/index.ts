import { randomBytes, randomFillSync } from 'node:crypto';
import type { Clock } from '../clock/index.ts';

/** Makes identifiers. Injected, so that tests can fix them. */
export interface Ids {
  /** A UUID version 7 (RFC 9562): sortable by creation time within one process, unique over processes. */
  uuidv7(): string;
  /** `byteLength` bytes from the operating system's generator, for secrets. */
  secretBytes(byteLength: number): Buffer;
}

const POOL_BYTES = 4096;
const RANDOM_BYTES_PER_ID = 8;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * UUIDv7 with a 12-bit counter behind the millisecond (RFC 9562, method 1): ids of one process are strictly increasing.
 * When the counter overflows or the clock steps back, the timestamp runs ahead by a millisecond instead of repeating.
 */
export function createIds(clock: Clock): Ids {
  const pool = Buffer.allocUnsafe(POOL_BYTES);
  let offset = POOL_BYTES;
  let lastMs = 0;
  let counter = 0;
  let prefixMs = -1;
  let prefix = '';

  const nextRandomOffset = (): number => {
    if (offset + RANDOM_BYTES_PER_ID > POOL_BYTES) {
      randomFillSync(pool);
      offset = 0;
    }
    const start = offset;
    offset += RANDOM_BYTES_PER_ID;
    return start;
  };

  const uuidv7 = (): string => {
    const nowMs = clock.nowMs();
    if (nowMs > lastMs) {
      lastMs = nowMs;
      counter = 0;
    } else if (++counter > 0xfff) {
      lastMs += 1;
      counter = 0;
    }
    if (lastMs !== prefixMs) {
      prefixMs = lastMs;
      prefix = timePrefix(lastMs);
    }
    const sequence = (0x7000 | counter).toString(16);
    const at = nextRandomOffset();
    const hex = (index: number): string => HEX[pool[at + index] as number] as string;
    const variant = HEX[((pool[at] as number) & 0x3f) | 0x80] as string;
    return `${prefix}${sequence}-${variant}${hex(1)}-` + hex(2) + hex(3) + hex(4) + hex(5) + hex(6) + hex(7);
  };

  return { uuidv7, secretBytes: (byteLength) => randomBytes(byteLength) };
}

/** The first 48 bits of an id, which all ids of one millisecond share. */
function timePrefix(timeMs: number): string {
  const time = timeMs.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether `text` is a UUID in lower-case canonical form, as we make and store them. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
