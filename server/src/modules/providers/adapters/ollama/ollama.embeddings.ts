/** `POST /api/embed`: texts in, one vector each out. */
import type { EmbeddingsRequest, JsonObject, JsonValue } from '../../contract.ts';
import { toUnsupported } from '../../shared/failure.ts';
import { objectOf } from '../../shared/json.ts';
import { Warnings } from '../../shared/warnings.ts';

const VENDOR_PARAMETERS = new Set(['truncate', 'keep_alive', 'options']);
const READ_HERE = new Set(['ollama', 'encoding_format']);
const GUARDED_PARAMETERS = new Set(['model', 'input']);

/** Throws `ProviderError` `invalid` for lists of token numbers, which this wire does not take. */
export function toEmbedBody(
  model: string,
  request: EmbeddingsRequest,
): { readonly body: JsonObject; readonly warnings: readonly string[] } {
  const warnings = new Warnings('Ollama');
  const extra = request.extra ?? {};
  const rest = Object.fromEntries(Object.entries(extra).filter(([name]) => !READ_HERE.has(name)));
  warnings.unsupported([[request.endUserId !== undefined, "a place for the end user's id"]]);
  const body = {
    ...warnings.pick(rest, VENDOR_PARAMETERS, 'request'),
    ...warnings.namespaced(objectOf(extra['ollama']), 'ollama', GUARDED_PARAMETERS),
    model,
    input: request.inputs.map((input) => {
      if (typeof input === 'string') return input;
      throw toUnsupported('Ollama embeds texts, not lists of token numbers: send the texts.', 'input');
    }),
    ...(request.dimensions === undefined ? {} : { dimensions: request.dimensions }),
  };
  return { body, warnings: warnings.list() };
}

/** One vector an input, or null when the answer holds something else. */
export function toVectors(value: JsonValue | undefined, inputCount: number): readonly (readonly number[])[] | null {
  if (!Array.isArray(value) || value.length !== inputCount) return null;
  return value.every(isVector) ? value : null;
}

function isVector(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number');
}
