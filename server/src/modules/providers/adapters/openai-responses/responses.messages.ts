/** Our messages → the items of `input`. */
import { ProviderError, type ContentPart, type JsonObject, type JsonValue, type MediaSource, type Message } from '../../contract.ts';
import { arrayOf, isEmpty, objectOf, stringOf } from '../../shared/json.ts';
import { callFields, writeItems } from './responses.layout-writer.ts';
import { toEncrypted } from './responses.reasoning.ts';
import type { Warnings } from './responses.warnings.ts';
import { OUTPUT_ITEMS } from './responses.wire.ts';

/** In their order; instructions stay where they stand. */
export function toInputItems(displayName: string, messages: readonly Message[], warnings: Warnings): JsonObject[] {
  return new InputWriter(displayName, warnings).write(messages);
}

type Assistant = Extract<Message, { role: 'assistant' }>;

/** Marks of other wires on messages, of which nothing has to be said: their content is in neutral form too. */
const SILENT_EXTRA: ReadonlySet<string> = new Set([
  OUTPUT_ITEMS,
  'annotations',
  'reasoning_details',
  'reasoning_content',
  'reasoning',
  'role',
  'name',
]);

class InputWriter {
  readonly #displayName: string;
  readonly #warnings: Warnings;
  /** Results go back in the form of their call. */
  readonly #customCalls = new Set<string>();

  constructor(displayName: string, warnings: Warnings) {
    this.#displayName = displayName;
    this.#warnings = warnings;
  }

  write(messages: readonly Message[]): JsonObject[] {
    return messages.flatMap((message) => {
      for (const name in message.extra) if (!SILENT_EXTRA.has(name)) this.#warnings.leftOut(`\`${name}\` of messages`);
      if (message.role === 'tool') return [this.#toResult(message)];
      if (message.name !== undefined) this.#warnings.leftOut('names of message authors');
      if (message.role === 'assistant') return this.#toAssistantItems(message);
      return [{ type: 'message', role: message.role, content: this.#toContent(message.content) }];
    });
  }

  #toResult(message: Extract<Message, { role: 'tool' }>): JsonObject {
    if (message.isError === true)
      this.#warnings.add(`${this.#displayName} has no mark for a failed tool; its result was sent as an ordinary one.`);
    const type = this.#customCalls.has(message.toolCallId) ? 'custom_tool_call_output' : 'function_call_output';
    return { type, call_id: message.toolCallId, output: this.#toContent(message.content) };
  }

  #toAssistantItems(message: Assistant): readonly JsonObject[] {
    const { toolCalls = [], reasoning = [], refusal = null } = message;
    for (const call of toolCalls) if (call.extra?.['type'] === 'custom') this.#customCalls.add(call.id);
    const layout = message.extra?.[OUTPUT_ITEMS];
    if (Array.isArray(layout) && message.content.every(({ type }) => type === 'text')) {
      const text = message.content.map((part) => (part.type === 'text' ? part.text : '')).join('');
      const items = writeItems({ text, reasoning, refusal, toolCalls, logprobs: [] }, layout as readonly JsonValue[]);
      // Log probabilities were for reading.
      if (items !== null) return items.map(withoutLogprobs);
      this.#warnings.add('An earlier answer was changed since it was given, so its items were made anew from its text and calls.');
    }
    return [
      ...reasoning.flatMap((part) => this.#toReasoning(part)),
      ...this.#toMessage(message),
      ...toolCalls.map((call): JsonObject => {
        const isCustom = call.extra?.['type'] === 'custom';
        const fields = callFields(call.argumentsText === '' && !isCustom ? { ...call, argumentsText: '{}' } : call, isCustom);
        return { type: isCustom ? 'custom_tool_call' : 'function_call', ...fields };
      }),
    ];
  }

  #toReasoning(part: NonNullable<Assistant['reasoning']>[number]): JsonObject[] {
    const encrypted = toEncrypted(part);
    if (encrypted === null) {
      this.#warnings.add(`${this.#displayName} takes back only reasoning that it encrypted itself; other reasoning was left out.`);
      return [];
    }
    const summary = part.text === '' ? [] : [{ type: 'summary_text', text: part.text }];
    return [{ type: 'reasoning', summary, encrypted_content: encrypted }];
  }

  #toMessage(message: Assistant): JsonObject[] {
    const texts = message.content.flatMap((part): JsonObject[] => {
      if (part.type === 'text') return [{ type: 'output_text', text: part.text }];
      this.#warnings.leftOut(`${part.type} parts in assistant messages`);
      return [];
    });
    const content = [...texts, ...(message.refusal === undefined ? [] : [{ type: 'refusal', refusal: message.refusal }])];
    return content.length === 0 ? [] : [{ type: 'message', role: 'assistant', content }];
  }

  /** One plain text goes as a string. */
  #toContent(parts: readonly ContentPart[]): JsonValue {
    const [first] = parts;
    if (first === undefined) return '';
    if (parts.length === 1 && first.type === 'text') {
      const marks = this.#marksOf(first);
      return isEmpty(marks) ? first.text : [{ type: 'input_text', text: first.text, ...marks }];
    }
    return parts.map((part) => ({ ...this.#toPart(part), ...this.#marksOf(part) }));
  }

  #toPart(part: ContentPart): JsonObject {
    switch (part.type) {
      case 'text':
        return { type: 'input_text', text: part.text };
      case 'image':
        return { type: 'input_image', ...this.#toImage(part.source), ...detailOf(part) };
      case 'audio':
        return { type: 'input_audio', input_audio: { data: part.data, format: part.format } };
      case 'document':
        return toDocument(part);
    }
  }

  #toImage(source: MediaSource): JsonObject {
    switch (source.kind) {
      case 'url':
        return { image_url: source.url };
      case 'data':
        return { image_url: `data:${source.mediaType};base64,${source.data}` };
      case 'file':
        return { file_id: source.fileId };
      case 'text': {
        const message = `${this.#displayName} does not take an image given as text: send a URL, data or a file id instead.`;
        throw new ProviderError('invalid', message, { callerMessage: message, param: 'messages' });
      }
    }
  }

  /** Marks that this wire knows; other vendors' are left out. */
  #marksOf(part: ContentPart): JsonObject {
    const { image_url: _detail, prompt_cache_breakpoint: breakpoint, ...others } = part.extra ?? {};
    if (!isEmpty(others)) this.#warnings.leftOut(`\`${Object.keys(others).join('`, `')}\` of content parts`);
    return breakpoint === undefined ? {} : { prompt_cache_breakpoint: breakpoint };
  }
}

function detailOf(part: Extract<ContentPart, { type: 'image' }>): JsonObject {
  const detail = part.detail ?? stringOf(objectOf(part.extra?.['image_url'])?.['detail']);
  return detail === null ? {} : { detail };
}

function toDocument({ source, name }: Extract<ContentPart, { type: 'document' }>): JsonObject {
  const filename = name === undefined ? {} : { filename: name };
  switch (source.kind) {
    case 'url':
      return { type: 'input_file', ...filename, file_url: source.url };
    case 'data':
      return { type: 'input_file', ...filename, file_data: `data:${source.mediaType};base64,${source.data}` };
    case 'file':
      return { type: 'input_file', ...filename, file_id: source.fileId };
    case 'text':
      return { type: 'input_text', text: source.text };
  }
}

function withoutLogprobs(item: JsonObject): JsonObject {
  if (item['type'] !== 'message') return item;
  const content = arrayOf(item['content']).map((value): JsonValue => {
    const part = objectOf(value);
    if (part === null || part['logprobs'] === undefined) return value;
    const { logprobs: _logprobs, ...rest } = part;
    return rest;
  });
  return { ...item, content };
}
