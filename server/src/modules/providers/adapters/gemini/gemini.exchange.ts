/** The requests the adapter sends and the heads it gets back. */
import type { OutboundRequest, OutboundTimeouts, ResponseHeaders } from '../../../../kernel/http-client/index.ts';
import type { CallContext, JsonObject, UpstreamResponse } from '../../contract.ts';
import type { GeminiSettings } from './gemini.settings.ts';

const DEFAULT_CONNECT_TIMEOUT_MS = 10_000;
const DEFAULT_IDLE_TIMEOUT_MS = 300_000;
const MAX_LIST_BYTES = 8 * 1024 * 1024;

export type Method = 'generateContent' | 'streamGenerateContent' | 'countTokens' | 'embedContent' | 'batchEmbedContents' | 'predict';

/** What a path within a project may begin with; anything else before a slash is the maker of a model that another wire serves. */
const VERTEX_COLLECTIONS: ReadonlySet<string> = new Set(['publishers', 'endpoints']);

/** Path of a model under the base URL, such as `models/gemini-2.5-flash`; null for a name that would lead elsewhere. */
export function modelPathOf(settings: Pick<GeminiSettings, 'flavour'>, model: string): string | null {
  const steps = model.split('/');
  if (steps.some((step) => step === '' || step === '.' || step === '..')) return null;
  const path = steps.map((step) => encodeURIComponent(step).replaceAll('%40', '@')).join('/');
  if (settings.flavour === 'gemini') return steps.length > 1 ? path : `models/${path}`;
  if (steps[0] === 'models') return `publishers/google/${path}`;
  if (steps.length > 1) return VERTEX_COLLECTIONS.has(steps[0] ?? '') ? path : null;
  return model.startsWith('claude-') ? null : `publishers/google/models/${path}`;
}

/** One call of a method of a model. */
export interface Outgoing {
  readonly modelPath: string;
  readonly method: Method;
  readonly body: JsonObject;
  readonly context: CallContext;
}

export async function toOutboundRequest(settings: GeminiSettings, outgoing: Outgoing): Promise<OutboundRequest> {
  const { modelPath, method, body, context } = outgoing;
  const isStream = method === 'streamGenerateContent';
  const credential = await settings.credential.headers(context);
  return {
    method: 'POST',
    url: `${baseUrlOf(settings)}/${modelPath}:${method}${isStream ? '?alt=sse' : ''}`,
    headers: {
      accept: isStream ? 'text/event-stream' : 'application/json',
      'content-type': 'application/json',
      'x-request-id': context.attemptId,
      ...context.traceHeaders,
      ...settings.headers,
      ...credential,
    },
    body: JSON.stringify(body),
    signal: context.signal,
    timeouts: timeoutsOf(settings, context.remainingMs),
    egress: settings.egress,
  };
}

/** Lists models, a page at a time: free of charge, and needs the key. */
export async function modelsRequestOf(
  settings: GeminiSettings,
  page: { readonly size: number; readonly token: string | null },
  signal: AbortSignal,
  totalMs: number,
): Promise<OutboundRequest> {
  const credential = await settings.credential.headers({ signal, remainingMs: totalMs });
  return {
    method: 'GET',
    url: `${baseUrlOf(settings)}/models?pageSize=${page.size}${page.token === null ? '' : `&pageToken=${encodeURIComponent(page.token)}`}`,
    headers: { accept: 'application/json', ...settings.headers, ...credential },
    signal,
    timeouts: timeoutsOf(settings, totalMs),
    egress: settings.egress,
    maxResponseBytes: MAX_LIST_BYTES,
  };
}

function baseUrlOf(settings: GeminiSettings): string {
  return settings.baseUrl.replace(/\/+$/, '');
}

function timeoutsOf(settings: GeminiSettings, remainingMs: number): OutboundTimeouts {
  const totalMs = Math.max(1, Math.ceil(remainingMs));
  return {
    connectMs: Math.min(totalMs, settings.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS),
    headersMs: totalMs,
    idleMs: Math.min(totalMs, settings.idleTimeoutMs ?? DEFAULT_IDLE_TIMEOUT_MS),
    totalMs,
  };
}

const KEPT_HEADERS: ReadonlySet<string> = new Set(['server-timing', 'x-gemini-service-tier']);
const KEPT_OF_FAILURES: ReadonlySet<string> = new Set(['retry-after']);

/** What is kept of an answer's head. Google names no request id; a proxy in front of it may. */
export function toUpstreamResponse(httpStatus: number, headers: ResponseHeaders): UpstreamResponse {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (KEPT_HEADERS.has(name) || (httpStatus >= 400 && KEPT_OF_FAILURES.has(name))) kept[name] = value;
  return { httpStatus, requestId: headers['x-request-id'] ?? null, headers: kept };
}
