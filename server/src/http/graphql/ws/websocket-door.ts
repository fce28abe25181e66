import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { GraphQLSchema } from 'graphql';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, type Server } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Clock } from '../../../kernel/clock/index.ts';
import type { Ids } from '../../../kernel/ids/index.ts';
import type { Logger } from '../../../kernel/telemetry/index.ts';
import type { PrincipalReader } from '../../principal.ts';
import type { Refusals } from '../../refusals.ts';
import type { GraphqlExecutor } from '../executor/index.ts';
import type { GraphqlCaller } from '../graphql-context.ts';
import { ClientSocket } from './client-socket.ts';
import { createProtocol, type SocketExtra } from './protocol.ts';
import { SocketCounts } from './socket-counts.ts';
import { CloseCode, SOCKET_LIMITS, type SocketLimits } from './socket-limits.ts';
import { SocketSession } from './socket-session.ts';

const PATH = '/graphql';
const CLOSE_WAIT_MS = 2000;
const DRAIN_POLL_MS = 50;

export interface WebSocketDoorDeps {
  readonly schema: GraphQLSchema;
  readonly executor: GraphqlExecutor<GraphqlCaller>;
  readonly principals: PrincipalReader;
  readonly refusals: Refusals;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly limits?: Partial<SocketLimits>;
}

/** `/graphql` as a WebSocket. Every bound of `SocketLimits` holds before anything of a message is looked at. */
export class WebSocketDoor {
  readonly #deps: WebSocketDoorDeps;
  readonly #limits: SocketLimits;
  readonly #server: WebSocketServer;
  readonly #protocol: Server<SocketExtra>;
  readonly #byAddress: SocketCounts;
  readonly #byPrincipal: SocketCounts;
  readonly #sessions = new Map<WebSocket, SocketSession>();
  readonly #recheckTimer: NodeJS.Timeout;
  #isClosing = false;

  constructor(deps: WebSocketDoorDeps) {
    this.#deps = deps;
    this.#limits = { ...SOCKET_LIMITS, ...deps.limits };
    this.#byAddress = new SocketCounts(this.#limits.socketsPerAddress);
    this.#byPrincipal = new SocketCounts(this.#limits.socketsPerPrincipal);
    this.#protocol = createProtocol({ ...deps, limits: this.#limits });
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: this.#limits.maxMessageBytes,
      // Compression would let a small message become a large one.
      perMessageDeflate: false,
      autoPong: false,
      handleProtocols: (offered) => (offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false),
    });
    this.#recheckTimer = setInterval(() => this.#recheck(), this.#limits.recheckEveryMs).unref();
  }

  /** Sockets that are open. */
  get socketCount(): number {
    return this.#sessions.size;
  }

  readonly onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    // Until the handshake is over nobody else listens, and an error without a listener would end the process.
    const ignore = (): void => undefined;
    stream.on('error', ignore);
    const refusal = this.#refuse(request);
    if (refusal !== null) return end(stream, refusal);
    const release = this.#byAddress.open(request.socket.remoteAddress ?? '');
    if (release === null) return end(stream, '429 Too Many Requests');
    stream.once('close', release);
    this.#server.handleUpgrade(request, stream, head, (socket) => {
      stream.off('error', ignore);
      this.#open(socket, request, stream);
    });
  };

  /** Takes no new sockets, closes those that are idle, and the others when their operations have ended or `graceMs` is over. */
  async drain(graceMs: number): Promise<void> {
    this.#isClosing = true;
    const deadlineAtMs = this.#deps.clock.monotonicMs() + graceMs;
    while (this.#sessions.size > 0 && this.#deps.clock.monotonicMs() < deadlineAtMs) {
      for (const [socket, session] of this.#sessions) if (session.operationCount === 0) sayGoodbye(socket);
      await delay(DRAIN_POLL_MS);
    }
    await this.close();
  }

  /** Closes every socket; clients are told that they may connect again. */
  async close(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#recheckTimer);
    const sockets = [...this.#sessions.keys()];
    const closed = sockets.map((socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())));
    sockets.forEach(sayGoodbye);
    const timer = setTimeout(() => sockets.forEach((socket) => socket.terminate()), CLOSE_WAIT_MS);
    await Promise.all(closed);
    clearTimeout(timer);
    this.#server.close();
  }

  /** Status line to refuse the handshake with; null to go on. */
  #refuse({ url = '', headers }: IncomingMessage): string | null {
    if (this.#isClosing) return '503 Service Unavailable';
    if (url.split('?', 1)[0] !== PATH) return '404 Not Found';
    // A page of another site must not use the session of whoever looks at it. Programs send no origin.
    return headers.origin === undefined || isSameHost(headers.origin, headers.host) ? null : '403 Forbidden';
  }

  #open(socket: WebSocket, request: IncomingMessage, stream: Duplex): void {
    const { clock, principals, log } = this.#deps;
    const client = new ClientSocket(socket, stream, this.#limits, clock);
    const session = new SocketSession({ principals, byPrincipal: this.#byPrincipal, limits: this.#limits }, client, request);
    this.#sessions.set(socket, session);
    const onFailure = (error: unknown): void => log.error({ error }, 'a WebSocket message failed in a way it should not');
    const closed = this.#protocol.opened(
      {
        protocol: client.protocol,
        send: (text) => client.send(text) ?? Promise.resolve(),
        close: (code, reason) => client.close(code ?? CloseCode.goingAway, reason ?? ''),
        onMessage: (read) => client.onMessage(read, onFailure),
      },
      { client, session },
    );
    client.onClose((code, reason) => {
      this.#sessions.delete(socket);
      session.close();
      closed(code, reason).catch(onFailure);
    });
  }

  #recheck(): void {
    for (const session of this.#sessions.values()) void session.recheck();
  }
}

function sayGoodbye(socket: WebSocket): void {
  socket.close(CloseCode.goingAway, 'The server is stopping; connect again');
}

function end(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function isSameHost(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}
