import { Socket } from 'node:net';
import { Client, type buildConnector, type Dispatcher } from 'undici';

/** How long an unused connection stays open when the server names no time of its own. */
const IDLE_CONNECTION_MS = 30_000;
const IDLE_CONNECTION_MAX_MS = 600_000;
const MAX_HEAD_BYTES = 64 * 1024;

/** One connection to one origin: connects when first used, carries one exchange at a time. */
export class Connection {
  readonly #client: Client;
  #connecting: Socket | null = null;

  /** `onDisconnect` is called when an open socket closed, for whatever reason. */
  constructor(origin: string, connector: buildConnector.connector, onDisconnect: (connection: Connection) => void) {
    this.#client = new Client(origin, {
      connect: (options, callback) => {
        // Undici's connector returns the socket, though its types say nothing: it is what lets an abort end an attempt at once.
        const socket: unknown = connector(options, (...outcome) => {
          this.#connecting = null;
          callback(...outcome);
        });
        if (socket instanceof Socket && socket.connecting) this.#connecting = socket;
      },
      allowH2: false,
      pipelining: 1,
      keepAliveTimeout: IDLE_CONNECTION_MS,
      keepAliveMaxTimeout: IDLE_CONNECTION_MAX_MS,
      maxHeaderSize: MAX_HEAD_BYTES,
      // Deadlines belong to the exchange, which needs one timer instead of one for each step.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    this.#client.on('disconnect', () => onDisconnect(this));
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.#client.dispatch(options, handler);
  }

  /** Closes the socket at once, also one that is still connecting. Whatever it carried fails. */
  destroy(): void {
    void this.#client.destroy();
    // With an error, because undici's connector stops its own timer only then.
    this.#connecting?.destroy(new Error('nobody waits for this connection any more'));
    this.#connecting = null;
  }
}
