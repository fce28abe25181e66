import type { PoolClient } from 'pg';
import type { DiscoveredModel } from '../contract.ts';
import { SHARED_PROJECT_ID } from './change.store.ts';

/** A row of `provider_discovery`. */
export interface DiscoveryRow {
  readonly accountId: string;
  /** `SHARED_PROJECT_ID` for an account that all projects share. */
  readonly projectId: string;
  readonly discoveredAt: Date;
  readonly models: readonly DiscoveredModel[];
}

/** Null: of every project and of the shared accounts. */
export async function findDiscoveries(client: PoolClient, projectIds: readonly string[] | null): Promise<readonly DiscoveryRow[]> {
  const { rows } = await client.query<DiscoveryRow>(
    `select account_id as "accountId", coalesce(project_id, $2) as "projectId", discovered_at as "discoveredAt", models
       from provider_discovery where $1::uuid[] is null or coalesce(project_id, $2) = any($1)`,
    [projectIds, SHARED_PROJECT_ID],
  );
  return rows;
}

/** Replaces what was discovered before. */
export async function putDiscovery(client: PoolClient, { accountId, projectId, discoveredAt, models }: DiscoveryRow): Promise<void> {
  await client.query(
    `insert into provider_discovery (account_id, project_id, discovered_at, models) values ($1, $2, $3, $4)
     on conflict (account_id) do update set discovered_at = excluded.discovered_at, models = excluded.models`,
    [accountId, projectId === SHARED_PROJECT_ID ? null : projectId, discoveredAt, JSON.stringify(models)],
  );
}
