import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../kernel/telemetry/index.ts';
import type { LedgerEntry } from './ledger.entry.ts';
import { isSchemaFault, isTransient } from './ledger.errors.ts';
import type { Journal } from './ledger.journal.ts';
import type { Lane } from './ledger.lane.ts';
import { withoutBodies, writeEach, type Item } from './ledger.poison.ts';

/** The writer's side of a replay. */
export interface ReplayHost {
  /** Waits for the append in flight and lets no other begin. */
  holdAppends(): Promise<void>;
  releaseAppends(): void;
  /** The journal is empty: records go to PostgreSQL again. Called while appends are held. */
  returnToDatabase(): void;
}

export interface ReplayerOptions {
  readonly journal: Journal;
  readonly lane: Lane;
  readonly host: ReplayHost;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Told first when PostgreSQL may be back, so that the lease is renewed before others take us for dead. */
  readonly beforeReplay: () => Promise<void>;
}

const CHUNK_BYTES = 4 * 1024 * 1024;
/** Below this the rest is replayed while nothing new is appended; a small part of a second at most. */
const HOLD_BELOW_BYTES = 1024 * 1024;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2000;

/** Brings the journal into PostgreSQL, oldest first, as soon as that can be reached. */
export class Replayer {
  readonly #options: ReplayerOptions;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: ReplayerOptions) {
    this.#options = options;
  }

  /** Begins, unless it is at work already. The promise resolves when the journal is empty or `stop` was called; it never rejects. */
  run(): Promise<void> {
    return (this.#running ??= this.#replayUntilEmpty().finally(() => (this.#running = undefined)));
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #replayUntilEmpty(): Promise<void> {
    const { journal, log } = this.#options;
    const { signal } = this.#stopping;
    for (let waitMs = FIRST_WAIT_MS; !signal.aborted; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      try {
        await this.#replay();
        log.info({}, 'the journal is empty; records go to PostgreSQL again');
        return;
      } catch (error) {
        if (signal.aborted) return;
        const message = 'the journal cannot be replayed yet; it is tried again';
        if (isTransient(error)) log.warn({ error, pendingEntries: journal.pendingEntries, waitMs }, message);
        else log.error({ error, pendingEntries: journal.pendingEntries, waitMs }, message);
        await sleep(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  }

  async #replay(): Promise<void> {
    const { journal, host, beforeReplay } = this.#options;
    await beforeReplay();
    let isHeld = false;
    try {
      while (!this.#stopping.signal.aborted) {
        if (!isHeld && journal.bytes < HOLD_BELOW_BYTES) {
          await host.holdAppends();
          isHeld = true;
        }
        const chunk = await journal.read(CHUNK_BYTES);
        if (chunk === null) {
          if (isHeld) return host.returnToDatabase();
          await host.holdAppends();
          isHeld = true;
          continue;
        }
        await this.#apply(chunk.entries);
        await journal.drop(chunk);
      }
      throw new Error('the replay was stopped');
    } finally {
      this.#options.lane.release();
      if (isHeld) host.releaseAppends();
    }
  }

  async #apply(entries: readonly LedgerEntry[]): Promise<void> {
    const { lane, log } = this.#options;
    const { unwritten, cause } = await writeEach(
      lane,
      entries.map((entry) => ({ entry })),
      {
        written: ({ entry }, abandoned) => {
          if (abandoned.size === 0) return;
          const ids = [...entry.settledAttemptIds, ...(entry.settledRequestId === null ? [] : [entry.settledRequestId])];
          const lost = ids.filter((id) => abandoned.has(id));
          if (lost.length > 0)
            log.error({ ids: lost }, 'acknowledged settlements met requests that were abandoned meanwhile; the estimate stands');
        },
        refused: ({ entry }, error) => this.#refuse(entry, error),
      },
    );
    if (unwritten.length > 0) throw cause;
  }

  /** The entry was acknowledged: what of it cannot be stored is kept in a file. */
  async #refuse(entry: LedgerEntry, error: unknown): Promise<Item | null> {
    if (isSchemaFault(error)) throw error;
    const path = await this.#options.journal.setAside(entry);
    this.#options.log.error({ error, path }, 'PostgreSQL refuses a record of the journal; it was kept in this file');
    const bare = withoutBodies(entry);
    return bare === null ? null : { entry: bare };
  }
}
