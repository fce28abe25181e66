import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request at a door. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Path without the query. */
  readonly path: string;
  /** Query without the question mark; empty when there is none. */
  readonly query: string;
  /** UUIDv7 made by us; named in every answer and log line, and the id of the completion that the request makes. */
  readonly requestId: string;
  readonly receivedAtMs: number;
  readonly receivedAtMonotonicMs: number;
  /** Aborts when the caller closes the connection before the answer is complete. */
  readonly signal: AbortSignal;
}

export interface Handler {
  (exchange: Exchange): void | Promise<void>;
  /** The methods that it takes, where it says so: what the published description of the doors is compared with. */
  readonly methods?: readonly string[];
}

/** A door's handlers by exact path, then by prefix (longest first). A handler checks the method itself and owns its errors' dialect. */
export interface Routes {
  readonly exact: Readonly<Record<string, Handler>>;
  readonly prefixes?: Readonly<Record<string, Handler>>;
}
