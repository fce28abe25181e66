import type { HttpClient, OutboundRequest, ResponseHeaders } from '../../../../kernel/http-client/index.ts';
import type { CallContext, JsonObject, UpstreamResponse } from '../../contract.ts';
import { COMMON_REQUESTS, COMMON_TOKENS, headroomOf, type RateLimitRules } from '../../shared/rate-limits.ts';
import type { OpenAiCompatibleSettings } from './openai.settings.ts';
import { USUAL_PATHS } from './openai.wire.ts';

const DEFAULT_CONNECT_TIMEOUT_MS = 10_000;
const DEFAULT_IDLE_TIMEOUT_MS = 300_000;

export interface Outgoing {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: JsonObject;
  /** Instead of `body`: an encoded form. */
  readonly form?: { readonly contentType: string; readonly body: Buffer };
  readonly accept: 'application/json' | 'text/event-stream' | '*/*';
  readonly signal: AbortSignal;
  readonly remainingMs: number;
  /** Our id of the attempt and the caller's trace; absent for probes. */
  readonly context?: CallContext;
}

/** The whole request, credentials included. */
export function toOutboundRequest(settings: OpenAiCompatibleSettings, outgoing: Outgoing): OutboundRequest {
  const authorization = settings.authorization ?? { header: 'authorization', scheme: 'Bearer' };
  const headers: Record<string, string> = { accept: outgoing.accept, ...outgoing.context?.traceHeaders, ...settings.headers };
  if (outgoing.context !== undefined) headers[settings.requestIdHeader ?? 'x-request-id'] = outgoing.context.attemptId;
  if (outgoing.body !== undefined) headers['content-type'] = 'application/json';
  if (outgoing.form !== undefined) headers['content-type'] = outgoing.form.contentType;
  if (settings.apiKey !== null) {
    const key = settings.apiKey.reveal();
    headers[authorization.header] = authorization.scheme === '' ? key : `${authorization.scheme} ${key}`;
  }
  const totalMs = Math.max(1, Math.ceil(outgoing.remainingMs));
  return {
    method: outgoing.method,
    url: urlOf(settings, outgoing.path),
    headers,
    ...(outgoing.form === undefined ? {} : { body: outgoing.form.body }),
    ...(outgoing.body === undefined ? {} : { body: JSON.stringify(outgoing.body) }),
    signal: outgoing.signal,
    timeouts: {
      connectMs: Math.min(totalMs, settings.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS),
      headersMs: totalMs,
      idleMs: Math.min(totalMs, settings.idleTimeoutMs ?? DEFAULT_IDLE_TIMEOUT_MS),
      totalMs,
    },
    egress: settings.egress,
  };
}

/** A path of this provider, for a model where it is part of it. */
export function pathOf(
  { paths }: Pick<OpenAiCompatibleSettings, 'paths'>,
  operation: 'chat' | 'embeddings' | 'models',
  model = '',
): string {
  return (paths?.[operation] ?? USUAL_PATHS[operation]).replaceAll('{model}', encodeURIComponent(model));
}

/** Azure's deployments base wants a version in every URL. */
function urlOf({ baseUrl, paths }: OpenAiCompatibleSettings, path: string): string {
  return paths?.query === undefined ? baseUrl + path : `${baseUrl}${path}${path.includes('?') ? '&' : '?'}${paths.query}`;
}

/** Where providers of this wire put their id of a request, best first. */
const REQUEST_ID_HEADERS = [
  'x-request-id',
  'request-id',
  'apim-request-id',
  'x-generation-id',
  'mistral-correlation-id',
  'x-ds-trace-id',
  'minimax-request-id',
  'nvcf-reqid',
  'x-inference-request-id',
  'x-kong-request-id',
  'cf-ray',
] as const;

const PASSED_HEADERS: ReadonlySet<string> = new Set([
  'retry-after',
  'retry-after-ms',
  'x-should-retry',
  'openai-processing-ms',
  'openai-version',
]);
const PASSED_PREFIXES = ['x-ratelimit-', 'ratelimit-'] as const;

const UNKNOWN_RATE_LIMITS: RateLimitRules = { requests: [COMMON_REQUESTS], tokens: [COMMON_TOKENS], resetFormat: 'any' };

/** What must be known to read an answer's head. */
export type HeadSettings = Pick<OpenAiCompatibleSettings, 'answerIdHeaders' | 'rateLimits' | 'clock'>;

/** What is kept of an answer's head: request id, rate limits, processing time. Never cookies, keys or account names. */
export function toUpstreamResponse(settings: HeadSettings, httpStatus: number, headers: ResponseHeaders): UpstreamResponse {
  const kept: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined) continue;
    if (PASSED_HEADERS.has(name) || PASSED_PREFIXES.some((prefix) => name.startsWith(prefix))) kept[name] = value;
  }
  const requestId = firstOf(headers, settings.answerIdHeaders ?? []) ?? firstOf(headers, REQUEST_ID_HEADERS);
  const headroom = headroomOf(settings.rateLimits ?? UNKNOWN_RATE_LIMITS, headers, settings.clock.nowMs());
  return { httpStatus, requestId, headers: kept, ...(headroom === null ? {} : { headroom }) };
}

function firstOf(headers: ResponseHeaders, names: readonly string[]): string | null {
  for (const name of names) {
    const value = headers[name];
    if (value !== undefined && value !== '') return value;
  }
  return null;
}

/** Errors and answers to streams that came as one document are read up to here; the rest says nothing new. */
const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

export interface StreamExchange {
  /** The head has come, with status 200 and a body of events. */
  onStart(upstream: UpstreamResponse): void;
  onData(chunk: Buffer): void | Promise<void>;
}

export interface StreamedDocument {
  readonly upstream: UpstreamResponse;
  readonly headers: ResponseHeaders;
  readonly body: Buffer;
}

/** Some servers stream under `text/plain`; a page of HTML is a proxy's or a wrong base URL's. */
const DOCUMENT_TYPE = /^(?:application\/(?:[\w.+-]*\+)?json|text\/html)/;

/**
 * Runs a streamed exchange. An answer that is no stream of events (an error status, or one JSON document) is collected and returned;
 * otherwise resolves with null after the last byte. Errors thrown by `exchange` come out as they are, whatever the client makes of them.
 */
export async function runStream(
  client: HttpClient,
  settings: HeadSettings,
  request: OutboundRequest,
  exchange: StreamExchange,
): Promise<StreamedDocument | null> {
  let document: { upstream: UpstreamResponse; headers: ResponseHeaders; chunks: Buffer[]; sizeBytes: number } | null = null;
  let failure: { readonly error: unknown } | null = null;
  const fail = (error: unknown): never => {
    failure ??= { error };
    throw error;
  };
  try {
    await client.stream(request, {
      onHead: (status, headers) => {
        const upstream = toUpstreamResponse(settings, status, headers);
        const isDocument = status < 200 || status >= 300 || DOCUMENT_TYPE.test(headers['content-type'] ?? '');
        if (isDocument) document = { upstream, headers, chunks: [], sizeBytes: 0 };
        else {
          try {
            exchange.onStart(upstream);
          } catch (error) {
            fail(error);
          }
        }
      },
      onData: (chunk) => {
        if (document !== null) {
          if (document.sizeBytes < MAX_DOCUMENT_BYTES) document.chunks.push(chunk);
          document.sizeBytes += chunk.length;
          return undefined;
        }
        try {
          const wait = exchange.onData(chunk);
          return wait === undefined ? undefined : wait.catch(fail);
        } catch (error) {
          return fail(error);
        }
      },
    });
  } catch (error) {
    throw failure === null ? error : (failure as { readonly error: unknown }).error;
  }
  if (failure !== null) throw (failure as { readonly error: unknown }).error;
  return document === null ? null : toDocument(document);
}

function toDocument(document: { upstream: UpstreamResponse; headers: ResponseHeaders; chunks: Buffer[] }): StreamedDocument {
  return { upstream: document.upstream, headers: document.headers, body: Buffer.concat(document.chunks) };
}

/** Gives items one by one; waits whenever `give` asks for it, and costs no promise when it never does. */
export function deliver<T>(items: readonly T[], give: (item: T) => void | Promise<void>, from = 0): void | Promise<void> {
  for (let at = from; at < items.length; at += 1) {
    const wait = give(items[at] as T);
    if (wait !== undefined) return wait.then(() => deliver(items, give, at + 1));
  }
  return undefined;
}
