import type { Logger } from '../telemetry/index.ts';
import type { Subscription } from './coordination.ts';
import { memoryFull } from './coordination.errors.ts';
import { deliver } from './deliver.ts';

const MAX_SUBSCRIBERS = 100_000;

/** Messages within one process. Listeners run in a later turn of the event loop, never inside `publish`. */
export class MemoryChannels {
  readonly #maxQueued: number;
  readonly #log: Pick<Logger, 'warn'> | null;
  readonly #subscribers = new Map<string, Set<Subscriber>>();
  #subscriberCount = 0;

  constructor(maxQueued: number, log: Pick<Logger, 'warn'> | null) {
    this.#maxQueued = maxQueued;
    this.#log = log;
  }

  publish(channel: string, message: string): void {
    const subscribers = this.#subscribers.get(channel);
    if (subscribers !== undefined) for (const subscriber of subscribers) subscriber.push(message);
  }

  subscribe(channel: string, listener: (message: string) => void, onGap?: () => void): Subscription {
    if (this.#subscriberCount >= MAX_SUBSCRIBERS) throw memoryFull('subscriptions', MAX_SUBSCRIBERS);
    this.#subscriberCount += 1;
    const subscriber = new Subscriber(this.#maxQueued, this.#log, listener, onGap, () => this.#remove(channel, subscriber));
    const subscribers = this.#subscribers.get(channel);
    if (subscribers === undefined) this.#subscribers.set(channel, new Set([subscriber]));
    else subscribers.add(subscriber);
    return subscriber;
  }

  close(): void {
    for (const subscribers of this.#subscribers.values()) for (const subscriber of subscribers) void subscriber.close();
  }

  #remove(channel: string, subscriber: Subscriber): void {
    const subscribers = this.#subscribers.get(channel);
    if (subscribers?.delete(subscriber) !== true) return;
    this.#subscriberCount -= 1;
    if (subscribers.size === 0) this.#subscribers.delete(channel);
  }
}

class Subscriber implements Subscription {
  readonly #maxQueued: number;
  readonly #log: Pick<Logger, 'warn'> | null;
  readonly #listener: (message: string) => void;
  readonly #onGap: (() => void) | undefined;
  readonly #onClosed: () => void;
  #queue: string[] = [];
  #droppedCount = 0;
  #hasGap = false;
  #isScheduled = false;
  #isClosed = false;

  constructor(
    maxQueued: number,
    log: Pick<Logger, 'warn'> | null,
    listener: (message: string) => void,
    onGap: (() => void) | undefined,
    onClosed: () => void,
  ) {
    this.#maxQueued = maxQueued;
    this.#log = log;
    this.#listener = listener;
    this.#onGap = onGap;
    this.#onClosed = onClosed;
  }

  get droppedCount(): number {
    return this.#droppedCount;
  }

  push(message: string): void {
    if (this.#queue.length >= this.#maxQueued) {
      this.#queue.shift();
      this.#droppedCount += 1;
      this.#hasGap = true;
    }
    this.#queue.push(message);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => this.#drain());
  }

  close(): Promise<void> {
    this.#isClosed = true;
    this.#queue = [];
    this.#onClosed();
    return Promise.resolve();
  }

  #drain(): void {
    this.#isScheduled = false;
    const messages = this.#queue;
    this.#queue = [];
    if (this.#hasGap && !this.#isClosed) {
      this.#hasGap = false;
      deliver(() => this.#onGap?.(), this.#log);
    }
    for (const message of messages) {
      if (this.#isClosed) return;
      deliver(() => this.#listener(message), this.#log);
    }
  }
}
