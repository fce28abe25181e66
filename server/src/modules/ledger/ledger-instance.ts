import type { Pool } from 'pg';
import type { Logger } from '../../kernel/telemetry/index.ts';
import { timedQuery } from './timed-query.ts';

export interface InstanceOptions {
  readonly pool: Pool;
  readonly id: string;
  /** Identifies the folder of the journal, which one living process has. */
  readonly slotId: string;
  readonly host: string;
  readonly processId: number;
  readonly dataDir: string;
  readonly log: Pick<Logger, 'warn'>;
}

export const LEASE_SECONDS = 20;
const RENEW_EVERY_MS = 5000;
const RENEW_TIMEOUT_MS = 2000;

const RENEW = `
  insert into ledger_instance (id, slot_id, host, process_id, data_dir, started_at, lease_until)
  values ($1, $2, $3, $4, $5, now(), now() + make_interval(secs => $6))
  on conflict (id) do update set lease_until = excluded.lease_until, ended_at = null, reconciled_at = null`;

/**
 * This process as the ledger knows it. While its lease runs, its open requests are in flight; afterwards they are orphans.
 * Leases are in the database's time, so that clocks of machines need not agree.
 */
export class LedgerInstance {
  readonly #options: InstanceOptions;
  #timer: NodeJS.Timeout | undefined;
  #renewing: Promise<void> | undefined;

  constructor(options: InstanceOptions) {
    this.#options = options;
  }

  get id(): string {
    return this.#options.id;
  }

  /** Begins the lease and keeps it. */
  async start(): Promise<void> {
    await this.renew();
    this.#timer = setInterval(() => void this.#renewQuietly(), RENEW_EVERY_MS);
    this.#timer.unref();
  }

  /** Also revives a lease that ran out while the database was away: requests that were not closed meanwhile are in flight again. */
  async renew(): Promise<void> {
    const { pool, id, slotId, host, processId, dataDir } = this.#options;
    await pool.query(timedQuery(RENEW, [id, slotId, host, processId, dataDir, LEASE_SECONDS], RENEW_TIMEOUT_MS));
  }

  /** Ends the lease for good. What is still open then is closed by whoever reconciles next. */
  async end(): Promise<void> {
    await this.stopRenewing();
    await this.#options.pool.query('update ledger_instance set ended_at = now() where id = $1', [this.#options.id]);
  }

  async stopRenewing(): Promise<void> {
    clearInterval(this.#timer);
    await this.#renewing;
  }

  #renewQuietly(): Promise<void> {
    return (this.#renewing ??= this.renew()
      .catch((error: unknown) => {
        this.#options.log.warn({ error, leaseSeconds: LEASE_SECONDS }, 'the lease of this process could not be renewed; it is tried again');
      })
      .finally(() => (this.#renewing = undefined)));
  }
}
