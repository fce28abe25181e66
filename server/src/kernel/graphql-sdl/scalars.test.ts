import { parseValue } from 'graphql';
import { describe, expect, it } from 'vitest';
import { BigInt, DateTime, Decimal, JSON } from './scalars.ts';

const literal = (text: string) => parseValue(text, { noLocation: true });

describe('DateTime', () => {
  it('reads RFC 3339 with any offset and writes UTC with milliseconds', () => {
    expect(DateTime.parseValue('2026-11-25T10:30:00+01:00')).toEqual(new Date(Date.UTC(2026, 10, 25, 9, 30)));
    expect(DateTime.parseLiteral(literal('"2024-02-29T23:59:59.5z"'))).toEqual(new Date(Date.UTC(2024, 1, 29, 23, 59, 59, 500)));
    expect(DateTime.serialize(new Date(Date.UTC(2026, 10, 25, 9, 30)))).toBe('2026-11-25T09:30:00.000Z');
  });

  it.each([
    '2026-02-30T00:00:00Z',
    '2026-11-25',
    '2026-11-25T09:30:00',
    '2026-11-25T25:00:00Z',
    '2026-00-10T00:00:00Z',
    '',
    'now',
    0,
    null,
  ])('refuses %j', (value) => {
    expect(() => DateTime.parseValue(value)).toThrow(/is not an instant\. Send RFC 3339 text such as/);
  });

  it('refuses a resolver that returns no valid Date', () => {
    expect(() => DateTime.serialize('2026-11-25T09:30:00.000Z')).toThrow('a resolver must return a valid Date');
    expect(() => DateTime.serialize(new Date(Number.NaN))).toThrow('a resolver must return a valid Date');
  });
});

describe('Decimal', () => {
  it('keeps every digit', () => {
    expect(Decimal.parseValue('0.000150000')).toBe('0.000150000');
    expect(Decimal.parseLiteral(literal('12345678901234567890.123456789'))).toBe('12345678901234567890.123456789');
    expect(Decimal.parseValue(3)).toBe('3');
    expect(Decimal.serialize('-1.50')).toBe('-1.50');
  });

  it.each([0.1, '1e3', '.5', '1.', '', ' 1', '1,5', 'NaN', true, null, '9'.repeat(31)])('refuses %j', (value) => {
    expect(() => Decimal.parseValue(value)).toThrow('Send text such as "0.05"');
  });

  it('refuses a float from a resolver', () => {
    expect(() => Decimal.serialize(0.1)).toThrow('a resolver must return decimal text');
  });
});

describe('BigInt', () => {
  it('reads text and whole numbers of 64 bits and writes text', () => {
    expect(BigInt.parseValue('9223372036854775807')).toBe(9223372036854775807n);
    expect(BigInt.parseLiteral(literal('-9223372036854775808'))).toBe(-9223372036854775808n);
    expect(BigInt.parseValue(7)).toBe(7n);
    expect([BigInt.serialize(5n), BigInt.serialize('5'), BigInt.serialize(5)]).toEqual(['5', '5', '5']);
  });

  it.each(['9223372036854775808', '1.0', '', 'x', 1.5, 2 ** 53, null])('refuses %j', (value) => {
    expect(() => BigInt.parseValue(value)).toThrow('is not a whole number of 64 bits');
  });
});

describe('JSON', () => {
  it('reads literals with variables inside', () => {
    expect(JSON.parseLiteral(literal('{ a: [1, 2.5, true, null, "x", $v], b: WORD }'), { v: { deep: 1 } })).toEqual({
      a: [1, 2.5, true, null, 'x', { deep: 1 }],
      b: 'WORD',
    });
  });

  it('keeps a member called __proto__ as data', () => {
    const value = JSON.parseLiteral(literal('{ __proto__: { isAdmin: true } }'), {});
    expect(Object.keys(Object(value))).toEqual(['__proto__']);
    expect(Reflect.get(Object(value), 'isAdmin')).toBeUndefined();
  });
});
