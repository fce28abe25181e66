/** A whole answer of `converse` -> ours. */
import type { Choice, CompletionResult, JsonObject, JsonValue, ReasoningPart, ToolCall, UpstreamResponse } from '../../contract.ts';
import { parseExactJson } from '../../shared/exact-json.ts';
import { arrayOf, fieldsBeside, isEmpty, objectOf, parseJson, stringOf } from '../../shared/json.ts';
import { toFinishReason } from './bedrock.finish.ts';
import { toUsage } from './bedrock.usage.ts';
import type { ContentBlock } from './bedrock.content.ts';

/** Members of an answer that have a neutral name; others (`metrics`, `trace`, `performanceConfig`) are extras of the answer. */
const KNOWN_MEMBERS: ReadonlySet<string> = new Set(['output', 'stopReason', 'usage', 'serviceTier', 'additionalModelResponseFields', 'p']);
const KNOWN_TOOL_FIELDS: ReadonlySet<string> = new Set(['toolUseId', 'name', 'input', 'type']);
/** The type of calls that the model's host has answered by itself: nothing for the caller to do. */
const SERVER_TOOL_TYPE = 'server_tool_use';

/** What the request says about reading its answer. */
export interface AnswerReading {
  /** The tool whose input is the answer itself (a schema's form), or null. */
  readonly structuredTool: string | null;
  /** The tier that was asked for: it counts where the answer names none. */
  readonly serviceTier: string | null;
}

/** Parses the body of an answer; null when it is not a JSON object. Tool inputs keep the digits of their numbers. */
export function parseAnswer(text: string): JsonObject | null {
  const answer = objectOf(parseJson(text));
  if (answer === null || !contentOf(answer).some((block) => objectOf(objectOf(block)?.['toolUse']) !== null)) return answer;
  // Parsing with source text is several times slower, so only answers that call tools take it, and only for their output.
  const output = objectOf(parseExactJson(text))?.['output'];
  return output === undefined ? answer : { ...answer, output };
}

/** The result of a parsed answer, or null when it is none at all. The wire names neither an id nor the model. */
export function toCompletionResult(
  answer: JsonObject,
  upstream: UpstreamResponse,
  warnings: readonly string[],
  reading: AnswerReading,
): CompletionResult | null {
  if (!Array.isArray(messageOf(answer)?.['content'])) return null;
  const extra = toAnswerExtra(answer);
  return {
    id: null,
    model: null,
    createdAtSeconds: null,
    choices: [toChoice(answer, reading)],
    usage: toUsage(objectOf(answer['usage'])),
    serviceTier: toServiceTier(answer) ?? reading.serviceTier,
    systemFingerprint: null,
    ...(isEmpty(extra) ? {} : { extra }),
    upstream,
    warnings,
    wire: null,
  };
}

/** What an answer, or a stream's last event, tells beside output and usage. */
export function toAnswerExtra(answer: JsonObject): JsonObject {
  return fieldsBeside(answer, KNOWN_MEMBERS);
}

function toServiceTier(answer: JsonObject): string | null {
  return stringOf(objectOf(answer['serviceTier'])?.['type']);
}

/**
 * What has no neutral name, the same for whole and streamed answers: `additionalModelResponseFields`; `citations`, each with the
 * `block_index` of its text; `content_blocks` without a neutral form (tools of the model's host and their results, images) as they came,
 * each with its `index`. Sent back in an assistant message, `content_blocks` take part in the next turn.
 */
export function toChoiceExtra(
  modelFields: JsonValue | undefined,
  citations: readonly JsonValue[],
  contentBlocks: readonly JsonValue[],
): JsonObject {
  return {
    ...(modelFields === undefined || modelFields === null ? {} : { additionalModelResponseFields: modelFields }),
    ...(citations.length === 0 ? {} : { citations }),
    ...(contentBlocks.length === 0 ? {} : { content_blocks: contentBlocks }),
  };
}

function messageOf(answer: JsonObject): JsonObject | null {
  return objectOf(objectOf(answer['output'])?.['message']);
}

function contentOf(answer: JsonObject): readonly JsonValue[] {
  return arrayOf(messageOf(answer)?.['content']);
}

interface Gathered {
  text: string;
  readonly reasoning: ReasoningPart[];
  readonly toolCalls: ToolCall[];
  readonly citations: JsonValue[];
  readonly contentBlocks: JsonValue[];
}

function toChoice(answer: JsonObject, { structuredTool }: AnswerReading): Choice {
  const gathered: Gathered = { text: '', reasoning: [], toolCalls: [], citations: [], contentBlocks: [] };
  for (const [index, value] of contentOf(answer).entries()) {
    const block = objectOf(value);
    if (block !== null) gather(gathered, index, block, structuredTool);
  }
  const rawFinishReason = stringOf(answer['stopReason']);
  return {
    index: 0,
    text: gathered.text,
    reasoning: gathered.reasoning,
    refusal: null,
    toolCalls: gathered.toolCalls,
    logprobs: null,
    finishReason: toFinishReason(rawFinishReason, structuredTool !== null),
    rawFinishReason,
    extra: toChoiceExtra(answer['additionalModelResponseFields'], gathered.citations, gathered.contentBlocks),
  };
}

function gather(gathered: Gathered, index: number, block: ContentBlock, structuredTool: string | null): void {
  const text = stringOf(block['text']);
  const reasoning = objectOf(block['reasoningContent']);
  const toolUse = objectOf(block['toolUse']);
  const cited = objectOf(block['citationsContent']);
  if (text !== null) gathered.text += text;
  else if (reasoning !== null) gathered.reasoning.push(toReasoningPart(reasoning));
  else if (toolUse !== null && toolUse['name'] === structuredTool) gathered.text += JSON.stringify(toolUse['input'] ?? {});
  else if (toolUse !== null && !isServerTool(toolUse)) gathered.toolCalls.push(toToolCall(toolUse));
  else if (cited !== null) gatherCited(gathered, index, cited);
  else gathered.contentBlocks.push({ index, ...block });
}

/** Text with its sources: the text is text like any other, the sources are citations. */
function gatherCited(gathered: Gathered, index: number, cited: JsonObject): void {
  for (const piece of arrayOf(cited['content'])) gathered.text += stringOf(objectOf(piece)?.['text']) ?? '';
  for (const citation of arrayOf(cited['citations'])) gathered.citations.push(toCitation(index, citation));
}

function toReasoningPart(reasoning: JsonObject): ReasoningPart {
  const redactedData = stringOf(reasoning['redactedContent']);
  if (redactedData !== null) return { text: '', redactedData };
  const told = objectOf(reasoning['reasoningText']);
  const signature = stringOf(told?.['signature']);
  return { text: stringOf(told?.['text']) ?? '', ...(signature === null || signature === '' ? {} : { signature }) };
}

function toToolCall(toolUse: JsonObject): ToolCall {
  const extra = toToolCallExtra(toolUse);
  return {
    id: stringOf(toolUse['toolUseId']) ?? '',
    name: stringOf(toolUse['name']) ?? '',
    argumentsText: JSON.stringify(toolUse['input'] ?? {}),
    ...(extra === null ? {} : { extra }),
  };
}

/** Whether the model's host runs this tool itself. */
export function isServerTool(toolUse: JsonObject): boolean {
  return toolUse['type'] === SERVER_TOOL_TYPE;
}

/** Vendor fields of a call, or null. Some models add `type: tool_use`, which says nothing. */
export function toToolCallExtra(toolUse: JsonObject): JsonObject | null {
  const extra = fieldsBeside(toolUse, KNOWN_TOOL_FIELDS);
  return isEmpty(extra) ? null : extra;
}

/** A citation with the index of the block whose text it supports. */
export function toCitation(blockIndex: number, citation: JsonValue): JsonValue {
  return { block_index: blockIndex, ...objectOf(citation) };
}
