import type { ImageRequest, ImageResult, JsonObject, MadeImage } from '../../modules/providers/index.ts';
import { sendJson } from '../http-server.ts';
import { identityHeaders, outcomeHeaders } from '../wire/door-answer.ts';
import type { DoorCall } from '../wire/door-deps.ts';
import type { FormCall } from '../wire/form-body.ts';
import { runTask } from './task-call.ts';
import { countField, oneFile, refuse, refuseStreaming, requiredText, textField } from './task-fields.ts';

/** Above what any provider makes in one call. */
const MAX_IMAGES = 20;
const MAX_SOURCES = 32;
const KNOWN = new Set(['model', 'prompt', 'n', 'size', 'quality', 'response_format', 'user', 'stream', 'metadata', 'image', 'mask']);

/** `POST /v1/images/generations`. */
export async function handleImageGeneration(doorCall: DoorCall): Promise<void> {
  const { json } = doorCall.body;
  await answer(doorCall, { mode: 'generate', prompt: requiredText(json, 'prompt'), sources: [], ...sharedFields(json) });
}

/** `POST /v1/images/edits`. */
export async function handleImageEdit(call: FormCall): Promise<void> {
  const { json } = call.body;
  const sources = call.files.get('image') ?? [];
  if (sources.length === 0) throw refuse('image', 'is missing: send the image as a part of the form with this name');
  if (sources.length > MAX_SOURCES) throw refuse('image', `may be at most ${MAX_SOURCES} files`);
  const mask = call.files.has('mask') ? { mask: oneFile(call, 'mask') } : {};
  await answer(call, { mode: 'edit', prompt: requiredText(json, 'prompt'), sources, ...mask, ...sharedFields(json) });
}

/** `POST /v1/images/variations`. */
export async function handleImageVariation(call: FormCall): Promise<void> {
  await answer(call, { mode: 'variation', prompt: '', sources: [oneFile(call, 'image')], ...sharedFields(call.body.json) });
}

function sharedFields(body: JsonObject): Omit<ImageRequest, 'mode' | 'prompt' | 'sources'> {
  refuseStreaming(body);
  const count = countField(body, 'n', MAX_IMAGES);
  const size = textField(body, 'size');
  const quality = textField(body, 'quality');
  const endUserId = textField(body, 'user');
  const extra = Object.fromEntries(Object.entries(body).filter(([name, value]) => !KNOWN.has(name) && value !== null));
  return {
    ...(count === undefined ? {} : { count }),
    ...(size === undefined ? {} : { size }),
    ...(quality === undefined ? {} : { quality }),
    ...responseFormat(textField(body, 'response_format')),
    ...(endUserId === undefined ? {} : { endUserId }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
}

function responseFormat(value: string | undefined): Pick<ImageRequest, 'responseFormat'> {
  if (value === undefined) return {};
  if (value !== 'url' && value !== 'b64_json') throw refuse('response_format', 'must be url or b64_json');
  return { responseFormat: value === 'url' ? 'url' : 'base64' };
}

async function answer(doorCall: DoorCall, request: ImageRequest): Promise<void> {
  const { exchange, dialect } = doorCall;
  const performed = await runTask<'image'>(doorCall, { kind: 'image', request });
  if (performed === null) return;
  const { call, result, outcome } = performed;
  sendJson(exchange.response, 200, toResponse(result, Math.floor(call.receivedAtMs / 1000)), {
    ...identityHeaders(exchange, dialect),
    ...outcomeHeaders(outcome),
  });
}

function toResponse(result: ImageResult, createdAtSeconds: number): JsonObject {
  const raw = result.usage?.raw ?? null;
  return {
    created: result.createdAtSeconds ?? createdAtSeconds,
    ...result.extra,
    data: result.images.map(toImage),
    ...(raw === null ? {} : { usage: raw }),
  };
}

function toImage({ url, base64, revisedPrompt }: MadeImage): JsonObject {
  return {
    ...(base64 === null ? { url } : { b64_json: base64 }),
    ...(revisedPrompt === null ? {} : { revised_prompt: revisedPrompt }),
  };
}
