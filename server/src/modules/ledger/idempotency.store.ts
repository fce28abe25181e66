import type { Pool } from 'pg';
import { toUnavailable } from './ledger.errors.ts';

/** What became of the wish to use a key. */
export type IdempotencyClaim =
  /** The key is ours: carry the call out. */
  | { readonly kind: 'claimed' }
  /** The same call ended before: show that record. */
  | { readonly kind: 'replay'; readonly requestId: string }
  /** The same call is being carried out. */
  | { readonly kind: 'in-flight'; readonly requestId: string }
  /** The key belongs to another call. */
  | { readonly kind: 'mismatch' };

interface ExistingRow {
  readonly request_hash: Buffer;
  readonly request_id: string;
  readonly kind: 'SETTLED' | 'ABANDONED' | null;
}

const KEPT_MS = 24 * 3_600_000;
/** A claim without a request this long after belongs to a process that died in between. */
const UNBEGUN_MS = 60_000;
/** A key can change hands between the two statements; this often in a row it does not. */
const MAX_TRIES = 5;

// A key is free when it is expired, when the call it stands for was abandoned, or when that call never began.
const CLAIM = `
  insert into idempotency as i (project_id, key, request_hash, request_id, created_at)
  values ($1, $2, $3, $4, to_timestamp($5 / 1000.0))
  on conflict (project_id, key) do update
  set request_hash = excluded.request_hash, request_id = excluded.request_id, created_at = excluded.created_at
  where i.created_at <= to_timestamp(($5 - ${KEPT_MS}) / 1000.0)
     or exists (select from completion_settlement s where s.request_id = i.request_id and s.kind = 'ABANDONED')
     or ($6 and i.created_at <= to_timestamp(($5 - ${UNBEGUN_MS}) / 1000.0)
         and not exists (select from completion_request r where r.id = i.request_id)
         and not exists (select from completion_settlement s where s.request_id = i.request_id))`;

const EXISTING = `
  select i.request_hash, i.request_id, s.kind from idempotency i
  left join completion_settlement s on s.request_id = i.request_id
  where i.project_id = $1 and i.key = $2`;

/** Which call a project's idempotency key stands for. Keys are kept for 24 hours. Every method throws `UNAVAILABLE` without a database. */
export class IdempotencyStore {
  readonly #pool: Pool;
  readonly #isJournalEmpty: () => boolean;

  /** `isJournalEmpty`: while records wait there, a request that PostgreSQL does not know may still have begun. */
  constructor(pool: Pool, isJournalEmpty: () => boolean) {
    this.#pool = pool;
    this.#isJournalEmpty = isJournalEmpty;
  }

  /** Takes `key` for `requestId`, or tells what it stands for already. Of calls at the same time exactly one gets `claimed`. */
  async claim(projectId: string, key: string, requestHash: Uint8Array, requestId: string, nowMs: number): Promise<IdempotencyClaim> {
    for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
      const claimed = await this.#query(CLAIM, [projectId, key, Buffer.from(requestHash), requestId, nowMs, this.#isJournalEmpty()]);
      if (claimed.rowCount === 1) return { kind: 'claimed' };
      const existing = (await this.#query<ExistingRow>(EXISTING, [projectId, key])).rows[0];
      if (existing === undefined || existing.kind === 'ABANDONED') continue;
      if (!existing.request_hash.equals(requestHash)) return { kind: 'mismatch' };
      return { kind: existing.kind === null ? 'in-flight' : 'replay', requestId: existing.request_id };
    }
    throw toUnavailable('its idempotency key is contended');
  }

  /** Frees the key of a call that was claimed and then refused before it began. Of another call's key nothing is changed. */
  async release(projectId: string, key: string, requestId: string): Promise<void> {
    await this.#query('delete from idempotency where project_id = $1 and key = $2 and request_id = $3', [projectId, key, requestId]);
  }

  /** Removes keys older than 24 hours, at most 10,000 at once; returns how many. */
  async deleteExpired(nowMs: number): Promise<number> {
    const statement = `
      delete from idempotency i using (
        select project_id, key from idempotency where created_at <= to_timestamp($1 / 1000.0) order by created_at limit 10000
      ) old where i.project_id = old.project_id and i.key = old.key and i.created_at <= to_timestamp($1 / 1000.0)`;
    return (await this.#query(statement, [nowMs - KEPT_MS])).rowCount ?? 0;
  }

  async #query<Row extends object>(text: string, values: unknown[]): Promise<{ rows: Row[]; rowCount: number | null }> {
    try {
      return await this.#pool.query<Row>(text, values);
    } catch (error) {
      throw toUnavailable('the database cannot be asked about its idempotency key', error);
    }
  }
}
