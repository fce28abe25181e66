/** The closed set of outcomes a caller can be told. `catalogue.ts` decides how each is shown. */
export type ErrorCode =
  | 'INVALID_INPUT'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'CONTENT_BLOCKED'
  | 'CONTEXT_TOO_LONG'
  | 'RATE_LIMITED'
  | 'QUOTA_EXCEEDED'
  | 'NO_ROUTE'
  | 'PROVIDER_FAILED'
  | 'TIMEOUT'
  | 'CANCELLED'
  | 'UNAVAILABLE'
  | 'INTERNAL';

/** What one call to a provider came to, as far as the caller may know: no upstream text, no upstream secret. */
export interface AttemptSummary {
  readonly attemptId: string;
  readonly providerId: string;
  readonly modelId: string;
  readonly errorClass: string | null;
  readonly httpStatus: number | null;
}

export interface ErrorDetails {
  /** Path of the offending input, outermost first, e.g. `['input', 'messages', '0']`. */
  readonly path?: readonly string[];
  /** Name of the offending parameter in the dialect of the door, e.g. `messages[0].role`. */
  readonly param?: string;
  /** How long to wait before trying again; present on RATE_LIMITED and UNAVAILABLE. */
  readonly retryAfterMs?: number;
  /** What was looked for, when the code is NOT_FOUND: decides `model_not_found` against `not_found`. */
  readonly resource?: 'model' | 'completion' | 'other';
  /** Calls to providers made before giving up. */
  readonly attempts?: readonly AttemptSummary[];
  /** Why there is no route, one sentence a candidate. */
  readonly reasons?: readonly string[];
  /** The completion this failure was recorded as, when it got that far. */
  readonly completionId?: string;
  readonly cause?: unknown;
}

/**
 * An error with a decided meaning. Its message is written for the caller: it says what was wrong and what to do.
 * It must never contain upstream text or secrets; those belong into `cause`, which only logs see.
 */
export class AntiphonError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'AntiphonError';
    this.code = code;
    this.details = details;
  }
}

/** Any thrown value as an `AntiphonError`; what is not one becomes INTERNAL with a message that gives nothing away. */
export function toAntiphonError(thrown: unknown): AntiphonError {
  if (thrown instanceof AntiphonError) return thrown;
  return new AntiphonError('INTERNAL', 'Something went wrong on our side. Quote the request id to have it looked up.', { cause: thrown });
}
