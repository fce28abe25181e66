import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DatabaseSetupError, toReason } from '../setup-error.ts';

export interface InstanceLock {
  /** Safe to call twice. */
  release(): void;
}

/** SQLite's result code for "another connection holds the lock". */
const SQLITE_BUSY = 5;

/**
 * Takes `folder` for this process, or throws `DatabaseSetupError` naming the process that has it.
 *
 * The lock is a record lock of the kernel on `antiphon.lock`, which ends with the process however that ends, so none can be left behind.
 * Node has no call for such locks; the SQLite inside it takes one on an otherwise empty file. `antiphon.pid` serves the message only.
 */
export function lockFolder(folder: string): InstanceLock {
  const pidFile = join(folder, 'antiphon.pid');
  const database = openLockFile(folder);
  try {
    database.exec('pragma journal_mode = off; begin exclusive');
  } catch (error) {
    database.close();
    if ((error as { errcode?: unknown }).errcode !== SQLITE_BUSY) throw unusable(folder, error);
    const pid = readPid(pidFile);
    throw new DatabaseSetupError(
      `Another Antiphon ${pid === undefined ? 'process' : `(process ${pid})`} is using ${folder}. ` +
        'Stop it first, or give this one a folder of its own with ANTIPHON_DATA_DIR.',
    );
  }
  writeFileSync(pidFile, `${process.pid}\n`);
  let isHeld = true;
  return {
    release: () => {
      if (isHeld) database.close();
      isHeld = false;
    },
  };
}

function openLockFile(folder: string): DatabaseSync {
  try {
    return new DatabaseSync(join(folder, 'antiphon.lock'), { timeout: 0 });
  } catch (error) {
    throw unusable(folder, error);
  }
}

function unusable(folder: string, error: unknown): DatabaseSetupError {
  return new DatabaseSetupError(
    `Cannot lock the data folder ${folder}: ${toReason(error)}. It has to be writable for the user that runs Antiphon; ` +
      'change its owner, or choose another folder with ANTIPHON_DATA_DIR.',
    { cause: error },
  );
}

function readPid(pidFile: string): number | undefined {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8').trim());
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}
