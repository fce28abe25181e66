import type { Pool, PoolClient } from 'pg';
import type { Ids } from '../../kernel/ids/index.ts';
import { toUnavailable } from './ledger.errors.ts';
import type { PriceOf } from './ledger.reconciler.ts';
import { rerate, type AttemptAdjustment, type Adjustments, type RequestAdjustment } from './rerating.policy.ts';
import { readRatedPage, type RatedPageQuery } from './rerating.page.ts';

/** Which calls are priced again. */
export interface ReratingOrder {
  readonly organizationId: string;
  readonly apiKeyId: string | null;
  /** Only attempts at this model; null: at all. */
  readonly modelId: string | null;
  /** Range of start times, half open; null: from the first on. */
  readonly fromMs: number | null;
  readonly toMs: number;
  /** Only tells what would change. */
  readonly isDryRun: boolean;
}

/** A pass over calls, finished or on its way. */
export interface Rerating extends ReratingOrder {
  readonly id: string;
  readonly examinedAttempts: number;
  readonly changedAttempts: number;
  /** Attempts whose price is still unknown. */
  readonly unpricedAttempts: number;
  readonly differenceNanoUsd: bigint;
  readonly createdAtMs: number;
  readonly finishedAtMs: number | null;
  /** By model and price, largest first; at most 100. */
  readonly differences: readonly ReratingDifference[];
}

export interface ReratingDifference {
  readonly modelId: string;
  /** Null: it had no price. */
  readonly previousPriceVersion: string | null;
  readonly priceVersion: string;
  readonly attempts: number;
  readonly differenceNanoUsd: bigint;
}

interface ReratingRow {
  readonly id: string;
  readonly organization_id: string;
  readonly api_key_id: string | null;
  readonly is_dry_run: boolean;
  readonly model_id: string | null;
  readonly from_ms: number | null;
  readonly to_ms: number;
  readonly after_request_id: string | null;
  readonly examined_attempts: string;
  readonly changed_attempts: string;
  readonly unpriced_attempts: string;
  readonly difference_nano_usd: string;
  readonly created_ms: number;
  readonly finished_ms: number | null;
}

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;
const COLUMNS = `id, organization_id, api_key_id, is_dry_run, model_id, ${ms('from_at')} as from_ms, ${ms('to_at')} as to_ms, after_request_id,
  examined_attempts, changed_attempts, unpriced_attempts, difference_nano_usd, ${ms('created_at')} as created_ms,
  ${ms('finished_at')} as finished_ms`;

const INSERT_ATTEMPTS = `
  insert into completion_attempt_adjustment (attempt_id, ordinal, request_id, rerating_id, amount_nano_usd, previous_price_version,
    price_version, adjusted_at)
  select v."attemptId", v.ordinal, v."requestId", $2, v."amountNanoUsd", v."previousPriceVersion", v."priceVersion", to_timestamp($3 / 1000.0)
  from json_to_recordset($1::json) as v("attemptId" uuid, ordinal integer, "requestId" uuid, "amountNanoUsd" bigint,
    "previousPriceVersion" text, "priceVersion" text)`;

const INSERT_REQUESTS = `
  insert into completion_adjustment (request_id, ordinal, rerating_id, amount_nano_usd, adjusted_at)
  select v."requestId", v.ordinal, $2, v."amountNanoUsd", to_timestamp($3 / 1000.0)
  from json_to_recordset($1::json) as v("requestId" uuid, ordinal integer, "amountNanoUsd" bigint)`;

// The empty text stands for "none": a key has no nulls.
const ADD_DIFFERENCES = `
  insert into rerating_difference as d (rerating_id, model_id, previous_price_version, price_version, attempts, difference_nano_usd)
  select $2, v."modelId", coalesce(v."previousPriceVersion", ''), v."priceVersion", count(*), sum(v."amountNanoUsd")
  from json_to_recordset($1::json) as v("modelId" text, "previousPriceVersion" text, "priceVersion" text, "amountNanoUsd" bigint)
  group by 2, 3, 4
  on conflict (rerating_id, model_id, previous_price_version, price_version) do update
  set attempts = d.attempts + excluded.attempts, difference_nano_usd = d.difference_nano_usd + excluded.difference_nano_usd`;

/** "antiphon rerating"; any number will do as long as it is always this one: two passes must not adjust one call at the same time. */
const LOCK_KEY = '7020676865323462522';
const MAX_DIFFERENCES = 100;

/** Passes over calls, and the adjustments that they write. Every method throws `UNAVAILABLE` without a database. */
export class ReratingStore {
  readonly #pool: Pool;
  readonly #ids: Ids;

  constructor(pool: Pool, ids: Ids) {
    this.#pool = pool;
    this.#ids = ids;
  }

  async create(order: ReratingOrder, nowMs: number): Promise<Rerating> {
    const id = this.#ids.uuidv7();
    const { organizationId, apiKeyId, isDryRun, modelId, fromMs, toMs } = order;
    await this.#query(
      `insert into rerating (id, organization_id, api_key_id, is_dry_run, model_id, from_at, to_at, created_at)
       values ($1, $2, $3, $4, $5, to_timestamp($6 / 1000.0), to_timestamp($7 / 1000.0), to_timestamp($8 / 1000.0))`,
      [id, organizationId, apiKeyId, isDryRun, modelId, fromMs, toMs, nowMs],
    );
    const created = await this.find(organizationId, id);
    if (created === null) throw new Error(`re-rating ${id} is gone right after it was made`);
    return created;
  }

  /** Null when the organization has none with this id. */
  async find(organizationId: string, id: string): Promise<Rerating | null> {
    const [row] = await this.#query<ReratingRow>(`select ${COLUMNS} from rerating where id = $1 and organization_id = $2`, [
      id,
      organizationId,
    ]);
    return row === undefined ? null : toRerating(row, await this.#differencesOf(id));
  }

  async countOpen(organizationId: string): Promise<number> {
    const [row] = await this.#query<{ count: number }>(
      'select count(*)::integer as count from rerating where finished_at is null and organization_id = $1',
      [organizationId],
    );
    return row?.count ?? 0;
  }

  /** Passes that are not finished, oldest first. */
  async findOpen(): Promise<readonly string[]> {
    const rows = await this.#query<{ id: string }>(
      'select id from rerating where finished_at is null order by created_at, id limit 100',
      [],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Prices the next calls of a pass again, all or nothing; true while there are more. A page that was done is not done again, whoever
   * repeats it.
   */
  async runPage(id: string, priceOf: PriceOf, nowMs: number): Promise<boolean> {
    return this.#inTransaction(async (client) => {
      await client.query('select pg_advisory_xact_lock($1::bigint)', [LOCK_KEY]);
      const { rows } = await client.query<ReratingRow>(`select ${COLUMNS} from rerating where id = $1 for update`, [id]);
      const [row] = rows;
      if (row === undefined || row.finished_ms !== null) return false;
      const page = await readRatedPage(client, toPageQuery(row));
      const results = page.requests.map((request) => rerate(request, priceOf, row.model_id));
      await writeResults(client, row, results, nowMs);
      const isLast = page.lastId === null;
      await client.query(
        `update rerating set after_request_id = coalesce($2, after_request_id),
           finished_at = case when $3 then to_timestamp($4 / 1000.0) end where id = $1`,
        [id, page.lastId, isLast, nowMs],
      );
      return !isLast;
    });
  }

  async #differencesOf(id: string): Promise<readonly ReratingDifference[]> {
    const rows = await this.#query<{
      model_id: string;
      previous_price_version: string;
      price_version: string;
      attempts: string;
      difference_nano_usd: string;
    }>(
      `select model_id, previous_price_version, price_version, attempts, difference_nano_usd from rerating_difference
       where rerating_id = $1 order by abs(difference_nano_usd) desc, model_id, previous_price_version, price_version limit ${MAX_DIFFERENCES}`,
      [id],
    );
    return rows.map((row) => ({
      modelId: row.model_id,
      previousPriceVersion: row.previous_price_version || null,
      priceVersion: row.price_version,
      attempts: Number(row.attempts),
      differenceNanoUsd: BigInt(row.difference_nano_usd),
    }));
  }

  async #query<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
    try {
      return (await this.#pool.query<Row>(text, values)).rows;
    } catch (error) {
      throw toUnavailable('the database cannot be reached', error);
    }
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

async function writeResults(client: PoolClient, { id, is_dry_run: isDryRun }: ReratingRow, results: readonly Adjustments[], nowMs: number) {
  const attempts = results.flatMap((result) => result.attempts);
  const requests = results.flatMap(({ request }) => request ?? []);
  if (attempts.length > 0) await client.query(ADD_DIFFERENCES, [toJson(attempts), id]);
  if (!isDryRun) {
    if (attempts.length > 0) await client.query(INSERT_ATTEMPTS, [toJson(attempts), id, nowMs]);
    if (requests.length > 0) await client.query(INSERT_REQUESTS, [toJson(requests), id, nowMs]);
  }
  const sum = (count: (result: Adjustments) => number): number => results.reduce((total, result) => total + count(result), 0);
  await client.query(
    `update rerating set examined_attempts = examined_attempts + $2, changed_attempts = changed_attempts + $3,
       unpriced_attempts = unpriced_attempts + $4, difference_nano_usd = difference_nano_usd + $5 where id = $1`,
    [
      id,
      sum(({ examined }) => examined),
      attempts.length,
      sum(({ unpriced }) => unpriced),
      attempts.reduce((total, { amountNanoUsd }) => total + amountNanoUsd, 0n),
    ],
  );
}

function toJson(rows: readonly (AttemptAdjustment | RequestAdjustment)[]): string {
  return JSON.stringify(rows, (_name, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}

function toPageQuery(row: ReratingRow): RatedPageQuery {
  return { organizationId: row.organization_id, fromMs: row.from_ms, toMs: row.to_ms, afterId: row.after_request_id };
}

function toRerating(row: ReratingRow, differences: readonly ReratingDifference[]): Rerating {
  return {
    id: row.id,
    organizationId: row.organization_id,
    apiKeyId: row.api_key_id,
    isDryRun: row.is_dry_run,
    modelId: row.model_id,
    fromMs: row.from_ms,
    toMs: row.to_ms,
    examinedAttempts: Number(row.examined_attempts),
    changedAttempts: Number(row.changed_attempts),
    unpricedAttempts: Number(row.unpriced_attempts),
    differenceNanoUsd: BigInt(row.difference_nano_usd),
    createdAtMs: row.created_ms,
    finishedAtMs: row.finished_ms,
    differences,
  };
}
