/**
 * Every failure of an exchange, mapped to the closed set that routing understands. The type stands in the header `x-amzn-errortype`
 * (with a suffix), in `:exception-type` of a stream's message, or in `__type` of the body; where it is missing the wording and the status decide.
 */
import type { ResponseHeaders } from '../../../../kernel/http-client/index.ts';
import type { ProviderErrorClass } from '../../contract.ts';
import { classOfStatus, type ErrorFacts } from '../../shared/failure.ts';
import { objectOf, parseJson, stringOf } from '../../shared/json.ts';
import type { EventStreamMessage } from './bedrock.event-stream.ts';

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

/** What an error says of itself, wherever it stands. */
export interface WireError {
  /** As written, without suffix: `ValidationException`; null where none is told. */
  readonly type: string | null;
  readonly message: string | null;
}

/** What an error means; `status` is null within a stream. */
export function toErrorFacts(status: number | null, error: WireError): ErrorFacts {
  const errorClass = classOf(status, error);
  return { errorClass, message: error.message, param: paramOf(errorClass, error.message) };
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

/** A refused signature may be answered with the whole request as it was signed, the token of temporary keys included. */
export function withoutToken(text: string): string {
  return text.replace(/(x-amz-security-token:)[^\\\s"']+/gi, '$1[redacted]');
}

/** Status is null within a stream. */
export function classOf(status: number | null, error: WireError): ProviderErrorClass {
  const type = (error.type ?? '').replace(/(?:Exception|Error|Failure)$/, '').toLowerCase();
  const byType = CLASS_BY_TYPE[type] ?? CLASS_BY_TYPE[(error.type ?? '').toLowerCase()];
  const found = byType ?? classByStatus(status);
  const { message } = error;
  if (message === null) return found;
  return WORDING_RULES.find(({ wording, within }) => within.has(found) && wording.test(message))?.errorClass ?? found;
}

/** 424 is a failure of the model behind the API. */
function classByStatus(status: number | null): ProviderErrorClass {
  return status === null || status === 424 ? 'overloaded' : classOfStatus(status);
}

/** Validation messages name what they object to: "… at 'inferenceConfig.maxTokens' failed …", "#/messages/2/content/0: extraneous key …". */
function paramOf(errorClass: ProviderErrorClass, message: string | null): string | null {
  if (message === null) return null;
  if (errorClass === 'not-found') return 'model';
  const pointer = /#\/([A-Za-z0-9_/]{1,128}): /.exec(message)?.[1];
  if (pointer !== undefined) return pointer.replaceAll('/', '.');
  return /\bat '([A-Za-z0-9_.]{1,128})' failed/.exec(message)?.[1] ?? null;
}
