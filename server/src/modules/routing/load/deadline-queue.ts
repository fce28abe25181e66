/** 0 is served first. */
export type QueuePriority = 0 | 1 | 2 | 3;

const PRIORITIES: readonly QueuePriority[] = [0, 1, 2, 3];

export interface QueueSettings {
  readonly capacity: number;
  /** When the oldest has waited for so long, the newest goes first: the old ones are lost anyway, the new ones need not be. */
  readonly lateMs: number;
}

export const DEFAULT_QUEUE: QueueSettings = { capacity: 1_000, lateMs: 500 };

/** Why a waiting call was sent away. */
export type ShedReason = 'expired' | 'displaced';

interface Waiting<Item> {
  readonly item: Item;
  readonly queuedAtMs: number;
  readonly deadlineMs: number;
}

/** Calls that wait for room, bounded, by priority; each until its deadline. What leaves without being served is told to `onShed`. */
export class DeadlineQueue<Item> {
  readonly #settings: QueueSettings;
  readonly #onShed: (item: Item, reason: ShedReason) => void;
  readonly #lanes: readonly Waiting<Item>[][] = PRIORITIES.map(() => []);
  #length = 0;

  constructor(settings: QueueSettings, onShed: (item: Item, reason: ShedReason) => void) {
    this.#settings = settings;
    this.#onShed = onShed;
  }

  get length(): number {
    return this.#length;
  }

  /** False when it is full of calls that are no less urgent; a less urgent one is displaced otherwise. */
  tryPush(item: Item, priority: QueuePriority, nowMs: number, deadlineMs: number): boolean {
    if (this.#length >= this.#settings.capacity) this.expire(nowMs);
    if (this.#length >= this.#settings.capacity && !this.#displaceBelow(priority)) return false;
    this.#lanes[priority]?.push({ item, queuedAtMs: nowMs, deadlineMs });
    this.#length += 1;
    return true;
  }

  /** The next to be served; undefined: nobody waits. */
  shift(nowMs: number): Item | undefined {
    for (const lane of this.#lanes) {
      for (let next = this.#takeFrom(lane, nowMs); next !== undefined; next = this.#takeFrom(lane, nowMs)) {
        if (next.deadlineMs > nowMs) return next.item;
        this.#onShed(next.item, 'expired');
      }
    }
    return undefined;
  }

  /** Takes out a call whose caller left. */
  remove(item: Item): boolean {
    for (const lane of this.#lanes) {
      const index = lane.findIndex((waiting) => waiting.item === item);
      if (index < 0) continue;
      lane.splice(index, 1);
      this.#length -= 1;
      return true;
    }
    return false;
  }

  /** Sends away everyone whose deadline has passed. */
  expire(nowMs: number): void {
    for (const lane of this.#lanes) {
      const expired = lane.filter(({ deadlineMs }) => deadlineMs <= nowMs);
      if (expired.length === 0) continue;
      lane.splice(0, lane.length, ...lane.filter(({ deadlineMs }) => deadlineMs > nowMs));
      this.#length -= expired.length;
      for (const { item } of expired) this.#onShed(item, 'expired');
    }
  }

  #takeFrom(lane: Waiting<Item>[], nowMs: number): Waiting<Item> | undefined {
    const [oldest] = lane;
    if (oldest === undefined) return undefined;
    this.#length -= 1;
    return nowMs - oldest.queuedAtMs >= this.#settings.lateMs ? lane.pop() : lane.shift();
  }

  #displaceBelow(priority: QueuePriority): boolean {
    for (let lane = PRIORITIES.length - 1; lane > priority; lane -= 1) {
      const displaced = this.#lanes[lane]?.shift();
      if (displaced === undefined) continue;
      this.#length -= 1;
      this.#onShed(displaced.item, 'displaced');
      return true;
    }
    return false;
  }
}
