import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { generate, loadContext } from '@graphql-codegen/cli';

/** A file as codegen would write it now. */
export interface GeneratedFile {
  readonly filename: string;
  readonly content: string;
}

/** Runs `codegen.yml` of a folder without writing anything. Codegen reads paths from the working folder, so that must be the same one. */
export async function generateInMemory(folder: string): Promise<GeneratedFile[]> {
  const context = await loadContext(resolve(folder, 'codegen.yml'));
  context.updateConfig({ silent: true });
  const files: readonly GeneratedFile[] = await generate(context, false);
  return [...files];
}

/** Names of the files whose text on disk is not what codegen would write; missing files are among them. */
export function findStale(folder: string, files: readonly GeneratedFile[]): string[] {
  return files.filter(({ filename, content }) => readIfThere(resolve(folder, filename)) !== content).map(({ filename }) => filename);
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
