import type { Pool, PoolClient } from 'pg';
import type { TokenCounts } from './ledger.records.ts';

export interface EndedInstance {
  readonly id: string;
  /** Its lease ran out, and nothing else says that it is dead. */
  readonly isOnlyExpired: boolean;
}

export interface OpenAttempt {
  readonly id: string;
  readonly requestId: string;
  readonly modelId: string;
  readonly startedAtMs: number;
  readonly checkpoint: { readonly inputTokens: number; readonly outputTokens: number; readonly atMs: number } | null;
  /** Size of what was asked; null where payloads are not recorded. */
  readonly inputBytes: number | null;
}

export interface OrphanedAttempt {
  readonly id: string;
  readonly requestId: string;
  readonly tokens: TokenCounts;
  readonly costNanoUsd: bigint | null;
  readonly priceVersion: string | null;
  readonly durationMs: number;
}

export interface PageQuery {
  readonly instanceId: string;
  readonly deadSlotIds: readonly string[];
  /** Only requests with a smaller id; null for the newest. */
  readonly beforeId: string | null;
  readonly nowMs: number;
}

export interface ClosedPage {
  readonly closedRequests: number;
  readonly closedAttempts: number;
  /** Where to go on; null when the instance is done. */
  readonly nextBeforeId: string | null;
}

interface AttemptRow {
  readonly id: string;
  readonly request_id: string;
  readonly model_id: string;
  readonly started_ms: number;
  readonly input_tokens: string | null;
  readonly output_tokens: string | null;
  readonly checkpoint_ms: number | null;
  readonly input_bytes: string | null;
}

/** "antiphon reconciler"; any number will do as long as it is always this one. */
const LOCK_KEY = '7020676865323462511';
/** Requests looked at in one transaction; most of them are settled. */
const PAGE_SIZE = 5000;

const IS_DEAD = `(ended_at is not null or lease_until < now() or slot_id = any($2::uuid[]))`;

const PAGE = `
  with page as materialized (
    select id from completion_request where instance_id = $1 and ($2::uuid is null or id < $2) order by id desc limit ${PAGE_SIZE}
  )
  select (select count(*)::integer from page) as size, (select id from page order by id limit 1) as last_id,
    array(select p.id from page p where not exists (select from completion_settlement s where s.request_id = p.id) order by p.id)::text[]
      as open_ids`;

const OPEN_ATTEMPTS = `
  select a.id, a.request_id, a.model_id, (extract(epoch from a.started_at) * 1000)::float8 as started_ms, c.input_tokens, c.output_tokens,
    (extract(epoch from c.at) * 1000)::float8 as checkpoint_ms, i.size_bytes as input_bytes
  from completion_attempt a
  left join completion_attempt_settlement t on t.attempt_id = a.id
  left join completion_checkpoint c on c.attempt_id = a.id
  left join completion_input i on i.request_id = a.request_id
  where a.request_id = any($1::uuid[]) and t.attempt_id is null
  order by a.id`;

const CLOSE_ATTEMPTS = `
  insert into completion_attempt_settlement (attempt_id, request_id, outcome, basis, input_tokens, cached_read_tokens, cache_write_tokens,
    output_tokens, reasoning_tokens, audio_input_tokens, audio_output_tokens, image_input_tokens, total_tokens, cost_nano_usd, price_version,
    duration_ms, settled_at)
  select v.id, v.request_id, 'ORPHANED', 'ESTIMATED', v.input_tokens, 0, 0, v.output_tokens, 0, 0, 0, 0, v.input_tokens + v.output_tokens,
    v.cost_nano_usd, v.price_version, v.duration_ms, to_timestamp($2 / 1000.0)
  from json_to_recordset($1::json) as v(id uuid, request_id uuid, input_tokens bigint, output_tokens bigint, cost_nano_usd bigint,
    price_version text, duration_ms float8)
  on conflict do nothing`;

// After CLOSE_ATTEMPTS every attempt of these requests is settled, by us or by a late writer, so the sums are final.
const CLOSE_REQUESTS = `
  insert into completion_settlement (request_id, kind, outcome, basis, error_code, error_message, input_tokens, cached_read_tokens,
    cache_write_tokens, output_tokens, reasoning_tokens, audio_input_tokens, audio_output_tokens, image_input_tokens, total_tokens,
    cost_nano_usd, duration_ms, settled_at)
  select r.id, 'ABANDONED', 'ORPHANED',
    case when bool_or(t.basis = 'ESTIMATED') then 'ESTIMATED' when bool_or(t.basis = 'ACTUAL') then 'ACTUAL' else 'VOID' end,
    'UNAVAILABLE', 'The server ended while it was working on this call; it was closed from its last checkpoint. Send it again.',
    ${sums([
      'input_tokens',
      'cached_read_tokens',
      'cache_write_tokens',
      'output_tokens',
      'reasoning_tokens',
      'audio_input_tokens',
      'audio_output_tokens',
      'image_input_tokens',
      'total_tokens',
    ])},
    case when bool_or(t.attempt_id is not null and t.cost_nano_usd is null) then null else coalesce(sum(t.cost_nano_usd), 0)::bigint end,
    coalesce(max((extract(epoch from a.started_at - r.started_at) * 1000)::float8 + t.duration_ms), 0), to_timestamp($2 / 1000.0)
  from completion_request r
  left join completion_attempt_settlement t on t.request_id = r.id
  left join completion_attempt a on a.id = t.attempt_id
  where r.id = any($1::uuid[])
  group by r.id
  order by r.id
  on conflict do nothing`;

function sums(columns: readonly string[]): string {
  return columns.map((column) => `coalesce(sum(t.${column}), 0)::bigint`).join(', ');
}

/** Finds and closes rows whose process is gone. */
export class OrphanStore {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async findEndedInstances(ownInstanceId: string, deadSlotIds: readonly string[]): Promise<EndedInstance[]> {
    const { rows } = await this.#pool.query<{ id: string; is_only_expired: boolean }>(
      `select id, ended_at is null and not slot_id = any($2::uuid[]) as is_only_expired
       from ledger_instance where id <> $1 and reconciled_at is null and ${IS_DEAD} order by started_at limit 1000`,
      [ownInstanceId, deadSlotIds],
    );
    return rows.map((row) => ({ id: row.id, isOnlyExpired: row.is_only_expired }));
  }

  /** Closes what is open among the next requests of an instance, in one transaction; nothing when the instance has come back to life. */
  async closePage(query: PageQuery, toOrphaned: (attempt: OpenAttempt) => OrphanedAttempt): Promise<ClosedPage> {
    const nothing: ClosedPage = { closedRequests: 0, closedAttempts: 0, nextBeforeId: null };
    return this.#inTransaction(async (client) => {
      await client.query('select pg_advisory_xact_lock($1::bigint)', [LOCK_KEY]);
      // The row's lock makes a process that renews its lease now wait, and see its requests closed or not at all touched.
      const dead = await client.query(`select from ledger_instance where id = $1 and reconciled_at is null and ${IS_DEAD} for update`, [
        query.instanceId,
        query.deadSlotIds,
      ]);
      if (dead.rowCount === 0) return nothing;
      const { rows } = await client.query<{ size: number; last_id: string | null; open_ids: string[] }>(PAGE, [
        query.instanceId,
        query.beforeId,
      ]);
      const { size, last_id: lastId, open_ids: openIds } = rows[0] ?? { size: 0, last_id: null, open_ids: [] };
      const closed = openIds.length === 0 ? nothing : await closeRequests(client, openIds, query.nowMs, toOrphaned);
      if (size === PAGE_SIZE) return { ...closed, nextBeforeId: lastId };
      await client.query('update ledger_instance set reconciled_at = now(), ended_at = coalesce(ended_at, now()) where id = $1', [
        query.instanceId,
      ]);
      return closed;
    });
  }

  /** Attempts that a process began although its request had been abandoned: their sums are closed, so they count as nothing, at no known cost. */
  async closeStrayAttempts(nowMs: number): Promise<number> {
    const { rowCount } = await this.#pool.query(
      `insert into completion_attempt_settlement (attempt_id, request_id, outcome, basis, input_tokens, cached_read_tokens,
         cache_write_tokens, output_tokens, reasoning_tokens, audio_input_tokens, audio_output_tokens, image_input_tokens, total_tokens,
         duration_ms, settled_at)
       select a.id, a.request_id, 'ORPHANED', 'VOID', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, to_timestamp($1 / 1000.0)
       from completion_settlement s
       join completion_attempt a on a.request_id = s.request_id
       where s.kind = 'ABANDONED' and s.settled_at > to_timestamp($1 / 1000.0) - interval '1 day'
         and not exists (select from completion_attempt_settlement t where t.attempt_id = a.id)
       on conflict do nothing`,
      [nowMs],
    );
    return rowCount ?? 0;
  }

  /** Rows that were journaled by earlier holders of these slots have come in: their instances have to be looked through again. */
  async reopenInstances(slotIds: readonly string[]): Promise<void> {
    await this.#pool.query('update ledger_instance set reconciled_at = null where slot_id = any($1::uuid[])', [slotIds]);
  }

  async #inTransaction<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query('commit');
      client.release();
      return result;
    } catch (error) {
      // Closing the connection rolls back, whatever state it is in.
      client.release(error as Error);
      throw error;
    }
  }
}

async function closeRequests(
  client: PoolClient,
  requestIds: readonly string[],
  nowMs: number,
  toOrphaned: (attempt: OpenAttempt) => OrphanedAttempt,
): Promise<ClosedPage> {
  const { rows } = await client.query<AttemptRow>(OPEN_ATTEMPTS, [requestIds]);
  const orphaned = rows.map((row) => toOrphaned(toOpenAttempt(row)));
  const attempts = await client.query(CLOSE_ATTEMPTS, [JSON.stringify(orphaned.map(toRow)), nowMs]);
  const requests = await client.query(CLOSE_REQUESTS, [requestIds, nowMs]);
  return { closedRequests: requests.rowCount ?? 0, closedAttempts: attempts.rowCount ?? 0, nextBeforeId: null };
}

function toOpenAttempt(row: AttemptRow): OpenAttempt {
  const checkpoint =
    row.checkpoint_ms === null
      ? null
      : { inputTokens: Number(row.input_tokens), outputTokens: Number(row.output_tokens), atMs: row.checkpoint_ms };
  const inputBytes = row.input_bytes === null ? null : Number(row.input_bytes);
  return { id: row.id, requestId: row.request_id, modelId: row.model_id, startedAtMs: row.started_ms, checkpoint, inputBytes };
}

function toRow(attempt: OrphanedAttempt): object {
  return {
    id: attempt.id,
    request_id: attempt.requestId,
    input_tokens: attempt.tokens.inputTokens,
    output_tokens: attempt.tokens.outputTokens,
    cost_nano_usd: attempt.costNanoUsd?.toString() ?? null,
    price_version: attempt.priceVersion,
    duration_ms: attempt.durationMs,
  };
}
