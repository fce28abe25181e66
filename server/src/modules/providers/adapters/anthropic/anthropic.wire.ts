/** The JSON of the Messages API, beyond what `shared/json.ts` reads. */
import type { JsonObject } from '../../contract.ts';
import { countOf, objectOf, parseJson } from '../../shared/json.ts';

export { parseExactJson } from '../../shared/exact-json.ts';

/** A block of `content`, in either direction. */
export type ContentBlock = JsonObject;

/** A token count; 0 where there is none. */
export function tokensOf(value: unknown): number {
  return countOf(value) ?? 0;
}

/** The text as a JSON object; null when it is not JSON or not an object. */
export function parseObject(text: string): JsonObject | null {
  return objectOf(parseJson(text));
}
