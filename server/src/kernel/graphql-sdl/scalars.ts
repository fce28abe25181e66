import { GraphQLError, GraphQLScalarType, Kind, print } from 'graphql';
import type { ValueNode } from 'graphql';

/** What a resolver gets for a `DateTime` argument. */
export type DateTimeInput = Date;
/** What a resolver returns for a `DateTime` field. */
export type DateTimeOutput = Date;
/** Exact decimal text, such as `0.05`; no exponent, no thousands separators. */
export type DecimalInput = string;
/** Exact decimal text; it is sent as it is. */
export type DecimalOutput = string;
/** Whole number within 64 bits. */
export type BigIntInput = bigint;
/** Whole number; decimal text comes straight from the database driver. */
export type BigIntOutput = bigint | string;
/** Any JSON value, as it was sent. */
export type JSONInput = unknown;
/** Any value that JSON can carry. */
export type JSONOutput = unknown;

const RFC_3339 = /^\d{4}-(\d{2})-(\d{2})T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/i;
// 30 digits before and 18 after the point hold every amount of nano-USD with room; the bound keeps hostile text short.
const DECIMAL = /^-?\d{1,30}(\.\d{1,18})?$/;
const INTEGER = /^-?\d{1,19}$/;
const LARGEST_64_BIT = 2n ** 63n - 1n;
const SMALLEST_64_BIT = -(2n ** 63n);

/** Instant: RFC 3339 text at the border, `Date` inside. Sent in UTC with milliseconds; a finer fraction is cut off. */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize(value) {
    if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
    throw new GraphQLError(`DateTime cannot represent ${describe(value)}: a resolver must return a valid Date.`);
  },
  parseValue: (value) => parseInstant(value),
  parseLiteral: (node) => parseInstant(node.kind === Kind.STRING ? node.value : print(node)),
});

/** Exact decimal number: text on both sides, never a float. A whole number is accepted from callers that send it unquoted. */
export const Decimal = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  serialize(value) {
    if (typeof value === 'string' && DECIMAL.test(value)) return value;
    throw new GraphQLError(`Decimal cannot represent ${describe(value)}: a resolver must return decimal text.`);
  },
  parseValue: (value) => parseDecimal(typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value),
  parseLiteral: (node) => parseDecimal(textOfNumber(node)),
});

/** Whole number of up to 64 bits: decimal text at the border, `bigint` inside. */
export const BigInt = new GraphQLScalarType<bigint, string>({
  name: 'BigInt',
  serialize(value) {
    if (typeof value === 'bigint') return value.toString();
    if (typeof value === 'string' && INTEGER.test(value)) return value;
    if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
    throw new GraphQLError(`BigInt cannot represent ${describe(value)}: a resolver must return a bigint or decimal text.`);
  },
  parseValue: (value) => parseInteger(typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value),
  parseLiteral: (node) => parseInteger(textOfNumber(node)),
});

/** Any JSON value, untouched. */
export const JSON = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueOfLiteral(node, variables ?? {}),
});

function parseInstant(value: unknown): Date {
  const match = typeof value === 'string' && value.length <= 40 ? RFC_3339.exec(value) : null;
  const instant = match === null ? new Date(Number.NaN) : new Date(match[0].toUpperCase());
  if (match === null || Number.isNaN(instant.getTime()) || !isDayOfMonth(match[0])) {
    throw new GraphQLError(`${describe(value)} is not an instant. Send RFC 3339 text such as "2026-11-25T09:30:00.000Z".`);
  }
  return instant;
}

/** `Date` turns 30 February into 2 March; an instant that does not exist is refused instead. */
function isDayOfMonth(text: string): boolean {
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))];
  return day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function parseDecimal(value: unknown): string {
  if (typeof value === 'string' && DECIMAL.test(value)) return value;
  throw new GraphQLError(`${describe(value)} is not a decimal. Send text such as "0.05", so that no digit is lost in a float.`);
}

function parseInteger(value: unknown): bigint {
  if (typeof value === 'string' && INTEGER.test(value)) {
    const integer = globalThis.BigInt(value);
    if (integer >= SMALLEST_64_BIT && integer <= LARGEST_64_BIT) return integer;
  }
  throw new GraphQLError(`${describe(value)} is not a whole number of 64 bits. Send text such as "9007199254740993".`);
}

function textOfNumber(node: ValueNode): unknown {
  return node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT ? node.value : print(node);
}

function valueOfLiteral(node: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  switch (node.kind) {
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM:
      return node.value;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.NULL:
      return null;
    case Kind.VARIABLE:
      return variables[node.name.value];
    case Kind.LIST:
      return node.values.map((item) => valueOfLiteral(item, variables));
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map((field) => [field.name.value, valueOfLiteral(field.value, variables)]));
  }
}

/** Names a rejected value without repeating all of it: it may be long or secret. */
function describe(value: unknown): string {
  if (typeof value === 'string') return `"${value.length > 40 ? `${value.slice(0, 37)}…` : value}"`;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  return value === null ? 'null' : `a value of type ${Array.isArray(value) ? 'list' : typeof value}`;
}
