import type { Pool, PoolClient } from 'pg';

/** A row of `provider_credential`. */
export interface CredentialRow {
  readonly id: string;
  readonly accountId: string;
  readonly projectId: string;
  readonly name: string;
  readonly hint: string | null;
  readonly sealedSecrets: string;
  readonly isEnabled: boolean;
  readonly createdAt: Date;
  readonly retiresAt: Date | null;
}

const COLUMNS = `id, account_id as "accountId", project_id as "projectId", name, hint, sealed_secrets as "sealedSecrets",
  is_enabled as "isEnabled", created_at as "createdAt", retires_at as "retiresAt"`;

/** Null: of every project. Newest first. */
export async function findCredentials(client: PoolClient, projectIds: readonly string[] | null): Promise<readonly CredentialRow[]> {
  const { rows } = await client.query<CredentialRow>(
    `select ${COLUMNS} from provider_credential where $1::uuid[] is null or project_id = any($1) order by created_at desc, id desc`,
    [projectIds],
  );
  return rows;
}

export async function findCredential(client: PoolClient, projectId: string, id: string): Promise<CredentialRow | null> {
  const { rows } = await client.query<CredentialRow>(`select ${COLUMNS} from provider_credential where project_id = $1 and id = $2`, [
    projectId,
    id,
  ]);
  return rows[0] ?? null;
}

export async function findCredentialsOf(client: PoolClient, accountId: string): Promise<readonly CredentialRow[]> {
  const { rows } = await client.query<CredentialRow>(
    `select ${COLUMNS} from provider_credential where account_id = $1 order by created_at desc, id desc`,
    [accountId],
  );
  return rows;
}

export async function insertCredential(client: PoolClient, row: CredentialRow): Promise<void> {
  await client.query(
    `insert into provider_credential (id, account_id, project_id, name, hint, sealed_secrets, is_enabled, created_at, retires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [row.id, row.accountId, row.projectId, row.name, row.hint, row.sealedSecrets, row.isEnabled, row.createdAt, row.retiresAt],
  );
}

export async function updateCredential(
  client: PoolClient,
  { projectId, id, isEnabled, retiresAt }: Pick<CredentialRow, 'projectId' | 'id' | 'isEnabled' | 'retiresAt'>,
): Promise<void> {
  await client.query('update provider_credential set is_enabled = $3, retires_at = $4 where project_id = $1 and id = $2', [
    projectId,
    id,
    isEnabled,
    retiresAt,
  ]);
}

export async function deleteCredential(client: PoolClient, projectId: string, id: string): Promise<void> {
  await client.query('delete from provider_credential where project_id = $1 and id = $2', [projectId, id]);
}

/** Projects with credentials whose time to go has come. */
export async function findRetiring(pool: Pool, at: Date): Promise<readonly string[]> {
  const { rows } = await pool.query<{ projectId: string }>(
    'select distinct project_id as "projectId" from provider_credential where retires_at <= $1',
    [at],
  );
  return rows.map(({ projectId }) => projectId);
}

/** How many went. */
export async function deleteRetired(client: PoolClient, projectId: string, at: Date): Promise<number> {
  const { rowCount } = await client.query('delete from provider_credential where project_id = $1 and retires_at <= $2', [projectId, at]);
  return rowCount ?? 0;
}
