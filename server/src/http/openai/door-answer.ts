import { errorCatalogue, toErrorHeaders, toOpenAiEnvelope, type AntiphonError } from '../../kernel/errors/index.ts';
import { endStream } from '../end-answer.ts';
import { toEntityId } from '../entity-id.ts';
import { sendJson } from '../http-server.ts';
import type { Exchange } from '../route.ts';

/** The error in this dialect: a JSON answer, or, when the stream has begun, an event and the end of the connection. */
export function answerError(exchange: Exchange, error: AntiphonError, httpStatus = errorCatalogue[error.code].httpStatus): void {
  const { request, response } = exchange;
  if (response.destroyed || response.writableEnded) return;
  if (response.headersSent) {
    endStream(response, `data: ${JSON.stringify(toOpenAiEnvelope(error))}\n\n`);
    return;
  }
  // The rest of a body that nobody reads would block the connection's next request.
  const close: Record<string, string> = request.complete ? {} : { connection: 'close' };
  sendJson(response, httpStatus, toOpenAiEnvelope(error), { ...identityHeaders(exchange), ...toErrorHeaders(error), ...close });
}

export function identityHeaders({ requestId }: Exchange): Record<string, string> {
  return { 'x-request-id': toEntityId('completion', requestId) };
}
