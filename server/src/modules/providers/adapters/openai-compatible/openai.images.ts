/** `POST /images/generations`, `/images/edits` and `/images/variations`: our request → theirs, their answer → ours. */
import type { ImageRequest, ImageResult, JsonObject, JsonValue, MadeImage, UpstreamResponse, Usage } from '../../contract.ts';
import { arrayOf, countOf, fieldsBeside, numberOf, objectOf, parseJson, stringOf } from '../../shared/json.ts';
import type { FormField } from '../../shared/multipart-form.ts';
import { fromErrorData, malformed } from './openai.errors.ts';
import { hasError } from './openai.response.ts';
import type { OpenAiCompatibleSettings } from './openai.settings.ts';

const PATHS = { generate: '/images/generations', edit: '/images/edits', variation: '/images/variations' } as const;
const KNOWN_FIELDS: ReadonlySet<string> = new Set(['created', 'data', 'usage', 'model']);

export function imagePath({ mode }: ImageRequest): string {
  return PATHS[mode];
}

/** A generation is JSON. */
export function toImageBody(model: string, request: ImageRequest): JsonObject {
  return { ...request.extra, model, prompt: request.prompt, ...sharedFields(request) };
}

/** Edits and variations are forms, since they bring files. */
export function toImageForm(model: string, request: ImageRequest): readonly FormField[] {
  const { mode, prompt, sources, mask, extra } = request;
  // One file goes as `image`, which every server knows; several as `image[]`.
  const name = sources.length > 1 ? 'image[]' : 'image';
  return [
    ...Object.entries({ ...extra, model, ...(mode === 'variation' ? {} : { prompt }), ...sharedFields(request) }).map(toField),
    ...sources.map((value) => ({ name, value })),
    ...(mask === undefined ? [] : [{ name: 'mask', value: mask }]),
  ];
}

function toField([name, value]: [string, JsonValue]): FormField {
  return { name, value: typeof value === 'string' ? value : JSON.stringify(value) };
}

function sharedFields({ count, size, quality, responseFormat, endUserId }: ImageRequest): JsonObject {
  return {
    ...(count === undefined ? {} : { n: count }),
    ...(size === undefined ? {} : { size }),
    ...(quality === undefined ? {} : { quality }),
    ...(responseFormat === undefined ? {} : { response_format: responseFormat === 'base64' ? 'b64_json' : 'url' }),
    ...(endUserId === undefined ? {} : { user: endUserId }),
  };
}

export function toImageResult(
  settings: Pick<OpenAiCompatibleSettings, 'displayName'>,
  upstream: UpstreamResponse,
  bytes: Buffer,
): ImageResult {
  const text = bytes.toString('utf8');
  const body = objectOf(parseJson(text));
  if (body === null) throw malformed(settings.displayName, upstream, 'the body is not a JSON object', text);
  if (hasError(body)) throw fromErrorData(settings.displayName, upstream, body);
  const images = arrayOf(body['data']).map(toImage);
  const isWhole = images.length > 0 && images.every((image) => image !== null);
  if (!isWhole) throw malformed(settings.displayName, upstream, 'its data holds no images', text);
  return {
    model: stringOf(body['model']),
    createdAtSeconds: numberOf(body['created']),
    images,
    usage: toImageUsage(objectOf(body['usage']), images.length),
    extra: fieldsBeside(body, KNOWN_FIELDS),
    upstream,
    warnings: [],
  };
}

function toImage(value: JsonValue): MadeImage | null {
  const row = objectOf(value);
  const base64 = stringOf(row?.['b64_json']);
  const url = base64 === null ? stringOf(row?.['url']) : null;
  if (base64 === null && url === null) return null;
  return { url, base64, revisedPrompt: stringOf(row?.['revised_prompt']) };
}

/** Models that count tokens are billed by them (`input_tokens` holds the images of the input too), all others by the image. */
function toImageUsage(raw: JsonObject | null, imageCount: number): Usage {
  const input = countOf(raw?.['input_tokens']);
  const output = countOf(raw?.['output_tokens']);
  const imageInputTokens = Math.min(countOf(objectOf(raw?.['input_tokens_details'])?.['image_tokens']) ?? 0, input ?? 0);
  const areTokensCounted = input !== null || output !== null;
  return {
    inputTokens: (input ?? 0) - imageInputTokens,
    cachedReadTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: output ?? 0,
    reasoningTokens: 0,
    audioInputTokens: 0,
    audioOutputTokens: 0,
    imageInputTokens,
    totalTokens: (input ?? 0) + (output ?? 0),
    ...(areTokensCounted ? {} : { units: { images: imageCount } }),
    raw,
  };
}
