import { execFile } from 'node:child_process';
import { chown, mkdtemp, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DatabaseSetupError } from '../setup-error.ts';
import type { Binaries } from './binaries.ts';
import { exists, syncFolder } from './files.ts';
import { toSpawnOptions, type OsUser } from './os-user.ts';

export const SUPERUSER = 'postgres';

const UNFINISHED_PREFIX = 'data.unfinished-';
/** Generous: a loaded machine takes many times the usual second. */
const INITDB_TIMEOUT_MS = 300_000;
/** The first is what we want; systems without that locale get plain C, which sorts and compares the same, byte by byte. */
const LOCALES = ['C.UTF-8', 'C'];

export interface ClusterOptions {
  readonly home: string;
  readonly clusterDir: string;
  readonly binaries: Binaries;
  readonly user: OsUser;
  /** Only for databases that are thrown away. */
  readonly isSynced: boolean;
}

/**
 * Makes sure that `clusterDir` holds a whole cluster of our version; returns whether it was created now.
 * A new one is made beside it, synced, and then renamed, so that a crash leaves all or nothing.
 */
export async function ensureCluster(options: ClusterOptions): Promise<boolean> {
  const { home, clusterDir, binaries } = options;
  await removeUnfinished(home);
  if (await exists(clusterDir)) {
    await checkVersion(clusterDir, binaries.majorVersion);
    return false;
  }
  const unfinished = await mkdtemp(join(home, UNFINISHED_PREFIX));
  try {
    if (options.user.isSwitched) await chown(unfinished, options.user.uid, options.user.gid);
    await initialize(unfinished, options);
    await rename(unfinished, clusterDir);
    if (options.isSynced) await syncFolder(home);
    return true;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true, maxRetries: 3 });
    throw error;
  }
}

async function initialize(folder: string, options: ClusterOptions): Promise<void> {
  let failure = '';
  for (const locale of LOCALES) {
    const problem = await runInitdb(folder, locale, options);
    if (problem === null) return;
    failure ||= problem;
    if (!problem.includes('locale')) break;
  }
  const hint = (process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined)?.header?.glibcVersionRuntime;
  const advice =
    process.platform === 'linux' && hint === undefined
      ? 'These programs need glibc, which this system (Alpine?) does not have: set DATABASE_URL to a PostgreSQL server.'
      : 'Mend the cause it names, or set DATABASE_URL to a PostgreSQL server.';
  throw new DatabaseSetupError(`The embedded PostgreSQL could not create its database in ${options.home}: ${failure} ${advice}`);
}

/** Null when it worked, else what it said. `--auth=trust` is right because only the folder's owner can reach the socket. */
async function runInitdb(folder: string, locale: string, { binaries, user, isSynced }: ClusterOptions): Promise<string | null> {
  const parameters = ['-D', folder, '-U', SUPERUSER, '--auth=trust', '--encoding=UTF8', '--data-checksums', '--no-instructions'];
  const localeParameters = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', `--locale=${locale}`, '--lc-messages=C'];
  try {
    const run = promisify(execFile);
    await run(binaries.initdb, [...parameters, ...localeParameters, ...(isSynced ? [] : ['--no-sync'])], {
      ...toSpawnOptions(user),
      timeout: INITDB_TIMEOUT_MS,
    });
    return null;
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    return (stderr?.trim() || message).replaceAll('\n', ' ');
  }
}

async function checkVersion(clusterDir: string, majorVersion: number): Promise<void> {
  const text = await readFile(join(clusterDir, 'PG_VERSION'), 'utf8').catch(() => null);
  if (text === null)
    throw new DatabaseSetupError(
      `${clusterDir} is in the place of the database, but holds none (it has no readable PG_VERSION). ` +
        'Restore it from a backup, or move it away to start with an empty database.',
    );
  const found = text.trim();
  if (found === String(majorVersion)) return;
  throw new DatabaseSetupError(
    `The database in ${clusterDir} was made by PostgreSQL ${found}; this Antiphon embeds PostgreSQL ${majorVersion}, which cannot open it. ` +
      `Run the Antiphon that made it, or serve the folder with PostgreSQL ${found} and set DATABASE_URL to it, ` +
      `or move its content with pg_dump and pg_restore. Nothing was changed.`,
  );
}

async function removeUnfinished(home: string): Promise<void> {
  for (const name of await readdir(home))
    if (name.startsWith(UNFINISHED_PREFIX)) await rm(join(home, name), { recursive: true, force: true, maxRetries: 3 });
}
