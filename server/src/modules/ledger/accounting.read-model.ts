import type { Pool } from 'pg';
import { toUnavailable } from './ledger.errors.ts';
import { highestIdBefore, lowestIdFrom } from './request-id-range.ts';

export interface AccountingQuery {
  /** Exactly one of both, or none for the whole installation. */
  readonly projectId?: string;
  readonly organizationId?: string;
  /** Range of start times, half open; unbounded where omitted. */
  readonly fromMs?: number;
  readonly toMs?: number;
}

/** Whether every request is accounted for, over one consistent snapshot. */
export interface Accounting {
  readonly started: number;
  readonly settled: number;
  readonly abandoned: number;
  /** Open, and their process holds a lease (or lost it less than a minute ago, which is what the reconciler may take). */
  readonly inFlight: number;
  /** Open without a living process, settled without a start, or in another way contradictory. */
  readonly unexplained: number;
  /** Calls turned away before they became a request. */
  readonly refused: number;
  /** With all adjustments. */
  readonly costByRequestsNanoUsd: bigint;
  /** Over the attempts of the same requests. */
  readonly costByAttemptsNanoUsd: bigint;
  readonly areCostsEqual: boolean;
  /** The part of `costByRequestsNanoUsd` that re-rating added to what was settled. */
  readonly adjustmentsNanoUsd: bigint;
  /** Requests that used tokens at an unknown price; they are in neither sum. */
  readonly unpricedRequests: number;
  /** Records in this process's journal that PostgreSQL does not hold yet. */
  readonly pendingInJournal: number;
  readonly isBalanced: boolean;
}

interface AccountingRow {
  readonly started: string;
  readonly settled: string;
  readonly abandoned: string;
  readonly in_flight: string;
  readonly cost_by_requests: string;
  readonly cost_by_attempts: string;
  readonly adjustments: string;
  readonly unpriced: string;
  readonly refused: string;
  readonly contradictions: string;
}

/** How long the open requests of a process that died may wait for the reconciler. */
const RECONCILE_WITHIN = `interval '60 seconds'`;

/** Reads the proof of accounting. `pendingInJournal` tells how many records wait in the journal. */
export function createAccounting(pool: Pool, pendingInJournal: () => number): (query: AccountingQuery) => Promise<Accounting> {
  return async (query) => {
    const { text, values } = toStatement(query);
    const { rows } = await pool.query<AccountingRow>(text, values).catch((error: unknown) => {
      throw toUnavailable('the database cannot be read', error);
    });
    return toAccounting(rows[0] as AccountingRow, pendingInJournal());
  };
}

function toAccounting(row: AccountingRow, pendingInJournal: number): Accounting {
  const [started, settled, abandoned, inFlight] = [row.started, row.settled, row.abandoned, row.in_flight].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const unexplained = started - settled - abandoned - inFlight + Number(row.contradictions);
  const costByRequestsNanoUsd = BigInt(row.cost_by_requests);
  const costByAttemptsNanoUsd = BigInt(row.cost_by_attempts);
  const areCostsEqual = costByRequestsNanoUsd === costByAttemptsNanoUsd;
  return {
    started,
    settled,
    abandoned,
    inFlight,
    unexplained,
    refused: Number(row.refused),
    costByRequestsNanoUsd,
    costByAttemptsNanoUsd,
    areCostsEqual,
    adjustmentsNanoUsd: BigInt(row.adjustments),
    unpricedRequests: Number(row.unpriced),
    pendingInJournal,
    isBalanced: unexplained === 0 && areCostsEqual,
  };
}

/** One statement, so that every count is of the same snapshot. */
function toStatement({ projectId, organizationId, fromMs, toMs }: AccountingQuery): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const owner: string[] = [];
  if (projectId !== undefined) owner.push(`x.project_id = ${bind(projectId)}`);
  if (organizationId !== undefined) owner.push(`x.organization_id = ${bind(organizationId)}`);
  const inRange = (time: string): string[] => [
    ...(fromMs === undefined ? [] : [`${time} >= to_timestamp(${bind(fromMs)} / 1000.0)`]),
    ...(toMs === undefined ? [] : [`${time} < to_timestamp(${bind(toMs)} / 1000.0)`]),
  ];
  const inIdRange = (id: string): string[] => [
    ...(fromMs === undefined ? [] : [`${id} >= ${bind(lowestIdFrom(fromMs))}::uuid`]),
    ...(toMs === undefined ? [] : [`${id} <= ${bind(highestIdBefore(toMs))}::uuid`]),
  ];
  const where = (...conditions: string[]): string => (conditions.length === 0 ? 'true' : conditions.join(' and '));
  const text = `with
    scope as materialized (
      select x.id, s.kind, s.total_tokens, coalesce(d.amount, 0) as adjustment,
        coalesce(coalesce(s.cost_nano_usd, 0) + d.amount, s.cost_nano_usd) as cost_nano_usd,
        s.request_id is null and i.ended_at is null and i.lease_until > now() - ${RECONCILE_WITHIN} as is_in_flight
      from completion_request x
      left join completion_settlement s on s.request_id = x.id
      left join ledger_instance i on i.id = x.instance_id
      left join (select request_id, sum(amount_nano_usd)::bigint as amount from completion_adjustment group by request_id) d
        on d.request_id = x.id
      where ${where(...owner, ...inRange('x.started_at'), ...inIdRange('x.id'))}
    ),
    attempts as materialized (
      select a.id, a.request_id, a.ordinal, r.kind, r.cost_nano_usd is not null as is_priced, t.attempt_id is not null as is_settled,
        t.cost_nano_usd
      from scope r
      join completion_attempt a on a.request_id = r.id
      left join completion_attempt_settlement t on t.attempt_id = a.id
    )
    select
      (select count(*) from scope) as started,
      (select count(*) from scope where kind = 'SETTLED') as settled,
      (select count(*) from scope where kind = 'ABANDONED') as abandoned,
      (select count(*) from scope where is_in_flight) as in_flight,
      (select coalesce(sum(cost_nano_usd), 0) from scope) as cost_by_requests,
      (select coalesce(sum(t.cost_nano_usd), 0) from scope r join completion_attempt_settlement t on t.request_id = r.id
        where r.cost_nano_usd is not null)
      + (select coalesce(sum(d.amount_nano_usd), 0) from scope r join completion_attempt_adjustment d on d.request_id = r.id
        where r.cost_nano_usd is not null) as cost_by_attempts,
      (select coalesce(sum(adjustment), 0) from scope) as adjustments,
      (select count(*) from scope where kind is not null and cost_nano_usd is null and total_tokens > 0) as unpriced,
      (select coalesce(sum(x.occurrences), 0) from request_refusal x where ${where(...owner, ...inRange('x.at'))}) as refused,
      -- settled requests with an attempt that is open, and attempts that are there twice
      (select count(*) from attempts where kind = 'SETTLED' and not is_settled)
      + (select count(*) - count(distinct (request_id, ordinal)) from attempts)
      -- settlements of attempts that never began
      + (select count(*) from scope r join completion_attempt_settlement t on t.request_id = r.id
          where not exists (select from completion_attempt a where a.id = t.attempt_id))
      -- adjustments of what was never settled
      + (select count(*) from scope r join completion_attempt_adjustment d on d.request_id = r.id
          where not exists (select from completion_attempt_settlement t where t.attempt_id = d.attempt_id))
      + (select count(*) from scope r join completion_adjustment d on d.request_id = r.id where r.kind is null)
      -- settlements of requests that never began: they belong to nobody, so everybody sees them
      + (select count(*) from completion_settlement s
          where ${where(...inRange('s.settled_at'), ...inIdRange('s.request_id'))}
            and not exists (select from completion_request r where r.id = s.request_id))
      + (select count(*) from completion_attempt a
          where ${where(...inRange('a.started_at'), ...inIdRange('a.request_id'))}
            and not exists (select from completion_request r where r.id = a.request_id))
      as contradictions`;
  return { text, values };
}
