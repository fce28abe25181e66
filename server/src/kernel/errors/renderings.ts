import type { AntiphonError, AttemptSummary, ErrorCode } from './antiphon-error.ts';
import { errorCatalogue } from './catalogue.ts';

const DEFAULT_RETRY_AFTER_MS = 1000;

/** A member of a GraphQL payload's `errors`: the plain object behind the types that implement `UserError`. */
export interface UserErrorObject {
  readonly __typename: string;
  readonly message: string;
  readonly code: string;
  readonly path: readonly string[] | null;
  readonly attempts?: readonly AttemptSummary[];
  readonly reasons?: readonly string[];
  readonly isRetryable?: boolean;
}

const USER_ERROR_TYPES: Readonly<Partial<Record<AntiphonError['code'], string>>> = {
  INVALID_INPUT: 'InvalidInputError',
  NOT_FOUND: 'NotFoundError',
  CONFLICT: 'ConflictError',
  CONTENT_BLOCKED: 'ContentBlockedError',
  CONTEXT_TOO_LONG: 'ContextTooLongError',
  QUOTA_EXCEEDED: 'QuotaExceededError',
  NO_ROUTE: 'NoRouteError',
  PROVIDER_FAILED: 'ProviderFailedError',
  TIMEOUT: 'TimeoutError',
};

/** The payload rendering, or null when this code is shown at the top level (or to nobody). */
export function toUserError(error: AntiphonError): UserErrorObject | null {
  const typename = USER_ERROR_TYPES[error.code];
  if (typename === undefined) return null;
  const decision = errorCatalogue[error.code];
  return {
    __typename: typename,
    message: error.message,
    code: error.code,
    path: error.details.path ?? null,
    attempts: error.details.attempts ?? [],
    reasons: error.details.reasons ?? [],
    isRetryable: decision.retry !== 'no',
  };
}

/** `extensions` of a GraphQL top-level error. */
export function toGraphqlExtensions(error: AntiphonError, requestId: string): Record<string, unknown> {
  const retryAfterMs = retryAfterOf(error);
  return { code: error.code, requestId, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
}

export interface OpenAiErrorEnvelope {
  readonly error: { readonly message: string; readonly type: string; readonly param: string | null; readonly code: string };
}

/** The OpenAI dialect's body; the same object travels as an SSE event when a stream has begun. */
export function toOpenAiEnvelope(error: AntiphonError): OpenAiErrorEnvelope {
  const { type, code } = errorCatalogue[error.code].openAi;
  const isUnknownModel = error.code === 'NOT_FOUND' && error.details.resource === 'model';
  return { error: { message: error.message, type, param: error.details.param ?? null, code: isUnknownModel ? 'model_not_found' : code } };
}

/** Response headers every REST dialect sends with an error. */
export function toErrorHeaders(error: AntiphonError): Record<string, string> {
  const decision = errorCatalogue[error.code];
  const retryAfterMs = retryAfterOf(error);
  return {
    ...(retryAfterMs === null
      ? {}
      : { 'retry-after': String(Math.ceil(retryAfterMs / 1000)), 'retry-after-ms': String(Math.ceil(retryAfterMs)) }),
    ...(decision.shouldRetryHeader === null ? {} : { 'x-should-retry': String(decision.shouldRetryHeader) }),
  };
}

/** Codes whose messages may quote what the caller sent, as their causes may: those stay out of the log. */
const QUOTING: ReadonlySet<ErrorCode> = new Set(['INVALID_INPUT', 'NOT_FOUND', 'CONFLICT', 'CONTENT_BLOCKED', 'CONTEXT_TOO_LONG']);

/** Fields of the one log line that the border writes about a failed request. */
export function toLogFields(error: AntiphonError): Record<string, unknown> {
  if (QUOTING.has(error.code)) return { code: error.code };
  return {
    code: error.code,
    message: error.message,
    ...(error.details.completionId === undefined ? {} : { completionId: error.details.completionId }),
    ...(error.details.attempts === undefined ? {} : { attempts: error.details.attempts }),
    ...(error.cause === undefined ? {} : { error: error.cause }),
  };
}

/** Wait advised to the caller in milliseconds, or null where waiting does not help. */
function retryAfterOf(error: AntiphonError): number | null {
  if (error.details.retryAfterMs !== undefined) return error.details.retryAfterMs;
  return error.code === 'RATE_LIMITED' || error.code === 'UNAVAILABLE' || error.code === 'NO_ROUTE' ? DEFAULT_RETRY_AFTER_MS : null;
}
