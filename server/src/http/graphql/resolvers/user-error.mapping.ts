import type { CompletionError } from '../../../generated/schema.ts';
import { toUserError, type AntiphonError } from '../../../kernel/errors/index.ts';
import { toEntityId } from '../../entity-id.ts';
import { toErrorClass } from './completion.mapping.ts';

/** The error as a member of a payload; null when it belongs to the top level. */
export function toCompletionError(error: AntiphonError): CompletionError | null {
  const rendered = toUserError(error);
  if (rendered === null) return null;
  const attempts = (rendered.attempts ?? []).map((attempt) => ({
    ...attempt,
    attemptId: toEntityId('attempt', attempt.attemptId),
    errorClass: toErrorClass(attempt.errorClass),
  }));
  return { ...rendered, attempts } as CompletionError;
}
