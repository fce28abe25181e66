import { describe, expect, it } from 'vitest';
import { createLogger } from '../../telemetry/index.ts';
import type { Postmaster } from './postmaster.ts';
import { superviseServer } from './supervisor.ts';

const log = createLogger({ level: 'silent' });

/** A server that ends when told to: what `launchPostmaster` gives, without a process. */
function createServer(pid: number): Postmaster & { crash: () => void } {
  let end: (reason: string) => void = () => undefined;
  const exited = new Promise<string>((resolve) => (end = resolve));
  return {
    pid,
    exited,
    crash: () => end('was ended by SIGKILL'),
    stop: () => {
      end('ended with code 0');
      return Promise.resolve();
    },
  };
}

const FAST = { log, firstDelayMs: 1, maxDelayMs: 2 };

describe('the supervisor', () => {
  it('goes on trying after many failures, and tells once when the server is back', async () => {
    const servers = [createServer(1), createServer(2)];
    let attempts = 0;
    const supervisor = await superviseServer({
      ...FAST,
      launch: () => {
        attempts++;
        if (attempts > 1 && attempts < 20) return Promise.reject(new Error('no space left on device'));
        return Promise.resolve(attempts === 1 ? (servers[0] as Postmaster) : (servers[1] as Postmaster));
      },
    });
    let restarts = 0;
    const restarted = new Promise<void>((resolve) =>
      supervisor.onRestart(() => {
        restarts++;
        resolve();
      }),
    );
    servers[0]?.crash();
    await restarted;
    expect({ attempts, restarts, pid: supervisor.pid(), isUp: supervisor.isUp() }).toEqual({
      attempts: 20,
      restarts: 1,
      pid: 2,
      isUp: true,
    });
    await supervisor.stop();
    expect(supervisor.isUp()).toBe(false);
  });

  it('repeats a first start that was refused because an earlier server is still ending', async () => {
    let attempts = 0;
    const server = createServer(1);
    const launch = (): Promise<Postmaster> =>
      ++attempts < 4 ? Promise.reject(new Error('FATAL: pre-existing shared memory block is still in use')) : Promise.resolve(server);
    const supervisor = await superviseServer({ ...FAST, launch });
    expect(attempts).toBe(4);
    await supervisor.stop();
  });

  it('does not repeat a first start that failed for a lasting reason', async () => {
    let attempts = 0;
    const launch = (): Promise<Postmaster> => {
      attempts++;
      return Promise.reject(new Error('FATAL: could not open file "global/pg_control"'));
    };
    await expect(superviseServer({ ...FAST, launch })).rejects.toThrow('pg_control');
    expect(attempts).toBe(1);
  });

  it('stops trying when told to', async () => {
    const server = createServer(1);
    let attempts = 0;
    let sayFailed: () => void = () => undefined;
    const failed = new Promise<void>((resolve) => (sayFailed = resolve));
    const supervisor = await superviseServer({
      ...FAST,
      launch: () => {
        if (++attempts === 1) return Promise.resolve(server);
        if (attempts === 3) sayFailed();
        return Promise.reject(new Error('no space left on device'));
      },
    });
    server.crash();
    await failed;
    expect(supervisor.isUp()).toBe(false);
    await supervisor.stop();
    const after = attempts;
    await supervisor.stop();
    expect(attempts).toBe(after);
  });

  it('survives a listener that throws, and forgets one that was taken off', async () => {
    const servers = [createServer(1), createServer(2)];
    let attempts = 0;
    const supervisor = await superviseServer({ ...FAST, launch: () => Promise.resolve(servers[attempts++] as Postmaster) });
    const calls: string[] = [];
    const remove = supervisor.onRestart(() => void calls.push('removed'));
    remove();
    supervisor.onRestart(() => {
      throw new Error('listener');
    });
    const restarted = new Promise<void>((resolve) => supervisor.onRestart(resolve));
    servers[0]?.crash();
    await restarted;
    expect(calls).toEqual([]);
    expect(supervisor.isUp()).toBe(true);
    await supervisor.stop();
  });
});
