import { execFile } from 'node:child_process';
import { readFile, readdir, readlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { systemClock } from '../../clock/index.ts';

const POLL_MS = 20;

/** Whether a process with this number is running. One that has ended and waits for its parent to notice (a zombie) is not. */
export async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as { code?: unknown }).code === 'EPERM';
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  // The state follows the name, which is in brackets and may hold anything.
  return stat === null ? true : stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
}

/** The folder that process works in, or null where that cannot be seen (another system than Linux, another user's process). */
export async function workingFolder(pid: number): Promise<string | null> {
  return readlink(`/proc/${pid}/cwd`).catch(() => null);
}

/** The program and its parameters in one text; empty when it cannot be seen. */
export async function commandLine(pid: number): Promise<string> {
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  if (text !== null) return text.replaceAll('\0', ' ').trim();
  const listed = await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return listed.stdout.trim();
}

/** The running processes of `program` that work in `folder`. Empty on systems without /proc. */
export async function processesIn(folder: string, program: string): Promise<number[]> {
  const names = await readdir('/proc').catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      if ((await workingFolder(pid)) !== folder) return null;
      // A shell that someone opened in that folder is none of our business.
      return (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim() === program ? pid : null;
    }),
  );
  return found.filter((pid) => pid !== null);
}

/** Sends `signal`; a process that is gone already is no error. */
export function signal(pid: number, name: 'SIGINT' | 'SIGQUIT' | 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ESRCH') throw error;
  }
}

/** Waits until `condition` holds and returns true, or false after `timeoutMs`. */
export async function waitUntil(condition: () => Promise<boolean>, timeoutMs: number): Promise<boolean> {
  const deadlineMs = systemClock.monotonicMs() + timeoutMs;
  while (!(await condition())) {
    if (systemClock.monotonicMs() >= deadlineMs) return false;
    await sleep(POLL_MS);
  }
  return true;
}
