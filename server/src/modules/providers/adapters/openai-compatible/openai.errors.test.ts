import { describe, expect, it } from 'vitest';
import { HttpClientError, type HttpClientErrorKind } from '../../../../kernel/http-client/index.ts';
import type { JsonObject, ProviderError, RateLimitHeadroom } from '../../contract.ts';
import { fromErrorData, fromErrorResponse, fromTransportError } from './openai.errors.ts';

const classify = (status: number, body: unknown, headers: Record<string, string> = {}): ProviderError =>
  fromErrorResponse(
    'Vendor',
    { httpStatus: status, requestId: null, headers: {} },
    Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    headers,
    0,
  );

describe('classes of failures', () => {
  it.each<[number, unknown, string]>([
    [401, { error: { message: 'Incorrect API key provided: sk-abcdefgh12345678', code: 'invalid_api_key' } }, 'auth'],
    [400, { code: 'Client specified an invalid argument', error: 'Incorrect API key provided: xa***' }, 'auth'],
    [400, [{ error: { code: 400, message: 'API key not valid.', status: 'INVALID_ARGUMENT' } }], 'auth'],
    [403, { error: { message: 'You are not allowed to use this model' } }, 'auth'],
    [403, { error: { message: 'Input was flagged by moderation' } }, 'blocked'],
    [402, { error: { message: 'Insufficient credits' } }, 'quota'],
    [429, { error: { message: 'You exceeded your current quota', code: 'insufficient_quota' } }, 'quota'],
    [429, { error: { message: 'Rate limit reached. Reduce the length of the messages.' } }, 'rate-limit'],
    [429, '', 'rate-limit'],
    [400, { error: { message: 'too long', code: 'context_length_exceeded', param: 'messages' } }, 'too-long'],
    [400, { error: { code: 400, type: 'exceed_context_size_error', message: 'request exceeds the available context size' } }, 'too-long'],
    [413, 'Payload Too Large', 'too-long'],
    [400, { error: { message: 'no', code: 'content_filter' } }, 'blocked'],
    [404, { error: { message: 'The model `x` does not exist', code: 'model_not_found' } }, 'not-found'],
    [404, { detail: 'Not Found' }, 'not-found'],
    [400, { error: { message: "Unsupported value: 'temperature'", param: 'temperature', code: 'unsupported_value' } }, 'invalid'],
    [422, { detail: [{ loc: ['body', 'messages', 0], msg: 'Field required' }] }, 'invalid'],
    [408, '', 'timeout'],
    [504, '<html>gateway</html>', 'timeout'],
    [500, { error: { message: 'The server had an error', type: 'server_error' } }, 'overloaded'],
    [500, { error: { message: 'Incorrect API key provided to a backend' } }, 'overloaded'],
    [503, { error: { message: 'Engine is overloaded' } }, 'overloaded'],
    [529, '', 'overloaded'],
    [302, '', 'malformed'],
  ])('reads %i %j as %s', (status, body, errorClass) => {
    expect(classify(status, body).errorClass).toBe(errorClass);
  });

  it.each<[unknown, string]>([
    [{ base_resp: { status_code: 1001, status_msg: 'timeout' } }, 'timeout'],
    [{ base_resp: { status_code: 1002, status_msg: 'rate limit' } }, 'rate-limit'],
    [{ base_resp: { status_code: 1004, status_msg: 'login fail: Please carry the API secret key' } }, 'auth'],
    [{ base_resp: { status_code: 1008, status_msg: 'insufficient balance' } }, 'quota'],
    [{ base_resp: { status_code: 1026, status_msg: 'input new_sensitive' } }, 'blocked'],
    [{ base_resp: { status_code: 1033, status_msg: 'system error' } }, 'overloaded'],
    [{ base_resp: { status_code: 2013, status_msg: 'invalid params, messages is empty' } }, 'invalid'],
    [{ base_resp: { status_code: 2013, status_msg: 'context window exceeds limit' } }, 'too-long'],
    [{ error: 'Input validation error: `temperature` must be strictly positive', error_type: 'validation' }, 'invalid'],
    [{ error: 'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096.', error_type: 'validation' }, 'too-long'],
    [{ error: 'Model is overloaded', error_type: 'overloaded' }, 'overloaded'],
    [{ error: 'Request failed during generation', error_type: 'generation' }, 'overloaded'],
  ])('reads %j under status 200 as %s', (data, errorClass) => {
    expect(fromErrorData('Vendor', { httpStatus: 200, requestId: null, headers: {} }, data as JsonObject).errorClass).toBe(errorClass);
  });

  it.each<[string, number, unknown, string, string | null]>([
    ['an object', 400, { error: { message: 'bad n', type: 'invalid_request_error', param: 'n', code: null } }, 'invalid', 'bad n'],
    ['an object with a number for code', 404, { error: { code: 404, message: 'no such route' } }, 'not-found', 'no such route'],
    ['a string beside a code', 400, { code: 'invalid-argument', error: 'bad n' }, 'invalid', 'bad n'],
    ['a string alone', 404, { error: "model 'x' not found" }, 'not-found', "model 'x' not found"],
    ['a string of a detail', 401, { detail: 'Unauthorized' }, 'auth', null],
    ['a list of details', 422, { detail: [{ loc: ['body', 'n'], msg: 'not a number', type: 'int' }] }, 'invalid', 'not a number'],
    ['a bare message', 400, { message: 'bad n', type: 'invalid_request_error', param: 'n', code: 'wrong' }, 'invalid', 'bad n'],
    ['a message and an id', 401, { message: 'Unauthorized', request_id: 'r' }, 'auth', null],
    ['details within a message', 422, { object: 'error', message: { detail: [{ loc: ['body', 'n'], msg: 'bad n' }] } }, 'invalid', 'bad n'],
    ['a code and a message', 403, { error_code: 'PERMISSION_DENIED', message: 'no' }, 'auth', null],
    ['a list around an object', 400, [{ error: { code: 400, message: 'bad n', status: 'INVALID_ARGUMENT' } }], 'invalid', 'bad n'],
    ['plain text', 422, 'Input validation error: bad n', 'invalid', 'Input validation error: bad n'],
    ['a status of its own', 400, { base_resp: { status_code: 2013, status_msg: 'invalid params' } }, 'invalid', 'invalid params'],
    ['nothing', 400, '', 'invalid', null],
  ])('finds what there is to say in %s', (_shape, status, body, errorClass, callerMessage) => {
    const failure = classify(status, body);
    expect([failure.errorClass, failure.callerMessage]).toEqual([errorClass, callerMessage]);
  });

  it('reads the wait out of the body where the headers name none, and caps it', () => {
    const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.074824224s' }];
    const body = [{ error: { code: 429, message: 'slow down', status: 'RESOURCE_EXHAUSTED', details } }];
    expect(classify(429, body).retryAfterMs).toBe(34_075);
    expect(classify(429, body, { 'retry-after': '2' }).retryAfterMs).toBe(2000);
    expect(classify(429, { error: { details: [{ ...details[0], retryDelay: '500000s' }] } }).retryAfterMs).toBe(3_600_000);
    expect(classify(429, { error: { details: [{ ...details[0], retryDelay: 'soon' }] } }).retryAfterMs).toBeNull();
  });

  it('waits for a limit that is said to be used up, and for no other', () => {
    const spent = { limit: 1, remaining: 0, resetMs: 42_000 };
    const failure = (headroom: RateLimitHeadroom, status = 429): number | null =>
      fromErrorResponse('Vendor', { httpStatus: status, requestId: null, headers: {}, headroom }, Buffer.from(''), {}, 0).retryAfterMs;
    expect(failure({ requests: spent })).toBe(42_000);
    expect(failure({ requests: spent, tokens: { ...spent, resetMs: 50_000 } })).toBe(50_000);
    expect(failure({ requests: { ...spent, remaining: 1 } })).toBeNull();
    expect(failure({ requests: { ...spent, resetMs: null } })).toBeNull();
    expect(failure({ requests: { ...spent, resetMs: 90_000_000 } })).toBe(3_600_000);
    expect(failure({ requests: spent }, 500)).toBeNull();
  });

  it('shows the caller only what is his to mend, scrubbed of keys', () => {
    const invalid = classify(400, { error: { message: "Bad header 'Bearer sk-abcdefgh12345678'", param: 'messages' } });
    expect(invalid.callerMessage).toBe("Bad header '[redacted]'");
    expect(invalid.param).toBe('messages');
    const auth = classify(401, { error: { message: 'Incorrect API key provided: sk-abcdefgh12345678', param: 'key' } });
    expect([auth.callerMessage, auth.param]).toEqual([null, null]);
    expect(auth.message).not.toContain('sk-');
    expect(String(auth.upstreamBody)).toMatch(/^\[confidential \d+ bytes\]$/);
    expect(auth.upstreamBody?.reveal()).toContain('sk-abcdefgh12345678');
  });

  it('shows no page of HTML and bounds long messages', () => {
    expect(classify(404, '<!DOCTYPE html><title>404</title>').callerMessage).toBeNull();
    expect(classify(400, { error: { message: 'x'.repeat(5000) } }).callerMessage).toHaveLength(501);
  });

  it('names the parameter that FastAPI servers object to', () => {
    const error = classify(422, { detail: [{ loc: ['body', 'messages', 0, 'role'], msg: 'Input should be valid' }] });
    expect([error.param, error.callerMessage]).toEqual(['messages.0.role', 'Input should be valid']);
  });

  it('waits as the answer asks, and not when it did not fail', () => {
    expect(classify(429, '', { 'retry-after': '3' }).retryAfterMs).toBe(3000);
    expect(classify(302, '', { 'retry-after': '3' }).retryAfterMs).toBeNull();
  });

  it('classes errors within an answer by their own code, else as a failure of the provider', () => {
    const upstream = { httpStatus: 200, requestId: null, headers: {} };
    expect(fromErrorData('Vendor', upstream, { error: { message: 'Rate limit', code: 429 } }).errorClass).toBe('rate-limit');
    expect(fromErrorData('Vendor', upstream, { error: { message: 'x', type: 'invalid_request_error' } }).errorClass).toBe('invalid');
    expect(fromErrorData('Vendor', upstream, { error: { message: 'x', type: 'server_error' } }).errorClass).toBe('overloaded');
    expect(fromErrorData('Vendor', upstream, { error: 'Internal' }).errorClass).toBe('overloaded');
  });

  it.each<[HttpClientErrorKind, string]>([
    ['connect', 'transport'],
    ['timeout', 'timeout'],
    ['reset', 'transport'],
    ['aborted', 'cancelled'],
    ['too-large', 'malformed'],
    ['egress-refused', 'transport'],
    ['protocol', 'malformed'],
  ])('turns a %s below HTTP into %s', (kind, errorClass) => {
    expect(fromTransportError('Vendor', new HttpClientError(kind, 'x'), null)).toMatchObject({ errorClass });
  });

  it('leaves errors that are not ours alone', () => {
    const own = new RangeError('of the sink');
    expect(fromTransportError('Vendor', own, null)).toBe(own);
  });
});
