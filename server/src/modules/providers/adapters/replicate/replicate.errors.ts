/** What failures mean: problem documents (`{"title", "detail", "status"[, "invalid_fields"]}`) and the `error` of a failed prediction. */
import type { ProviderErrorClass } from '../../contract.ts';
import { classOfStatus, type ErrorFacts } from '../../shared/failure.ts';
import { arrayOf, objectOf, parseJson, stringOf } from '../../shared/json.ts';

/** First match wins. */
const WORDINGS: readonly { readonly words: RegExp; readonly errorClass: ProviderErrorClass }[] = [
  { words: /nsfw|flagged as sensitive|content polic|safety/i, errorClass: 'blocked' },
  { words: /(?:prompt|input|context) (?:length|is too long)|maximum (?:context|input)|too many tokens/i, errorClass: 'too-long' },
  { words: /insufficient credit|billing|spend limit/i, errorClass: 'quota' },
  { words: /rate limit|throttl/i, errorClass: 'rate-limit' },
  { words: /timed? ?out/i, errorClass: 'timeout' },
  { words: /out of memory|unavailable|high demand|interrupted/i, errorClass: 'overloaded' },
  { words: /invalid|is required|validation|must be|not allowed/i, errorClass: 'invalid' },
];

export function readError(status: number, text: string): ErrorFacts {
  const body = objectOf(parseJson(text));
  const message = stringOf(body?.['detail']) ?? stringOf(body?.['title']) ?? stringOf(body?.['error']);
  const field = stringOf(objectOf(arrayOf(body?.['invalid_fields'])[0])?.['field']) || null;
  const byStatus = classOfStatus(status);
  // The words of a refused request tell more than its status only where that is the one for everything.
  const isOpen = byStatus === 'invalid' && message !== null;
  const byWords = isOpen ? WORDINGS.find(({ words }) => words.test(message))?.errorClass : undefined;
  return { errorClass: byWords ?? byStatus, message: message?.trim() ?? null, param: field };
}

/** A prediction that failed, or was cancelled by somebody else: a failure of the model unless its words say otherwise. */
export function readPredictionError(error: unknown): ErrorFacts {
  const message = typeof error === 'string' ? error.trim() : null;
  const byWords = message === null ? undefined : WORDINGS.find(({ words }) => words.test(message))?.errorClass;
  return { errorClass: byWords ?? 'overloaded', message };
}
