import { errorCatalogue, type AntiphonError, type ErrorCode } from '../../kernel/errors/index.ts';
import type { ErrorFacts, WireDialect } from '../wire/wire-dialect.ts';

const HTTP_UNAVAILABLE = 503;
const MILLISECONDS = 1000;
const ERROR_INFO = 'type.googleapis.com/google.rpc.ErrorInfo';
const RETRY_INFO = 'type.googleapis.com/google.rpc.RetryInfo';

/** Google's words for what went wrong. */
const STATUSES: Readonly<Record<ErrorCode, string>> = {
  INVALID_INPUT: 'INVALID_ARGUMENT',
  UNAUTHENTICATED: 'UNAUTHENTICATED',
  FORBIDDEN: 'PERMISSION_DENIED',
  NOT_FOUND: 'NOT_FOUND',
  CONFLICT: 'ABORTED',
  CONTENT_BLOCKED: 'INVALID_ARGUMENT',
  CONTEXT_TOO_LONG: 'INVALID_ARGUMENT',
  RATE_LIMITED: 'RESOURCE_EXHAUSTED',
  QUOTA_EXCEEDED: 'RESOURCE_EXHAUSTED',
  NO_ROUTE: 'UNAVAILABLE',
  PROVIDER_FAILED: 'INTERNAL',
  TIMEOUT: 'DEADLINE_EXCEEDED',
  CANCELLED: 'CANCELLED',
  UNAVAILABLE: 'UNAVAILABLE',
  INTERNAL: 'INTERNAL',
};

/** How clients of the Gemini wire are told things. */
export const geminiDialect: WireDialect = {
  door: 'GEMINI',
  keyParameter: 'key',
  statusOf: (error) => (isOverloaded(error) ? HTTP_UNAVAILABLE : errorCatalogue[error.code].httpStatus),
  toErrorBody,
  toErrorEnd: (error, facts) => `data: ${JSON.stringify(toErrorBody(error, facts))}\r\n\r\n`,
  identityHeaders: (requestId) => ({ 'x-request-id': requestId }),
};

/** Of streams without `alt=sse`: the error is the last element of the list. */
export const geminiListDialect: WireDialect = {
  ...geminiDialect,
  toErrorEnd: (error, facts) => `,\r\n${JSON.stringify(toErrorBody(error, facts))}]\n`,
};

function toErrorBody(error: AntiphonError, { httpStatus, requestId }: ErrorFacts): unknown {
  const { retryAfterMs } = error.details;
  const status = isOverloaded(error) ? 'UNAVAILABLE' : STATUSES[error.code];
  const details = [
    { '@type': ERROR_INFO, reason: error.code, domain: 'antiphon', metadata: { requestId } },
    ...(retryAfterMs === undefined ? [] : [{ '@type': RETRY_INFO, retryDelay: `${retryAfterMs / MILLISECONDS}s` }]),
  ];
  return { error: { code: httpStatus, message: error.message, status, details } };
}

function isOverloaded({ code, details }: AntiphonError): boolean {
  return code === 'PROVIDER_FAILED' && details.attempts?.at(-1)?.errorClass === 'overloaded';
}
