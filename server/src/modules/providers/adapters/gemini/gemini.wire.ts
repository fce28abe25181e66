/** The JSON of the Gemini API, beyond what `shared/json.ts` reads. */
import type { JsonObject, JsonValue } from '../../contract.ts';
import { parseExactJson } from '../../shared/exact-json.ts';
import { arrayOf, countOf, objectOf, parseJson } from '../../shared/json.ts';

/** Google serves the same wire twice: by the Gemini API with a key, and by Vertex AI within a project. They differ in names and limits. */
export type GeminiFlavour = 'gemini' | 'vertex';

/** A part of a content, in either direction. */
export type WirePart = JsonObject;

/** Begins the ids that we give to tool calls of this wire, which has none of its own in most versions; they are never sent back to it. */
export const MADE_CALL_ID = 'call_gemini_';

/** Who we speak of in warnings, whichever of the two APIs answers. */
export const WARNED_AS = "Google's Gemini models";

/** A token count; 0 where there is none. */
export function tokensOf(value: unknown): number {
  return countOf(value) ?? 0;
}

/** The objects of a list; what is none is left out. */
export function objectsOf(value: unknown): JsonObject[] {
  return arrayOf(value)
    .map(objectOf)
    .filter((item) => item !== null);
}

/** The text as a JSON object; null when it is not JSON or not an object. */
export function parseObject(text: string): JsonObject | null {
  return objectOf(parseJson(text));
}

/**
 * An answer, a chunk of a streamed one, or an error: a JSON object, or a list of one (the form in which Vertex AI sends errors).
 * Null for anything else. Arguments of function calls keep the digits of their numbers.
 */
export function parseAnswer(text: string): JsonObject | null {
  const value = parseJson(text);
  if (Array.isArray(value)) return value.length === 1 ? objectOf(value[0]) : null;
  return withExactContent(objectOf(value), text);
}

/** Parsing with source text is several times slower, so only the contents take it, and only when a tool was called. */
function withExactContent(answer: JsonObject | null, text: string): JsonObject | null {
  if (answer === null || !text.includes('"functionCall"')) return answer;
  const exact = arrayOf(objectOf(parseExactJson(text))?.['candidates']);
  const candidates = arrayOf(answer['candidates']).map((value, position): JsonValue => {
    const content = objectOf(exact[position])?.['content'];
    return content === undefined ? value : { ...objectOf(value), content };
  });
  return { ...answer, candidates };
}
