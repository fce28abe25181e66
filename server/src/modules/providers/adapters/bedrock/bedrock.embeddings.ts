/** Embeddings by `invoke`: each family of models has a body of its own, and most take one text a request. */
import type { EmbeddingsRequest, JsonObject, JsonValue } from '../../contract.ts';
import { arrayOf, countOf, objectOf } from '../../shared/json.ts';
import { bareModelIdOf } from './bedrock.capabilities.ts';
import { toUnsupported } from '../../shared/failure.ts';
import { Warnings } from '../../shared/warnings.ts';

/** The most texts that Cohere takes in one request. */
const COHERE_BATCH = 96;
/** Where the number of input tokens stands for models that tell it in the head. */
const TOKEN_HEADER = 'x-amzn-bedrock-input-token-count';

/** One request of several that together answer. */
export interface EmbeddingsPlan {
  readonly bodies: readonly JsonObject[];
  readonly warnings: readonly string[];
  /** The vectors of one answer, in order; null when it holds none. */
  vectorsOf(answer: JsonObject): readonly (readonly number[])[] | null;
}

/** Throws `ProviderError` for a model of which no form is known, and for tokens in place of text. */
export function toEmbeddingsPlan(request: EmbeddingsRequest, model: string): EmbeddingsPlan {
  const texts = request.inputs.map((input) => {
    if (typeof input !== 'string') throw toUnsupported('Bedrock embeds text, not tokens: send strings.', 'input');
    return input;
  });
  const warnings = new Warnings('Bedrock');
  if (request.endUserId !== undefined) warnings.add('Bedrock does not offer an id of the end user: it was not sent.');
  const { encoding_format: _callersEncoding, ...extra } = request.extra ?? {};
  const id = bareModelIdOf(model);
  const plan = planOf(id, texts, { ...request, extra }, warnings);
  if (plan === null)
    throw toUnsupported(`It is not known how ${model.slice(0, 200)} is asked for embeddings; Titan, Nova and Cohere are.`, 'model');
  return { ...plan, warnings: warnings.list() };
}

/** How many input tokens an answer names, in its body or in its head; null where neither does. */
export function inputTokensOf(answer: JsonObject, headers: Readonly<Record<string, string>>): number | null {
  const text = headers[TOKEN_HEADER];
  return countOf(answer['inputTextTokenCount']) ?? (text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null);
}

type Plan = Pick<EmbeddingsPlan, 'bodies' | 'vectorsOf'>;
type Options = Pick<EmbeddingsRequest, 'dimensions'> & { readonly extra: JsonObject };

function planOf(id: string, texts: readonly string[], options: Options, warnings: Warnings): Plan | null {
  if (id.startsWith('amazon.titan-embed-text') || id.startsWith('amazon.titan-embed-g1')) return titan(texts, options);
  if (id.startsWith('amazon.nova') && id.includes('embed')) return nova(texts, options);
  if (id.startsWith('cohere.embed')) return cohere(texts, options, warnings);
  return null;
}

function titan(texts: readonly string[], { dimensions, extra }: Options): Plan {
  return {
    bodies: texts.map((inputText) => ({ ...extra, inputText, ...(dimensions === undefined ? {} : { dimensions }) })),
    vectorsOf: (answer) => toVectors([answer['embedding']]),
  };
}

/** Purpose and truncation are demanded: for an index, and an error rather than a cut, unless the caller says otherwise in `extra`. */
function nova(texts: readonly string[], { dimensions, extra }: Options): Plan {
  const { embeddingPurpose = 'GENERIC_INDEX', truncationMode = 'NONE', ...others } = extra;
  return {
    bodies: texts.map((value) => ({
      taskType: 'SINGLE_EMBEDDING',
      singleEmbeddingParams: {
        ...others,
        embeddingPurpose,
        ...(dimensions === undefined ? {} : { embeddingDimension: dimensions }),
        text: { truncationMode, value },
      },
    })),
    vectorsOf: (answer) => toVectors(arrayOf(answer['embeddings']).map((item) => objectOf(item)?.['embedding'])),
  };
}

/** `input_type` is demanded: it is that of documents, with a warning, unless the caller gives it in `extra`. */
function cohere(texts: readonly string[], { dimensions, extra }: Options, warnings: Warnings): Plan {
  const { input_type: given, ...others } = extra;
  if (given === undefined) warnings.add("Cohere demands an input_type and none was given: 'search_document' was sent.");
  const common = {
    ...others,
    input_type: given ?? 'search_document',
    ...(dimensions === undefined ? {} : { output_dimension: dimensions }),
  };
  const bodies: JsonObject[] = [];
  for (let at = 0; at < texts.length; at += COHERE_BATCH) bodies.push({ ...common, texts: texts.slice(at, at + COHERE_BATCH) });
  return {
    bodies,
    vectorsOf: (answer) => toVectors(arrayOf(objectOf(answer['embeddings'])?.['float'] ?? answer['embeddings'])),
  };
}

function toVectors(values: readonly (JsonValue | undefined)[]): readonly (readonly number[])[] | null {
  const vectors = values.map((value) => (isVector(value) ? value : null));
  return vectors.length > 0 && vectors.every((vector) => vector !== null) ? vectors : null;
}

function isVector(value: JsonValue | undefined): value is readonly number[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number');
}
