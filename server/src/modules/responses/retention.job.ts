import type { Pool } from 'pg';
import { MAX_TOTAL_BYTES } from './response.limits.ts';
import type { JsonFields } from './stored-response.ts';

const BATCH = 1000;

/** Deletes responses whose time is over, then the oldest ones of what is too much altogether. Safe to run twice. Gives how many went. */
export async function deleteExpiredResponses(pool: Pool, nowMs: number, maxTotalBytes = MAX_TOTAL_BYTES): Promise<number> {
  const expired = `delete from stored_response where ctid in (
    select ctid from stored_response where expires_at <= to_timestamp($1 / 1000.0) limit ${BATCH})`;
  // Those that still run are left alone: whoever runs them would run into nothing.
  const excess = `delete from stored_response where ctid in (
    select ctid from (
      select ctid, lease_until, created_at, sum(size_bytes) over (order by created_at desc, id) as bytes from stored_response
    ) sized where bytes > $1 and lease_until is null order by created_at limit ${BATCH})`;
  return (await repeat(pool, expired, nowMs)) + (await repeat(pool, excess, maxTotalBytes));
}

async function repeat(pool: Pool, text: string, value: number): Promise<number> {
  let deleted = 0;
  for (;;) {
    const { rowCount } = await pool.query(text, [value]);
    deleted += rowCount ?? 0;
    if ((rowCount ?? 0) < BATCH) return deleted;
  }
}

const LOST = { code: 'server_error', message: 'The server stopped while this response was being made. Ask for it again.' };

/** Ends background responses whose process died. Safe to run twice. Gives how many there were. */
export async function failLostResponses(pool: Pool, nowMs: number): Promise<number> {
  const { rows } = await pool.query<{ project_id: string; id: string; response: JsonFields }>(
    `select project_id, id, response from stored_response where lease_until <= to_timestamp($1 / 1000.0) limit ${BATCH}`,
    [nowMs],
  );
  for (const { project_id, id, response } of rows)
    await pool.query(
      `update stored_response set status = 'failed', lease_until = null, response = $3
       where project_id = $1 and id = $2 and status in ('queued', 'in_progress') and lease_until <= to_timestamp($4 / 1000.0)`,
      [project_id, id, JSON.stringify({ ...response, status: 'failed', error: LOST }), nowMs],
    );
  return rows.length;
}
