import { AntiphonError } from '../../kernel/errors/index.ts';
import type { CompletionCall } from '../../modules/completions/index.ts';
import { fromMessagesBody, type CompletionRequest, type JsonObject, type JsonValue } from '../../modules/providers/index.ts';
import { positiveInteger, readCommonFields } from '../wire/call-fields.ts';
import type { DoorCall } from '../wire/door-deps.ts';

/** Reads what we must know of a Messages body and leaves the rest to the provider or to the translation. */
export function toMessagesCall(call: DoorCall): CompletionCall {
  const body = withBetas(call);
  requireMessages(body['messages']);
  let request: CompletionRequest | null = null;
  return {
    ...readCommonFields(call, body['model']),
    operation: 'CHAT',
    isStreaming: body['stream'] === true,
    request: () => (request ??= fromMessagesBody(body)),
    task: null,
    wire: { dialect: 'anthropic', body },
    input: { format: 'anthropic-messages', json: call.body.text, sizeBytes: call.raw.length },
    maxOutputTokens: positiveInteger(body['max_tokens']),
    choiceCount: 1,
  };
}

/** The body with the betas of the caller's `anthropic-beta` header, as the adapter takes them. */
export function withBetas({ exchange, body: { json } }: DoorCall): JsonObject {
  const header = exchange.request.headers['anthropic-beta'];
  if (typeof header !== 'string' || header.trim() === '') return json;
  const named = json['anthropic_beta'];
  const inBody: readonly JsonValue[] = Array.isArray(named)
    ? (named as readonly JsonValue[])
    : typeof named === 'string'
      ? named.split(',')
      : [];
  return { ...json, anthropic_beta: [...inBody, ...header.split(',').map((name) => name.trim())].filter((name) => name !== '') };
}

export function requireMessages(messages: JsonValue | undefined): void {
  if (!Array.isArray(messages) || messages.length === 0)
    throw new AntiphonError('INVALID_INPUT', 'messages: a list with at least one message is needed.', { param: 'messages' });
}
