import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { inject } from 'vitest';
import {
  clearLeftovers,
  startEmbeddedPostgres,
  toClientConfig,
  type DatabaseTarget,
  type EmbeddedPostgres,
} from '../../server/src/kernel/db/index.ts';
import { createLogger } from '../../server/src/kernel/telemetry/index.ts';
import type { HolderMessage } from './hold-database.ts';

const log = createLogger({ level: 'silent' });
const HOLDER = fileURLToPath(new URL('hold-database.ts', import.meta.url));

/** A folder in which one test starts embedded servers, with fsync on, and processes that hold them. All end with `remove()`. */
export interface Workplace {
  readonly folder: string;
  readonly dataDir: string;
  /** In place of `/var/lib/antiphon`. */
  readonly systemDir: string;
  start(options?: Partial<Parameters<typeof startEmbeddedPostgres>[0]>): Promise<EmbeddedPostgres>;
  /** A process of its own (and process group) with the embedded server of `dataDir`. */
  spawnHolder(options?: HolderOptions): Holder;
  remove(): Promise<void>;
}

export interface HolderOptions {
  readonly dataDir?: string;
  /** Null: it copies the programs beside its database. Default: the run's copy. */
  readonly binariesRoot?: string | null;
  readonly uid?: number;
  readonly gid?: number;
  readonly env?: NodeJS.ProcessEnv;
}

export interface Holder {
  readonly process: ChildProcess;
  /** The next thing it says. */
  next(): Promise<HolderMessage>;
  /** Sends a signal to it alone and waits for its end. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

export async function openWorkplace(): Promise<Workplace> {
  const folder = await mkdtemp('/tmp/antiphon-db-');
  await chmod(folder, 0o711);
  const [dataDir, systemDir] = [join(folder, 'data'), join(folder, 'system')];
  const servers: EmbeddedPostgres[] = [];
  const holders: Holder[] = [];
  return {
    folder,
    dataDir,
    systemDir,
    start: async (options = {}) => {
      const server = await startEmbeddedPostgres({ dataDir, systemDir, log, binariesRoot: inject('testBinariesRoot'), ...options });
      servers.push(server);
      return server;
    },
    spawnHolder: ({ dataDir: ownDataDir = dataDir, binariesRoot = inject('testBinariesRoot'), ...spawnOptions } = {}) => {
      const holder = spawnHolder([ownDataDir, systemDir, ...(binariesRoot === null ? [] : [binariesRoot])], spawnOptions);
      holders.push(holder);
      return holder;
    },
    remove: async () => {
      for (const holder of holders) await holder.end('SIGKILL');
      for (const server of servers) await server.stop();
      await clearLeftovers(join(dataDir, 'postgresql', 'data'), log);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function spawnHolder(parameters: string[], options: Pick<HolderOptions, 'uid' | 'gid' | 'env'>): Holder {
  const child = spawn(process.execPath, [HOLDER, ...parameters], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: '/',
    ...options,
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    process: child,
    next: async () => {
      const line = await lines.next();
      if (line.done === true) throw new Error('the holder ended without a word');
      return JSON.parse(line.value) as HolderMessage;
    },
    end: async (signal) => {
      child.kill(signal);
      await exited;
    },
  };
}

/** One statement on a connection of its own. */
export async function queryOnce<Row extends pg.QueryResultRow>(target: DatabaseTarget, statement: string): Promise<Row[]> {
  const client = new pg.Client(toClientConfig(target));
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}
