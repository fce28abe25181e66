import type { Clock } from '../../../server/src/kernel/clock/index.ts';

interface Event {
  readonly atMs: number;
  readonly number: number;
  readonly run: () => void;
}

/** Time that jumps from event to event; events at the same moment run in the order in which they were planned. */
export class VirtualTime implements Clock {
  readonly #heap: Event[] = [];
  #nowMs = 0;
  #planned = 0;

  nowMs(): number {
    return this.#nowMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  at(atMs: number, run: () => void): void {
    const heap = this.#heap;
    heap.push({ atMs: Math.max(atMs, this.#nowMs), number: (this.#planned += 1), run });
    for (let child = heap.length - 1; child > 0;) {
      const parent = (child - 1) >> 1;
      if (!this.#isBefore(child, parent)) break;
      this.#swap(child, parent);
      child = parent;
    }
  }

  /** Runs everything that is planned up to a moment. */
  runUntil(endMs: number): void {
    for (let next = this.#heap[0]; next !== undefined && next.atMs <= endMs; next = this.#heap[0]) {
      this.#removeFirst();
      this.#nowMs = next.atMs;
      next.run();
    }
    this.#nowMs = endMs;
  }

  #removeFirst(): void {
    const heap = this.#heap;
    this.#swap(0, heap.length - 1);
    heap.pop();
    for (let parent = 0; ;) {
      const left = parent * 2 + 1;
      if (left >= heap.length) return;
      const child = left + 1 < heap.length && this.#isBefore(left + 1, left) ? left + 1 : left;
      if (!this.#isBefore(child, parent)) return;
      this.#swap(child, parent);
      parent = child;
    }
  }

  #isBefore(left: number, right: number): boolean {
    const a = this.#heap[left] as Event;
    const b = this.#heap[right] as Event;
    return a.atMs < b.atMs || (a.atMs === b.atMs && a.number < b.number);
  }

  #swap(left: number, right: number): void {
    const kept = this.#heap[left] as Event;
    this.#heap[left] = this.#heap[right] as Event;
    this.#heap[right] = kept;
  }
}
