/** Settings of the adapter, the requests it sends and the heads it gets back. */
import type { Clock } from '../../../../kernel/clock/index.ts';
import type { Secret } from '../../../../kernel/crypto/index.ts';
import type { OutboundRequest, ResponseHeaders } from '../../../../kernel/http-client/index.ts';
import type { CallContext, JsonObject, UpstreamResponse } from '../../contract.ts';
import { headroomOf, type RateLimitRules } from '../../shared/rate-limits.ts';
import { timeoutsOf, type WireSettings } from '../../shared/wire-client.ts';
import { MAX_WAIT_SECONDS, MIN_LIFETIME_SECONDS } from './replicate.capabilities.ts';
import type { Target } from './replicate.target.ts';

export interface ReplicateSettings extends WireSettings {
  readonly apiKey: Secret;
  readonly clock: Clock;
  /** The first pause between two looks at a prediction; later ones grow to eight times as long. Default 250 ms. */
  readonly pollIntervalMs?: number;
}

/** Not waiting, the answer comes at once, with the prediction as it then is. */
export function createRequestOf(
  settings: ReplicateSettings,
  target: Target,
  input: JsonObject,
  context: CallContext,
  isWaiting: boolean,
): OutboundRequest {
  const remainingSeconds = context.remainingMs / 1000;
  const waitSeconds = Math.min(MAX_WAIT_SECONDS, Math.floor(remainingSeconds));
  const lifetimeSeconds = Math.max(MIN_LIFETIME_SECONDS, Math.ceil(remainingSeconds));
  return {
    method: 'POST',
    url: baseUrlOf(settings) + target.path,
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'x-request-id': context.attemptId,
      ...context.traceHeaders,
      ...(isWaiting && waitSeconds >= 1 ? { prefer: `wait=${waitSeconds}` } : {}),
      // A prediction whose id never reached us cannot be cancelled: it ends by itself when the call's time is over.
      'cancel-after': `${lifetimeSeconds}s`,
      ...commonHeaders(settings),
    },
    body: JSON.stringify({ ...(target.version === null ? {} : { version: target.version }), input }),
    signal: context.signal,
    timeouts: timeoutsOf(settings, context.remainingMs),
    egress: settings.egress,
  };
}

export function getRequestOf(settings: ReplicateSettings, id: string, signal: AbortSignal, remainingMs: number): OutboundRequest {
  return toRequest(settings, 'GET', `/v1/predictions/${id}`, remainingMs, signal);
}

/** Carries no signal of the call: it is sent because that one fired. */
export function cancelRequestOf(settings: ReplicateSettings, id: string, totalMs: number): OutboundRequest {
  return toRequest(settings, 'POST', `/v1/predictions/${id}/cancel`, totalMs);
}

/** Free of charge, and needs the key. */
export function accountRequestOf(settings: ReplicateSettings, signal: AbortSignal, totalMs: number): OutboundRequest {
  return toRequest(settings, 'GET', '/v1/account', totalMs, signal);
}

function toRequest(
  settings: ReplicateSettings,
  method: 'GET' | 'POST',
  path: string,
  remainingMs: number,
  signal?: AbortSignal,
): OutboundRequest {
  return {
    method,
    url: baseUrlOf(settings) + path,
    headers: { accept: 'application/json', ...commonHeaders(settings) },
    ...(signal === undefined ? {} : { signal }),
    timeouts: timeoutsOf(settings, remainingMs),
    egress: settings.egress,
  };
}

/**
 * The stream of a prediction lies where the answer says, on a host of its own. The key goes only to the base URL's origin and to the
 * vendor's own hosts, and private addresses are refused unless they are the base URL's. Null: the URL is of neither kind.
 */
export function streamRequestOf(
  settings: ReplicateSettings,
  streamUrl: string,
  context: CallContext,
  remainingMs: number,
): OutboundRequest | null {
  const url = URL.parse(streamUrl);
  const isSameOrigin = url !== null && url.origin === new URL(settings.baseUrl).origin;
  const isVendors = url !== null && url.protocol === 'https:' && /(?:^|\.)replicate\.(?:com|delivery)$/.test(url.hostname);
  if (url === null || (!isSameOrigin && !isVendors)) return null;
  return {
    method: 'GET',
    url: url.href,
    headers: { accept: 'text/event-stream', 'cache-control': 'no-store', ...context.traceHeaders, ...commonHeaders(settings) },
    signal: context.signal,
    timeouts: timeoutsOf(settings, remainingMs),
    egress: isSameOrigin ? settings.egress : 'public',
  };
}

function baseUrlOf(settings: ReplicateSettings): string {
  return settings.baseUrl.replace(/\/+$/, '').replace(/\/v1$/, '');
}

function commonHeaders(settings: ReplicateSettings): Record<string, string> {
  return { ...settings.headers, authorization: `Bearer ${settings.apiKey.reveal()}` };
}

const KEPT_HEADERS: ReadonlySet<string> = new Set(['preference-applied', 'server-timing']);
const RATE_LIMITS: RateLimitRules = {
  requests: [{ limit: 'ratelimit-limit', remaining: 'ratelimit-remaining', reset: 'ratelimit-reset' }],
  tokens: [],
  resetFormat: 'seconds',
};

export function toUpstream(httpStatus: number, headers: ResponseHeaders): UpstreamResponse {
  const kept = Object.entries(headers).filter(
    ([name]) => KEPT_HEADERS.has(name) || name.startsWith('ratelimit-') || (httpStatus >= 400 && name === 'retry-after'),
  );
  const headroom = headroomOf(RATE_LIMITS, headers, null);
  const requestId = headers['x-request-id'] ?? headers['cf-ray'] ?? null;
  return { httpStatus, requestId, headers: Object.fromEntries(kept), ...(headroom === null ? {} : { headroom }) };
}
