import { ProviderError } from '../../contract.ts';
import { createDeferred } from './local-smollm2.deferred.ts';
import { toAbortError } from './local-smollm2.errors.ts';

/** Lets one call through at a time, first come first served, with a bounded number waiting. */
export interface Turnstile {
  /**
   * Resolves when it is this call's turn, with the function that ends the turn (safe to call again).
   * Rejects with `overloaded` when too many wait already, and when `signal` aborts meanwhile.
   */
  enter(signal: AbortSignal): Promise<() => void>;
  /** Whether somebody is inside or waiting. */
  isBusy(): boolean;
}

export function createTurnstile(waitingLimit: number): Turnstile {
  const waiting = new Set<() => void>();
  let isOccupied = false;

  const occupy = (): (() => void) => {
    isOccupied = true;
    let hasLeft = false;
    return () => {
      if (hasLeft) return;
      hasLeft = true;
      isOccupied = false;
      const [next] = waiting;
      next?.();
    };
  };

  const enter = async (signal: AbortSignal): Promise<() => void> => {
    if (signal.aborted) throw toAbortError(signal);
    if (!isOccupied) return occupy();
    if (waiting.size >= waitingLimit) {
      throw new ProviderError(
        'overloaded',
        `The local model answers one call at a time and ${waitingLimit} wait already. Try again later.`,
      );
    }
    const { promise, resolve, reject } = createDeferred<() => void>();
    const admit = (): void => {
      waiting.delete(admit);
      signal.removeEventListener('abort', giveUp);
      resolve(occupy());
    };
    const giveUp = (): void => {
      waiting.delete(admit);
      reject(toAbortError(signal));
    };
    waiting.add(admit);
    signal.addEventListener('abort', giveUp, { once: true });
    return promise;
  };

  return { enter, isBusy: () => isOccupied || waiting.size > 0 };
}
