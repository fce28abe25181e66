import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { inject } from 'vitest';
import { Secret } from '../../server/src/kernel/crypto/index.ts';
import { createPools, toClientConfig, withDatabase, type DatabaseTarget, type Pools } from '../../server/src/kernel/db/index.ts';
import { createLogger } from '../../server/src/kernel/telemetry/index.ts';
import type { TestServerAnswer } from './global-setup.ts';

/** A database of one's own on the run's server. */
export interface TestDatabase extends AsyncDisposable {
  readonly name: string;
  readonly connection: DatabaseTarget;
  /** The same as text, for a process to be started with `DATABASE_URL`. */
  readonly url: string;
  /** Two connections each at most; opened when used. */
  readonly pools: Pools;
  /** Closes the pools and removes the database, whoever is connected. Safe to call twice. */
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** False: without any table, for tests of migrations. Default true. */
  readonly isMigrated?: boolean;
}

const log = createLogger({ level: 'error' });

type Server = Exclude<TestServerAnswer, { problem: string }>;
let server: Promise<Server> | undefined;

/**
 * Clones the migrated template in about 40 ms; the first call of a run also starts the server. Call it in `beforeAll` and `drop()` in
 * `afterAll`, or write `await using database = await createTestDatabase()`.
 */
export async function createTestDatabase({ isMigrated = true }: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { maintenanceUrl, template, prefix } = await (server ??= askForServer());
  const maintenance = new Secret(maintenanceUrl);
  const name = prefix + randomBytes(6).toString('hex');
  await execute(maintenance, `create database ${name} template ${isMigrated ? template : `template0 encoding 'UTF8'`}`);
  const connection = withDatabase(maintenance, name);
  const small = { max: 2 };
  const pools = createPools(connection, { log, sizes: { ledger: small, admission: small, general: small } });
  let dropping: Promise<void> | undefined;
  const drop = (): Promise<void> =>
    (dropping ??= pools.end().then(() => execute(maintenance, `drop database if exists ${name} with (force)`)));
  return { name, connection, url: reveal(connection), pools, drop, [Symbol.asyncDispose]: drop };
}

function reveal(target: DatabaseTarget): string {
  if (!(target instanceof Secret)) throw new TypeError('a test server is always known by its URL');
  return target.reveal();
}

async function askForServer(): Promise<Server> {
  const answer = JSON.parse(await text(connect(inject('testServerSocket')))) as TestServerAnswer;
  if ('problem' in answer) throw new Error(`There is no database for tests: ${answer.problem}`);
  return answer;
}

async function execute(target: DatabaseTarget, statement: string): Promise<void> {
  const client = new pg.Client({ ...toClientConfig(target), application_name: 'antiphon:test' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
