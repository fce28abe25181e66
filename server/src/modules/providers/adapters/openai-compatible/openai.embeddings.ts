import type { EmbeddingsRequest, EmbeddingsResult, JsonObject, JsonValue, UpstreamResponse } from '../../contract.ts';
import { arrayOf, numberOf, objectOf, parseJson, stringOf } from '../../shared/json.ts';
import { fromErrorData, malformed } from './openai.errors.ts';
import { hasError } from './openai.response.ts';
import type { OpenAiCompatibleSettings } from './openai.settings.ts';
import { toUsage } from './openai.usage.ts';

type Settings = Pick<OpenAiCompatibleSettings, 'displayName' | 'wire'>;
const FLOAT_BYTES = 4;

/** The encoding is ours to choose: the caller gets numbers, and a door encodes them as its own caller asked. */
export function toEmbeddingsBody(settings: Settings, model: string, request: EmbeddingsRequest): JsonObject {
  const isBase64 = settings.wire.embeddingEncoding === 'base64';
  const { encoding_format: _callersEncoding, ...extra } = request.extra ?? {};
  return {
    ...extra,
    model,
    input: request.inputs,
    ...(isBase64 ? { encoding_format: 'base64' } : {}),
    ...(request.dimensions === undefined ? {} : { dimensions: request.dimensions }),
    ...(request.endUserId === undefined ? {} : { user: request.endUserId }),
  };
}

/** One vector an input, in the order of the inputs. */
export function toEmbeddings(settings: Settings, upstream: UpstreamResponse, bytes: Buffer, inputCount: number): EmbeddingsResult {
  const text = bytes.toString('utf8');
  const body = objectOf(parseJson(text));
  if (body === null) throw malformed(settings.displayName, upstream, 'the body is not a JSON object', text);
  if (hasError(body)) throw fromErrorData(settings.displayName, upstream, body);
  const vectors: (readonly number[])[] = [];
  arrayOf(body['data']).forEach((value, position) => {
    const item = objectOf(value);
    const vector = toVector(item?.['embedding'], settings.wire.embeddingEncoding);
    if (vector !== null) vectors[numberOf(item?.['index']) ?? position] = vector;
  });
  const isComplete = vectors.length === inputCount && Object.keys(vectors).length === inputCount;
  if (!isComplete) throw malformed(settings.displayName, upstream, `it has not one vector for each of ${inputCount} inputs`, text);
  return { model: stringOf(body['model']), vectors, usage: toUsage(body['usage'], settings.wire.reasoningTokens), upstream, warnings: [] };
}

function toVector(value: JsonValue | undefined, encoding: Settings['wire']['embeddingEncoding']): readonly number[] | null {
  if (typeof value === 'string') return encoding === 'signed-bytes' ? fromSignedBytes(value) : fromBase64(value);
  if (!Array.isArray(value) || value.length === 0) return null;
  return value.every((item): item is number => typeof item === 'number') ? value : null;
}

/** Little-endian 32-bit floats. */
function fromBase64(text: string): readonly number[] | null {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length === 0 || bytes.length % FLOAT_BYTES !== 0) return null;
  return Array.from({ length: bytes.length / FLOAT_BYTES }, (_, index) => bytes.readFloatLE(index * FLOAT_BYTES));
}

function fromSignedBytes(text: string): readonly number[] | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === 0 ? null : Array.from(bytes, (_, index) => bytes.readInt8(index));
}
