import type { PoolClient } from 'pg';

/** A row of `model_alias`. */
export interface AliasRow {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string;
  readonly name: string;
  readonly targets: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const COLUMNS = `id, organization_id as "organizationId", project_id as "projectId", name, targets, created_at as "createdAt",
  updated_at as "updatedAt"`;

/** Null: of every project. */
export async function findAliases(client: PoolClient, projectIds: readonly string[] | null): Promise<readonly AliasRow[]> {
  const { rows } = await client.query<AliasRow>(
    `select ${COLUMNS} from model_alias where $1::uuid[] is null or project_id = any($1) order by name`,
    [projectIds],
  );
  return rows;
}

export async function findAlias(client: PoolClient, projectId: string, id: string): Promise<AliasRow | null> {
  const { rows } = await client.query<AliasRow>(`select ${COLUMNS} from model_alias where project_id = $1 and id = $2`, [projectId, id]);
  return rows[0] ?? null;
}

export async function countAliases(client: PoolClient, projectId: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>('select count(*)::int as count from model_alias where project_id = $1', [
    projectId,
  ]);
  return rows[0]?.count ?? 0;
}

/** False, and nothing is changed, when the project has an alias of this name. */
export async function insertAlias(client: PoolClient, row: AliasRow): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into model_alias (id, organization_id, project_id, name, targets, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (project_id, name) do nothing`,
    [row.id, row.organizationId, row.projectId, row.name, row.targets, row.createdAt, row.updatedAt],
  );
  return rowCount === 1;
}

export async function updateAlias(client: PoolClient, { projectId, id, targets, updatedAt }: AliasRow): Promise<void> {
  await client.query('update model_alias set targets = $3, updated_at = $4 where project_id = $1 and id = $2', [
    projectId,
    id,
    targets,
    updatedAt,
  ]);
}

export async function deleteAlias(client: PoolClient, projectId: string, id: string): Promise<void> {
  await client.query('delete from model_alias where project_id = $1 and id = $2', [projectId, id]);
}
