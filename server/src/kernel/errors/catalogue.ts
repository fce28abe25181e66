import type { ErrorCode } from './antiphon-error.ts';

/** Everything that is decided once per code, whatever the door. */
export interface ErrorDecision {
  /** HTTP status in the REST dialects. 499 is never sent: the caller is gone. */
  readonly httpStatus: number;
  /** Whether the same call may succeed later. `by-cause`: depends on the provider's failure. */
  readonly retry: 'no' | 'yes' | 'after' | 'by-cause';
  /** In GraphQL: a member of the payload's `errors`, a top-level error, or nothing because nobody listens. */
  readonly graphql: 'payload' | 'top-level' | 'none';
  readonly openAi: { readonly type: string; readonly code: string };
  /** Level of the one line that the border writes. */
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** Official OpenAI clients retry 408, 409, 429 and 5xx by status alone; `false` tells them not to. */
  readonly shouldRetryHeader: boolean | null;
}

const invalid = 'invalid_request_error';
const server = 'server_error';

export const errorCatalogue: Readonly<Record<ErrorCode, ErrorDecision>> = {
  INVALID_INPUT: {
    httpStatus: 400,
    retry: 'no',
    graphql: 'payload',
    openAi: { type: invalid, code: 'invalid_input' },
    logLevel: 'debug',
    shouldRetryHeader: null,
  },
  UNAUTHENTICATED: {
    httpStatus: 401,
    retry: 'no',
    graphql: 'top-level',
    openAi: { type: invalid, code: 'invalid_api_key' },
    logLevel: 'info',
    shouldRetryHeader: null,
  },
  FORBIDDEN: {
    httpStatus: 403,
    retry: 'no',
    graphql: 'top-level',
    openAi: { type: invalid, code: 'forbidden' },
    logLevel: 'info',
    shouldRetryHeader: null,
  },
  NOT_FOUND: {
    httpStatus: 404,
    retry: 'no',
    graphql: 'payload',
    openAi: { type: invalid, code: 'not_found' },
    logLevel: 'debug',
    shouldRetryHeader: null,
  },
  CONFLICT: {
    httpStatus: 409,
    retry: 'no',
    graphql: 'payload',
    openAi: { type: invalid, code: 'conflict' },
    logLevel: 'debug',
    shouldRetryHeader: false,
  },
  CONTENT_BLOCKED: {
    httpStatus: 400,
    retry: 'no',
    graphql: 'payload',
    openAi: { type: invalid, code: 'content_filter' },
    logLevel: 'info',
    shouldRetryHeader: null,
  },
  CONTEXT_TOO_LONG: {
    httpStatus: 400,
    retry: 'no',
    graphql: 'payload',
    openAi: { type: invalid, code: 'context_length_exceeded' },
    logLevel: 'debug',
    shouldRetryHeader: null,
  },
  RATE_LIMITED: {
    httpStatus: 429,
    retry: 'after',
    graphql: 'top-level',
    openAi: { type: 'rate_limit_error', code: 'rate_limit_exceeded' },
    logLevel: 'info',
    shouldRetryHeader: null,
  },
  QUOTA_EXCEEDED: {
    httpStatus: 429,
    retry: 'no',
    graphql: 'payload',
    openAi: { type: 'insufficient_quota', code: 'insufficient_quota' },
    logLevel: 'info',
    shouldRetryHeader: false,
  },
  NO_ROUTE: {
    httpStatus: 503,
    retry: 'yes',
    graphql: 'payload',
    openAi: { type: server, code: 'no_route' },
    logLevel: 'warn',
    shouldRetryHeader: null,
  },
  PROVIDER_FAILED: {
    httpStatus: 502,
    retry: 'by-cause',
    graphql: 'payload',
    openAi: { type: server, code: 'provider_failed' },
    logLevel: 'warn',
    shouldRetryHeader: null,
  },
  TIMEOUT: {
    httpStatus: 504,
    retry: 'yes',
    graphql: 'payload',
    openAi: { type: server, code: 'timeout' },
    logLevel: 'warn',
    shouldRetryHeader: null,
  },
  CANCELLED: {
    httpStatus: 499,
    retry: 'no',
    graphql: 'none',
    openAi: { type: server, code: 'cancelled' },
    logLevel: 'info',
    shouldRetryHeader: null,
  },
  UNAVAILABLE: {
    httpStatus: 503,
    retry: 'yes',
    graphql: 'top-level',
    openAi: { type: server, code: 'unavailable' },
    logLevel: 'error',
    shouldRetryHeader: null,
  },
  INTERNAL: {
    httpStatus: 500,
    retry: 'no',
    graphql: 'top-level',
    openAi: { type: server, code: 'internal_error' },
    logLevel: 'error',
    shouldRetryHeader: null,
  },
};
