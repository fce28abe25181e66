import type { ProviderErrorClass } from '../../providers/index.ts';
import type { FallbackChains } from '../routing.types.ts';
import { backoffMs } from './retry-throttle.ts';

/** What went wrong, and what is left to try. */
export interface FailedAttempt {
  readonly errorClass: ProviderErrorClass;
  /** What the provider asked for; null: nothing. */
  readonly retryAfterMs: number | null;
  /** The first output reached the caller: nothing may be tried again from there. */
  readonly hasOutput: boolean;
  /** How many attempts the call has made, this one included. */
  readonly attemptCount: number;
  /** Steps of the decision that were not tried yet. */
  readonly stepsLeft: number;
  /** Retry budget of the tenant and throttle of the provider both allow one more. Ask only when the answer is needed: asking spends. */
  readonly mayRetry: () => boolean;
  readonly remainingMs: number;
  /** In [0, 1), for the wait. */
  readonly unit: number;
}

export type NextMove =
  /** Try the next step of the decision: another credential or another deployment. */
  | { readonly kind: 'next-step' }
  /** Try the same step again after a wait. */
  | { readonly kind: 'back-off'; readonly waitMs: number }
  /** Leave this policy for the chain of that name. */
  | { readonly kind: 'fall-back'; readonly chain: keyof FallbackChains }
  | { readonly kind: 'give-up'; readonly because: 'committed' | 'caller' | 'budget' | 'exhausted' };

/** No provider is waited for longer than this, whatever it asks. */
export const MAX_WAIT_MS = 10_000;
/** The same deployment is tried at most so often. */
const MAX_SAME_TRIES = 3;

/** What to do after a failure: decided by the class of the error, bounded by budget and deadline. */
export function chooseNextMove(failed: FailedAttempt): NextMove {
  if (failed.hasOutput) return { kind: 'give-up', because: 'committed' };
  switch (failed.errorClass) {
    case 'cancelled':
    case 'invalid':
      return { kind: 'give-up', because: 'caller' };
    case 'too-long':
      return { kind: 'fall-back', chain: 'onContextTooLong' };
    case 'blocked':
      return { kind: 'fall-back', chain: 'onContentPolicy' };
    case 'auth':
    case 'quota':
    case 'not-found':
    case 'malformed':
    case 'timeout':
      return moveOn(failed);
    case 'rate-limit':
    case 'overloaded':
    case 'transport':
      return failed.stepsLeft > 0 ? moveOn(failed) : waitForSame(failed);
  }
}

function moveOn({ stepsLeft, mayRetry, remainingMs }: FailedAttempt): NextMove {
  if (remainingMs <= 0) return { kind: 'give-up', because: 'exhausted' };
  if (stepsLeft === 0) return { kind: 'fall-back', chain: 'onError' };
  return mayRetry() ? { kind: 'next-step' } : { kind: 'give-up', because: 'budget' };
}

function waitForSame({ attemptCount, retryAfterMs, remainingMs, mayRetry, unit }: FailedAttempt): NextMove {
  const waitMs = Math.max(retryAfterMs ?? 0, backoffMs(attemptCount, unit));
  if (attemptCount >= MAX_SAME_TRIES || waitMs > MAX_WAIT_MS || waitMs >= remainingMs) return { kind: 'fall-back', chain: 'onError' };
  return mayRetry() ? { kind: 'back-off', waitMs } : { kind: 'give-up', because: 'budget' };
}
