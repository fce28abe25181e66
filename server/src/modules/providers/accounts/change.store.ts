import type { Pool, PoolClient } from 'pg';
import { AntiphonError } from '../../../kernel/errors/index.ts';
import { isConnectionFailure } from '../../../kernel/db/index.ts';

/** Stands for what all projects share: discoveries at accounts of the environment and the file. */
export const SHARED_PROJECT_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Runs `change` in a transaction that gives the project a new revision. Changes of all projects wait for each other (one row is
 * locked), so that revisions become visible in the order of their numbers; there are few of them and they are short.
 */
export async function changeProject<Result>(
  pool: Pool,
  projectId: string,
  change: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  return inTransaction(pool, 'begin', async (client) => {
    const { rows } = await client.query<{ revision: string }>('update provider_change set revision = revision + 1 returning revision');
    const result = await change(client);
    await client.query(
      `insert into provider_revision (project_id, revision) values ($1, $2)
       on conflict (project_id) do update set revision = excluded.revision`,
      [projectId, rows[0]?.revision],
    );
    return result;
  });
}

/** Reads that belong together see one state of the database. */
export function readTogether<Result>(pool: Pool, read: (client: PoolClient) => Promise<Result>): Promise<Result> {
  return inTransaction(pool, 'begin isolation level repeatable read read only', read);
}

/** Projects that changed after a revision, with their new ones. Null instead of a revision: every project, with the highest of all. */
export async function findChanges(
  pool: Pool,
  after: bigint,
): Promise<{ readonly projectIds: readonly string[]; readonly revision: bigint }> {
  const { rows } = await pool.query<{ projectId: string; revision: string }>({
    name: 'provider-changes',
    text: 'select project_id as "projectId", revision from provider_revision where revision > $1 order by revision',
    values: [after.toString()],
  });
  return { projectIds: rows.map(({ projectId }) => projectId), revision: rows.length === 0 ? after : BigInt(rows.at(-1)?.revision ?? 0) };
}

/** The newest revision that is visible to `client`. */
export async function currentRevision(client: PoolClient): Promise<bigint> {
  const { rows } = await client.query<{ revision: string }>('select coalesce(max(revision), 0) as revision from provider_revision');
  return BigInt(rows[0]?.revision ?? 0);
}

async function inTransaction<Result>(pool: Pool, begin: string, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect().catch(unavailable);
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    return unavailable(error);
  } finally {
    client.release();
  }
}

function unavailable(cause: unknown): never {
  if (!isConnectionFailure(cause)) throw cause;
  throw new AntiphonError('UNAVAILABLE', 'The database that keeps the provider accounts cannot be reached. Try again shortly.', { cause });
}
