import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrations } from '../../server/migrations/index.ts';
import {
  createPools,
  migrate,
  startEmbeddedPostgres,
  toClientConfig,
  type EmbeddedPostgres,
  type Pools,
} from '../../server/src/kernel/db/index.ts';
import { createLogger } from '../../server/src/kernel/telemetry/index.ts';
import pg from 'pg';

/** A PostgreSQL of one's own with fsync on, which may be killed. */
export interface DurablePostgres extends AsyncDisposable {
  readonly pools: Pools;
  readonly server: EmbeddedPostgres;
  /** Kills the server and all its children with SIGKILL; its supervisor starts it again after a while. */
  kill(): Promise<void>;
  /** Stops the server's processes until `resume`: connections stay open and nobody answers. */
  freeze(): Promise<void>;
  resume(): Promise<void>;
  /** Resolves when it accepts connections again. */
  untilUp(): Promise<void>;
}

export async function startDurablePostgres(): Promise<DurablePostgres> {
  // Its end and its restarts are what is being tested.
  const log = createLogger({ level: 'silent' });
  const dataDir = await mkdtemp('/tmp/antiphon-durable-');
  const server = await startEmbeddedPostgres({ dataDir, log });
  await migrate(server.connection, { migrations, log });
  const pools = createPools(server.connection, { log });
  const family = async (): Promise<number[]> => {
    const pid = server.pid();
    return pid === null ? [] : withChildren(pid);
  };
  const signalAll = async (signal: NodeJS.Signals): Promise<void> => {
    for (const pid of await family()) send(pid, signal);
  };
  return {
    pools,
    server,
    kill: () => killPostmaster(server.pid()),
    freeze: () => signalAll('SIGSTOP'),
    resume: () => signalAll('SIGCONT'),
    untilUp: async () => {
      while (!(await accepts(server))) await sleep(50);
    },
    [Symbol.asyncDispose]: async () => {
      await signalAll('SIGCONT');
      await pools.end();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Kills a PostgreSQL so that none of its processes can finish anything: the parent is stopped first, lest it makes new children. */
export async function killPostmaster(pid: number | null): Promise<void> {
  if (pid === null) return;
  send(pid, 'SIGSTOP');
  const pids = await withChildren(pid);
  for (const each of pids.reverse()) send(each, 'SIGKILL');
}

async function withChildren(parent: number): Promise<number[]> {
  const found = [parent];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(join('/proc', name, 'stat'), 'utf8').catch(() => '');
    // "pid (name) state parent …"; the name may hold anything.
    if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent) found.push(Number(name));
  }
  return found;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function accepts(server: EmbeddedPostgres): Promise<boolean> {
  const client = new pg.Client({ ...toClientConfig(server.connection), connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
