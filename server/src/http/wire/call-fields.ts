import { AntiphonError } from '../../kernel/errors/index.ts';
import type { CompletionCall } from '../../modules/completions/index.ts';
import type { JsonValue } from '../../modules/providers/index.ts';
import { parseUsd } from '../money.ts';
import type { DoorCall } from './door-deps.ts';

const MAX_MODEL_LENGTH = 512;
const MAX_METADATA_BYTES = 16 * 1024;
const MAX_IDEMPOTENCY_KEY_LENGTH = 255;

/** What a call has in common whatever the wire. */
export type CommonFields = Pick<
  CompletionCall,
  | 'id'
  | 'principal'
  | 'door'
  | 'model'
  | 'maxCostNanoUsd'
  | 'idempotencyKey'
  | 'metadataJson'
  | 'deadlineMs'
  | 'onDisconnect'
  | 'callerSignal'
  | 'traceHeaders'
  | 'receivedAtMonotonicMs'
  | 'receivedAtMs'
>;

/** Reads our own headers and `metadata`. `model` is what the caller named, in the body or in the path. Throws INVALID_INPUT. */
export function readCommonFields({ exchange, principal, dialect, body }: DoorCall, model: JsonValue | undefined): CommonFields {
  const { headers } = exchange.request;
  return {
    id: exchange.requestId,
    principal,
    door: dialect.door,
    model: readModel(model),
    maxCostNanoUsd: readMaxCost(headers['x-antiphon-max-cost-usd']),
    idempotencyKey: readIdempotencyKey(headers['idempotency-key']),
    metadataJson: readMetadata(body.json['metadata']),
    deadlineMs: positiveInteger(Number(headers['x-antiphon-deadline-ms'])),
    onDisconnect: headers['x-antiphon-on-disconnect'] === 'finish' ? 'finish' : 'cancel',
    callerSignal: exchange.signal,
    traceHeaders: readTraceHeaders(headers),
    receivedAtMonotonicMs: exchange.receivedAtMonotonicMs,
    receivedAtMs: exchange.receivedAtMs,
  };
}

export function positiveInteger(value: JsonValue | undefined): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;
}

/** The name of a model as the caller wrote it. Throws INVALID_INPUT. */
export function readModel(model: JsonValue | undefined): string {
  if (typeof model !== 'string' || model === '')
    throw new AntiphonError('INVALID_INPUT', 'Write the name of a model, such as "local/echo".', { param: 'model' });
  if (model.length > MAX_MODEL_LENGTH)
    throw new AntiphonError('INVALID_INPUT', `The name of the model is longer than ${MAX_MODEL_LENGTH} characters.`, { param: 'model' });
  return model;
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
