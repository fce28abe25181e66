/** Our answer → theirs: what the OpenAI door sends for a completion of any provider. */
import type { Choice, CompletionResult, JsonObject, ReasoningPart, ToolCall } from '../../contract.ts';
import { fromFinish } from './openai.finish.ts';
import { fromUsage } from './openai.usage.ts';

export interface AnswerIdentity {
  readonly id: string;
  /** The model's name as the caller shall see it. */
  readonly model: string;
  readonly createdAtSeconds: number;
}

/** The body of an answer to `POST /v1/chat/completions`. */
export function toOpenAiChatResponse(result: CompletionResult, identity: AnswerIdentity): JsonObject {
  return {
    id: identity.id,
    object: 'chat.completion',
    created: identity.createdAtSeconds,
    model: identity.model,
    choices: result.choices.map(toChoice),
    ...(result.usage === null ? {} : { usage: fromUsage(result.usage) }),
    ...(result.serviceTier === null ? {} : { service_tier: result.serviceTier }),
    // Null where there is none, as OpenAI sends it: strict clients refuse an answer without the field.
    system_fingerprint: result.systemFingerprint,
    ...result.extra,
  };
}

function toChoice(choice: Choice): JsonObject {
  const reasoning = choice.reasoning.map((part) => part.text).join('');
  const details = choice.extra['reasoning_details'] === undefined ? toReasoningDetails(choice.reasoning) : null;
  return {
    index: choice.index,
    message: {
      role: 'assistant',
      content: choice.text === '' && (choice.toolCalls.length > 0 || choice.refusal !== null) ? null : choice.text,
      refusal: choice.refusal,
      ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
      ...(details === null ? {} : { reasoning_details: details }),
      ...(choice.toolCalls.length === 0 ? {} : { tool_calls: choice.toolCalls.map(toToolCall) }),
      ...choice.extra,
    },
    logprobs: choice.logprobs,
    finish_reason: fromFinish(choice.finishReason),
    ...choice.choiceExtra,
  };
}

function toToolCall(call: ToolCall): JsonObject {
  if (call.extra?.['type'] === 'custom') return { id: call.id, ...call.extra };
  return { id: call.id, type: 'function', function: { name: call.name, arguments: call.argumentsText }, ...call.extra };
}

/** Signatures and opaque data must come back with the next turn; plain reasoning needs no second copy. */
function toReasoningDetails(parts: readonly ReasoningPart[]): JsonObject[] | null {
  if (parts.every((part) => part.signature === undefined && part.redactedData === undefined)) return null;
  return parts.map((part, index) => toReasoningDetail(part, index));
}

/** OpenRouter's form, which its users and several clients already hand back. */
export function toReasoningDetail(part: ReasoningPart, index: number): JsonObject {
  if (part.redactedData !== undefined) return { type: 'reasoning.encrypted', data: part.redactedData, index };
  return { type: 'reasoning.text', text: part.text, ...(part.signature === undefined ? {} : { signature: part.signature }), index };
}
