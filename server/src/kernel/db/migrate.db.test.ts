import { Migration } from '@mikro-orm/migrations';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/testkit/database.ts';
import { createLogger } from '../telemetry/index.ts';
import { migrate } from './migrate.ts';
import { createOrm, type MigrationObject } from './orm.ts';
import { DatabaseSetupError } from './setup-error.ts';

class First extends Migration {
  override up(): void {
    this.addSql('create table first_table (id int primary key)');
    // Long enough for a second migrator to look at the same time.
    this.addSql('select pg_sleep(0.2)');
  }
}

class Second extends Migration {
  override up(): void {
    this.addSql('alter table first_table add column name text');
  }
}

class IndexConcurrently extends Migration {
  override isTransactional(): boolean {
    return false;
  }
  override up(): void {
    this.addSql('create index concurrently first_table_name on first_table (name)');
  }
}

class Broken extends Migration {
  override up(): void {
    this.addSql('create table half_done (id int)');
    this.addSql('create table half_done (id int)');
  }
}

const first: MigrationObject = { name: '0001-first', class: First };
const second: MigrationObject = { name: '0002-second', class: Second };
const concurrently: MigrationObject = { name: '0003-index', class: IndexConcurrently };
const broken: MigrationObject = { name: '0002-broken', class: Broken };
const log = createLogger({ level: 'error' });

describe('migrations', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase({ isMigrated: false });
  });
  afterEach(() => database.drop());

  const up = (...migrations: MigrationObject[]): Promise<string[]> => migrate(database.connection, { migrations, log });
  const tables = async (): Promise<string[]> => {
    const { rows } = await database.pools.general.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
    );
    return rows.map((row) => row.name);
  };

  it('apply in order, once, and name what they applied', async () => {
    expect(await up(first)).toEqual(['0001-first']);
    expect(await up(first, second, concurrently)).toEqual(['0002-second', '0003-index']);
    expect(await up(first, second, concurrently)).toEqual([]);
    expect(await tables()).toEqual(['first_table', 'mikro_orm_migrations']);
  });

  it('accept an empty list', async () => {
    expect(await up()).toEqual([]);
  });

  it('run from many nodes at once: one applies, all succeed', async () => {
    const results = await Promise.all([up(first, second), up(first, second), up(first, second)]);
    expect(results.flat().toSorted()).toEqual(['0001-first', '0002-second']);
    expect(results.filter((names) => names.length > 0)).toHaveLength(1);
  });

  it('fail at once from many nodes without our lock (control)', async () => {
    const withoutLock = async (): Promise<void> => {
      const orm = await createOrm(database.connection, [], { migrations: [first] });
      try {
        await orm.migrator.up();
      } finally {
        await orm.close();
      }
    };
    const outcomes = await Promise.allSettled([withoutLock(), withoutLock(), withoutLock()]);
    expect(outcomes.filter((outcome) => outcome.status === 'rejected').length).toBeGreaterThan(0);
  });

  it('refuse a database that a newer version has migrated, and change nothing', async () => {
    await up(first, second);
    const refused = up(first, concurrently);
    await expect(refused).rejects.toThrow(DatabaseSetupError);
    await expect(refused).rejects.toThrow(/newer Antiphon.*\(0002-second\).*Nothing was changed\.$/);
    const { rows } = await database.pools.general.query('select name from mikro_orm_migrations order by id');
    expect(rows).toEqual([{ name: '0001-first' }, { name: '0002-second' }]);
  });

  it('leave nothing of one that fails, and keep those before it', async () => {
    await expect(up(first, broken)).rejects.toThrow(/half_done/);
    expect(await tables()).toEqual(['first_table', 'mikro_orm_migrations']);
    expect(await up(first, second)).toEqual(['0002-second']);
  });

  it('refuse two of the same name', async () => {
    await expect(up(first, { ...second, name: '0001-first' })).rejects.toThrow('Two migrations are named 0001-first');
    expect(await tables()).toEqual([]);
  });
});
