import { describe, expect, it } from 'vitest';
import {
  AntiphonError,
  errorCatalogue,
  toAntiphonError,
  toErrorHeaders,
  toGraphqlExtensions,
  toLogFields,
  toOpenAiEnvelope,
  toUserError,
} from './index.ts';
import type { ErrorCode } from './index.ts';

const codes = Object.keys(errorCatalogue) as ErrorCode[];

describe('error catalogue', () => {
  it('gives every code a payload rendering exactly when it says so', () => {
    for (const code of codes) {
      const rendered = toUserError(new AntiphonError(code, 'why'));
      expect(rendered === null, code).toBe(errorCatalogue[code].graphql !== 'payload');
    }
  });

  it('tells OpenAI clients the model is missing apart from other things that are', () => {
    expect(toOpenAiEnvelope(new AntiphonError('NOT_FOUND', 'no', { resource: 'model', param: 'model' })).error).toEqual({
      message: 'no',
      type: 'invalid_request_error',
      param: 'model',
      code: 'model_not_found',
    });
    expect(toOpenAiEnvelope(new AntiphonError('NOT_FOUND', 'no', { resource: 'completion' })).error.code).toBe('not_found');
  });

  it('advises when to retry, and forbids it where the status would invite it', () => {
    expect(toErrorHeaders(new AntiphonError('RATE_LIMITED', 'slow down', { retryAfterMs: 1500 }))).toEqual({
      'retry-after': '2',
      'retry-after-ms': '1500',
    });
    expect(toErrorHeaders(new AntiphonError('UNAVAILABLE', 'away'))).toEqual({ 'retry-after': '1', 'retry-after-ms': '1000' });
    expect(toErrorHeaders(new AntiphonError('QUOTA_EXCEEDED', 'spent'))).toEqual({ 'x-should-retry': 'false' });
    expect(toErrorHeaders(new AntiphonError('CONFLICT', 'differs'))).toEqual({ 'x-should-retry': 'false' });
  });

  it('masks what was not thrown on purpose and keeps it for the log', () => {
    const cause = new TypeError('x.y is undefined');
    const masked = toAntiphonError(cause);
    expect(masked.code).toBe('INTERNAL');
    expect(masked.message).not.toContain('undefined');
    expect(toLogFields(masked)['error']).toBe(cause);
    expect(toGraphqlExtensions(masked, 'r1')).toEqual({ code: 'INTERNAL', requestId: 'r1' });
  });
});
