import { Confidential } from '../../../../kernel/crypto/index.ts';
import { HttpClientError } from '../../../../kernel/http-client/index.ts';
import { scrubText } from '../../../../kernel/telemetry/index.ts';
import { ProviderError, type JsonObject, type JsonValue, type ProviderErrorClass, type UpstreamResponse } from '../../contract.ts';
import { arrayOf, objectOf, parseJson, stringOf } from '../../shared/json.ts';
import { waitOf } from './openai.retry.ts';
import { baseResponseOf } from './openai.base-resp.ts';

/** What error bodies tell, whatever their shape. */
interface ErrorFacts {
  readonly message: string;
  readonly type: string;
  readonly code: string;
  readonly param: string | null;
}

const NO_FACTS: ErrorFacts = { message: '', type: '', code: '', param: null };
const MAX_CALLER_MESSAGE_LENGTH = 500;
const MAX_KEPT_BODY_BYTES = 64 * 1024;

/** Reads the shapes seen in traffic: `error` object or string, `detail` text or list, bare `message`, a list around one of them, plain text. */
function readFacts(body: JsonValue | undefined, text: string): ErrorFacts {
  if (Array.isArray(body)) return readFacts(arrayOf(body)[0], text);
  const outer = objectOf(body);
  // A page of HTML is a proxy's or a wrong base URL's, and nothing to show.
  if (outer === null) return { ...NO_FACTS, message: text.trimStart().startsWith('<') ? '' : text };
  // IBM tells a list of errors.
  const inner =
    objectOf(outer['error']) ?? objectOf(arrayOf(outer['errors'])[0]) ?? objectOf(outer['detail']) ?? objectOf(outer['message']) ?? outer;
  const detail = objectOf(arrayOf(outer['detail'])[0]) ?? objectOf(arrayOf(objectOf(outer['message'])?.['detail'])[0]);
  const code = inner['code'] ?? outer['code'] ?? outer['error_code'] ?? null;
  const base = objectOf(outer['base_resp']);
  const isBlocked = baseResponseOf(outer)?.isBlocked === true;
  return {
    message: firstText(inner['message'], detail?.['msg'], outer['error'], outer['detail'], outer['message'], base?.['status_msg']),
    type: firstText(inner['type'], outer['type'], outer['error_type'], inner['status'], isBlocked ? 'content_filter' : ''),
    code: code === null ? '' : String(code),
    param: stringOf(inner['param']) ?? locationOf(detail),
  };
}

function firstText(...candidates: readonly (JsonValue | undefined)[]): string {
  for (const candidate of candidates) if (typeof candidate === 'string' && candidate !== '') return candidate;
  return '';
}

/** FastAPI's `loc` without its leading `body`. */
function locationOf(detail: JsonObject | null): string | null {
  const path = arrayOf(detail?.['loc']).filter((step) => step !== 'body');
  return path.length === 0 ? null : path.join('.');
}

/** First match wins. Words of codes, types and messages as recorded; they say more than the status (a bad key is a 400 at xAI and Gemini). */
const BODY_RULES: readonly { readonly errorClass: ProviderErrorClass; readonly words: RegExp }[] = [
  {
    errorClass: 'auth',
    words:
      /invalid_api_key|incorrect api key|api key not valid|api_key_invalid|invalid api key|authentication_error|invalid_authentication|no auth credentials/i,
  },
  {
    errorClass: 'quota',
    words:
      /insufficient_quota|exceeded your current quota|billing_(?:hard_limit|not_active)|token_quota_reached|insufficient (?:balance|credits|funds)|credit balance|requires more credits/i,
  },
  {
    errorClass: 'too-long',
    words:
      /context_length_exceeded|exceed_context_size|maximum context length|context (?:length|window|size)|too many tokens|too_many_(?:prompt_)?tokens|prompt is too long|reduce the length|string_above_max_length|max_new_tokens` must be|input is too long|exceeds? the (?:available|maximum) (?:context|number of tokens)|maximum prompt length/i,
  },
  {
    errorClass: 'blocked',
    words:
      /content_filter|content_policy|content management policy|responsibleaipolicy|flagged (?:as|for|by)|moderation|data_inspection_failed|safety system/i,
  },
  { errorClass: 'rate-limit', words: /rate_limit|rate limit|too many requests|resource_exhausted/i },
  {
    errorClass: 'overloaded',
    words: /overloaded|engine_overloaded|server_busy|no instances available|currently at capacity|service_unavailable/i,
  },
  {
    errorClass: 'not-found',
    words:
      /model_not_found|model_not_exist|deploymentnotfound|invalid_model|not a valid model|supported api model names|model .{1,200} (?:does not exist|not found)/i,
  },
];

/** By status where the body says nothing; a server's own failure counts as overload: worth another try, here or elsewhere. */
function classOfStatus(status: number): ProviderErrorClass {
  if (status === 401 || status === 403) return 'auth';
  if (status === 402) return 'quota';
  if (status === 404) return 'not-found';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 413) return 'too-long';
  if (status === 429) return 'rate-limit';
  if (status === 501) return 'invalid';
  if (status >= 500) return 'overloaded';
  if (status >= 400) return 'invalid';
  return 'malformed';
}

/** Classes that a body's words may give at a status: a rate limit is never an invalid request, but the words in its message may look so. */
function classOf(status: number, facts: ErrorFacts): ProviderErrorClass {
  const byStatus = classOfStatus(status);
  if (byStatus === 'auth') return status === 403 ? classOfForbidden(facts) : 'auth';
  const words = `${facts.code} ${facts.type} ${facts.message}`;
  const byBody = BODY_RULES.find((rule) => rule.words.test(words))?.errorClass;
  if (byBody === undefined) return byStatus;
  if (status === 429) return byBody === 'quota' ? 'quota' : 'rate-limit';
  if (status >= 500) return byBody === 'rate-limit' || byBody === 'too-long' ? byBody : byStatus;
  return byBody;
}

/** OpenRouter refuses flagged input with 403, watsonx an account that is used up. */
function classOfForbidden(facts: ErrorFacts): ProviderErrorClass {
  if (/token_quota_reached/i.test(facts.code)) return 'quota';
  return /flagged|moderation|content_policy/i.test(facts.message) ? 'blocked' : 'auth';
}

const MEANING: Readonly<Record<ProviderErrorClass, string>> = {
  auth: 'refused our credentials: check the key of this provider',
  'rate-limit': 'limits our rate',
  quota: 'says our account is out of credit or quota: top it up',
  overloaded: 'failed on its side',
  invalid: 'refused the request',
  'too-long': 'says the request is longer than the model takes',
  blocked: 'blocked the request by its content policy',
  'not-found': 'does not know the model',
  timeout: 'did not answer in time',
  transport: 'could not be reached',
  malformed: 'answered what we cannot read',
  cancelled: 'was cancelled',
};

const CALLERS_OWN: ReadonlySet<ProviderErrorClass> = new Set(['invalid', 'too-long', 'blocked', 'not-found']);

/** An answer with an error status, decided on its body as well. */
export function fromErrorResponse(
  displayName: string,
  upstream: UpstreamResponse,
  body: Buffer,
  headers: Readonly<Record<string, string>>,
  nowMs: number,
): ProviderError {
  const text = body.subarray(0, MAX_KEPT_BODY_BYTES).toString('utf8');
  const parsed = parseJson(body.toString('utf8'));
  const facts = readFacts(parsed, text);
  const errorClass = classOf(upstream.httpStatus, facts);
  return new ProviderError(errorClass, `${displayName} ${MEANING[errorClass]} (HTTP ${upstream.httpStatus}).`, {
    httpStatus: upstream.httpStatus,
    retryAfterMs: waitOf(upstream, headers, parsed, nowMs),
    upstream,
    upstreamBody: new Confidential(text, body.length),
    callerMessage: callerMessageOf(errorClass, facts),
    param: CALLERS_OWN.has(errorClass) ? facts.param : null,
  });
}

/**
 * An error that came as data of a 200: an event of a stream, or a body whose `error` is set. `impliedStatus` is the status it would
 * have come with, where the wire's codes tell.
 */
export function fromErrorData(displayName: string, upstream: UpstreamResponse, data: JsonObject, impliedStatus?: number): ProviderError {
  const text = JSON.stringify(data);
  const facts = readFacts(data, text);
  const told = impliedStatus ?? baseResponseOf(data)?.status ?? Number(facts.code);
  const errorClass = classOf(Number.isInteger(told) && told >= 400 && told < 600 ? told : inBandStatus(facts), facts);
  return new ProviderError(errorClass, `${displayName} ${MEANING[errorClass]} (an error within the answer).`, {
    httpStatus: upstream.httpStatus,
    upstream,
    upstreamBody: new Confidential(text.slice(0, MAX_KEPT_BODY_BYTES), text.length),
    callerMessage: callerMessageOf(errorClass, facts),
    param: CALLERS_OWN.has(errorClass) ? facts.param : null,
  });
}

/** Without a status of its own, an error within an answer is the request's fault only when its type says so. */
function inBandStatus(facts: ErrorFacts): number {
  return /invalid_request|bad_request|tool_use_failed|^validation/i.test(`${facts.type} ${facts.code}`) ? 400 : 500;
}

function callerMessageOf(errorClass: ProviderErrorClass, facts: ErrorFacts): string | null {
  if (!CALLERS_OWN.has(errorClass) || facts.message === '') return null;
  const message = scrubText(facts.message);
  return message.length > MAX_CALLER_MESSAGE_LENGTH ? `${message.slice(0, MAX_CALLER_MESSAGE_LENGTH)}…` : message;
}

/** An answer that breaks its own format. */
export function malformed(displayName: string, upstream: UpstreamResponse | null, why: string, body?: string): ProviderError {
  return new ProviderError('malformed', `${displayName} ${MEANING.malformed}: ${why}.`, {
    httpStatus: upstream?.httpStatus ?? null,
    upstream,
    upstreamBody: body === undefined ? null : new Confidential(body.slice(0, MAX_KEPT_BODY_BYTES), body.length),
  });
}

/** A failure below HTTP; other errors (a sink's own) pass through unchanged. */
export function fromTransportError(displayName: string, error: unknown, upstream: UpstreamResponse | null): unknown {
  if (!(error instanceof HttpClientError)) return error;
  const errorClass = (
    {
      connect: 'transport',
      timeout: 'timeout',
      reset: 'transport',
      aborted: 'cancelled',
      'too-large': 'malformed',
      'egress-refused': 'transport',
      protocol: 'malformed',
    } as const
  )[error.kind];
  return new ProviderError(errorClass, `${displayName} ${MEANING[errorClass]}.`, {
    httpStatus: upstream?.httpStatus ?? null,
    upstream,
    cause: error,
  });
}

/** Whether the connection failed below HTTP, and not because we gave up. */
export function isTransport(error: unknown): boolean {
  return error instanceof Error && error.name === 'HttpClientError' && (error as { kind?: unknown }).kind !== 'aborted';
}
