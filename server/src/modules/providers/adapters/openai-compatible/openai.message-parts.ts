/** Parts of messages that the wire spells in several ways, read once for answers, chunks and requests. */
import type { JsonObject, JsonValue, ReasoningPart, ToolCall } from '../../contract.ts';
import { arrayOf, fieldsBeside, isEmpty, objectOf, stringOf } from '../../shared/json.ts';
import { KNOWN_TOOL_CALL_FIELDS } from './openai.wire.ts';

export interface ReadContent {
  readonly text: string;
  readonly reasoning: string;
  readonly refusal: string | null;
  /** Parts that are neither text, thinking nor refusal, as they came. */
  readonly otherParts: readonly JsonValue[];
}

/** `content` of an answer: text, null, or a list of parts (Mistral's thinking, Databricks' reasoning). */
export function readContent(content: JsonValue | undefined): ReadContent {
  if (typeof content === 'string') return { text: content, reasoning: '', refusal: null, otherParts: [] };
  let text = '';
  let reasoning = '';
  let refusal: string | null = null;
  const otherParts: JsonValue[] = [];
  for (const value of arrayOf(content)) {
    const part = objectOf(value);
    const partText = stringOf(part?.['text']);
    const partRefusal = stringOf(part?.['refusal']);
    if (part?.['type'] === 'text' && partText !== null) text += partText;
    else if (part?.['type'] === 'thinking') reasoning += textOfParts(part['thinking']);
    // A whole answer has summaries, a stream's delta the text itself.
    else if (part?.['type'] === 'reasoning') reasoning += textOfParts(part['summary']) || (partText ?? '');
    else if (part?.['type'] === 'refusal' && partRefusal !== null) refusal = (refusal ?? '') + partRefusal;
    else otherParts.push(value);
  }
  return { text, reasoning, refusal, otherParts };
}

function textOfParts(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value;
  return arrayOf(value)
    .map((part) => stringOf(objectOf(part)?.['text']) ?? '')
    .join('');
}

/** Reasoning text in either of its two plain fields. */
export function reasoningText(message: JsonObject): string {
  return stringOf(message['reasoning_content']) || stringOf(message['reasoning']) || '';
}

/**
 * `reasoning_details` (OpenRouter's form) as parts: text, summaries, signatures and encrypted data.
 * A signature without text belongs to `plainText`, the message's plain reasoning.
 */
export function readReasoning(details: JsonValue | undefined, plainText: string): ReasoningPart[] {
  const parts: { text: string; signature?: string; redactedData?: string }[] = [];
  for (const value of arrayOf(details)) {
    const detail = objectOf(value);
    if (detail === null) continue;
    const text = stringOf(detail['text']) ?? stringOf(detail['summary']) ?? '';
    const signature = stringOf(detail['signature']);
    const redactedData = stringOf(detail['data']);
    if (text === '' && signature === null && redactedData === null) continue;
    parts.push({ text, ...(signature === null ? {} : { signature }), ...(redactedData === null ? {} : { redactedData }) });
  }
  if (plainText === '') return parts;
  if (parts.every((part) => part.text === '')) {
    const signed = parts.find((part) => part.signature !== undefined);
    if (signed === undefined) return [{ text: plainText }, ...parts];
    signed.text = plainText;
  }
  return parts;
}

/** Tool calls of a whole message. Arguments may be null or missing (no arguments), or an object (some servers). */
export function readToolCalls(value: JsonValue | undefined): ToolCall[] {
  return arrayOf(value).flatMap((item, position) => {
    const call = objectOf(item);
    if (call === null) return [];
    const definition = objectOf(call['function']);
    const custom = objectOf(call['custom']);
    const extra = toolCallExtra(call);
    return [
      {
        id: stringOf(call['id']) || `call_${position}`,
        name: stringOf(definition?.['name']) ?? stringOf(custom?.['name']) ?? '',
        argumentsText: definition === null ? (stringOf(custom?.['input']) ?? '') : argumentsTextOf(definition['arguments']),
        ...(extra === null ? {} : { extra }),
      },
    ];
  });
}

export function argumentsTextOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Vendor fields of a call (thought signatures, `custom` calls), or null. A type other than `function` is kept with them. */
export function toolCallExtra(call: JsonObject): JsonObject | null {
  const rest = fieldsBeside(call, KNOWN_TOOL_CALL_FIELDS);
  const type = call['type'];
  if (typeof type === 'string' && type !== 'function') return { ...rest, type };
  return isEmpty(rest) ? null : rest;
}
