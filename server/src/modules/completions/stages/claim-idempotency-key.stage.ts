import { hash } from 'node:crypto';
import type { Clock } from '../../../kernel/clock/index.ts';
import { AntiphonError, errorCatalogue } from '../../../kernel/errors/index.ts';
import type { Ledger } from '../../ledger/index.ts';
import type { Stage } from '../exchange.ts';
import type { CompletionOutcome, Replay } from '../outcome.ts';

const RETRY_IN_FLIGHT_MS = 1000;

export function createClaimIdempotencyKeyStage(deps: { idempotency: Ledger['idempotency']; clock: Clock }): Stage {
  return async ({ call }, next) => {
    const key = call.idempotencyKey;
    if (key === null) return next();
    // The door is part of the input: the same key on another wire is another call. So is the model, which some wires name in the path.
    const asked = `${call.door}\n${call.operation}\n${call.isStreaming}\n${call.model}\n${call.input.json}`;
    const requestHash = hash('sha256', asked, 'buffer');
    // Where it fails the key stays taken, which is safe; a failure of the call itself counts more.
    const release = (): Promise<void> => deps.idempotency.release(call.principal.projectId, key, call.id).catch(() => undefined);
    const claim = await deps.idempotency.claim(call.principal.projectId, key, requestHash, call.id, deps.clock.nowMs());
    switch (claim.kind) {
      case 'claimed':
        try {
          const outcome = await next();
          if (isWorthAnotherTry(outcome)) await release();
          return outcome;
        } catch (error) {
          // Nothing was recorded under this key, so it must not stay taken.
          await release();
          throw error;
        }
      case 'replay':
        return { replayOf: claim.requestId };
      case 'in-flight':
        throw new AntiphonError(
          'CONFLICT',
          'A call with this idempotency key is still running. Wait for it, then repeat this one to get its result.',
          {
            path: ['input', 'idempotencyKey'],
            retryAfterMs: RETRY_IN_FLIGHT_MS,
          },
        );
      case 'mismatch':
        throw new AntiphonError('CONFLICT', 'This idempotency key was used for another input. Use a new key for a new call.', {
          path: ['input', 'idempotencyKey'],
        });
    }
  };
}

/** Whether the same call may do better a moment later: then its key must lead to a new call and not to the failure. */
function isWorthAnotherTry(outcome: CompletionOutcome | Replay): boolean {
  if ('replayOf' in outcome || outcome.error === null) return false;
  return outcome.error.code === 'CANCELLED' || errorCatalogue[outcome.error.code].retry !== 'no';
}
