import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { systemClock } from '../../clock/index.ts';
import { toClientConfig, type ConnectionFields } from '../connection.ts';
import { toReason } from '../setup-error.ts';
import type { Binaries } from './binaries.ts';
import { toSpawnOptions, type OsUser } from './os-user.ts';
import { signal } from './processes.ts';
import type { ServerLog } from './server-log.ts';
import { toServerArguments } from './settings.ts';

/** A server process of ours that accepts connections. */
export interface Postmaster {
  readonly pid: number;
  /** Resolves with a description when the process ends, for whatever reason. */
  readonly exited: Promise<string>;
  /** Stops it cleanly: open transactions are rolled back, everything is written out. Resolves when the process is gone. */
  stop(): Promise<void>;
}

export interface PostmasterOptions {
  readonly clusterDir: string;
  readonly socketDir: string;
  readonly binaries: Binaries;
  readonly user: OsUser;
  readonly log: ServerLog;
  readonly isSynced: boolean;
  /** A database that exists in every cluster, to knock at. */
  readonly probe: ConnectionFields;
}

const POLL_MS = 15;
const PROBE_TIMEOUT_MS = 5_000;
/** Without any answer. A server that recovers says so, and is given all the time it needs. */
const SILENCE_LIMIT_MS = 120_000;
const FAST_SHUTDOWN_MS = 30_000;
const IMMEDIATE_SHUTDOWN_MS = 10_000;
/** "the database system is starting up", also while it recovers from a crash. */
const CANNOT_CONNECT_NOW = '57P03';

/** Starts the server and resolves when it accepts connections. Rejects, with the process gone, when it ends before or never answers. */
export async function launchPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  const { binaries, clusterDir, socketDir, user, log, isSynced } = options;
  const logStart = await log.sizeBytes();
  const file = await log.open();
  let child: ChildProcess;
  try {
    child = spawn(binaries.postgres, toServerArguments(clusterDir, socketDir, isSynced), {
      ...toSpawnOptions(user),
      // Ctrl-C goes to the whole process group, and PostgreSQL takes it for an order to stop; it has to outlive our draining.
      detached: true,
      stdio: ['ignore', file.fd, file.fd],
    });
  } finally {
    await file.close();
  }
  const exited = describeExit(child);
  const failed = exited.then(async (reason) => {
    const said = await log.tail(logStart);
    throw new Error(`the database server ${reason}${said === '' ? '' : `; it said:\n${said}`}`);
  });
  // It is awaited below; after a successful start nobody does any more.
  failed.catch(() => undefined);
  const stop = (): Promise<void> => stopChild(child, exited);
  try {
    await Promise.race([waitForAnswer(options.probe, exited), failed]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { pid: child.pid ?? 0, exited, stop };
}

function describeExit(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${toReason(error)}`));
    child.once('exit', (code, signalName) => resolve(signalName === null ? `ended with code ${code}` : `was ended by ${signalName}`));
  });
}

/** By connecting, because the server's messages depend on its version and settings. */
async function waitForAnswer(probe: ConnectionFields, exited: Promise<string>): Promise<void> {
  let hasExited = false;
  void exited.then(() => (hasExited = true));
  let lastSignMs = systemClock.monotonicMs();
  while (!hasExited) {
    const problem = await knock(probe);
    if (problem === null) return;
    if ((problem as { code?: unknown }).code === CANNOT_CONNECT_NOW) lastSignMs = systemClock.monotonicMs();
    if (systemClock.monotonicMs() - lastSignMs > SILENCE_LIMIT_MS)
      throw new Error(`the database server did not answer within ${SILENCE_LIMIT_MS / 1000} s: ${toReason(problem)}`, { cause: problem });
    await sleep(POLL_MS);
  }
  // The caller's race is decided by the exit; leave the verdict to it.
  await new Promise<never>(() => undefined);
}

async function knock(probe: ConnectionFields): Promise<unknown> {
  const client = new pg.Client({
    ...toClientConfig(probe),
    application_name: 'antiphon:start',
    connectionTimeoutMillis: PROBE_TIMEOUT_MS,
    query_timeout: PROBE_TIMEOUT_MS,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return null;
  } catch (error) {
    return error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** SIGINT asks for a fast shutdown, SIGQUIT for an immediate one (the server then recovers at its next start). */
async function stopChild(child: ChildProcess, exited: Promise<string>): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const limits = [
    ['SIGINT', FAST_SHUTDOWN_MS],
    ['SIGQUIT', IMMEDIATE_SHUTDOWN_MS],
    ['SIGKILL', IMMEDIATE_SHUTDOWN_MS],
  ] as const;
  for (const [name, limitMs] of limits) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    signal(pid, name);
    const timer = new AbortController();
    const isGone = await Promise.race([exited.then(() => true), sleep(limitMs, false, { signal: timer.signal }).catch(() => false)]);
    timer.abort();
    if (isGone) return;
  }
}
