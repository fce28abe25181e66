import type { LimitRequest } from './coordination.ts';

/** More limits than any call has; a bound for the store's script. */
const MAX_LIMITS = 64;

/** Throws `RangeError` for what cannot be decided, before anything is touched. */
export function assertLimitRequests(limits: readonly LimitRequest[]): void {
  if (limits.length > MAX_LIMITS) throw new RangeError(`one step takes at most ${MAX_LIMITS} limits, not ${limits.length}`);
  for (let index = 0; index < limits.length; index++) {
    const limit = limits[index] as LimitRequest;
    assertCount(limit.limit, limit.key, 'limit');
    if (limit.kind === 'rate') {
      assertCount(limit.amount, limit.key, 'amount');
      assertPositive(limit.windowMs, limit.key, 'windowMs');
    } else assertPositive(limit.leaseMs, limit.key, 'leaseMs');
    for (let other = 0; other < index; other++) assertDistinct(limit, limits[other] as LimitRequest);
  }
}

function assertCount(value: number, key: string, name: string): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${name} of ${key} must be a whole number from 0, not ${value}`);
}

function assertPositive(value: number, key: string, name: string): void {
  if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`${name} of ${key} must be a whole number from 1, not ${value}`);
}

function assertDistinct(limit: LimitRequest, other: LimitRequest): void {
  if (limit.key !== other.key || limit.kind !== other.kind) return;
  if (limit.kind === 'rate' && other.kind === 'rate' && limit.windowMs !== other.windowMs) return;
  throw new RangeError(`${limit.key} appears twice in one step; add the amounts up`);
}

/** Calls end when they end; asking again after a second is cheap and soon enough. */
const CONCURRENCY_RETRY_MS = 1_000;

/** Advice for a full concurrency limit whose next lease ends in `untilExpiryMs`. */
export function concurrencyRetryAfterMs(untilExpiryMs: number): number {
  return Math.max(1, Math.min(CONCURRENCY_RETRY_MS, untilExpiryMs));
}

/** A sliding window seen at one moment: `elapsedMs` of the current bucket are over, the one before counts for the rest. */
export interface RateView {
  readonly previous: number;
  readonly current: number;
  readonly elapsedMs: number;
  readonly windowMs: number;
}

/**
 * Room left in units × ms, negative when over the limit: the estimate is `previous × (1 - elapsed/window) + current`. Multiplied by the
 * window so that everything is a whole number and Redis, in Lua, comes to the same answer.
 */
export function rateRoom(view: RateView, limit: number, amount: number): number {
  return (limit - view.current - amount) * view.windowMs - view.previous * (view.windowMs - view.elapsedMs);
}

/** The least wait after which `rateRoom` is no longer negative when nobody takes anything meanwhile. */
export function rateRetryAfterMs(view: RateView, limit: number, amount: number): number {
  const { previous, current, elapsedMs, windowMs } = view;
  if (amount > limit) return windowMs;
  const leftMs = windowMs - elapsedMs;
  if (current + amount <= limit && previous > 0) {
    const waitMs = Math.ceil((previous * leftMs - (limit - current - amount) * windowMs) / previous);
    if (waitMs <= leftMs) return Math.max(1, waitMs);
  }
  // The current bucket becomes the previous one and then fades.
  const fadeMs = current === 0 ? 0 : Math.ceil((current * windowMs - (limit - amount) * windowMs) / current);
  return Math.max(1, leftMs + Math.max(0, fadeMs));
}
