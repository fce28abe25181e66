import pg from 'pg';
import type { Logger } from '../telemetry/index.ts';
import { describeTarget, toClientConfig, type DatabaseTarget } from './connection.ts';
import { createOrm, type MigrationObject } from './orm.ts';
import { DatabaseSetupError } from './setup-error.ts';

export interface MigrateOptions {
  /** In the order in which they are applied. Names are kept in the database for ever. */
  readonly migrations: readonly MigrationObject[];
  readonly log: Pick<Logger, 'info'>;
}

/** Any number will do as long as no other program takes the same: "antiphon" in ASCII, cut to a positive 63-bit integer. */
const LOCK_KEY = '7020676865323462510';

/**
 * Brings the database of `target` up to the newest migration and returns the names of those it applied, oldest first.
 * Forward only. Safe to run from many processes at once: one applies, the others wait and find nothing to do.
 * Each migration is one transaction; when one fails, those before it stay and the error is thrown.
 * Throws `DatabaseSetupError` and changes nothing when the database knows a migration that this program does not.
 */
export async function migrate(target: DatabaseTarget, options: MigrateOptions): Promise<string[]> {
  assertUniqueNames(options.migrations);
  // MikroORM's migrator takes no lock; ours is held by a connection of its own, so the server frees it when this process dies.
  const client = new pg.Client({ ...toClientConfig(target), application_name: 'antiphon:migrate', keepAlive: true });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1::bigint)', [LOCK_KEY]);
    return await applyPending(target, options);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function applyPending(target: DatabaseTarget, { migrations, log }: MigrateOptions): Promise<string[]> {
  const orm = await createOrm(target, [], { migrations, maxConnections: 2, statementTimeoutMs: 0 });
  try {
    const executed = await orm.migrator.getExecuted();
    refuseNewerDatabase(target, migrations, executed);
    const applied = await orm.migrator.up();
    const names = applied.map((migration) => migration.name);
    if (names.length > 0) log.info({ migrations: names }, 'database migrated');
    return names;
  } finally {
    await orm.close();
  }
}

function refuseNewerDatabase(target: DatabaseTarget, migrations: readonly MigrationObject[], executed: readonly { name: string }[]): void {
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = executed.map((row) => row.name).filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  const { host, database } = describeTarget(target);
  throw new DatabaseSetupError(
    `The database "${database}" on ${host} has been used by a newer Antiphon: it holds migrations this version does not know ` +
      `(${unknown.join(', ')}). Run that version or a newer one, or restore a backup made before the upgrade. Nothing was changed.`,
  );
}

function assertUniqueNames(migrations: readonly MigrationObject[]): void {
  const names = migrations.map((migration) => migration.name);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw new Error(`Two migrations are named ${repeated}; names identify them in every database.`);
}
