import type { Pool } from 'pg';
import type { Clock } from '../../kernel/clock/index.ts';
import type { Secret } from '../../kernel/crypto/index.ts';
import type { Ids } from '../../kernel/ids/index.ts';
import { generateApiKey } from './api-key.policy.ts';
import { insertApiKey } from './api-key.store.ts';
import { isInstalled } from './installation.store.ts';
import { SCOPES, type Scope } from './principal.ts';

export interface ApiKeyServiceDeps {
  readonly pool: Pool;
  readonly pepper: Secret;
  readonly ids: Ids;
  readonly clock: Clock;
}

export interface NewApiKey {
  /** For people; it need not be unique. */
  readonly name: string;
  /** Default: all. */
  readonly scopes?: readonly Scope[];
  /** Shown in the key's prefix; changes nothing else. Default `live`. */
  readonly kind?: 'live' | 'test';
}

/** Makes keys after the first one. */
export class ApiKeyService {
  readonly #deps: ApiKeyServiceDeps;

  constructor(deps: ApiKeyServiceDeps) {
    this.#deps = deps;
  }

  /**
   * Makes a key of the oldest project and returns it in clear, which is the only time anyone sees it. Each call makes another key.
   * Throws when the installation has not been made yet, or was made with another pepper: then no key would ever match.
   */
  async create({ name, scopes = SCOPES, kind = 'live' }: NewApiKey): Promise<Secret> {
    const { pool, pepper, ids, clock } = this.#deps;
    const client = await pool.connect();
    try {
      const tables = await client.query<{ isThere: boolean }>(`select to_regclass('installation') is not null as "isThere"`);
      if (tables.rows[0]?.isThere !== true || !(await isInstalled(client, pepper)))
        throw new Error('There is no organization in this database yet. Start Antiphon once with: npm start');
      const { rows } = await client.query<{ organizationId: string; projectId: string }>(
        'select organization_id as "organizationId", id as "projectId" from project order by created_at, id limit 1',
      );
      const owner = rows[0];
      if (owner === undefined) throw new Error('There is no project in this database. Start Antiphon once with: npm start');
      const secret = generateApiKey(ids, kind);
      await insertApiKey(client, { ...owner, id: ids.uuidv7(), name, secret, scopes, createdAtMs: clock.nowMs() }, pepper);
      return secret;
    } finally {
      client.release();
    }
  }
}
