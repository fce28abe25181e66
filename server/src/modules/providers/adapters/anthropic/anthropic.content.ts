/** Our messages -> the turns of a Messages body: the part of the translation that is about content. */
import { parseExactJson, type ContentBlock } from './anthropic.wire.ts';
import type { ContentPart, JsonObject, JsonValue, MediaSource, Message, ReasoningPart, ToolCall } from '../../contract.ts';
import { arrayOf, countOf, objectOf, stringOf } from '../../shared/json.ts';
import type { Warnings } from './anthropic.warnings.ts';

/** A turn of the conversation; the API alternates between the two roles. */
export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: ContentBlock[];
}

type Instruction = Extract<Message, { role: 'system' | 'developer' }>;

const CACHE_MARK = new Set(['cache_control']);
const TEXT_EXTRA = new Set(['cache_control', 'citations']);
const DOCUMENT_EXTRA = new Set(['cache_control', 'citations', 'context', 'title']);
const TOOL_USE_EXTRA = new Set(['cache_control', 'caller']);

/** System and developer messages, lifted out of the conversation in their order. */
export function toSystemBlocks(messages: readonly Message[], warnings: Warnings): ContentBlock[] {
  const blocks: ContentBlock[] = [];
  let isConversationOpen = false;
  for (const message of messages) {
    if (!isInstruction(message)) {
      isConversationOpen = true;
      continue;
    }
    if (isConversationOpen) warnings.add('Anthropic has one system prompt: a system message inside the conversation was moved to it.');
    warnOfName(message.name, warnings);
    const parts = message.content.filter((part) => part.type === 'text');
    if (parts.length < message.content.length) warnings.add('System messages hold text only at Anthropic: other parts were not sent.');
    blocks.push(...withMessageExtra(toBlocks(parts, warnings), message.extra, CACHE_MARK, 'system message', warnings));
  }
  return blocks;
}

/** The conversation with consecutive messages of one side merged, as the API would do, and tool results as the user's first blocks. */
export function toTurns(messages: readonly Message[], warnings: Warnings): Turn[] {
  const turns: Turn[] = [];
  for (const message of messages) {
    if (isInstruction(message)) continue;
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    const content = toMessageContent(message, warnings);
    if (content.length === 0) {
      warnings.add(`An empty ${message.role} message was not sent: Anthropic refuses empty content.`);
      continue;
    }
    const last = turns.at(-1);
    if (last?.role === role) last.content.push(...content);
    else turns.push({ role, content });
  }
  for (const turn of turns) if (turn.role === 'user') hoistToolResults(turn.content);
  return turns;
}

function isInstruction(message: Message): message is Instruction {
  return message.role === 'system' || message.role === 'developer';
}

function toMessageContent(message: Exclude<Message, Instruction>, warnings: Warnings): ContentBlock[] {
  if (message.role === 'tool') return [toToolResult(message, warnings)];
  warnOfName(message.name, warnings);
  if (message.role === 'user')
    return withMessageExtra(toBlocks(message.content, warnings), message.extra, CACHE_MARK, 'user message', warnings);
  return toAssistantContent(message, warnings);
}

/**
 * Thinking first, as tool loops demand, then text, then tool calls. Blocks of the vendor that have no neutral form (`extra.content_blocks`
 * of an answer, each with its `index`) go back too: those that opened the answer stay in front, the others follow the thinking.
 */
function toAssistantContent(message: Extract<Message, { role: 'assistant' }>, warnings: Warnings): ContentBlock[] {
  const { content_blocks: vendorBlocks, ...rest } = message.extra ?? {};
  const { leading, following } = splitVendorBlocks(arrayOf(vendorBlocks));
  const refusal: readonly ContentPart[] = message.refusal === undefined ? [] : [{ type: 'text', text: message.refusal }];
  const blocks = [
    ...leading,
    ...toThinkingBlocks(message.reasoning ?? [], warnings),
    ...following,
    ...toBlocks([...message.content, ...refusal], warnings),
    ...(message.toolCalls ?? []).map((toolCall) => toToolUse(toolCall, warnings)),
  ];
  return withMessageExtra(blocks, rest, CACHE_MARK, 'assistant message', warnings);
}

function splitVendorBlocks(vendorBlocks: readonly JsonValue[]): { leading: ContentBlock[]; following: ContentBlock[] } {
  const leading: ContentBlock[] = [];
  const following: ContentBlock[] = [];
  for (const value of vendorBlocks) {
    const block = objectOf(value);
    if (block === null || stringOf(block['type']) === null) continue;
    const { index, ...wireBlock } = block;
    const isLeading = following.length === 0 && countOf(index) === leading.length;
    (isLeading ? leading : following).push(wireBlock);
  }
  return { leading, following };
}

function toThinkingBlocks(reasoning: readonly ReasoningPart[], warnings: Warnings): ContentBlock[] {
  const blocks: ContentBlock[] = [];
  for (const part of reasoning) {
    if (part.redactedData !== undefined) blocks.push({ type: 'redacted_thinking', data: part.redactedData });
    else if (part.signature !== undefined) blocks.push({ type: 'thinking', thinking: part.text, signature: part.signature });
    else warnings.add('Reasoning without a signature was not sent back: Anthropic takes only what it signed.');
  }
  return blocks;
}

function toToolUse(toolCall: ToolCall, warnings: Warnings): ContentBlock {
  return {
    type: 'tool_use',
    id: toToolId(toolCall.id),
    name: toolCall.name,
    input: toToolInput(toolCall, warnings),
    ...warnings.pick(toolCall.extra, TOOL_USE_EXTRA, 'tool call'),
  };
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

/** Other vendors' ids hold characters that Anthropic refuses (`functions.get:0`); call and result are renamed alike. */
function toToolId(id: string): string {
  return id.replace(/[^a-zA-Z0-9_-]/g, '_');
}

function toToolResult(message: Extract<Message, { role: 'tool' }>, warnings: Warnings): ContentBlock {
  const content = toBlocks(message.content, warnings);
  return {
    type: 'tool_result',
    tool_use_id: toToolId(message.toolCallId),
    ...(content.length === 0 ? {} : { content }),
    ...(message.isError === undefined ? {} : { is_error: message.isError }),
    ...warnings.pick(message.extra, CACHE_MARK, 'tool message'),
  };
}

function toBlocks(parts: readonly ContentPart[], warnings: Warnings): ContentBlock[] {
  return parts.map((part) => toBlock(part, warnings)).filter((block) => block !== null);
}

function toBlock(part: ContentPart, warnings: Warnings): ContentBlock | null {
  switch (part.type) {
    case 'text':
      // "text content blocks must be non-empty"
      return part.text === '' ? null : { type: 'text', text: part.text, ...warnings.pick(part.extra, TEXT_EXTRA, 'text part') };
    case 'image': {
      if (part.detail === 'low' || part.detail === 'high')
        warnings.add(`Image detail '${part.detail}' was not sent: Anthropic has no such setting.`);
      if (part.source.kind === 'text') {
        warnings.add('An image given as text was not sent.');
        return null;
      }
      return { type: 'image', source: toSource(part.source), ...warnings.pick(part.extra, CACHE_MARK, 'image part') };
    }
    case 'document':
      return {
        type: 'document',
        source: toSource(part.source),
        ...(part.name === undefined ? {} : { title: part.name }),
        ...warnings.pick(part.extra, DOCUMENT_EXTRA, 'document part'),
      };
    case 'audio':
      warnings.add('Anthropic takes no audio: an audio part was not sent.');
      return null;
  }
}

const DATA_URL = /^data:([a-z]+\/[a-z0-9.+-]+);base64,/i;

function toSource(source: MediaSource): JsonObject {
  switch (source.kind) {
    case 'file':
      return { type: 'file', file_id: source.fileId };
    case 'text':
      return { type: 'text', media_type: 'text/plain', data: source.text };
    case 'data':
      return toDataSource(source.mediaType, source.data);
    case 'url': {
      const inline = DATA_URL.exec(source.url);
      return inline === null ? { type: 'url', url: source.url } : toDataSource(inline[1] as string, source.url.slice(inline[0].length));
    }
  }
}

/** Plain text is the one kind of data that goes as text, not as base64. */
function toDataSource(mediaType: string, base64: string): JsonObject {
  return mediaType === 'text/plain'
    ? { type: 'text', media_type: mediaType, data: Buffer.from(base64, 'base64').toString('utf8') }
    : { type: 'base64', media_type: mediaType, data: base64 };
}

/** Marks on a message stand on its last block: that is how far the vendor's prompt cache reaches. */
function withMessageExtra(
  blocks: ContentBlock[],
  extra: JsonObject | undefined,
  known: ReadonlySet<string>,
  place: string,
  warnings: Warnings,
): ContentBlock[] {
  const marks = warnings.pick(extra, known, place);
  const last = blocks.at(-1);
  if (last === undefined || Object.keys(marks).length === 0) return blocks;
  return [...blocks.slice(0, -1), { ...last, ...marks }];
}

/** "tool_result blocks must come first in the content": they answer the turn before. */
function hoistToolResults(content: ContentBlock[]): void {
  const results = content.filter((block) => block['type'] === 'tool_result');
  if (results.length === 0 || results.length === content.length) return;
  const others = content.filter((block) => block['type'] !== 'tool_result');
  content.splice(0, content.length, ...results, ...others);
}

function warnOfName(name: string | undefined, warnings: Warnings): void {
  if (name !== undefined) warnings.add('Names of message authors were not sent: Anthropic has no place for them.');
}
