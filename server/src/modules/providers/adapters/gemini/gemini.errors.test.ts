import { describe, expect, it } from 'vitest';
import { HttpClientError } from '../../../../kernel/http-client/index.ts';
import type { ProviderError } from '../../contract.ts';
import { toBlockedError, toEventError, toStatusError, toTransportError } from './gemini.errors.ts';

const CONTEXT = { displayName: 'Google Gemini', nowMs: () => Date.UTC(2026, 0, 1) };
const info = (reason: string, metadata = {}) => ({ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, metadata });
const retry = (retryDelay: unknown) => ({ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay });
const quota = (quotaId: string) => ({ '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ quotaId }] });

function errorOf(httpStatus: number, error: unknown, headers: Record<string, string> = {}): ProviderError {
  const body = typeof error === 'string' ? error : JSON.stringify(Array.isArray(error) ? error : { error });
  return toStatusError(CONTEXT, { httpStatus, requestId: null, headers: {} }, headers, body);
}

describe('the class of a refusal', () => {
  it.each([
    [400, { status: 'INVALID_ARGUMENT', message: 'API key not valid.', details: [info('API_KEY_INVALID')] }, 'auth'],
    [400, { status: 'INVALID_ARGUMENT', message: 'API key expired. Please renew the API key.' }, 'auth'],
    [400, { status: 'FAILED_PRECONDITION', message: 'User location is not supported for the API use.' }, 'auth'],
    [400, { status: 'INVALID_ARGUMENT', message: 'Invalid value' }, 'invalid'],
    [
      400,
      { status: 'INVALID_ARGUMENT', message: 'The input token count (9) exceeds the maximum number of tokens allowed (8).' },
      'too-long',
    ],
    [
      400,
      { status: 'INVALID_ARGUMENT', message: 'The input token count exceeds the maximum number of tokens allowed 1048576.' },
      'too-long',
    ],
    [400, { status: 'FAILED_PRECONDITION', message: 'Please enable billing on project' }, 'quota'],
    [403, { status: 'PERMISSION_DENIED', message: 'x', details: [info('SERVICE_DISABLED')] }, 'auth'],
    [403, { status: 'PERMISSION_DENIED', message: 'x', details: [info('BILLING_DISABLED')] }, 'quota'],
    [403, { status: 'PERMISSION_DENIED', message: 'CachedContent not found (or permission denied)' }, 'not-found'],
    [404, { status: 'NOT_FOUND', message: 'models/x is not found' }, 'not-found'],
    [413, '<html>too large</html>', 'too-long'],
    [429, { status: 'RESOURCE_EXHAUSTED', details: [quota('GenerateRequestsPerMinutePerProjectPerModel')] }, 'rate-limit'],
    [429, { status: 'RESOURCE_EXHAUSTED', details: [quota('GenerateRequestsPerDayPerProjectPerModel-FreeTier')] }, 'quota'],
    [429, { status: 'RESOURCE_EXHAUSTED', details: [info('RATE_LIMIT_EXCEEDED', { quota_limit: 'RequestsPerDay' })] }, 'quota'],
    [429, { status: 'RESOURCE_EXHAUSTED', message: 'Your prepayment credits are depleted.' }, 'quota'],
    [429, '', 'rate-limit'],
    [499, { status: 'CANCELLED' }, 'overloaded'],
    [500, { status: 'INTERNAL' }, 'overloaded'],
    [503, { status: 'UNAVAILABLE', message: 'The model is overloaded.' }, 'overloaded'],
    [503, 'upstream connect error', 'overloaded'],
    [504, { status: 'DEADLINE_EXCEEDED' }, 'timeout'],
    [504, '', 'timeout'],
    [403, [{ error: { status: 'PERMISSION_DENIED', message: 'a list' } }], 'auth'],
    [302, '', 'malformed'],
    [418, { message: 'no status' }, 'invalid'],
  ] as const)('%i %j is %s', (status, error, errorClass) => {
    expect(errorOf(status, error)).toMatchObject({ errorClass, httpStatus: status });
  });

  it('is the same within a stream, where the HTTP status says nothing', () => {
    const upstream = { httpStatus: 200, requestId: null, headers: {} };
    const of = (error: unknown): unknown => toEventError(CONTEXT, upstream, { error } as never).errorClass;
    expect([of({ status: 'RESOURCE_EXHAUSTED' }), of({ code: 429 }), of({ code: 404 }), of({ message: 'odd' })]).toEqual([
      'rate-limit',
      'rate-limit',
      'not-found',
      'overloaded',
    ]);
  });
});

describe('the wait that a refusal asks for', () => {
  it.each([
    [retry('34.4s'), {}, 34_400],
    [retry('48s'), { 'retry-after': '3' }, 48_000],
    [retry({ seconds: 2, nanos: 500_000_000 }), {}, 2500],
    [retry('1000000s'), {}, 3_600_000],
    [retry('soon'), { 'retry-after': '3' }, 3000],
    [retry('-1s'), {}, null],
  ])('is read from %j beside %j', (detail, headers, expected) => {
    expect(errorOf(429, { status: 'RESOURCE_EXHAUSTED', details: [detail] }, headers).retryAfterMs).toBe(expected);
  });

  it('is read from the message where nothing else tells it', () => {
    expect(errorOf(429, { status: 'RESOURCE_EXHAUSTED', message: 'Quota exceeded. Please retry in 48.9s.' }).retryAfterMs).toBe(48_900);
  });

  it('means nothing where waiting does not help', () => {
    expect(errorOf(400, { status: 'INVALID_ARGUMENT', details: [retry('5s')] }).retryAfterMs).toBeNull();
    expect(errorOf(429, { status: 'RESOURCE_EXHAUSTED', details: [quota('PerDay'), retry('5s')] }).retryAfterMs).toBeNull();
  });
});

describe('what a caller may see', () => {
  it('is the sentence about his own mistake, scrubbed, with the field', () => {
    const violations = { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{ field: 'contents[0].role' }] };
    const key = `AIza${'x'.repeat(35)}`;
    const error = errorOf(400, { status: 'INVALID_ARGUMENT', message: `Bad role. Key ${key}.`, details: [violations] });
    expect(error).toMatchObject({ callerMessage: expect.stringMatching(/^Bad role\./) as string, param: 'contents[0].role' });
    expect(error.callerMessage).not.toContain(key);
    const quoted = errorOf(400, { status: 'INVALID_ARGUMENT', message: "Invalid value at 'generation_config.temperature' (TYPE_FLOAT)" });
    expect(quoted.param).toBe('generation_config.temperature');
  });

  it('is never what concerns our account', () => {
    const error = errorOf(403, { status: 'PERMISSION_DENIED', message: 'project 12345 is unhappy' });
    expect([error.callerMessage, error.param, error.message]).toEqual([null, null, 'Google Gemini refused our credential (HTTP 403).']);
    expect(JSON.stringify(error)).not.toContain('12345');
  });

  it('is why a prompt was blocked', () => {
    const upstream = { httpStatus: 200, requestId: null, headers: {} };
    const of = (feedback: Record<string, string>): unknown => toBlockedError(CONTEXT, upstream, feedback).callerMessage;
    expect(of({ blockReason: 'SAFETY', blockReasonMessage: 'Too rude' })).toBe('Google Gemini blocked the prompt (SAFETY: Too rude).');
    expect(of({})).toBe('Google Gemini blocked the prompt.');
  });
});

describe('a failure below HTTP', () => {
  it.each([
    ['connect', 'transport'],
    ['reset', 'transport'],
    ['egress-refused', 'transport'],
    ['timeout', 'timeout'],
    ['aborted', 'cancelled'],
    ['too-large', 'malformed'],
    ['protocol', 'malformed'],
  ] as const)('%s is %s', (kind, errorClass) => {
    const cause = new HttpClientError(kind, 'it broke');
    expect(toTransportError(CONTEXT, cause)).toMatchObject({ errorClass, cause });
  });

  it('that is none passes as it is', () => {
    const bug = new TypeError('a bug of ours');
    expect(toTransportError(CONTEXT, bug)).toBe(bug);
  });
});
