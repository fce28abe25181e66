/** Settings of the adapter, the requests it sends and the heads it gets back. */
import type { Clock } from '../../../../kernel/clock/index.ts';
import type { Secret } from '../../../../kernel/crypto/index.ts';
import type { HttpClient, OutboundRequest, OutboundTimeouts, ResponseHeaders } from '../../../../kernel/http-client/index.ts';
import type { CallContext, UpstreamResponse } from '../../contract.ts';
import { headroomOf, type RateLimitRules, type WindowHeaders } from '../../shared/rate-limits.ts';
import type { MessagesRequest } from './anthropic.messages.ts';

/** The API's only published version; newer features come by `anthropic-beta`. */
export const DEFAULT_ANTHROPIC_VERSION = '2023-06-01';
const DEFAULT_CONNECT_TIMEOUT_MS = 10_000;
/** As long as a model may think without a word; streams send pings more often. */
const DEFAULT_IDLE_TIMEOUT_MS = 300_000;

export interface AnthropicSettings {
  /** The part of a model id before the slash. */
  readonly id: string;
  readonly displayName: string;
  /** Ends before `/v1/messages`; a trailing slash or `/v1` is taken off. */
  readonly baseUrl: string;
  readonly apiKey: Secret;
  readonly httpClient: HttpClient;
  /** `operator` when the base URL was written by the operator; anything else is `public`. */
  readonly egress: 'public' | 'operator';
  /** Default `2023-06-01`. */
  readonly anthropicVersion?: string;
  /** Sent with every request, lower-case names; for gateways in front of the API. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The largest output of a model where the catalogue knows it; sent when the caller gives no bound, since the wire demands one. */
  readonly maxOutputTokensOf?: (model: string) => number | null;
  /** Default 10 s. */
  readonly connectTimeoutMs?: number;
  /** Longest silence within an answer; default 5 min. */
  readonly idleTimeoutMs?: number;
  /** Default: the system's. Used for reset times of answers that carry no date. */
  readonly clock?: Pick<Clock, 'nowMs'>;
}

export function messagesRequestOf(
  settings: AnthropicSettings,
  request: MessagesRequest,
  context: CallContext,
  isStream: boolean,
): OutboundRequest {
  return postOf(settings, '/v1/messages', request, context, isStream);
}

/** Counts input tokens: free of charge, with a rate limit of its own. */
export function countRequestOf(settings: AnthropicSettings, request: MessagesRequest, context: CallContext): OutboundRequest {
  return postOf(settings, '/v1/messages/count_tokens', request, context, false);
}

function postOf(
  settings: AnthropicSettings,
  path: string,
  request: MessagesRequest,
  context: CallContext,
  isStream: boolean,
): OutboundRequest {
  return {
    method: 'POST',
    url: `${baseUrlOf(settings)}${path}`,
    headers: {
      accept: isStream ? 'text/event-stream' : 'application/json',
      'content-type': 'application/json',
      'x-request-id': context.attemptId,
      ...context.traceHeaders,
      ...(request.betas.length === 0 ? {} : { 'anthropic-beta': request.betas.join(',') }),
      ...commonHeaders(settings),
    },
    body: JSON.stringify(request.body),
    signal: context.signal,
    timeouts: timeoutsOf(settings, context.remainingMs),
    egress: settings.egress,
  };
}

/** Lists one model: free of charge, and needs the key. */
export function probeRequestOf(settings: AnthropicSettings, signal: AbortSignal, totalMs: number): OutboundRequest {
  return { ...listRequestOf(settings, signal, totalMs, 'limit=1'), maxResponseBytes: 1024 * 1024 };
}

/** A page of the models that the key may use, after the one named `afterId`. */
export function modelsRequestOf(
  settings: AnthropicSettings,
  signal: AbortSignal,
  totalMs: number,
  afterId: string | null,
): OutboundRequest {
  return listRequestOf(settings, signal, totalMs, `limit=1000${afterId === null ? '' : `&after_id=${encodeURIComponent(afterId)}`}`);
}

function listRequestOf(settings: AnthropicSettings, signal: AbortSignal, totalMs: number, query: string): OutboundRequest {
  return {
    method: 'GET',
    url: `${baseUrlOf(settings)}/v1/models?${query}`,
    headers: { accept: 'application/json', ...commonHeaders(settings) },
    signal,
    timeouts: timeoutsOf(settings, totalMs),
    egress: settings.egress,
  };
}

function baseUrlOf(settings: AnthropicSettings): string {
  return settings.baseUrl.replace(/\/+$/, '').replace(/\/v1$/, '');
}

function commonHeaders(settings: AnthropicSettings): Record<string, string> {
  return {
    ...settings.headers,
    'anthropic-version': settings.anthropicVersion ?? DEFAULT_ANTHROPIC_VERSION,
    'x-api-key': settings.apiKey.reveal(),
  };
}

function timeoutsOf(settings: AnthropicSettings, remainingMs: number): OutboundTimeouts {
  const totalMs = Math.max(1, Math.ceil(remainingMs));
  return {
    connectMs: Math.min(totalMs, settings.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS),
    headersMs: totalMs,
    idleMs: Math.min(totalMs, settings.idleTimeoutMs ?? DEFAULT_IDLE_TIMEOUT_MS),
    totalMs,
  };
}

const limitNamed = (kind: string): WindowHeaders => ({
  limit: `anthropic-ratelimit-${kind}-limit`,
  remaining: `anthropic-ratelimit-${kind}-remaining`,
  reset: `anthropic-ratelimit-${kind}-reset`,
});
const RATE_LIMITS: RateLimitRules = {
  requests: [limitNamed('requests')],
  tokens: [limitNamed('tokens'), limitNamed('input-tokens'), limitNamed('output-tokens')],
  resetFormat: 'rfc3339',
};

const REQUEST_ID_HEADERS = ['request-id', 'x-request-id', 'cf-ray'] as const;
const KEPT_HEADERS: ReadonlySet<string> = new Set(['x-envoy-upstream-service-time', 'server-timing']);
const KEPT_OF_FAILURES: ReadonlySet<string> = new Set(['retry-after', 'x-should-retry']);
const KEPT_PREFIXES = ['anthropic-ratelimit-', 'anthropic-priority-', 'anthropic-fast-'] as const;

/** What is kept of an answer's head. `retry-after` also comes with 200, where it would mislead whoever reads it; never the organisation's id. */
export function toUpstreamResponse(httpStatus: number, headers: ResponseHeaders): UpstreamResponse {
  const kept: Record<string, string> = {};
  const isFailure = httpStatus >= 400;
  for (const [name, value] of Object.entries(headers))
    if (KEPT_HEADERS.has(name) || (isFailure && KEPT_OF_FAILURES.has(name)) || KEPT_PREFIXES.some((prefix) => name.startsWith(prefix)))
      kept[name] = value;
  const idHeader = REQUEST_ID_HEADERS.find((name) => headers[name] !== undefined);
  const requestId = idHeader === undefined ? null : (headers[idHeader] ?? null);
  const headroom = headroomOf(RATE_LIMITS, headers, null);
  return { httpStatus, requestId, headers: kept, ...(headroom === null ? {} : { headroom }) };
}
