/** The items of `input` → our messages. */
import type { ContentPart, JsonObject, JsonValue, MediaSource, Message } from '../../contract.ts';
import { arrayOf, fieldsBeside, isEmpty, objectOf, stringOf } from '../../shared/json.ts';
import { refuse } from '../openai-compatible/index.ts';
import { isPlainLayout, readItems } from './responses.layout.ts';
import { OUTPUT_ITEMS } from './responses.wire.ts';

/** A string, or items. Consecutive items of the assistant's side (reasoning, text, calls, built-in tools) are one message. */
export function fromInput(value: JsonValue | undefined): Message[] {
  if (typeof value === 'string') return [{ role: 'user', content: [{ type: 'text', text: value }] }];
  if (!Array.isArray(value)) throw refuse('input', 'must be a string or a list of items');
  if (value.length === 0) throw refuse('input', 'must hold at least one item');
  const messages: Message[] = [];
  let turn: JsonObject[] = [];
  const closeTurn = (): void => {
    if (turn.length > 0) messages.push(toAssistant(turn));
    turn = [];
  };
  for (const [position, entry] of (value as readonly JsonValue[]).entries()) {
    const param = `input[${position}]`;
    const item = objectOf(entry);
    if (item === null) throw refuse(param, 'must be an object');
    if (isOfAssistant(item, param)) {
      turn.push(toOutputItem(item));
      continue;
    }
    closeTurn();
    messages.push(fromItem(item, param));
  }
  closeTurn();
  return messages;
}

const MESSAGE_ROLES: ReadonlySet<unknown> = new Set(['user', 'system', 'developer', 'assistant']);

function isMessage(item: JsonObject): boolean {
  return item['type'] === 'message' || (item['type'] === undefined && item['role'] !== undefined);
}

/** Whether the model said it or a tool of the vendor's did for it. */
function isOfAssistant(item: JsonObject, param: string): boolean {
  if (isMessage(item)) {
    if (!MESSAGE_ROLES.has(item['role'])) throw refuse(`${param}.role`, 'must be user, assistant, system or developer');
    return item['role'] === 'assistant';
  }
  const type = stringOf(item['type']);
  if (type === null) throw refuse(`${param}.type`, 'must name the kind of item');
  if (type === 'item_reference') throw refuse(param, 'refers to an item that is not kept here: send the item itself');
  if ((type === 'function_call' || type === 'custom_tool_call') && stringOf(item['call_id']) === null)
    throw refuse(`${param}.call_id`, 'must be the id that the model gave the call');
  return !isResult(type);
}

/** Results of tools that the caller ran; built-in tools have theirs in the item of the call. */
function isResult(type: string): boolean {
  return type === 'function_call_output' || type === 'custom_tool_call_output';
}

/** Short forms written out: a text as a list, and `input_text` of an assistant as what it was. */
function toOutputItem(item: JsonObject): JsonObject {
  if (!isMessage(item)) return item;
  const { content } = item;
  const parts = typeof content === 'string' ? [{ type: 'output_text', text: content }] : arrayOf(content).map(toOutputPart);
  return { ...item, type: 'message', content: parts };
}

function toOutputPart(value: JsonValue): JsonValue {
  const part = objectOf(value);
  return part?.['type'] === 'input_text' || part?.['type'] === 'text' ? { ...part, type: 'output_text' } : value;
}

function toAssistant(items: readonly JsonObject[]): Message {
  const { text, reasoning, refusal, toolCalls, layout } = readItems(items);
  return {
    role: 'assistant',
    content: text === '' ? [] : [{ type: 'text', text }],
    ...(toolCalls.length === 0 ? {} : { toolCalls }),
    ...(refusal === null ? {} : { refusal }),
    ...(reasoning.length === 0 ? {} : { reasoning }),
    ...(isPlainLayout(layout) ? {} : { extra: { [OUTPUT_ITEMS]: layout } }),
  };
}

function fromItem(item: JsonObject, param: string): Message {
  if (isMessage(item))
    return { role: item['role'] as 'user' | 'system' | 'developer', content: fromContent(item['content'], `${param}.content`) };
  const callId = stringOf(item['call_id']);
  if (callId === null) throw refuse(`${param}.call_id`, 'must be the id of the call that this answers');
  return { role: 'tool', toolCallId: callId, content: fromContent(item['output'], `${param}.output`) };
}

function fromContent(value: JsonValue | undefined, param: string): ContentPart[] {
  if (typeof value === 'string') return [{ type: 'text', text: value }];
  if (!Array.isArray(value)) throw refuse(param, 'must be a string or a list of parts');
  return (value as readonly JsonValue[]).map((entry, position) => fromPart(objectOf(entry), `${param}[${position}]`));
}

function fromPart(part: JsonObject | null, param: string): ContentPart {
  switch (part?.['type']) {
    case 'input_text':
    case 'output_text':
    case 'text': {
      const text = stringOf(part['text']);
      if (text === null) throw refuse(`${param}.text`, 'must be a string');
      return { type: 'text', text, ...marksOf(part, TEXT_FIELDS) };
    }
    case 'input_image':
      return fromImage(part, param);
    case 'input_file':
      return fromFile(part, param);
    case 'input_audio': {
      const audio = objectOf(part['input_audio']);
      const [data, format] = [stringOf(audio?.['data']), stringOf(audio?.['format'])];
      if (data === null || format === null) throw refuse(`${param}.input_audio`, 'must hold `data` (base64) and `format`');
      return { type: 'audio', data, format };
    }
    default:
      throw refuse(`${param}.type`, 'must be input_text, input_image, input_file or input_audio');
  }
}

const TEXT_FIELDS: ReadonlySet<string> = new Set(['type', 'text', 'annotations', 'logprobs']);
const IMAGE_FIELDS: ReadonlySet<string> = new Set(['type', 'image_url', 'file_id', 'detail']);
const FILE_FIELDS: ReadonlySet<string> = new Set(['type', 'filename', 'file_url', 'file_data', 'file_id']);

function marksOf(part: JsonObject, known: ReadonlySet<string>): { extra?: JsonObject } {
  const extra = fieldsBeside(part, known);
  return isEmpty(extra) ? {} : { extra };
}

function fromImage(part: JsonObject, param: string): ContentPart {
  const url = stringOf(part['image_url']);
  const fileId = stringOf(part['file_id']);
  if (url === null && fileId === null) throw refuse(`${param}.image_url`, 'must be a URL');
  const source: MediaSource = url === null ? { kind: 'file', fileId: fileId as string } : (fromDataUrl(url) ?? { kind: 'url', url });
  const { detail } = part;
  const marks = fieldsBeside(part, IMAGE_FIELDS);
  if (detail === 'auto' || detail === 'low' || detail === 'high')
    return { type: 'image', source, detail, ...(isEmpty(marks) ? {} : { extra: marks }) };
  const extra = { ...marks, ...(typeof detail === 'string' ? { image_url: { url: url ?? '', detail } } : {}) };
  return { type: 'image', source, ...(isEmpty(extra) ? {} : { extra }) };
}

function fromFile(part: JsonObject, param: string): ContentPart {
  const [name, url, data, fileId] = ['filename', 'file_url', 'file_data', 'file_id'].map((field) => stringOf(part[field]));
  const source: MediaSource | null =
    fileId != null ? { kind: 'file', fileId } : url != null ? { kind: 'url', url } : data == null ? null : fromDataUrl(data);
  if (source === null) throw refuse(`${param}.file_data`, 'must be a data URL in base64; or give `file_url` or `file_id`');
  return { type: 'document', source, ...(name == null ? {} : { name }), ...marksOf(part, FILE_FIELDS) };
}

function fromDataUrl(url: string): Extract<MediaSource, { kind: 'data' }> | null {
  if (!url.startsWith('data:')) return null;
  const comma = url.indexOf(',');
  const head = comma === -1 ? '' : url.slice('data:'.length, comma);
  if (!head.endsWith(';base64')) return null;
  return { kind: 'data', mediaType: head.slice(0, -';base64'.length), data: url.slice(comma + 1) };
}
