import { hostname } from 'node:os';
import type { Clock } from '../../kernel/clock/index.ts';
import type { Config } from '../../kernel/config/index.ts';
import type { Pools } from '../../kernel/db/index.ts';
import type { Ids } from '../../kernel/ids/index.ts';
import type { Logger } from '../../kernel/telemetry/index.ts';
import { createAccounting, type Accounting, type AccountingQuery } from './accounting.read-model.ts';
import { CompletionReadModel } from './completion.read-model.ts';
import { IdempotencyStore } from './idempotency.store.ts';
import { takeJournalSlot, type JournalSlot } from './journal-slot.ts';
import { LedgerInstance } from './ledger-instance.ts';
import { Journal } from './ledger.journal.ts';
import { Lane } from './ledger.lane.ts';
import { DEFAULT_LIMITS, type LedgerLimits } from './ledger.limits.ts';
import { Reconciler, type PriceOf } from './ledger.reconciler.ts';
import type { LedgerWriter } from './ledger.records.ts';
import { GroupCommitWriter, type WriterStats } from './ledger.writer.ts';
import { OrphanStore } from './orphan.store.ts';
import { Reratings } from './rerating.service.ts';
import { ReratingStore } from './rerating.store.ts';

export interface LedgerOptions {
  readonly pools: Pools;
  readonly config: Pick<Config['ledger'], 'groupCommitWindowMs' | 'journalMaxBytes' | 'isDurable'>;
  /** The journal lives in its folder `journal`. */
  readonly dataDir: string;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly priceOf: PriceOf;
  /** Overrides of `DEFAULT_LIMITS`. */
  readonly limits?: Partial<LedgerLimits>;
}

export interface Ledger {
  readonly writer: LedgerWriter;
  readonly reconciler: Pick<Reconciler, 'closeOrphans'>;
  readonly completions: CompletionReadModel;
  readonly idempotency: IdempotencyStore;
  readonly reratings: Reratings;
  /** Proof of accounting over one snapshot. Throws `UNAVAILABLE` without a database. */
  accounting(query: AccountingQuery): Promise<Accounting>;
  /**
   * Begins this process's lease, replays what an earlier process left in the journal and closes what it left open. Call it before anything
   * is recorded. Throws when the database cannot be reached or the journal's folder cannot be used.
   */
  start(): Promise<void>;
  /** Takes nothing more, makes durable what was taken, and ends the lease. Safe to call twice. Call it before the pools end. */
  stop(): Promise<void>;
  /** Figures for metrics. */
  stats(): WriterStats;
  /** Whether a new call could be recorded now, in PostgreSQL or in the journal. */
  isHealthy(): boolean;
}

const DELETE_EXPIRED_KEYS_EVERY_MS = 600_000;

export function createLedger(options: LedgerOptions): Ledger {
  return new WiredLedger(options);
}

/** What exists between `start` and `stop`. */
interface Running {
  readonly slot: JournalSlot;
  readonly instance: LedgerInstance;
  readonly keyTimer: NodeJS.Timeout;
}

class WiredLedger implements Ledger {
  readonly writer: GroupCommitWriter;
  readonly reconciler: Reconciler;
  readonly completions: CompletionReadModel;
  readonly idempotency: IdempotencyStore;
  readonly reratings: Reratings;
  readonly accounting: (query: AccountingQuery) => Promise<Accounting>;
  readonly #options: LedgerOptions;
  readonly #instanceId: string;
  readonly #journal: Journal;
  readonly #orphans: OrphanStore;
  #running: Running | undefined;
  #stopping: Promise<void> | undefined;

  constructor(options: LedgerOptions) {
    const { pools, config, ids, clock, log, priceOf } = options;
    const limits: LedgerLimits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#options = options;
    this.#instanceId = ids.uuidv7();
    this.#journal = new Journal({ maxBytes: config.journalMaxBytes, segmentBytes: limits.journalSegmentBytes, log });
    this.writer = new GroupCommitWriter({
      instanceId: this.#instanceId,
      lane: new Lane(pools.ledger, { timeoutMs: limits.flushTimeoutMs, isDurable: config.isDurable }),
      journal: this.#journal,
      limits,
      groupCommitWindowMs: config.groupCommitWindowMs,
      isDurable: config.isDurable,
      log,
      beforeReplay: async () => this.#running?.instance.renew(),
    });
    this.#orphans = new OrphanStore(pools.general);
    this.reconciler = new Reconciler({
      store: this.#orphans,
      clock,
      log,
      priceOf,
      instanceId: this.#instanceId,
      orphanGraceMs: limits.orphanGraceMs,
    });
    this.completions = new CompletionReadModel(pools.general);
    this.idempotency = new IdempotencyStore(pools.admission, () => this.#journal.isEmpty);
    this.reratings = new Reratings({ store: new ReratingStore(pools.general, ids), clock, log, priceOf });
    this.accounting = createAccounting(pools.general, () => this.#journal.pendingEntries);
  }

  async start(): Promise<void> {
    const { pools, dataDir, ids, log } = this.#options;
    const slot = await takeJournalSlot(dataDir, ids);
    try {
      const about = { slotId: slot.id, host: hostname(), processId: process.pid, dataDir };
      const instance = new LedgerInstance({ ...about, pool: pools.admission, id: this.#instanceId, log });
      await instance.start();
      this.#running = { slot, instance, keyTimer: this.#deleteKeysInTime() };
      await this.#journal.open(slot.folder);
      if (!this.#journal.isEmpty) {
        log.info({ pendingEntries: this.#journal.pendingEntries }, 'an earlier process left records in the journal; they are replayed');
        await this.writer.replayJournal();
        await this.#orphans.reopenInstances(slot.deadSlotIds);
      }
      await this.reconciler.closeOrphans(slot.deadSlotIds);
      this.reconciler.start();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  stop(): Promise<void> {
    return (this.#stopping ??= this.#stop());
  }

  stats(): WriterStats {
    return this.writer.stats;
  }

  isHealthy(): boolean {
    return this.#running !== undefined && this.writer.isAccepting;
  }

  async #stop(): Promise<void> {
    await this.reconciler.stop();
    await this.writer.close();
    const running = this.#running;
    this.#running = undefined;
    if (running === undefined) return;
    clearInterval(running.keyTimer);
    await this.#endInstance(running.instance);
    await this.#journal.close();
    running.slot.release();
  }

  /** With records left in the journal the lease is let run out instead: their requests are open only until the next start replays them. */
  async #endInstance(instance: LedgerInstance): Promise<void> {
    if (!this.#journal.isEmpty) return instance.stopRenewing();
    await instance.end().catch((error: unknown) => {
      this.#options.log.warn({ error }, 'the lease could not be ended; it runs out by itself');
    });
  }

  #deleteKeysInTime(): NodeJS.Timeout {
    const { clock, log } = this.#options;
    const timer = setInterval(() => {
      this.idempotency.deleteExpired(clock.nowMs()).catch((error: unknown) => {
        log.warn({ error }, 'expired idempotency keys could not be deleted; it is tried again');
      });
    }, DELETE_EXPIRED_KEYS_EVERY_MS);
    return timer.unref();
  }
}
