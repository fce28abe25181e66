import type * as M from '../../../generated/schema.ts';
import { AntiphonError, errorCatalogue, toUserError, type ErrorCode } from '../../../kernel/errors/index.ts';
import { toEntityId } from '../../entity-id.ts';
import { toErrorClass } from './completion.mapping.ts';

/** The member of a payload's `errors` for an error that belongs there; throws the error itself where it belongs to the top level. */
export function toCompletionError(error: AntiphonError): M.CompletionError {
  const rendered = toUserError(error);
  if (rendered === null) throw error;
  return {
    ...rendered,
    attempts: (rendered.attempts ?? []).map((attempt) => ({
      ...attempt,
      attemptId: toEntityId('attempt', attempt.attemptId),
      errorClass: toErrorClass(attempt.errorClass),
    })),
  } as unknown as M.CompletionError;
}

/** An error as it was recorded, for a call that is repeated by its idempotency key. */
export function fromRecordedError(code: string, message: string | null): AntiphonError {
  const known: ErrorCode = code in errorCatalogue ? (code as ErrorCode) : 'INTERNAL';
  return new AntiphonError(known, message ?? 'The call failed.');
}
