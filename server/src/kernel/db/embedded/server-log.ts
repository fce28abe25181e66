import { chown, copyFile, open, stat, truncate, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { OsUser } from './os-user.ts';

const MAX_BYTES = 8 * 1024 * 1024;
const CHECK_INTERVAL_MS = 10_000;
const TAIL_BYTES = 4096;
const TAIL_LINES = 5;

/** The server's own messages: `postgresql.log`, and `postgresql.log.1` with what was before it; about 8 MiB each. */
export interface ServerLog {
  readonly path: string;
  /** Opened for appending, to be handed to the server. Close it afterwards. */
  open(): Promise<FileHandle>;
  /** The newest lines written since `fromByte`. */
  tail(fromByte: number): Promise<string>;
  sizeBytes(): Promise<number>;
  /** Ends the watch over its size. */
  close(): void;
}

/**
 * The server writes to the file itself: a pipe would break when Node is killed, and would stop the server when Node does not read.
 * The file is copied and emptied when it is large; that works because the server appends.
 */
export async function openServerLog(home: string, user: OsUser): Promise<ServerLog> {
  const path = join(home, 'postgresql.log');
  const sizeBytes = async (): Promise<number> => (await stat(path).catch(() => ({ size: 0 }))).size;
  const rotate = async (): Promise<void> => {
    if ((await sizeBytes()) <= MAX_BYTES) return;
    await copyFile(path, `${path}.1`);
    await truncate(path, 0);
  };
  await rotate();
  // A log that cannot be turned over now is tried again; the server itself is not affected.
  const timer = setInterval(() => void rotate().catch(() => undefined), CHECK_INTERVAL_MS);
  timer.unref();
  return {
    path,
    open: async () => {
      const handle = await open(path, 'a', 0o600);
      if (user.isSwitched) await chown(path, user.uid, user.gid);
      return handle;
    },
    tail: (fromByte) => readTail(path, fromByte),
    sizeBytes,
    close: () => clearInterval(timer),
  };
}

async function readTail(path: string, fromByte: number): Promise<string> {
  const handle = await open(path, 'r').catch(() => null);
  if (handle === null) return '';
  try {
    const { size } = await handle.stat();
    const start = Math.max(Math.min(fromByte, size), size - TAIL_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(TAIL_BYTES), 0, TAIL_BYTES, start);
    return buffer.toString('utf8', 0, bytesRead).trim().split('\n').slice(-TAIL_LINES).join('\n');
  } finally {
    await handle.close();
  }
}
