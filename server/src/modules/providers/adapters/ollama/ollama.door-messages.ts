/** Messages of the Ollama door -> ours. */
import type { ContentPart, JsonObject, JsonValue, Message, ToolCall } from '../../contract.ts';
import { arrayOf, fieldsBeside, isEmpty, objectOf, stringOf } from '../../shared/json.ts';
import { refuse } from '../../shared/refuse.ts';

const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  'role',
  'content',
  'images',
  'thinking',
  'tool_calls',
  'tool_name',
  'tool_call_id',
  'name',
]);

/** A call that waits for its result. */
interface OpenCall {
  readonly id: string;
  readonly name: string;
}

export function fromMessages(value: JsonValue | undefined): Message[] {
  if (!Array.isArray(value)) throw refuse('messages', 'must be a list of messages');
  if (value.length === 0) throw refuse('messages', 'must hold at least one message');
  const open: OpenCall[] = [];
  return arrayOf(value).map((item, position) => fromMessage(item, `messages[${position}]`, position, open));
}

function fromMessage(value: JsonValue, param: string, position: number, open: OpenCall[]): Message {
  const message = objectOf(value);
  if (message === null) throw refuse(param, 'must be an object with `role` and `content`');
  const content = fromContent(message, param);
  const extra = fieldsBeside(message, KNOWN_FIELDS);
  const rest = isEmpty(extra) ? {} : { extra };
  switch (message['role']) {
    case 'system':
    case 'user':
      return { role: message['role'], content, ...rest };
    case 'assistant':
      return { ...fromAssistant(message, content, param, position, open), ...rest };
    case 'tool':
      return { role: 'tool', toolCallId: takeOpenCall(message, position, open), content, ...rest };
    default:
      throw refuse(`${param}.role`, 'must be system, user, assistant or tool');
  }
}

function fromContent(message: JsonObject, param: string): readonly ContentPart[] {
  const text = message['content'] ?? '';
  if (typeof text !== 'string') throw refuse(`${param}.content`, 'must be a text');
  return [...(text === '' ? [] : [{ type: 'text' as const, text }]), ...fromImages(message['images'], `${param}.images`)];
}

function fromAssistant(
  message: JsonObject,
  content: readonly ContentPart[],
  param: string,
  position: number,
  open: OpenCall[],
): Extract<Message, { role: 'assistant' }> {
  const thinking = stringOf(message['thinking']) ?? '';
  const calls = message['tool_calls'];
  if (calls !== undefined && calls !== null && !Array.isArray(calls)) throw refuse(`${param}.tool_calls`, 'must be a list');
  const toolCalls = arrayOf(calls).map((call, index) => fromToolCall(call, `${param}.tool_calls[${index}]`, `call_${position}_${index}`));
  open.push(...toolCalls);
  return {
    role: 'assistant',
    content,
    ...(toolCalls.length === 0 ? {} : { toolCalls }),
    ...(thinking === '' ? {} : { reasoning: [{ text: thinking }] }),
  };
}

function fromToolCall(value: JsonValue, param: string, madeId: string): ToolCall {
  const call = objectOf(value);
  const definition = objectOf(call?.['function']);
  const name = stringOf(definition?.['name']);
  if (definition === null || name === null || name === '') throw refuse(`${param}.function.name`, 'must be the name of the tool');
  const given = definition['arguments'] ?? {};
  if (typeof given !== 'string' && objectOf(given) === null) throw refuse(`${param}.function.arguments`, 'must be an object');
  return { id: stringOf(call?.['id']) || madeId, name, argumentsText: typeof given === 'string' ? given : JSON.stringify(given) };
}

/** The call that a result answers: the one it names by id, the first open one of its tool, the first open one. */
function takeOpenCall(message: JsonObject, position: number, open: OpenCall[]): string {
  const id = stringOf(message['tool_call_id']) || null;
  const name = stringOf(message['tool_name']) ?? stringOf(message['name']);
  const byName = name === null ? 0 : open.findIndex((call) => call.name === name);
  const index = id === null ? byName : open.findIndex((call) => call.id === id);
  const [call] = index === -1 ? [] : open.splice(index, 1);
  return id ?? call?.id ?? `call_${position}`;
}

const DATA_URL = /^data:([a-z]+\/[a-z0-9.+-]+);base64,/i;
/** What base64 of an image begins with: the wire names no media type, other wires need one. */
const IMAGE_TYPES: readonly (readonly [beginning: string, mediaType: string])[] = [
  ['iVBORw', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
  ['Qk', 'image/bmp'],
];

export function fromImages(value: JsonValue | undefined, param: string): ContentPart[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw refuse(param, 'must be a list of base64 texts');
  return arrayOf(value).map((image, index) => {
    if (typeof image !== 'string') throw refuse(`${param}[${index}]`, 'must be a base64 text');
    const data = image.replace(DATA_URL, '');
    const mediaType = DATA_URL.exec(image)?.[1] ?? IMAGE_TYPES.find(([beginning]) => data.startsWith(beginning))?.[1];
    if (mediaType === undefined) throw refuse(`${param}[${index}]`, 'must be base64 of a PNG, JPEG, GIF, WebP or BMP image');
    return { type: 'image', source: { kind: 'data', mediaType, data } };
  });
}
