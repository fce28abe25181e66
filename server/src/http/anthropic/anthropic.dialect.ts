import { errorCatalogue, type AntiphonError, type ErrorCode } from '../../kernel/errors/index.ts';
import type { ErrorFacts, WireDialect } from '../wire/wire-dialect.ts';

interface AnthropicDecision {
  readonly type: string;
  /** Where it is not the catalogue's. */
  readonly httpStatus?: number;
}

const invalid = 'invalid_request_error';
const HTTP_PAYLOAD_TOO_LARGE = 413;
const HTTP_OVERLOADED = 529;

const DECISIONS: Readonly<Record<ErrorCode, AnthropicDecision>> = {
  INVALID_INPUT: { type: invalid },
  UNAUTHENTICATED: { type: 'authentication_error' },
  FORBIDDEN: { type: 'permission_error' },
  NOT_FOUND: { type: 'not_found_error' },
  CONFLICT: { type: invalid },
  CONTENT_BLOCKED: { type: invalid },
  CONTEXT_TOO_LONG: { type: invalid },
  RATE_LIMITED: { type: 'rate_limit_error' },
  QUOTA_EXCEEDED: { type: 'billing_error', httpStatus: 402 },
  NO_ROUTE: { type: 'api_error' },
  PROVIDER_FAILED: { type: 'api_error' },
  TIMEOUT: { type: 'timeout_error' },
  CANCELLED: { type: 'api_error' },
  UNAVAILABLE: { type: 'overloaded_error', httpStatus: HTTP_OVERLOADED },
  INTERNAL: { type: 'api_error' },
};

/** Clients of this wire shorten the conversation when they read these words. */
const TOO_LONG = 'prompt is too long: ';

/** How clients of the Anthropic wire are told things. */
export const anthropicDialect: WireDialect = {
  door: 'ANTHROPIC',
  statusOf: (error) =>
    isOverloaded(error) ? HTTP_OVERLOADED : (DECISIONS[error.code].httpStatus ?? errorCatalogue[error.code].httpStatus),
  toErrorBody,
  toErrorEnd: (error, facts) => `event: error\ndata: ${JSON.stringify(toErrorBody(error, facts))}\n\n`,
  limitHeaders: ({ limitRequests, remainingRequests }) => ({
    'anthropic-ratelimit-requests-limit': String(limitRequests),
    'anthropic-ratelimit-requests-remaining': String(remainingRequests),
  }),
  identityHeaders: (requestId) => ({ 'request-id': requestId, 'x-request-id': requestId }),
};

function toErrorBody(error: AntiphonError, { httpStatus, requestId }: ErrorFacts): unknown {
  const message = error.code === 'CONTEXT_TOO_LONG' ? TOO_LONG + error.message : error.message;
  return { type: 'error', error: { type: typeOf(error, httpStatus), message }, request_id: requestId };
}

function typeOf(error: AntiphonError, httpStatus: number): string {
  if (httpStatus === HTTP_PAYLOAD_TOO_LARGE) return 'request_too_large';
  return isOverloaded(error) ? 'overloaded_error' : DECISIONS[error.code].type;
}

function isOverloaded({ code, details }: AntiphonError): boolean {
  return code === 'PROVIDER_FAILED' && details.attempts?.at(-1)?.errorClass === 'overloaded';
}
