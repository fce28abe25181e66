import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../../telemetry/index.ts';
import { DatabaseSetupError } from '../setup-error.ts';
import { commandLine, isRunning, processesIn, signal, waitUntil, workingFolder } from './processes.ts';

/** A fast shutdown writes out what is in memory; on a slow disk that takes its time. */
const FAST_SHUTDOWN_MS = 30_000;
const IMMEDIATE_SHUTDOWN_MS = 10_000;
/** Idle children are gone within milliseconds. */
const CHILD_EXIT_MS = 1_000;
const KILLED_CHILD_EXIT_MS = 5_000;

/**
 * Clears what earlier runs left in `clusterDir`, so that a server can start: an orphaned server (its Node was killed), children of a
 * server that was killed, and a `postmaster.pid` that names nobody, or a stranger who got the same number since.
 * Call it only while holding the folder's lock: whatever still runs there is then nobody's.
 */
export async function clearLeftovers(clusterDir: string, log: Pick<Logger, 'info' | 'warn'>): Promise<void> {
  const pid = await readPostmasterPid(clusterDir);
  if (pid !== undefined && (await isRunning(pid)) && (await isServerOf(pid, clusterDir))) await stopOrphan(pid, clusterDir, log);
  await stopChildren(clusterDir, log);
  // PostgreSQL would refuse to start because a process with that number exists, even if it is a zombie or a stranger. Where we cannot
  // see processes (no /proc), the file is left to PostgreSQL's own check for surviving children unless it names a stranger.
  if (process.platform === 'linux' || (pid !== undefined && (await isRunning(pid))))
    await rm(join(clusterDir, 'postmaster.pid'), { force: true });
}

/** The number in `postmaster.pid`: its first line. */
export async function readPostmasterPid(clusterDir: string): Promise<number | undefined> {
  const text = await readFile(join(clusterDir, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text.split('\n')[0] ?? '', 10);
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

async function isServerOf(pid: number, clusterDir: string): Promise<boolean> {
  const folder = await workingFolder(pid);
  if (folder !== null) return folder === clusterDir;
  const command = await commandLine(pid);
  return command.includes('postgres') && command.includes(clusterDir);
}

async function stopOrphan(pid: number, clusterDir: string, log: Pick<Logger, 'info' | 'warn'>): Promise<void> {
  log.info({ pid, clusterDir }, 'stopping the database server that an earlier run left behind');
  const isGone = async (): Promise<boolean> => !(await isRunning(pid));
  signal(pid, 'SIGINT');
  if (await waitUntil(isGone, FAST_SHUTDOWN_MS)) return;
  log.warn({ pid }, 'it did not stop in time; ending it at once (it recovers from its log)');
  signal(pid, 'SIGQUIT');
  if (await waitUntil(isGone, IMMEDIATE_SHUTDOWN_MS)) return;
  throw new DatabaseSetupError(
    `An earlier database server (process ${pid}) still runs in ${clusterDir} and does not stop. End it by hand: kill -QUIT ${pid}.`,
  );
}

/** Children notice the end of their server when they next wait for something; one that computes has to be told. */
async function stopChildren(clusterDir: string, log: Pick<Logger, 'warn'>): Promise<void> {
  const listChildren = (): Promise<number[]> => processesIn(clusterDir, 'postgres');
  const isEmpty = async (): Promise<boolean> => (await listChildren()).length === 0;
  for (const name of ['SIGQUIT', 'SIGKILL'] as const) {
    if (await waitUntil(isEmpty, CHILD_EXIT_MS)) return;
    const pids = await listChildren();
    log.warn({ pids, signal: name }, 'ending processes of a database server that is gone');
    for (const pid of pids) signal(pid, name);
  }
  if (!(await waitUntil(isEmpty, KILLED_CHILD_EXIT_MS)))
    throw new DatabaseSetupError(
      `Processes of an earlier database server still run in ${clusterDir} and do not stop: ${(await listChildren()).join(', ')}.`,
    );
}
