import { readFileSync } from 'node:fs';
import type { Kind } from './results.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The pinned packages of one kind of client, by name. */
export function pinnedVersions(kind: Kind): ReadonlyMap<string, string> {
  if (kind === 'Python') {
    const pins = [...read('test/clients/python/requirements.txt').matchAll(/^([\w.-]+)==(\S+)$/gm)];
    return new Map(pins.map(([, name = '', version = '']) => [name, version]));
  }
  const folders = kind === 'agent' ? ['test/clients/agents'] : ['.', 'test/clients/js'];
  return new Map(folders.flatMap((folder) => Object.entries(dependenciesOf(`${folder}/package.json`))));
}

function dependenciesOf(path: string): Record<string, string> {
  type Manifest = Readonly<Partial<Record<'dependencies' | 'devDependencies', Record<string, string>>>>;
  const { dependencies, devDependencies } = JSON.parse(read(path)) as Manifest;
  return { ...devDependencies, ...dependencies };
}

/** A client is named by its package, and what of it in parentheses. */
export const packageOf = (client: string): string => client.replace(/ \(.*\)$/, '');
