/** `systemInstruction` and `contents` -> our messages. */
import type { ContentPart, JsonObject, JsonValue, MediaSource, Message, ReasoningPart, ToolCall } from '../../contract.ts';
import { isEmpty, objectOf, stringOf } from '../../shared/json.ts';
import { refuse } from '../../shared/refuse.ts';
import { Fields, optional } from './gemini.door-read.ts';
import { mimeTypeOf } from './gemini.media.ts';
import { toCallExtra, VENDOR_PARTS } from './gemini.model-parts.ts';
import { fromThoughtSignature } from './gemini.signature.ts';
import { MADE_CALL_ID } from './gemini.wire.ts';

/** A string, a content, or its parts alone: clients send all three. */
export function fromSystemInstruction(value: JsonValue): Message[] {
  const content = partsOf(value, 'systemInstruction').flatMap(({ fields }) => {
    const text = fields.text('text');
    return text === undefined || text === '' ? [] : [{ type: 'text' as const, text }];
  });
  return content.length === 0 ? [] : [{ role: 'system', content }];
}

/** Throws INVALID_INPUT for what is not a conversation. */
export function fromContents(value: JsonValue | undefined): Message[] {
  const contents =
    typeof value === 'string' || !Array.isArray(value) ? (value === undefined ? [] : [value]) : (value as readonly JsonValue[]);
  if (contents.length === 0) throw refuse('contents', 'must hold at least one content');
  const calls = new CallIds();
  return contents.flatMap((content, position) => fromContent(content, `contents[${position}]`, calls));
}

interface ReadPart {
  readonly fields: Fields;
  readonly param: string;
}

function partsOf(value: JsonValue, param: string): ReadPart[] {
  if (typeof value === 'string') return [{ fields: new Fields({ text: value }, param), param }];
  const content = objectOf(value);
  if (content === null) throw refuse(param, 'must be an object with `role` and `parts`');
  const isBare = content['parts'] === undefined && content['text'] !== undefined;
  const parts = isBare ? [content] : new Fields(content, param).list('parts');
  return parts.map((part, position) => {
    const at = isBare ? param : `${param}.parts[${position}]`;
    return { fields: typeof part === 'string' ? new Fields({ text: part }, at) : Fields.of(part, at), param: at };
  });
}

function fromContent(value: JsonValue, param: string, calls: CallIds): Message[] {
  const role = stringOf(objectOf(value)?.['role']) ?? 'user';
  const parts = partsOf(value, param);
  if (role === 'model' || role === 'assistant') return [fromModelParts(parts, calls)];
  if (role === 'system') return fromSystemInstruction(value);
  if (role !== 'user' && role !== 'function') throw refuse(`${param}.role`, 'must be user or model');
  return fromUserParts(parts, calls);
}

/** Results of functions become messages of their own, before what else the user says. */
function fromUserParts(parts: readonly ReadPart[], calls: CallIds): Message[] {
  const results: Message[] = [];
  const content: ContentPart[] = [];
  const others: JsonObject[] = [];
  for (const { fields, param } of parts) {
    const response = fields.object('functionResponse');
    if (response !== undefined) {
      results.push(fromFunctionResponse(response, calls));
      continue;
    }
    const part = fromPart(fields);
    if (part !== null) content.push(part);
    else if (isEmpty(fields.raw())) throw refuse(param, 'must hold text, inlineData, fileData or a function result');
    else others.push(fields.raw());
  }
  if (content.length === 0 && others.length === 0) return results;
  return [...results, { role: 'user', content, ...(others.length === 0 ? {} : { extra: { [VENDOR_PARTS]: others } }) }];
}

function fromModelParts(parts: readonly ReadPart[], calls: CallIds): Message {
  const content: ContentPart[] = [];
  const reasoning: ReasoningPart[] = [];
  const toolCalls: ToolCall[] = [];
  const others: JsonObject[] = [];
  calls.beginTurn();
  for (const { fields, param } of parts) {
    const call = fields.object('functionCall');
    const signature = fields.text('thoughtSignature');
    const text = fields.text('text');
    if (call !== undefined)
      toolCalls.push(fromFunctionCall(call, { ...fields.rest(), ...optional('thoughtSignature', signature) }, param, calls));
    else if (text !== undefined) {
      const isThought = fields.flag('thought') === true;
      if (isThought) addThought(reasoning, text, fromSignature(signature));
      else if (text !== '') content.push({ type: 'text', text });
      if (!isThought && signature !== undefined) reasoning.push({ text: '', ...fromSignature(signature) });
    } else if (!isEmpty(fields.raw())) others.push(fields.raw());
  }
  return {
    role: 'assistant',
    content,
    ...(toolCalls.length === 0 ? {} : { toolCalls }),
    ...(reasoning.length === 0 ? {} : { reasoning }),
    ...(others.length === 0 ? {} : { extra: { [VENDOR_PARTS]: others } }),
  };
}

/** A stream's client hands a thought back in the pieces in which it came, the last of which is signed for all of them. */
function addThought(reasoning: ReasoningPart[], text: string, signed: Omit<ReasoningPart, 'text'>): void {
  const before = reasoning.at(-1);
  const isOpen = before !== undefined && before.signature === undefined && before.redactedData === undefined;
  if (isOpen && signed.redactedData === undefined) reasoning.splice(-1, 1, { text: before.text + text, ...signed });
  else reasoning.push({ text, ...signed });
}

function fromSignature(signature: string | undefined): Omit<ReasoningPart, 'text'> {
  return signature === undefined ? {} : fromThoughtSignature(signature);
}

function fromFunctionCall(call: Fields, part: JsonObject, param: string, calls: CallIds): ToolCall {
  const name = call.text('name');
  if (name === undefined) throw refuse(`${param}.functionCall.name`, 'must be the name of the function');
  const args = call.take('args');
  const extra = toCallExtra(part);
  return {
    id: calls.ofCall(name, call.text('id')),
    name,
    argumentsText: args === undefined ? '{}' : JSON.stringify(args),
    ...(extra === null ? {} : { extra }),
  };
}

function fromFunctionResponse(response: Fields, calls: CallIds): Message {
  const name = response.text('name') ?? '';
  const result = objectOf(response.take('response')) ?? {};
  const [only, ...others] = Object.keys(result);
  const single = others.length === 0 ? only : undefined;
  const value = single === 'output' || single === 'error' ? result[single] : result;
  const text = single === 'error' || typeof value === 'string' ? textOf(value) : JSON.stringify(result);
  const media = response.list('parts').flatMap((part, position) => fromPart(Fields.of(part, `${response.param}.parts[${position}]`)) ?? []);
  const { callId, isKnown } = calls.ofResult(name, response.text('id'));
  return {
    role: 'tool',
    toolCallId: callId,
    content: [{ type: 'text', text }, ...media],
    ...(single === 'error' ? { isError: true } : {}),
    // Where the call is there, its own name says the same.
    ...(name === '' || isKnown ? {} : { extra: { name } }),
  };
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

/** Null for kinds without a neutral form. Fields beside the content (`videoMetadata`, …) stay in the part's extra. */
function fromPart(fields: Fields): ContentPart | null {
  const text = fields.text('text');
  const inline = fields.object('inlineData');
  const file = fields.object('fileData');
  for (const name of ['thought', 'thoughtSignature']) fields.take(name);
  const rest = fields.rest();
  if (text !== undefined) return { type: 'text', text, ...(isEmpty(rest) ? {} : { extra: rest }) };
  if (inline !== undefined) return { ...fromInlineData(inline), ...(isEmpty(rest) ? {} : { extra: rest }) };
  return file === undefined ? null : fromFileData(file, rest);
}

function fromInlineData(inline: Fields): ContentPart {
  const data = inline.text('data');
  const mediaType = inline.text('mimeType');
  if (data === undefined || mediaType === undefined) throw refuse(inline.param, 'must hold `mimeType` and `data` (base64)');
  if (mediaType.startsWith('audio/')) return { type: 'audio', data, format: mediaType.slice('audio/'.length) };
  const source: MediaSource = { kind: 'data', mediaType, data };
  return mediaType.startsWith('image/') ? { type: 'image', source } : { type: 'document', source };
}

/** A file that was uploaded to the vendor is named by its URI too; other addresses anybody can fetch. */
function fromFileData(file: Fields, rest: JsonObject): ContentPart {
  const uri = file.text('fileUri');
  if (uri === undefined) throw refuse(file.paramOf('fileUri'), 'must be the URI of the file');
  const mimeType = file.text('mimeType');
  const isUploaded = /^https:\/\/generativelanguage\.googleapis\.com\/[^/]+\/files\//.test(uri) || !/^[a-z][a-z0-9+.-]*:/i.test(uri);
  const source: MediaSource = isUploaded ? { kind: 'file', fileId: uri } : { kind: 'url', url: uri };
  const extra = mimeType === undefined || mimeType === mimeTypeOf(uri) ? rest : { ...rest, mimeType };
  const isImage = (mimeType ?? mimeTypeOf(uri))?.startsWith('image/') === true;
  return { type: isImage ? 'image' : 'document', source, ...(isEmpty(extra) ? {} : { extra }) };
}

/**
 * Ids for calls and results that have none: this wire matches them by name and order, other wires by id. The same conversation gets the
 * same ids each time.
 */
class CallIds {
  #count = 0;
  /** Calls of the last turn that no result has answered yet. */
  #open: { readonly name: string; readonly id: string }[] = [];

  beginTurn(): void {
    this.#open = [];
  }

  ofCall(name: string, id: string | undefined): string {
    const known = id === undefined || id === '' ? `${MADE_CALL_ID}${this.#count}` : id;
    this.#count += 1;
    this.#open.push({ name, id: known });
    return known;
  }

  ofResult(name: string, id: string | undefined): { readonly callId: string; readonly isKnown: boolean } {
    const at = this.#open.findIndex((call) => (id === undefined || id === '' ? call.name === name : call.id === id));
    const [answered] = at === -1 ? [] : this.#open.splice(at, 1);
    if (answered !== undefined) return { callId: answered.id, isKnown: true };
    return { callId: id === undefined || id === '' ? `${MADE_CALL_ID}${name}` : id, isKnown: false };
  }
}
