/** The JSON of the Messages API, beyond what `shared/json.ts` reads. */
import type { JsonObject, JsonValue } from '../../contract.ts';
import { countOf, objectOf, parseJson } from '../../shared/json.ts';

/** A block of `content`, in either direction. */
export type ContentBlock = JsonObject;

interface ParseContext {
  readonly source?: string;
}

/** `JSON` with source text access (ECMAScript proposal at stage 4, in Node 22 and later), which the compiler's library does not type yet. */
interface SourceTextJson {
  parse(text: string, reviver: (this: unknown, key: string, value: unknown, context: ParseContext) => unknown): unknown;
  rawJSON(text: string): unknown;
}

const sourceTextJson: SourceTextJson = JSON as unknown as SourceTextJson;

/**
 * Parses JSON so that `JSON.stringify` of the result writes every number as it was written: `1.0` stays `1.0`, and an integer beyond
 * 2^53 keeps its digits. Throws `SyntaxError`.
 */
export function parseExactJson(text: string): JsonValue {
  return sourceTextJson.parse(text, (_key, value, context) =>
    typeof value === 'number' && context.source !== undefined && String(value) !== context.source
      ? sourceTextJson.rawJSON(context.source)
      : value,
  ) as JsonValue;
}

/** A token count; 0 where there is none. */
export function tokensOf(value: unknown): number {
  return countOf(value) ?? 0;
}

/** The text as a JSON object; null when it is not JSON or not an object. */
export function parseObject(text: string): JsonObject | null {
  return objectOf(parseJson(text));
}
