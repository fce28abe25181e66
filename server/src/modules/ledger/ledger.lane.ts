import type { Pool, PoolClient } from 'pg';
import { BatchMessage } from './batch-message.ts';
import { runBatch } from './batch.query.ts';
import { isConnectionFailure } from '../../kernel/db/index.ts';
import { isLockConflict } from './ledger.errors.ts';
import type { LedgerEntry } from './ledger.entry.ts';
import { timedQuery } from './timed-query.ts';
import { ABANDONED_STATEMENT, BATCH_STATEMENT } from './ledger.statement.ts';

export interface LaneOptions {
  /** A batch that is not answered in this time counts as not answered at all. */
  readonly timeoutMs: number;
  /** False only for the control of the crash drill: commits are then reported before they are on disk. */
  readonly isDurable: boolean;
}

const STATEMENT = { name: 'ledger-batch', text: BATCH_STATEMENT };
const LOCK_RETRIES = 3;
const NONE: ReadonlySet<string> = new Set();

/** One connection that writes batches, one at a time. Connects when first used and again after a loss. */
export class Lane {
  readonly #pool: Pool;
  readonly #options: LaneOptions;
  #message = new BatchMessage(STATEMENT.name);
  #client: PoolClient | undefined;
  isBusy = false;

  constructor(pool: Pool, options: LaneOptions) {
    this.#pool = pool;
    this.#options = options;
  }

  /**
   * Makes `entries` durable and returns the ids of requests and attempts that were abandoned before; of those the earlier row stands.
   * Throws what `pg` throws; after a connection failure it is unknown whether the batch was committed.
   */
  async write(entries: readonly LedgerEntry[]): Promise<ReadonlySet<string>> {
    this.isBusy = true;
    try {
      for (let attempt = 1; ; attempt++) {
        try {
          return await this.#writeOnce(entries);
        } catch (error) {
          if (attempt > LOCK_RETRIES || !isLockConflict(error)) throw error;
        }
      }
    } catch (error) {
      // The end of the failed message may not be sent yet, so its memory is not used again.
      this.#message = new BatchMessage(STATEMENT.name);
      if (isConnectionFailure(error)) this.release(error as Error);
      throw error;
    } finally {
      this.isBusy = false;
    }
  }

  /** Gives the connection back; with `error` it is closed instead. */
  release(error?: Error): void {
    const client = this.#client;
    if (client === undefined) return;
    this.#client = undefined;
    client.off('error', this.#onLost);
    client.off('end', this.#onLost);
    client.release(error);
  }

  async #writeOnce(entries: readonly LedgerEntry[]): Promise<ReadonlySet<string>> {
    const client = (this.#client ??= await this.#connect());
    const inserted = await runBatch(client, STATEMENT, this.#message.encode(entries), this.#options.timeoutMs);
    let [attemptSettlements, settlements] = [0, 0];
    for (const entry of entries) {
      attemptSettlements += entry.settledAttemptIds.length;
      if (entry.settledRequestId !== null) settlements++;
    }
    if (inserted.attemptSettlements === attemptSettlements && inserted.settlements === settlements) return NONE;
    const requestIds = entries.flatMap((entry) => (entry.settledRequestId === null ? [] : [entry.settledRequestId]));
    const attemptIds = entries.flatMap((entry) => entry.settledAttemptIds);
    const abandoned = await client.query<{ id: string }>(
      timedQuery(ABANDONED_STATEMENT, [requestIds, attemptIds], this.#options.timeoutMs),
    );
    return new Set(abandoned.rows.map(({ id }) => id));
  }

  async #connect(): Promise<PoolClient> {
    const client = await this.#checkOut();
    try {
      // Asked for, not assumed: a server or role with it off would acknowledge what a power loss takes back.
      const { timeoutMs } = this.#options;
      await client.query(timedQuery(`set synchronous_commit = ${this.#options.isDurable ? 'on' : 'off'}`, [], timeoutMs));
      const { rows } = await client.query<{ synchronous_commit: string }>(timedQuery('show synchronous_commit', [], timeoutMs));
      if (this.#options.isDurable && rows[0]?.synchronous_commit !== 'on')
        throw new Error('PostgreSQL does not let synchronous_commit be on for this role; the ledger refuses to run without it.');
    } catch (error) {
      client.release(error as Error);
      throw error;
    }
    // A connection that is lost while nothing is written is replaced by the next batch instead of failing it.
    client.on('error', this.#onLost);
    client.on('end', this.#onLost);
    return client;
  }

  /** The pool's own patience is longer than what callers should wait before the journal takes over. */
  async #checkOut(): Promise<PoolClient> {
    const { promise: expired, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error('timeout exceeded when trying to connect')), this.#options.timeoutMs);
    const connecting = this.#pool.connect();
    try {
      return await Promise.race([connecting, expired]);
    } catch (error) {
      connecting.then(
        (client) => client.release(),
        () => undefined,
      );
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  readonly #onLost = (): void => {
    if (!this.isBusy) this.release(new Error('connection lost'));
  };
}
