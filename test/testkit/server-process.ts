import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What `--json` prints. The key and the link are shown by the first start on a database only. */
export interface ServerBanner {
  readonly graphqlUrl: string;
  readonly openaiBaseUrl: string;
  readonly opsUrl: string;
  readonly apiKey: string;
}

export interface ServerProcessOptions {
  /** A database of the test's own. */
  readonly databaseUrl: string;
  /** Settings beside those that keep it apart: free ports, its own data folder, no vendor but those named here. */
  readonly env?: Readonly<Record<string, string>>;
  /** An earlier process's folder, to start again on; it is then left alone at the end. */
  readonly dataDir?: string;
}

/** The server as users run it: a process of its own, on free ports, ended with the `await using` block that started it. */
export interface ServerProcess extends AsyncDisposable {
  readonly banner: ServerBanner;
  readonly pid: number;
  readonly dataDir: string;
  /** Everything it has logged so far. */
  logText(): string;
  /** Everything else that it has written: the banner, and nothing after it. */
  outputText(): string;
  signal(name: NodeJS.Signals): void;
  /** Resolves with its exit code, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals>;
  /** Resident memory now, in bytes. */
  residentBytes(): Promise<number>;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Longer than a loaded machine needs; a server that never comes up fails the test with its log. */
const START_TIMEOUT_MS = 45_000;

export async function startServerProcess({ databaseUrl, env = {}, dataDir }: ServerProcessOptions): Promise<ServerProcess> {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'antiphon-e2e-')));
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/src/main.ts', '--json'], {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      ANTIPHON_LOG_LEVEL: 'debug',
      ANTIPHON_PORT: '0',
      ANTIPHON_OPS_PORT: '0',
      ANTIPHON_DATA_DIR: folder,
      DATABASE_URL: databaseUrl,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const exited = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  const end = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await exited;
    if (dataDir === undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    const banner = await readBanner(child.stdout, exited);
    return {
      banner,
      pid: child.pid as number,
      dataDir: folder,
      logText: () => log,
      outputText: () => output,
      signal: (name) => void child.kill(name),
      exited,
      residentBytes: () => residentBytesOf(child.pid as number),
      [Symbol.asyncDispose]: end,
    };
  } catch (error) {
    await end();
    throw new Error(`the server did not start:\n${log}`, { cause: error });
  }
}

async function readBanner(stdout: NodeJS.ReadableStream, exited: Promise<unknown>): Promise<ServerBanner> {
  const lines = createInterface({ input: stdout });
  const timer = new AbortController();
  const [line] = (await Promise.race([
    once(lines, 'line', { signal: AbortSignal.any([timer.signal, AbortSignal.timeout(START_TIMEOUT_MS)]) }),
    exited.then((how) => Promise.reject(new Error(`it ended with ${String(how)}`))),
  ]).finally(() => timer.abort())) as [string];
  return JSON.parse(line) as ServerBanner;
}

/** From /proc, where there is one; elsewhere the memory test is skipped. */
async function residentBytesOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) * 1024;
}
