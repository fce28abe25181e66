import { execFile, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A person at a machine that has seen no Antiphon: a folder with the files of the repository and its packages, and an account. */
export interface Newcomer extends AsyncDisposable {
  readonly folder: string;
  readonly accountName: string;
  /** Runs a command in the folder as that account, and gives what it printed; rejects when it fails. */
  run(command: string, parameters: readonly string[], env?: Readonly<Record<string, string>>): Promise<string>;
  /** Options that start a process in the folder as that account. */
  spawnOptions(env?: Readonly<Record<string, string>>): SpawnAs;
}

interface SpawnAs {
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly uid?: number;
  readonly gid?: number;
}

export const isRoot = (): boolean => process.getuid?.() === 0;

/** Where the programs of this machine are, without what npm puts in front while it runs a script. */
const machinePath = (process.env['PATH'] ?? '')
  .split(':')
  .filter((entry) => !entry.includes('node_modules'))
  .join(':');

/** The account that runs this, or, for root, a fresh plain one, removed at the end. */
export async function createNewcomer(kind: 'same account' | 'fresh plain account'): Promise<Newcomer> {
  const folder = await mkdtemp(join(tmpdir(), 'antiphon-newcomer-'));
  const account = kind === 'same account' ? null : await createAccount();
  const clean = async (): Promise<void> => {
    await rm(folder, { recursive: true, force: true });
    if (account !== null) await run('userdel', ['--remove', account.name]).catch(() => run('userdel', [account.name]));
  };
  try {
    await chmod(folder, 0o755);
    await copyRepository(folder);
    if (account !== null) await run('chown', ['-R', `${account.uid}:${account.gid}`, folder]);
  } catch (error) {
    await clean();
    throw error;
  }
  const spawnOptions = (env: Readonly<Record<string, string>> = {}): SpawnAs => ({
    cwd: folder,
    env: { PATH: machinePath, HOME: account?.home ?? userInfo().homedir, ...env },
    ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
  });
  return {
    folder,
    accountName: account?.name ?? userInfo().username,
    run: async (command, parameters, env) => (await run(command, parameters, spawnOptions(env))).stdout,
    spawnOptions,
    [Symbol.asyncDispose]: clean,
  };
}

async function createAccount(): Promise<{ name: string; uid: number; gid: number; home: string }> {
  const name = `newcomer${process.pid}`;
  await run('useradd', ['--create-home', '--shell', '/bin/sh', name]);
  const { stdout } = await run('getent', ['passwd', name]);
  const [, , uid, gid, , home] = stdout.trim().split(':');
  return { name, uid: Number(uid), gid: Number(gid), home: home ?? '/' };
}

/** What a clone would have, and the packages as they are installed here: nothing of this goes over the network. */
async function copyRepository(folder: string): Promise<void> {
  await run(
    'sh',
    ['-c', `git ls-files -z --cached --others --exclude-standard | tar --null --ignore-failed-read -T - -cf - | tar -xf - -C '${folder}'`],
    {
      cwd: ROOT,
    },
  );
  await run('cp', ['-a', join(ROOT, 'node_modules'), join(folder, 'node_modules')]);
}

/** A server that was started by `npm start`. */
export interface StartedServer {
  readonly pid: number;
  /** From the start of `npm start`, build included, until `/readyz` answered 200. */
  readonly readyAfterMs: number;
  /** What it printed on standard output until then. */
  readonly banner: string;
  /** As Ctrl-C does it. Resolves with the exit code of npm. */
  interrupt(): Promise<number | NodeJS.Signals | null>;
}

const READY_TIMEOUT_MS = 60_000;
const POLL_MS = 50;

/** Runs `npm start` and waits until the server is ready and has printed its banner. */
export async function startServer(
  newcomer: Newcomer,
  ports: { port: number; opsPort: number },
  parameters: readonly string[] = [],
): Promise<StartedServer> {
  const startedAtMs = performance.now();
  const child = spawn('npm', ['start', '--silent', '--', ...parameters], {
    ...newcomer.spawnOptions({ ANTIPHON_PORT: String(ports.port), ANTIPHON_OPS_PORT: String(ports.opsPort) }),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const pid = child.pid as number;
  let banner = '';
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (banner += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const exited = new Promise<number | NodeJS.Signals | null>((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
  const isReady = async (): Promise<boolean> =>
    (await fetch(`http://127.0.0.1:${ports.opsPort}/readyz`).then(
      async (answer) => (await answer.text(), answer.status),
      () => 0,
    )) === 200;
  let readyAfterMs: number | null = null;
  while (readyAfterMs === null || !banner.includes('graphql')) {
    if (child.exitCode !== null || performance.now() - startedAtMs > READY_TIMEOUT_MS) {
      if (child.exitCode === null) process.kill(-pid, 'SIGKILL');
      throw new Error(`npm start did not come up as ${newcomer.accountName}:\n${banner}\n${log}`);
    }
    if (readyAfterMs === null && (await isReady())) readyAfterMs = performance.now() - startedAtMs;
    else await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return {
    pid,
    readyAfterMs,
    banner,
    interrupt: async () => {
      if (child.exitCode === null) process.kill(-pid, 'SIGINT');
      return await exited;
    },
  };
}
