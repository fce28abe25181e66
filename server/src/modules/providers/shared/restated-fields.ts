/** Fields that doors keep beside the neutral form for providers of their own dialect. Where the form holds all they say, nothing is lost without them. */
import type { JsonObject, JsonValue } from '../contract.ts';
import { arrayOf, objectOf } from './json.ts';

/** Reasoning as the chat wire's vendors spell it: a message's reasoning parts hold its texts, signatures and closed data. */
const REASONING_FIELDS: ReadonlySet<string> = new Set(['reasoning_details', 'reasoning_content', 'reasoning']);
/** The layout of a Responses API's items. */
const LAYOUT_FIELD = 'output_items';
const NEUTRAL_ITEMS: ReadonlySet<unknown> = new Set(['message', 'reasoning', 'function_call', 'custom_tool_call']);

/** Whether leaving out a field of an `extra` takes nothing from what the model is told. */
export function isRestated(name: string, value: JsonValue): boolean {
  if (REASONING_FIELDS.has(name)) return true;
  return name === LAYOUT_FIELD && arrayOf(value).every((item) => isNeutral(objectOf(item) ?? {}));
}

const NEUTRAL_FIELDS: ReadonlySet<string> = new Set([
  'type',
  'id',
  'status',
  'role',
  'summary',
  'content',
  'is_encrypted',
  'encrypted_content',
]);

/** Items of built-in tools, citations and fields such as the phase of a message have no neutral form. */
function isNeutral(item: JsonObject): boolean {
  if (!NEUTRAL_ITEMS.has(item['type']) || Object.keys(item).some((name) => !NEUTRAL_FIELDS.has(name))) return false;
  return arrayOf(item['content']).every((part) => arrayOf(objectOf(part)?.['annotations']).length === 0);
}
