import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorkplace, queryOnce, type Holder, type Workplace } from '../../../../../test/testkit/embedded-server.ts';
import type { HolderMessage } from '../../../../../test/testkit/hold-database.ts';
import { toClientConfig } from '../connection.ts';
import { isRunning, processesIn, waitUntil } from './processes.ts';

type Up = Extract<HolderMessage, { kind: 'up' }>;

async function waitForUp(holder: Holder): Promise<Up> {
  const message = await holder.next();
  expect(message).toMatchObject({ kind: 'up' });
  return message as Up;
}

/** A connection that computes and does not look up; it resolves when the server is gone. */
async function keepBusy(connection: Up['connection']): Promise<void> {
  const client = new pg.Client(toClientConfig(connection));
  client.on('error', () => undefined);
  await client.connect();
  void client.query('select count(*) from generate_series(1, 1e12)').catch(() => undefined);
}

describe('after a crash', () => {
  let place: Workplace;
  let clusterDir: string;
  beforeEach(async () => {
    place = await openWorkplace();
    clusterDir = join(place.dataDir, 'postgresql', 'data');
  });
  afterEach(() => place.remove());

  it('kill -9 of Node: the next start replaces the orphaned server and finds every committed row', async () => {
    const holder = place.spawnHolder();
    const { serverPid, connection } = await waitForUp(holder);
    await queryOnce(connection, 'create table kept as select 42 as answer');
    await holder.end('SIGKILL');
    expect(await isRunning(serverPid)).toBe(true);
    const server = await place.start();
    expect(await isRunning(serverPid)).toBe(false);
    expect(server.pid()).not.toBe(serverPid);
    expect(await queryOnce(server.connection, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('kill -9 of Node and of the server, with a child still computing: the next start works', async () => {
    const holder = place.spawnHolder();
    const { serverPid, connection } = await waitForUp(holder);
    await queryOnce(connection, 'create table kept as select 42 as answer');
    await keepBusy(connection);
    await holder.end('SIGKILL');
    process.kill(serverPid, 'SIGKILL');
    await waitUntil(async () => !(await isRunning(serverPid)), 5_000);
    expect((await processesIn(clusterDir, 'postgres')).length).toBeGreaterThan(0);
    const server = await place.start();
    expect(await queryOnce(server.connection, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('kill -9 of the server: the supervisor starts it again, tells, and every committed row is there', async () => {
    const server = await place.start();
    await queryOnce(server.connection, 'create table kept as select 42 as answer');
    await keepBusy({ ...server.connection, port: 5432 });
    const pid = server.pid() ?? 0;
    const restarted = new Promise<void>((resolve) => server.onRestart(resolve));
    process.kill(pid, 'SIGKILL');
    await waitUntil(() => Promise.resolve(!server.isUp()), 5_000);
    expect(server.isUp()).toBe(false);
    expect(server.pid()).toBeNull();
    await restarted;
    expect(server.isUp()).toBe(true);
    expect(server.pid()).not.toBe(pid);
    expect(await queryOnce(server.connection, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('kill -9 of the server again and again: it comes back each time', async () => {
    const server = await place.start();
    for (let round = 0; round < 3; round++) {
      const restarted = new Promise<void>((resolve) => server.onRestart(resolve));
      process.kill(server.pid() ?? 0, 'SIGKILL');
      await restarted;
    }
    expect(await queryOnce(server.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('stops while the server is down', async () => {
    const server = await place.start();
    process.kill(server.pid() ?? 0, 'SIGKILL');
    await waitUntil(() => Promise.resolve(!server.isUp()), 5_000);
    await server.stop();
    expect(await processesIn(clusterDir, 'postgres')).toEqual([]);
  });

  it('kill -9 while the database is being created: the next start creates a whole one', async () => {
    const holder = place.spawnHolder();
    const hasBegun = async (): Promise<boolean> =>
      (await readdir(join(place.dataDir, 'postgresql')).catch(() => [])).some((name) => name.startsWith('data.unfinished-'));
    expect(await waitUntil(hasBegun, 20_000)).toBe(true);
    await holder.end('SIGKILL');
    expect(await readdir(join(place.dataDir, 'postgresql'))).not.toContain('data');
    const server = await place.start();
    expect(await queryOnce(server.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect((await readdir(join(place.dataDir, 'postgresql'))).filter((name) => name.startsWith('data'))).toEqual(['data']);
  });

  it('a postmaster.pid that names a stranger does not block the start, nor harm the stranger', async () => {
    const server = await place.start();
    await server.stop();
    const stranger = spawn('sleep', ['60']);
    const file = ['postmaster.pid', String(stranger.pid)] as const;
    await writeFile(join(clusterDir, file[0]), `${file[1]}\n${clusterDir}\n1700000000\n5432\n${clusterDir}\n\n  1234  5678\nready\n`);
    expect((await place.start()).isUp()).toBe(true);
    expect(await isRunning(stranger.pid ?? 0)).toBe(true);
    stranger.kill();
    await once(stranger, 'exit');
  });

  it('a second Antiphon on the same folder is refused with the number of the first, which goes on', async () => {
    const holder = place.spawnHolder();
    const { pid, connection } = await waitForUp(holder);
    await expect(place.start()).rejects.toThrow(`Another Antiphon (process ${pid}) is using ${place.dataDir}.`);
    expect(await queryOnce(connection, 'select 1 as one')).toEqual([{ one: 1 }]);
    const second = place.spawnHolder();
    expect(await second.next()).toEqual({
      kind: 'refused',
      name: 'DatabaseSetupError',
      message: expect.stringContaining(`(process ${pid})`) as string,
    });
  });

  it('Ctrl-C to the whole process group does not stop the server; SIGTERM stops Node and server in order', async () => {
    const holder = place.spawnHolder();
    const { pid, serverPid } = await waitForUp(holder);
    process.kill(-pid, 'SIGINT');
    expect(await holder.next()).toEqual({ kind: 'alive', rows: [{ one: 1 }] });
    await holder.end('SIGTERM');
    expect(holder.process.exitCode).toBe(0);
    expect(await isRunning(serverPid)).toBe(false);
    expect(await readFile(join(place.dataDir, 'postgresql', 'postgresql.log'), 'utf8')).toContain('database system is shut down');
  });
});
