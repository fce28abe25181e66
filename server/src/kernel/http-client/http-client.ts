/** The only way out: pooled HTTP with deadlines and egress rules. Adapters get an `HttpClient`, never a socket. */
export interface HttpClient {
  /** Sends and buffers the whole answer, whatever its status. Rejects with `HttpClientError`. */
  send(request: OutboundRequest): Promise<BufferedResponse>;
  /**
   * Sends and pushes the answer into `receiver` as it arrives; resolves after the last byte, rejects with `HttpClientError`.
   * While a promise that `onData` returned is pending, the socket is paused.
   */
  stream(request: OutboundRequest, receiver: ResponseReceiver): Promise<void>;
  close(): Promise<void>;
}

export interface OutboundRequest {
  readonly method: 'GET' | 'POST' | 'DELETE' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Aborting destroys the exchange at once and rejects with kind `aborted`. */
  readonly signal?: AbortSignal;
  readonly timeouts: OutboundTimeouts;
  /** `public`: addresses of private, loopback, link-local and metadata ranges are refused (after DNS, pinned). `operator`: the base URL was written by the operator, anything goes. */
  readonly egress: 'public' | 'operator';
  /** Largest answer that is accepted, in bytes. Default 64 MiB. */
  readonly maxResponseBytes?: number;
}

export interface OutboundTimeouts {
  readonly connectMs: number;
  /** From sending to the first byte of the head. */
  readonly headersMs: number;
  /** Between two reads of the body. */
  readonly idleMs: number;
  readonly totalMs: number;
}

/** Header names are lower case; repeated headers are joined by `, `. */
export type ResponseHeaders = Readonly<Record<string, string>>;

export interface BufferedResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: Buffer;
}

export interface ResponseReceiver {
  onHead(status: number, headers: ResponseHeaders): void;
  onData(chunk: Buffer): void | Promise<void>;
}

export type HttpClientErrorKind = 'connect' | 'timeout' | 'reset' | 'aborted' | 'too-large' | 'egress-refused' | 'protocol';

export class HttpClientError extends Error {
  readonly kind: HttpClientErrorKind;

  constructor(kind: HttpClientErrorKind, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'HttpClientError';
    this.kind = kind;
  }
}
