import { setTimeout as sleep } from 'node:timers/promises';
import { parseUuidOf } from '../../server/src/http/entity-id.ts';
import type { TestDatabase } from '../testkit/database.ts';

export interface AttemptRow {
  readonly ordinal: number;
  readonly providerId: string;
  readonly outcome: string | null;
  readonly basis: string | null;
  readonly errorClass: string | null;
  readonly httpStatus: number | null;
  readonly costNanoUsd: string | null;
}

export interface CallRow {
  readonly door: string;
  readonly isStreaming: boolean;
  readonly kind: string | null;
  readonly outcome: string | null;
  readonly basis: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly costNanoUsd: string | null;
  readonly inputTokens: string | null;
  readonly outputTokens: string | null;
  readonly input: string | null;
  readonly attempts: readonly AttemptRow[];
}

/** What the database holds of the completion that callers know as `requestId`; null when it holds none. */
export async function readCall({ pools }: TestDatabase, requestId: string): Promise<CallRow | null> {
  const id = parseUuidOf('completion', requestId);
  const calls = await pools.general.query<Omit<CallRow, 'attempts'>>(
    `select r.door, r.is_streaming as "isStreaming", s.kind, s.outcome, s.basis, s.error_code as "errorCode", s.error_message as "errorMessage",
       s.cost_nano_usd as "costNanoUsd", s.input_tokens as "inputTokens", s.output_tokens as "outputTokens", i.body::text as input
     from completion_request r left join completion_settlement s on s.request_id = r.id left join completion_input i on i.request_id = r.id
     where r.id = $1`,
    [id],
  );
  const attempts = await pools.general.query<AttemptRow>(
    `select a.ordinal, a.provider_id as "providerId", t.outcome, t.basis, t.error_class as "errorClass", t.http_status as "httpStatus",
       t.cost_nano_usd as "costNanoUsd"
     from completion_attempt a left join completion_attempt_settlement t on t.attempt_id = a.id where a.request_id = $1 order by a.ordinal`,
    [id],
  );
  const [call] = calls.rows;
  return call === undefined ? null : { ...call, attempts: attempts.rows };
}

/** The call once it has been settled, which may be after its caller has gone. */
export function awaitSettled(database: TestDatabase, requestId: string): Promise<CallRow> {
  return poll(async () => {
    const call = await readCall(database, requestId);
    return call?.kind == null ? undefined : call;
  });
}

export interface RefusalRow {
  readonly code: string;
  readonly httpStatus: number;
  readonly door: string;
}

/** A refusal, once the writer has taken it (it does within a quarter of a second). */
export function awaitRefusal(database: TestDatabase, requestId: string): Promise<RefusalRow> {
  const text = 'select code, http_status as "httpStatus", door from request_refusal where id = $1';
  return poll(async () => {
    const { rows } = await database.pools.general.query<RefusalRow>(text, [parseUuidOf('completion', requestId)]);
    return rows[0];
  });
}

/** Codes of what a door refused, each as often as it was, once there are `count` of them. Like refusals may share a row. */
export function awaitRefusals(database: TestDatabase, door: string, count: number): Promise<string[]> {
  return poll(async () => {
    const { rows } = await database.pools.general.query<{ code: string; occurrences: number }>(
      'select code, occurrences from request_refusal where door = $1',
      [door],
    );
    const codes = rows.flatMap(({ code, occurrences }) => Array.from({ length: occurrences }, () => code));
    return codes.length < count ? undefined : codes;
  });
}

const POLL_EVERY_MS = 10;
const POLLS = 500;

async function poll<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < POLLS; tries += 1) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await sleep(POLL_EVERY_MS);
  }
  throw new Error('what was waited for did not come');
}

export interface Balance {
  readonly started: number;
  readonly settled: number;
  readonly attempts: number;
  readonly settledAttempts: number;
}

/** Every row there is, so that a test can tell that nothing was written beside what it saw. */
export async function readBalance({ pools }: TestDatabase): Promise<Balance> {
  const { rows } = await pools.general.query<Balance>(
    `select (select count(*)::int from completion_request) as started, (select count(*)::int from completion_settlement) as settled,
       (select count(*)::int from completion_attempt) as attempts, (select count(*)::int from completion_attempt_settlement) as "settledAttempts"`,
  );
  return rows[0] as Balance;
}

/** Text of every table but those that exist to keep what was said, for leaks. */
export async function readAllButPayloads({ pools }: TestDatabase): Promise<string> {
  const { rows } = await pools.general.query<{ table: string }>(
    `select table_name as table from information_schema.tables
     where table_schema = 'public' and table_name not in ('completion_input', 'completion_output', 'stored_response')`,
  );
  const texts = await Promise.all(
    rows.map(async ({ table }) => JSON.stringify((await pools.general.query(`select * from "${table}"`)).rows)),
  );
  return texts.join('\n');
}
