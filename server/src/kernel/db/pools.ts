import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from '../telemetry/index.ts';
import { toClientConfig, type DatabaseTarget } from './connection.ts';

/**
 * Separate pools, so that one kind of work cannot starve another: a slow screen must never hold the connection that a settlement needs.
 * `pg.Pool#query` rejects after the pool's time-outs; an error of an idle connection is logged and never ends the process. It also
 * closes its connection after any error of the statement: where errors are expected and frequent, use `connect()` and `release()`.
 */
export interface Pools {
  /** Durable records of calls: few connections, large batches. */
  readonly ledger: pg.Pool;
  /** Keys, budgets and reservations on the request path. */
  readonly admission: pg.Pool;
  /** Everything else. */
  readonly general: pg.Pool;
  /** Waits up to 10 s for the connections in use and closes all; one that is still in use then is left to end with the server. Safe to call twice. */
  end(): Promise<void>;
}

export type PoolName = 'ledger' | 'admission' | 'general';

export interface PoolSettings {
  /** Connections at most. They are opened when needed. */
  readonly max: number;
  /** The server cancels a statement after this; the client gives up a little later, in case the server cannot be heard any more. */
  readonly statementTimeoutMs: number;
  /** How long a caller waits for a connection, free or new. */
  readonly connectionTimeoutMs: number;
  /** Unused connections are closed after this. */
  readonly idleTimeoutMs: number;
}

const DEFAULTS: Record<PoolName, PoolSettings> = {
  // A batch that takes 10 s on a healthy server does not exist; connections stay open because opening one costs more than a commit.
  ledger: { max: 3, statementTimeoutMs: 10_000, connectionTimeoutMs: 5_000, idleTimeoutMs: 300_000 },
  admission: { max: 4, statementTimeoutMs: 5_000, connectionTimeoutMs: 5_000, idleTimeoutMs: 60_000 },
  general: { max: 4, statementTimeoutMs: 30_000, connectionTimeoutMs: 10_000, idleTimeoutMs: 30_000 },
};

/** How much longer than the server's own time-out the client waits before it declares the connection dead. */
const CLIENT_GRACE_MS = 2_000;
/** A transaction that was opened and forgotten would hold its locks; the server ends it. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;

export interface PoolsOptions {
  readonly log: Pick<Logger, 'warn'>;
  /** How long `end()` waits for connections in use. Default 10,000. */
  readonly endTimeoutMs?: number;
  /** Overrides of the defaults: 3 connections for `ledger`, 4 for `admission`, 4 for `general`. */
  readonly sizes?: { readonly [Name in PoolName]?: Partial<PoolSettings> };
}

/** Opens no connection by itself: the first query does. */
export function createPools(target: DatabaseTarget, options: PoolsOptions): Pools {
  const create = (name: PoolName): pg.Pool => createPool(target, name, { ...DEFAULTS[name], ...options.sizes?.[name] }, options.log);
  const pools = { ledger: create('ledger'), admission: create('admission'), general: create('general') };
  let ending: Promise<void> | undefined;
  const end = (): Promise<void> => (ending ??= endWithin(pools, options));
  return { ...pools, end };
}

/** A connection that was never given back must not keep the rest of the shutdown waiting. */
async function endWithin(pools: Record<PoolName, pg.Pool>, { log, endTimeoutMs = 10_000 }: PoolsOptions): Promise<void> {
  const timer = new AbortController();
  const isInTime = await Promise.race([
    Promise.all(Object.values(pools).map((pool) => pool.end())).then(() => true),
    sleep(endTimeoutMs, false, { signal: timer.signal }).catch(() => false),
  ]);
  timer.abort();
  if (!isInTime) log.warn({ inUse: countInUse(pools) }, 'database connections are still in use; the shutdown goes on without them');
}

function countInUse(pools: Record<PoolName, pg.Pool>): Record<string, number> {
  return Object.fromEntries(Object.entries(pools).map(([name, pool]) => [name, pool.totalCount - pool.idleCount]));
}

function createPool(target: DatabaseTarget, name: PoolName, settings: PoolSettings, log: Pick<Logger, 'warn'>): pg.Pool {
  const pool = new pg.Pool({
    ...toClientConfig(target),
    application_name: `antiphon:${name}`,
    max: settings.max,
    connectionTimeoutMillis: settings.connectionTimeoutMs,
    idleTimeoutMillis: settings.idleTimeoutMs,
    statement_timeout: settings.statementTimeoutMs,
    query_timeout: settings.statementTimeoutMs + CLIENT_GRACE_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    keepAlive: true,
  });
  pool.on('error', (error) => log.warn({ pool: name, error }, 'an idle database connection was lost; the next query opens a new one'));
  // `pg` takes its own listener off while a client is checked out; without one, a connection lost at that moment ends the process.
  // The query in flight rejects by itself, so there is nothing more to do.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
