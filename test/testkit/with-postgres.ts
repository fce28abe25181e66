import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { chooseUser, toSpawnOptions } from '../../server/src/kernel/db/embedded/os-user.ts';

/**
 * Runs a command with `DATABASE_URL` set to a throw-away PostgreSQL of the machine's own packages, on loopback with a password:
 *
 *     tsx test/testkit/with-postgres.ts /usr/lib/postgresql/15/bin npx vitest run
 *
 * The role in the URL may create databases and is no superuser, like the one an operator would give us.
 */
const ROLE = 'antiphon_test';

async function main([binDir, command, ...parameters]: string[]): Promise<number> {
  if (binDir === undefined || command === undefined) throw new Error('usage: with-postgres.ts <folder of postgres and initdb> <command> …');
  const { folder, server, url } = await start(binDir);
  try {
    const child = spawn(command, parameters, { stdio: 'inherit', env: { ...process.env, DATABASE_URL: url } });
    const [code] = (await once(child, 'exit')) as [number | null];
    return code ?? 1;
  } finally {
    server.kill('SIGINT');
    if (server.exitCode === null) await once(server, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function start(binDir: string): Promise<{ folder: string; server: ChildProcess; url: string }> {
  const folder = mkdtempSync('/tmp/antiphon-postgres-');
  const user = await chooseUser();
  const spawnOptions = toSpawnOptions(user);
  const [dataDir, password, port] = [join(folder, 'data'), randomBytes(12).toString('hex'), await findFreePort()];
  if (user.isSwitched) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o700);
  writeFileSync(join(folder, 'password'), password, { mode: 0o644 });
  const initdb = ['-D', dataDir, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${join(folder, 'password')}`, '--no-sync'];
  execFileSync(join(binDir, 'initdb'), [...initdb, '--encoding=UTF8', '--locale=C.UTF-8'], spawnOptions);
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    `unix_socket_directories=${dataDir}`,
    'fsync=off',
    'synchronous_commit=off',
  ];
  const server = spawn(join(binDir, 'postgres'), ['-D', dataDir, ...settings.flatMap((setting) => ['-c', setting])], {
    ...spawnOptions,
    detached: true,
    stdio: 'ignore',
  });
  await createRole(`postgresql://postgres:${password}@127.0.0.1:${port}/postgres`, password, server);
  return { folder, server, url: `postgresql://${ROLE}:${password}@127.0.0.1:${port}/postgres` };
}

async function createRole(url: string, password: string, server: ChildProcess): Promise<void> {
  while (server.exitCode === null) {
    const client = new pg.Client(url);
    try {
      await client.connect();
      await client.query(`create role ${ROLE} login createdb password '${password}'`);
      return;
    } catch (error) {
      if (!['ECONNREFUSED', '57P03'].includes(String((error as { code?: unknown }).code))) throw error;
      await sleep(20);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  throw new Error(`the server ended with code ${server.exitCode}`);
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

process.exitCode = await main(process.argv.slice(2));
