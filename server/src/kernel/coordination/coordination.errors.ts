import { AntiphonError } from '../errors/index.ts';

/** The store cannot answer now. The message names what to look at, never the address with its password. */
export function storeUnavailable(reason: string, retryAfterMs: number, cause?: unknown): AntiphonError {
  return new AntiphonError('UNAVAILABLE', `Limits and sessions cannot be reached: ${reason}.`, { retryAfterMs, cause });
}

/** The bounded memory of a single process is used up. Nothing was evicted: an evicted limit would be no limit. */
export function memoryFull(what: string, bound: number): AntiphonError {
  return new AntiphonError(
    'UNAVAILABLE',
    `The process coordinates ${bound} ${what} already, which is its bound. Set REDIS_URL to coordinate in Redis, or wait for some to expire.`,
    { retryAfterMs: 1_000 },
  );
}
