import type { Deployment } from '../providers/index.ts';
import type { StreamDelivery } from './exchange.ts';

/** What comes before the first output is little; a provider that sends more of it without end must not fill our memory. */
const MAX_HELD_ITEMS = 64;

export interface GateOptions<Item> {
  readonly delivery: StreamDelivery;
  readonly deployment: Deployment;
  /** `hasDelivered` is set when the gate opens. */
  readonly trace: { hasDelivered: boolean };
  /** Resolves when the start is durable. */
  readonly started: Promise<void>;
  readonly isCallerListening: () => boolean;
  readonly give: (item: Item) => void | Promise<void>;
  /** Told after the delivery's `onStart`, before the first item. */
  readonly onOpen?: () => void;
}

/**
 * Holds back what a provider sends before its first output, so that a failure until then can still be retried elsewhere, and lets
 * nothing pass before the start is durable.
 */
export class FirstOutputGate<Item> {
  readonly #options: GateOptions<Item>;
  #held: Item[] = [];

  constructor(options: GateOptions<Item>) {
    this.#options = options;
  }

  /** Items come one at a time: the next one when the promise of the last one is kept. */
  pass(item: Item, isOutput: boolean): void | Promise<void> {
    const { trace, isCallerListening, give } = this.#options;
    if (!isCallerListening()) return undefined;
    if (trace.hasDelivered) return give(item);
    this.#held.push(item);
    return isOutput || this.#held.length >= MAX_HELD_ITEMS ? this.#open() : undefined;
  }

  /** The answer is complete: what is still held goes out. Resolves when the start is durable, in any case. */
  async end(): Promise<void> {
    if (this.#held.length > 0 && this.#options.isCallerListening()) await this.#open();
    else await this.#options.started;
  }

  async #open(): Promise<void> {
    const { started, trace, delivery, deployment, onOpen, give } = this.#options;
    await started;
    trace.hasDelivered = true;
    delivery.onStart({ providerId: deployment.provider.id, modelId: deployment.modelId });
    onOpen?.();
    const held = this.#held;
    this.#held = [];
    for (const item of held) await give(item);
  }
}
