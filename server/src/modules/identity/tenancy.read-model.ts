import type { Pool } from 'pg';
import { ApiKeyStore, type ApiKeyRow } from './api-key.store.ts';
import type { Principal } from './principal.ts';

export interface TenantRow {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
}

export interface ViewerRow {
  readonly organization: TenantRow;
  readonly project: TenantRow;
  readonly apiKey: ApiKeyRow | null;
}

/** What a caller may read of its own tenant; every query is bound to the principal. */
export class TenancyReadModel {
  readonly #pool: Pool;
  readonly #apiKeys: ApiKeyStore;

  constructor(pool: Pool) {
    this.#pool = pool;
    this.#apiKeys = new ApiKeyStore(pool);
  }

  /** Null when the tenant has been deleted since the caller was authenticated. */
  async viewer(principal: Principal): Promise<ViewerRow | null> {
    const [organization, project, apiKey] = await Promise.all([
      this.organization(principal, principal.organizationId),
      this.project(principal, principal.projectId),
      principal.apiKeyId === null ? null : this.#apiKeys.findById(principal.apiKeyId),
    ]);
    return organization === null || project === null ? null : { organization, project, apiKey };
  }

  async organization(principal: Principal, id: string): Promise<TenantRow | null> {
    if (id !== principal.organizationId) return null;
    const { rows } = await this.#pool.query<TenantRow>('select id, name, created_at as "createdAt" from organization where id = $1', [id]);
    return rows[0] ?? null;
  }

  async project(principal: Principal, id: string): Promise<TenantRow | null> {
    const { rows } = await this.#pool.query<TenantRow>(
      'select id, name, created_at as "createdAt" from project where id = $1 and organization_id = $2',
      [id, principal.organizationId],
    );
    return rows[0] ?? null;
  }

  async apiKey(principal: Principal, id: string): Promise<ApiKeyRow | null> {
    const row = await this.#apiKeys.findById(id);
    return row !== null && row.projectId === principal.projectId ? row : null;
  }
}
