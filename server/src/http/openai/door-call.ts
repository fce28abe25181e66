import { AntiphonError } from '../../kernel/errors/index.ts';
import type { CompletionCall } from '../../modules/completions/index.ts';
import { fromOpenAiChatBody, type CompletionRequest, type JsonValue } from '../../modules/providers/index.ts';
import { positiveInteger, readCommonFields } from '../wire/call-fields.ts';
import type { DoorCall } from '../wire/door-deps.ts';

/** Reads what we must know of a chat body and leaves the rest to the provider or to the translation. */
export function toChatCall(call: DoorCall): CompletionCall {
  const { json } = call.body;
  requireMessages(json['messages']);
  let request: CompletionRequest | null = null;
  return {
    ...readCommonFields(call, json['model']),
    operation: 'CHAT',
    isStreaming: json['stream'] === true,
    request: () => (request ??= fromOpenAiChatBody(json)),
    task: null,
    wire: { dialect: 'openai', body: json },
    input: { format: 'openai-chat', json: call.body.text, sizeBytes: call.raw.length },
    maxOutputTokens: positiveInteger(json['max_completion_tokens']) ?? positiveInteger(json['max_tokens']),
    choiceCount: positiveInteger(json['n']) ?? 1,
  };
}

function requireMessages(messages: JsonValue | undefined): void {
  if (!Array.isArray(messages) || messages.length === 0)
    throw new AntiphonError('INVALID_INPUT', '"messages" must be a list with at least one message.', { param: 'messages' });
}
