/**
 * The limit that the server is measured against: the least that a Node proxy can do. node:http takes the call, a pooled keep-alive client
 * sends the same method, path, headers and body to the upstream, and the answer is piped back. It authenticates nobody, counts nothing and
 * remembers nothing.
 *
 *   node bench/bare-proxy.ts --upstream http://127.0.0.1:9001 [--client undici|http] [--slow-us 200]
 *
 * Both clients are kept so that `npm run bench -- --compare-clients` can show which costs less CPU; the table uses the cheaper.
 * `--slow-us` burns that much CPU per answer head and per relayed piece: the control that must fail the bars.
 */
import { Agent, createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { Pool, type Dispatcher } from 'undici';

export type ProxyClient = 'undici' | 'http';

export interface BareProxyOptions {
  upstreamUrl: string;
  /** Default 'undici'. */
  client?: ProxyClient;
  /** CPU to burn per answer head and per relayed piece, µs. Default 0. */
  slowMicroseconds?: number;
  /** Default 0: any free port. */
  port?: number;
}

export interface BareProxy {
  port: number;
  stop(): Promise<void>;
}

type Forward = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** Never the limit in a run: the load generator holds fewer connections. */
const MAX_CONNECTIONS = 4096;
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** Starts the proxy on loopback. */
export async function startBareProxy(options: BareProxyOptions): Promise<BareProxy> {
  const burn = burner(options.slowMicroseconds ?? 0);
  const client = options.client === 'http' ? httpForward(options.upstreamUrl, burn) : undiciForward(options.upstreamUrl, burn);
  const server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 }, client.forward);
  await listen(server, options.port ?? 0);
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await client.close();
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', backlog: 4096 }, resolve);
  });
}

function burner(microseconds: number): () => void {
  if (microseconds === 0) return () => undefined;
  return () => {
    const until = performance.now() + microseconds / 1000;
    while (performance.now() < until);
  };
}

/** Headers that belong to one hop (RFC 9110 §7.6.1) and the ones that the client sets by itself. */
const OWN_HEADERS = new Set([
  'connection',
  'keep-alive',
  'host',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'expect',
  'content-length',
]);

function forwardedHeaders(raw: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? '';
    if (!OWN_HEADERS.has(name.toLowerCase())) kept.push(name, raw[index + 1] ?? '');
  }
  return kept;
}

const HOP_HEADERS = new Set(['connection', 'keep-alive', 'transfer-encoding', 'trailer', 'upgrade']);

function answerHeaders(raw: readonly (Buffer | string)[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = String(raw[index]);
    if (!HOP_HEADERS.has(name.toLowerCase())) kept.push(name, String(raw[index + 1]));
  }
  return kept;
}

/** Bodies are small JSON: handed on whole, they go out in one write together with the head. */
function collectBody(incoming: IncomingMessage, outgoing: ServerResponse, then: (body: Buffer | null) => void): void {
  if (incoming.headers['content-length'] === undefined && incoming.headers['transfer-encoding'] === undefined) {
    then(null);
    return;
  }
  const pieces: Buffer[] = [];
  let received = 0;
  incoming.on('data', (piece: Buffer) => {
    received += piece.length;
    if (received <= MAX_BODY_BYTES) pieces.push(piece);
  });
  incoming.on('end', () => {
    if (received > MAX_BODY_BYTES) outgoing.writeHead(413, { 'content-length': 0 }).end();
    else then(pieces.length === 1 ? (pieces[0] ?? null) : Buffer.concat(pieces));
  });
}

function failed(outgoing: ServerResponse): void {
  if (outgoing.headersSent) outgoing.destroy();
  else outgoing.writeHead(502, { 'content-length': 0 }).end();
}

function undiciForward(upstreamUrl: string, burn: () => void): { forward: Forward; close(): Promise<void> } {
  const pool = new Pool(upstreamUrl, { connections: MAX_CONNECTIONS, pipelining: 1, bodyTimeout: 0, headersTimeout: 0 });
  const forward: Forward = (incoming, outgoing) => {
    collectBody(incoming, outgoing, (body) => {
      const headers = forwardedHeaders(incoming.rawHeaders);
      pool.dispatch({ method: incoming.method ?? 'GET', path: incoming.url ?? '/', headers, body }, relay(outgoing, burn));
    });
  };
  return { forward, close: () => pool.destroy() };
}

function relay(outgoing: ServerResponse, burn: () => void): Dispatcher.DispatchHandler {
  return {
    onRequestStart: (controller) => {
      outgoing.on('close', () => {
        if (!outgoing.writableFinished) controller.abort(new Error('The reader left.'));
      });
    },
    onResponseStart: (controller, status) => {
      burn();
      const raw = controller.rawHeaders;
      outgoing.writeHead(status, answerHeaders(Array.isArray(raw) ? raw : []));
    },
    onResponseData: (controller, piece) => {
      burn();
      if (outgoing.write(piece)) return;
      controller.pause();
      outgoing.once('drain', () => controller.resume());
    },
    onResponseEnd: () => outgoing.end(),
    onResponseError: () => failed(outgoing),
  };
}

function httpForward(upstreamUrl: string, burn: () => void): { forward: Forward; close(): Promise<void> } {
  const { hostname, port } = new URL(upstreamUrl);
  const agent = new Agent({ keepAlive: true, maxSockets: MAX_CONNECTIONS, maxFreeSockets: MAX_CONNECTIONS, scheduling: 'lifo' });
  const forward: Forward = (incoming, outgoing) => {
    collectBody(incoming, outgoing, (body) => {
      const length = body === null ? [] : ['content-length', String(body.length)];
      const headers = ['host', `${hostname}:${port}`, ...forwardedHeaders(incoming.rawHeaders), ...length];
      const target = { agent, hostname, port, method: incoming.method ?? 'GET', path: incoming.url ?? '/', headers };
      const outward = request(target, (answer) => pipeAnswer(answer, outgoing, burn));
      outward.on('error', () => failed(outgoing));
      outgoing.on('close', () => {
        if (!outgoing.writableFinished) outward.destroy();
      });
      outward.end(body);
    });
  };
  return { forward, close: async () => agent.destroy() };
}

function pipeAnswer(answer: IncomingMessage, outgoing: ServerResponse, burn: () => void): void {
  burn();
  outgoing.writeHead(answer.statusCode ?? 502, answerHeaders(answer.rawHeaders));
  answer.on('data', burn);
  answer.on('error', () => failed(outgoing));
  answer.pipe(outgoing);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      upstream: { type: 'string' },
      client: { type: 'string', default: 'undici' },
      'slow-us': { type: 'string', default: '0' },
      port: { type: 'string', default: '0' },
    },
  });
  if (values.upstream === undefined) throw new Error('Say where to forward to: --upstream http://127.0.0.1:<port>');
  if (values.client !== 'undici' && values.client !== 'http') throw new Error('--client is undici or http.');
  const proxy = await startBareProxy({
    upstreamUrl: values.upstream,
    client: values.client,
    slowMicroseconds: Number(values['slow-us']),
    port: Number(values.port),
  });
  console.log(JSON.stringify({ port: proxy.port, client: values.client }));
  process.on('SIGTERM', () => void proxy.stop());
}

if (import.meta.main) await main();
