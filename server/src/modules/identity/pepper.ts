import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from '../../kernel/crypto/index.ts';
import type { Ids } from '../../kernel/ids/index.ts';

const PEPPER_BYTES = 32;

/**
 * The secret under which API keys are hashed: a file of the data folder, readable by its owner alone, never in the database.
 * Made once; a file that is there is never replaced.
 */
export function readOrCreatePepper(dataDir: string, ids: Ids): Secret {
  const folder = join(dataDir, 'secrets');
  const path = join(folder, 'pepper');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const existing = read(path);
  if (existing !== null) return existing;
  const draft = `${path}.${process.pid}.draft`;
  const file = openSync(draft, 'w', 0o600);
  writeSync(file, ids.secretBytes(PEPPER_BYTES).toString('base64url'));
  fsyncSync(file);
  closeSync(file);
  try {
    // A hard link fails when the name is taken: of two processes that start at once, one wins and both read its file.
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  syncFolder(folder);
  return read(path) as Secret;
}

/** Makes the new name durable: a database elsewhere keeps the fingerprint, and would refuse every key if the file were gone. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

function read(path: string): Secret | null {
  try {
    const text = readFileSync(path, 'utf8').trim();
    if (text.length < PEPPER_BYTES)
      throw new Error(
        `${path} is damaged: it should hold one line of text. Restore it from a backup; without it no API key can be checked.`,
      );
    return new Secret(text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
