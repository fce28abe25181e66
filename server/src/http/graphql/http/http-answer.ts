import type { FormattedExecutionResult } from 'graphql';
import { toErrorHeaders, type AntiphonError } from '../../../kernel/errors/index.ts';
import { toEntityId } from '../../entity-id.ts';
import { endAnswer } from '../../end-answer.ts';
import type { Exchange } from '../../route.ts';
import { extensionsOf, statusOfFailure } from '../executor/index.ts';

export const JSON_TYPE = 'application/json; charset=utf-8';
export const RESPONSE_TYPE = 'application/graphql-response+json; charset=utf-8';

/** Either media type of a GraphQL answer. */
export type AnswerType = typeof JSON_TYPE | typeof RESPONSE_TYPE;

/**
 * Status of an executed operation. Clients of the older media type are promised 200 for every well-formed request whose document or
 * variables are at fault; who may not do something is told so by the status in both.
 */
export function statusOf(result: FormattedExecutionResult, type: AnswerType): number {
  if ('data' in result) return 200;
  const status = statusOfFailure(result);
  return type === JSON_TYPE && status === 400 ? 200 : status;
}

/** Sends an answer of either lane. Does nothing when the caller has gone. */
export function sendAnswer(
  exchange: Exchange,
  status: number,
  type: string,
  text: string,
  headers?: Readonly<Record<string, string>>,
): void {
  const { request, response, requestId } = exchange;
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-request-id': toEntityId('completion', requestId),
    ...headers,
    // The rest of a body that nobody reads would block the connection's next request.
    ...(request.complete ? undefined : { connection: 'close' }),
  });
  endAnswer(request, response, text);
}

/** An answer to what never became an operation: no credential, no JSON, too large. */
export function sendRefusal(exchange: Exchange, error: AntiphonError, status: number): void {
  const body = { errors: [{ message: error.message, extensions: extensionsOf(error, exchange.requestId) }] };
  sendAnswer(exchange, status, JSON_TYPE, JSON.stringify(body), toErrorHeaders(error));
}
