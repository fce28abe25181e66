import type { buildConnector } from 'undici';
import { Connection } from './connection.ts';
import { HttpClientError } from './http-client.ts';

/** Something that wants a connection. */
export interface ConnectionTaker {
  /** Called once, with a connection of its own until `release`. */
  start(connection: Connection): void;
}

export interface OriginPoolStats {
  readonly origin: string;
  /** Connections that carry an exchange, those still connecting included. */
  readonly busy: number;
  readonly idle: number;
  readonly waiting: number;
}

export interface OriginPoolOptions {
  readonly origin: string;
  readonly connector: buildConnector.connector;
  readonly maxConnections: number;
  readonly maxWaiting: number;
  /** Called when the last connection is gone and nobody waits: the pool may be forgotten. */
  onEmpty(pool: OriginPool): void;
}

/**
 * Connections to one origin. The connection used last is used next, so that surplus ones go idle and close by themselves.
 * Takers beyond `maxConnections` wait in order, at most `maxWaiting` of them.
 */
export class OriginPool {
  readonly #options: OriginPoolOptions;
  readonly #idle: Connection[] = [];
  readonly #busy = new Set<Connection>();
  readonly #waiting = new Set<ConnectionTaker>();

  constructor(options: OriginPoolOptions) {
    this.#options = options;
  }

  /** A pool in use is never closed to make room for another. */
  get isInUse(): boolean {
    return this.#busy.size > 0 || this.#waiting.size > 0;
  }

  get stats(): OriginPoolStats {
    return { origin: this.#options.origin, busy: this.#busy.size, idle: this.#idle.length, waiting: this.#waiting.size };
  }

  /** Gives `taker` a connection, at once or later. Throws when too many wait already. */
  acquire(taker: ConnectionTaker): void {
    const { origin, maxConnections, maxWaiting } = this.#options;
    if (this.#idle.length > 0 || this.#busy.size < maxConnections) {
      this.#startNext(taker);
      return;
    }
    if (this.#waiting.size >= maxWaiting)
      throw new HttpClientError(
        'connect',
        `all ${maxConnections} connections to ${origin} are busy and ${maxWaiting} calls wait for one; send fewer calls at once or raise the limit`,
        { phase: 'connect' },
      );
    this.#waiting.add(taker);
  }

  /** Takes back a wish that `acquire` has not fulfilled yet. */
  cancel(taker: ConnectionTaker): void {
    this.#waiting.delete(taker);
  }

  /** Gives a connection back. One that is not reusable is closed at once. */
  release(connection: Connection, isReusable: boolean): void {
    if (!this.#busy.delete(connection)) return;
    if (isReusable) this.#idle.push(connection);
    else connection.destroy();
    for (const taker of this.#waiting) {
      this.#waiting.delete(taker);
      this.#startNext(taker);
      return;
    }
    this.#reportWhenEmpty();
  }

  /** Closes all idle connections; those in use end with their exchanges. */
  destroy(): void {
    for (const connection of this.#idle.splice(0)) connection.destroy();
  }

  #startNext(taker: ConnectionTaker): void {
    const { origin, connector } = this.#options;
    const connection = this.#idle.pop() ?? new Connection(origin, connector, this.#onDisconnect);
    this.#busy.add(connection);
    taker.start(connection);
  }

  readonly #onDisconnect = (connection: Connection): void => {
    // A busy connection tells its exchange by itself; only an idle one has nobody to notice.
    const index = this.#idle.lastIndexOf(connection);
    if (index < 0) return;
    this.#idle.splice(index, 1);
    connection.destroy();
    this.#reportWhenEmpty();
  };

  #reportWhenEmpty(): void {
    if (this.#idle.length === 0 && !this.isInUse) this.#options.onEmpty(this);
  }
}
