import { DisconnectPolicy, type CompletionCreateInput, type CompletionStreamInput } from '../../../generated/schema.ts';
import type { CompletionCall } from '../../../modules/completions/index.ts';
import type { CompletionRequest } from '../../../modules/providers/index.ts';
import { parseUsd } from '../../money.ts';
import type { GraphqlCaller } from '../graphql-context.ts';
import { toCompletionRequest } from './completion-input.mapping.ts';
import { checkCompletionInput, refuse, requireObject, type CompletionInputFields } from './completion-input.policy.ts';

const MAX_METADATA_BYTES = 16 * 1024;
const MAX_IDEMPOTENCY_KEY_LENGTH = 255;

/** `completionCreate` as a call. Throws INVALID_INPUT with the path of what breaks a bound. */
export function toCreateCall(input: CompletionCreateInput, id: string, caller: GraphqlCaller): CompletionCall {
  const idempotencyKey = input.idempotencyKey ?? null;
  if (idempotencyKey !== null && (idempotencyKey === '' || idempotencyKey.length > MAX_IDEMPOTENCY_KEY_LENGTH))
    refuse(['idempotencyKey'], `An idempotency key has 1 to ${MAX_IDEMPOTENCY_KEY_LENGTH} characters.`);
  return toCall(input, id, caller, { isStreaming: false, idempotencyKey, onDisconnect: 'cancel', callerSignal: caller.signal });
}

/** `completionStream` as a call; `callerSignal` aborts when the subscriber leaves. */
export function toStreamCall(input: CompletionStreamInput, id: string, caller: GraphqlCaller, callerSignal: AbortSignal): CompletionCall {
  const onDisconnect = input.onDisconnect === DisconnectPolicy.FINISH ? 'finish' : 'cancel';
  return toCall(input, id, caller, { isStreaming: true, idempotencyKey: null, onDisconnect, callerSignal });
}

type Manner = Pick<CompletionCall, 'isStreaming' | 'idempotencyKey' | 'onDisconnect' | 'callerSignal'>;

function toCall(input: CompletionInputFields, id: string, caller: GraphqlCaller, manner: Manner): CompletionCall {
  checkCompletionInput(input);
  const json = JSON.stringify(input);
  let request: CompletionRequest | null = null;
  return {
    id,
    principal: caller.principal,
    door: 'GRAPHQL',
    operation: 'CHAT',
    model: input.model,
    request: () => (request ??= toCompletionRequest(input)),
    task: null,
    wire: null,
    input: { format: 'antiphon', json, sizeBytes: Buffer.byteLength(json) },
    maxOutputTokens: input.options?.maxOutputTokens ?? null,
    choiceCount: input.options?.choiceCount ?? 1,
    maxCostNanoUsd: readMaxCost(input.maxCostUsd ?? null),
    metadataJson: readMetadata(input.metadata ?? null),
    deadlineMs: input.deadlineMs ?? null,
    traceHeaders: caller.traceHeaders,
    receivedAtMonotonicMs: caller.receivedAtMonotonicMs,
    receivedAtMs: caller.receivedAtMs,
    ...manner,
  };
}

export function readMaxCost(maxCostUsd: string | null): bigint | null {
  if (maxCostUsd === null) return null;
  return parseUsd(maxCostUsd) ?? refuse(['maxCostUsd'], 'An amount in USD is 0 or more, with at most nine decimals, such as "0.05".');
}

export function readMetadata(metadata: unknown): string | null {
  if (metadata === null) return null;
  requireObject(metadata, ['metadata']);
  const json = JSON.stringify(metadata);
  if (Buffer.byteLength(json) > MAX_METADATA_BYTES) refuse(['metadata'], `Metadata has at most ${MAX_METADATA_BYTES} bytes as JSON.`);
  return json;
}
