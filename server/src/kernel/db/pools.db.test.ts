import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/testkit/database.ts';
import { createLogger, type Logger } from '../telemetry/index.ts';
import { isConnectionFailure } from './connection-failure.ts';
import { createPools } from './pools.ts';

function captureLog(): { log: Logger; lines: string[] } {
  const lines: string[] = [];
  return { log: createLogger({ level: 'warn', destination: { write: (line) => void lines.push(line) } }), lines };
}

describe('pools', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('say their names and limits to the server', async () => {
    const settings = `select current_setting('application_name') as name, current_setting('statement_timeout') as timeout`;
    for (const [name, timeout] of [
      ['ledger', '10s'],
      ['admission', '5s'],
      ['general', '30s'],
    ] as const) {
      const { rows } = await database.pools[name].query(settings);
      expect(rows).toEqual([{ name: `antiphon:${name}`, timeout }]);
    }
  });

  it('let the server cancel a statement that takes too long, and go on', async () => {
    const { log } = captureLog();
    const pools = createPools(database.connection, { log, sizes: { general: { max: 1, statementTimeoutMs: 50 } } });
    const error: unknown = await pools.general.query('select pg_sleep(20)').catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: '57014' });
    expect(isConnectionFailure(error)).toBe(false);
    expect((await pools.general.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await pools.end();
  });

  it('give up waiting for a connection when all are in use', async () => {
    const { log } = captureLog();
    const pools = createPools(database.connection, { log, sizes: { ledger: { max: 1, connectionTimeoutMs: 50 } } });
    const client = await pools.ledger.connect();
    const error: unknown = await pools.ledger.query('select 1').catch((caught: unknown) => caught);
    expect(isConnectionFailure(error)).toBe(true);
    client.release();
    await pools.end();
  });

  it('do not starve each other', async () => {
    const { log } = captureLog();
    const pools = createPools(database.connection, { log, sizes: { general: { max: 1 }, ledger: { max: 1 } } });
    const client = await pools.general.connect();
    expect((await pools.ledger.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    client.release();
    await pools.end();
  });

  it('survive the loss of an idle connection and say so', async () => {
    const { log, lines } = captureLog();
    const pools = createPools(database.connection, { log, sizes: { ledger: { max: 1 } } });
    const { rows } = await pools.ledger.query<{ pid: number }>('select pg_backend_pid() as pid');
    const lost = new Promise((resolve) => pools.ledger.once('error', resolve));
    await database.pools.general.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    expect(isConnectionFailure(await lost)).toBe(true);
    expect((await pools.ledger.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([expect.objectContaining({ level: 'warn', pool: 'ledger' })]);
    await pools.end();
  });

  it('survive the loss of a connection that is in use', async () => {
    const { log } = captureLog();
    const pools = createPools(database.connection, { log, sizes: { ledger: { max: 1 } } });
    const client = await pools.ledger.connect();
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    await database.pools.general.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    await ended;
    const error: unknown = await client.query('select 1').catch((caught: unknown) => caught);
    expect(isConnectionFailure(error)).toBe(true);
    client.release(error instanceof Error);
    expect((await pools.ledger.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await pools.end();
  });

  it('end twice without harm', async () => {
    const { log } = captureLog();
    const pools = createPools(database.connection, { log });
    await pools.general.query('select 1');
    await Promise.all([pools.end(), pools.end()]);
    await pools.end();
  });

  it('end in time though a connection was never given back, and say so', async () => {
    const { log, lines } = captureLog();
    const pools = createPools(database.connection, { log, endTimeoutMs: 50 });
    const client = await pools.general.connect();
    await pools.end();
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ level: 'warn', inUse: { ledger: 0, admission: 0, general: 1 } }),
    ]);
    client.release();
  });
});

it('a server that is not there is a connection failure', async () => {
  const { log } = captureLog();
  const pools = createPools({ host: '/nonexistent', user: 'postgres', database: 'postgres' }, { log });
  const error: unknown = await pools.general.query('select 1').catch((caught: unknown) => caught);
  expect(isConnectionFailure(error)).toBe(true);
  await pools.end();
});
