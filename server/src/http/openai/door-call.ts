import { AntiphonError } from '../../kernel/errors/index.ts';
import type { CompletionCall, CompletionOutcome } from '../../modules/completions/index.ts';
import {
  fromOpenAiChatBody,
  type CompletionRequest,
  type EmbeddingsRequest,
  type JsonObject,
  type JsonValue,
} from '../../modules/providers/index.ts';
import { formatUsd, parseUsd } from '../money.ts';
import type { DoorCall } from './door-deps.ts';

const MAX_MODEL_LENGTH = 512;
const MAX_METADATA_BYTES = 16 * 1024;
const MAX_IDEMPOTENCY_KEY_LENGTH = 255;

/** Reads what we must know of a chat body and leaves the rest to the provider or to the translation. */
export function toChatCall(call: DoorCall): CompletionCall {
  const { json } = call.body;
  requireMessages(json['messages']);
  let request: CompletionRequest | null = null;
  return {
    ...commonFields(call),
    operation: 'CHAT',
    isStreaming: json['stream'] === true,
    request: () => (request ??= fromOpenAiChatBody(json)),
    embeddings: null,
    wire: { dialect: 'openai', body: json },
    input: { format: 'openai-chat', json: call.body.text, sizeBytes: call.raw.length },
    maxOutputTokens: positiveInteger(json['max_completion_tokens']) ?? positiveInteger(json['max_tokens']),
    choiceCount: positiveInteger(json['n']) ?? 1,
  };
}

export function toEmbeddingsCall(call: DoorCall, embeddings: EmbeddingsRequest): CompletionCall {
  return {
    ...commonFields(call),
    operation: 'EMBEDDINGS',
    isStreaming: false,
    request: () => ({ messages: [] }),
    embeddings,
    wire: null,
    input: { format: 'openai-embeddings', json: call.body.text, sizeBytes: call.raw.length },
    maxOutputTokens: null,
    choiceCount: 1,
  };
}

function commonFields({ exchange, principal, body }: DoorCall) {
  const { headers } = exchange.request;
  return {
    id: exchange.requestId,
    principal,
    door: 'OPENAI' as const,
    model: readModel(body.json),
    maxCostNanoUsd: readMaxCost(headers['x-antiphon-max-cost-usd']),
    idempotencyKey: readIdempotencyKey(headers['idempotency-key']),
    metadataJson: readMetadata(body.json['metadata']),
    deadlineMs: positiveInteger(Number(headers['x-antiphon-deadline-ms'])),
    onDisconnect: headers['x-antiphon-on-disconnect'] === 'finish' ? ('finish' as const) : ('cancel' as const),
    callerSignal: exchange.signal,
    traceHeaders: readTraceHeaders(headers),
    receivedAtMonotonicMs: exchange.receivedAtMonotonicMs,
    receivedAtMs: exchange.receivedAtMs,
  };
}

function readModel(body: JsonObject): string {
  const { model } = body as { model?: JsonValue };
  if (typeof model !== 'string' || model === '')
    throw new AntiphonError('INVALID_INPUT', 'Write the name of a model, such as "local/echo".', { param: 'model' });
  if (model.length > MAX_MODEL_LENGTH)
    throw new AntiphonError('INVALID_INPUT', `The name of the model is longer than ${MAX_MODEL_LENGTH} characters.`, { param: 'model' });
  return model;
}

function requireMessages(messages: JsonValue | undefined): void {
  if (!Array.isArray(messages) || messages.length === 0)
    throw new AntiphonError('INVALID_INPUT', '"messages" must be a list with at least one message.', { param: 'messages' });
}

function positiveInteger(value: JsonValue | undefined): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;
}

function readMaxCost(header: string | readonly string[] | undefined): bigint | null {
  if (header === undefined) return null;
  const nanoUsd = typeof header === 'string' ? parseUsd(header) : null;
  if (nanoUsd === null)
    throw new AntiphonError('INVALID_INPUT', 'x-antiphon-max-cost-usd must be an amount such as 0.05, with at most nine decimals.');
  return nanoUsd;
}

function readIdempotencyKey(header: string | readonly string[] | undefined): string | null {
  if (header === undefined) return null;
  if (typeof header !== 'string' || header === '' || header.length > MAX_IDEMPOTENCY_KEY_LENGTH)
    throw new AntiphonError('INVALID_INPUT', `Idempotency-Key must have 1 to ${MAX_IDEMPOTENCY_KEY_LENGTH} characters.`);
  return header;
}

function readMetadata(metadata: JsonValue | undefined): string | null {
  if (metadata === undefined || metadata === null) return null;
  const json = JSON.stringify(metadata);
  if (Buffer.byteLength(json) > MAX_METADATA_BYTES)
    throw new AntiphonError('INVALID_INPUT', `"metadata" is larger than ${MAX_METADATA_BYTES} bytes.`, { param: 'metadata' });
  return json;
}

function readTraceHeaders(headers: Readonly<Record<string, string | readonly string[] | undefined>>): Record<string, string> {
  const { traceparent, tracestate } = headers;
  return { ...(typeof traceparent === 'string' ? { traceparent } : {}), ...(typeof tracestate === 'string' ? { tracestate } : {}) };
}

/** Headers that tell who served, at what price and in what time. */
export function outcomeHeaders(outcome: CompletionOutcome): Record<string, string> {
  const { settlement, served, limits, attempts } = outcome;
  return {
    ...(served === null ? {} : { 'x-antiphon-provider': served.providerId, 'x-antiphon-model': served.modelId }),
    'x-antiphon-attempts': String(attempts.length),
    'x-antiphon-cost-usd': settlement.costNanoUsd === null ? 'unknown' : formatUsd(settlement.costNanoUsd),
    ...(settlement.overheadMs === null ? {} : { 'x-antiphon-overhead-ms': settlement.overheadMs.toFixed(2) }),
    ...(limits === null
      ? {}
      : { 'x-ratelimit-limit-requests': String(limits.limitRequests), 'x-ratelimit-remaining-requests': String(limits.remainingRequests) }),
    ...(settlement.warnings.length === 0 ? {} : { 'x-antiphon-warnings': String(settlement.warnings.length) }),
  };
}
