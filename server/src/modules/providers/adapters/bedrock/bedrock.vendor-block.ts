import type { JsonObject, JsonValue } from '../../contract.ts';
import { arrayOf, objectOf, parseJson } from '../../shared/json.ts';

/**
 * A streamed block without a neutral form (a tool of the model's host, its result, an image), put together as a whole answer would
 * hold it: fragments of `input` parsed, lists of a result's content joined, other members laid over the start.
 */
export class VendorBlock {
  readonly #members: Record<string, JsonValue>;
  #inputText = '';

  constructor(start: JsonObject) {
    this.#members = { ...start };
  }

  add(delta: JsonObject): void {
    for (const [kind, value] of Object.entries(delta)) {
      const before: Record<string, JsonValue> = { ...objectOf(this.#members[kind]) };
      if (Array.isArray(value)) before['content'] = [...arrayOf(before['content']), ...arrayOf(value)];
      else Object.assign(before, this.#withoutInput(objectOf(value) ?? {}));
      this.#members[kind] = before;
    }
  }

  /** The block, with its one member. */
  whole(): JsonObject {
    const toolUse = objectOf(this.#members['toolUse']);
    if (toolUse === null) return this.#members;
    const input = this.#inputText === '' ? {} : (parseJson(this.#inputText) ?? this.#inputText);
    return { ...this.#members, toolUse: { ...toolUse, input } };
  }

  #withoutInput(value: JsonObject): JsonObject {
    const { input, ...rest } = value;
    if (typeof input === 'string') this.#inputText += input;
    return rest;
  }
}
