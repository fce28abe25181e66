/** The processes of a bench run: each one its own, started here and stopped here. */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ProxyClient } from './bare-proxy.ts';
import type { LoadReply } from './load.ts';
import type { LoadJob, LoadResult } from './load-run.ts';
import { cpuMicrosecondsOf, descendantsCpuMicroseconds } from './process-stat.ts';
import type { UpstreamStats } from './fake-upstream.ts';
import type { GraphqlTarget, OpenAiTarget } from './scenarios.ts';

/** Something calls can be sent to and whose CPU can be read. */
export interface Subject {
  name: string;
  pid: number;
  openai: OpenAiTarget;
  /** Absent for a bare proxy. */
  graphql?: GraphqlTarget;
  /** CPU used so far by the process itself, µs. */
  cpuMicroseconds(): number;
  /** CPU used so far by the PostgreSQL processes below it, µs; 0 for a bare proxy. */
  postgresCpuMicroseconds(): number;
  stop(): Promise<void>;
}

export interface UpstreamProcess {
  pid: number;
  /** Without a path. */
  url: string;
  stats(): Promise<UpstreamStats>;
  stop(): Promise<void>;
}

export interface Generator {
  pid: number;
  /** One job at a time. Rejects when the target cannot be reached. */
  run(job: LoadJob): Promise<LoadResult>;
  stop(): Promise<void>;
}

const UPSTREAM_MODEL = 'gpt-4.1-mini';
const START_TIMEOUT_MS = 90_000;
const STOP_TIMEOUT_MS = 20_000;

const here = import.meta.dirname;
const root = join(here, '..');

/** Folder for logs and data of one run; not in version control. */
export function workFolder(): string {
  const folder = join(here, 'results', 'tmp', String(process.pid));
  mkdirSync(folder, { recursive: true });
  return folder;
}

export async function startUpstreamProcess(): Promise<UpstreamProcess> {
  const { child, line } = await startScript('fake-upstream.ts', []);
  const url = `http://127.0.0.1:${portIn(line)}`;
  return {
    pid: pidOf(child),
    url,
    stats: async () => (await (await fetch(`${url}/stats`)).json()) as UpstreamStats,
    stop: () => stopChild(child),
  };
}

export async function startProxyProcess(name: string, upstreamUrl: string, client: ProxyClient, slowMicroseconds = 0): Promise<Subject> {
  const flags = ['--upstream', upstreamUrl, '--client', client, '--slow-us', String(slowMicroseconds)];
  const { child, line } = await startScript('bare-proxy.ts', flags);
  const pid = pidOf(child);
  return {
    name,
    pid,
    openai: { openaiBaseUrl: `http://127.0.0.1:${portIn(line)}/v1`, apiKey: 'none', model: UPSTREAM_MODEL },
    cpuMicroseconds: () => cpuMicrosecondsOf(pid),
    postgresCpuMicroseconds: () => 0,
    stop: () => stopChild(child),
  };
}

/** What the server prints with `--json`. */
interface Banner {
  graphqlUrl: string;
  openaiBaseUrl: string;
  apiKey: string;
}

function parseBanner(line: string): Banner | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value = JSON.parse(line) as Partial<Banner>;
    const { graphqlUrl, openaiBaseUrl, apiKey } = value;
    return graphqlUrl !== undefined && openaiBaseUrl !== undefined && apiKey !== undefined
      ? { graphqlUrl, openaiBaseUrl, apiKey }
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Starts the built server as a user would, on an empty data folder, with the fake upstream as OpenAI. Everything is on: the embedded
 * PostgreSQL, records, limits, guards. The environment holds nothing else, so that no setting of the caller's shell changes the result.
 */
export async function startServerProcess(upstreamUrl: string, folder: string): Promise<Subject> {
  const log = join(folder, 'server.log');
  const environment = {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '',
    ANTIPHON_PORT: String(await freePort()),
    ANTIPHON_OPS_PORT: String(await freePort()),
    ANTIPHON_DATA_DIR: join(folder, 'data'),
    OPENAI_API_KEY: 'sk-fake-upstream-takes-any-key',
    OPENAI_BASE_URL: `${upstreamUrl}/v1`,
  };
  const logHandle = openSync(log, 'w');
  const child = keep(
    spawn(process.execPath, [join(root, 'server/dist/src/main.js'), '--json'], {
      cwd: root,
      env: environment,
      stdio: ['ignore', 'pipe', logHandle],
    }),
  );
  closeSync(logHandle);
  const banner = await bannerOf(child, log);
  const pid = pidOf(child);
  const model = `openai/${UPSTREAM_MODEL}`;
  return {
    name: 'server',
    pid,
    openai: { openaiBaseUrl: banner.openaiBaseUrl, apiKey: banner.apiKey, model },
    graphql: { graphqlUrl: banner.graphqlUrl, apiKey: banner.apiKey, model },
    cpuMicroseconds: () => cpuMicrosecondsOf(pid),
    postgresCpuMicroseconds: () => descendantsCpuMicroseconds(pid, 'postgres'),
    stop: async () => {
      await stopChild(child);
      rmSync(join(folder, 'data'), { recursive: true, force: true });
    },
  };
}

async function bannerOf(child: ChildProcess, log: string): Promise<Banner> {
  const failed = (why: string): Error => new Error(`The server ${why}. Its last words (${log}):\n${tailOf(log)}`);
  for await (const line of linesOf(child, failed)) {
    const banner = parseBanner(line);
    if (banner !== undefined) return banner;
  }
  throw failed('ended without printing its banner');
}

function tailOf(path: string): string {
  return readFileSync(path, 'utf8').slice(-4000);
}

export function startGenerator(): Generator {
  const child = keep(fork(join(here, 'load.ts'), [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
  let settle: ((reply: LoadReply) => void) | undefined;
  child.on('message', (reply: LoadReply) => settle?.(reply));
  child.on('exit', () => settle?.({ error: 'it ended' }));
  return {
    pid: pidOf(child),
    run: async (job) => {
      const reply = await new Promise<LoadReply>((resolve) => {
        settle = resolve;
        child.send(job);
      });
      if ('error' in reply) throw new Error(`Load generator: ${reply.error}`);
      return reply.result;
    },
    stop: () => stopChild(child),
  };
}

/** Counts what was sent to whom, every job of the run included, so that the ledger can be held against it. */
export class SentCounter {
  readonly #sentByHost = new Map<string, number>();

  /** The same generator, with its calls counted. A job that fails as a whole is not counted: it makes the run void anyway. */
  counting(generator: Generator): Generator {
    return {
      pid: generator.pid,
      stop: () => generator.stop(),
      run: async (job) => {
        const result = await generator.run(job);
        const { host } = new URL(job.url);
        this.#sentByHost.set(host, (this.#sentByHost.get(host) ?? 0) + result.sent);
        return result;
      },
    };
  }

  sentTo(subject: Subject): number {
    const hosts = new Set(
      [subject.openai.openaiBaseUrl, ...(subject.graphql === undefined ? [] : [subject.graphql.graphqlUrl])].map(
        (url) => new URL(url).host,
      ),
    );
    return [...hosts].reduce((sum, host) => sum + (this.#sentByHost.get(host) ?? 0), 0);
  }
}

async function startScript(script: string, flags: string[]): Promise<{ child: ChildProcess; line: string }> {
  const child = keep(spawn(process.execPath, [join(here, script), ...flags], { stdio: ['ignore', 'pipe', 'inherit'] }));
  for await (const line of linesOf(child, (why) => new Error(`${script} ${why}.`))) return { child, line };
  throw new Error(`${script} ended before it was ready.`);
}

/** Lines of a child's stdout until it ends; throws when nothing is ready in time. The rest of the output is drained and dropped. */
async function* linesOf(child: ChildProcess, failure: (why: string) => Error): AsyncGenerator<string> {
  if (child.stdout === null) throw failure('has no output');
  const reader = createInterface({ input: child.stdout });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill('SIGKILL');
  }, START_TIMEOUT_MS);
  try {
    for await (const line of reader) yield line;
    if (isLate) throw failure(`was not ready within ${START_TIMEOUT_MS / 1000} s`);
  } finally {
    clearTimeout(timer);
    child.stdout.resume();
  }
}

function portIn(line: string): number {
  return (JSON.parse(line) as { port: number }).port;
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('The process could not be started.');
  return child.pid;
}

const running = new Set<ChildProcess>();

/** Kept, so that an interrupted bench leaves nothing behind. */
function keep<T extends ChildProcess>(child: T): T {
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Stops every process that was started here and has not ended. */
export async function stopEverything(): Promise<void> {
  await Promise.all([...running].map(stopChild));
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  child.kill('SIGTERM');
  await ended;
  clearTimeout(timer);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
