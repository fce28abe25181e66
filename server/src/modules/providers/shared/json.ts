/** Lenient reading of JSON that others wrote: what is not there or has another type is null, and never throws. */
import type { JsonObject, JsonValue } from '../contract.ts';

/** The value as an object; null for arrays, scalars and null. */
export function objectOf(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

/** The value as an array; an empty one when it is none. */
export function arrayOf(value: unknown): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

export function stringOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A token count: a non-negative integer, or null. */
export function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** The fields of `object` whose names are not in `known` and whose value is not null. */
export function fieldsBeside(object: JsonObject, known: ReadonlySet<string>): JsonObject {
  const rest: Record<string, JsonValue> = {};
  for (const name in object) {
    const value = object[name];
    if (value === null || value === undefined || known.has(name)) continue;
    rest[name] = value;
  }
  return rest;
}

export function isEmpty(object: JsonObject): boolean {
  for (const name in object) if (object[name] !== undefined) return false;
  return true;
}

/** `JSON.parse` that gives undefined instead of throwing. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
