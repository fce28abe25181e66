/**
 * Output items ⇄ the neutral form. A list of items becomes one text, its reasoning parts, its tool calls and a refusal; the layout keeps
 * the items without that content (ids, status, phase, annotations, lengths of texts; items of built-in tools whole), so that the very
 * items can be made again from both (responses.layout-writer.ts).
 */
import type { JsonObject, JsonValue, ReasoningPart, ToolCall } from '../../contract.ts';
import { arrayOf, objectOf, stringOf } from '../../shared/json.ts';
import { fromCallEncrypted, fromEncrypted } from './responses.reasoning.ts';
import { PART_SEPARATOR } from './responses.wire.ts';

export interface NeutralContent {
  readonly text: string;
  readonly reasoning: readonly ReasoningPart[];
  readonly refusal: string | null;
  readonly toolCalls: readonly ToolCall[];
  /** Log probabilities of the text, token by token. */
  readonly logprobs: readonly JsonValue[];
}

export interface ReadItems extends NeutralContent {
  readonly layout: readonly JsonObject[];
  /** Citations of all texts in the form of the chat wire. */
  readonly annotations: readonly JsonObject[];
}

/** Takes items apart. Items of other kinds than message, reasoning and calls are in the layout as they came. */
export function readItems(items: readonly JsonValue[]): ReadItems {
  const reader = new ItemReader();
  for (const item of items) reader.read(objectOf(item) ?? {});
  return reader;
}

class ItemReader implements ReadItems {
  text = '';
  refusal: string | null = null;
  readonly reasoning: ReasoningPart[] = [];
  readonly toolCalls: ToolCall[] = [];
  readonly logprobs: JsonValue[] = [];
  readonly layout: JsonObject[] = [];
  readonly annotations: JsonObject[] = [];

  /** What the item before a call ties to it. */
  #tiedToCall: JsonObject | null = null;

  read(item: JsonObject): void {
    switch (item['type']) {
      case 'reasoning':
        this.#tiedToCall = fromCallEncrypted(item['encrypted_content']);
        if (this.#tiedToCall === null) this.layout.push(this.#readReasoning(item));
        break;
      case 'function_call':
      case 'custom_tool_call':
        this.layout.push(this.#readCall(item));
        break;
      case 'message':
        this.layout.push(this.#readMessage(item));
        break;
      default:
        this.layout.push(item);
    }
  }

  #readReasoning(item: JsonObject): JsonObject {
    const { encrypted_content: encrypted, summary, content, ...rest } = item;
    const text = reasoningTextOf(item);
    const isKept = text !== '' || typeof encrypted === 'string';
    if (isKept) this.reasoning.push({ text, ...(typeof encrypted === 'string' ? fromEncrypted(encrypted, text) : {}) });
    return {
      ...rest,
      ...(summary === undefined ? {} : { summary: withLengths(summary) }),
      ...(content === undefined ? {} : { content: withLengths(content) }),
      ...(typeof encrypted === 'string' ? { is_encrypted: true } : encrypted === undefined ? {} : { encrypted_content: null }),
    };
  }

  #readCall(item: JsonObject): JsonObject {
    const isCustom = item['type'] === 'custom_tool_call';
    const { call_id: callId, name, arguments: argumentsText, input, ...rest } = item;
    const call = toToolCall(stringOf(callId) ?? '', stringOf(name) ?? '', stringOf(isCustom ? input : argumentsText) ?? '', isCustom);
    this.toolCalls.push(this.#tiedToCall === null ? call : { ...call, extra: { ...call.extra, ...this.#tiedToCall } });
    this.#tiedToCall = null;
    return isCustom || input === undefined ? rest : { ...rest, input };
  }

  #readMessage(item: JsonObject): JsonObject {
    const { content, ...rest } = item;
    let isFirst = true;
    const parts = arrayOf(content).map((value): JsonValue => {
      const part = objectOf(value);
      if (part?.['type'] === 'refusal') {
        const refusal = stringOf(part['refusal']) ?? '';
        this.refusal = (this.refusal ?? '') + refusal;
        return { type: 'refusal', length: refusal.length };
      }
      if (part?.['type'] !== 'output_text') return value;
      const layout = this.#readText(part, isFirst);
      isFirst = false;
      return layout;
    });
    return { ...rest, content: parts };
  }

  #readText(part: JsonObject, isFirst: boolean): JsonObject {
    const { text: value, logprobs, ...rest } = part;
    const text = stringOf(value) ?? '';
    if (isFirst && this.text !== '' && text !== '') this.text += PART_SEPARATOR;
    this.text += text;
    this.logprobs.push(...arrayOf(logprobs));
    this.annotations.push(...arrayOf(part['annotations']).map(toChatAnnotation));
    return {
      ...rest,
      length: text.length,
      ...(logprobs === undefined ? {} : { logprobs: Array.isArray(logprobs) ? logprobs.length : null }),
    };
  }
}

/** A custom tool's call keeps its kind in the form of the chat wire. */
export function toToolCall(id: string, name: string, argumentsText: string, isCustom: boolean): ToolCall {
  const call = { id, name, argumentsText };
  return isCustom ? { ...call, extra: { type: 'custom', custom: { name, input: argumentsText } } } : call;
}

/** Everything a reasoning item says in the open: its summaries, then its text. */
export function reasoningTextOf(item: JsonObject): string {
  return [...arrayOf(item['summary']), ...arrayOf(item['content'])]
    .map((part) => stringOf(objectOf(part)?.['text']) ?? '')
    .filter((text) => text !== '')
    .join(PART_SEPARATOR);
}

function withLengths(parts: JsonValue): JsonValue {
  if (!Array.isArray(parts)) return parts;
  return (parts as readonly JsonValue[]).map((value) => {
    const part = objectOf(value);
    if (part === null || typeof part['text'] !== 'string') return value;
    const { text, ...rest } = part;
    return { ...rest, length: text.length };
  });
}

function toChatAnnotation(value: JsonValue): JsonObject {
  const annotation = objectOf(value) ?? {};
  const { type, ...rest } = annotation;
  return type === 'url_citation' ? { type, url_citation: rest } : annotation;
}

/**
 * Whether the items can be made again without their layout, but for ids: reasoning that was given encrypted, one message of one plain
 * text, calls, in this order.
 */
export function isPlainLayout(layout: readonly JsonObject[]): boolean {
  const kinds = layout.map(plainKindOf);
  return kinds.every((kind, at) => kind !== null && (at === 0 || kind > (kinds[at - 1] ?? -1) || (kind !== 1 && kind === kinds[at - 1])));
}

const PLAIN_FIELDS: ReadonlySet<string> = new Set(['type', 'id', 'status', 'role', 'summary', 'content', 'is_encrypted']);

/** Its place in the order; null for an item that says more. */
function plainKindOf(item: JsonObject): number | null {
  if (Object.keys(item).some((name) => !PLAIN_FIELDS.has(name))) return null;
  switch (item['type']) {
    case 'reasoning':
      return item['is_encrypted'] === true && arrayOf(item['summary']).length < 2 && arrayOf(item['content']).length === 0 ? 0 : null;
    case 'message':
      return arrayOf(item['content']).every(isPlainText) && arrayOf(item['content']).length === 1 ? 1 : null;
    case 'function_call':
    case 'custom_tool_call':
      return 2;
    default:
      return null;
  }
}

function isPlainText(value: JsonValue): boolean {
  const part = objectOf(value);
  return (part?.['type'] === 'output_text' && arrayOf(part['annotations']).length === 0) || part?.['type'] === 'refusal';
}
