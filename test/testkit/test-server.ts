import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { migrations } from '../../server/migrations/index.ts';
import type { Secret } from '../../server/src/kernel/crypto/index.ts';
import {
  checkServer,
  clearLeftovers,
  lockFolder,
  migrate,
  startEmbeddedPostgres,
  toClientConfig,
  withDatabase,
  type DatabaseTarget,
} from '../../server/src/kernel/db/index.ts';
import { createLogger } from '../../server/src/kernel/telemetry/index.ts';

/** A server that holds the databases of one test run. */
export interface TestServer {
  /** Its maintenance database, from which others are created. */
  readonly maintenance: DatabaseTarget;
  /** An empty and migrated database to clone. Nobody can connect to it. */
  readonly template: string;
  /** Begins the names of this run's databases. */
  readonly prefix: string;
  stop(): Promise<void>;
}

/** Where the servers of test runs live; short, because a socket's path is limited. */
const FOLDER_ROOT = '/tmp';
const FOLDER_PREFIX = 'antiphon-vitest-';
const DATABASE_PREFIX = 'antiphon_test_';
/** A folder that was never locked belonged to a run that was killed in its first moment. */
const UNLOCKED_FOLDER_AGE_MS = 3_600_000;

const log = createLogger({ level: 'error' });

export interface RunFolder {
  readonly path: string;
  /** Where all embedded servers of the run have their programs. */
  readonly binariesRoot: string;
  remove(): Promise<void>;
}

/** A private folder for one test run, locked until the process ends. */
export async function openRunFolder(): Promise<RunFolder> {
  const path = await mkdtemp(join(FOLDER_ROOT, FOLDER_PREFIX));
  // As root, PostgreSQL runs as another user, who has to pass through.
  await chmod(path, 0o711);
  const lock = lockFolder(path);
  const binariesRoot = join(path, 'binaries');
  await mkdir(binariesRoot);
  await chmod(binariesRoot, 0o755);
  return {
    path,
    binariesRoot,
    remove: async () => {
      lock.release();
      await rm(path, { recursive: true, force: true });
    },
  };
}

/** Ends the servers of runs that were killed and removes their folders. Runs that live keep theirs: they hold its lock. */
export async function removeAbandonedRuns(): Promise<void> {
  const names = await readdir(FOLDER_ROOT);
  for (const name of names.filter((entry) => entry.startsWith(FOLDER_PREFIX))) {
    // Another run may be doing the same, and other users' folders are not ours to clean.
    await removeIfAbandoned(join(FOLDER_ROOT, name)).catch(() => undefined);
  }
}

async function removeIfAbandoned(folder: string): Promise<void> {
  const isLockable = await stat(join(folder, 'antiphon.pid')).catch(() => null);
  if (isLockable === null && Date.now() - (await stat(folder)).mtimeMs < UNLOCKED_FOLDER_AGE_MS) return;
  const lock = lockFolder(folder);
  try {
    await clearLeftovers(join(folder, 'postgres', 'postgresql', 'data'), log);
    await rm(folder, { recursive: true, force: true });
  } finally {
    lock.release();
  }
}

/** Starts an embedded server without fsync in the run's folder and makes the template. */
export async function startEmbeddedTestServer({ path, binariesRoot }: RunFolder): Promise<TestServer> {
  const server = await startEmbeddedPostgres({
    dataDir: join(path, 'postgres'),
    binariesRoot,
    log,
    unsafeNoSync: true,
    allowDataLoss: 'only-in-a-test',
  });
  try {
    const maintenance = withDatabase(server.connection, 'postgres');
    const template = await createTemplate(maintenance, DATABASE_PREFIX);
    return { maintenance, template, prefix: DATABASE_PREFIX, stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Uses the server behind `databaseUrl`, whose role needs CREATEDB. Only databases that test runs made are touched. */
export async function useTestServer(databaseUrl: Secret): Promise<TestServer> {
  await checkServer(databaseUrl);
  const runId = randomBytes(4).toString('hex');
  const prefix = `${DATABASE_PREFIX}${runId}_`;
  // This session's lock says that the run lives; the server frees it when the process ends.
  const client = new pg.Client({ ...toClientConfig(databaseUrl), application_name: 'antiphon:test', keepAlive: true });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [runId]);
    await dropAbandonedDatabases(client);
    const template = await createTemplate(databaseUrl, prefix);
    const stop = async (): Promise<void> => {
      await dropDatabases(client, await listDatabases(client, prefix));
      await client.end();
    };
    return { maintenance: databaseUrl, template, prefix, stop };
  } catch (error) {
    await client.end();
    throw error;
  }
}

async function createTemplate(maintenance: DatabaseTarget, prefix: string): Promise<string> {
  const template = `${prefix}template`;
  const client = new pg.Client(toClientConfig(maintenance));
  await client.connect();
  try {
    await client.query(`create database ${template} template template0 encoding 'UTF8'`);
    await migrate(withDatabase(maintenance, template), { migrations, log });
    await client.query(`alter database ${template} with allow_connections false`);
  } finally {
    await client.end();
  }
  return template;
}

async function dropAbandonedDatabases(client: pg.Client): Promise<void> {
  const runIds = new Set(
    (await listDatabases(client, DATABASE_PREFIX)).map((name) => name.slice(DATABASE_PREFIX.length).split('_')[0] ?? ''),
  );
  for (const runId of runIds) {
    const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_lock(hashtext($1)) as free', [runId]);
    if (rows[0]?.free !== true) continue;
    try {
      await dropDatabases(client, await listDatabases(client, `${DATABASE_PREFIX}${runId}_`));
    } finally {
      await client.query('select pg_advisory_unlock(hashtext($1))', [runId]);
    }
  }
}

async function listDatabases(client: pg.Client, prefix: string): Promise<string[]> {
  const { rows } = await client.query<{ datname: string }>('select datname from pg_database where starts_with(datname, $1)', [prefix]);
  return rows.map((row) => row.datname);
}

async function dropDatabases(client: pg.Client, names: readonly string[]): Promise<void> {
  for (const name of names) await client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`);
}
