import type { Logger } from '../../kernel/telemetry/index.ts';
import { AntiphonError } from '../../kernel/errors/index.ts';
import {
  sizeOf,
  toAttemptEntry,
  toCheckpointEntry,
  toRefusalEntry,
  toSettlementEntry,
  toStartEntry,
  type LedgerEntry,
} from './ledger.entry.ts';
import { toUnavailable } from './ledger.errors.ts';
import type { Journal } from './ledger.journal.ts';
import type { Lane } from './ledger.lane.ts';
import { START_SHARE, type LedgerLimits } from './ledger.limits.ts';
import { withoutBodies, writeEach, type Item } from './ledger.poison.ts';
import type {
  AttemptSettled,
  AttemptStarted,
  Checkpoint,
  LedgerWriter,
  PayloadRecord,
  Refusal,
  RequestSettled,
  RequestStarted,
} from './ledger.records.ts';
import { RefusalFold } from './refusal.fold.ts';
import { Replayer } from './ledger.replayer.ts';

export interface WriterOptions {
  readonly instanceId: string;
  /** Only one, so that records become durable in the order in which they came: a settlement never before its start. */
  readonly lane: Lane;
  readonly journal: Journal;
  readonly limits: LedgerLimits;
  readonly groupCommitWindowMs: number;
  readonly isDurable: boolean;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly beforeReplay: () => Promise<void>;
}

/** Figures of the writer since it was made; `queued…`, `journal…` and `pending…` are of now. */
export interface WriterStats {
  readonly isJournaling: boolean;
  readonly queuedEntries: number;
  readonly queuedBytes: number;
  readonly batches: number;
  readonly entries: number;
  readonly refusedEntries: number;
  readonly abandonedEntries: number;
  readonly journaledEntries: number;
  readonly droppedCheckpoints: number;
  readonly journalBytes: number;
  readonly pendingInJournal: number;
}

/** An entry with somebody who waits for it. */
interface QueuedEntry extends Item {
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const MAX_CHECKPOINTS = 10_000;
/** How long checkpoints and refusals may wait for company; nobody waits for them. */
const IDLE_FLUSH_MS = 250;
const nothing = (): void => undefined;

/** Collects what arrives within the window and while earlier batches are being committed, and makes it durable in one statement. */
export class GroupCommitWriter implements LedgerWriter {
  readonly #options: WriterOptions;
  readonly #replayer: Replayer;
  readonly #checkpoints = new Map<string, Checkpoint>();
  readonly #refusals = new RefusalFold();
  #queue: QueuedEntry[] = [];
  #queuedBytes = 0;
  #windowTimer: NodeJS.Timeout | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  /** The window of what is queued has passed: it goes as soon as the batch before it is done. */
  #isDue = false;
  #isClosed = false;
  #isJournaling = false;
  #isHeld = false;
  #append: Promise<void> | undefined;
  #isFlushing = false;
  #whenQuiet: (() => void)[] = [];
  #counts = { batches: 0, entries: 0, refusedEntries: 0, abandonedEntries: 0, journaledEntries: 0, droppedCheckpoints: 0 };

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#replayer = new Replayer({
      journal: options.journal,
      lane: options.lane,
      log: options.log,
      beforeReplay: options.beforeReplay,
      host: {
        holdAppends: async () => {
          this.#isHeld = true;
          await this.#append;
        },
        releaseAppends: () => {
          this.#isHeld = false;
          this.#pump();
        },
        returnToDatabase: () => (this.#isJournaling = false),
      },
    });
  }

  start(request: RequestStarted, attempt: AttemptStarted | null, input: PayloadRecord | null): Promise<void> {
    return this.#enqueue(toStartEntry(request, attempt, input, this.#options.instanceId), START_SHARE);
  }

  startAttempt(attempt: AttemptStarted): Promise<void> {
    return this.#enqueue(toAttemptEntry(attempt), START_SHARE);
  }

  settle(attempts: readonly AttemptSettled[], request: RequestSettled | null, output: PayloadRecord | null): Promise<void> {
    if (attempts.length === 0 && request === null && output === null) return Promise.resolve();
    return this.#enqueue(toSettlementEntry(attempts, request, output), 1);
  }

  checkpoint(checkpoint: Checkpoint): void {
    if (this.#isClosed || (this.#checkpoints.size >= MAX_CHECKPOINTS && !this.#checkpoints.has(checkpoint.attemptId))) {
      this.#counts.droppedCheckpoints++;
      return;
    }
    this.#checkpoints.set(checkpoint.attemptId, checkpoint);
    this.#scheduleIdle();
  }

  refuse(refusal: Refusal): void {
    if (this.#isClosed) return;
    this.#refusals.add(refusal);
    this.#scheduleIdle();
  }

  /** Brings the journal that an earlier process left into PostgreSQL; resolves when it is empty. */
  async replayJournal(): Promise<void> {
    if (this.#options.journal.isEmpty) return;
    this.#isJournaling = true;
    await this.#replayer.run();
  }

  /** Takes nothing more and resolves when everything taken is durable or rejected. The journal is left as it is when PostgreSQL is away. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#onDue();
    if (this.#hasWork()) await new Promise<void>((resolve) => this.#whenQuiet.push(resolve));
    await this.#replayer.stop();
    clearTimeout(this.#idleTimer);
    this.#options.lane.release();
  }

  /** Whether a new call could be recorded now, wherever. */
  get isAccepting(): boolean {
    return !this.#isClosed && this.#hasRoom(0, START_SHARE) && !(this.#isJournaling && this.#options.journal.fill >= START_SHARE);
  }

  get stats(): WriterStats {
    const { journal } = this.#options;
    return {
      ...this.#counts,
      isJournaling: this.#isJournaling,
      queuedEntries: this.#queue.length,
      queuedBytes: this.#queuedBytes,
      journalBytes: journal.bytes,
      pendingInJournal: journal.pendingEntries,
    };
  }

  #enqueue(entry: LedgerEntry, share: number): Promise<void> {
    const bytes = sizeOf(entry);
    if (this.#isClosed) return Promise.reject(toUnavailable('the server is stopping'));
    if (!this.#hasRoom(bytes, share)) return Promise.reject(toUnavailable('too many records are waiting for the database'));
    if (share < 1 && this.#isJournaling && this.#options.journal.fill >= share)
      return Promise.reject(toUnavailable('the database is away and the journal is full'));
    return new Promise<void>((resolve, reject) => {
      this.#push(entry, bytes, resolve, reject);
      if (!this.#options.isDurable) resolve();
      this.#schedule();
    });
  }

  #hasRoom(bytes: number, share: number): boolean {
    const { maxQueuedEntries, maxQueuedBytes } = this.#options.limits;
    if (this.#queue.length === 0) return true;
    return this.#queue.length < maxQueuedEntries * share && this.#queuedBytes + bytes <= maxQueuedBytes * share;
  }

  #push(entry: LedgerEntry, bytes: number, resolve: () => void, reject: (error: unknown) => void): void {
    this.#queue.push({ entry, bytes, resolve, reject });
    this.#queuedBytes += bytes;
  }

  #schedule(): void {
    if (this.#isDue || this.#windowTimer !== undefined) return;
    this.#windowTimer = setTimeout(this.#onDue, this.#options.groupCommitWindowMs);
  }

  #scheduleIdle(): void {
    this.#idleTimer ??= setTimeout(this.#onDue, IDLE_FLUSH_MS);
  }

  readonly #onDue = (): void => {
    clearTimeout(this.#windowTimer);
    this.#windowTimer = undefined;
    this.#isDue = true;
    this.#pump();
  };

  #pump(): void {
    while (this.#isDue) {
      if (this.#isJournaling) {
        if (this.#isHeld || this.#append !== undefined) return;
        const batch = this.#take();
        if (batch.length > 0) this.#append = this.#appendToJournal(batch).finally(() => this.#afterAppend());
        continue;
      }
      if (this.#isFlushing) return;
      const batch = this.#take();
      if (batch.length > 0) void this.#flush(batch);
    }
    if (this.#whenQuiet.length > 0 && !this.#hasWork()) for (const resolve of this.#whenQuiet.splice(0)) resolve();
  }

  #afterAppend(): void {
    this.#append = undefined;
    this.#pump();
  }

  #hasWork(): boolean {
    return (
      this.#queue.length > 0 || this.#checkpoints.size > 0 || this.#refusals.size > 0 || this.#isFlushing || this.#append !== undefined
    );
  }

  /** The next batch. What nobody waits for rides along. */
  #take(): QueuedEntry[] {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = undefined;
    if (this.#checkpoints.size > 0) {
      this.#push(toCheckpointEntry(this.#checkpoints.values()), 0, nothing, nothing);
      this.#checkpoints.clear();
    }
    if (this.#refusals.size > 0) this.#push(toRefusalEntry(this.#refusals.take()), 0, nothing, nothing);
    const batch = this.#queuedBytes <= this.#options.limits.maxBatchBytes ? this.#queue : this.#takePart();
    if (batch === this.#queue) {
      this.#queue = [];
      this.#queuedBytes = 0;
    }
    this.#isDue = this.#queue.length > 0;
    return batch;
  }

  #takePart(): QueuedEntry[] {
    let bytes = 0;
    let count = 0;
    for (const item of this.#queue) {
      if (count > 0 && bytes + item.bytes > this.#options.limits.maxBatchBytes) break;
      bytes += item.bytes;
      count++;
    }
    this.#queuedBytes -= bytes;
    return this.#queue.splice(0, count);
  }

  async #flush(batch: readonly QueuedEntry[]): Promise<void> {
    this.#isFlushing = true;
    this.#counts.batches++;
    this.#counts.entries += batch.length;
    try {
      const { unwritten, cause } = await writeEach(this.#options.lane, batch, {
        written: (item, abandoned) => this.#acknowledge(item, abandoned),
        refused: (item, error) => this.#refuseEntry(item, error),
      });
      if (unwritten.length > 0) await this.#turnToJournal(unwritten, cause);
    } catch (error) {
      for (const entry of batch) entry.reject(error);
    } finally {
      this.#isFlushing = false;
      this.#pump();
    }
  }

  #acknowledge(item: QueuedEntry, abandoned: ReadonlySet<string>): void {
    if (abandoned.size > 0) {
      const { settledRequestId, settledAttemptIds } = item.entry;
      if ((settledRequestId !== null && abandoned.has(settledRequestId)) || settledAttemptIds.some((id) => abandoned.has(id)))
        return this.#rejectAbandoned(item);
    }
    item.resolve();
  }

  #rejectAbandoned({ entry, reject }: QueuedEntry): void {
    this.#counts.abandonedEntries++;
    const { settledRequestId: requestId, settledAttemptIds: attemptIds } = entry;
    this.#options.log.warn({ requestId, attemptIds }, 'a settlement came after its request was abandoned');
    const message =
      'This completion was closed as abandoned while its server was cut off from the database; the estimate recorded then stands. Send the request again.';
    reject(new AntiphonError('CONFLICT', message, requestId === null ? {} : { completionId: requestId }));
  }

  async #refuseEntry(item: QueuedEntry, error: unknown): Promise<QueuedEntry | null> {
    this.#counts.refusedEntries++;
    const requestId = toRequestId(item.entry);
    const bare = withoutBodies(item.entry);
    if (bare !== null) {
      this.#options.log.error({ error, requestId }, 'PostgreSQL refuses a record; it is tried without its payload');
      return { ...item, entry: bare };
    }
    this.#options.log.error({ error, requestId }, 'PostgreSQL refuses a record');
    const message = 'This call could not be recorded, so it was not carried out. Quote the request id to have it looked up.';
    item.reject(new AntiphonError('INTERNAL', message, { cause: error }));
    return null;
  }

  async #turnToJournal(entries: readonly QueuedEntry[], cause: unknown): Promise<void> {
    if (!this.#isJournaling) {
      this.#isJournaling = true;
      this.#options.log.warn({ error: cause }, 'PostgreSQL cannot be reached; records go to the local journal');
    }
    // The journal appends one frame at a time, and none while its end is being replayed.
    while (this.#append !== undefined || this.#isHeld) await (this.#append ?? this.#replayer.run());
    this.#isJournaling = true;
    this.#append = this.#appendToJournal(entries).finally(() => this.#afterAppend());
    await this.#append;
  }

  async #appendToJournal(entries: readonly QueuedEntry[]): Promise<void> {
    try {
      await this.#options.journal.append(entries.map(({ entry }) => entry));
      this.#counts.journaledEntries += entries.length;
      for (const entry of entries) entry.resolve();
    } catch (error) {
      for (const entry of entries) entry.reject(error);
    }
    void this.#replayer.run();
  }
}

/** For the log: the id is the first member of every object. */
function toRequestId(entry: LedgerEntry): string | null {
  return entry.settledRequestId ?? /^\{"a":"([^"]+)"/.exec(entry.request)?.[1] ?? null;
}
