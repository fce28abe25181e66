/** Settings of the adapter and the requests it sends. */
import type { Secret } from '../../../../kernel/crypto/index.ts';
import type { OutboundRequest, ResponseHeaders } from '../../../../kernel/http-client/index.ts';
import type { CallContext, JsonObject, UpstreamResponse } from '../../contract.ts';
import { timeoutsOf, type WireSettings } from '../../shared/wire-client.ts';

export interface OllamaSettings extends WireSettings {
  /** Null: none is sent, as a server of one's own wants it; Ollama's cloud wants one. */
  readonly apiKey: Secret | null;
}

export function postRequestOf(
  settings: OllamaSettings,
  path: '/api/chat' | '/api/embed',
  body: JsonObject,
  context: CallContext,
  isStream = false,
): OutboundRequest {
  return {
    method: 'POST',
    url: baseUrlOf(settings) + path,
    headers: {
      accept: isStream ? 'application/x-ndjson' : 'application/json',
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

/** Lists what is installed: loads no model, so it is the probe too. */
export function tagsRequestOf(settings: OllamaSettings, signal: AbortSignal, totalMs: number): OutboundRequest {
  return {
    method: 'GET',
    url: `${baseUrlOf(settings)}/api/tags`,
    headers: { accept: 'application/json', ...commonHeaders(settings) },
    signal,
    timeouts: timeoutsOf(settings, totalMs),
    egress: settings.egress,
  };
}

/** The server's own base: `/api` or `/v1` at the end is taken off, since people write either. */
function baseUrlOf(settings: OllamaSettings): string {
  return settings.baseUrl.replace(/\/+$/, '').replace(/\/(?:api|v1)$/, '');
}

function commonHeaders(settings: OllamaSettings): Record<string, string> {
  return { ...settings.headers, ...(settings.apiKey === null ? {} : { authorization: `Bearer ${settings.apiKey.reveal()}` }) };
}

const KEPT_OF_FAILURES: ReadonlySet<string> = new Set(['retry-after']);

export function toUpstream(httpStatus: number, headers: ResponseHeaders): UpstreamResponse {
  const kept = Object.entries(headers).filter(([name]) => httpStatus >= 400 && KEPT_OF_FAILURES.has(name));
  return { httpStatus, requestId: headers['x-request-id'] ?? null, headers: Object.fromEntries(kept) };
}
