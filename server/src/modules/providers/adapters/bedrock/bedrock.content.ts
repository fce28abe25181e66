/** Our messages -> `system` and `messages` of a Converse body: the part of the translation that is about content. */
import { createHash } from 'node:crypto';
import type { ContentPart, JsonObject, JsonValue, Message, ReasoningPart, ToolCall } from '../../contract.ts';
import { parseExactJson } from '../../shared/exact-json.ts';
import { arrayOf, objectOf, stringOf } from '../../shared/json.ts';
import { toAudioBlock, toDocumentBlock, toImageBlock } from './bedrock.media.ts';
import type { Warnings } from '../../shared/warnings.ts';

/** A block of content: an object with one member that names its kind. */
export type ContentBlock = JsonObject;

/** A turn of the conversation; the API alternates between the two roles. */
export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: ContentBlock[];
}

type Instruction = Extract<Message, { role: 'system' | 'developer' }>;

const CACHE_MARKS = ['cache_control', 'cachePoint'] as const;
const MARKED = new Set<string>(CACHE_MARKS);
/** The tool's name stands at its call. */
const RESULT_EXTRA = new Set<string>([...CACHE_MARKS, 'name']);
const TEXT_EXTRA = new Set<string>([...CACHE_MARKS, 'guardContent']);
const DOCUMENT_EXTRA = new Set<string>([...CACHE_MARKS, 'citations', 'context']);
const ASSISTANT_EXTRA = new Set<string>([...CACHE_MARKS, 'content_blocks', 'citations', 'additionalModelResponseFields']);
/** Blocks of the API that have no neutral form and may go back as they came. */
const VENDOR_BLOCKS: ReadonlySet<string> = new Set([
  'toolUse',
  'toolResult',
  'citationsContent',
  'image',
  'video',
  'audio',
  'searchResult',
]);
const MAX_TOOL_ID_LENGTH = 64;
const HASHED_PART_LENGTH = 32;

/** What is shared by all of a request's content. */
export interface ContentContext {
  readonly warnings: Warnings;
  /** Whether the model takes back only reasoning that it signed. */
  readonly isReasoningSigned: boolean;
  /** Names of documents so far. */
  readonly documentNames: Set<string>;
}

/** System and developer messages, lifted out of the conversation in their order. */
export function toSystemBlocks(messages: readonly Message[], context: ContentContext): ContentBlock[] {
  const { warnings } = context;
  const blocks: ContentBlock[] = [];
  let isConversationOpen = false;
  for (const message of messages) {
    if (!isInstruction(message)) {
      isConversationOpen = true;
      continue;
    }
    if (isConversationOpen) warnings.add('Bedrock has one system prompt: a system message inside the conversation was moved to it.');
    warnOfName(message.name, warnings);
    const parts = message.content.filter((part) => part.type === 'text');
    if (parts.length < message.content.length) warnings.add('System messages hold text only at Bedrock: other parts were not sent.');
    warnings.pick(message.extra, MARKED, 'system message');
    blocks.push(...toBlocks(parts, context), ...toCachePoint(message.extra));
  }
  return blocks;
}

/** The conversation with consecutive messages of one side merged, and tool results as the user's first blocks. */
export function toTurns(messages: readonly Message[], context: ContentContext): Turn[] {
  const turns: Turn[] = [];
  for (const message of messages) {
    if (isInstruction(message)) continue;
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    const content = toMessageContent(message, context);
    if (content.length === 0) {
      context.warnings.add(`An empty ${message.role} message was not sent: Bedrock refuses empty content.`);
      continue;
    }
    const last = turns.at(-1);
    if (last?.role === role) last.content.push(...content);
    else turns.push({ role, content });
  }
  for (const turn of turns) if (turn.role === 'user') hoistToolResults(turn.content);
  return turns;
}

/** Whether the conversation holds calls or results of tools: the API then demands a tool configuration. */
export function hasToolBlocks(messages: readonly Message[]): boolean {
  return messages.some((message) => message.role === 'tool' || (message.role === 'assistant' && (message.toolCalls?.length ?? 0) > 0));
}

/** A mark of the prompt cache, in Bedrock's or in Anthropic's spelling, as the block that stands behind what it marks. */
export function toCachePoint(extra: JsonObject | undefined): ContentBlock[] {
  const own = objectOf(extra?.['cachePoint']);
  if (own !== null) return [{ cachePoint: own }];
  const control = objectOf(extra?.['cache_control']);
  if (control === null) return [];
  const ttl = stringOf(control['ttl']);
  return [{ cachePoint: { type: 'default', ...(ttl === null ? {} : { ttl }) } }];
}

function isInstruction(message: Message): message is Instruction {
  return message.role === 'system' || message.role === 'developer';
}

function toMessageContent(message: Exclude<Message, Instruction>, context: ContentContext): ContentBlock[] {
  if (message.role === 'tool') return [toToolResult(message, context), ...toCachePoint(message.extra)];
  warnOfName(message.name, context.warnings);
  if (message.role === 'assistant') return toAssistantContent(message, context);
  context.warnings.pick(message.extra, MARKED, 'user message');
  return [...toBlocks(message.content, context), ...toCachePoint(message.extra)];
}

/** Reasoning first, as tool loops demand, then the vendor's own blocks of an earlier answer (`content_blocks`), text, and tool calls. */
function toAssistantContent(message: Extract<Message, { role: 'assistant' }>, context: ContentContext): ContentBlock[] {
  const { warnings } = context;
  const refusal: readonly ContentPart[] = message.refusal === undefined ? [] : [{ type: 'text', text: message.refusal }];
  warnings.pick(message.extra, ASSISTANT_EXTRA, 'assistant message');
  return [
    ...(message.reasoning ?? []).flatMap((part) => toReasoningBlock(part, context)),
    ...toVendorBlocks(message.extra?.['content_blocks'], warnings),
    ...toBlocks([...message.content, ...refusal], context),
    ...(message.toolCalls ?? []).map((toolCall) => toToolUse(toolCall, warnings)),
    ...toCachePoint(message.extra),
  ];
}

/** Signature and redacted data go back as they came; the model that made them checks them. */
function toReasoningBlock(part: ReasoningPart, { isReasoningSigned, warnings }: ContentContext): ContentBlock[] {
  if (part.redactedData !== undefined) return [{ reasoningContent: { redactedContent: part.redactedData } }];
  if (part.text === '' && part.signature === undefined) return [];
  if (part.signature === undefined && isReasoningSigned) {
    warnings.add('Reasoning without a signature was not sent back: Claude takes only what it signed.');
    return [];
  }
  const signature = part.signature === undefined ? {} : { signature: part.signature };
  return [{ reasoningContent: { reasoningText: { text: part.text, ...signature } } }];
}

function toVendorBlocks(value: JsonValue | undefined, warnings: Warnings): ContentBlock[] {
  const blocks: ContentBlock[] = [];
  for (const item of arrayOf(value)) {
    const { index: _index, ...block } = objectOf(item) ?? {};
    if (Object.keys(block).length === 1 && Object.keys(block).every((name) => VENDOR_BLOCKS.has(name))) blocks.push(block);
    else warnings.add("A block of another vendor's answer was not sent back: Bedrock does not know it.");
  }
  return blocks;
}

function toToolUse(toolCall: ToolCall, warnings: Warnings): ContentBlock {
  warnings.pick(toolCall.extra, new Set(), 'tool call');
  return { toolUse: { toolUseId: toToolId(toolCall.id), name: toolCall.name, input: toToolInput(toolCall, warnings) } };
}

/** Arguments are text with us and an object on this wire; numbers keep their digits. */
function toToolInput(toolCall: ToolCall, warnings: Warnings): JsonObject {
  if (toolCall.argumentsText.trim() === '') return {};
  try {
    const input = objectOf(parseExactJson(toolCall.argumentsText));
    if (input !== null) return input;
  } catch {
    // The model wrote invalid JSON; below it goes back to it as text, so that the conversation can go on.
  }
  warnings.add(`Arguments of the tool call '${toolCall.name}' are not a JSON object; they were sent as {"arguments_text": …}.`);
  return { arguments_text: toolCall.argumentsText };
}

/** Ids are 1 to 64 letters, digits, `_` and `-`; others' ids are renamed, call and result alike. */
function toToolId(id: string): string {
  const clean = id.replace(/[^a-zA-Z0-9_-]/g, '_');
  if (clean.length <= MAX_TOOL_ID_LENGTH) return clean;
  const hash = createHash('sha256').update(id).digest('hex').slice(0, HASHED_PART_LENGTH);
  return `${clean.slice(0, MAX_TOOL_ID_LENGTH - HASHED_PART_LENGTH)}${hash}`;
}

function toToolResult(message: Extract<Message, { role: 'tool' }>, context: ContentContext): ContentBlock {
  context.warnings.pick(message.extra, RESULT_EXTRA, 'tool message');
  return {
    toolResult: {
      toolUseId: toToolId(message.toolCallId),
      content: toBlocks(message.content, context),
      ...(message.isError === undefined ? {} : { status: message.isError ? 'error' : 'success' }),
    },
  };
}

function toBlocks(parts: readonly ContentPart[], context: ContentContext): ContentBlock[] {
  return parts.flatMap((part) => {
    const block = toBlock(part, context);
    return [...(block === null ? [] : [block]), ...toCachePoint(part.type === 'audio' ? undefined : part.extra)];
  });
}

function toBlock(part: ContentPart, context: ContentContext): ContentBlock | null {
  const { warnings } = context;
  switch (part.type) {
    case 'text':
      warnings.pick(part.extra, TEXT_EXTRA, 'text part');
      return toTextBlock(part, warnings);
    case 'image':
      warnings.pick(part.extra, MARKED, 'image part');
      if (part.detail === 'low' || part.detail === 'high')
        warnings.add(`Image detail '${part.detail}' was not sent: Bedrock has no such setting.`);
      return toImageBlock(part);
    case 'document':
      warnings.pick(part.extra, DOCUMENT_EXTRA, 'document part');
      return toDocumentBlock(part, context.documentNames);
    case 'audio':
      return toAudioBlock(part);
  }
}

/** `extra.guardContent` says that a guardrail assesses this text, with `qualifiers` where it has some. */
function toTextBlock(part: Extract<ContentPart, { type: 'text' }>, warnings: Warnings): ContentBlock | null {
  const { text, extra } = part;
  if (text.trim() === '') {
    // "The text field in the ContentBlock object is blank."
    if (text !== '') warnings.add('Text of white space only was not sent: Bedrock refuses it.');
    return null;
  }
  const guard = extra?.['guardContent'];
  if (guard === undefined || guard === null || guard === false) return { text };
  const qualifiers = arrayOf(objectOf(guard)?.['qualifiers']);
  return { guardContent: { text: { text, ...(qualifiers.length === 0 ? {} : { qualifiers }) } } };
}

/** Results answer the turn before, so they come first in theirs; a cache point stays behind what it marks. */
function hoistToolResults(content: ContentBlock[]): void {
  const isResult = (block: ContentBlock, at: number): boolean =>
    block['toolResult'] !== undefined || (block['cachePoint'] !== undefined && content[at - 1]?.['toolResult'] !== undefined);
  const results = content.filter(isResult);
  if (results.length === 0 || results.length === content.length) return;
  const others = content.filter((block, at) => !isResult(block, at));
  content.splice(0, content.length, ...results, ...others);
}

function warnOfName(name: string | undefined, warnings: Warnings): void {
  if (name !== undefined) warnings.add('Names of message authors were not sent: Bedrock has no place for them.');
}
