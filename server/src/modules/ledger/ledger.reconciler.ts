import type { Clock } from '../../kernel/clock/index.ts';
import type { Logger } from '../../kernel/telemetry/index.ts';
import { NO_TOKENS, type BillingDetail, type TokenCounts } from './ledger.records.ts';
import type { OpenAttempt, OrphanedAttempt, OrphanStore } from './orphan.store.ts';

/** Prices tokens of a model with the price that was in force at `atMs`; null when that is unknown. */
export type PriceOf = (
  modelId: string,
  tokens: TokenCounts & BillingDetail,
  atMs: number,
) => { readonly costNanoUsd: bigint; readonly priceVersion: string } | null;

export interface ReconcilerOptions {
  readonly store: OrphanStore;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly priceOf: PriceOf;
  /** Of this process; never closed by it. */
  readonly instanceId: string;
  readonly orphanGraceMs: number;
}

export interface Reconciliation {
  readonly closedRequests: number;
  readonly closedAttempts: number;
}

const RECONCILE_EVERY_MS = 5000;
/** Bytes of JSON that make about one token, for calls that left no checkpoint. */
const BYTES_PER_TOKEN = 4;

/**
 * Closes what processes that died left open: attempts from their last checkpoint, requests as ABANDONED with the sums of their attempts.
 * An attempt without one had probably been sent, so its input counts as read, estimated from its size; where that is not recorded, what it
 * cost is unknown, and never nothing.
 * Any number may run at once; every request is closed exactly once, and a settlement that was there before stands.
 */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  /** When an expired lease was first seen. One that was merely cut off from the database gets `orphanGraceMs` to renew it. */
  readonly #expiredSinceMs = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<Reconciliation> | undefined;

  constructor(options: ReconcilerOptions) {
    this.#options = options;
  }

  /** Runs every five seconds until `stop`. */
  start(): void {
    this.#timer = setInterval(() => void this.#runQuietly(), RECONCILE_EVERY_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running?.catch(() => undefined);
  }

  /**
   * Closes the orphans of all instances that have ended, or whose lease ran out `orphanGraceMs` ago while this process was watching.
   * `deadSlotIds`: slots whose earlier holders are known to be dead, so that nothing needs to be waited for.
   * Safe to repeat; after a failure it goes on where it stopped.
   */
  async closeOrphans(deadSlotIds: readonly string[] = []): Promise<Reconciliation> {
    try {
      const dead = await this.#findDead(deadSlotIds);
      let [closedRequests, closedAttempts] = [0, 0];
      for (const instanceId of dead) {
        const closed = await this.#closeInstance(instanceId, deadSlotIds);
        closedRequests += closed.closedRequests;
        closedAttempts += closed.closedAttempts;
      }
      closedAttempts += await this.#options.store.closeStrayAttempts(this.#options.clock.nowMs());
      if (closedRequests > 0)
        this.#options.log.info({ closedRequests, closedAttempts, instances: dead }, 'requests of ended processes were closed');
      return { closedRequests, closedAttempts };
    } catch (error) {
      // Whether the others could reach the database meanwhile is unknown: watch them anew.
      this.#expiredSinceMs.clear();
      throw error;
    }
  }

  async #findDead(deadSlotIds: readonly string[]): Promise<string[]> {
    const { clock, instanceId, orphanGraceMs } = this.#options;
    const candidates = await this.#options.store.findEndedInstances(instanceId, deadSlotIds);
    const nowMs = clock.monotonicMs();
    const expired = new Set(candidates.filter((candidate) => candidate.isOnlyExpired).map(({ id }) => id));
    for (const id of this.#expiredSinceMs.keys()) if (!expired.has(id)) this.#expiredSinceMs.delete(id);
    return candidates.flatMap(({ id, isOnlyExpired }) => {
      if (!isOnlyExpired) return [id];
      const sinceMs = this.#expiredSinceMs.get(id) ?? nowMs;
      this.#expiredSinceMs.set(id, sinceMs);
      return nowMs - sinceMs >= orphanGraceMs ? [id] : [];
    });
  }

  async #closeInstance(instanceId: string, deadSlotIds: readonly string[]): Promise<Reconciliation> {
    let [closedRequests, closedAttempts] = [0, 0];
    let beforeId: string | null = null;
    do {
      const page = await this.#options.store.closePage(
        { instanceId, deadSlotIds, beforeId, nowMs: this.#options.clock.nowMs() },
        (attempt) => this.#toOrphaned(attempt),
      );
      closedRequests += page.closedRequests;
      closedAttempts += page.closedAttempts;
      beforeId = page.nextBeforeId;
    } while (beforeId !== null);
    this.#expiredSinceMs.delete(instanceId);
    return { closedRequests, closedAttempts };
  }

  #toOrphaned({ id, requestId, modelId, startedAtMs, checkpoint, inputBytes }: OpenAttempt): OrphanedAttempt {
    const inputTokens = checkpoint?.inputTokens ?? (inputBytes === null ? null : Math.ceil(inputBytes / BYTES_PER_TOKEN));
    const outputTokens = checkpoint?.outputTokens ?? 0;
    const tokens: TokenCounts =
      inputTokens === null ? NO_TOKENS : { ...NO_TOKENS, inputTokens, outputTokens, totalTokens: inputTokens + outputTokens };
    const price = inputTokens === null ? null : this.#options.priceOf(modelId, tokens, startedAtMs);
    return {
      id,
      requestId,
      tokens,
      costNanoUsd: price?.costNanoUsd ?? null,
      priceVersion: price?.priceVersion ?? null,
      durationMs: checkpoint === null ? 0 : Math.max(0, checkpoint.atMs - startedAtMs),
    };
  }

  #runQuietly(): Promise<void> {
    if (this.#running !== undefined) return Promise.resolve();
    this.#running = this.closeOrphans();
    return this.#running
      .then(() => undefined)
      .catch((error: unknown) => this.#options.log.warn({ error }, 'requests of ended processes could not be closed; it is tried again'))
      .finally(() => (this.#running = undefined));
  }
}
