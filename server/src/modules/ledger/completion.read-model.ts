import type { Pool } from 'pg';
import {
  ATTEMPT_COLUMNS,
  REQUEST_COLUMNS,
  toAttempt,
  toCompletion,
  type AttemptRow,
  type CompletionAttempt,
  type CompletionRecord,
  type CompletionStatus,
  type RequestRow,
} from './completion.record.ts';
import { toUnavailable } from './ledger.errors.ts';
import type { Door, Outcome } from './ledger.records.ts';
import { highestIdBefore, lowestIdFrom } from './request-id-range.ts';

/** All given conditions must hold. */
export interface CompletionFilter {
  /** As the caller wrote it. */
  readonly model?: string;
  /** Provider of the attempt that served it. */
  readonly providerId?: string;
  readonly outcome?: Outcome;
  readonly status?: CompletionStatus;
  readonly door?: Door;
  /** Range of start times, half open. */
  readonly startedFromMs?: number;
  readonly startedToMs?: number;
}

export interface CompletionPageQuery {
  readonly filter?: CompletionFilter;
  /** Only older than this id. */
  readonly after?: string;
  /** Only newer than this id. */
  readonly before?: string;
  /** 1 to 100. */
  readonly limit: number;
  /** `newest`: the page at the newest end of what `after` and `before` leave; `oldest`: at the oldest. Items are newest first either way. */
  readonly end: 'newest' | 'oldest';
}

export interface CompletionPage {
  readonly items: readonly CompletionRecord[];
  /** Whether there is more beyond the page, away from the end it was taken from. */
  readonly hasMore: boolean;
}

/** What went in or came out. */
export interface StoredPayload {
  readonly format: string;
  /** JSON text; null when it was larger than the limit. */
  readonly json: string | null;
  readonly sizeBytes: number;
}

/** Completions as they are shown. Every method throws `UNAVAILABLE` without a database. */
export class CompletionReadModel {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The completion `id` of `projectId`, or null when that project has none with this id. */
  async findCompletion(projectId: string, id: string): Promise<CompletionRecord | null> {
    const text = `select ${REQUEST_COLUMNS} from completion_request r left join completion_settlement s on s.request_id = r.id
      where r.id = $2 and r.project_id = $1`;
    const rows = await this.#query<RequestRow>(text, [projectId, id]);
    return (await this.#withAttempts(rows))[0] ?? null;
  }

  /** A page of a project's completions in two statements, however long the page. */
  async listCompletions(projectId: string, query: CompletionPageQuery): Promise<CompletionPage> {
    const { text, values } = toListStatement(projectId, query);
    const rows = await this.#query<RequestRow>(text, values);
    const hasMore = rows.length > query.limit;
    const page = rows.slice(0, query.limit);
    if (query.end === 'oldest') page.reverse();
    return { items: await this.#withAttempts(page), hasMore };
  }

  /** What went in, by request id. Ids without a recorded input are missing. */
  loadInputs(ids: readonly string[]): Promise<Map<string, StoredPayload>> {
    return this.#loadPayloads('completion_input', ids);
  }

  /** What came out, by request id. Ids without a recorded output are missing. */
  loadOutputs(ids: readonly string[]): Promise<Map<string, StoredPayload>> {
    return this.#loadPayloads('completion_output', ids);
  }

  async #withAttempts(rows: readonly RequestRow[]): Promise<CompletionRecord[]> {
    const byRequest = new Map<string, CompletionAttempt[]>(rows.map((row) => [row.id, []]));
    if (byRequest.size > 0) {
      const text = `select ${ATTEMPT_COLUMNS} from completion_attempt a
        left join completion_attempt_settlement t on t.attempt_id = a.id
        where a.request_id = any($1::uuid[]) order by a.request_id, a.ordinal, a.id`;
      for (const row of await this.#query<AttemptRow>(text, [[...byRequest.keys()]])) byRequest.get(row.request_id)?.push(toAttempt(row));
    }
    return rows.map((row) => toCompletion(row, byRequest.get(row.id) ?? []));
  }

  async #loadPayloads(table: 'completion_input' | 'completion_output', ids: readonly string[]): Promise<Map<string, StoredPayload>> {
    if (ids.length === 0) return new Map();
    const text = `select request_id, format, body::text as json, size_bytes from ${table} where request_id = any($1::uuid[])`;
    const rows = await this.#query<{ request_id: string; format: string; json: string | null; size_bytes: number }>(text, [ids]);
    return new Map(rows.map((row) => [row.request_id, { format: row.format, json: row.json, sizeBytes: row.size_bytes }]));
  }

  async #query<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
    try {
      return (await this.#pool.query<Row>(text, values)).rows;
    } catch (error) {
      throw toUnavailable('the database cannot be read', error);
    }
  }
}

/** Only the conditions that are given: a plan for all of them would fit none. */
export function toListStatement(projectId: string, query: CompletionPageQuery): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const { model, providerId, outcome, status, door, startedFromMs, startedToMs } = query.filter ?? {};
  const conditions = [`r.project_id = ${bind(projectId)}`];
  if (query.after !== undefined) conditions.push(`r.id < ${bind(query.after)}::uuid`);
  if (query.before !== undefined) conditions.push(`r.id > ${bind(query.before)}::uuid`);
  if (model !== undefined) conditions.push(`r.requested_model = ${bind(model)}`);
  if (door !== undefined) conditions.push(`r.door = ${bind(door)}`);
  if (startedFromMs !== undefined)
    conditions.push(`r.id >= ${bind(lowestIdFrom(startedFromMs))}::uuid`, `r.started_at >= to_timestamp(${bind(startedFromMs)} / 1000.0)`);
  if (startedToMs !== undefined)
    conditions.push(`r.id <= ${bind(highestIdBefore(startedToMs))}::uuid`, `r.started_at < to_timestamp(${bind(startedToMs)} / 1000.0)`);
  if (outcome !== undefined) conditions.push(`s.outcome = ${bind(outcome)}`);
  if (status === 'IN_FLIGHT') conditions.push('s.request_id is null');
  else if (status !== undefined) conditions.push(`s.kind = ${bind(status)}`);
  if (providerId !== undefined)
    conditions.push(`exists (select from completion_attempt p where p.id = s.served_attempt_id and p.provider_id = ${bind(providerId)})`);
  const direction = query.end === 'newest' ? 'desc' : 'asc';
  const text = `select ${REQUEST_COLUMNS} from completion_request r left join completion_settlement s on s.request_id = r.id
    where ${conditions.join(' and ')} order by r.id ${direction} limit ${bind(query.limit + 1)}`;
  return { text, values };
}
