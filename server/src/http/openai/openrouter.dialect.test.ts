import { describe, expect, it } from 'vitest';
import { AntiphonError } from '../../kernel/errors/index.ts';
import { openRouterDialect } from './openrouter.dialect.ts';

const error = new AntiphonError('NOT_FOUND', 'There is no such model.', { resource: 'model', param: 'model' });
const facts = { httpStatus: 404, requestId: 'cmp_0199c82cc0007000800000000000abcd' };

describe('errors as clients of OpenRouter read them', () => {
  it('have the status as their code and OpenAI’s word beside', () => {
    expect(openRouterDialect.toErrorBody(error, facts)).toEqual({
      error: {
        code: 404,
        message: 'There is no such model.',
        type: 'invalid_request_error',
        param: 'model',
        metadata: { code: 'model_not_found' },
      },
    });
  });

  it('end a stream as a chunk that has the request’s id and time', () => {
    const end = openRouterDialect.toErrorEnd(error, facts);
    expect(end.endsWith('\n\n')).toBe(true);
    expect(JSON.parse(end.slice('data: '.length))).toEqual({
      id: facts.requestId,
      object: 'chat.completion.chunk',
      created: Math.floor(0x0199c82cc000 / 1000),
      model: '',
      choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: 'error' }],
      error: { code: 404, message: 'There is no such model.', type: 'invalid_request_error' },
    });
  });
});
