import type { IncomingHttpHeaders } from 'node:http';
import type { Principal } from '../../modules/identity/index.ts';
import type { Exchange } from '../route.ts';
import type { GraphqlCaller } from './graphql-context.ts';

/** Who asks by an HTTP request. */
export class HttpCaller implements GraphqlCaller {
  readonly principal: Principal;
  readonly requestId: string;
  readonly receivedAtMs: number;
  readonly receivedAtMonotonicMs: number;
  readonly traceHeaders: Readonly<Record<string, string>>;
  readonly #exchange: Exchange;

  constructor(exchange: Exchange, principal: Principal) {
    this.#exchange = exchange;
    this.principal = principal;
    this.requestId = exchange.requestId;
    this.receivedAtMs = exchange.receivedAtMs;
    this.receivedAtMonotonicMs = exchange.receivedAtMonotonicMs;
    this.traceHeaders = readTraceHeaders(exchange.request.headers);
  }

  /** Made when it is first asked for: most operations never do. */
  get signal(): AbortSignal {
    return this.#exchange.signal;
  }
}

const NO_HEADERS: Readonly<Record<string, string>> = Object.freeze({});

/** `traceparent` and `tracestate` of the caller, where it sent them. */
export function readTraceHeaders({ traceparent, tracestate }: IncomingHttpHeaders): Readonly<Record<string, string>> {
  if (traceparent === undefined && tracestate === undefined) return NO_HEADERS;
  return {
    ...(typeof traceparent === 'string' ? { traceparent } : {}),
    ...(typeof tracestate === 'string' ? { tracestate } : {}),
  };
}
