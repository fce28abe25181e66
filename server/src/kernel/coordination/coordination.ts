/**
 * What processes agree on: short-lived values, limits and messages. Never the only copy of anything that matters.
 * `MemoryCoordination` serves one process, `RedisCoordination` many; one contract test holds both.
 */
export interface Coordination {
  get(key: string): Promise<string | null>;
  /**
   * Sets with an optional time to live; with `onlyIfAbsent` returns false and changes nothing when the key exists.
   * Values hold up to 1 Mi characters.
   */
  set(key: string, value: string, options?: { ttlMs?: number; onlyIfAbsent?: boolean }): Promise<boolean>;
  delete(key: string): Promise<boolean>;
  /**
   * One atomic step over all limits of a call: either every one has room and all are taken, or none is touched. A key may appear once per
   * kind and window. When this rejects, the limits may have been taken all the same (the answer of the store was lost): what was taken
   * then falls out of the window, and holders expire with their lease.
   */
  take(limits: readonly LimitRequest[]): Promise<LimitDecision>;
  /** Gives back what a `concurrency` limit holds. Repeating it for the same `holder` changes nothing. */
  release(limits: readonly { key: string; holder: string }[]): Promise<void>;
  publish(channel: string, message: string): Promise<void>;
  /**
   * Messages published after the returned promise resolved, in order, until the subscription is closed. Bounded: the oldest are dropped
   * and counted. Messages are hints: after a loss (a full queue, a lost connection) `onGap` is called, and what was derived from
   * messages must be read again.
   */
  subscribe(channel: string, listener: (message: string) => void, onGap?: () => void): Promise<Subscription>;
  /** Rejects when the store cannot be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface Subscription {
  /** Messages dropped because the queue was full. */
  readonly droppedCount: number;
  close(): Promise<void>;
}

export type LimitRequest =
  /** Sliding window counter: at most `limit` in any window of `windowMs` (two-bucket approximation, error stated in docs). */
  | { readonly kind: 'rate'; readonly key: string; readonly amount: number; readonly limit: number; readonly windowMs: number }
  /** At most `limit` holders at once; a holder that is never released expires after `leaseMs`. Taking again with the same `holder` renews its lease. */
  | { readonly kind: 'concurrency'; readonly key: string; readonly holder: string; readonly limit: number; readonly leaseMs: number };

export interface LimitDecision {
  readonly isAllowed: boolean;
  /** Index of the first limit without room; null when allowed. */
  readonly refusedIndex: number | null;
  /**
   * Advice when refused, in milliseconds; 0 when allowed. For rates: when the same step would pass if nobody else took anything (the
   * window itself when the amount exceeds the limit). For concurrency: at most a second, because calls end when they end.
   */
  readonly retryAfterMs: number;
  /** What is left of each limit after this step, in the order asked. */
  readonly remaining: readonly number[];
}
