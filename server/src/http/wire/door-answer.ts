import type { IncomingHttpHeaders } from 'node:http';
import { toErrorHeaders, type AntiphonError } from '../../kernel/errors/index.ts';
import type { CompletionOutcome } from '../../modules/completions/index.ts';
import { endStream } from '../end-answer.ts';
import { toEntityId } from '../entity-id.ts';
import { sendJson } from '../http-server.ts';
import { formatUsd } from '../money.ts';
import type { Exchange } from '../route.ts';
import type { WireDialect } from './wire-dialect.ts';

/** The error in the caller's dialect: a JSON answer, or, when the stream has begun, an event and the end of the connection. */
export function answerError(
  exchange: Exchange,
  dialect: WireDialect,
  error: AntiphonError,
  { httpStatus = dialect.statusOf(error), headers = {} }: { httpStatus?: number; headers?: Readonly<Record<string, string>> } = {},
): void {
  const { request, response } = exchange;
  if (response.destroyed || response.writableEnded) return;
  const facts = { httpStatus, requestId: toEntityId('completion', exchange.requestId) };
  if (response.headersSent) {
    endStream(response, dialect.toErrorEnd(error, facts));
    return;
  }
  // The rest of a body that nobody reads would block the connection's next request.
  const close: Record<string, string> = request.complete || !hasBody(request.headers) ? {} : { connection: 'close' };
  sendJson(response, httpStatus, dialect.toErrorBody(error, facts), {
    ...identityHeaders(exchange, dialect),
    ...toErrorHeaders(error),
    ...headers,
    ...close,
  });
}

function hasBody(headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Headers that name the request to its caller. */
export function identityHeaders({ requestId }: Exchange, dialect: WireDialect): Readonly<Record<string, string>> {
  return dialect.identityHeaders(toEntityId('completion', requestId));
}

/** Headers that tell who served, at what price and in what time. */
export function outcomeHeaders(outcome: CompletionOutcome, dialect?: WireDialect): Record<string, string> {
  const { settlement, served, limits, attempts } = outcome;
  return {
    ...(served === null ? {} : { 'x-antiphon-provider': served.providerId, 'x-antiphon-model': served.modelId }),
    'x-antiphon-attempts': String(attempts.length),
    'x-antiphon-cost-usd': settlement.costNanoUsd === null ? 'unknown' : formatUsd(settlement.costNanoUsd),
    ...(settlement.overheadMs === null ? {} : { 'x-antiphon-overhead-ms': settlement.overheadMs.toFixed(2) }),
    ...(limits === null
      ? {}
      : {
          'x-ratelimit-limit-requests': String(limits.limitRequests),
          'x-ratelimit-remaining-requests': String(limits.remainingRequests),
          ...dialect?.limitHeaders?.(limits),
        }),
    ...(settlement.warnings.length === 0 ? {} : { 'x-antiphon-warnings': String(settlement.warnings.length) }),
  };
}
