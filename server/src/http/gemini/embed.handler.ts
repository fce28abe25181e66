import { AntiphonError } from '../../kernel/errors/index.ts';
import type { EmbeddingsRequest, EmbeddingsResult, JsonObject, JsonValue } from '../../modules/providers/index.ts';
import type { DoorCall } from '../wire/door-deps.ts';
import { answerEmbeddings } from '../wire/embeddings.handler.ts';

const MAX_REQUESTS = 100;
const KNOWN = new Set(['model', 'content', 'outputDimensionality', 'output_dimensionality']);

/** `…/models/{model}:embedContent`. */
export async function handleEmbed(call: DoorCall, model: string): Promise<void> {
  await embed(call, model, [call.body.json], (result) => ({ embedding: { values: result.vectors[0] ?? [] }, ...usageOf(result) }));
}

/** `…/models/{model}:batchEmbedContents`; one setting for all, as a call to a provider has it. */
export async function handleBatchEmbed(call: DoorCall, model: string): Promise<void> {
  const { requests } = call.body.json as { readonly requests?: JsonValue };
  if (!Array.isArray(requests) || requests.length === 0 || requests.length > MAX_REQUESTS)
    throw new AntiphonError('INVALID_INPUT', `requests: a list of 1 to ${MAX_REQUESTS} requests is needed.`, { param: 'requests' });
  const items = (requests as readonly JsonValue[]).map((item, at) => toObject(item, `requests[${at}]`));
  await embed(call, model, items, (result) => ({ embeddings: result.vectors.map((values) => ({ values })), ...usageOf(result) }));
}

async function embed(
  call: DoorCall,
  model: string,
  items: readonly JsonObject[],
  toBody: (result: EmbeddingsResult) => unknown,
): Promise<void> {
  await answerEmbeddings(call, { model, format: 'gemini-embeddings', request: toRequest(items), toBody });
}

/** Throws INVALID_INPUT, also where settings differ between the items: vectors of different kinds are different calls. */
function toRequest(items: readonly JsonObject[]): EmbeddingsRequest {
  const settings = items.map(settingsOf);
  const [first] = settings;
  if (settings.some((other) => JSON.stringify(other) !== JSON.stringify(first)))
    throw new AntiphonError(
      'INVALID_INPUT',
      'requests: all of a batch must have the same settings. Send the others in a batch of their own.',
      {
        param: 'requests',
      },
    );
  return { inputs: items.map((item, at) => textOf(item['content'], at)), ...first };
}

function settingsOf(item: JsonObject): Omit<EmbeddingsRequest, 'inputs'> {
  const dimensions = item['outputDimensionality'] ?? item['output_dimensionality'];
  if (dimensions !== undefined && (typeof dimensions !== 'number' || !Number.isSafeInteger(dimensions) || dimensions < 1))
    throw new AntiphonError('INVALID_INPUT', 'outputDimensionality: an integer of 1 or more is needed.', { param: 'outputDimensionality' });
  const extra = Object.fromEntries(Object.entries(item).filter(([name, value]) => !KNOWN.has(name) && value !== null));
  return { ...(dimensions === undefined ? {} : { dimensions }), ...(Object.keys(extra).length === 0 ? {} : { extra }) };
}

function textOf(content: JsonValue | undefined, at: number): string {
  const { parts } = toObject(content, `requests[${at}].content`) as { readonly parts?: JsonValue };
  const texts = Array.isArray(parts) ? (parts as readonly JsonValue[]).map((part) => toObject(part, 'content.parts')['text']) : [];
  if (texts.length === 0 || !texts.every((text): text is string => typeof text === 'string'))
    throw new AntiphonError('INVALID_INPUT', 'content.parts: a list of texts is needed; vectors of media are not served here.', {
      param: 'content.parts',
    });
  return texts.join('\n');
}

function toObject(value: JsonValue | undefined, param: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw new AntiphonError('INVALID_INPUT', `${param}: an object is needed.`, { param });
}

function usageOf({ usage }: EmbeddingsResult): JsonObject {
  return usage === null ? {} : { usageMetadata: { promptTokenCount: usage.totalTokens, totalTokenCount: usage.totalTokens } };
}
