export { createHttpClient, type HttpClientLimits, type HttpClientOptions, type ObservableHttpClient } from './create-http-client.ts';
export { resolveBySystem, type EgressRules, type ResolvedAddress } from './egress-connector.ts';
export { isPublicAddress, isPublicHost } from './egress.policy.ts';
export {
  HttpClientError,
  type BufferedResponse,
  type ExchangePhase,
  type HttpClient,
  type HttpClientErrorKind,
  type OutboundRequest,
  type OutboundTimeouts,
  type ResponseHeaders,
  type ResponseReceiver,
} from './http-client.ts';
export type { OriginPoolStats } from './origin-pool.ts';
