import type { JsonObject, JsonValue } from '../../contract.ts';
import { isRestated } from '../../shared/restated-fields.ts';

const MAX_WARNINGS = 50;
const MAX_NAME_LENGTH = 64;

/** Collects what the provider cannot do of what was asked, one sentence each, without repeats and bounded. */
export class Warnings {
  readonly #sentences = new Set<string>();

  add(sentence: string): void {
    if (this.#sentences.size < MAX_WARNINGS) this.#sentences.add(sentence);
  }

  /** The fields of `extra` the Messages API knows in this place; each other one that carries something becomes a warning. */
  pick(extra: JsonObject | undefined, known: ReadonlySet<string>, place: string): JsonObject {
    if (extra === undefined) return {};
    const picked: Record<string, JsonValue> = {};
    for (const [name, value] of Object.entries(extra)) {
      if (known.has(name)) picked[name] = value;
      else if (!isNothing(value) && !isRestated(name, value))
        this.add(`${place}: '${name.slice(0, MAX_NAME_LENGTH)}' has no counterpart in Anthropic's Messages API and was not sent.`);
    }
    return picked;
  }

  list(): readonly string[] {
    return [...this.#sentences];
  }
}

function isNothing(value: JsonValue): boolean {
  return value === null || value === false || (Array.isArray(value) && value.length === 0);
}
