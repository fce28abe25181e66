/** Images: Gemini's image models answer `generateContent` with pictures among the parts. */
import type { CompletionResult, ImageRequest, ImageResult, JsonObject, MadeImage, MediaFile } from '../../contract.ts';
import { isEmpty, objectOf, stringOf } from '../../shared/json.ts';
import type { Warnings } from '../../shared/warnings.ts';
import { toVendorParameters } from './gemini.extra.ts';
import { vendorPartsOf } from './gemini.model-parts.ts';
import type { WirePart } from './gemini.wire.ts';

/** This wire names the shape of a picture, not its size. */
const RATIO_BY_SIZE: Readonly<Record<string, string>> = {
  '256x256': '1:1',
  '512x512': '1:1',
  '1024x1024': '1:1',
  '1536x1024': '3:2',
  '1024x1536': '2:3',
  '1792x1024': '16:9',
  '1024x1792': '9:16',
};
const RATIO = /^\d{1,2}:\d{1,2}$/;

/** The body that asks for a picture. What cannot be said on this wire is in `warnings`. */
export function toImageBody(request: ImageRequest, warnings: Warnings): JsonObject {
  const { prompt, sources, size, extra } = request;
  const vendor = toVendorParameters(extra ?? {}, warnings);
  const ratio = size === undefined ? undefined : (RATIO_BY_SIZE[size] ?? (RATIO.test(size) ? size : undefined));
  warnOfUnsaid(request, size !== undefined && ratio === undefined, warnings);
  const parts: readonly WirePart[] = [...sources.map(toPart), { text: prompt }];
  return {
    ...vendor.body,
    contents: [{ role: 'user', parts }],
    generationConfig: {
      responseModalities: ['TEXT', 'IMAGE'],
      ...(ratio === undefined ? {} : { imageConfig: { aspectRatio: ratio } }),
      ...vendor.generationConfig,
    },
  };
}

function toPart({ mediaType, data }: MediaFile): WirePart {
  return { inlineData: { mimeType: mediaType, data: data.toString('base64') } };
}

function warnOfUnsaid(
  { count, size, quality, responseFormat, endUserId, mask }: ImageRequest,
  isOddSize: boolean,
  warnings: Warnings,
): void {
  if (count !== undefined && count > 1) warnings.add(`Gemini makes one image a call: ${count} were asked for.`);
  if (isOddSize) warnings.add(`The size ${String(size).slice(0, 32)} was not sent: Gemini knows shapes, such as 16:9.`);
  if (responseFormat === 'url') warnings.add('Gemini gives images by value: they come as base64.');
  warnings.unsupported([
    [quality !== undefined, 'a quality of images'],
    [mask !== undefined, 'masks'],
    [endUserId !== undefined, 'an id of the end user'],
  ]);
}

/** The pictures of an answer; null when it holds none. What the model said beside them is kept. */
export function toImageResult(result: CompletionResult): ImageResult | null {
  const images = result.choices.flatMap((choice) => vendorPartsOf(choice.extra).flatMap(toImage));
  if (images.length === 0) return null;
  const text = result.choices.map((choice) => choice.text).join('');
  const extra = { ...result.extra, ...(text === '' ? {} : { text }) };
  const { model, createdAtSeconds, usage, upstream, warnings } = result;
  return { model, createdAtSeconds, images, usage, extra: isEmpty(extra) ? {} : extra, upstream, warnings };
}

function toImage(part: WirePart): MadeImage[] {
  const inline = objectOf(part['inlineData']);
  const base64 = stringOf(inline?.['data']);
  const isImage = stringOf(inline?.['mimeType'])?.startsWith('image/') === true;
  // A picture the model drew while it thought is not its answer.
  return base64 === null || !isImage || part['thought'] === true ? [] : [{ url: null, base64, revisedPrompt: null }];
}
