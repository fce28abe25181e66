import type { Pool } from 'pg';
import { KEPT_MS, MAX_CHAIN_BYTES, MAX_CHAIN_LENGTH, MAX_RESPONSE_BYTES } from './response.limits.ts';
import type { JsonFields, NewStoredResponse, ResponseEnd, ResponseStatus, StoredResponse } from './stored-response.ts';

interface Row {
  readonly project_id: string;
  readonly id: string;
  readonly completion_id: string;
  readonly status: ResponseStatus;
  readonly is_background: boolean;
  readonly provider_id: string | null;
  readonly is_kept_upstream: boolean;
  readonly previous_response_id: string | null;
  readonly input: JsonFields[];
  readonly response: JsonFields;
  readonly events: string | null;
}

const COLUMNS = [
  'project_id',
  'id',
  'completion_id',
  'status',
  'is_background',
  'provider_id',
  'is_kept_upstream',
  'previous_response_id',
  'input',
  'response',
].join(', ');

const INSERT = `
  insert into stored_response (project_id, id, completion_id, status, is_background, provider_id, is_kept_upstream, previous_response_id,
    input, response, events, item_ids, size_bytes, lease_until, created_at, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, to_timestamp($14 / 1000.0), to_timestamp($15 / 1000.0),
    to_timestamp($16 / 1000.0))
  on conflict (project_id, id) do nothing`;

/** Oldest first. Bounded in length and in bytes before anything large is read. */
const CHAIN = `
  with recursive chain as (
    select 0 as depth, id, previous_response_id as previous, size_bytes::bigint as bytes
    from stored_response where project_id = $1 and id = $2
    union all
    select c.depth + 1, r.id, r.previous_response_id, c.bytes + r.size_bytes
    from stored_response r join chain c on r.id = c.previous
    where r.project_id = $1 and c.depth < ${MAX_CHAIN_LENGTH} and c.bytes < ${MAX_CHAIN_BYTES}
  )
  select ${COLUMNS}, null as events from chain join stored_response using (id) where project_id = $1 order by depth desc`;

/** What has ended stays as it ended. */
const FINISH = `
  update stored_response
  set status = $3, response = $4, events = $5, provider_id = $6, item_ids = item_ids || $7, size_bytes = size_bytes + $8, lease_until = null
  where project_id = $1 and id = $2 and status in ('queued', 'in_progress')`;

/** Rows of responses that callers asked us to keep. Every look-up is by project: another project's response is not there. */
export class ResponseStore {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** False when it is too large to be kept. Repeating changes nothing. */
  async insert(stored: NewStoredResponse): Promise<boolean> {
    const input = JSON.stringify(stored.input);
    const response = JSON.stringify(stored.response);
    const sizeBytes = Buffer.byteLength(input) + Buffer.byteLength(response);
    if (sizeBytes > MAX_RESPONSE_BYTES) return false;
    await this.#pool.query(INSERT, [
      stored.projectId,
      stored.id,
      stored.completionId,
      stored.status,
      stored.isBackground,
      stored.providerId,
      stored.isKeptUpstream,
      stored.previousResponseId,
      input,
      response,
      stored.events,
      stored.itemIds,
      sizeBytes,
      stored.leaseUntilMs,
      stored.createdAtMs,
      stored.createdAtMs + KEPT_MS,
    ]);
    return true;
  }

  async find(projectId: string, id: string): Promise<StoredResponse | null> {
    const text = `select ${COLUMNS}, events from stored_response where project_id = $1 and id = $2`;
    const { rows } = await this.#pool.query<Row>(text, [projectId, id]);
    return rows[0] === undefined ? null : toStoredResponse(rows[0]);
  }

  /** The response and all that it builds on, oldest first; empty when one of them is gone or they are too many or too large. */
  async findChain(projectId: string, id: string): Promise<readonly StoredResponse[]> {
    const { rows } = await this.#pool.query<Row>(CHAIN, [projectId, id]);
    const isWhole = rows[0]?.previous_response_id === null && rows.length <= MAX_CHAIN_LENGTH;
    return isWhole ? rows.map(toStoredResponse) : [];
  }

  /** The responses that hold one of these items. */
  async findByItems(projectId: string, itemIds: readonly string[]): Promise<readonly StoredResponse[]> {
    const text = `select ${COLUMNS}, null as events from stored_response where project_id = $1 and item_ids && $2::text[]`;
    const { rows } = await this.#pool.query<Row>(text, [projectId, itemIds]);
    return rows.map(toStoredResponse);
  }

  /** Whether there was one. */
  async remove(projectId: string, id: string): Promise<boolean> {
    const { rowCount } = await this.#pool.query('delete from stored_response where project_id = $1 and id = $2', [projectId, id]);
    return rowCount === 1;
  }

  /** Its state while it runs; false when it has ended or is gone. */
  async progress(projectId: string, id: string, response: JsonFields): Promise<boolean> {
    const text = `update stored_response set status = 'in_progress', response = $3
      where project_id = $1 and id = $2 and status in ('queued', 'in_progress')`;
    const { rowCount } = await this.#pool.query(text, [projectId, id, JSON.stringify(response)]);
    return rowCount === 1;
  }

  /** False when it had ended before, or is gone. Events that do not fit are left out. */
  async finish(projectId: string, id: string, end: ResponseEnd): Promise<boolean> {
    const response = JSON.stringify(end.response);
    const events = end.events !== null && Buffer.byteLength(end.events) > MAX_RESPONSE_BYTES ? null : end.events;
    const sizeBytes = Buffer.byteLength(response) + Buffer.byteLength(events ?? '');
    const values = [projectId, id, end.status, response, events, end.providerId, end.itemIds, sizeBytes];
    const { rowCount } = await this.#pool.query(FINISH, values);
    return rowCount === 1;
  }

  /** Asks whoever runs it to stop. */
  async requestCancel(projectId: string, id: string): Promise<void> {
    const text = `update stored_response set is_cancel_requested = true where project_id = $1 and id = $2 and status in ('queued', 'in_progress')`;
    await this.#pool.query(text, [projectId, id]);
  }

  /** Says that these still run; gives those that are to stop (asked to, or deleted). Keys are `<project>/<id>`. */
  async renew(running: readonly { readonly projectId: string; readonly id: string }[], leaseUntilMs: number): Promise<readonly string[]> {
    const text = `
      with running as (select * from unnest($1::uuid[], $2::text[]) as r (project_id, id)),
      renewed as (
        update stored_response s set lease_until = to_timestamp($3 / 1000.0) from running r
        where s.project_id = r.project_id and s.id = r.id and s.status in ('queued', 'in_progress')
        returning s.project_id, s.id, s.is_cancel_requested
      )
      select r.project_id || '/' || r.id as key from running r left join renewed n using (project_id, id)
      where n.id is null or n.is_cancel_requested`;
    const values = [running.map(({ projectId }) => projectId), running.map(({ id }) => id), leaseUntilMs];
    const { rows } = await this.#pool.query<{ key: string }>(text, values);
    return rows.map(({ key }) => key);
  }
}

function toStoredResponse(row: Row): StoredResponse {
  return {
    projectId: row.project_id,
    id: row.id,
    completionId: row.completion_id,
    status: row.status,
    isBackground: row.is_background,
    providerId: row.provider_id,
    isKeptUpstream: row.is_kept_upstream,
    previousResponseId: row.previous_response_id,
    input: row.input,
    response: row.response,
    events: row.events,
  };
}
