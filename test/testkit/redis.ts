import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '../../server/src/kernel/crypto/index.ts';

/** A Redis for one test file: the one of `REDIS_URL`, or a `redis-server` of this machine on a unix socket of its own. */
export interface TestRedis extends AsyncDisposable {
  readonly url: Secret;
  /** Null when it is not ours to stop: a server behind `REDIS_URL`. */
  readonly process: RedisProcess | null;
}

export interface RedisProcess {
  /** Freezes it (SIGSTOP): connections stand, nothing answers. */
  pause(): void;
  resume(): void;
  /** Ends it as power loss would; `start` brings an empty one back on the same socket. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

const PROGRAM = 'redis-server';

/** Why there is no Redis to test against; null when there is. For `describe.skipIf`. */
export const redisMissing: string | null =
  given() !== null || spawnSync(PROGRAM, ['--version']).status === 0 ? null : `no REDIS_URL and no ${PROGRAM} on this machine`;

/** Why there is no Redis that may be paused and killed: one behind `REDIS_URL` belongs to others. */
export const ownRedisMissing: string | null = given() === null ? redisMissing : 'REDIS_URL names a server that is not ours to stop';

/** Throws when there is none: check `redisMissing` before. */
export async function startRedis(): Promise<TestRedis> {
  const url = given();
  if (url !== null) return { url, process: null, [Symbol.asyncDispose]: () => Promise.resolve() };
  if (redisMissing !== null) throw new Error(redisMissing);
  const folder = mkdtempSync(join(tmpdir(), 'antiphon-redis-'));
  const server = new LocalRedis(folder);
  await server.start();
  return {
    url: new Secret(server.socketPath),
    process: server,
    [Symbol.asyncDispose]: async () => {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function given(): Secret | null {
  const url = process.env['REDIS_URL'];
  return url === undefined || url === '' ? null : new Secret(url);
}

class LocalRedis implements RedisProcess {
  readonly socketPath: string;
  readonly #folder: string;
  #child: ChildProcess | null = null;

  constructor(folder: string) {
    this.#folder = folder;
    this.socketPath = join(folder, 'redis.sock');
  }

  async start(): Promise<void> {
    const settings = ['--port', '0', '--unixsocket', this.socketPath, '--save', '', '--appendonly', 'no', '--dir', this.#folder];
    const child = spawn(PROGRAM, settings, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child = child;
    let output = '';
    for await (const chunk of child.stdout) {
      output += String(chunk);
      if (output.includes('The server is now ready to accept connections')) break;
    }
    child.stdout.resume();
    if (child.exitCode !== null) throw new Error(`${PROGRAM} did not start: ${output}`);
  }

  pause(): void {
    this.#child?.kill('SIGSTOP');
  }

  resume(): void {
    this.#child?.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}
