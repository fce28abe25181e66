import type { ContentPart, JsonObject, JsonValue, MediaSource, Message, ReasoningPart, ToolCall } from '../../contract.ts';
import { arrayOf, fieldsBeside, isEmpty, objectOf, stringOf } from '../../shared/json.ts';
import { argumentsTextOf, readReasoning, reasoningText, toolCallExtra } from './openai.message-parts.ts';
import { refuse } from './openai.request-errors.ts';

const KNOWN_FIELDS: Readonly<Record<string, ReadonlySet<string>>> = {
  system: new Set(['role', 'content', 'name']),
  developer: new Set(['role', 'content', 'name']),
  user: new Set(['role', 'content', 'name']),
  assistant: new Set(['role', 'content', 'name', 'refusal', 'tool_calls', 'reasoning_content', 'reasoning']),
  // Beside reasoning details the plain text stays as it came: together they are what this dialect's vendors want back.
  'assistant with details': new Set(['role', 'content', 'name', 'refusal', 'tool_calls']),
  tool: new Set(['role', 'content', 'tool_call_id']),
};

export function fromMessages(value: JsonValue | undefined): Message[] {
  if (!Array.isArray(value)) throw refuse('messages', 'must be a list of messages');
  if (value.length === 0) throw refuse('messages', 'must hold at least one message');
  return (value as readonly JsonValue[]).map((item, position) => fromMessage(item, `messages[${position}]`));
}

function fromMessage(value: JsonValue, param: string): Message {
  const message = objectOf(value);
  if (message === null) throw refuse(param, 'must be an object with `role` and `content`');
  const role = message['role'];
  const contentParam = `${param}.content`;
  if (role === 'function') return fromFunctionResult(message, param);
  if (typeof role !== 'string' || KNOWN_FIELDS[role] === undefined)
    throw refuse(`${param}.role`, 'must be system, developer, user, assistant or tool');
  const content = fromContent(message['content'], contentParam);
  const hasDetails = role === 'assistant' && Array.isArray(message['reasoning_details']);
  const known = KNOWN_FIELDS[hasDetails ? 'assistant with details' : role] ?? KNOWN_FIELDS[role];
  const extra = { ...fieldsBeside(message, known), ...(content.verbatim === null ? {} : { content: content.verbatim }) };
  const name = stringOf(message['name']);
  const rest = { ...(name === null ? {} : { name }), ...(isEmpty(extra) ? {} : { extra }) };
  if (role === 'assistant') return { ...fromAssistant(message, content, param), ...rest };
  if (content.isAbsent) throw refuse(contentParam, 'must be a string or a list of parts');
  if (role === 'system' || role === 'developer' || role === 'user') return { role, content: content.parts, ...rest };
  const toolCallId = stringOf(message['tool_call_id']);
  if (toolCallId === null) throw refuse(`${param}.tool_call_id`, 'must be the id of the tool call that this answers');
  return { role: 'tool', toolCallId, content: content.parts, ...(isEmpty(extra) ? {} : { extra }) };
}

/** The form before tools: tied to its call by the function's name. */
function fromFunctionResult(message: JsonObject, param: string): Message {
  const name = stringOf(message['name']);
  if (name === null) throw refuse(`${param}.name`, 'must be the name of the function');
  return {
    role: 'tool',
    toolCallId: name,
    content: fromContent(message['content'], `${param}.content`).parts,
    extra: { role: 'function', name },
  };
}

function fromAssistant(message: JsonObject, content: ReadParts, param: string): Extract<Message, { role: 'assistant' }> {
  const refusal = stringOf(message['refusal']) ?? content.refusal;
  const reasoning: readonly ReasoningPart[] = readReasoning(message['reasoning_details'], reasoningText(message) || content.reasoning);
  const calls = message['tool_calls'];
  if (calls !== undefined && calls !== null && !Array.isArray(calls)) throw refuse(`${param}.tool_calls`, 'must be a list');
  const toolCalls = arrayOf(calls).map((call, position) => fromToolCall(call, `${param}.tool_calls[${position}]`));
  return {
    role: 'assistant',
    content: content.parts,
    ...(toolCalls.length === 0 ? {} : { toolCalls }),
    ...(refusal === null ? {} : { refusal }),
    ...(reasoning.length === 0 ? {} : { reasoning }),
  };
}

function fromToolCall(value: JsonValue, param: string): ToolCall {
  const call = objectOf(value);
  const id = stringOf(call?.['id']);
  if (call === null || id === null) throw refuse(`${param}.id`, 'must be the id that the model gave the call');
  const extra = toolCallExtra(call);
  const custom = objectOf(call['custom']);
  const definition = objectOf(call['function']);
  const name = stringOf(definition?.['name']) ?? stringOf(custom?.['name']);
  if (name === null) throw refuse(`${param}.function.name`, 'must be the name of the tool');
  const argumentsText = definition === null ? (stringOf(custom?.['input']) ?? '') : argumentsTextOf(definition['arguments']);
  return { id, name, argumentsText, ...(extra === null ? {} : { extra }) };
}

interface ReadParts {
  readonly parts: readonly ContentPart[];
  readonly refusal: string | null;
  readonly reasoning: string;
  readonly isAbsent: boolean;
  /** The list as it came, when it holds parts that have no neutral form: a provider of this dialect gets it back whole. */
  readonly verbatim: JsonValue | null;
}

function fromContent(value: JsonValue | undefined, param: string): ReadParts {
  const nothing = { refusal: null, reasoning: '', verbatim: null };
  if (value === undefined || value === null) return { parts: [], isAbsent: true, ...nothing };
  if (typeof value === 'string') return { parts: [{ type: 'text', text: value }], isAbsent: false, ...nothing };
  if (!Array.isArray(value)) throw refuse(param, 'must be a string or a list of parts');
  const parts: ContentPart[] = [];
  let refusal: string | null = null;
  let reasoning = '';
  let isWhole = true;
  for (const [position, item] of (value as readonly JsonValue[]).entries()) {
    const part = objectOf(item);
    if (part === null || typeof part['type'] !== 'string') throw refuse(`${param}[${position}].type`, 'must name the kind of part');
    const read = fromPart(part, `${param}[${position}]`);
    if (read !== null) parts.push(read);
    else if (part['type'] === 'refusal') refusal = (refusal ?? '') + (stringOf(part['refusal']) ?? '');
    else isWhole = false;
    if (part['type'] === 'thinking')
      reasoning += arrayOf(part['thinking'])
        .map((text) => stringOf(objectOf(text)?.['text']) ?? '')
        .join('');
  }
  return { parts, refusal, reasoning, isAbsent: false, verbatim: isWhole ? null : value };
}

const KNOWN_PART_FIELDS: Readonly<Record<string, ReadonlySet<string>>> = {
  text: new Set(['type', 'text']),
  image_url: new Set(['type', 'image_url']),
  input_audio: new Set(['type', 'input_audio']),
  file: new Set(['type', 'file']),
};

/** Null for kinds without a neutral form. */
function fromPart(part: JsonObject, param: string): ContentPart | null {
  const type = part['type'] as string;
  const known = KNOWN_PART_FIELDS[type];
  if (known === undefined) return null;
  const rest = fieldsBeside(part, known);
  const extra = isEmpty(rest) ? {} : { extra: rest };
  switch (type) {
    case 'text': {
      const text = stringOf(part['text']);
      if (text === null) throw refuse(`${param}.text`, 'must be a string');
      return { type: 'text', text, ...extra };
    }
    case 'image_url':
      return fromImage(part['image_url'], param, rest);
    case 'input_audio': {
      // Mistral's form, a URL: it stays in the list as it came.
      if (typeof part['input_audio'] === 'string') return null;
      const audio = objectOf(part['input_audio']);
      const [data, format] = [stringOf(audio?.['data']), stringOf(audio?.['format'])];
      if (data === null || format === null) throw refuse(`${param}.input_audio`, 'must hold `data` (base64) and `format`');
      return { type: 'audio', data, format, ...extra };
    }
    default: {
      const document = fromFile(objectOf(part['file']), param);
      return document === null ? null : { ...document, ...extra };
    }
  }
}

/** Details that a vendor added are kept: `extra.image_url` then holds the whole object. */
function fromImage(value: JsonValue | undefined, param: string, rest: JsonObject): Extract<ContentPart, { type: 'image' }> {
  const image = objectOf(value);
  const url = typeof value === 'string' ? value : stringOf(image?.['url']);
  if (url === null) throw refuse(`${param}.image_url.url`, 'must be a URL');
  const detail = image?.['detail'];
  const known: { detail?: 'auto' | 'low' | 'high' } = detail === 'auto' || detail === 'low' || detail === 'high' ? { detail } : {};
  const isKnown = image === null || isEmpty(fieldsBeside(image, new Set(['url', ...Object.keys(known)])));
  const extra: JsonObject = isKnown || image === null ? rest : { ...rest, image_url: image };
  return { type: 'image', source: fromDataUrl(url) ?? { kind: 'url', url }, ...known, ...(isEmpty(extra) ? {} : { extra }) };
}

/** Null for a file with fields of its own (a URL, a vendor's id): it stays in the list as it came. */
function fromFile(file: JsonObject | null, param: string): Extract<ContentPart, { type: 'document' }> | null {
  if (file === null) throw refuse(`${param}.file`, 'must be an object');
  const name = stringOf(file['filename']);
  const fileId = stringOf(file['file_id']);
  const data = stringOf(file['file_data']);
  const source: MediaSource | null = fileId !== null ? { kind: 'file', fileId } : data === null ? null : fromDataUrl(data);
  return source === null ? null : { type: 'document', source, ...(name === null ? {} : { name }) };
}

function fromDataUrl(url: string): Extract<MediaSource, { kind: 'data' }> | null {
  if (!url.startsWith('data:')) return null;
  const comma = url.indexOf(',');
  const head = comma === -1 ? '' : url.slice('data:'.length, comma);
  if (!head.endsWith(';base64')) return null;
  return { kind: 'data', mediaType: head.slice(0, -';base64'.length), data: url.slice(comma + 1) };
}
