import { describe, expect, it } from 'vitest';
import { isConnectionFailure } from './connection-failure.ts';

function errorWith(fields: object, message = 'said the server'): Error {
  return Object.assign(new Error(message), fields);
}

describe('a connection failure', () => {
  it.each([
    { code: 'ECONNREFUSED' },
    { code: 'ECONNRESET' },
    { code: 'EPIPE' },
    { code: 'ENOENT', syscall: 'connect' },
    { code: '08006' },
    { code: '57P01' },
    { code: '57P02' },
    { code: '57P03' },
    { code: '53300' },
    { code: '53100' },
    { code: '28P01' },
    { code: '25006' },
    { code: '58030' },
  ])('is $code', (fields) => {
    expect(isConnectionFailure(errorWith(fields))).toBe(true);
  });

  it.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
  ])('is "%s", which has no code', (message) => expect(isConnectionFailure(new Error(message))).toBe(true));

  it.each([
    { code: '23505' },
    { code: '23503' },
    { code: '42P01' },
    { code: '22001' },
    { code: '40001' },
    { code: '57014' },
    { code: 'ENOENT', syscall: 'open' },
    {},
  ])('is not $code', (fields) => {
    expect(isConnectionFailure(errorWith(fields))).toBe(false);
  });

  it('is found behind causes and among several addresses', () => {
    const refused = errorWith({ code: 'ECONNREFUSED' });
    expect(isConnectionFailure(new Error('outer', { cause: new Error('middle', { cause: refused }) }))).toBe(true);
    expect(isConnectionFailure(new AggregateError([new Error('one'), refused]))).toBe(true);
    expect(isConnectionFailure(new AggregateError([new Error('one')]))).toBe(false);
  });

  it('ends on causes that go round', () => {
    const first = new Error('first');
    first.cause = new Error('second', { cause: first });
    expect(isConnectionFailure(first)).toBe(false);
  });

  it('is no value that was not an error', () => {
    expect(isConnectionFailure({ code: 'ECONNREFUSED' })).toBe(false);
    expect(isConnectionFailure(undefined)).toBe(false);
  });
});
