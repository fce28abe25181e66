import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from './secret.ts';

/** A secret that is a file of the data folder, readable by its owner alone, never in the database. */
export interface SecretFile {
  /** `<dataDir>/secrets/<name>`. */
  readonly path: string;
  /** Null when there is no such file. Throws when it holds less than `minimumLength` characters. */
  read(): Secret | null;
  /** Makes the file; one that is there is never replaced. Returns what the file holds, also when another process was faster. */
  create(text: string): Secret;
}

/** `loss` says what cannot be done without the file, as a clause: "no API key can be checked". */
export function secretFileIn(dataDir: string, name: string, minimumLength: number, loss: string): SecretFile {
  const folder = join(dataDir, 'secrets');
  const path = join(folder, name);
  const read = (): Secret | null => readSecret(path, minimumLength, loss);
  return {
    path,
    read,
    create: (text) => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeOnce(path, text);
      syncFolder(folder);
      return read() as Secret;
    },
  };
}

function writeOnce(path: string, text: string): void {
  const draft = `${path}.${process.pid}.draft`;
  const file = openSync(draft, 'w', 0o600);
  writeSync(file, text);
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
}

/** Makes the new name durable: a database elsewhere keeps what was made with the secret, and would be useless if the file were gone. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

function readSecret(path: string, minimumLength: number, loss: string): Secret | null {
  try {
    const text = readFileSync(path, 'utf8').trim();
    if (text.length < minimumLength)
      throw new Error(`${path} is damaged: it should hold one line of text. Restore it from a backup; without it ${loss}.`);
    return new Secret(text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
