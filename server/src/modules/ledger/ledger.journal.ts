import { mkdir, open, readFile, readdir, rename, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../../kernel/telemetry/index.ts';
import { decodeFrame, encodeFrame, scanSegment, type FramePosition } from './journal-frame.ts';
import type { LedgerEntry } from './ledger.entry.ts';
import { toUnavailable } from './ledger.errors.ts';

export interface JournalOptions {
  /** Bytes of all segments; `append` is refused beyond. */
  readonly maxBytes: number;
  readonly segmentBytes: number;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
}

interface Segment {
  readonly path: string;
  /** Not yet in PostgreSQL, in the order of writing. */
  readonly frames: FramePosition[];
  bytes: number;
  /** Kept aside instead of deleted when its frames are replayed. */
  isDamaged: boolean;
}

/** Oldest entries of the journal; `drop` them once PostgreSQL has them. */
export interface JournalChunk {
  readonly entries: readonly LedgerEntry[];
  readonly frameCount: number;
}

const SEGMENT_NAME = /^\d{12}\.journal$/;
/** Also of files kept aside, whose numbers are not given twice. */
const NUMBERED_NAME = /^(\d{12})\./;

/**
 * Where records wait while PostgreSQL is away: files of frames with a checksum, fsynced before `append` resolves.
 * Replaying is idempotent, so no position is kept: after a crash a segment is replayed from its beginning.
 */
export class Journal {
  readonly #options: JournalOptions;
  #segments: Segment[] = [];
  #active: { readonly segment: Segment; readonly file: FileHandle } | undefined;
  #nextSequence = 1;
  #bytes = 0;
  #pendingEntries = 0;
  /** Empty until `open`. */
  #folder = '';
  #isAppending = false;

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Calls of the writer whose records are here and not yet in PostgreSQL. */
  get pendingEntries(): number {
    return this.#pendingEntries;
  }

  get isEmpty(): boolean {
    return this.#pendingEntries === 0;
  }

  /** How full it is, from 0 to 1. */
  get fill(): number {
    return this.#bytes / this.#options.maxBytes;
  }

  /**
   * Uses `folder`, which no other process may use meanwhile, and reads what an earlier one left there. A torn tail is left out;
   * damage before whole frames is reported and its file kept.
   */
  async open(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const found = await readdir(folder);
    this.#nextSequence = 1 + Math.max(0, ...found.map((name) => Number(NUMBERED_NAME.exec(name)?.[1] ?? 0)));
    const names = found.filter((name) => SEGMENT_NAME.test(name)).sort();
    for (const [index, name] of names.entries()) await this.#load(join(folder, name), index === names.length - 1);
    this.#folder = folder;
  }

  /**
   * Appends `entries` as one frame; resolves when file and folder are on disk. One call at a time.
   * Throws `UNAVAILABLE` when the journal is full, not open, or the disk refuses; nothing of the frame counts then.
   */
  async append(entries: readonly LedgerEntry[]): Promise<void> {
    if (this.#folder === '') throw toUnavailable('the database is away and the journal is not open yet');
    const frame = encodeFrame(entries);
    if (this.#bytes + frame.length > this.#options.maxBytes) throw toUnavailable('the database is away and the journal is full');
    this.#isAppending = true;
    try {
      await this.#appendFrame(frame, entries.length);
    } finally {
      this.#isAppending = false;
    }
  }

  /** The oldest entries, about `maxBytes` of them, or null when there are none. */
  async read(maxBytes: number): Promise<JournalChunk | null> {
    const segment = this.#segments.find((candidate) => candidate.frames.length > 0);
    const first = segment?.frames[0];
    if (segment === undefined || first === undefined) return null;
    let end = first.offset + first.bytes;
    let frameCount = 1;
    for (const frame of segment.frames.slice(1)) {
      if (frame.offset + frame.bytes - first.offset > maxBytes || frame.offset !== end) break;
      end += frame.bytes;
      frameCount++;
    }
    const bytes = await readRange(segment.path, first.offset, end - first.offset);
    const entries = segment.frames
      .slice(0, frameCount)
      .flatMap((frame) => decodeFrame(bytes.subarray(frame.offset - first.offset, frame.offset - first.offset + frame.bytes)));
    return { entries, frameCount };
  }

  /** Forgets the frames of `chunk`, the last one read, and removes files that hold nothing else. */
  async drop(chunk: JournalChunk): Promise<void> {
    const segment = this.#segments.find((candidate) => candidate.frames.length > 0);
    if (segment === undefined) return;
    segment.frames.splice(0, chunk.frameCount);
    this.#pendingEntries -= chunk.entries.length;
    if (this.isEmpty && !this.#isAppending) await this.#closeActive();
    for (const done of this.#segments.filter(({ frames }) => frames.length === 0)) {
      if (done !== this.#active?.segment) await this.#remove(done);
    }
  }

  /** Keeps an acknowledged entry that PostgreSQL refuses for good, for a person to look at. */
  async setAside(entry: LedgerEntry): Promise<string> {
    const path = join(this.#folder, `${String(this.#nextSequence++).padStart(12, '0')}.refused`);
    await writeDurably(path, encodeFrame([entry]));
    await syncFolder(this.#folder);
    return path;
  }

  async close(): Promise<void> {
    this.#folder = '';
    await this.#closeActive();
  }

  async #load(path: string, isLast: boolean): Promise<void> {
    const { log } = this.#options;
    const content = await readFile(path);
    const { frames, endOffset, damagedAt, tornBytes } = scanSegment(content);
    // Only the newest file can end in a write that was cut short; in an older one the end was on disk before the next was begun.
    const isDamaged = damagedAt.length > 0 || (tornBytes > 0 && !isLast);
    if (isDamaged)
      log.error(
        { path, offsets: tornBytes > 0 && !isLast ? [...damagedAt, endOffset] : damagedAt },
        'a file of the journal is damaged: its readable records are replayed and the file is kept as .damaged; compare it with the ledger',
      );
    else if (tornBytes > 0) log.warn({ path, tornBytes }, 'the journal ends in a record that was never acknowledged; it is left out');
    const segment: Segment = { path, frames: [...frames], bytes: content.length, isDamaged };
    this.#segments.push(segment);
    this.#bytes += content.length;
    if (frames.length === 0) return this.#remove(segment);
    this.#pendingEntries += frames.reduce((sum, frame) => sum + frame.entryCount, 0);
  }

  async #appendFrame(frame: Buffer, entryCount: number): Promise<void> {
    const { segment, file } = await this.#activeSegment();
    try {
      await writeAll(file, frame, segment.bytes);
      await file.datasync();
    } catch (error) {
      await this.#abandonFrame(file, segment);
      throw toUnavailable('the database is away and the disk of the journal refuses to write', error);
    }
    segment.frames.push({ offset: segment.bytes, bytes: frame.length, entryCount });
    segment.bytes += frame.length;
    this.#bytes += frame.length;
    this.#pendingEntries += entryCount;
  }

  async #remove(segment: Segment): Promise<void> {
    this.#segments = this.#segments.filter((candidate) => candidate !== segment);
    this.#bytes -= segment.bytes;
    await (segment.isDamaged ? rename(segment.path, `${segment.path}.damaged`) : unlink(segment.path));
  }

  async #activeSegment(): Promise<{ readonly segment: Segment; readonly file: FileHandle }> {
    if (this.#active !== undefined && this.#active.segment.bytes >= this.#options.segmentBytes) await this.#closeActive();
    if (this.#active !== undefined) return this.#active;
    const path = join(this.#folder, `${String(this.#nextSequence++).padStart(12, '0')}.journal`);
    try {
      const file = await open(path, 'wx', 0o600);
      await syncFolder(this.#folder);
      const segment: Segment = { path, frames: [], bytes: 0, isDamaged: false };
      this.#segments.push(segment);
      return (this.#active = { segment, file });
    } catch (error) {
      throw toUnavailable('the database is away and the journal cannot be written', error);
    }
  }

  /** After a failed write or fsync the file's end is unknown: cut it, and write on in a new file. */
  async #abandonFrame(file: FileHandle, segment: Segment): Promise<void> {
    await file.truncate(segment.bytes).catch(() => undefined);
    await this.#closeActive().catch(() => undefined);
    if (segment.frames.length === 0) await this.#remove(segment).catch(() => undefined);
  }

  async #closeActive(): Promise<void> {
    const active = this.#active;
    this.#active = undefined;
    await active?.file.close();
  }
}

async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += (await file.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
  }
}

async function readRange(path: string, offset: number, length: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(length);
    const { bytesRead } = await file.read(buffer, 0, length, offset);
    if (bytesRead !== length) throw new Error(`${path} is shorter than it was`);
    return buffer;
  } finally {
    await file.close();
  }
}

async function writeDurably(path: string, content: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
