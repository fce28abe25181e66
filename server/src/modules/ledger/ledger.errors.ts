import { isConnectionFailure } from '../../kernel/db/index.ts';
import { AntiphonError } from '../../kernel/errors/index.ts';

const RETRY_AFTER_MS = 1000;

/** The record could not be made durable, so nothing may be shown; the same call may succeed in a moment. */
export function toUnavailable(reason: string, cause?: unknown): AntiphonError {
  return new AntiphonError('UNAVAILABLE', `This call cannot be recorded now: ${reason}. Try again in a moment.`, {
    retryAfterMs: RETRY_AFTER_MS,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Cancelled by a time-out, chosen by the deadlock detector, could not serialise, or waited too long for a lock: the statement is not to blame. */
const TRANSIENT_CODES: ReadonlySet<string> = new Set(['57014', '40P01', '40001', '55P03']);

/** Whether the same statement may succeed later. */
export function isTransient(error: unknown): boolean {
  return isConnectionFailure(error) || TRANSIENT_CODES.has(codeOf(error));
}

/** Whether the statement met another one's lock and can simply be sent again. */
export function isLockConflict(error: unknown): boolean {
  return ['40P01', '40001'].includes(codeOf(error));
}

/** Whether every record would be refused alike: a table, column or permission is missing (SQLSTATE class 42). */
export function isSchemaFault(error: unknown): boolean {
  return codeOf(error).startsWith('42');
}

function codeOf(error: unknown): string {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : '';
}
