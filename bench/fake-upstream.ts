/**
 * A provider that speaks the OpenAI wire and costs next to nothing: raw sockets, answers precomputed. Its own process, so that its CPU
 * is not counted as anybody else's.
 *
 *   node bench/fake-upstream.ts --port 9001
 *
 * POST /v1/chat/completions (streamed or not), POST /v1/embeddings, GET /v1/models, GET /stats. How an answer behaves is set per call by
 * a directive (`fake:latency=20,chunks=500,interval=10,bytes=1000`) in the query, the `x-fake-upstream` header, the model name or the
 * prompt. The prompt is the one place that every gateway forwards.
 */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { parseArgs } from 'node:util';
import { AnswerBytes, DEFAULT_PLAN, parseDirective, type AnswerPlan, type StreamBytes } from './fake-upstream-plan.ts';
import { headerValue, WireReader } from './http-wire.ts';

/** What the upstream saw since it started; the bench compares it with what the load generator sent. */
export interface UpstreamStats {
  completions: number;
  streams: number;
  embeddings: number;
  chunks: number;
  /** Streams whose reader left before the end. */
  abandonedStreams: number;
  refused: number;
}

export interface FakeUpstream {
  port: number;
  stats(): UpstreamStats;
  stop(): Promise<void>;
}

const MAX_BODY_BYTES = 8 * 1024 * 1024;
/** A reader this far behind stops the clock of its stream until it has drained. */
const MAX_UNSENT_BYTES = 256 * 1024;
const MODELS = ['gpt-4.1-mini', 'gpt-4.1', 'gpt-4o-mini', 'text-embedding-3-small'];

interface Exchange {
  socket: Socket;
  stats: UpstreamStats;
  answers: AnswerBytes;
}

/** Starts the upstream on loopback; port 0 takes any free one. */
export async function startFakeUpstream(port = 0): Promise<FakeUpstream> {
  const stats: UpstreamStats = { completions: 0, streams: 0, embeddings: 0, chunks: 0, abandonedStreams: 0, refused: 0 };
  const answers = new AnswerBytes();
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true, keepAlive: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveConnection({ socket, stats, answers });
  });
  await listen(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    stats: () => ({ ...stats }),
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', backlog: 4096 }, resolve);
  });
}

function serveConnection(exchange: Exchange): void {
  const { socket } = exchange;
  let startLine = '';
  let headers = '';
  let pieces: Buffer[] = [];
  let received = 0;
  const reader = new WireReader('request', {
    head: (line, block) => {
      startLine = line;
      headers = block;
      pieces = [];
      received = 0;
      if (headerValue(block, 'expect') !== undefined) socket.write('HTTP/1.1 100 Continue\r\n\r\n');
    },
    body: (piece) => {
      received += piece.length;
      if (received <= MAX_BODY_BYTES) pieces.push(piece);
    },
    end: () => {
      if (received > MAX_BODY_BYTES) socket.end(exchange.answers.error('413 Content Too Large', `Body over ${MAX_BODY_BYTES} bytes.`));
      else answer(exchange, startLine, headers, pieces.length === 1 ? (pieces[0] ?? Buffer.alloc(0)) : Buffer.concat(pieces));
    },
    error: () => socket.destroy(),
  });
  socket.on('data', (piece) => reader.push(piece));
  // A reset by the peer is an ordinary end here; 'close' follows and tidies up.
  socket.on('error', () => socket.destroy());
}

function answer(exchange: Exchange, startLine: string, headers: string, body: Buffer): void {
  const { socket, answers, stats } = exchange;
  const [method = '', target = ''] = startLine.split(' ', 2);
  const queryAt = target.indexOf('?');
  const path = queryAt < 0 ? target : target.slice(0, queryAt);
  if (method === 'GET' && path === '/stats') socket.write(answers.json(stats));
  else if (method === 'GET' && path === '/v1/models') socket.write(answers.json(modelList()));
  else if (method === 'POST' && path === '/v1/chat/completions') answerChat(exchange, target, headers, body);
  else if (method === 'POST' && path === '/v1/embeddings') answerEmbeddings(exchange, body);
  else refuse(exchange, '404 Not Found', `No ${method} ${path} here.`);
}

function modelList(): object {
  return { object: 'list', data: MODELS.map((id) => ({ id, object: 'model', created: 1_760_000_000, owned_by: 'fake' })) };
}

function refuse(exchange: Exchange, status: '400 Bad Request' | '404 Not Found', message: string): void {
  exchange.stats.refused += 1;
  exchange.socket.write(exchange.answers.error(status, message));
}

/** The fields of a request that change the answer. */
interface Asked {
  model?: unknown;
  messages?: unknown;
  stream?: unknown;
  stream_options?: { include_usage?: unknown } | null;
  input?: unknown;
  encoding_format?: unknown;
}

function parseBody(text: string): Asked | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function answerChat(exchange: Exchange, target: string, headers: string, body: Buffer): void {
  const text = body.toString('utf8');
  const asked = parseBody(text);
  if (asked === undefined || typeof asked.model !== 'string' || !Array.isArray(asked.messages)) {
    refuse(exchange, '400 Bad Request', 'The body must be a JSON object with `model` and `messages`.');
    return;
  }
  const plan =
    (target.includes('fake:') ? parseDirective(decodeURIComponent(target)) : undefined) ??
    parseDirective(headerValue(headers, 'x-fake-upstream') ?? '') ??
    parseDirective(text) ??
    DEFAULT_PLAN;
  const model = asked.model;
  if (asked.stream === true) {
    exchange.stats.streams += 1;
    const withUsage = asked.stream_options?.include_usage === true;
    after(exchange.socket, plan.latencyMs, () => writeStream(exchange, plan, exchange.answers.stream(model, plan), withUsage));
  } else {
    exchange.stats.completions += 1;
    after(exchange.socket, plan.latencyMs, () => exchange.socket.write(exchange.answers.completion(model, plan)));
  }
}

function answerEmbeddings(exchange: Exchange, body: Buffer): void {
  const asked = parseBody(body.toString('utf8'));
  if (asked === undefined || typeof asked.model !== 'string' || asked.input === undefined) {
    refuse(exchange, '400 Bad Request', 'The body must be a JSON object with `model` and `input`.');
    return;
  }
  exchange.stats.embeddings += 1;
  const inputs = Array.isArray(asked.input) && typeof asked.input[0] !== 'number' ? asked.input.length : 1;
  exchange.socket.write(exchange.answers.embeddings(asked.model, inputs, asked.encoding_format === 'base64' ? 'base64' : 'float'));
}

function after(socket: Socket, delayMs: number, act: () => void): void {
  if (delayMs === 0) {
    act();
    return;
  }
  const timer = setTimeout(() => {
    socket.off('close', cancel);
    if (!socket.destroyed) act();
  }, delayMs);
  const cancel = (): void => clearTimeout(timer);
  socket.once('close', cancel);
}

function writeStream(exchange: Exchange, plan: AnswerPlan, bytes: StreamBytes, withUsage: boolean): void {
  const { socket, stats } = exchange;
  const tail = withUsage ? bytes.tailWithUsage : bytes.tailWithoutUsage;
  if (plan.intervalMs === 0) {
    const all = [bytes.head];
    for (let index = 0; index < plan.chunks; index += 1) all.push(chunkAt(bytes, plan, index));
    stats.chunks += plan.chunks;
    socket.write(Buffer.concat([...all, tail]));
    return;
  }
  let sent = 0;
  const timer = setInterval(() => {
    if (socket.writableLength > MAX_UNSENT_BYTES) return;
    if (sent < plan.chunks) {
      socket.write(chunkAt(bytes, plan, sent));
      sent += 1;
      stats.chunks += 1;
      return;
    }
    finish();
    socket.write(tail);
  }, plan.intervalMs);
  const finish = (): void => {
    clearInterval(timer);
    socket.off('close', abandon);
  };
  const abandon = (): void => {
    clearInterval(timer);
    stats.abandonedStreams += 1;
  };
  socket.once('close', abandon);
  socket.write(bytes.head);
}

function chunkAt(bytes: StreamBytes, plan: AnswerPlan, index: number): Buffer {
  return index === plan.chunks - 1 ? bytes.lastWord : (bytes.words[index % bytes.words.length] ?? bytes.lastWord);
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
  const upstream = await startFakeUpstream(Number(values.port));
  console.log(JSON.stringify({ port: upstream.port }));
  process.on('SIGTERM', () => void upstream.stop());
}

if (import.meta.main) await main();
