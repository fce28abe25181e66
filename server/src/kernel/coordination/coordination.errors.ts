import { AntiphonError } from '../errors/index.ts';

const MESSAGE = 'Limits and sessions cannot be checked now. Try again shortly.';

/** The store cannot answer now. Callers are told no more; `reason`, which tells the operator where to look, is the cause that logs show. */
export function storeUnavailable(reason: string, retryAfterMs: number, cause?: unknown): AntiphonError {
  return new AntiphonError('UNAVAILABLE', MESSAGE, {
    retryAfterMs,
    cause: new Error(reason, cause === undefined ? undefined : { cause }),
  });
}

/** The bounded memory of a single process is used up. Nothing was evicted: an evicted limit would be no limit. */
export function memoryFull(what: string, bound: number): AntiphonError {
  return storeUnavailable(
    `the process coordinates ${bound} ${what} already, which is its bound; set REDIS_URL to coordinate in Redis, or wait for some to expire`,
    1_000,
  );
}
