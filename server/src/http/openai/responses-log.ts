/** The events of a response that runs, for anyone who comes to read them: from the beginning, or from where he was cut off. */
export class ResponseLog {
  readonly #maxBytes: number;
  readonly #events: { readonly sequence: number; readonly text: string }[] = [];
  /** How many of them may be read: all but the end, until that is kept. */
  #shown = 0;
  #bytes = 0;
  #isCut = false;
  #isClosed = false;
  #waiting: (() => void)[] = [];

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** All of them as text; null when they were too many to be kept. */
  get text(): string | null {
    return this.#isCut ? null : this.#events.map(({ text }) => text).join('');
  }

  /**
   * `text` holds whole events, the first with the number `sequence`. Those beyond the bound are not kept, but the end always is. The end
   * is shown when the log is closed: whoever has read it must find the response as it says.
   */
  append(sequence: number, text: string, isEnd = false): void {
    if (text === '') return;
    if (!isEnd && (this.#isCut || this.#bytes + text.length > this.#maxBytes)) {
      this.#isCut = true;
      return;
    }
    let at = sequence;
    for (const event of text.split('\n\n')) if (event !== '') this.#events.push({ sequence: at++, text: `${event}\n\n` });
    this.#bytes += text.length;
    if (isEnd) return;
    this.#shown = this.#events.length;
    this.#wake();
  }

  /** The response is kept as it ended, or cannot be. */
  close(): void {
    this.#isClosed = true;
    this.#shown = this.#events.length;
    this.#wake();
  }

  /** What has come after number `after`, waiting for it; null when no more will come. */
  async next(after: number, signal: AbortSignal): Promise<{ readonly last: number; readonly text: string } | null> {
    for (;;) {
      // Readers are near the end, so it is looked for from there.
      const from = this.#events.findLastIndex(({ sequence }) => sequence <= after) + 1;
      if (from < this.#shown) {
        const news = this.#events.slice(from, this.#shown);
        return { last: news.at(-1)?.sequence ?? after, text: news.map(({ text }) => text).join('') };
      }
      if (this.#isClosed || signal.aborted) return null;
      await this.#changed(signal);
    }
  }

  #changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        signal.removeEventListener('abort', done);
        this.#waiting = this.#waiting.filter((waiting) => waiting !== done);
        resolve();
      };
      signal.addEventListener('abort', done, { once: true });
      this.#waiting.push(done);
    });
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
