/** A whole answer of `POST /v1/messages` -> ours. */
import type { Choice, CompletionResult, JsonObject, JsonValue, ReasoningPart, ToolCall, UpstreamResponse } from '../../contract.ts';
import { arrayOf, objectOf, stringOf } from '../../shared/json.ts';
import { toFinishReason } from './anthropic.finish.ts';
import { toUsage } from './anthropic.usage.ts';
import { parseExactJson, parseObject, type ContentBlock } from './anthropic.wire.ts';

/** Fields of the message beside its content that have no neutral name. */
export const MESSAGE_EXTRA = ['stop_sequence', 'stop_details', 'container', 'context_management'] as const;

/** Parses the body of an answer; null when it is not a JSON object. Tool inputs keep the digits of their numbers. */
export function parseMessage(text: string): JsonObject | null {
  const message = parseObject(text);
  const hasToolInput = arrayOf(message?.['content']).some((block) => objectOf(block)?.['type'] === 'tool_use');
  return hasToolInput ? objectOf(parseExactContent(text, message)) : message;
}

/** Parsing with source text is several times slower, so only the content takes it, and only when a tool was called. */
function parseExactContent(text: string, message: JsonObject | null): JsonValue {
  const exact = objectOf(parseExactJson(text));
  return { ...message, content: exact?.['content'] ?? [] };
}

/** The result of a parsed answer, or null when it is not a message at all. */
export function toCompletionResult(
  message: JsonObject,
  upstream: UpstreamResponse,
  warnings: readonly string[],
  body: Buffer,
): CompletionResult | null {
  if (message['type'] !== 'message' || !Array.isArray(message['content'])) return null;
  return {
    id: stringOf(message['id']),
    model: stringOf(message['model']),
    createdAtSeconds: null,
    choices: [toChoice(message)],
    usage: toUsage(objectOf(message['usage'])),
    serviceTier: stringOf(objectOf(message['usage'])?.['service_tier']),
    systemFingerprint: null,
    upstream,
    warnings,
    wire: { dialect: 'anthropic', body },
  };
}

/**
 * What has no neutral name, the same for whole and streamed answers: `stop_sequence`, `stop_details`, `container`, `context_management`;
 * `citations`, each with the `block_index` of its text; `content_blocks`, those without a neutral form (server tools and their results,
 * compaction, fallback) as they came, each with its `index`. Sent back in an assistant message, `content_blocks` take part in the next turn.
 */
export function toChoiceExtra(messageExtra: JsonObject, citations: readonly JsonValue[], contentBlocks: readonly JsonValue[]): JsonObject {
  return {
    ...messageExtra,
    ...(citations.length === 0 ? {} : { citations }),
    ...(contentBlocks.length === 0 ? {} : { content_blocks: contentBlocks }),
  };
}

interface Gathered {
  text: string;
  readonly reasoning: ReasoningPart[];
  readonly toolCalls: ToolCall[];
  readonly citations: JsonValue[];
  readonly contentBlocks: JsonValue[];
}

function toChoice(message: JsonObject): Choice {
  const gathered: Gathered = { text: '', reasoning: [], toolCalls: [], citations: [], contentBlocks: [] };
  for (const [index, value] of arrayOf(message['content']).entries()) {
    const block = objectOf(value);
    if (block !== null) gather(gathered, index, block);
  }
  const rawFinishReason = stringOf(message['stop_reason']);
  return {
    index: 0,
    text: gathered.text,
    reasoning: gathered.reasoning,
    refusal: refusalOf(message),
    toolCalls: gathered.toolCalls,
    logprobs: null,
    finishReason: toFinishReason(rawFinishReason),
    rawFinishReason,
    extra: toChoiceExtra(pickTold(message, MESSAGE_EXTRA), gathered.citations, gathered.contentBlocks),
  };
}

function gather(gathered: Gathered, index: number, block: ContentBlock): void {
  switch (block['type']) {
    case 'text':
      gathered.text += stringOf(block['text']) ?? '';
      for (const citation of arrayOf(block['citations'])) gathered.citations.push(toCitation(index, citation));
      return;
    case 'thinking':
      gathered.reasoning.push(toThinking(block));
      return;
    case 'redacted_thinking':
      gathered.reasoning.push({ text: '', redactedData: stringOf(block['data']) ?? '' });
      return;
    case 'tool_use':
      gathered.toolCalls.push(toToolCall(block));
      return;
    default:
      gathered.contentBlocks.push({ index, ...block });
  }
}

function toThinking(block: ContentBlock): ReasoningPart {
  const signature = stringOf(block['signature']);
  return { text: stringOf(block['thinking']) ?? '', ...(signature === null || signature === '' ? {} : { signature }) };
}

function toToolCall(block: ContentBlock): ToolCall {
  const extra = toToolCallExtra(block);
  return {
    id: stringOf(block['id']) ?? '',
    name: stringOf(block['name']) ?? '',
    argumentsText: JSON.stringify(block['input'] ?? {}),
    ...(extra === null ? {} : { extra }),
  };
}

/** Vendor fields of a `tool_use` block (who called: `caller`), or null. */
export function toToolCallExtra(block: ContentBlock): JsonObject | null {
  const { type: _type, id: _id, name: _name, input: _input, ...extra } = block;
  return Object.keys(extra).length === 0 ? null : extra;
}

/** A citation with the index of the block whose text it supports. */
export function toCitation(blockIndex: number, citation: JsonValue): JsonValue {
  return { block_index: blockIndex, ...objectOf(citation) };
}

/** The vendor's explanation when the answer is a refusal. */
export function refusalOf(message: JsonObject): string | null {
  if (message['stop_reason'] !== 'refusal') return null;
  return stringOf(objectOf(message['stop_details'])?.['explanation']);
}

/** The named fields of `source` that hold something. */
export function pickTold(source: JsonObject, names: readonly string[]): JsonObject {
  const picked: Record<string, JsonValue> = {};
  for (const name of names) {
    const value = source[name];
    if (value !== undefined && value !== null) picked[name] = value;
  }
  return picked;
}
