import { toOpenAiEnvelope, type AntiphonError } from '../../kernel/errors/index.ts';
import type { ErrorFacts, WireDialect } from '../wire/wire-dialect.ts';
import { openAiDialect } from './openai.dialect.ts';

/** How clients of OpenRouter are told things: OpenAI's wire with errors whose code is the status; its SDK refuses any others. */
export const openRouterDialect: WireDialect = {
  ...openAiDialect,
  toErrorBody: (error, { httpStatus }) => toEnvelope(error, httpStatus),
  toErrorEnd: (error, facts) => `data: ${JSON.stringify(toLastChunk(error, facts))}\n\n`,
};

/** OpenAI's word for it stays beside, for callers that look there. */
function toEnvelope(error: AntiphonError, httpStatus: number) {
  const { message, type, param, code } = toOpenAiEnvelope(error).error;
  return { error: { code: httpStatus, message, type, param, metadata: { code } } };
}

/** A stream ends with a chunk like the others that carries the error; its model is not told again. */
function toLastChunk(error: AntiphonError, { httpStatus, requestId }: ErrorFacts) {
  const { message, type } = toOpenAiEnvelope(error).error;
  return {
    id: requestId,
    object: 'chat.completion.chunk',
    created: createdAtSeconds(requestId),
    model: '',
    choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: 'error' }],
    error: { code: httpStatus, message, type },
  };
}

/** The beginning of a request's id is its time in milliseconds. */
function createdAtSeconds(requestId: string): number {
  const milliseconds = Number.parseInt(
    requestId
      .slice(requestId.indexOf('_') + 1)
      .replaceAll('-', '')
      .slice(0, 12),
    16,
  );
  return Math.floor(milliseconds / 1000);
}
