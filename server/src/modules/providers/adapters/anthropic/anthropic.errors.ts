/** Every failure of an exchange, mapped to the closed set that routing understands: body first, then status. */
import { Confidential } from '../../../../kernel/crypto/index.ts';
import { HttpClientError, type HttpClientErrorKind, type ResponseHeaders } from '../../../../kernel/http-client/index.ts';
import { scrubText } from '../../../../kernel/telemetry/index.ts';
import { ProviderError, type JsonObject, type ProviderErrorClass, type UpstreamResponse } from '../../contract.ts';
import { objectOf, stringOf } from '../../shared/json.ts';
import { MAX_RETRY_AFTER_MS, retryAfterMsOf } from '../../shared/retry-after.ts';
import { parseObject } from './anthropic.wire.ts';

const MAX_KEPT_BODY_CHARS = 65_536;

const CLASS_BY_TYPE: Readonly<Record<string, ProviderErrorClass>> = {
  authentication_error: 'auth',
  permission_error: 'auth',
  billing_error: 'quota',
  not_found_error: 'not-found',
  request_too_large: 'too-long',
  rate_limit_error: 'rate-limit',
  overloaded_error: 'overloaded',
  api_error: 'overloaded',
  timeout_error: 'timeout',
  invalid_request_error: 'invalid',
};

const CLASS_BY_STATUS: Readonly<Record<number, ProviderErrorClass>> = {
  401: 'auth',
  402: 'quota',
  403: 'auth',
  404: 'not-found',
  408: 'timeout',
  413: 'too-long',
  429: 'rate-limit',
  504: 'timeout',
};

interface WordingRule {
  readonly wording: RegExp;
  readonly errorClass: ProviderErrorClass;
  /** Types under which the wording decides; null stands for a body without a type. */
  readonly types: ReadonlySet<string | null>;
}

const REQUEST_TYPES: ReadonlySet<string | null> = new Set(['invalid_request_error', 'api_error', null]);

/** Cases that share a type with others, so that only the wording tells them apart. */
const WORDING_RULES: readonly WordingRule[] = [
  {
    // "prompt is too long: 3333404 tokens > 200000 maximum", "input length and `max_tokens` exceed context limit: …"
    wording: /prompt is too long|input is too long|exceeds? (?:the )?(?:maximum )?context|context (?:window|limit)/i,
    errorClass: 'too-long',
    types: REQUEST_TYPES,
  },
  {
    // "Your credit balance is too low to access the Anthropic API.", "You have reached your specified API usage limits."
    wording: /credit balance|reached your (?:specified )?(?:API )?(?:usage|spend)|spend(?:ing)? limit/i,
    errorClass: 'quota',
    types: new Set(['invalid_request_error', 'rate_limit_error', 'permission_error', null]),
  },
  {
    // "Output blocked by content filtering policy"
    wording: /content filtering policy|violates? (?:our|the) usage polic/i,
    errorClass: 'blocked',
    types: REQUEST_TYPES,
  },
];

const CALLER_CLASSES: ReadonlySet<ProviderErrorClass> = new Set(['invalid', 'too-long', 'blocked', 'not-found']);

const MEANINGS: Readonly<Record<ProviderErrorClass, string>> = {
  auth: 'refused our credential',
  'rate-limit': 'limits our request rate',
  quota: 'says that our credit or spending limit is used up',
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
  /** Wall clock, for reset times when the answer has no `date`. */
  nowMs(): number;
}

/** The error of a refused exchange (`status` of 400 and above, or any that is not 200). */
export function toStatusError(
  context: ErrorContext,
  upstream: UpstreamResponse,
  headers: ResponseHeaders,
  bodyText: string,
): ProviderError {
  const status = upstream.httpStatus;
  const error = readError(parseObject(bodyText));
  const errorClass = classify(status, error.type, error.code, error.message);
  return new ProviderError(errorClass, `${context.displayName} ${MEANINGS[errorClass]} (HTTP ${status}).`, {
    httpStatus: status,
    retryAfterMs: errorClass === 'rate-limit' || errorClass === 'overloaded' ? waitMsOf(headers, context.nowMs()) : null,
    upstream: upstream.requestId === null ? { ...upstream, requestId: error.requestId } : upstream,
    upstreamBody: new Confidential(bodyText.slice(0, MAX_KEPT_BODY_CHARS), bodyText.length),
    callerMessage: callerMessage(errorClass, error.message),
    param: paramOf(errorClass, error.message),
  });
}

/** The error of an `error` event in a stream, or of an error body under status 200. */
export function toEventError(context: ErrorContext, upstream: UpstreamResponse, event: JsonObject): ProviderError {
  const error = readError(event);
  const errorClass = classify(null, error.type, error.code, error.message);
  const text = JSON.stringify(event);
  return new ProviderError(errorClass, `${context.displayName} ${MEANINGS[errorClass]} (after HTTP ${upstream.httpStatus}).`, {
    httpStatus: upstream.httpStatus,
    upstream,
    upstreamBody: new Confidential(text.slice(0, MAX_KEPT_BODY_CHARS), text.length),
    callerMessage: callerMessage(errorClass, error.message),
    param: paramOf(errorClass, error.message),
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
    ...(bodyText === undefined ? {} : { upstreamBody: new Confidential(bodyText.slice(0, MAX_KEPT_BODY_CHARS), bodyText.length) }),
  });
}

/** A failure below HTTP; anything that is not one passes through as it is. */
export function toTransportError(context: ErrorContext, cause: unknown): unknown {
  if (!(cause instanceof HttpClientError)) return cause;
  const errorClass = CLASS_BY_KIND[cause.kind];
  return new ProviderError(errorClass, `${context.displayName} ${MEANINGS[errorClass]} (${cause.kind}).`, { cause });
}

interface WireError {
  readonly type: string | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly requestId: string | null;
}

function readError(body: JsonObject | null): WireError {
  const error = objectOf(body?.['error']);
  return {
    type: stringOf(error?.['type']),
    code: stringOf(error?.['code']),
    message: stringOf(error?.['message']) ?? stringOf(body?.['error']) ?? stringOf(body?.['message']),
    requestId: stringOf(body?.['request_id']),
  };
}

function classify(status: number | null, type: string | null, code: string | null, message: string | null): ProviderErrorClass {
  if (message !== null) {
    const rule = WORDING_RULES.find(({ wording, types }) => types.has(type) && wording.test(message));
    if (rule !== undefined) return rule.errorClass;
  }
  const byType = CLASS_BY_TYPE[type ?? ''] ?? CLASS_BY_TYPE[code ?? ''];
  // `invalid_request_error` is also what the vendor's OpenAI-compatible face says under 429, so a telling status wins over it.
  if (byType !== undefined && byType !== 'invalid') return byType;
  return (status === null ? undefined : classByStatus(status)) ?? byType ?? 'overloaded';
}

function classByStatus(status: number): ProviderErrorClass | undefined {
  if (CLASS_BY_STATUS[status] !== undefined) return CLASS_BY_STATUS[status];
  if (status >= 500) return 'overloaded';
  return status >= 400 ? 'invalid' : 'malformed';
}

function callerMessage(errorClass: ProviderErrorClass, message: string | null): string | null {
  return message !== null && CALLER_CLASSES.has(errorClass) ? scrubText(message) : null;
}

/** Validation messages begin with the path they object to: `messages.0.content: …`, `max_tokens: Field required`. */
function paramOf(errorClass: ProviderErrorClass, message: string | null): string | null {
  if (!CALLER_CLASSES.has(errorClass)) return null;
  return /^([a-z_][A-Za-z0-9_.]{0,127}): /.exec(message ?? '')?.[1] ?? null;
}

/**
 * How long to wait, in milliseconds, at most an hour: what `retry-after` asks for, else the latest reset of the `anthropic-ratelimit-*`
 * groups that have nothing left. Null when the answer says nothing. Both headers come with 200 too and mean nothing there.
 */
function waitMsOf(headers: ResponseHeaders, nowMs: number): number | null {
  const dateMs = Date.parse(headers['date'] ?? '');
  const upstreamNowMs = Number.isNaN(dateMs) ? nowMs : dateMs;
  const told = retryAfterMsOf(headers, upstreamNowMs);
  if (told !== null) return told;
  const waitsMs: number[] = [];
  for (const [name, value] of Object.entries(headers)) {
    const group = /^(anthropic-ratelimit-[a-z-]+)-remaining$/.exec(name)?.[1];
    if (group === undefined || value !== '0') continue;
    const resetMs = Date.parse(headers[`${group}-reset`] ?? '');
    if (!Number.isNaN(resetMs)) waitsMs.push(Math.max(0, resetMs - upstreamNowMs));
  }
  return waitsMs.length === 0 ? null : Math.min(MAX_RETRY_AFTER_MS, Math.max(...waitsMs));
}
