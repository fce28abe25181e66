import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { processTree } from '../../smoke/process-tree.ts';

const START_TIMEOUT_MS = 60_000;
const POLL_MS = 50;

export interface SubjectOptions {
  readonly root: string;
  readonly dataDir: string;
  readonly port: number;
  readonly opsPort: number;
  readonly isDurable: boolean;
}

/** The server under test with its embedded PostgreSQL: started, killed and asked from outside. */
export class Subject {
  readonly #options: SubjectOptions;
  #child: ChildProcess | null = null;
  #log = '';
  /** From the first start; later ones print none. */
  apiKey = '';

  constructor(options: SubjectOptions) {
    this.#options = options;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${this.#options.port}`;
  }

  async start(): Promise<void> {
    const { root, dataDir, port, opsPort, isDurable } = this.#options;
    const child = spawn(process.execPath, [join(root, 'server/dist/src/main.js'), '--json'], {
      cwd: root,
      env: {
        PATH: process.env['PATH'],
        ANTIPHON_DATA_DIR: dataDir,
        ANTIPHON_PORT: String(port),
        ANTIPHON_OPS_PORT: String(opsPort),
        ANTIPHON_LOG_LEVEL: 'warn',
        ...(isDurable ? {} : { ANTIPHON_UNSAFE_NO_DURABILITY: 'on' }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#log = (this.#log + text).slice(-20_000)));
    const line = once(createInterface({ input: child.stdout }), 'line', { signal: AbortSignal.timeout(START_TIMEOUT_MS) });
    const ended = once(child, 'exit').then(() => Promise.reject(new Error(`the server ended while it started:\n${this.#log}`)));
    ended.catch(() => undefined);
    const [banner] = (await Promise.race([line, ended])) as [string];
    this.apiKey ||= (JSON.parse(banner) as { apiKey: string | null }).apiKey ?? '';
    await this.ready();
  }

  /** Resolves when `/readyz` says 200. */
  async ready(): Promise<void> {
    const deadline = performance.now() + START_TIMEOUT_MS;
    while (performance.now() < deadline) {
      const answer = await fetch(`http://127.0.0.1:${this.#options.opsPort}/readyz`).catch(() => null);
      await answer?.arrayBuffer();
      if (answer?.status === 200) return;
      await wait(POLL_MS);
    }
    throw new Error(`the server was not ready within ${START_TIMEOUT_MS} ms:\n${this.#log}`);
  }

  /** kill -9 of the server alone: PostgreSQL lives on as an orphan. */
  async killServer(): Promise<void> {
    const child = this.#requireChild();
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** kill -9 of the postmaster and all that descends from it; what is killed belongs to this subject by its data folder. */
  async killPostgres(): Promise<void> {
    for (const pid of await processTree(await this.#postmasterPid())) tryKill(pid);
  }

  async killBoth(): Promise<void> {
    const postgres = await processTree(await this.#postmasterPid());
    const child = this.#requireChild();
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    for (const pid of postgres) tryKill(pid);
    await gone;
  }

  /** Ends the server, and a PostgreSQL that a killed one left behind. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    if (child.exitCode !== null || child.signalCode !== null) {
      await this.killPostgres().catch(() => undefined);
      return;
    }
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  }

  /** A connection to the embedded database, past the server. */
  async query<Row extends pg.QueryResultRow>(text: string): Promise<Row[]> {
    const client = new pg.Client({ host: await this.#socketFolder(), port: 5432, user: 'postgres', database: 'antiphon' });
    await client.connect();
    try {
      return (await client.query<Row>(text)).rows;
    } finally {
      await client.end();
    }
  }

  #requireChild(): ChildProcess {
    if (this.#child === null) throw new Error('the server has not been started');
    return this.#child;
  }

  async #postmasterPid(): Promise<number> {
    const [pid] = (await this.#pidFile()).split('\n');
    return Number(pid);
  }

  /** The fifth line of postmaster.pid is the folder of its socket. */
  async #socketFolder(): Promise<string> {
    return (await this.#pidFile()).split('\n')[4] ?? '';
  }

  #pidFile(): Promise<string> {
    return readFile(join(this.#options.dataDir, 'postgresql', 'data', 'postmaster.pid'), 'utf8');
  }
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
