/** What a provider's rules make of a body, whether it came in this dialect or was translated to it. */
import type { JsonObject, JsonValue } from '../../contract.ts';
import { arrayOf, objectOf } from '../../shared/json.ts';
import type { OpenAiCompatibleSettings } from './openai.settings.ts';

type Settings = Pick<OpenAiCompatibleSettings, 'displayName' | 'wire'>;

/** The body as the provider takes it; what is left out of it is told in `warnings`. */
export function adaptBody(settings: Settings, body: JsonObject, warnings: string[]): JsonObject {
  const { renamedParameters, unsupportedParameters, unsupportedMessageFields, requiredToolChoice } = settings.wire;
  let adapted = body;
  if (unsupportedParameters !== undefined) adapted = without(settings, adapted, unsupportedParameters, warnings);
  if (unsupportedMessageFields !== undefined) adapted = withPlainMessages(settings, adapted, unsupportedMessageFields, warnings);
  if (requiredToolChoice === 'any' && adapted['tool_choice'] === 'required') adapted = { ...adapted, tool_choice: 'any' };
  return renamedParameters === undefined ? adapted : renamed(adapted, renamedParameters);
}

function without(settings: Settings, body: JsonObject, names: readonly string[], warnings: string[]): JsonObject {
  if (names.every((name) => body[name] === undefined)) return body;
  const rest: Record<string, JsonValue> = { ...body };
  for (const name of names) {
    const value = body[name];
    // One answer is what everybody gives.
    if (value === undefined || (name === 'n' && value === 1)) continue;
    delete rest[name];
    if (!asksForNothing(name, value)) warnings.push(`${settings.displayName} does not support ${name}; it was left out.`);
  }
  return rest;
}

/** Values that say what would be done anyway: nothing is lost without them. */
function asksForNothing(name: string, value: JsonValue): boolean {
  if (value === null || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return name.endsWith('_penalty') && value === 0;
}

function withPlainMessages(settings: Settings, body: JsonObject, fields: readonly string[], warnings: string[]): JsonObject {
  const messages = arrayOf(body['messages']);
  const found = fields.filter((field) => messages.some((message) => hasField(message, field)));
  if (found.length === 0) return body;
  for (const field of found) warnings.push(`${settings.displayName} does not support ${field} in messages; it was left out.`);
  return { ...body, messages: messages.map((message) => plainMessage(message, found)) };
}

function hasField(message: JsonValue, field: string): boolean {
  const plain = objectOf(message);
  return plain !== null && plain['role'] !== 'tool' && plain[field] != null;
}

function plainMessage(message: JsonValue, fields: readonly string[]): JsonValue {
  const plain = objectOf(message);
  return plain === null || plain['role'] === 'tool'
    ? message
    : Object.fromEntries(Object.entries(plain).filter(([field]) => !fields.includes(field)));
}

function renamed(body: JsonObject, names: Readonly<Record<string, string>>): JsonObject {
  const result: Record<string, JsonValue> = {};
  for (const name in body) result[names[name] ?? name] = body[name] as JsonValue;
  return result;
}
