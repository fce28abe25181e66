/** `POST /v2/embed`: texts in, one vector each out, as floats or as base64 of them. */
import type { EmbeddingsRequest, JsonObject, JsonValue } from '../../contract.ts';
import { toUnsupported } from '../../shared/failure.ts';
import { arrayOf, objectOf } from '../../shared/json.ts';
import { Warnings } from '../../shared/warnings.ts';
import { FALLBACK_INPUT_TYPE } from './cohere.capabilities.ts';

const VENDOR_PARAMETERS = new Set(['input_type', 'truncate', 'max_tokens']);
const READ_HERE = new Set(['cohere', 'encoding_format', 'embedding_types']);
const GUARDED_PARAMETERS = new Set(['model', 'texts', 'inputs', 'images', 'embedding_types']);
const FLOAT_BYTES = 4;

/** Throws `ProviderError` `invalid` for lists of token numbers, which this wire does not take. */
export function toEmbedBody(
  model: string,
  request: EmbeddingsRequest,
  encoding: 'float' | 'base64',
): { readonly body: JsonObject; readonly warnings: readonly string[] } {
  const warnings = new Warnings('Cohere');
  const extra = request.extra ?? {};
  const rest = Object.fromEntries(Object.entries(extra).filter(([name]) => !READ_HERE.has(name)));
  warnings.unsupported([[request.endUserId !== undefined, "a place for the end user's id"]]);
  const types = arrayOf(extra['embedding_types']);
  if (types.some((type) => type !== 'float' && type !== 'base64'))
    warnings.add('Embeddings are asked for as floats: other embedding_types were not sent.');
  const vendor = {
    ...warnings.pick(rest, VENDOR_PARAMETERS, 'request'),
    ...warnings.namespaced(objectOf(extra['cohere']), 'cohere', GUARDED_PARAMETERS),
  };
  if (vendor['input_type'] === undefined)
    warnings.add(`Cohere demands an input_type and none was given: '${FALLBACK_INPUT_TYPE}' was sent.`);
  const body = {
    input_type: FALLBACK_INPUT_TYPE,
    ...vendor,
    model,
    embedding_types: [encoding],
    texts: request.inputs.map((input) => {
      if (typeof input === 'string') return input;
      throw toUnsupported('Cohere embeds texts, not lists of token numbers: send the texts.', 'input');
    }),
    ...(request.dimensions === undefined ? {} : { output_dimension: request.dimensions }),
  };
  return { body, warnings: warnings.list() };
}

/** One vector an input, or null when the answer holds something else. */
export function toVectors(embeddings: JsonValue | undefined, inputCount: number): readonly (readonly number[])[] | null {
  const byType = objectOf(embeddings);
  const rows = arrayOf(byType?.['float'] ?? byType?.['base64'] ?? embeddings);
  const vectors = rows.flatMap((row) => {
    const vector = toVector(row);
    return vector === null ? [] : [vector];
  });
  return vectors.length === inputCount && rows.length === inputCount ? vectors : null;
}

function toVector(row: JsonValue): readonly number[] | null {
  if (typeof row === 'string') return fromBase64(row);
  return Array.isArray(row) && row.length > 0 && row.every((item): item is number => typeof item === 'number') ? row : null;
}

/** Little-endian 32-bit floats. */
function fromBase64(text: string): readonly number[] | null {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length === 0 || bytes.length % FLOAT_BYTES !== 0) return null;
  return Array.from({ length: bytes.length / FLOAT_BYTES }, (_, index) => bytes.readFloatLE(index * FLOAT_BYTES));
}
