/** A completion as asked -> the body of `POST /model/{id}/converse` and `converse-stream`. */
import type { CompletionRequest, JsonObject, JsonValue } from '../../contract.ts';
import { isEmpty, objectOf, stringOf } from '../../shared/json.ts';
import { modelFactsOf } from './bedrock.capabilities.ts';
import { toSystemBlocks, toTurns, type ContentContext } from './bedrock.content.ts';
import { toAdditionalFields, toInferenceConfig, toVendorParameters } from './bedrock.parameters.ts';
import { toReasoningFields } from './bedrock.reasoning.ts';
import { toStructuredOutput } from './bedrock.structured.ts';
import type { AnswerReading } from './bedrock.response.ts';
import { toToolConfig } from './bedrock.tools.ts';
import { Warnings } from '../../shared/warnings.ts';

export interface ConverseRequest {
  readonly body: JsonObject;
  readonly warnings: readonly string[];
  /** How its answer is to be read. */
  readonly reading: AnswerReading;
}

/** The body for `request`. What cannot be said on this wire is in `warnings`; throws `ProviderError` where the question itself would be maimed. */
export function toConverseRequest(request: CompletionRequest, model: string): ConverseRequest {
  const warnings = new Warnings('Bedrock');
  const facts = modelFactsOf(model);
  const extra = request.extra ?? {};
  warnings.unsupported([
    [(request.choiceCount ?? 1) > 1, 'more than one choice (n)'],
    [request.logprobs !== undefined, 'logprobs'],
    [request.endUserId !== undefined, 'an id of the end user'],
  ]);
  const reasoning = toReasoningFields(request, facts, model, warnings);
  const structured = toStructuredOutput(request, facts, !isEmpty(reasoning), model, warnings);
  const body: JsonObject = {
    ...toConversation(request, facts.isClaude, warnings),
    ...toInferenceConfig(request, facts, model, warnings),
    ...toAdditionalFields(request, reasoning, facts, warnings),
    ...structured.body,
    ...toVendorParameters(extra, warnings),
  };
  const serviceTier = stringOf(objectOf(body['serviceTier'])?.['type']);
  return { body, warnings: warnings.list(), reading: { structuredTool: structured.toolName, serviceTier } };
}

/** The body of `POST /model/{id}/count-tokens`: what a Converse body says of the prompt. */
export function toCountBody({ body }: ConverseRequest): JsonObject {
  const { messages, system, toolConfig, additionalModelRequestFields } = body;
  const told = { messages, system, toolConfig, additionalModelRequestFields };
  return { input: { converse: Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)) as JsonObject } };
}

function toConversation(request: CompletionRequest, isReasoningSigned: boolean, warnings: Warnings): JsonObject {
  const context: ContentContext = { warnings, isReasoningSigned, documentNames: new Set() };
  const system = toSystemBlocks(request.messages, context);
  return {
    messages: toTurns(request.messages, context) as unknown as readonly JsonValue[],
    ...(system.length === 0 ? {} : { system }),
    ...toToolConfig(request, warnings),
  };
}
