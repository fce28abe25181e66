/** Bounds of the writer; every one has a default that suits production. */
export interface LedgerLimits {
  /** Calls waiting to become durable. Default 20,000. */
  readonly maxQueuedEntries: number;
  /** Their bytes. Default 64 MiB. */
  readonly maxQueuedBytes: number;
  /** Bytes of one statement, unless a single call is larger. Default 8 MiB. */
  readonly maxBatchBytes: number;
  /** A batch unanswered for this long goes to the journal. Default 5,000. */
  readonly flushTimeoutMs: number;
  /** Size at which a new file of the journal is begun. Default 8 MiB. */
  readonly journalSegmentBytes: number;
  /** How long after its lease ran out an instance counts as dead, so that one that was cut off can come back. Default 20,000. */
  readonly orphanGraceMs: number;
}

const MEBIBYTE = 1024 * 1024;

export const DEFAULT_LIMITS: LedgerLimits = {
  maxQueuedEntries: 20_000,
  maxQueuedBytes: 64 * MEBIBYTE,
  maxBatchBytes: 8 * MEBIBYTE,
  flushTimeoutMs: 5_000,
  journalSegmentBytes: 8 * MEBIBYTE,
  orphanGraceMs: 20_000,
};

/** New calls may fill queue and journal up to this share; the rest is kept for settling calls that are already paid for. */
export const START_SHARE = 0.8;
