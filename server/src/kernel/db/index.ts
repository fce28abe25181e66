/**
 * PostgreSQL: the embedded one or an operator's. Owns the server's life, connections and the schema's timeline; knows no table.
 */
export { describeTarget, toClientConfig, toDatabaseUrl, withDatabase, type ConnectionFields, type DatabaseTarget } from './connection.ts';
export { isConnectionFailure } from './connection-failure.ts';
export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded/embedded-postgres.ts';
export { clearLeftovers } from './embedded/leftovers.ts';
export { createDataDir } from './embedded/placement.ts';
export { lockFolder, type InstanceLock } from './embedded/instance-lock.ts';
export { migrate, type MigrateOptions } from './migrate.ts';
export { createOrm, type Entities, type MigrationObject, type OrmOptions } from './orm.ts';
export { createPools, type PoolName, type Pools, type PoolSettings, type PoolsOptions } from './pools.ts';
export { checkServer, type ServerDescription } from './server-check.ts';
export { DatabaseSetupError } from './setup-error.ts';
