/** What Ollama's error bodies mean: `{"error": "text"}`, in an answer or as a line of a stream. */
import type { ProviderErrorClass } from '../../contract.ts';
import { classOfStatus, type ErrorFacts } from '../../shared/failure.ts';
import { objectOf, parseJson, stringOf } from '../../shared/json.ts';

/** First match wins; the server tells most things by words alone, and a failed load as 500. */
const WORDINGS: readonly { readonly words: RegExp; readonly errorClass: ProviderErrorClass }[] = [
  // "model 'x' not found", "model \"x\" not found, try pulling it first"
  { words: /model .{1,200} not found|try pulling it first/i, errorClass: 'not-found' },
  // "the input length exceeds the context length", "prompt is too long"
  { words: /exceeds? (?:the |maximum )*context|(?:prompt|input) (?:is )?too (?:long|large)/i, errorClass: 'too-long' },
  // "\"x\" does not support tools", "think value \"low\" is not supported for this model", "invalid format"
  { words: /does not support|not supported|^invalid |is required/i, errorClass: 'invalid' },
  { words: /unauthorized|invalid (?:api )?key/i, errorClass: 'auth' },
  // The cloud: "you've reached your hourly usage limit, please upgrade to continue"
  { words: /usage limit|upgrade (?:your plan|to continue)/i, errorClass: 'quota' },
  // "server busy, please try again. maximum pending requests exceeded", "model requires more system memory (8 GiB) than is available"
  { words: /server busy|pending requests|more system memory|runner process|out of memory/i, errorClass: 'overloaded' },
];

/** `status` is 500 for an error within an answer that had begun well. */
export function readError(status: number, text: string): ErrorFacts {
  const body = objectOf(parseJson(text));
  const message = stringOf(body?.['error']) ?? stringOf(objectOf(body?.['error'])?.['message']) ?? (body === null ? plainText(text) : null);
  const byStatus = classOfStatus(status);
  if (byStatus === 'auth' || message === null) return { errorClass: byStatus, message };
  return { errorClass: WORDINGS.find(({ words }) => words.test(message))?.errorClass ?? byStatus, message };
}

/** A page of HTML is a proxy's or a wrong base URL's, and nothing to show. */
function plainText(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === '' || trimmed.startsWith('<') ? null : trimmed;
}
