/** Reading what callers of this dialect send: both spellings of names, refusals that name the offender. */
import type { JsonObject, JsonValue } from '../../contract.ts';
import { objectOf } from '../../shared/json.ts';
import { refuse } from '../../shared/refuse.ts';

/** An object of the request. The wire reads `systemInstruction` and `system_instruction` alike; null counts as absent. */
export class Fields {
  readonly param: string;
  readonly #object: JsonObject;
  readonly #taken = new Set<string>();

  constructor(object: JsonObject, param: string) {
    this.#object = object;
    this.param = param;
  }

  /** Of a value that must be an object. Throws INVALID_INPUT. */
  static of(value: JsonValue | undefined, param: string): Fields {
    const object = objectOf(value);
    if (object === null) throw refuse(param, 'must be an object');
    return new Fields(object, param);
  }

  paramOf(name: string): string {
    return this.param === '' ? name : `${this.param}.${name}`;
  }

  /** Undefined when it is not there. Counts as read. */
  take(name: string): JsonValue | undefined {
    const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    for (const spelling of [name, snake]) {
      this.#taken.add(spelling);
      const value = this.#object[spelling];
      if (value !== undefined && value !== null) return value;
    }
    return undefined;
  }

  text(name: string): string | undefined {
    const value = this.take(name);
    if (value !== undefined && typeof value !== 'string') throw refuse(this.paramOf(name), 'must be a string');
    return value;
  }

  number(name: string): number | undefined {
    const value = this.take(name);
    if (value !== undefined && typeof value !== 'number') throw refuse(this.paramOf(name), 'must be a number');
    return value;
  }

  integer(name: string, least: number): number | undefined {
    const value = this.number(name);
    if (value !== undefined && (!Number.isSafeInteger(value) || value < least))
      throw refuse(this.paramOf(name), `must be an integer of ${least} or more`);
    return value;
  }

  flag(name: string): boolean | undefined {
    const value = this.take(name);
    if (value !== undefined && typeof value !== 'boolean') throw refuse(this.paramOf(name), 'must be true or false');
    return value;
  }

  /** A list; one value that stands alone is a list of one, as the wire's own parser has it. */
  list(name: string): readonly JsonValue[] {
    const value = this.take(name);
    if (value === undefined) return [];
    return Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
  }

  texts(name: string): readonly string[] | undefined {
    const values = this.list(name);
    if (values.length === 0) return undefined;
    return values.map((value) => {
      if (typeof value !== 'string') throw refuse(this.paramOf(name), 'must be a list of strings');
      return value;
    });
  }

  object(name: string): Fields | undefined {
    const value = this.take(name);
    return value === undefined ? undefined : Fields.of(value, this.paramOf(name));
  }

  /** What was not read, as it came. */
  rest(): JsonObject {
    return Object.fromEntries(Object.entries(this.#object).filter(([name, value]) => value !== null && !this.#taken.has(name)));
  }

  raw(): JsonObject {
    return this.#object;
  }
}

/** `{name: value}`, or nothing when there is no value. */
export function optional<Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: Value };
}
