/** The only way out: pooled HTTP with deadlines and egress rules. Adapters get an `HttpClient`, never a socket. */
export interface HttpClient {
  /** Sends and buffers the whole answer, whatever its status. Rejects with `HttpClientError`. */
  send(request: OutboundRequest): Promise<BufferedResponse>;
  /**
   * Sends and pushes the answer into `receiver` as it arrives; resolves after the last byte, rejects with `HttpClientError`.
   * While a promise that `onData` returned is pending, the socket is paused. What `receiver` throws (or rejects with) destroys the
   * exchange and is passed on as it is.
   */
  stream(request: OutboundRequest, receiver: ResponseReceiver): Promise<void>;
  /** Refuses what comes, ends what runs with kind `aborted`, closes every socket. Drain before. Safe to call twice. */
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
  /** Until a connection is ready: waiting for a free one, DNS, TCP and TLS. */
  readonly connectMs: number;
  /** From sending to the first byte of the head. */
  readonly headersMs: number;
  /** Between two reads of the body. Time during which the receiver holds the socket paused does not count. */
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

/** How far an exchange came. In `connect` not one byte of the request has left; afterwards the upstream may have acted on it. */
export type ExchangePhase = 'connect' | 'headers' | 'body';

export class HttpClientError extends Error {
  readonly kind: HttpClientErrorKind;
  /** Where it failed; null when the request was refused before anything was tried. */
  readonly phase: ExchangePhase | null;

  constructor(kind: HttpClientErrorKind, message: string, options?: { cause?: unknown; phase?: ExchangePhase | null }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'HttpClientError';
    this.kind = kind;
    this.phase = options?.phase ?? null;
  }
}
