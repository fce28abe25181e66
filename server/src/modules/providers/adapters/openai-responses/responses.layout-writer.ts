/** Neutral content and the layout of its items (responses.layout.ts) → the very items. */
import type { JsonObject, JsonValue, ToolCall } from '../../contract.ts';
import { arrayOf, countOf, objectOf } from '../../shared/json.ts';
import type { NeutralContent } from './responses.layout.ts';
import { toEncrypted } from './responses.reasoning.ts';
import { PART_SEPARATOR } from './responses.wire.ts';

/** The items that `layout` was made of, or null when the content is not the one it was made with. */
export function writeItems(content: NeutralContent, layout: readonly JsonValue[]): readonly JsonObject[] | null {
  const writer = new ItemWriter(content);
  const items: JsonObject[] = [];
  for (const value of layout) {
    const item = objectOf(value);
    const written = item === null ? null : writer.write(item);
    if (written === null) return null;
    items.push(written);
  }
  return writer.isAllWritten ? items : null;
}

class ItemWriter {
  readonly #content: NeutralContent;
  #textAt = 0;
  #refusalAt = 0;
  #reasoningAt = 0;
  #callAt = 0;
  #logprobsAt = 0;

  constructor(content: NeutralContent) {
    this.#content = content;
  }

  get isAllWritten(): boolean {
    const { text, refusal, reasoning, toolCalls } = this.#content;
    return (
      this.#textAt === text.length &&
      this.#refusalAt === (refusal ?? '').length &&
      this.#reasoningAt === reasoning.length &&
      this.#callAt === toolCalls.length
    );
  }

  /** Null when the content ran out. */
  write(item: JsonObject): JsonObject | null {
    switch (item['type']) {
      case 'reasoning':
        return this.#writeReasoning(item);
      case 'function_call':
      case 'custom_tool_call':
        return this.#writeCall(item);
      case 'message':
        return this.#writeMessage(item);
      default:
        return item;
    }
  }

  #writeReasoning(item: JsonObject): JsonObject | null {
    const { is_encrypted: isEncrypted, summary, content, ...rest } = item;
    const lengths = [...arrayOf(summary), ...arrayOf(content)].map(lengthOf);
    if (isEncrypted !== true && lengths.every((length) => length === 0)) return { ...rest, ...given({ summary, content }, toEmptyTexts) };
    const part = this.#content.reasoning[this.#reasoningAt++];
    if (part === undefined) return null;
    const cut = new TextCutter(part.text);
    const written = { ...rest, ...given({ summary, content }, (parts) => writeTexts(parts, cut)) };
    const encrypted = toEncrypted(part);
    if (!cut.isAtEnd || (isEncrypted === true && encrypted === null)) return null;
    return isEncrypted === true ? { ...written, encrypted_content: encrypted } : written;
  }

  #writeCall(item: JsonObject): JsonObject | null {
    const call = this.#content.toolCalls[this.#callAt++];
    return call === undefined ? null : { ...item, ...callFields(call, item['type'] === 'custom_tool_call') };
  }

  #writeMessage(item: JsonObject): JsonObject | null {
    let isFirst = true;
    const parts: JsonValue[] = [];
    for (const value of arrayOf(item['content'])) {
      const part = objectOf(value);
      const length = countOf(part?.['length']);
      if (part === null || length === null) {
        parts.push(value);
        continue;
      }
      const written = part['type'] === 'refusal' ? this.#writeRefusal(length) : this.#writeText(part, length, isFirst);
      if (part['type'] !== 'refusal') isFirst = false;
      if (written === null) return null;
      parts.push(written);
    }
    return { ...item, content: parts };
  }

  #writeRefusal(length: number): JsonObject | null {
    const refusal = (this.#content.refusal ?? '').slice(this.#refusalAt, this.#refusalAt + length);
    this.#refusalAt += length;
    return refusal.length === length ? { type: 'refusal', refusal } : null;
  }

  #writeText(part: JsonObject, length: number, isFirst: boolean): JsonObject | null {
    const { text, logprobs } = this.#content;
    const { length: _length, logprobs: logprobsCount, ...rest } = part;
    if (isFirst && this.#textAt > 0 && length > 0) this.#textAt += PART_SEPARATOR.length;
    const slice = text.slice(this.#textAt, this.#textAt + length);
    this.#textAt += length;
    if (slice.length !== length) return null;
    const count = countOf(logprobsCount);
    if (count === null) return { ...rest, text: slice, ...(logprobsCount === undefined ? {} : { logprobs: null }) };
    this.#logprobsAt += count;
    return { ...rest, text: slice, logprobs: logprobs.slice(this.#logprobsAt - count, this.#logprobsAt) };
  }
}

/** Fields of a call's item that are neutral content. */
export function callFields(call: ToolCall, isCustom: boolean): JsonObject {
  return isCustom
    ? { call_id: call.id, name: call.name, input: call.argumentsText }
    : { call_id: call.id, name: call.name, arguments: call.argumentsText };
}

class TextCutter {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  cut(length: number): string {
    if (length > 0 && this.#at > 0) this.#at += PART_SEPARATOR.length;
    const slice = this.#text.slice(this.#at, this.#at + length);
    this.#at += length;
    return slice;
  }
}

function lengthOf(value: JsonValue): number {
  return countOf(objectOf(value)?.['length']) ?? 0;
}

function writeTexts(parts: JsonValue, cut: TextCutter): JsonValue {
  return arrayOf(parts).map((value) => {
    const part = objectOf(value);
    if (part === null || countOf(part['length']) === null) return value;
    const { length: _length, ...rest } = part;
    return { ...rest, text: cut.cut(lengthOf(value)) };
  });
}

function toEmptyTexts(parts: JsonValue): JsonValue {
  return writeTexts(parts, new TextCutter(''));
}

/** The fields that are there, changed where they are lists. */
function given(fields: Readonly<Record<string, JsonValue | undefined>>, change: (value: JsonValue) => JsonValue): JsonObject {
  const changed: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) changed[name] = Array.isArray(value) ? change(value) : value;
  return changed;
}
