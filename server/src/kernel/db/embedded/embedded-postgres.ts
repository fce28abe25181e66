import pg from 'pg';
import type { Logger } from '../../telemetry/index.ts';
import { toClientConfig, type ConnectionFields } from '../connection.ts';
import { DatabaseSetupError, toReason } from '../setup-error.ts';
import { findBinaryPackage, prepareBinaries, removeOtherBinaries, type BinaryPackage } from './binaries.ts';
import { ensureCluster, SUPERUSER } from './cluster.ts';
import { lockFolder, type InstanceLock } from './instance-lock.ts';
import { clearLeftovers } from './leftovers.ts';
import { createDataDir, placeDatabase, type Placement } from './placement.ts';
import { launchPostmaster, type Postmaster } from './postmaster.ts';
import { openServerLog } from './server-log.ts';
import { SERVER_PORT } from './settings.ts';
import { openSocketFolder } from './socket-folder.ts';
import { superviseServer } from './supervisor.ts';

/** A PostgreSQL of our own: a child process that is started again when it ends, and stopped last. */
export interface EmbeddedPostgres {
  /** How to reach it: a unix socket that only its owner and root can open. Stays the same over restarts. */
  readonly connection: ConnectionFields;
  /** Whether the server runs. False while it is being restarted: report unhealthy. */
  isUp(): boolean;
  /** The server's process, or null while it is down. */
  pid(): number | null;
  /** `listener` is called each time the server is back after it ended by itself. Returns the call that ends this. */
  onRestart(listener: () => void): () => void;
  /** Stops the server cleanly and frees the data folder. Close pools first; call it last of all. Safe to call twice. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Created if it is not there. Taken for this process alone until `stop()`. */
  readonly dataDir: string;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Switches fsync off: fast, and everything acknowledged may be lost. Refused without `allowDataLoss`. Default false. */
  readonly unsafeNoSync?: boolean;
  /** Given by unit tests and by the control of the crash drill, by nobody else. */
  readonly allowDataLoss?: 'only-in-a-test';
  /** Where the database goes when root's PostgreSQL user cannot reach `dataDir`. Default `/var/lib/antiphon`. */
  readonly systemDir?: string;
  /** The programs. Default: the package that npm installed for this platform. */
  readonly binaryPackage?: BinaryPackage;
  /** An existing folder for the copy of the programs (60 MB), to share one between databases. Default: with the database. */
  readonly binariesRoot?: string;
}

const APPLICATION_DATABASE = 'antiphon';

/**
 * Starts the PostgreSQL of `dataDir`, creating its database the first time. Works as root and as a plain user, asks nothing, opens no port.
 * Recovers from whatever a crash of this process or of the server left behind.
 * Throws `DatabaseSetupError` when a person has to do something: another Antiphon has the folder, wrong version, no permission.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const isSynced = options.unsafeNoSync !== true;
  if (!isSynced && options.allowDataLoss !== 'only-in-a-test')
    throw new Error('unsafeNoSync loses acknowledged records when the machine stops. Only tests may ask for it (allowDataLoss).');
  const binaryPackage = options.binaryPackage ?? findBinaryPackage();
  const dataDir = await createDataDir(options.dataDir);
  const cleanups: (() => void | Promise<void>)[] = [];
  let cleaning: Promise<void> | undefined;
  const cleanUp = (): Promise<void> => (cleaning ??= runBackwards(cleanups));
  const hold = (lock: InstanceLock): void => void cleanups.push(() => lock.release());
  try {
    hold(lockFolder(dataDir));
    const placement = await placeDatabase(dataDir, options.systemDir ?? '/var/lib/antiphon');
    // A copied data folder points at the same database, so that one has a lock of its own.
    hold(lockFolder(placement.home));
    return await start(placement, { ...options, binaryPackage, isSynced }, cleanups, cleanUp);
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

/** In reverse order of what was built; the server ends before its folder is given free. */
async function runBackwards(cleanups: readonly (() => void | Promise<void>)[]): Promise<void> {
  for (const cleanup of cleanups.toReversed()) await cleanup();
}

type StartOptions = EmbeddedPostgresOptions & { readonly binaryPackage: BinaryPackage; readonly isSynced: boolean };

async function start(
  placement: Placement,
  { log, binaryPackage, isSynced, ...options }: StartOptions,
  cleanups: (() => void | Promise<void>)[],
  cleanUp: () => Promise<void>,
): Promise<EmbeddedPostgres> {
  const { home, clusterDir, user } = placement;
  const binariesRoot = options.binariesRoot ?? placement.binariesRoot;
  const binaries = await prepareBinaries(binaryPackage, binariesRoot);
  await clearAbandoned(placement, log);
  await clearLeftovers(clusterDir, log);
  const isNew = await ensureCluster({ home, clusterDir, binaries, user, isSynced });
  await placement.confirm();
  const socketFolder = await openSocketFolder(home, clusterDir, user);
  cleanups.push(() => socketFolder.remove());
  const serverLog = await openServerLog(home, user);
  cleanups.push(() => serverLog.close());
  const server = { host: socketFolder.path, port: SERVER_PORT, user: SUPERUSER };
  const probe = { ...server, database: 'postgres' };
  const launch = async (): Promise<Postmaster> => {
    await clearLeftovers(clusterDir, log);
    return launchPostmaster({ clusterDir, socketDir: socketFolder.path, binaries, user, log: serverLog, isSynced, probe });
  };
  const supervisor = await superviseServer({ log, launch }).catch((error: unknown) => {
    throw new DatabaseSetupError(
      `The embedded PostgreSQL in ${home} does not start: ${toReason(error)}\nMend the cause it names; all its messages are in ${serverLog.path}.`,
      { cause: error },
    );
  });
  cleanups.push(() => supervisor.stop());
  await ensureDatabase(probe, APPLICATION_DATABASE);
  if (binariesRoot === home) await removeOtherBinaries(home, binaries.version);
  log.info({ home, version: binaries.version, user: user.name, isNew, pid: supervisor.pid() }, 'embedded PostgreSQL is up');
  return {
    connection: { ...server, database: APPLICATION_DATABASE },
    isUp: () => supervisor.isUp(),
    pid: () => supervisor.pid(),
    onRestart: (listener) => supervisor.onRestart(listener),
    stop: cleanUp,
  };
}

/** `create database` is all or nothing, so a crash in between is mended by the next start. */
async function ensureDatabase(server: ConnectionFields, name: string): Promise<void> {
  const client = new pg.Client({ ...toClientConfig(server), application_name: 'antiphon:start' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Databases of deleted data folders of the same path: their servers may still run. The files are left for a person to decide on. */
async function clearAbandoned({ dataDir, abandonedHomes }: Placement, log: Pick<Logger, 'info' | 'warn'>): Promise<void> {
  for (const home of abandonedHomes) {
    let lock: InstanceLock;
    try {
      lock = lockFolder(home);
    } catch {
      continue;
    }
    try {
      await clearLeftovers(`${home}/data`, log);
      log.warn({ home, dataDir }, 'a database of an earlier data folder of this name is still there; delete it if nobody needs it');
    } finally {
      lock.release();
    }
  }
}
