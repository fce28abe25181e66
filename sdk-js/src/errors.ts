/*
 * AntiphonError                  code
 * ├─ InvalidInputError           INVALID_INPUT
 * ├─ AuthenticationError         UNAUTHENTICATED
 * ├─ PermissionDeniedError       FORBIDDEN
 * ├─ NotFoundError               NOT_FOUND
 * ├─ ConflictError               CONFLICT
 * ├─ ContentBlockedError         CONTENT_BLOCKED
 * ├─ ContextTooLongError         CONTEXT_TOO_LONG
 * ├─ RateLimitError              RATE_LIMITED
 * ├─ QuotaExceededError          QUOTA_EXCEEDED
 * ├─ NoRouteError                NO_ROUTE
 * ├─ ProviderError               PROVIDER_FAILED
 * ├─ TimeoutError                TIMEOUT
 * ├─ CancelledError              CANCELLED
 * ├─ ServiceUnavailableError     UNAVAILABLE
 * ├─ InternalServerError         INTERNAL, and every code this version does not know
 * ├─ ConnectionError             CONNECTION: the server could not be reached, or what it sent made no sense
 * └─ ConfigurationError          CONFIGURATION: the client was built without what it needs
 */

/** What is known of a failure beyond its message. */
export interface ErrorDetails {
  readonly code?: string | undefined;
  /** Id to quote when you report the failure. */
  readonly requestId?: string | null | undefined;
  /** How long to wait before the same call makes sense again, in milliseconds. */
  readonly retryAfterMs?: number | null | undefined;
  /** Where it went wrong: in the input for refused input, in the result otherwise. */
  readonly path?: readonly (string | number)[] | null | undefined;
  /** What the server returned in spite of the failure, such as the record of a failed completion. */
  readonly data?: unknown;
  readonly cause?: unknown;
}

/** Any failure of a call. Compare `code` rather than the class when several versions of this package may be loaded. */
export class AntiphonError extends Error {
  readonly code: string;
  /** Id to quote when you report the failure; null when the server was not reached. */
  readonly requestId: string | null;
  /** How long to wait before the same call makes sense again, in milliseconds; null where waiting does not help or is not known. */
  readonly retryAfterMs: number | null;
  /** Where it went wrong, outermost first; null when no single place is to blame. */
  readonly path: readonly (string | number)[] | null;
  /** What the server returned in spite of the failure; undefined when nothing. */
  readonly data: unknown;

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = details.code ?? 'INTERNAL';
    this.requestId = details.requestId ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.path = details.path ?? null;
    this.data = details.data;
  }
}

export class InvalidInputError extends AntiphonError {}
export class AuthenticationError extends AntiphonError {}
export class PermissionDeniedError extends AntiphonError {}
export class NotFoundError extends AntiphonError {}
export class ConflictError extends AntiphonError {}
export class ContentBlockedError extends AntiphonError {}
export class ContextTooLongError extends AntiphonError {}
export class RateLimitError extends AntiphonError {}
export class QuotaExceededError extends AntiphonError {}
export class NoRouteError extends AntiphonError {}
export class ProviderError extends AntiphonError {}
export class TimeoutError extends AntiphonError {}
export class CancelledError extends AntiphonError {}
export class ServiceUnavailableError extends AntiphonError {}
export class InternalServerError extends AntiphonError {}
export class ConnectionError extends AntiphonError {}
export class ConfigurationError extends AntiphonError {}

type ErrorClass = new (message: string, details?: ErrorDetails) => AntiphonError;

const CLASS_BY_CODE: Readonly<Record<string, ErrorClass>> = {
  INVALID_INPUT: InvalidInputError,
  UNAUTHENTICATED: AuthenticationError,
  FORBIDDEN: PermissionDeniedError,
  NOT_FOUND: NotFoundError,
  CONFLICT: ConflictError,
  CONTENT_BLOCKED: ContentBlockedError,
  CONTEXT_TOO_LONG: ContextTooLongError,
  RATE_LIMITED: RateLimitError,
  QUOTA_EXCEEDED: QuotaExceededError,
  NO_ROUTE: NoRouteError,
  PROVIDER_FAILED: ProviderError,
  TIMEOUT: TimeoutError,
  CANCELLED: CancelledError,
  UNAVAILABLE: ServiceUnavailableError,
  CONNECTION: ConnectionError,
  CONFIGURATION: ConfigurationError,
  // What GraphQL servers say of a document or of variables that do not fit the schema.
  GRAPHQL_PARSE_FAILED: InvalidInputError,
  GRAPHQL_VALIDATION_FAILED: InvalidInputError,
  BAD_USER_INPUT: InvalidInputError,
  BAD_REQUEST: InvalidInputError,
};

const CODE_BY_STATUS: Readonly<Record<number, string>> = {
  400: 'INVALID_INPUT',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  413: 'INVALID_INPUT',
  415: 'INVALID_INPUT',
  422: 'INVALID_INPUT',
  429: 'RATE_LIMITED',
  502: 'UNAVAILABLE',
  503: 'UNAVAILABLE',
  504: 'TIMEOUT',
};

/** The error of the class that stands for a code. */
export function createError(code: string, message: string, details: Omit<ErrorDetails, 'code'> = {}): AntiphonError {
  const known = Object.hasOwn(CLASS_BY_CODE, code) ? CLASS_BY_CODE[code] : undefined;
  return new (known ?? InternalServerError)(message, { ...details, code });
}

/** The code that an HTTP status stands for, when the body names none. */
export function codeOfStatus(status: number): string {
  return CODE_BY_STATUS[status] ?? 'INTERNAL';
}
