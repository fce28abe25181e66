import type { JsonObject, JsonValue } from '../../contract.ts';

const MAX_WARNINGS = 50;
const MAX_NAME_LENGTH = 64;

/** Collects what the provider cannot do of what was asked, one sentence each, without repeats and bounded. */
export class Warnings {
  readonly #sentences = new Set<string>();

  add(sentence: string): void {
    if (this.#sentences.size < MAX_WARNINGS) this.#sentences.add(sentence);
  }

  /** A warning for each field of `extra` that carries something and is not `known` in this place. */
  addUnknown(extra: JsonObject | undefined, known: ReadonlySet<string>, place: string): void {
    for (const [name, value] of Object.entries(extra ?? {}))
      if (!known.has(name) && !isNothing(value))
        this.add(`${place}: '${name.slice(0, MAX_NAME_LENGTH)}' has no counterpart in Bedrock's Converse API and was not sent.`);
  }

  list(): readonly string[] {
    return [...this.#sentences];
  }
}

/** Whether leaving the value out changes nothing. */
export function isNothing(value: JsonValue): boolean {
  return value === null || value === false || (Array.isArray(value) && value.length === 0);
}
