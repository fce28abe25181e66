import type {
  EmbeddingsCreateInput,
  ImageCreateInput,
  MediaFileInput,
  ModerationCreateInput,
  RerankCreateInput,
  SpeechCreateInput,
  TranscriptionCreateInput,
} from '../../../generated/schema.ts';
import { TASK_OPERATIONS, type CompletionCall } from '../../../modules/completions/index.ts';
import type { JsonObject, MediaFile, Task } from '../../../modules/providers/index.ts';
import type { GraphqlCaller } from '../graphql-context.ts';
import { readMaxCost, readMetadata } from './completion-call.mapping.ts';
import { checkModel, refuse, requireLength, requireObject } from './completion-input.policy.ts';

const MAX_TEXTS = 2048;
const MAX_DOCUMENTS = 10_000;
const MAX_SOURCES = 32;
const MAX_IMAGES = 20;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** What the inputs of all tasks have in common. */
export interface TaskInputFields {
  readonly model: string;
  readonly providerOptions?: unknown;
  readonly metadata?: unknown;
  readonly maxCostUsd?: string | null | undefined;
  readonly deadlineMs?: number | null | undefined;
}

/** A task as a call. Throws INVALID_INPUT with the path of what breaks a bound. */
export function toTaskCall(input: TaskInputFields, task: Task, id: string, caller: GraphqlCaller): CompletionCall {
  checkModel(input.model);
  if (input.deadlineMs != null && input.deadlineMs < 1) refuse(['deadlineMs'], 'A deadline is at least 1 millisecond.');
  const json = JSON.stringify(input, withoutBytes);
  return {
    id,
    principal: caller.principal,
    door: 'GRAPHQL',
    operation: TASK_OPERATIONS[task.kind],
    model: input.model,
    isStreaming: false,
    request: () => ({ messages: [] }),
    task,
    wire: null,
    input: { format: 'task', json, sizeBytes: Buffer.byteLength(json) },
    maxOutputTokens: null,
    choiceCount: 1,
    maxCostNanoUsd: readMaxCost(input.maxCostUsd ?? null),
    idempotencyKey: null,
    metadataJson: readMetadata(input.metadata ?? null),
    deadlineMs: input.deadlineMs ?? null,
    onDisconnect: 'cancel',
    callerSignal: caller.signal,
    traceHeaders: caller.traceHeaders,
    receivedAtMonotonicMs: caller.receivedAtMonotonicMs,
    receivedAtMs: caller.receivedAtMs,
  };
}

/** Files are large and the caller has them: the record keeps their name and size. */
function withoutBytes(key: string, value: unknown): unknown {
  return key === 'data' && typeof value === 'string' ? `${value.length} characters of base64` : value;
}

export function toEmbeddingsTask({ texts, dimensions, providerOptions }: EmbeddingsCreateInput): Task {
  requireLength(texts, 1, MAX_TEXTS, ['texts'], 'texts');
  if (dimensions != null && dimensions < 1) refuse(['dimensions'], 'A vector has at least 1 dimension.');
  return { kind: 'embeddings', request: { inputs: texts, ...(dimensions == null ? {} : { dimensions }), ...toExtra(providerOptions) } };
}

export function toRerankTask({ query, documents, topN, providerOptions }: RerankCreateInput): Task {
  requireLength(documents, 1, MAX_DOCUMENTS, ['documents'], 'documents');
  if (topN != null && topN < 1) refuse(['topN'], 'Ask for at least 1 document.');
  return { kind: 'rerank', request: { query, documents, ...(topN == null ? {} : { topN }), ...toExtra(providerOptions) } };
}

export function toModerationTask({ texts, providerOptions }: ModerationCreateInput): Task {
  requireLength(texts, 1, MAX_TEXTS, ['texts'], 'texts');
  return { kind: 'moderation', request: { inputs: texts, ...toExtra(providerOptions) } };
}

export function toImageTask(input: ImageCreateInput): Task {
  const { prompt, sources, mask, count, size, quality, providerOptions } = input;
  const files = sources ?? [];
  if (prompt === '') refuse(['prompt'], 'Say what the images show.');
  requireLength(files, 0, MAX_SOURCES, ['sources'], 'sources');
  if (count != null && (count < 1 || count > MAX_IMAGES)) refuse(['count'], `count is between 1 and ${MAX_IMAGES}.`);
  if (mask != null && files.length === 0) refuse(['mask'], 'A mask needs a source that it belongs to.');
  return {
    kind: 'image',
    request: {
      mode: files.length === 0 ? 'generate' : 'edit',
      prompt,
      sources: files.map((file, index) => toFile(file, ['sources', index])),
      ...(mask == null ? {} : { mask: toFile(mask, ['mask']) }),
      ...(count == null ? {} : { count }),
      ...(size == null ? {} : { size }),
      ...(quality == null ? {} : { quality }),
      ...toExtra(providerOptions),
    },
  };
}

export function toSpeechTask({ text, voice, format, speed, providerOptions }: SpeechCreateInput): Task {
  if (text === '') refuse(['text'], 'There is nothing to say: the text is empty.');
  if (voice === '') refuse(['voice'], "Write the provider's name of a voice, such as alloy.");
  const options = { ...(format == null ? {} : { format }), ...(speed == null ? {} : { speed }) };
  return { kind: 'speech', request: { text, voice, ...options, ...toExtra(providerOptions) } };
}

export function toTranscriptionTask(input: TranscriptionCreateInput): Task {
  const { audio, isTranslation, language, prompt, temperature, providerOptions } = input;
  return {
    kind: 'transcription',
    request: {
      audio: toFile(audio, ['audio']),
      isTranslation,
      ...(language == null ? {} : { language }),
      ...(prompt == null ? {} : { prompt }),
      ...(temperature == null ? {} : { temperature }),
      ...toExtra(providerOptions),
    },
  };
}

function toExtra(providerOptions: unknown): { extra?: JsonObject } {
  if (providerOptions == null) return {};
  requireObject(providerOptions, ['providerOptions']);
  return { extra: providerOptions as JsonObject };
}

function toFile({ name, mediaType, data }: MediaFileInput, path: readonly (string | number)[]): MediaFile {
  if (data === '' || data.length % 4 !== 0 || !BASE64.test(data)) refuse([...path, 'data'], 'The bytes must be base64, and not empty.');
  return { name, mediaType, data: Buffer.from(data, 'base64') };
}
