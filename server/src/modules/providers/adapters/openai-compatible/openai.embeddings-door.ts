/** The embeddings endpoint of the OpenAI door: their request → ours, our answer → theirs. */
import type { EmbeddingsRequest, EmbeddingsResult, JsonObject, JsonValue } from '../../contract.ts';
import { fieldsBeside, isEmpty } from '../../shared/json.ts';
import { refuse } from './openai.request-errors.ts';
import { fromUsage } from './openai.usage.ts';

const KNOWN_PARAMETERS: ReadonlySet<string> = new Set(['model', 'input', 'dimensions', 'user']);
const MAX_INPUTS = 2048;
const FLOAT_BYTES = 4;

/** The body of `POST /v1/embeddings`. Throws `AntiphonError` INVALID_INPUT whose `param` names the offender. */
export function fromOpenAiEmbeddingsBody(body: JsonObject): EmbeddingsRequest {
  const dimensions = body['dimensions'];
  const user = body['user'];
  const format = body['encoding_format'];
  if (dimensions != null && (typeof dimensions !== 'number' || !Number.isSafeInteger(dimensions) || dimensions < 1))
    throw refuse('dimensions', 'must be an integer of 1 or more');
  if (user != null && typeof user !== 'string') throw refuse('user', 'must be a string');
  if (format != null && format !== 'float' && format !== 'base64') throw refuse('encoding_format', 'must be float or base64');
  const extra = fieldsBeside(body, KNOWN_PARAMETERS);
  return {
    inputs: readInputs(body['input']),
    ...(dimensions == null ? {} : { dimensions }),
    ...(user == null ? {} : { endUserId: user }),
    ...(isEmpty(extra) ? {} : { extra }),
  };
}

function readInputs(value: JsonValue | undefined): readonly (string | readonly number[])[] {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value) || value.length === 0) throw refuse('input', 'must be a text, a list of texts, or lists of token numbers');
  const items = value as readonly JsonValue[];
  if (isTokenList(items)) return [items];
  if (items.length > MAX_INPUTS) throw refuse('input', `may hold at most ${MAX_INPUTS} texts`);
  return items.map((item, position) => {
    if (typeof item === 'string') return item;
    if (Array.isArray(item) && isTokenList(item as readonly JsonValue[])) return item as readonly number[];
    throw refuse(`input[${position}]`, 'must be a text or a list of token numbers');
  });
}

function isTokenList(items: readonly JsonValue[]): items is readonly number[] {
  return items.length > 0 && items.every((item) => typeof item === 'number' && Number.isSafeInteger(item) && item >= 0);
}

/** The body of the answer. `encodingFormat` is the caller's `encoding_format`: `base64` packs little-endian 32-bit floats. */
export function toOpenAiEmbeddingsResponse(
  result: EmbeddingsResult,
  options: { readonly model: string; readonly encodingFormat: 'float' | 'base64' },
): JsonObject {
  const usage = result.usage === null ? null : fromUsage(result.usage);
  return {
    object: 'list',
    data: result.vectors.map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: options.encodingFormat === 'base64' ? toBase64(vector) : vector,
    })),
    model: options.model,
    usage: { prompt_tokens: usage?.['prompt_tokens'] ?? 0, total_tokens: usage?.['total_tokens'] ?? 0 },
  };
}

function toBase64(vector: readonly number[]): string {
  const bytes = Buffer.allocUnsafe(vector.length * FLOAT_BYTES);
  vector.forEach((value, index) => bytes.writeFloatLE(value, index * FLOAT_BYTES));
  return bytes.toString('base64');
}
