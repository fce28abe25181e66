/** The turns of a Messages body → our messages: what the Anthropic door receives. */
import type { ContentPart, JsonObject, JsonValue, MediaSource, Message, ReasoningPart, ToolCall } from '../../contract.ts';
import { arrayOf, fieldsBeside, isEmpty, objectOf, stringOf } from '../../shared/json.ts';
import { refuse } from '../../shared/refuse.ts';
import type { ContentBlock } from './anthropic.wire.ts';

const TEXT_FIELDS = new Set(['type', 'text']);
const MEDIA_FIELDS = new Set(['type', 'source']);
const DOCUMENT_FIELDS = new Set(['type', 'source', 'title']);
const SEARCH_RESULT_FIELDS = new Set(['type', 'source', 'title', 'content']);
const TOOL_USE_FIELDS = new Set(['type', 'id', 'name', 'input']);
const TOOL_RESULT_FIELDS = new Set(['type', 'tool_use_id', 'content', 'is_error']);
const MESSAGE_FIELDS = new Set(['role', 'content']);

/** The `system` prompt: a text, or text blocks whose marks stay with them. Null when there is none. */
export function fromSystem(value: JsonValue | undefined): Message | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'string') return { role: 'system', content: [{ type: 'text', text: value }] };
  if (!Array.isArray(value)) throw refuse('system', 'must be a string or a list of text blocks');
  const content = (value as readonly JsonValue[]).map((item, at): ContentPart => fromText(blockOf(item, `system[${at}]`), `system[${at}]`));
  return content.length === 0 ? null : { role: 'system', content };
}

/** A turn as messages of ours: results of tools are messages of their own here, in the order in which they stood. */
export function fromTurn(value: JsonValue, param: string): readonly Message[] {
  const turn = objectOf(value);
  if (turn === null) throw refuse(param, 'must be an object with `role` and `content`');
  const blocks = blocksOf(turn['content'], `${param}.content`);
  const rest = fieldsBeside(turn, MESSAGE_FIELDS);
  const extra = isEmpty(rest) ? {} : { extra: rest };
  switch (turn['role']) {
    case 'user':
      return fromUserBlocks(blocks, `${param}.content`, extra);
    case 'assistant':
      return [fromAssistantBlocks(blocks, `${param}.content`, rest)];
    case 'system':
      return [{ role: 'system', content: blocks.map((block, at) => fromText(block, `${param}.content[${at}]`)), ...extra }];
    default:
      throw refuse(`${param}.role`, 'must be user or assistant');
  }
}

function blocksOf(value: JsonValue | undefined, param: string): readonly ContentBlock[] {
  if (typeof value === 'string') return [{ type: 'text', text: value }];
  if (!Array.isArray(value)) throw refuse(param, 'must be a string or a list of blocks');
  return (value as readonly JsonValue[]).map((item, at) => blockOf(item, `${param}[${at}]`));
}

function blockOf(value: JsonValue, param: string): ContentBlock {
  const block = objectOf(value);
  if (block === null || typeof block['type'] !== 'string') throw refuse(param, 'must be a block with a `type`');
  return block;
}

function fromUserBlocks(blocks: readonly ContentBlock[], param: string, extra: { readonly extra?: JsonObject }): readonly Message[] {
  const messages: Message[] = [];
  let open: ContentPart[] = [];
  const close = (): void => {
    if (open.length > 0) messages.push({ role: 'user', content: open, ...extra });
    open = [];
  };
  for (const [at, block] of blocks.entries()) {
    if (block['type'] === 'tool_result') {
      close();
      messages.push(fromToolResult(block, `${param}[${at}]`));
    } else open.push(...fromBlock(block, `${param}[${at}]`));
  }
  close();
  return messages.length === 0 ? [{ role: 'user', content: [], ...extra }] : messages;
}

function fromToolResult(block: ContentBlock, param: string): Message {
  const toolCallId = stringOf(block['tool_use_id']);
  if (toolCallId === null) throw refuse(`${param}.tool_use_id`, 'must be the id of the tool use that this answers');
  const { content } = block;
  const inner = content === undefined || content === null ? [] : blocksOf(content, `${param}.content`);
  const rest = fieldsBeside(block, TOOL_RESULT_FIELDS);
  return {
    role: 'tool',
    toolCallId,
    content: inner.flatMap((item, at) => fromBlock(item, `${param}.content[${at}]`)),
    ...(typeof block['is_error'] === 'boolean' ? { isError: block['is_error'] } : {}),
    ...(isEmpty(rest) ? {} : { extra: rest }),
  };
}

/**
 * An assistant's turn. Blocks without a neutral form (server tools and their results, compaction) are kept in `extra.content_blocks`, each
 * with its `index`, in the form in which an answer's are.
 */
function fromAssistantBlocks(blocks: readonly ContentBlock[], param: string, rest: JsonObject): Message {
  const content: ContentPart[] = [];
  const reasoning: ReasoningPart[] = [];
  const toolCalls: ToolCall[] = [];
  const vendorBlocks: JsonValue[] = [];
  for (const [index, block] of blocks.entries()) {
    switch (block['type']) {
      case 'text':
        content.push(fromText(block, `${param}[${index}]`));
        break;
      case 'thinking':
        reasoning.push(fromThinking(block));
        break;
      case 'redacted_thinking':
        reasoning.push({ text: '', redactedData: stringOf(block['data']) ?? '' });
        break;
      case 'tool_use':
        toolCalls.push(fromToolUse(block, `${param}[${index}]`));
        break;
      default:
        vendorBlocks.push({ index, ...block });
    }
  }
  const extra = { ...rest, ...(vendorBlocks.length === 0 ? {} : { content_blocks: vendorBlocks }) };
  return {
    role: 'assistant',
    content,
    ...(toolCalls.length === 0 ? {} : { toolCalls }),
    ...(reasoning.length === 0 ? {} : { reasoning }),
    ...(isEmpty(extra) ? {} : { extra }),
  };
}

function fromThinking(block: ContentBlock): ReasoningPart {
  const signature = stringOf(block['signature']);
  return { text: stringOf(block['thinking']) ?? '', ...(signature === null || signature === '' ? {} : { signature }) };
}

function fromToolUse(block: ContentBlock, param: string): ToolCall {
  const [id, name] = [stringOf(block['id']), stringOf(block['name'])];
  if (id === null) throw refuse(`${param}.id`, 'must be the id that the model gave the tool use');
  if (name === null) throw refuse(`${param}.name`, 'must be the name of the tool');
  const rest = fieldsBeside(block, TOOL_USE_FIELDS);
  return { id, name, argumentsText: JSON.stringify(block['input'] ?? {}), ...(isEmpty(rest) ? {} : { extra: rest }) };
}

function fromText(block: ContentBlock, param: string): Extract<ContentPart, { type: 'text' }> {
  const text = stringOf(block['text']);
  if (block['type'] !== 'text' || text === null) throw refuse(param, 'must be a text block');
  return { type: 'text', text, ...extraBeside(block, TEXT_FIELDS) };
}

function extraBeside(block: ContentBlock, known: ReadonlySet<string>): { readonly extra?: JsonObject } {
  const rest = fieldsBeside(block, known);
  return isEmpty(rest) ? {} : { extra: rest };
}

/** Of a user's turn or a tool's result. Throws for a block that has no neutral form: dropping what a user said would change the question. */
function fromBlock(block: ContentBlock, param: string): readonly ContentPart[] {
  switch (block['type']) {
    case 'text':
      return [fromText(block, param)];
    case 'image':
      return [{ type: 'image', source: fromSource(block['source'], param), ...extraBeside(block, MEDIA_FIELDS) }];
    case 'document':
      return fromDocument(block, param);
    case 'search_result':
      return [fromSearchResult(block, param)];
    default:
      throw refuse(`${param}.type`, `is '${String(block['type']).slice(0, 64)}', which only Anthropic's own models take`);
  }
}

function fromDocument(block: ContentBlock, param: string): readonly ContentPart[] {
  const source = objectOf(block['source']);
  if (source?.['type'] === 'content') {
    const content = blocksOf(source['content'], `${param}.source.content`);
    return content.flatMap((item, at) => fromBlock(item, `${param}.source.content[${at}]`));
  }
  const name = stringOf(block['title']);
  return [
    {
      type: 'document',
      source: fromSource(block['source'], param),
      ...(name === null ? {} : { name }),
      ...extraBeside(block, DOCUMENT_FIELDS),
    },
  ];
}

/** A caller's own search result is a text with a title and a place. */
function fromSearchResult(block: ContentBlock, param: string): ContentPart {
  const text = blocksOf(block['content'], `${param}.content`).map((item) => stringOf(item['text']) ?? '');
  const [title, place] = [stringOf(block['title']), stringOf(block['source'])];
  return {
    type: 'document',
    source: { kind: 'text', text: [...(place === null ? [] : [`Source: ${place}`]), ...text].join('\n') },
    ...(title === null ? {} : { name: title }),
    ...extraBeside(block, SEARCH_RESULT_FIELDS),
  };
}

function fromSource(value: JsonValue | undefined, param: string): MediaSource {
  const source = objectOf(value);
  const text = (name: string): string => {
    const found = stringOf(source?.[name]);
    if (found === null) throw refuse(`${param}.source.${name}`, 'must be a string');
    return found;
  };
  switch (source?.['type']) {
    case 'base64':
      return { kind: 'data', mediaType: text('media_type'), data: text('data') };
    case 'url':
      return { kind: 'url', url: text('url') };
    case 'file':
      return { kind: 'file', fileId: text('file_id') };
    case 'text':
      return { kind: 'text', text: text('data') };
    default:
      throw refuse(`${param}.source.type`, 'must be base64, url, file or text');
  }
}

/** Turns of a body. */
export function fromTurns(value: JsonValue | undefined): readonly Message[] {
  if (!Array.isArray(value)) throw refuse('messages', 'must be a list of messages');
  if (value.length === 0) throw refuse('messages', 'must hold at least one message');
  return arrayOf(value).flatMap((item, at) => fromTurn(item, `messages[${at}]`));
}
