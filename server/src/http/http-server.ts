import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from '../kernel/clock/index.ts';
import { AntiphonError, toAntiphonError, toErrorHeaders, toLogFields, toOpenAiEnvelope } from '../kernel/errors/index.ts';
import type { Ids } from '../kernel/ids/index.ts';
import type { Logger } from '../kernel/telemetry/index.ts';
import { endAnswer } from './end-answer.ts';
import type { Exchange, Handler, Routes } from './route.ts';

/** A head that takes longer, or a connection that idles longer, is closed: slow clients must not hold sockets. */
const HEADERS_TIMEOUT_MS = 15_000;
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
/** A body has to arrive in this time; answers may take as long as their deadline. */
const REQUEST_TIMEOUT_MS = 120_000;
const MAX_HEADER_BYTES = 32 * 1024;
const MAX_CONNECTIONS = 20_000;
const DRAIN_SWEEP_MS = 50;

export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export interface HttpServerOptions {
  readonly routes: Routes;
  readonly onUpgrade?: UpgradeHandler;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
}

export interface HttpServer {
  /** Resolves with the port that was taken; rejects with a sentence that says what to do when it cannot be. */
  listen(host: string, port: number): Promise<number>;
  /** Takes no new connections, waits for running answers up to `graceMs`, then closes what is left. */
  drain(graceMs: number): Promise<void>;
}

/** A plain HTTP server with a table of routes: the hot doors need nothing else between them and the socket. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const dispatch = createDispatcher(options);
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      noDelay: true,
    },
    dispatch,
  );
  server.maxConnections = MAX_CONNECTIONS;
  if (options.onUpgrade !== undefined) server.on('upgrade', options.onUpgrade);
  return { listen: (host, port) => listen(server, host, port), drain: (graceMs) => drain(server, graceMs) };
}

function createDispatcher({ routes, clock, ids, log }: HttpServerOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const prefixes = Object.entries(routes.prefixes ?? {}).sort(([left], [right]) => right.length - left.length);
  const exact = new Map(Object.entries(routes.exact));
  const handlerFor = (path: string): Handler | undefined => exact.get(path) ?? prefixes.find(([prefix]) => path.startsWith(prefix))?.[1];

  return (request, response) => {
    const url = request.url ?? '/';
    const queryAt = url.indexOf('?');
    const path = queryAt === -1 ? url : url.slice(0, queryAt);
    const requestId = ids.uuidv7();
    const exchange = new HttpExchange(request, response, path, queryAt === -1 ? '' : url.slice(queryAt + 1), requestId, clock);
    const handler = handlerFor(path);
    try {
      const done = handler === undefined ? answerNotFound(exchange) : handler(exchange);
      if (done instanceof Promise) done.catch((thrown: unknown) => answerFault(exchange, thrown, log));
    } catch (thrown) {
      answerFault(exchange, thrown, log);
    }
  };
}

class HttpExchange implements Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly query: string;
  readonly requestId: string;
  readonly receivedAtMs: number;
  readonly receivedAtMonotonicMs: number;
  #controller: AbortController | null = null;

  constructor(request: IncomingMessage, response: ServerResponse, path: string, query: string, requestId: string, clock: Clock) {
    this.request = request;
    this.response = response;
    this.path = path;
    this.query = query;
    this.requestId = requestId;
    this.receivedAtMs = clock.nowMs();
    this.receivedAtMonotonicMs = clock.monotonicMs();
  }

  get signal(): AbortSignal {
    if (this.#controller === null) {
      const controller = new AbortController();
      this.#controller = controller;
      if (this.response.closed && !this.response.writableFinished) controller.abort();
      else
        this.response.once('close', () => {
          if (!this.response.writableFinished) controller.abort();
        });
    }
    return this.#controller.signal;
  }
}

function answerNotFound({ path, response, requestId }: Exchange): void {
  const error = new AntiphonError(
    'NOT_FOUND',
    `There is nothing at ${path.slice(0, 200)}. The GraphQL endpoint is /graphql, the OpenAI wire is under /v1.`,
    { resource: 'other' },
  );
  sendJson(response, 404, toOpenAiEnvelope(error), { 'x-request-id': requestId });
}

/** The last net under every handler: a fault is logged once and masked. */
function answerFault({ response, requestId }: Exchange, thrown: unknown, log: Logger): void {
  const error = toAntiphonError(thrown);
  log.error({ requestId, ...toLogFields(error) }, 'a request failed outside its door');
  if (response.headersSent) response.destroy();
  else sendJson(response, 500, toOpenAiEnvelope(error), { 'x-request-id': requestId, ...toErrorHeaders(error) });
}

/** Sends a whole JSON answer. Does nothing when the caller has gone. */
export function sendJson(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  if (response.destroyed || response.headersSent) return;
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text), ...headers });
  endAnswer(response.req, response, text);
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} on ${host} is taken. Stop what uses it, or choose another port (0 takes any free one).`, {
              cause: error,
            })
          : error,
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function drain(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    // A connection whose answer ends from now on is idle again, and its caller may keep it open for minutes.
    const sweep = setInterval(() => server.closeIdleConnections(), DRAIN_SWEEP_MS);
    server.close(() => {
      clearTimeout(timer);
      clearInterval(sweep);
      resolve();
    });
    server.closeIdleConnections();
  });
}
