/** Our answer -> theirs: what the Gemini door sends for a completion of any provider. */
import type { Choice, CompletionResult, JsonObject, ReasoningPart, ToolCall } from '../../contract.ts';
import { fromFinish } from './gemini.finish.ts';
import { fromLogprobs } from './gemini.logprobs.ts';
import { asArgumentsText, fromCallExtra, toArguments, toModelParts, VENDOR_PARTS, vendorPartsOf } from './gemini.model-parts.ts';
import { toThoughtSignature } from './gemini.signature.ts';
import { fromUsage } from './gemini.usage.ts';
import type { WirePart } from './gemini.wire.ts';

export interface GeminiAnswerIdentity {
  /** The answer's `responseId`. */
  readonly id: string;
  /** The model's name as the caller shall see it: `modelVersion`. */
  readonly model: string;
}

/** The body of an answer to `generateContent`. */
export function toGeminiResponse(result: CompletionResult, identity: GeminiAnswerIdentity): JsonObject {
  return {
    ...result.extra,
    candidates: result.choices.map(toCandidate),
    ...(result.usage === null ? {} : { usageMetadata: fromUsage(result.usage) }),
    modelVersion: identity.model,
    responseId: identity.id,
  };
}

function toCandidate(choice: Choice): JsonObject {
  const { [VENDOR_PARTS]: _vendorParts, ...extra } = choice.extra;
  const logprobs = fromLogprobs(choice.logprobs);
  const said = choice.text + (choice.refusal ?? '');
  const parts = toModelParts({
    reasoning: choice.reasoning.map(toWireReasoning),
    text: said === '' ? [] : [{ text: said }],
    toolCalls: choice.toolCalls.map(toCallPart),
    vendorParts: vendorPartsOf(choice.extra),
  });
  return {
    content: { parts, role: 'model' },
    finishReason: fromFinish(choice.finishReason, choice.rawFinishReason),
    index: choice.index,
    ...(logprobs === null ? {} : { logprobsResult: logprobs }),
    ...extra,
    ...choice.choiceExtra,
  };
}

/** Signatures of any vendor in the form this wire's clients can carry. */
export function toWireReasoning(part: ReasoningPart): ReasoningPart {
  const signature = toThoughtSignature(part);
  return { text: part.text, ...(signature === null ? {} : { signature }) };
}

export function toCallPart(call: Pick<ToolCall, 'id' | 'name' | 'argumentsText' | 'extra'>): WirePart {
  const args = toArguments(call) ?? asArgumentsText(call.argumentsText);
  return { functionCall: { id: call.id, name: call.name, args }, ...fromCallExtra(call.extra) };
}
