/** Every failure of an exchange, mapped to the closed set that routing understands: body first, then status. */
import { Confidential } from '../../../../kernel/crypto/index.ts';
import { HttpClientError, type HttpClientErrorKind, type ResponseHeaders } from '../../../../kernel/http-client/index.ts';
import { scrubText } from '../../../../kernel/telemetry/index.ts';
import { ProviderError, type JsonObject, type ProviderErrorClass, type UpstreamResponse } from '../../contract.ts';
import { stringOf } from '../../shared/json.ts';
import { retryAfterMsOf } from '../../shared/retry-after.ts';
import { classify } from './gemini.error-classes.ts';
import { paramOf, readError, retryDelayMsOf } from './gemini.error-details.ts';
import { parseAnswer } from './gemini.wire.ts';

const MAX_KEPT_BODY_CHARS = 65_536;
const CALLER_CLASSES: ReadonlySet<ProviderErrorClass> = new Set(['invalid', 'too-long', 'blocked', 'not-found']);
const RETRYABLE_CLASSES: ReadonlySet<ProviderErrorClass> = new Set(['rate-limit', 'overloaded']);

const MEANINGS: Readonly<Record<ProviderErrorClass, string>> = {
  auth: 'refused our credential',
  'rate-limit': 'limits our request rate',
  quota: 'says that our quota or spending limit is used up',
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

const CLASS_BY_KIND: Readonly<Record<HttpClientErrorKind, ProviderErrorClass>> = {
  connect: 'transport',
  reset: 'transport',
  'egress-refused': 'transport',
  timeout: 'timeout',
  aborted: 'cancelled',
  'too-large': 'malformed',
  protocol: 'malformed',
};

/** What the mapping needs to know beside the answer. */
export interface ErrorContext {
  readonly displayName: string;
  /** Wall clock, for waits told as a date. */
  nowMs(): number;
}

/** The error of a refused exchange (any status that is not 200). */
export function toStatusError(
  context: ErrorContext,
  upstream: UpstreamResponse,
  headers: ResponseHeaders,
  bodyText: string,
): ProviderError {
  const error = readError(parseAnswer(bodyText));
  const errorClass = classify(upstream.httpStatus, error);
  const waitMs = retryDelayMsOf(error) ?? retryAfterMsOf(headers, context.nowMs());
  return new ProviderError(errorClass, `${context.displayName} ${MEANINGS[errorClass]} (HTTP ${upstream.httpStatus}).`, {
    httpStatus: upstream.httpStatus,
    retryAfterMs: RETRYABLE_CLASSES.has(errorClass) ? waitMs : null,
    upstream,
    upstreamBody: confidential(bodyText),
    callerMessage: callerMessage(errorClass, error.message),
    param: CALLER_CLASSES.has(errorClass) ? paramOf(error) : null,
  });
}

/** The error of an `error` object under status 200: within a stream, or in place of an answer. */
export function toEventError(context: ErrorContext, upstream: UpstreamResponse, event: JsonObject): ProviderError {
  const error = readError(event);
  const errorClass = classify(null, error);
  return new ProviderError(errorClass, `${context.displayName} ${MEANINGS[errorClass]} (after HTTP ${upstream.httpStatus}).`, {
    httpStatus: upstream.httpStatus,
    retryAfterMs: RETRYABLE_CLASSES.has(errorClass) ? retryDelayMsOf(error) : null,
    upstream,
    upstreamBody: confidential(JSON.stringify(event)),
    callerMessage: callerMessage(errorClass, error.message),
    param: CALLER_CLASSES.has(errorClass) ? paramOf(error) : null,
  });
}

/** The prompt itself was blocked: there are no candidates, and `promptFeedback` says why. */
export function toBlockedError(context: ErrorContext, upstream: UpstreamResponse, feedback: JsonObject): ProviderError {
  const reason = stringOf(feedback['blockReason']);
  const detail = stringOf(feedback['blockReasonMessage']);
  const because = [reason, detail].filter((text) => text !== null && text !== '').join(': ');
  return new ProviderError('blocked', `${context.displayName} ${MEANINGS.blocked} (after HTTP ${upstream.httpStatus}).`, {
    httpStatus: upstream.httpStatus,
    upstream,
    upstreamBody: confidential(JSON.stringify(feedback)),
    callerMessage: scrubText(`${context.displayName} blocked the prompt${because === '' ? '' : ` (${because})`}.`),
  });
}

/** `detail` completes the sentence "<provider> sent an answer that cannot be understood: …". */
export function toMalformedError(
  context: ErrorContext,
  upstream: UpstreamResponse | null,
  detail: string,
  bodyText?: string,
): ProviderError {
  return new ProviderError('malformed', `${context.displayName} ${MEANINGS.malformed}: ${detail}.`, {
    httpStatus: upstream?.httpStatus ?? null,
    upstream,
    ...(bodyText === undefined ? {} : { upstreamBody: confidential(bodyText) }),
  });
}

/** A failure below HTTP; anything that is not one passes through as it is. */
export function toTransportError(context: ErrorContext, cause: unknown): unknown {
  if (!(cause instanceof HttpClientError)) return cause;
  const errorClass = CLASS_BY_KIND[cause.kind];
  return new ProviderError(errorClass, `${context.displayName} ${MEANINGS[errorClass]} (${cause.kind}).`, { cause });
}

/** What the caller asked for and this provider never does. */
export function toRefusal(context: ErrorContext, errorClass: 'invalid' | 'not-found', why: string, param: string): ProviderError {
  const message = `${context.displayName} ${why}.`;
  return new ProviderError(errorClass, message, { callerMessage: message, param });
}

function callerMessage(errorClass: ProviderErrorClass, message: string | null): string | null {
  return message !== null && CALLER_CLASSES.has(errorClass) ? scrubText(message) : null;
}

function confidential(text: string): Confidential<string> {
  return new Confidential(text.slice(0, MAX_KEPT_BODY_CHARS), text.length);
}
