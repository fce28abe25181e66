import type { Redis } from 'ioredis';
import type { Logger } from '../telemetry/index.ts';
import type { Subscription } from './coordination.ts';
import { deliver } from './deliver.ts';

interface Listener {
  readonly onMessage: (message: string) => void;
  readonly onGap: (() => void) | undefined;
}

/**
 * Messages through Redis, on a connection of their own. Listeners run as messages are read, so a slow listener slows the socket and
 * nothing piles up here; what Redis drops on its side shows as a lost connection, and that as a gap.
 */
export class RedisChannels {
  readonly #connection: Redis;
  readonly #log: Pick<Logger, 'warn'>;
  readonly #listeners = new Map<string, Set<Listener>>();
  #hasBeenReady = false;

  constructor(connection: Redis, log: Pick<Logger, 'warn'>) {
    this.#connection = connection;
    this.#log = log;
    connection.on('message', (channel: string, message: string) => this.#dispatch(channel, (listener) => listener.onMessage(message)));
    connection.on('ready', () => {
      if (this.#hasBeenReady) this.#resubscribe();
      this.#hasBeenReady = true;
    });
  }

  async subscribe(channel: string, onMessage: (message: string) => void, onGap?: () => void): Promise<Subscription> {
    const listener: Listener = { onMessage, onGap };
    const listeners = this.#listeners.get(channel) ?? new Set<Listener>();
    this.#listeners.set(channel, listeners.add(listener));
    const close = async (): Promise<void> => {
      if (!listeners.delete(listener) || listeners.size > 0 || this.#listeners.get(channel) !== listeners) return;
      this.#listeners.delete(channel);
      // When the connection is down there is nothing to end: only listed channels are subscribed again.
      await this.#connection.unsubscribe(channel).catch(() => undefined);
    };
    try {
      await this.#connection.subscribe(channel);
    } catch (error) {
      await close();
      throw error;
    }
    return { droppedCount: 0, close };
  }

  close(): void {
    this.#listeners.clear();
    this.#connection.disconnect();
  }

  #resubscribe(): void {
    const channels = Array.from(this.#listeners.keys());
    if (channels.length === 0) return;
    this.#connection.subscribe(...channels).then(
      () => {
        for (const channel of channels) this.#dispatch(channel, (listener) => listener.onGap?.());
      },
      // The connection is gone again; the next one tries again.
      (error: unknown) => this.#log.warn({ error }, 'could not subscribe again after the connection to Redis came back'),
    );
  }

  #dispatch(channel: string, call: (listener: Listener) => void): void {
    const listeners = this.#listeners.get(channel);
    if (listeners !== undefined) for (const listener of listeners) deliver(() => call(listener), this.#log);
  }
}
