/** Settings of the adapter, the requests it sends and the heads it gets back. */
import type { Secret } from '../../../../kernel/crypto/index.ts';
import type { OutboundRequest, ResponseHeaders } from '../../../../kernel/http-client/index.ts';
import type { CallContext, JsonObject, UpstreamResponse } from '../../contract.ts';
import { headroomOf, type RateLimitRules } from '../../shared/rate-limits.ts';
import { timeoutsOf, type WireSettings } from '../../shared/wire-client.ts';

export interface CohereSettings extends WireSettings {
  readonly apiKey: Secret;
  /** Encoding asked for in embeddings; default `float`. Base64 is smaller and not offered by every deployment. */
  readonly embeddingEncoding?: 'float' | 'base64';
}

export function postRequestOf(
  settings: CohereSettings,
  path: '/v2/chat' | '/v2/embed' | '/v2/rerank',
  body: JsonObject,
  context: CallContext,
  isStream = false,
): OutboundRequest {
  return {
    method: 'POST',
    url: baseUrlOf(settings) + path,
    headers: {
      accept: isStream ? 'text/event-stream' : 'application/json',
      'content-type': 'application/json',
      'x-request-id': context.attemptId,
      ...context.traceHeaders,
      ...commonHeaders(settings),
    },
    body: JSON.stringify(body),
    signal: context.signal,
    timeouts: timeoutsOf(settings, context.remainingMs),
    egress: settings.egress,
  };
}

/** Free of charge, and needs the key. */
export function modelsRequestOf(settings: CohereSettings, pageSize: number, signal: AbortSignal, totalMs: number): OutboundRequest {
  return {
    method: 'GET',
    url: `${baseUrlOf(settings)}/v1/models?page_size=${pageSize}`,
    headers: { accept: 'application/json', ...commonHeaders(settings) },
    signal,
    timeouts: timeoutsOf(settings, totalMs),
    egress: settings.egress,
  };
}

/** The API's own base: a version at the end is taken off, since people write either. */
function baseUrlOf(settings: CohereSettings): string {
  return settings.baseUrl.replace(/\/+$/, '').replace(/(?:\/compatibility)?\/v[12]$/, '');
}

function commonHeaders(settings: CohereSettings): Record<string, string> {
  return { ...settings.headers, authorization: `Bearer ${settings.apiKey.reveal()}` };
}

const KEPT_HEADERS: ReadonlySet<string> = new Set(['x-envoy-upstream-service-time', 'x-api-warning', 'x-endpoint-monthly-call-limit']);
const KEPT_OF_FAILURES: ReadonlySet<string> = new Set(['retry-after']);

/** Told to trial keys only; the limit is of a minute, and when it ends is not told. */
const RATE_LIMITS: RateLimitRules = {
  requests: [{ limit: 'x-trial-endpoint-call-limit', remaining: 'x-trial-endpoint-call-remaining' }],
  tokens: [],
  resetFormat: 'seconds',
};

/** What is kept of an answer's head: limits of trial keys, warnings of models that go, processing time. */
export function toUpstream(httpStatus: number, headers: ResponseHeaders): UpstreamResponse {
  const kept = Object.entries(headers).filter(
    ([name]) => KEPT_HEADERS.has(name) || name.startsWith('x-trial-endpoint-') || (httpStatus >= 400 && KEPT_OF_FAILURES.has(name)),
  );
  const headroom = headroomOf(RATE_LIMITS, headers, null);
  const requestId = headers['x-request-id'] ?? null;
  return { httpStatus, requestId, headers: Object.fromEntries(kept), ...(headroom === null ? {} : { headroom }) };
}
