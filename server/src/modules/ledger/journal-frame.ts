import { crc32c } from './crc32c.ts';
import type { LedgerEntry } from './ledger.entry.ts';

/** "ANTJ": lets a reader find the next frame behind a damaged one. */
const MAGIC = Buffer.from('ANTJ');
/** Magic, length of the payload, CRC-32C of the payload. */
export const HEADER_BYTES = 12;

/** A place in a segment that holds entries. */
export interface FramePosition {
  readonly offset: number;
  readonly bytes: number;
  readonly entryCount: number;
}

export interface SegmentScan {
  readonly frames: readonly FramePosition[];
  /** Where the last frame ends. */
  readonly endOffset: number;
  /** Offsets of damage that has whole frames behind it: these bytes were acknowledged once. */
  readonly damagedAt: readonly number[];
  /** Bytes behind the last frame: a write that was cut short, so nobody was told that it is safe. */
  readonly tornBytes: number;
}

export function encodeFrame(entries: readonly LedgerEntry[]): Buffer {
  const payload = Buffer.from(JSON.stringify(entries), 'utf8');
  const frame = Buffer.allocUnsafe(HEADER_BYTES + payload.length);
  MAGIC.copy(frame, 0);
  frame.writeUInt32BE(payload.length, 4);
  frame.writeUInt32BE(crc32c(payload), 8);
  payload.copy(frame, HEADER_BYTES);
  return frame;
}

/** The entries of the frame that fills `frame`. Throws when it is damaged. */
export function decodeFrame(frame: Buffer): LedgerEntry[] {
  const payload = payloadAt(frame, 0);
  if (payload === null || payload.length + HEADER_BYTES !== frame.length) throw new Error('a frame of the journal is damaged');
  return JSON.parse(payload.toString('utf8')) as LedgerEntry[];
}

/** Finds the whole frames in `segment`, also those behind damage. */
export function scanSegment(segment: Buffer): SegmentScan {
  const frames: FramePosition[] = [];
  const damagedAt: number[] = [];
  let offset = 0;
  while (offset < segment.length) {
    const payload = payloadAt(segment, offset);
    if (payload === null) {
      const next = findFrame(segment, offset + 1);
      if (next === -1) break;
      damagedAt.push(offset);
      offset = next;
      continue;
    }
    const bytes = HEADER_BYTES + payload.length;
    frames.push({ offset, bytes, entryCount: (JSON.parse(payload.toString('utf8')) as unknown[]).length });
    offset += bytes;
  }
  return { frames, endOffset: offset, damagedAt, tornBytes: segment.length - offset };
}

function payloadAt(segment: Buffer, offset: number): Buffer | null {
  if (offset + HEADER_BYTES > segment.length || !segment.subarray(offset, offset + MAGIC.length).equals(MAGIC)) return null;
  const end = offset + HEADER_BYTES + segment.readUInt32BE(offset + 4);
  if (end > segment.length) return null;
  const payload = segment.subarray(offset + HEADER_BYTES, end);
  return crc32c(payload) === segment.readUInt32BE(offset + 8) ? payload : null;
}

function findFrame(segment: Buffer, from: number): number {
  for (let offset = segment.indexOf(MAGIC, from); offset !== -1; offset = segment.indexOf(MAGIC, offset + 1)) {
    if (payloadAt(segment, offset) !== null) return offset;
  }
  return -1;
}
