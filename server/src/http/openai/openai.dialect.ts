import { errorCatalogue, toOpenAiEnvelope } from '../../kernel/errors/index.ts';
import type { WireDialect } from '../wire/wire-dialect.ts';

/** How clients of the OpenAI wire are told things. */
export const openAiDialect: WireDialect = {
  door: 'OPENAI',
  statusOf: (error) => errorCatalogue[error.code].httpStatus,
  toErrorBody: toOpenAiEnvelope,
  toErrorEnd: (error) => `data: ${JSON.stringify(toOpenAiEnvelope(error))}\n\n`,
  identityHeaders: (requestId) => ({ 'x-request-id': requestId }),
};
