import { AntiphonError } from '../../kernel/errors/index.ts';
import type { JsonObject } from '../../modules/providers/index.ts';

/** A body that must be one JSON object, parsed and as text. Throws INVALID_INPUT. */
export function parseJsonBody(raw: Buffer): { readonly json: JsonObject; readonly text: string } {
  const text = raw.toString('utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The parser's own words quote the body, which must not reach a log.
    throw new AntiphonError('INVALID_INPUT', 'The body is not JSON. Send one JSON object with "content-type: application/json".');
  }
  if (json === null || typeof json !== 'object' || Array.isArray(json))
    throw new AntiphonError('INVALID_INPUT', 'The body must be one JSON object.');
  return { json: json as JsonObject, text };
}
