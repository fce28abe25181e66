import type { JsonObject, JsonValue } from '../../contract.ts';

const MAX_WARNINGS = 50;
const MAX_NAME_LENGTH = 64;

/** Collects what the provider cannot do of what was asked, one sentence each, without repeats and bounded. */
export class Warnings {
  readonly #sentences = new Set<string>();

  add(sentence: string): void {
    if (this.#sentences.size < MAX_WARNINGS) this.#sentences.add(sentence);
  }

  /** A parameter or field that has no counterpart on this wire; nothing is said when it carried nothing. */
  drop(place: string, name: string, value: JsonValue | undefined): void {
    if (isNothing(value)) return;
    this.add(`${place}: '${name.slice(0, MAX_NAME_LENGTH)}' has no counterpart at Google's Gemini models and was not sent.`);
  }

  /** The fields of `extra` that this wire knows in this place; each other one that carries something becomes a warning. */
  pick(extra: JsonObject | undefined, known: ReadonlySet<string>, place: string): JsonObject {
    const picked: Record<string, JsonValue> = {};
    for (const [name, value] of Object.entries(extra ?? {})) {
      if (known.has(name)) picked[name] = value;
      else this.drop(place, name, value);
    }
    return picked;
  }

  list(): readonly string[] {
    return [...this.#sentences];
  }
}

function isNothing(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0);
}
