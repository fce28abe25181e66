import { describe, expect, it } from 'vitest';
import { HttpClientError, type HttpClientErrorKind } from '../../../../kernel/http-client/index.ts';
import { ProviderError, type ProviderErrorClass } from '../../contract.ts';
import { toEventError, toStatusError, toTransportError } from './anthropic.errors.ts';

const NOW_MS = Date.UTC(2026, 0, 1, 0, 0, 0);
const CONTEXT = { displayName: 'Anthropic', nowMs: () => NOW_MS };

function failure(status: number, body: unknown, headers: Record<string, string> = {}): ProviderError {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return toStatusError(CONTEXT, { httpStatus: status, requestId: null, headers: {} }, headers, text);
}

function wire(type: string, message: string): unknown {
  return { type: 'error', error: { type, message }, request_id: 'req_1' };
}

describe('a refused call', () => {
  const cases: readonly (readonly [number, string, string, ProviderErrorClass])[] = [
    [400, 'invalid_request_error', 'messages.0.content: Field required', 'invalid'],
    [400, 'invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum', 'too-long'],
    [400, 'invalid_request_error', 'input length and `max_tokens` exceed context limit: 195000 + 21333 > 200000', 'too-long'],
    [400, 'invalid_request_error', 'Your credit balance is too low to access the Anthropic API.', 'quota'],
    [400, 'invalid_request_error', 'You have reached your specified API usage limits. You will regain access on 2026-02-01.', 'quota'],
    [400, 'invalid_request_error', 'Output blocked by content filtering policy', 'blocked'],
    [401, 'authentication_error', 'invalid x-api-key', 'auth'],
    [402, 'billing_error', 'Payment required', 'quota'],
    [403, 'permission_error', 'Your API key does not have permission to use the specified resource.', 'auth'],
    [404, 'not_found_error', 'model: nope', 'not-found'],
    [413, 'request_too_large', 'Request exceeds the maximum size', 'too-long'],
    [
      429,
      'rate_limit_error',
      'This request would exceed the rate limit for your organization of 20,000 input tokens per minute.',
      'rate-limit',
    ],
    [429, 'rate_limit_error', "This request would exceed your organization's monthly spend limit.", 'quota'],
    [429, 'invalid_request_error', 'Please reduce the prompt length, or try again later.', 'rate-limit'],
    [500, 'api_error', 'Internal server error', 'overloaded'],
    [503, 'unknown_error', 'No capacity', 'overloaded'],
    [504, 'timeout_error', 'Request timed out', 'timeout'],
    [529, 'overloaded_error', 'Overloaded', 'overloaded'],
    [400, 'novel_error', 'No idea', 'invalid'],
  ];
  it.each(cases)('%i %s "%s" is %s', (status, type, message, errorClass) => {
    const error = failure(status, wire(type, message));
    expect(error.errorClass).toBe(errorClass);
    expect(error.httpStatus).toBe(status);
    expect(error.upstream?.requestId).toBe('req_1');
    const isCallers = ['invalid', 'too-long', 'blocked', 'not-found'].includes(errorClass);
    expect(error.callerMessage).toBe(isCallers ? message : null);
    expect(error.message).not.toContain(message);
  });

  it.each([
    [401, 'auth'],
    [403, 'auth'],
    [404, 'not-found'],
    [413, 'too-long'],
    [429, 'rate-limit'],
    [502, 'overloaded'],
    [529, 'overloaded'],
    [302, 'malformed'],
  ] as const)('%i without a readable body is %s', (status, errorClass) => {
    const error = failure(status, '<html>nginx</html>');
    expect(error.errorClass).toBe(errorClass);
    expect(error.callerMessage).toBeNull();
    expect(error.upstreamBody?.reveal()).toBe('<html>nginx</html>');
  });

  it('names the parameter and hides keys in what the caller reads', () => {
    const error = failure(400, wire('invalid_request_error', 'metadata.user_id: sk-ant-api03-abcdefghijk is not allowed'));
    expect(error.param).toBe('metadata.user_id');
    expect(error.callerMessage).toBe('metadata.user_id: [redacted] is not allowed');
  });

  it('keeps at most 64 Ki characters of the body', () => {
    expect(failure(500, 'x'.repeat(1_000_000)).upstreamBody?.reveal()).toHaveLength(65_536);
  });
});

describe('the advised wait', () => {
  const limited = wire('rate_limit_error', 'Slow down');
  const reset = (seconds: number): string => new Date(NOW_MS + seconds * 1000).toISOString();

  it.each([
    [{ 'retry-after': '12' }, 12_000],
    [{ 'retry-after': '0.25' }, 250],
    [{ 'retry-after': '410400' }, 3_600_000],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT', date: 'Thu, 01 Jan 2026 00:00:25 GMT' }, 5000],
    [{ 'anthropic-ratelimit-requests-remaining': '0', 'anthropic-ratelimit-requests-reset': reset(20) }, 20_000],
    [
      {
        'anthropic-ratelimit-requests-remaining': '0',
        'anthropic-ratelimit-requests-reset': reset(20),
        'anthropic-ratelimit-input-tokens-remaining': '0',
        'anthropic-ratelimit-input-tokens-reset': reset(40),
        'anthropic-ratelimit-output-tokens-remaining': '5',
        'anthropic-ratelimit-output-tokens-reset': reset(500),
      },
      40_000,
    ],
    [{ 'anthropic-ratelimit-requests-remaining': '0', 'anthropic-ratelimit-requests-reset': 'soon' }, null],
    [{}, null],
  ] as const)('of %j is %s ms', (headers, expected) => {
    expect(failure(429, limited, headers).retryAfterMs).toBe(expected);
  });

  it('is read for overload too, and for nothing that waiting does not mend', () => {
    const headers = { 'retry-after': '3' };
    expect(failure(529, wire('overloaded_error', 'Overloaded'), headers).retryAfterMs).toBe(3000);
    expect(failure(400, wire('invalid_request_error', 'no'), headers).retryAfterMs).toBeNull();
    expect(failure(401, wire('authentication_error', 'no'), headers).retryAfterMs).toBeNull();
  });
});

describe('an error event after 200', () => {
  it.each([
    ['overloaded_error', 'overloaded'],
    ['rate_limit_error', 'rate-limit'],
    ['api_error', 'overloaded'],
    ['invalid_request_error', 'invalid'],
    ['novel_error', 'overloaded'],
  ] as const)('of type %s is %s', (type, errorClass) => {
    const upstream = { httpStatus: 200, requestId: 'req_2', headers: {} };
    const error = toEventError(CONTEXT, upstream, { type: 'error', error: { type, message: 'Said so' } });
    expect(error).toMatchObject({ errorClass, httpStatus: 200, upstream });
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
  ] as const satisfies readonly (readonly [HttpClientErrorKind, ProviderErrorClass])[])('%s is %s', (kind, errorClass) => {
    const cause = new HttpClientError(kind, 'detail');
    const error = toTransportError(CONTEXT, cause);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ errorClass, httpStatus: null, cause });
  });

  it('leaves other errors as they are', () => {
    const error = new TypeError('a bug');
    expect(toTransportError(CONTEXT, error)).toBe(error);
  });
});
