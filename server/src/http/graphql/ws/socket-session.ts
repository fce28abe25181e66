import { setMaxListeners } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { AntiphonError, toAntiphonError } from '../../../kernel/errors/index.ts';
import type { Principal } from '../../../modules/identity/index.ts';
import type { PrincipalReader } from '../../principal.ts';
import type { ClientSocket } from './client-socket.ts';
import type { SocketCounts } from './socket-counts.ts';
import { CloseCode, type SocketLimits } from './socket-limits.ts';

export interface SocketSessionDeps {
  readonly principals: PrincipalReader;
  readonly byPrincipal: SocketCounts;
  readonly limits: SocketLimits;
}

/** Who is at the other end of a socket, and whether they still may be. */
export class SocketSession {
  readonly request: IncomingMessage;
  readonly #deps: SocketSessionDeps;
  readonly #client: ClientSocket;
  readonly #closed = new AbortController();
  #authorization: string | null = null;
  #principal: Principal | null = null;
  #release: (() => void) | null = null;
  #operationCount = 0;

  constructor(deps: SocketSessionDeps, client: ClientSocket, request: IncomingMessage) {
    this.#deps = deps;
    this.#client = client;
    this.request = request;
    setMaxListeners(2 * deps.limits.operationsPerSocket, this.#closed.signal);
  }

  /** Aborts when the socket has closed. */
  get signal(): AbortSignal {
    return this.#closed.signal;
  }

  get principal(): Principal | null {
    return this.#principal;
  }

  /**
   * Takes the credential of `connection_init`, or that of the handshake. Throws UNAUTHENTICATED, UNAVAILABLE, or RATE_LIMITED when the
   * caller has too many sockets.
   */
  async connect(payload: unknown): Promise<void> {
    this.#authorization = readAuthorization(payload);
    const principal = await this.#authenticate();
    const name = principal.apiKeyId ?? `session of ${principal.projectId}`;
    this.#release = this.#deps.byPrincipal.open(name);
    if (this.#release === null)
      throw new AntiphonError(
        'RATE_LIMITED',
        `At most ${this.#deps.limits.socketsPerPrincipal} WebSockets can be open with one key. Close one first.`,
      );
    // It may have closed while the credential was checked.
    if (this.signal.aborted) this.#release();
    this.#principal = principal;
  }

  /** Looks at the credential again; closes the socket when it is not good any more. */
  async recheck(): Promise<void> {
    if (this.#principal === null || !this.#client.isOpen) return;
    try {
      this.#principal = await this.#authenticate();
    } catch (thrown) {
      // A database that is away takes no permission back.
      if (toAntiphonError(thrown).code === 'UNAUTHENTICATED') this.#client.close(CloseCode.forbidden, 'The key has expired or was revoked');
    }
  }

  /** Operations that run, also when the client has lost interest in them. */
  get operationCount(): number {
    return this.#operationCount;
  }

  /** Counts an operation that begins; gives what counts it off again. */
  begin(): () => void {
    this.#operationCount += 1;
    return () => {
      this.#operationCount -= 1;
    };
  }

  close(): void {
    this.#closed.abort();
    this.#release?.();
  }

  async #authenticate(): Promise<Principal> {
    const { principals } = this.#deps;
    return this.#authorization === null ? principals.read(this.request.headers) : principals.readAuthorization(this.#authorization);
  }
}

function readAuthorization(payload: unknown): string | null {
  if (typeof payload !== 'object' || payload === null) return null;
  for (const [name, value] of Object.entries(payload))
    if (name.toLowerCase() === 'authorization' && typeof value === 'string') return value;
  return null;
}
