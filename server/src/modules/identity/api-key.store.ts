import type { Pool, PoolClient } from 'pg';
import type { Secret } from '../../kernel/crypto/index.ts';
import { displayPrefixOf, hashApiKey } from './api-key.policy.ts';
import type { Principal, Scope } from './principal.ts';

export interface ApiKeyRow {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string;
  readonly name: string;
  readonly displayPrefix: string;
  readonly scopes: readonly Scope[];
  readonly requestsPerMinute: number | null;
  readonly concurrency: number | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

const COLUMNS = `id, organization_id as "organizationId", project_id as "projectId", name, display_prefix as "displayPrefix", scopes,
  requests_per_minute as "requestsPerMinute", concurrency, created_at as "createdAt", expires_at as "expiresAt", revoked_at as "revokedAt"`;

/** The SQL of `api_key`. Secrets come in hashed and never go out. */
export class ApiKeyStore {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async findByHash(secretHash: Buffer): Promise<ApiKeyRow | null> {
    const { rows } = await this.#pool.query<ApiKeyRow>({
      name: 'api-key-by-hash',
      text: `select ${COLUMNS} from api_key where secret_hash = $1`,
      values: [secretHash],
    });
    return rows[0] ?? null;
  }

  async findById(id: string): Promise<ApiKeyRow | null> {
    const { rows } = await this.#pool.query<ApiKeyRow>(`select ${COLUMNS} from api_key where id = $1`, [id]);
    return rows[0] ?? null;
  }

  /** Records when keys were last used; many keys in one statement, later instants win. */
  async touch(lastUsed: ReadonlyMap<string, number>): Promise<void> {
    await this.#pool.query(
      `update api_key set last_used_at = used.at
         from unnest($1::uuid[], $2::timestamptz[]) as used (id, at)
        where api_key.id = used.id and (api_key.last_used_at is null or api_key.last_used_at < used.at)`,
      [[...lastUsed.keys()], [...lastUsed.values()].map((atMs) => new Date(atMs).toISOString())],
    );
  }
}

export function toPrincipal(row: ApiKeyRow): Principal {
  return {
    organizationId: row.organizationId,
    projectId: row.projectId,
    apiKeyId: row.id,
    scopes: new Set(row.scopes),
    requestsPerMinute: row.requestsPerMinute,
    concurrency: row.concurrency,
  };
}

export interface NewApiKeyRow {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string;
  readonly name: string;
  readonly secret: Secret;
  readonly scopes: readonly Scope[];
  readonly createdAtMs: number;
}

/** Stores a key by its hash; a key that is there already is left as it is. */
export async function insertApiKey(client: PoolClient, key: NewApiKeyRow, pepper: Secret): Promise<void> {
  const text = key.secret.reveal();
  await client.query(
    `insert into api_key (id, organization_id, project_id, name, display_prefix, secret_hash, scopes, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (secret_hash) do nothing`,
    [
      key.id,
      key.organizationId,
      key.projectId,
      key.name,
      displayPrefixOf(text),
      hashApiKey(pepper, text),
      [...key.scopes],
      new Date(key.createdAtMs).toISOString(),
    ],
  );
}
