import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrations } from '../../server/migrations/index.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

describe('test databases', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('are UTF-8 and empty of rows', async () => {
    const { rows } = await database.pools.general.query(
      `select current_database() as name, current_setting('server_encoding') as encoding`,
    );
    expect(rows).toEqual([{ name: database.name, encoding: 'UTF8' }]);
  });

  it('do not see each other', async () => {
    await using other = await createTestDatabase();
    await database.pools.general.query('create table only_here (id int)');
    const { rows } = await other.pools.general.query(`select to_regclass('only_here') as found`);
    expect(rows).toEqual([{ found: null }]);
  });

  it('are gone after drop, even with a connection open', async () => {
    const other = await createTestDatabase();
    const client = await other.pools.ledger.connect();
    client.release();
    await other.drop();
    const { rowCount } = await database.pools.general.query('select from pg_database where datname = $1', [other.name]);
    expect(rowCount).toBe(0);
  });
});

describe('a migrated test database', () => {
  it('has every migration, and the template has no row', async () => {
    await using database = await createTestDatabase();
    const { rows } = await database.pools.general.query('select name from mikro_orm_migrations order by id');
    expect(rows).toEqual(migrations.map(({ name }) => ({ name })));
  });
});
