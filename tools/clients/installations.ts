import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../test/clients/', import.meta.url));

/** One set of programs of others that the client tests need, kept apart from the packages of the repository. */
export interface Installation {
  readonly name: string;
  readonly folder: string;
  /** What is pinned: when one of these files changes, the set is installed again. */
  readonly pins: readonly string[];
  /** Written when everything is in place; holds what was pinned then. */
  readonly stamp: string;
  readonly commands: readonly (readonly [program: string, ...parameters: string[]])[];
}

/** What keeps to the lock and leaves it as it is. `npm ci` would refuse a lock that names no package for platforms a registry does not serve. */
const NPM_INSTALL = ['npm', 'install', '--no-save', '--no-progress', '--no-audit', '--no-fund', '--loglevel=error'] as const;

const npmInstallation = (name: string, folder: string): Installation => ({
  name,
  folder: join(FOLDER, folder),
  pins: ['package.json', 'package-lock.json'],
  stamp: 'node_modules/.installed-from',
  commands: [NPM_INSTALL],
});

export const INSTALLATIONS: readonly Installation[] = [
  npmInstallation('JavaScript clients', 'js'),
  {
    name: 'Python clients',
    folder: join(FOLDER, 'python'),
    pins: ['requirements.txt', 'constraints.txt'],
    stamp: '.venv/.installed-from',
    commands: [
      ['python3', '-m', 'venv', '--clear', '.venv'],
      [
        '.venv/bin/python',
        '-m',
        'pip',
        'install',
        '--quiet',
        '--disable-pip-version-check',
        '-r',
        'requirements.txt',
        '-c',
        'constraints.txt',
      ],
    ],
  },
  npmInstallation('agent programs', 'agents'),
];

/** Names what is pinned now. */
export function fingerprintOf({ folder, pins }: Installation): string {
  const hash = createHash('sha256');
  for (const pin of pins) hash.update(readFileSync(join(folder, pin)));
  return hash.digest('hex');
}

export function isCurrent(installation: Installation): boolean {
  const stamp = join(installation.folder, installation.stamp);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprintOf(installation);
}
