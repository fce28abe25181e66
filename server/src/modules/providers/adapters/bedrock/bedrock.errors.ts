/**
 * Every failure of an exchange, mapped to the closed set that routing understands. The type stands in the header `x-amzn-errortype`
 * (with a suffix), in `:exception-type` of a stream's message, or in `__type` of the body; where it is missing the wording and the status decide.
 */
import { Confidential } from '../../../../kernel/crypto/index.ts';
import { HttpClientError, type HttpClientErrorKind, type ResponseHeaders } from '../../../../kernel/http-client/index.ts';
import { scrubText } from '../../../../kernel/telemetry/index.ts';
import { ProviderError, type ProviderErrorClass, type UpstreamResponse } from '../../contract.ts';
import { objectOf, parseJson, stringOf } from '../../shared/json.ts';
import { retryAfterMsOf } from '../../shared/retry-after.ts';
import type { EventStreamMessage } from './bedrock.event-stream.ts';

const MAX_KEPT_BODY_CHARS = 65_536;
const MAX_CALLER_MESSAGE_CHARS = 1000;

/** Types without their `Exception`, in lower case: streams write them with a small first letter. */
const CLASS_BY_TYPE: Readonly<Record<string, ProviderErrorClass>> = {
  accessdenied: 'auth',
  unrecognizedclient: 'auth',
  invalidsignature: 'auth',
  signaturedoesnotmatch: 'auth',
  incompletesignature: 'auth',
  missingauthenticationtoken: 'auth',
  invalidclienttokenid: 'auth',
  expiredtoken: 'auth',
  notauthorized: 'auth',
  optinrequired: 'auth',
  throttling: 'rate-limit',
  toomanyrequests: 'rate-limit',
  servicequotaexceeded: 'quota',
  validation: 'invalid',
  serialization: 'invalid',
  conflict: 'invalid',
  resourcenotfound: 'not-found',
  unknownoperation: 'not-found',
  modeltimeout: 'timeout',
  modelerror: 'overloaded',
  modelnotready: 'overloaded',
  modelstreamerror: 'overloaded',
  serviceunavailable: 'overloaded',
  internalserver: 'overloaded',
  internalfailure: 'overloaded',
};

const CLASS_BY_STATUS: Readonly<Record<number, ProviderErrorClass>> = {
  401: 'auth',
  402: 'quota',
  403: 'auth',
  404: 'not-found',
  408: 'timeout',
  413: 'too-long',
  424: 'overloaded',
  429: 'rate-limit',
  504: 'timeout',
};

/** Cases that share a type with others, so that only the wording tells them apart. They decide within the classes named, or without a type. */
const WORDING_RULES: readonly {
  readonly wording: RegExp;
  readonly errorClass: ProviderErrorClass;
  readonly within: ReadonlySet<string>;
}[] = [
  {
    // "Input Tokens Exceeded: …", "Input is too long for requested model.", "prompt is too long: …", "… exceeds maximum length …"
    wording:
      /input tokens? exceeded|(?:input|prompt) is too long|exceeds? (?:the )?(?:model's )?(?:maximum|max) (?:context|length|input|number of tokens)|exceeds? maximum length|maximum context length|context (?:window|limit)|too many input tokens/i,
    errorClass: 'too-long',
    within: new Set(['invalid', 'overloaded']),
  },
  {
    // "The generated text has been blocked by our content filters."
    wording: /blocked by (?:our )?content filter|content filtering policy|violates? .{0,60}(?:usage|acceptable use) polic/i,
    errorClass: 'blocked',
    within: new Set(['invalid', 'overloaded']),
  },
  // "The provided model identifier is invalid."
  { wording: /model identifier is invalid/i, errorClass: 'not-found', within: new Set(['invalid']) },
  // "Too many tokens per day, please wait before trying again."
  { wording: /tokens per day|daily (?:token|request)/i, errorClass: 'quota', within: new Set(['rate-limit', 'quota']) },
  // "Model is getting throttled. Try your request again." comes as ServiceUnavailableException, HTTP 503.
  { wording: /throttl|too many requests/i, errorClass: 'rate-limit', within: new Set(['overloaded', 'rate-limit']) },
];

const CALLER_CLASSES: ReadonlySet<ProviderErrorClass> = new Set(['invalid', 'too-long', 'blocked', 'not-found']);

const MEANINGS: Readonly<Record<ProviderErrorClass, string>> = {
  auth: 'refused our credentials, or they may not use this model',
  'rate-limit': 'limits our request rate',
  quota: 'says that a quota of our account is used up',
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
  /** Wall clock, for a `retry-after` that is a date. */
  nowMs(): number;
}

/** What an error says of itself, wherever it stands. */
export interface WireError {
  /** As written, without suffix: `ValidationException`; null where none is told. */
  readonly type: string | null;
  readonly message: string | null;
}

/** The error of an answer with any status but 200. */
export function toStatusError(
  context: ErrorContext,
  upstream: UpstreamResponse,
  headers: ResponseHeaders,
  bodyText: string,
): ProviderError {
  const error = readStatusError(headers, bodyText);
  const errorClass = classOf(upstream.httpStatus, error);
  const canWait = errorClass === 'rate-limit' || errorClass === 'overloaded';
  return new ProviderError(errorClass, `${context.displayName} ${MEANINGS[errorClass]} (HTTP ${upstream.httpStatus}).`, {
    httpStatus: upstream.httpStatus,
    retryAfterMs: canWait ? retryAfterMsOf(headers, context.nowMs()) : null,
    upstream,
    upstreamBody: new Confidential(bodyText.slice(0, MAX_KEPT_BODY_CHARS), bodyText.length),
    callerMessage: callerMessageOf(errorClass, error.message),
    param: paramOf(errorClass, error.message),
  });
}

/** The error of an exception in a stream. */
export function toStreamError(context: ErrorContext, upstream: UpstreamResponse, message: EventStreamMessage): ProviderError {
  const error = readStreamError(message);
  const errorClass = classOf(null, error);
  const text = message.payload.toString('utf8');
  return new ProviderError(errorClass, `${context.displayName} ${MEANINGS[errorClass]} (after HTTP ${upstream.httpStatus}).`, {
    httpStatus: upstream.httpStatus,
    upstream,
    upstreamBody: new Confidential(text.slice(0, MAX_KEPT_BODY_CHARS), text.length),
    callerMessage: callerMessageOf(errorClass, error.message),
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

/** What the caller asked for and this provider has no form for, told before anything is sent. */
export function toRefusal(detail: string, param = 'messages'): ProviderError {
  return new ProviderError('invalid', detail, { callerMessage: detail, param });
}

/** A failure below HTTP; anything that is not one passes through as it is. */
export function toTransportError(context: ErrorContext, cause: unknown): unknown {
  if (!(cause instanceof HttpClientError)) return cause;
  const errorClass = CLASS_BY_KIND[cause.kind];
  return new ProviderError(errorClass, `${context.displayName} ${MEANINGS[errorClass]} (${cause.kind}).`, { cause });
}

export function readStatusError(headers: ResponseHeaders, bodyText: string): WireError {
  const body = objectOf(parseJson(bodyText));
  // `ValidationException:http://internal.amazon.com/coral/com.amazon.bedrock/`; in bodies `com.amazon.coral.service#ValidationException`.
  const told = headers['x-amzn-errortype']?.split(':')[0] || stringOf(body?.['__type'])?.split('#').at(-1) || null;
  return { type: told, message: stringOf(body?.['message']) ?? stringOf(body?.['Message']) };
}

export function readStreamError({ headers, payload }: EventStreamMessage): WireError {
  const body = objectOf(parseJson(payload.toString('utf8')));
  const message = stringOf(body?.['originalMessage']) ?? stringOf(body?.['message']) ?? stringOf(body?.['Message']);
  return { type: headers[':exception-type'] ?? headers[':error-code'] ?? null, message: message ?? headers[':error-message'] ?? null };
}

/** Status is null within a stream. */
export function classOf(status: number | null, error: WireError): ProviderErrorClass {
  const type = (error.type ?? '').replace(/(?:Exception|Error|Failure)$/, '').toLowerCase();
  const byType = CLASS_BY_TYPE[type] ?? CLASS_BY_TYPE[(error.type ?? '').toLowerCase()];
  const found = byType ?? (status === null ? 'overloaded' : classByStatus(status));
  const { message } = error;
  if (message === null) return found;
  return WORDING_RULES.find(({ wording, within }) => within.has(found) && wording.test(message))?.errorClass ?? found;
}

function classByStatus(status: number): ProviderErrorClass {
  const known = CLASS_BY_STATUS[status];
  if (known !== undefined) return known;
  if (status >= 500) return 'overloaded';
  return status >= 400 ? 'invalid' : 'malformed';
}

function callerMessageOf(errorClass: ProviderErrorClass, message: string | null): string | null {
  return message !== null && CALLER_CLASSES.has(errorClass) ? scrubText(message.slice(0, MAX_CALLER_MESSAGE_CHARS)) : null;
}

/** Validation messages name what they object to: "… at 'inferenceConfig.maxTokens' failed …", "#/messages/2/content/0: extraneous key …". */
function paramOf(errorClass: ProviderErrorClass, message: string | null): string | null {
  if (message === null || !CALLER_CLASSES.has(errorClass)) return null;
  if (errorClass === 'not-found') return 'model';
  const pointer = /#\/([A-Za-z0-9_/]{1,128}): /.exec(message)?.[1];
  if (pointer !== undefined) return pointer.replaceAll('/', '.');
  return /\bat '([A-Za-z0-9_.]{1,128})' failed/.exec(message)?.[1] ?? null;
}
