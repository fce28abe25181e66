import type { Dispatcher } from 'undici';
import type { Clock } from '../clock/index.ts';
import type { Logger } from '../telemetry/index.ts';
import { createOperatorConnector, createPublicConnector, resolveBySystem, type EgressRules } from './egress-connector.ts';
import { isPublicAddress, parseOutboundTarget } from './egress.policy.ts';
import { Exchange } from './exchange.ts';
import {
  HttpClientError,
  type BufferedResponse,
  type HttpClient,
  type OutboundRequest,
  type ResponseHeaders,
  type ResponseReceiver,
} from './http-client.ts';
import { OriginPool, type OriginPoolStats } from './origin-pool.ts';

export interface HttpClientLimits {
  /** Connections to one origin, one exchange each. Default 1,024: a thousand concurrent streams to one provider must not wait. */
  readonly connectionsPerOrigin: number;
  /** Calls that may wait for a connection to one origin; more are refused with kind `connect`. Default 1,024. */
  readonly waitingPerOrigin: number;
  /** Origins with open connections at once. The one unused longest is closed for a new one, never one in use. Default 256. */
  readonly origins: number;
}

const DEFAULT_LIMITS: HttpClientLimits = { connectionsPerOrigin: 1024, waitingPerOrigin: 1024, origins: 256 };

export interface HttpClientOptions {
  readonly log: Pick<Logger, 'debug'>;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly limits?: Partial<HttpClientLimits>;
  /** How `public` calls resolve and judge addresses. Default: the system's resolver and `isPublicAddress`. */
  readonly egress?: Partial<EgressRules>;
}

/** An `HttpClient` that tells what it holds, for metrics. */
export interface ObservableHttpClient extends HttpClient {
  stats(): readonly OriginPoolStats[];
}

/** Opens no connection by itself. Redirects are answers, cookies are not kept, headers and bodies are never logged. */
export function createHttpClient(options: HttpClientOptions): ObservableHttpClient {
  return new PooledHttpClient(options);
}

class PooledHttpClient implements ObservableHttpClient {
  readonly #log: Pick<Logger, 'debug'>;
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #limits: HttpClientLimits;
  readonly #rules: EgressRules;
  /** In order of last use, the longest unused first. Public and operator calls never share a connection. */
  readonly #pools = new Map<string, OriginPool>();
  readonly #running = new Set<Exchange>();
  #isClosed = false;

  constructor(options: HttpClientOptions) {
    this.#log = options.log;
    this.#clock = options.clock;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#rules = {
      resolve: options.egress?.resolve ?? resolveBySystem,
      isPublicAddress: options.egress?.isPublicAddress ?? isPublicAddress,
    };
  }

  async send(request: OutboundRequest): Promise<BufferedResponse> {
    let head: { status: number; headers: ResponseHeaders } | undefined;
    const chunks: Buffer[] = [];
    await this.stream(request, {
      onHead: (status, headers) => {
        head = { status, headers };
      },
      onData: (chunk) => {
        chunks.push(chunk);
      },
    });
    if (head === undefined) throw new HttpClientError('protocol', 'the answer ended without a head', { phase: 'headers' });
    return { ...head, body: chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks) };
  }

  stream(request: OutboundRequest, receiver: ResponseReceiver): Promise<void> {
    return new Promise((resolve, reject) => {
      const { origin, path } = parseOutboundTarget(request.url, request.egress, this.#rules.isPublicAddress);
      const dispatch = toDispatchOptions(request, path);
      const exchange = new Exchange({
        request,
        origin,
        dispatch,
        receiver,
        pool: this.#poolOf(request.egress, origin),
        clock: this.#clock,
        onSettled: (...failure) => {
          this.#running.delete(exchange);
          if (failure.length === 0) resolve();
          else reject(failure[0]);
        },
      });
      this.#running.add(exchange);
      exchange.begin();
    });
  }

  stats(): readonly OriginPoolStats[] {
    return Array.from(this.#pools.values(), (pool) => pool.stats);
  }

  close(): Promise<void> {
    this.#isClosed = true;
    for (const exchange of this.#running) exchange.abort('the process is closing its connections');
    for (const pool of this.#pools.values()) pool.destroy();
    this.#pools.clear();
    return Promise.resolve();
  }

  #poolOf(egress: 'public' | 'operator', origin: string): OriginPool {
    if (this.#isClosed) throw new HttpClientError('aborted', 'the http client is closed; no call can be made any more');
    const key = `${egress} ${origin}`;
    const known = this.#pools.get(key);
    if (known !== undefined) {
      this.#pools.delete(key);
      this.#pools.set(key, known);
      return known;
    }
    if (this.#pools.size >= this.#limits.origins) this.#closeLongestUnused();
    const pool = new OriginPool({
      origin,
      connector: egress === 'public' ? createPublicConnector(this.#rules) : createOperatorConnector(),
      maxConnections: this.#limits.connectionsPerOrigin,
      maxWaiting: this.#limits.waitingPerOrigin,
      onEmpty: (empty) => {
        if (this.#pools.get(key) === empty) this.#pools.delete(key);
      },
    });
    this.#pools.set(key, pool);
    return pool;
  }

  #closeLongestUnused(): void {
    for (const [key, pool] of this.#pools) {
      if (pool.isInUse) continue;
      this.#pools.delete(key);
      pool.destroy();
      this.#log.debug({ origin: pool.stats.origin }, 'closed the idle connections of the origin that was unused longest');
      return;
    }
    throw new HttpClientError(
      'connect',
      `calls to ${this.#limits.origins} origins run at once, which is the limit; wait for one to finish or raise it`,
      { phase: 'connect' },
    );
  }
}

function toDispatchOptions(request: OutboundRequest, path: string): Dispatcher.DispatchOptions {
  const headers: string[] = [];
  let hasAcceptEncoding = false;
  for (const name in request.headers) {
    const value = request.headers[name];
    if (value === undefined) continue;
    const lower = name.toLowerCase();
    if (lower === 'host') throw new HttpClientError('protocol', 'the request sets the header host; the host is that of the URL');
    if (lower === 'accept-encoding') hasAcceptEncoding = true;
    headers.push(lower, value);
  }
  if (!hasAcceptEncoding) headers.push('accept-encoding', 'identity');
  return { method: request.method, path, headers, body: request.body ?? null };
}
