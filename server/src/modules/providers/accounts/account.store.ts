import type { PoolClient } from 'pg';

/** A row of `provider_account`. */
export interface AccountRow {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string;
  readonly vendorId: string;
  readonly providerId: string;
  readonly displayName: string;
  readonly baseUrl: string | null;
  readonly settings: Readonly<Record<string, string>>;
  readonly headerNames: readonly string[];
  readonly sealedHeaders: string | null;
  readonly models: readonly string[];
  readonly isEnabled: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const COLUMNS = `id, organization_id as "organizationId", project_id as "projectId", vendor_id as "vendorId", provider_id as "providerId",
  display_name as "displayName", base_url as "baseUrl", settings, header_names as "headerNames", sealed_headers as "sealedHeaders",
  models, is_enabled as "isEnabled", created_at as "createdAt", updated_at as "updatedAt"`;

/** Null: of every project. */
export async function findAccounts(client: PoolClient, projectIds: readonly string[] | null): Promise<readonly AccountRow[]> {
  const { rows } = await client.query<AccountRow>(
    `select ${COLUMNS} from provider_account where $1::uuid[] is null or project_id = any($1) order by provider_id`,
    [projectIds],
  );
  return rows;
}

/** Null when there is none, or it belongs to another project. */
export async function findAccount(client: PoolClient, projectId: string, id: string): Promise<AccountRow | null> {
  const { rows } = await client.query<AccountRow>(`select ${COLUMNS} from provider_account where project_id = $1 and id = $2`, [
    projectId,
    id,
  ]);
  return rows[0] ?? null;
}

export async function countAccounts(client: PoolClient, projectId: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>('select count(*)::int as count from provider_account where project_id = $1', [
    projectId,
  ]);
  return rows[0]?.count ?? 0;
}

/** False, and nothing is changed, when the project has an account of this provider id. */
export async function insertAccount(client: PoolClient, row: AccountRow): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into provider_account (id, organization_id, project_id, vendor_id, provider_id, display_name, base_url, settings,
       header_names, sealed_headers, models, is_enabled, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict (project_id, provider_id) do nothing`,
    [
      row.id,
      row.organizationId,
      row.projectId,
      row.vendorId,
      row.providerId,
      row.displayName,
      row.baseUrl,
      JSON.stringify(row.settings),
      row.headerNames,
      row.sealedHeaders,
      row.models,
      row.isEnabled,
      row.createdAt,
      row.updatedAt,
    ],
  );
  return rowCount === 1;
}

/** Writes everything but ids, vendor and time of making. */
export async function updateAccount(client: PoolClient, row: AccountRow): Promise<void> {
  await client.query(
    `update provider_account set display_name = $3, base_url = $4, settings = $5, header_names = $6, sealed_headers = $7, models = $8,
       is_enabled = $9, updated_at = $10
     where project_id = $1 and id = $2`,
    [
      row.projectId,
      row.id,
      row.displayName,
      row.baseUrl,
      JSON.stringify(row.settings),
      row.headerNames,
      row.sealedHeaders,
      row.models,
      row.isEnabled,
      row.updatedAt,
    ],
  );
}

/** Its credentials and what was discovered there go with it. */
export async function deleteAccount(client: PoolClient, projectId: string, id: string): Promise<void> {
  await client.query('delete from provider_account where project_id = $1 and id = $2', [projectId, id]);
  await client.query('delete from provider_discovery where project_id = $1 and account_id = $2', [projectId, id]);
}
