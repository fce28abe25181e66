import type { LimitDecision, LimitRequest } from './coordination.ts';
import { memoryFull } from './coordination.errors.ts';
import { ExpiringMap } from './expiring-map.ts';
import { assertLimitRequests, concurrencyRetryAfterMs, rateRetryAfterMs, rateRoom } from './limit-request.policy.ts';

type RateRequest = Extract<LimitRequest, { kind: 'rate' }>;
type ConcurrencyRequest = Extract<LimitRequest, { kind: 'concurrency' }>;

/** Two buckets of one key and window. A key that is used with several windows has a chain of them. */
class RateCounter {
  readonly windowMs: number;
  previous = 0;
  current = 0;
  elapsedMs = 0;
  next: RateCounter | null = null;
  #bucket = -1;

  constructor(windowMs: number) {
    this.windowMs = windowMs;
  }

  /** Moves on to `nowMs`. Changes no decision that was taken before. */
  advance(nowMs: number): void {
    const bucket = Math.floor(nowMs / this.windowMs);
    if (bucket !== this.#bucket) {
      this.previous = bucket === this.#bucket + 1 ? this.current : 0;
      this.current = 0;
      this.#bucket = bucket;
    }
    this.elapsedMs = nowMs - bucket * this.windowMs;
  }

  isOver(nowMs: number): boolean {
    return Math.floor(nowMs / this.windowMs) > this.#bucket + 1 && (this.next === null || this.next.isOver(nowMs));
  }
}

/** Holders of one concurrency limit with the end of their leases. */
class HolderSet {
  readonly #expiresAtMs = new Map<string, number>();
  /** No lease ends before this; it may end later, because releases do not move it. */
  #earliestMs = Infinity;

  get size(): number {
    return this.#expiresAtMs.size;
  }

  get earliestMs(): number {
    return this.#earliestMs;
  }

  has(holder: string): boolean {
    return this.#expiresAtMs.has(holder);
  }

  set(holder: string, expiresAtMs: number): void {
    this.#expiresAtMs.set(holder, expiresAtMs);
    if (expiresAtMs < this.#earliestMs) this.#earliestMs = expiresAtMs;
  }

  delete(holder: string): void {
    this.#expiresAtMs.delete(holder);
  }

  /** Drops ended leases. Looks at the holders only when one of them can have ended. */
  expire(nowMs: number): void {
    if (nowMs < this.#earliestMs) return;
    this.#earliestMs = Infinity;
    for (const [holder, expiresAtMs] of this.#expiresAtMs) {
      if (expiresAtMs <= nowMs) this.#expiresAtMs.delete(holder);
      else if (expiresAtMs < this.#earliestMs) this.#earliestMs = expiresAtMs;
    }
  }
}

/** The limits of one process. Every step is synchronous, which is what makes it atomic. */
export class MemoryLimits {
  readonly #maxKeys: number;
  readonly #rates: ExpiringMap<RateCounter>;
  readonly #holders: ExpiringMap<HolderSet>;

  constructor(maxKeys: number) {
    this.#maxKeys = maxKeys;
    this.#rates = new ExpiringMap(maxKeys, (counter, nowMs) => counter.isOver(nowMs));
    this.#holders = new ExpiringMap(maxKeys, (holders, nowMs) => {
      holders.expire(nowMs);
      return holders.size === 0;
    });
  }

  get keyCount(): number {
    return this.#rates.size + this.#holders.size;
  }

  /** Throws `RangeError` for invalid requests and UNAVAILABLE when there is no memory for new keys; then nothing is taken. */
  take(limits: readonly LimitRequest[], nowMs: number): LimitDecision {
    assertLimitRequests(limits);
    let refusedIndex: number | null = null;
    let retryAfterMs = 0;
    for (let index = 0; index < limits.length; index++) {
      const waitMs = this.#waitFor(limits[index] as LimitRequest, nowMs);
      if (waitMs === 0) continue;
      refusedIndex ??= index;
      if (waitMs > retryAfterMs) retryAfterMs = waitMs;
    }
    if (refusedIndex === null) {
      this.#assertRoom(limits, nowMs);
      for (const limit of limits) this.#apply(limit, nowMs);
    }
    const remaining = limits.map((limit) => this.#remaining(limit));
    return { isAllowed: refusedIndex === null, refusedIndex, retryAfterMs, remaining };
  }

  release(key: string, holder: string): void {
    const holders = this.#holders.get(key);
    if (holders === undefined) return;
    holders.delete(holder);
    if (holders.size === 0) this.#holders.delete(key);
  }

  /** 0 when there is room. */
  #waitFor(limit: LimitRequest, nowMs: number): number {
    if (limit.kind === 'rate') {
      const counter = this.#counter(limit) ?? new RateCounter(limit.windowMs);
      counter.advance(nowMs);
      return rateRoom(counter, limit.limit, limit.amount) >= 0 ? 0 : rateRetryAfterMs(counter, limit.limit, limit.amount);
    }
    const holders = this.#holders.get(limit.key);
    if (holders === undefined) return limit.limit > 0 ? 0 : concurrencyRetryAfterMs(Infinity);
    holders.expire(nowMs);
    if (holders.size < limit.limit || holders.has(limit.holder)) return 0;
    return concurrencyRetryAfterMs(holders.earliestMs - nowMs);
  }

  #assertRoom(limits: readonly LimitRequest[], nowMs: number): void {
    let newRates = 0;
    let newHolders = 0;
    for (const limit of limits) {
      if (limit.kind === 'rate') newRates += this.#rates.get(limit.key) === undefined ? 1 : 0;
      else newHolders += this.#holders.get(limit.key) === undefined ? 1 : 0;
    }
    if (newRates > 0 && !this.#rates.hasRoom(newRates, nowMs)) throw memoryFull('rate limits', this.#maxKeys);
    if (newHolders > 0 && !this.#holders.hasRoom(newHolders, nowMs)) throw memoryFull('concurrency limits', this.#maxKeys);
  }

  #apply(limit: LimitRequest, nowMs: number): void {
    if (limit.kind === 'rate') this.#applyRate(limit, nowMs);
    else this.#applyConcurrency(limit, nowMs);
  }

  #applyRate(limit: RateRequest, nowMs: number): void {
    let counter = this.#counter(limit);
    if (counter === null) {
      counter = new RateCounter(limit.windowMs);
      const first = this.#rates.get(limit.key);
      if (first === undefined) this.#rates.add(limit.key, counter, nowMs);
      else {
        counter.next = first.next;
        first.next = counter;
      }
      counter.advance(nowMs);
    }
    counter.current += limit.amount;
  }

  #applyConcurrency(limit: ConcurrencyRequest, nowMs: number): void {
    let holders = this.#holders.get(limit.key);
    if (holders === undefined) {
      holders = new HolderSet();
      holders.set(limit.holder, nowMs + limit.leaseMs);
      this.#holders.add(limit.key, holders, nowMs);
      return;
    }
    holders.set(limit.holder, nowMs + limit.leaseMs);
  }

  #remaining(limit: LimitRequest): number {
    if (limit.kind === 'concurrency') return Math.max(0, limit.limit - (this.#holders.get(limit.key)?.size ?? 0));
    const counter = this.#counter(limit);
    return counter === null ? limit.limit : Math.max(0, Math.floor(rateRoom(counter, limit.limit, 0) / limit.windowMs));
  }

  #counter(limit: RateRequest): RateCounter | null {
    let counter = this.#rates.get(limit.key) ?? null;
    while (counter !== null && counter.windowMs !== limit.windowMs) counter = counter.next;
    return counter;
  }
}
