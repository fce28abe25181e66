/** Embeddings: the Gemini API takes a batch of contents, Vertex AI a list of instances to predict. */
import type { EmbeddingsRequest, JsonObject, JsonValue, Usage } from '../../contract.ts';
import { arrayOf, numberOf, objectOf } from '../../shared/json.ts';
import type { Warnings } from '../../shared/warnings.ts';
import { toUsage } from './gemini.usage.ts';
import { tokensOf, type GeminiFlavour } from './gemini.wire.ts';

/** "at most 100 requests can be in one batch"; Vertex AI takes 250 instances, but one only of its Gemini embedding models. */
const MOST_INPUTS: Readonly<Record<GeminiFlavour, number>> = { gemini: 100, vertex: 250 };

export interface EmbeddingsBatch {
  readonly method: 'batchEmbedContents' | 'predict';
  readonly body: JsonObject;
  readonly inputCount: number;
}

/** What one answer told. */
export interface EmbeddedBatch {
  readonly vectors: readonly (readonly number[])[];
  readonly usage: JsonObject | null;
  readonly isTruncated: boolean;
}

/** Splits the inputs as the API allows. Null when an input is no text: this wire takes no token ids. */
export function toEmbeddingsBatches(
  request: EmbeddingsRequest,
  modelPath: string,
  flavour: GeminiFlavour,
  warnings: Warnings,
): readonly EmbeddingsBatch[] | null {
  const inputs: string[] = [];
  for (const input of request.inputs) {
    if (typeof input !== 'string') return null;
    inputs.push(input);
  }
  if (request.endUserId !== undefined) warnings.add('The id of the end user was not sent: Gemini has no place for it.');
  const { encoding_format: _callersEncoding, ...extra } = request.extra ?? {};
  const size = flavour === 'vertex' && modelPath.includes('/gemini-embedding') ? 1 : MOST_INPUTS[flavour];
  const batches: EmbeddingsBatch[] = [];
  for (let at = 0; at < inputs.length; at += size) {
    const slice = inputs.slice(at, at + size);
    batches.push(flavour === 'gemini' ? toContentsBatch(slice, request, modelPath, extra) : toInstancesBatch(slice, request, extra));
  }
  return batches;
}

function toContentsBatch(inputs: readonly string[], request: EmbeddingsRequest, model: string, extra: JsonObject): EmbeddingsBatch {
  const { dimensions } = request;
  const requests = inputs.map((text) => ({
    ...extra,
    model,
    content: { parts: [{ text }] },
    ...(dimensions === undefined ? {} : { outputDimensionality: dimensions }),
  }));
  return { method: 'batchEmbedContents', body: { requests }, inputCount: inputs.length };
}

/** `task_type` and `title` belong to an instance, everything else to the parameters. */
function toInstancesBatch(inputs: readonly string[], request: EmbeddingsRequest, extra: JsonObject): EmbeddingsBatch {
  const { task_type, taskType, title, ...others } = extra;
  const type = task_type ?? taskType;
  const { dimensions } = request;
  const parameters: JsonObject = { ...others, ...(dimensions === undefined ? {} : { outputDimensionality: dimensions }) };
  const instances = inputs.map((content) => ({
    content,
    ...(type === undefined ? {} : { task_type: type }),
    ...(title === undefined ? {} : { title }),
  }));
  const body = { instances, ...(Object.keys(parameters).length === 0 ? {} : { parameters }) };
  return { method: 'predict', body, inputCount: inputs.length };
}

/** Null when the body has not one vector for each input. */
export function readEmbeddings(body: JsonObject | null, { method, inputCount }: EmbeddingsBatch): EmbeddedBatch | null {
  const items = arrayOf(method === 'predict' ? body?.['predictions'] : body?.['embeddings']).map((item) =>
    method === 'predict' ? objectOf(objectOf(item)?.['embeddings']) : objectOf(item),
  );
  const vectors = items.flatMap((item) => toVector(item?.['values']) ?? []);
  if (items.length !== inputCount || vectors.length !== inputCount) return null;
  const statistics = items.map((item) => objectOf(item?.['statistics']));
  return {
    vectors: vectors.map(({ values }) => values),
    usage: method === 'predict' ? sumStatistics(statistics) : objectOf(body?.['usageMetadata']),
    isTruncated: statistics.some((statistic) => statistic?.['truncated'] === true),
  };
}

/** Counts of all batches as one; null when one of them told none. The raw object is that of the answer where there was one answer. */
export function toEmbeddingsUsage(batches: readonly EmbeddedBatch[]): Usage | null {
  const raws = batches.map(({ usage }) => usage);
  if (raws.some((raw) => raw === null || typeof raw['promptTokenCount'] !== 'number')) return null;
  const [first] = raws;
  if (raws.length === 1) return toUsage(withDetailsName(first ?? null));
  const promptTokenCount = raws.reduce((sum, raw) => sum + tokensOf(raw?.['promptTokenCount']), 0);
  return toUsage({ promptTokenCount, totalTokenCount: promptTokenCount });
}

/** This method spells the list of modalities otherwise: `promptTokenDetails`. */
function withDetailsName(raw: JsonObject | null): JsonObject | null {
  const details = raw?.['promptTokenDetails'];
  return raw === null || details === undefined ? raw : { ...raw, promptTokensDetails: details };
}

function sumStatistics(statistics: readonly (JsonObject | null)[]): JsonObject | null {
  if (statistics.some((statistic) => numberOf(statistic?.['token_count']) === null)) return null;
  const promptTokenCount = statistics.reduce((sum, statistic) => sum + tokensOf(statistic?.['token_count']), 0);
  return { promptTokenCount, totalTokenCount: promptTokenCount };
}

function toVector(value: JsonValue | undefined): { readonly values: readonly number[] } | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  return value.every((item): item is number => typeof item === 'number') ? { values: value } : null;
}
