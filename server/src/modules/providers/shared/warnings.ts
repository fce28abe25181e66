import type { JsonObject, JsonValue } from '../contract.ts';
import { isRestated } from './restated-fields.ts';

const MAX_WARNINGS = 50;
const MAX_NAME_LENGTH = 64;

/** Collects what a provider cannot do of what was asked, one sentence each, without repeats and bounded. */
export class Warnings {
  readonly #displayName: string;
  readonly #sentences = new Set<string>();

  constructor(displayName: string) {
    this.#displayName = displayName;
  }

  add(sentence: string): void {
    if (this.#sentences.size < MAX_WARNINGS) this.#sentences.add(sentence);
  }

  /** One warning for each thing that was asked for and is not offered. */
  unsupported(asked: readonly (readonly [isAsked: boolean, name: string])[]): void {
    for (const [isAsked, name] of asked) if (isAsked) this.add(`${this.#displayName} does not offer ${name}: it was not sent.`);
  }

  /** The fields of `extra` that the wire knows in this place; each other one that carries something becomes a warning. */
  pick(extra: JsonObject | undefined, known: ReadonlySet<string>, place: string): JsonObject {
    const picked: Record<string, JsonValue> = {};
    for (const [name, value] of Object.entries(extra ?? {})) {
      if (known.has(name)) picked[name] = value;
      else if (!isNothing(value) && !isRestated(name, value))
        this.add(`${place}: '${name.slice(0, MAX_NAME_LENGTH)}' has no counterpart at ${this.#displayName} and was not sent.`);
    }
    return picked;
  }

  /** `extra.<vendor>`: parameters meant for this vendor, newer ones than the adapter knows included; never those in `guarded`. */
  namespaced(parameters: JsonObject | null, vendor: string, guarded: ReadonlySet<string>): JsonObject {
    const entries = Object.entries(parameters ?? {});
    for (const [name] of entries)
      if (guarded.has(name)) this.add(`${vendor}.${name.slice(0, MAX_NAME_LENGTH)} was not sent: it cannot be set this way.`);
    return Object.fromEntries(entries.filter(([name]) => !guarded.has(name)));
  }

  list(): readonly string[] {
    return [...this.#sentences];
  }
}

function isNothing(value: JsonValue): boolean {
  return value === null || value === false || (Array.isArray(value) && value.length === 0);
}
