import type { JsonValue } from '../contract.ts';

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
