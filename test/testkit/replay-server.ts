/** Serves one recorded exchange over a real socket and reports where what was sent departs from what was recorded. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { serveHttp } from './loopback.ts';

export interface RecordedExchange {
  readonly method: string;
  /** Path of the recorded URL, without query. */
  readonly path: string;
  /** Headers that must arrive with these values; others are free. */
  readonly requestHeaders?: Readonly<Record<string, string>>;
  /** JSON body that must arrive; left out: any. */
  readonly requestBody?: unknown;
  /** Brings bodies to a common form before they are compared. */
  readonly normalize?: (body: unknown) => unknown;
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: Buffer;
}

/**
 * How the answer's bytes are cut into writes: at the recorded lengths, byte by byte, or at places drawn from a seed.
 * Every piece is flushed on its own, but the network may join neighbours.
 */
export type Splitting = 'whole' | 'bytes' | readonly number[] | { readonly seed: number; readonly mostBytes: number };

export interface ReplayServer extends AsyncDisposable {
  /** Without a slash at the end. */
  readonly url: string;
  /** What was sent otherwise than recorded, one sentence each; empty when all went as recorded. */
  readonly mismatches: readonly string[];
  /** Requests answered so far. */
  readonly served: number;
  /** Bodies that arrived, parsed where they are JSON. */
  readonly received: readonly unknown[];
  /** Paths with their queries, in the order they came. */
  readonly urls: readonly string[];
}

/** Headers of a recording that describe its transport rather than its answer. */
const TRANSPORT_HEADERS: ReadonlySet<string> = new Set([
  'content-length',
  'transfer-encoding',
  'content-encoding',
  'connection',
  'date',
  'keep-alive',
]);
const MAX_REQUEST_BYTES = 32 * 1024 * 1024;

export async function serveRecorded(exchange: RecordedExchange, splitting: Splitting = 'whole'): Promise<ReplayServer> {
  const mismatches: string[] = [];
  const received: unknown[] = [];
  const urls: string[] = [];
  let served = 0;
  const server = await serveHttp((request, response) => {
    void readBody(request).then(async (text) => {
      const body = parse(text);
      received.push(body);
      urls.push(request.url ?? '');
      mismatches.push(...compare(exchange, request, body));
      served += 1;
      await answer(exchange, splitting, response);
    });
  });
  return {
    url: server.url,
    mismatches,
    received,
    urls,
    get served() {
      return served;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_REQUEST_BYTES) throw new Error('The request is larger than any recording.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function compare(exchange: RecordedExchange, request: IncomingMessage, body: unknown): string[] {
  const mismatches: string[] = [];
  const path = new URL(request.url ?? '/', 'http://loopback').pathname;
  if (request.method !== exchange.method) mismatches.push(`method: sent ${request.method}, recorded ${exchange.method}`);
  if (path !== exchange.path) mismatches.push(`path: sent ${path}, recorded ${exchange.path}`);
  for (const [name, value] of Object.entries(exchange.requestHeaders ?? {})) {
    const sent = request.headers[name];
    if (sent !== value) mismatches.push(`header ${name}: sent ${String(sent)}, recorded ${value}`);
  }
  if (exchange.requestBody === undefined) return mismatches;
  const normalize = exchange.normalize ?? ((value: unknown) => value);
  mismatches.push(...differences(normalize(body), normalize(exchange.requestBody), 'body'));
  return mismatches;
}

/** Paths at which two JSON values differ. */
export function differences(sent: unknown, recorded: unknown, path: string): string[] {
  if (isDeepStrictEqual(sent, recorded)) return [];
  if (Array.isArray(sent) && Array.isArray(recorded) && sent.length === recorded.length)
    return sent.flatMap((item, index) => differences(item, recorded[index], `${path}[${index}]`));
  if (isRecord(sent) && isRecord(recorded)) {
    const names = new Set([...Object.keys(sent), ...Object.keys(recorded)]);
    return [...names].flatMap((name) => differences(sent[name], recorded[name], `${path}.${name}`));
  }
  return [`${path}: sent ${show(sent)}, recorded ${show(recorded)}`];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

async function answer(exchange: RecordedExchange, splitting: Splitting, response: ServerResponse): Promise<void> {
  const headers = Object.entries(exchange.responseHeaders).filter(([name]) => !TRANSPORT_HEADERS.has(name));
  response.writeHead(exchange.status, Object.fromEntries(headers));
  response.socket?.setNoDelay(true);
  for (const piece of split(exchange.responseBody, splitting)) {
    if (response.destroyed) return;
    await new Promise<void>((resolve) => response.write(piece, () => resolve()));
  }
  response.end();
}

/** The pieces in which an answer is written. */
export function* split(bytes: Buffer, splitting: Splitting): Generator<Buffer> {
  if (splitting === 'whole') {
    if (bytes.length > 0) yield bytes;
    return;
  }
  const nextLength = lengthsOf(splitting);
  let at = 0;
  while (at < bytes.length) {
    const length = Math.max(1, nextLength() ?? bytes.length - at);
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

function lengthsOf(splitting: Exclude<Splitting, 'whole'>): () => number | undefined {
  if (splitting === 'bytes') return () => 1;
  if ('seed' in splitting) {
    let state = splitting.seed >>> 0 || 1;
    return () => {
      // xorshift32: the same seed cuts at the same places.
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return 1 + ((state >>> 0) % splitting.mostBytes);
    };
  }
  let index = 0;
  return () => splitting[index++];
}
