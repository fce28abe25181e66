import { Migrator } from '@mikro-orm/migrations';
import { MikroORM, type AnyEntity, type EntityClass, type EntitySchema, type MigrationObject } from '@mikro-orm/postgresql';
import { describeTarget, toClientConfig, type DatabaseTarget } from './connection.ts';

export type { MigrationObject };
export type Entities = readonly (EntityClass<AnyEntity> | EntitySchema)[];

export interface OrmOptions {
  /** Connections of the ORM's own pool at most. Default 4. */
  readonly maxConnections?: number;
  /** Only `migrate` gives these. */
  readonly migrations?: readonly MigrationObject[];
  /** 0: none. Default 30,000. */
  readonly statementTimeoutMs?: number;
}

/** The ORM over `entities`, with a small pool of its own. It connects with the first query; close it with `orm.close()`. */
export async function createOrm(target: DatabaseTarget, entities: Entities, options: OrmOptions = {}): Promise<MikroORM> {
  const { maxConnections = 4, migrations = [], statementTimeoutMs = 30_000 } = options;
  return MikroORM.init({
    entities: [...entities],
    dbName: describeTarget(target).database,
    // A function, because MikroORM would clone an object deeply. It also carries what a URL says and MikroORM does not read (sslmode).
    driverOptions: () => ({
      ...toClientConfig(target),
      application_name: 'antiphon:orm',
      statement_timeout: statementTimeoutMs,
      keepAlive: true,
    }),
    pool: { min: 0, max: maxConnections },
    extensions: [Migrator],
    migrations: {
      migrationsList: [...migrations],
      snapshot: false,
      silent: true,
      transactional: true,
      // One transaction for each: `create index concurrently` must be possible, and locks must not be held over many migrations.
      allOrNothing: false,
      // Switching foreign keys off needs a superuser, which the role of a DATABASE_URL is not.
      disableForeignKeys: false,
    },
    discovery: { warnWhenNoEntities: false },
    metadataCache: { enabled: false },
    forceUtcTimezone: true,
    debug: false,
  });
}
