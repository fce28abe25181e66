export {
  HttpClientError,
  type BufferedResponse,
  type HttpClient,
  type HttpClientErrorKind,
  type OutboundRequest,
  type OutboundTimeouts,
  type ResponseHeaders,
  type ResponseReceiver,
} from './http-client.ts';
