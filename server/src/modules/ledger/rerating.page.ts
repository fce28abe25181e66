import type { PoolClient } from 'pg';
import { toTokens, type TokensRow } from './completion.record.ts';
import type { Basis, BillingDetail } from './ledger.records.ts';
import { highestIdBefore, lowestIdFrom } from './request-id-range.ts';
import type { RatedAttempt, RatedRequest } from './rerating.policy.ts';

export interface RatedPageQuery {
  readonly organizationId: string;
  readonly fromMs: number | null;
  readonly toMs: number;
  /** Only requests with a larger id; null for the first page. */
  readonly afterId: string | null;
}

export interface RatedPage {
  /** Settled ones among the page's requests. */
  readonly requests: readonly RatedRequest[];
  /** Where to go on; null when this was the last page. */
  readonly lastId: string | null;
}

interface RequestRow {
  readonly id: string;
  readonly is_settled: boolean;
  readonly cost_nano_usd: string | null;
  readonly adjustment_count: number;
  readonly adjustment_nano_usd: string;
}

interface AttemptRow extends TokensRow {
  readonly id: string;
  readonly request_id: string;
  readonly model_id: string;
  readonly started_ms: number;
  readonly basis: Basis;
  readonly billing: BillingDetail | null;
  readonly cost_nano_usd: string | null;
  readonly price_version: string | null;
  readonly adjustment_count: number;
  readonly adjustment_nano_usd: string;
}

/** Requests of one transaction. */
const PAGE_SIZE = 500;
const ZERO_ID = '00000000-0000-0000-0000-000000000000';

const REQUESTS = `
  select r.id, s.request_id is not null as is_settled, s.cost_nano_usd, d.count as adjustment_count, d.amount as adjustment_nano_usd
  from completion_request r
  left join completion_settlement s on s.request_id = r.id
  left join lateral (
    select count(*)::integer as count, coalesce(sum(amount_nano_usd), 0)::bigint as amount from completion_adjustment
    where request_id = r.id
  ) d on true
  where r.organization_id = $1 and r.id > $2 and r.id >= $3 and r.id <= $4
    and ($5::float8 is null or r.started_at >= to_timestamp($5 / 1000.0)) and r.started_at < to_timestamp($6 / 1000.0)
  order by r.id limit ${PAGE_SIZE}`;

const ATTEMPTS = `
  select a.id, a.request_id, a.model_id, (extract(epoch from a.started_at) * 1000)::float8 as started_ms, t.basis, t.billing, t.cost_nano_usd,
    coalesce(d.version, t.price_version) as price_version, d.count as adjustment_count, d.amount as adjustment_nano_usd,
    t.input_tokens, t.cached_read_tokens, t.cache_write_tokens, t.output_tokens, t.reasoning_tokens, t.audio_input_tokens,
    t.audio_output_tokens, t.image_input_tokens, t.total_tokens
  from completion_attempt a
  join completion_attempt_settlement t on t.attempt_id = a.id
  left join lateral (
    select count(*)::integer as count, coalesce(sum(amount_nano_usd), 0)::bigint as amount,
      (array_agg(x.price_version order by x.ordinal desc))[1] as version
    from completion_attempt_adjustment x where x.attempt_id = a.id
  ) d on true
  where a.request_id = any($1::uuid[])
  order by a.request_id, a.ordinal, a.id`;

/** The next requests of an organization in the order of their ids, with what they cost so far. */
export async function readRatedPage(client: PoolClient, query: RatedPageQuery): Promise<RatedPage> {
  const { organizationId, fromMs, toMs, afterId } = query;
  const { rows } = await client.query<RequestRow>(REQUESTS, [
    organizationId,
    afterId ?? ZERO_ID,
    lowestIdFrom(fromMs ?? 0),
    highestIdBefore(toMs),
    fromMs,
    toMs,
  ]);
  const settled = rows.filter((row) => row.is_settled);
  const attempts = await client.query<AttemptRow>(ATTEMPTS, [settled.map(({ id }) => id)]);
  const byRequest = Map.groupBy(attempts.rows, (row) => row.request_id);
  return {
    requests: settled.map((row) => ({
      id: row.id,
      costNanoUsd: costOf(row),
      adjustmentCount: row.adjustment_count,
      attempts: (byRequest.get(row.id) ?? []).map(toRatedAttempt),
    })),
    lastId: rows.length < PAGE_SIZE ? null : (rows.at(-1)?.id ?? null),
  };
}

function costOf(row: { cost_nano_usd: string | null; adjustment_count: number; adjustment_nano_usd: string }): bigint | null {
  if (row.cost_nano_usd === null && row.adjustment_count === 0) return null;
  return BigInt(row.cost_nano_usd ?? '0') + BigInt(row.adjustment_nano_usd);
}

function toRatedAttempt(row: AttemptRow): RatedAttempt {
  return {
    id: row.id,
    modelId: row.model_id,
    startedAtMs: row.started_ms,
    isVoid: row.basis === 'VOID',
    tokens: toTokens(row),
    billing: row.billing,
    costNanoUsd: costOf(row),
    priceVersion: row.price_version,
    adjustmentCount: row.adjustment_count,
  };
}
