import { createServer } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../../test/testkit/database.ts';
import { Secret } from '../crypto/index.ts';
import { withDatabase } from './connection.ts';
import { checkServer, judgeServer } from './server-check.ts';
import { DatabaseSetupError } from './setup-error.ts';

const TARGET = new Secret('postgresql://me:hunter2@db.example:6000/records');

describe('the check of a server', () => {
  it('accepts the one of this test run', async () => {
    await using database = await createTestDatabase();
    const { version, majorVersion } = await checkServer(database.connection);
    expect(majorVersion).toBeGreaterThanOrEqual(15);
    expect(Number.parseInt(version, 10)).toBe(majorVersion);
  });

  it('names a database that does not exist and says to create it', async () => {
    await using database = await createTestDatabase();
    await expect(checkServer(withDatabase(database.connection, 'no_such'))).rejects.toThrow(/"no_such".*Create that database first/);
  });

  it('names host and port of a server that does not answer, never the password', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as { port: number };
    closed.close();
    await once(closed, 'close');
    const error: unknown = await checkServer(new Secret(`postgresql://me:hunter2@127.0.0.1:${port}/records`)).catch(
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(DatabaseSetupError);
    expect(String(error)).toContain(`Cannot use the database "records" on 127.0.0.1, port ${port}: connect ECONNREFUSED`);
    expect(String(error)).toContain('Check that the server runs');
    expect(JSON.stringify(error) + String(error) + String((error as Error).stack)).not.toContain('hunter2');
  });

  it('refuses a version older than 15', () => {
    const facts = { number: '140012', version: '14.12', encoding: 'UTF8' };
    expect(() => judgeServer(TARGET, facts)).toThrow(/db\.example, port 6000, is PostgreSQL 14\.12; version 15 or newer is needed/);
    expect(judgeServer(TARGET, { ...facts, number: '150000', version: '15.0' })).toEqual({ version: '15.0', majorVersion: 15 });
  });

  it('refuses an encoding that cannot hold every text', () => {
    const facts = { number: '170001', version: '17.1', encoding: 'SQL_ASCII' };
    expect(() => judgeServer(TARGET, facts)).toThrow(/"records" .* has the encoding SQL_ASCII; UTF8 is needed/);
  });
});
