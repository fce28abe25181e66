import { mkdir, open, readFile, readdir, rename, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSetupError, lockFolder, type InstanceLock } from '../../kernel/db/index.ts';
import { isUuid, type Ids } from '../../kernel/ids/index.ts';
import { scanSegment } from './journal-frame.ts';

/** The folder that one process journals in, and the proof that those who had these folders before are dead. */
export interface JournalSlot {
  readonly folder: string;
  readonly id: string;
  /** Own slot and every other that nobody holds: processes known by these ids have ended. */
  readonly deadSlotIds: readonly string[];
  release(): void;
}

/** Processes that can share a data folder. */
const MAX_SLOTS = 64;
const SEGMENT_NAME = /^\d{12}\.journal$/;

/**
 * Takes the first free folder `<dataDir>/journal/<n>` under a lock of the operating system, which ends with the process, and moves into it
 * what processes that no longer exist left in others. Throws `DatabaseSetupError` when the folder cannot be written or all are taken.
 */
export async function takeJournalSlot(dataDir: string, ids: Ids): Promise<JournalSlot> {
  const root = join(dataDir, 'journal');
  await mkdir(root, { recursive: true, mode: 0o700 });
  const { folder, lock } = await lockFirst(root);
  try {
    const id = await readSlotId(folder, ids);
    // A power loss must not take the folders of records that were acknowledged.
    for (const path of [folder, root, dataDir]) await syncFolder(path);
    const adopted = await adoptOthers(root, folder, ids);
    return { folder, id, deadSlotIds: [id, ...adopted], release: () => lock.release() };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function lockFirst(root: string): Promise<{ folder: string; lock: InstanceLock }> {
  let lastError: unknown;
  for (let number = 0; number < MAX_SLOTS; number++) {
    const folder = join(root, String(number));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    try {
      return { folder, lock: lockFolder(folder) };
    } catch (error) {
      if (!(error instanceof DatabaseSetupError)) throw error;
      lastError = error;
    }
  }
  throw lastError;
}

async function readSlotId(folder: string, ids: Ids): Promise<string> {
  const path = join(folder, 'slot-id');
  const known = (await readFile(path, 'utf8').catch(() => '')).trim();
  if (isUuid(known)) return known;
  const id = ids.uuidv7();
  await writeFile(path, `${id}\n`, { mode: 0o600 });
  return id;
}

/** Returns the ids of the other slots that nobody holds. */
async function adoptOthers(root: string, own: string, ids: Ids): Promise<string[]> {
  const adopted: string[] = [];
  for (const name of await readdir(root)) {
    const folder = join(root, name);
    if (folder === own) continue;
    let lock: InstanceLock;
    try {
      lock = lockFolder(folder);
    } catch {
      continue;
    }
    try {
      adopted.push(await readSlotId(folder, ids));
      await moveSegments(folder, own);
    } finally {
      lock.release();
    }
  }
  return adopted;
}

async function moveSegments(from: string, to: string): Promise<void> {
  const names = (await readdir(from)).filter((name) => SEGMENT_NAME.test(name)).sort();
  const last = names.at(-1);
  if (last === undefined) return;
  await cutTornTail(join(from, last));
  const taken = (await readdir(to)).filter((name) => /^\d{12}\./.test(name)).sort();
  const ownLast = taken.findLast((name) => SEGMENT_NAME.test(name));
  if (ownLast !== undefined) await cutTornTail(join(to, ownLast));
  let sequence = Number.parseInt(taken.at(-1) ?? '0', 10);
  for (const name of names) await rename(join(from, name), join(to, `${String(++sequence).padStart(12, '0')}.journal`));
  await syncFolder(to);
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** A file that others are put behind is not the newest any more, and its torn end would be taken for damage. */
async function cutTornTail(path: string): Promise<void> {
  const { endOffset, tornBytes } = scanSegment(await readFile(path));
  if (tornBytes > 0) await truncate(path, endOffset);
}
