/** Settings of the adapter, the requests it sends and the heads it gets back. */
import type { Clock } from '../../../../kernel/clock/index.ts';
import type { HttpClient, OutboundRequest, OutboundTimeouts, ResponseHeaders } from '../../../../kernel/http-client/index.ts';
import type { CallContext, JsonObject, UpstreamResponse } from '../../contract.ts';
import type { AwsCredentials } from './bedrock.credentials.ts';

const DEFAULT_CONNECT_TIMEOUT_MS = 10_000;
/** As long as a model may think without a word: nothing is sent meanwhile. */
const DEFAULT_IDLE_TIMEOUT_MS = 300_000;
/** The service's name in signatures. */
export const SIGNING_SERVICE = 'bedrock';

export interface BedrockSettings {
  /** The part of a model id before the slash. */
  readonly id: string;
  readonly displayName: string;
  /** Of the runtime, before `/model`: `https://bedrock-runtime.us-east-1.amazonaws.com`. */
  readonly baseUrl: string;
  /** Where models are listed, which the probe asks; default: the base URL without `-runtime`. */
  readonly controlUrl?: string;
  /** Signed into every request. */
  readonly region: string;
  readonly credentials: AwsCredentials;
  readonly httpClient: HttpClient;
  /** `operator` when the base URL was written by the operator; anything else is `public`. */
  readonly egress: 'public' | 'operator';
  /** Sent with every request, lower-case names; for gateways in front of the API. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Default 10 s. */
  readonly connectTimeoutMs?: number;
  /** Longest silence within an answer; default 5 min. */
  readonly idleTimeoutMs?: number;
  /** Default: the system's. Signatures carry its time; AWS refuses one that is off by more than five minutes. */
  readonly clock?: Pick<Clock, 'nowMs'>;
}

export type ModelAction = 'converse' | 'converse-stream' | 'count-tokens' | 'invoke' | 'invoke-with-response-stream';

/** `model` is an id, an inference profile or an ARN; it is one segment of the path. */
export function modelRequestOf(
  settings: BedrockSettings,
  model: string,
  action: ModelAction,
  body: JsonObject,
  context: CallContext,
): OutboundRequest {
  const isStream = action === 'converse-stream' || action === 'invoke-with-response-stream';
  return {
    method: 'POST',
    url: modelUrlOf(settings.baseUrl, model, action),
    headers: {
      accept: isStream ? 'application/vnd.amazon.eventstream' : 'application/json',
      'content-type': 'application/json',
      'x-request-id': context.attemptId,
      ...context.traceHeaders,
      ...settings.headers,
    },
    body: JSON.stringify(body),
    signal: context.signal,
    timeouts: timeoutsOf(settings, context.remainingMs),
    egress: settings.egress,
  };
}

export function modelUrlOf(baseUrl: string, model: string, action: ModelAction): string {
  return `${baseUrl.replace(/\/+$/, '')}/model/${encodeURIComponent(model)}/${action}`;
}

/** Asks the control plane, such as `/foundation-models`: free of charge, needs the credentials and a permission to list. */
export function controlRequestOf(settings: BedrockSettings, path: string, signal: AbortSignal, totalMs: number): OutboundRequest {
  return {
    method: 'GET',
    url: controlUrlOf(settings.baseUrl, settings.controlUrl) + path,
    headers: { accept: 'application/json', ...settings.headers },
    signal,
    timeouts: timeoutsOf(settings, totalMs),
    egress: settings.egress,
    maxResponseBytes: 4 * 1024 * 1024,
  };
}

/** The control plane's place: `bedrock.…` for `bedrock-runtime.…`; the runtime's own for anything else, such as a gateway. */
export function controlUrlOf(baseUrl: string, controlUrl?: string): string {
  return (controlUrl ?? baseUrl.replace(/^(https?:\/\/bedrock)-runtime\b/, '$1')).replace(/\/+$/, '');
}

function timeoutsOf(settings: BedrockSettings, remainingMs: number): OutboundTimeouts {
  const totalMs = Math.max(1, Math.ceil(remainingMs));
  return {
    connectMs: Math.min(totalMs, settings.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS),
    headersMs: totalMs,
    idleMs: Math.min(totalMs, settings.idleTimeoutMs ?? DEFAULT_IDLE_TIMEOUT_MS),
    totalMs,
  };
}

const REQUEST_ID_HEADERS = ['x-amzn-requestid', 'x-amz-request-id', 'x-request-id'] as const;
const KEPT_HEADERS: ReadonlySet<string> = new Set(['x-amzn-bedrock-invocation-latency']);

/** What is kept of an answer's head. `retry-after` counts only for failures. */
export function toUpstreamResponse(httpStatus: number, headers: ResponseHeaders): UpstreamResponse {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (KEPT_HEADERS.has(name) || (name === 'retry-after' && httpStatus >= 400)) kept[name] = value;
  const idHeader = REQUEST_ID_HEADERS.find((name) => headers[name] !== undefined);
  return { httpStatus, requestId: idHeader === undefined ? null : (headers[idHeader] ?? null), headers: kept };
}
