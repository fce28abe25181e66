/** Counts of open sockets by who opened them; a name without sockets takes no memory. */
export class SocketCounts {
  readonly #limit: number;
  readonly #counts = new Map<string, number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Counts one more; null when the limit is reached, otherwise what gives it back, once. */
  open(name: string): (() => void) | null {
    const count = this.#counts.get(name) ?? 0;
    if (count >= this.#limit) return null;
    this.#counts.set(name, count + 1);
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      this.#close(name);
    };
  }

  #close(name: string): void {
    const count = this.#counts.get(name) ?? 0;
    if (count <= 1) this.#counts.delete(name);
    else this.#counts.set(name, count - 1);
  }
}
