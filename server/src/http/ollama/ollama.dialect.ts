import { errorCatalogue } from '../../kernel/errors/index.ts';
import { toOllamaErrorLine } from '../../modules/providers/index.ts';
import type { WireDialect } from '../wire/wire-dialect.ts';

/** How clients of the Ollama wire are told things: one sentence. */
export const ollamaDialect: WireDialect = {
  door: 'OLLAMA',
  statusOf: (error) => errorCatalogue[error.code].httpStatus,
  toErrorBody: ({ message }) => ({ error: message }),
  toErrorEnd: ({ message }) => toOllamaErrorLine(message),
  identityHeaders: (requestId) => ({ 'x-request-id': requestId }),
};
