import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Config } from '../../../kernel/config/index.ts';
import { Secret } from '../../../kernel/crypto/index.ts';
import { parseProvidersFile, type ProvidersFile } from './providers-file.ts';

/** Reads the file that the configuration names; nothing when it names none. Throws with every problem at once. */
export function readProvidersFile({ providersFile, variable }: Pick<Config['accounts'], 'providersFile' | 'variable'>): ProvidersFile {
  if (providersFile === null) return { accounts: [], aliases: [] };
  const path = resolve(providersFile);
  return parseProvidersFile({
    path,
    text: readText(path),
    variable,
    readFile: (name) => {
      try {
        const text = readFileSync(resolve(dirname(path), name), 'utf8').trim();
        return text === '' ? null : new Secret(text);
      } catch {
        return null;
      }
    },
  });
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Error(`${path} (ANTIPHON_PROVIDERS_FILE) cannot be read. Check the name and who may read it.`, { cause });
  }
}
