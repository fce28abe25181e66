/** What Cohere's error bodies mean: `{"id", "message"[, "error_type"]}`. */
import type { ProviderErrorClass } from '../../contract.ts';
import { classOfStatus, type ErrorFacts } from '../../shared/failure.ts';
import { objectOf, parseJson, stringOf } from '../../shared/json.ts';

/** First match wins, in `error_type` and `message` together. */
const WORDINGS: readonly { readonly words: RegExp; readonly errorClass: ProviderErrorClass }[] = [
  // error_type TOO_MANY_TOKENS; "too many tokens: size limit exceeded by 25836 tokens."
  { words: /too_?many_?tokens|too many tokens/i, errorClass: 'too-long' },
  // "model 'x' not found, make sure the correct model ID was used", "model 'command-r' was removed on September 15, 2025."
  { words: /model .{1,200} (?:not found|was removed)/i, errorClass: 'not-found' },
  { words: /invalid api (?:token|key)|no api key supplied/i, errorClass: 'auth' },
  { words: /blocked (?:output|input)|deny-?listed|safety mode/i, errorClass: 'blocked' },
  // "You are using a Trial key, which is limited to 1000 API calls / month."
  { words: /calls? ?\/ ?month|per month|billing|payment method|spend(?:ing)? limit/i, errorClass: 'quota' },
];

/** 498: a token that is on the deny list. 499: the exchange was broken off on the way. */
const CLASS_BY_STATUS: Readonly<Record<number, ProviderErrorClass>> = { 498: 'blocked', 499: 'transport' };

export function readError(status: number, text: string): ErrorFacts {
  const body = objectOf(parseJson(text));
  const message = stringOf(body?.['message']) ?? stringOf(objectOf(body?.['error'])?.['message']) ?? stringOf(body?.['error']);
  const byStatus = CLASS_BY_STATUS[status] ?? classOfStatus(status);
  const words = `${stringOf(body?.['error_type']) ?? ''} ${message ?? ''}`;
  const byWords = byStatus === 'auth' ? undefined : WORDINGS.find((rule) => rule.words.test(words))?.errorClass;
  const isServers = status >= 500 && byWords !== 'too-long';
  return { errorClass: isServers ? byStatus : (byWords ?? byStatus), message, requestId: stringOf(body?.['id']) };
}
