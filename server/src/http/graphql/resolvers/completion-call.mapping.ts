import type * as M from '../../../generated/schema.ts';
import type { CompletionCall } from '../../../modules/completions/index.ts';
import type { CompletionRequest } from '../../../modules/providers/index.ts';
import { parseUsd } from '../../money.ts';
import { checkBounds, refuse, toCompletionRequest } from './completion-input.mapping.ts';
import type { GraphqlContext } from './context.ts';

const MAX_METADATA_BYTES = 16 * 1024;
const MAX_IDEMPOTENCY_KEY_LENGTH = 255;

interface CallFacts {
  readonly id: string;
  readonly isStreaming: boolean;
  readonly idempotencyKey: string | null;
  readonly onDisconnect: CompletionCall['onDisconnect'];
}

/** Throws INVALID_INPUT with the path of what is wrong. */
export function toCompletionCall(
  input: M.CompletionCreateInput | M.CompletionStreamInput,
  context: GraphqlContext,
  facts: CallFacts,
): CompletionCall {
  checkBounds(input);
  const json = JSON.stringify(input);
  let request: CompletionRequest | null = null;
  return {
    ...facts,
    principal: context.principal,
    door: 'GRAPHQL',
    operation: 'CHAT',
    model: input.model,
    request: () => (request ??= toCompletionRequest(input)),
    embeddings: null,
    wire: null,
    input: { format: 'antiphon', json, sizeBytes: Buffer.byteLength(json) },
    maxOutputTokens: input.options?.maxOutputTokens ?? null,
    choiceCount: input.options?.choiceCount ?? 1,
    maxCostNanoUsd: readMaxCost(input.maxCostUsd),
    metadataJson: readMetadata(input.metadata),
    deadlineMs: input.deadlineMs ?? null,
    callerSignal: context.signal,
    traceHeaders: context.traceHeaders,
    receivedAtMonotonicMs: context.receivedAtMonotonicMs,
    receivedAtMs: context.receivedAtMs,
  };
}

export function readIdempotencyKey(key: string | null | undefined): string | null {
  if (key == null) return null;
  if (key === '' || key.length > MAX_IDEMPOTENCY_KEY_LENGTH)
    refuse(['idempotencyKey'], `An idempotency key has 1 to ${MAX_IDEMPOTENCY_KEY_LENGTH} characters.`);
  return key;
}

function readMaxCost(maxCostUsd: string | null | undefined): bigint | null {
  if (maxCostUsd == null) return null;
  return parseUsd(maxCostUsd) ?? refuse(['maxCostUsd'], 'Write an amount of 0 or more with at most nine decimals, such as "0.05".');
}

function readMetadata(metadata: unknown): string | null {
  if (metadata == null) return null;
  if (typeof metadata !== 'object' || Array.isArray(metadata)) refuse(['metadata'], 'It must be a JSON object.');
  const json = JSON.stringify(metadata);
  if (Buffer.byteLength(json) > MAX_METADATA_BYTES) refuse(['metadata'], `It may have at most ${MAX_METADATA_BYTES} bytes.`);
  return json;
}
