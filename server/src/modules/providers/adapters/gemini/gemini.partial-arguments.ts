/**
 * Arguments of a function call that come piece by piece, each with the JSON path it belongs to (`$.rows[0].name`), put together.
 * A string that is told to continue grows with the next piece of the same path.
 */
import type { JsonObject, JsonValue } from '../../contract.ts';
import { objectOf, stringOf } from '../../shared/json.ts';

const MAX_DEPTH = 64;
const MAX_INDEX = 10_000;

interface Container {
  [key: string]: JsonValue | Container | undefined;
}

/** One function call whose arguments are still coming. */
export class PartialArguments {
  readonly #root: Container = Object.create(null) as Container;
  #growingPath: string | null = null;

  /** Takes one piece; false when its path cannot be followed. */
  take(value: JsonValue): boolean {
    const piece = objectOf(value);
    const path = stringOf(piece?.['jsonPath']);
    const steps = path === null ? null : stepsOf(path);
    if (piece === null || steps === null || steps.length === 0) return false;
    const parent = this.#parentOf(steps);
    if (parent === null) return false;
    const last = String(steps.at(-1));
    if (Array.isArray(parent) && typeof steps.at(-1) !== 'number') return false;
    const next = valueOf(piece);
    const earlier = parent[last];
    parent[last] = this.#growingPath === path && typeof earlier === 'string' && typeof next === 'string' ? earlier + next : next;
    this.#growingPath = piece['willContinue'] === true ? path : null;
    return true;
  }

  toJson(): string {
    return JSON.stringify(this.#root);
  }

  #parentOf(steps: readonly (string | number)[]): Container | null {
    let at: Container = this.#root;
    for (const [position, step] of steps.entries()) {
      if (position === steps.length - 1) return at;
      // A list has places only: any other name would reach what all lists share.
      if (Array.isArray(at) && typeof step !== 'number') return null;
      const key = String(step);
      const made = typeof steps[position + 1] === 'number' ? ([] as unknown as Container) : (Object.create(null) as Container);
      const child = (at[key] ??= made);
      if (typeof child !== 'object' || child === null) return null;
      at = child as Container;
    }
    return null;
  }
}

function valueOf(piece: JsonObject): JsonValue {
  for (const name of ['stringValue', 'numberValue', 'boolValue', 'structValue', 'listValue']) {
    const value = piece[name];
    if (value !== undefined) return value;
  }
  return null;
}

const STEP = /\.([^.[\]]+)|\[(\d{1,6})\]|\[(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\]/y;

/** Steps of a JSON path; null when it is none that we can follow. */
function stepsOf(path: string): readonly (string | number)[] | null {
  if (!path.startsWith('$')) return null;
  const steps: (string | number)[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < path.length) {
    const match = STEP.exec(path);
    if (match === null || steps.length >= MAX_DEPTH) return null;
    const index = match[2] === undefined ? null : Number(match[2]);
    if (index !== null && index > MAX_INDEX) return null;
    steps.push(index ?? match[1] ?? (match[3] ?? match[4] ?? '').replaceAll(/\\(.)/g, '$1'));
  }
  return steps;
}
