import { describe, expect, it } from 'vitest';
import { AntiphonError, errorCatalogue, type ErrorCode } from '../../kernel/errors/index.ts';
import { ProviderError, type ProviderErrorClass } from '../providers/index.ts';
import { errorClassOf, mayAnotherCandidateServe, toCallerError } from './failure.policy.ts';

/** What each failure is to the caller, its status, and whether another candidate is tried. */
const DECISIONS: Readonly<Record<ProviderErrorClass, readonly [ErrorCode, number, boolean]>> = {
  auth: ['PROVIDER_FAILED', 502, true],
  'rate-limit': ['RATE_LIMITED', 429, true],
  quota: ['PROVIDER_FAILED', 502, true],
  overloaded: ['PROVIDER_FAILED', 502, true],
  invalid: ['INVALID_INPUT', 400, false],
  'too-long': ['CONTEXT_TOO_LONG', 400, false],
  blocked: ['CONTENT_BLOCKED', 400, false],
  'not-found': ['NOT_FOUND', 404, true],
  timeout: ['TIMEOUT', 504, true],
  transport: ['PROVIDER_FAILED', 502, true],
  malformed: ['PROVIDER_FAILED', 502, true],
  cancelled: ['CANCELLED', 499, false],
};
const WORDS = 'max_tokens is too large';

describe('a provider’s failure', () => {
  it.each(Object.entries(DECISIONS))('of class %s is decided', (name, [code, httpStatus, movesOn]) => {
    const errorClass = name as ProviderErrorClass;
    const error = toCallerError(new ProviderError(errorClass, 'ours', { httpStatus: 401 }), [], 'completion');
    expect([error.code, errorCatalogue[error.code].httpStatus, mayAnotherCandidateServe(errorClass)]).toEqual([code, httpStatus, movesOn]);
    expect(error.details.completionId).toBe('completion');
    expect(errorClassOf(new ProviderError(errorClass, 'ours'))).toBe(errorClass);
  });

  it.each(Object.keys(DECISIONS) as ProviderErrorClass[])(
    'of class %s shows the provider’s words only where they explain the input',
    (errorClass) => {
      const failure = new ProviderError(errorClass, 'ours', { callerMessage: WORDS });
      const explains = ['invalid', 'too-long', 'blocked'].includes(errorClass);
      expect(toCallerError(failure, [], 'completion').message.includes(WORDS)).toBe(explains);
    },
  );

  it('keeps the advice when to come back, and the parameter that was wrong', () => {
    const waiting = { retryAfterMs: 7000 };
    expect(toCallerError(new ProviderError('rate-limit', 'ours', waiting), [], 'c').details.retryAfterMs).toBe(7000);
    expect(toCallerError(new ProviderError('overloaded', 'ours', waiting), [], 'c').details.retryAfterMs).toBe(7000);
    expect(toCallerError(new ProviderError('invalid', 'ours', { param: 'max_tokens' }), [], 'c').details.param).toBe('max_tokens');
  });
});

describe('a failure on our side of the adapter', () => {
  it.each<[ErrorCode, ProviderErrorClass | null]>([
    ['INVALID_INPUT', 'invalid'],
    ['CONTEXT_TOO_LONG', 'too-long'],
    ['CONTENT_BLOCKED', 'blocked'],
    ['INTERNAL', null],
    ['UNAVAILABLE', null],
  ])('%s is recorded as %s', (code, errorClass) => {
    expect(errorClassOf(new AntiphonError(code, 'why'))).toBe(errorClass);
  });
});
