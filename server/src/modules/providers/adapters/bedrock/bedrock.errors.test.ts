import { describe, expect, it } from 'vitest';
import type { ProviderErrorClass } from '../../contract.ts';
import { readStatusError, readStreamError, toErrorFacts } from './bedrock.errors.ts';

const SUFFIX = ':http://internal.amazon.com/coral/com.amazon.bedrock/';

describe('a refused call', () => {
  const cases: readonly (readonly [number, string | null, string, ProviderErrorClass])[] = [
    [
      400,
      'ValidationException',
      "1 validation error detected: Value at 'inferenceConfig.maxTokens' failed to satisfy constraint",
      'invalid',
    ],
    [400, 'ValidationException', 'Input is too long for requested model.', 'too-long'],
    [400, 'ValidationException', 'Input Tokens Exceeded: Number of input tokens exceeds maximum length.', 'too-long'],
    [400, 'ValidationException', 'prompt is too long: 208310 tokens > 200000 maximum', 'too-long'],
    [400, 'ValidationException', "This model's maximum context length is 8192 tokens.", 'too-long'],
    [400, 'ValidationException', 'The generated text has been blocked by our content filters.', 'blocked'],
    [400, 'ValidationException', 'The provided model identifier is invalid.', 'not-found'],
    [400, 'ServiceQuotaExceededException', 'Your account is not authorized to invoke this API operation that often.', 'quota'],
    [400, 'ExpiredTokenException', 'The security token included in the request is expired', 'auth'],
    [403, 'AccessDeniedException', "You don't have access to the model with the specified model ID.", 'auth'],
    [403, 'InvalidSignatureException', 'The request signature we calculated does not match the signature you provided.', 'auth'],
    [403, 'UnrecognizedClientException', 'The security token included in the request is invalid.', 'auth'],
    [403, null, 'Bearer token is invalid.', 'auth'],
    [404, 'ResourceNotFoundException', 'This model version has reached the end of its life.', 'not-found'],
    [408, 'ModelTimeoutException', 'The model took too long.', 'timeout'],
    [413, null, 'Request Entity Too Large', 'too-long'],
    [424, 'ModelErrorException', 'The system encountered an unexpected error during processing.', 'overloaded'],
    [424, null, 'failed', 'overloaded'],
    [429, 'ThrottlingException', 'Too many requests, please wait before trying again.', 'rate-limit'],
    [429, 'ThrottlingException', 'Too many tokens per day, please wait before trying again.', 'quota'],
    [429, 'ModelNotReadyException', 'The model is not ready for inference.', 'overloaded'],
    [500, 'InternalServerException', 'The system encountered an unexpected error during processing. Try your request again.', 'overloaded'],
    [500, 'InternalFailure', 'An internal failure occurred.', 'overloaded'],
    [503, 'ServiceUnavailableException', 'Model is getting throttled. Try your request again.', 'rate-limit'],
    [503, 'ServiceUnavailableException', 'Bedrock is unable to process your request.', 'overloaded'],
    [400, 'NovelException', 'No idea', 'invalid'],
    [302, null, 'moved', 'malformed'],
  ];
  it.each(cases)('%i %s "%s" is %s', (status, type, message, errorClass) => {
    const headers: Record<string, string> = type === null ? {} : { 'x-amzn-errortype': `${type}${SUFFIX}` };
    expect(toErrorFacts(status, readStatusError(headers, JSON.stringify({ message })))).toMatchObject({ errorClass, message });
  });

  it('is read from the body where the head names no type', () => {
    const body = JSON.stringify({ __type: 'com.amazon.coral.service#ThrottlingException', Message: 'Rate exceeded' });
    expect(toErrorFacts(400, readStatusError({}, body))).toMatchObject({ errorClass: 'rate-limit', message: 'Rate exceeded' });
  });

  it('is classified by its status where the body is no JSON', () => {
    expect(toErrorFacts(502, readStatusError({}, '<html>'))).toEqual({ errorClass: 'overloaded', message: null, param: null });
  });

  it.each([
    ["1 validation error detected: Value '0' at 'inferenceConfig.maxTokens' failed to satisfy constraint", 'inferenceConfig.maxTokens'],
    ['Malformed input request: #/messages/2/content/0: extraneous key [toolResult] is not permitted', 'messages.2.content.0'],
    ['The provided model identifier is invalid.', 'model'],
    ['Something else', null],
  ])('names the parameter of "%s"', (message, param) => {
    expect(toErrorFacts(400, { type: 'ValidationException', message }).param).toBe(param);
  });
});

describe('an exception in a stream', () => {
  const message = (headers: Record<string, string>, body: unknown): Parameters<typeof readStreamError>[0] => ({
    headers,
    payload: Buffer.from(JSON.stringify(body)),
  });

  it.each([
    ['throttlingException', 'Too many requests', 'rate-limit'],
    ['validationException', 'Input is too long for requested model.', 'too-long'],
    ['modelStreamErrorException', 'The model stream broke.', 'overloaded'],
    ['internalServerException', 'Unexpected error', 'overloaded'],
    ['serviceUnavailableException', 'Try again', 'overloaded'],
    ['modelTimeoutException', 'Took too long', 'timeout'],
  ])('%s "%s" is %s', (type, text, errorClass) => {
    const error = readStreamError(message({ ':message-type': 'exception', ':exception-type': type }, { message: text }));
    expect(toErrorFacts(null, error)).toMatchObject({ errorClass, message: text });
  });

  it('tells what the model itself said', () => {
    const body = { message: 'The model failed.', originalMessage: 'prompt is too long', originalStatusCode: 400 };
    const error = readStreamError(message({ ':exception-type': 'modelStreamErrorException' }, body));
    expect(toErrorFacts(null, error)).toMatchObject({ errorClass: 'too-long', message: 'prompt is too long' });
  });

  it('may be an error of the framing with its words in the headers', () => {
    const error = readStreamError(message({ ':message-type': 'error', ':error-code': 'InternalFailure', ':error-message': 'broken' }, ''));
    expect(toErrorFacts(null, error)).toMatchObject({ errorClass: 'overloaded', message: 'broken' });
  });
});
