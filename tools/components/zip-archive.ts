import { open, type FileHandle } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createHash } from 'node:crypto';
import { createInflateRaw } from 'node:zlib';

/** Reading single files out of a zip archive (a Python wheel is one), so that no unzip program is needed. */

const END_SIGNATURE = 0x06054b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
const MAX_COMMENT_BYTES = 0xffff;
const MAX_DIRECTORY_BYTES = 4 * 1024 * 1024;
const STORED = 0;
const DEFLATED = 8;

/** The archive cannot be read, or does not hold what was asked for. */
export class ZipError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ZipError';
  }
}

interface ZipEntry {
  readonly method: number;
  readonly compressedBytes: number;
  readonly localHeaderAt: number;
}

/**
 * Writes one file of the archive to `toPath`, which must not exist yet, and returns its SHA-256 in hex.
 * Throws `ZipError` when the archive is damaged, lacks the file, or the file has more than `maxBytes` bytes.
 */
export async function extractFile(archivePath: string, name: string, toPath: string, maxBytes: number): Promise<string> {
  await using archive = await open(archivePath, 'r');
  const entry = await findEntry(archive, name);
  const dataAt = await findData(archive, entry);
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(bytes > maxBytes ? new ZipError(`${name} is larger than expected (over ${maxBytes} bytes).`) : null, chunk);
    },
  });
  const source = archive.createReadStream({ start: dataAt, end: dataAt + entry.compressedBytes - 1, autoClose: false });
  const target = createWriteStream(toPath, { flags: 'wx' });
  try {
    if (entry.method === DEFLATED) await pipeline(source, createInflateRaw(), measure, target);
    else await pipeline(source, measure, target);
  } catch (error) {
    if (error instanceof ZipError) throw error;
    throw new ZipError(`${name} cannot be unpacked: ${error instanceof Error ? error.message : String(error)}`);
  }
  return hash.digest('hex');
}

async function findEntry(archive: FileHandle, name: string): Promise<ZipEntry> {
  const directory = await readDirectory(archive);
  for (let at = 0; at + CENTRAL_BYTES <= directory.length;) {
    if (directory.readUInt32LE(at) !== CENTRAL_SIGNATURE) break;
    const nameBytes = directory.readUInt16LE(at + 28);
    const skippedBytes = directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    if (directory.toString('utf8', at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameBytes) === name) return toEntry(directory, at, name);
    at += CENTRAL_BYTES + nameBytes + skippedBytes;
  }
  throw new ZipError(`The archive does not hold ${name}.`);
}

function toEntry(directory: Buffer, at: number, name: string): ZipEntry {
  const method = directory.readUInt16LE(at + 10);
  const compressedBytes = directory.readUInt32LE(at + 20);
  if ((method !== STORED && method !== DEFLATED) || compressedBytes === 0)
    throw new ZipError(`${name} is packed in a way that is not supported.`);
  return { method, compressedBytes, localHeaderAt: directory.readUInt32LE(at + 42) };
}

async function readDirectory(archive: FileHandle): Promise<Buffer> {
  const { size } = await archive.stat();
  const tail = await readAt(archive, Math.max(0, size - END_BYTES - MAX_COMMENT_BYTES), Math.min(size, END_BYTES + MAX_COMMENT_BYTES));
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END_SIGNATURE) continue;
    const bytes = tail.readUInt32LE(at + 12);
    if (bytes > MAX_DIRECTORY_BYTES) throw new ZipError('The list of files in the archive is too long.');
    return readAt(archive, tail.readUInt32LE(at + 16), bytes);
  }
  throw new ZipError('This is not a whole zip archive; the download may have been cut off.');
}

async function findData(archive: FileHandle, entry: ZipEntry): Promise<number> {
  const header = await readAt(archive, entry.localHeaderAt, LOCAL_BYTES);
  if (header.readUInt32LE(0) !== LOCAL_SIGNATURE) throw new ZipError('The archive is damaged.');
  return entry.localHeaderAt + LOCAL_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
}

async function readAt(archive: FileHandle, position: number, bytes: number): Promise<Buffer> {
  const { buffer, bytesRead } = await archive.read(Buffer.alloc(bytes), 0, bytes, position);
  if (bytesRead !== bytes) throw new ZipError('The archive is cut off.');
  return buffer;
}
