/** `ProviderError`s for wires of their own: each adapter says what a body means, this makes the error of it. */
import { Confidential } from '../../../kernel/crypto/index.ts';
import { HttpClientError, type HttpClientErrorKind, type ResponseHeaders } from '../../../kernel/http-client/index.ts';
import { scrubText } from '../../../kernel/telemetry/index.ts';
import { ProviderError, type ProviderErrorClass, type UpstreamResponse } from '../contract.ts';
import { MAX_RETRY_AFTER_MS, retryAfterMsOf } from './retry-after.ts';

/** What an error body tells. */
export interface ErrorFacts {
  readonly errorClass: ProviderErrorClass;
  /** The vendor's sentence; shown to a caller only when the class is his to mend. */
  readonly message: string | null;
  readonly param?: string | null;
  /** The vendor's id of the exchange, where the body names it. */
  readonly requestId?: string | null;
}

const MAX_KEPT_BODY_CHARS = 64 * 1024;
const MAX_CALLER_MESSAGE_CHARS = 500;

const MEANINGS: Readonly<Record<ProviderErrorClass, string>> = {
  auth: 'refused our credential: check the key of this provider',
  'rate-limit': 'limits our request rate',
  quota: 'says that our credit or quota is used up',
  overloaded: 'is overloaded or failed inside',
  invalid: 'refused the request as invalid',
  'too-long': 'says that the request is too long for the model',
  blocked: 'blocked the content',
  'not-found': 'does not know this model or resource',
  timeout: 'did not answer in time',
  transport: 'could not be reached',
  malformed: 'sent an answer that cannot be understood',
  cancelled: 'was cancelled by us',
};

const CALLERS_OWN: ReadonlySet<ProviderErrorClass> = new Set(['invalid', 'too-long', 'blocked', 'not-found']);
const WORTH_WAITING: ReadonlySet<ProviderErrorClass> = new Set(['rate-limit', 'overloaded', 'quota']);

const CLASS_BY_KIND: Readonly<Record<HttpClientErrorKind, ProviderErrorClass>> = {
  connect: 'transport',
  reset: 'transport',
  'egress-refused': 'transport',
  timeout: 'timeout',
  aborted: 'cancelled',
  'too-large': 'malformed',
  protocol: 'malformed',
};

/** What a status alone means; a server's own failure counts as overload: worth another try, here or elsewhere. */
export function classOfStatus(status: number): ProviderErrorClass {
  if (status === 401 || status === 403) return 'auth';
  if (status === 402) return 'quota';
  if (status === 404) return 'not-found';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 413) return 'too-long';
  if (status === 429) return 'rate-limit';
  if (status === 501) return 'invalid';
  if (status >= 500) return 'overloaded';
  return status >= 400 ? 'invalid' : 'malformed';
}

/** The error of an answer with an error status. */
export function toStatusFailure(
  displayName: string,
  upstream: UpstreamResponse,
  headers: ResponseHeaders,
  bodyText: string,
  facts: ErrorFacts,
  nowMs: number,
): ProviderError {
  const { errorClass } = facts;
  const retryAfterMs = WORTH_WAITING.has(errorClass) ? (retryAfterMsOf(headers, nowMs) ?? waitOf(upstream)) : null;
  return toFailure(displayName, `HTTP ${upstream.httpStatus}`, upstream, bodyText, facts, retryAfterMs);
}

/** Until a limit of which nothing is left is there again; null where the answer tells of none. */
function waitOf({ headroom }: UpstreamResponse): number | null {
  const waits = [headroom?.requests, headroom?.tokens].flatMap((window) =>
    window?.remaining === 0 && window.resetMs !== null ? [window.resetMs] : [],
  );
  return waits.length === 0 ? null : Math.min(MAX_RETRY_AFTER_MS, Math.max(...waits));
}

/** The error that came as data within an answer of status 200. */
export function toDataFailure(displayName: string, upstream: UpstreamResponse, text: string, facts: ErrorFacts): ProviderError {
  return toFailure(displayName, `after HTTP ${upstream.httpStatus}`, upstream, text, facts, null);
}

function toFailure(
  displayName: string,
  where: string,
  upstream: UpstreamResponse,
  text: string,
  { errorClass, message, param, requestId }: ErrorFacts,
  retryAfterMs: number | null,
): ProviderError {
  const isCallers = CALLERS_OWN.has(errorClass);
  return new ProviderError(errorClass, `${displayName} ${MEANINGS[errorClass]} (${where}).`, {
    httpStatus: upstream.httpStatus,
    retryAfterMs,
    upstream: upstream.requestId === null ? { ...upstream, requestId: requestId ?? null } : upstream,
    upstreamBody: new Confidential(text.slice(0, MAX_KEPT_BODY_CHARS), text.length),
    callerMessage: isCallers && message !== null && message !== '' ? toCallerMessage(message) : null,
    param: isCallers ? (param ?? null) : null,
  });
}

function toCallerMessage(message: string): string {
  const text = scrubText(message);
  return text.length > MAX_CALLER_MESSAGE_CHARS ? `${text.slice(0, MAX_CALLER_MESSAGE_CHARS)}…` : text;
}

/** An answer that breaks its own format; `detail` completes "<provider> sent an answer that cannot be understood: …". */
export function toMalformedFailure(
  displayName: string,
  upstream: UpstreamResponse | null,
  detail: string,
  bodyText?: string,
): ProviderError {
  return new ProviderError('malformed', `${displayName} ${MEANINGS.malformed}: ${detail}.`, {
    httpStatus: upstream?.httpStatus ?? null,
    upstream,
    ...(bodyText === undefined ? {} : { upstreamBody: new Confidential(bodyText.slice(0, MAX_KEPT_BODY_CHARS), bodyText.length) }),
  });
}

/** What a provider cannot do at all: refused by us before anything is sent. */
export function toUnsupported(message: string, param: string): ProviderError {
  return new ProviderError('invalid', message, { callerMessage: message, param });
}

/** A failure below HTTP; anything that is not one passes through as it is. */
export function toTransportFailure(displayName: string, cause: unknown): unknown {
  if (!(cause instanceof HttpClientError)) return cause;
  const errorClass = CLASS_BY_KIND[cause.kind];
  return new ProviderError(errorClass, `${displayName} ${MEANINGS[errorClass]} (${cause.kind}).`, { cause });
}
