import type { UpstreamResponse } from '../../contract.ts';
import { EventCutter, EventTooLargeError } from '../../shared/event-cutter.ts';
import { malformed } from './openai.errors.ts';
import { deliver } from './openai.exchange.ts';

const BLANK_LINE = Buffer.from('\n\n');

export interface LaneReader<Item> {
  readonly hasEnded: boolean;
  read(events: Buffer, items: Item[]): void;
}

/** Bytes → whole events → items → sink, in order, waiting where the sink asks for it. */
export class StreamLane<Item, Reader extends LaneReader<Item>> {
  upstream: UpstreamResponse | null = null;
  readonly #displayName: string;
  readonly #makeReader: (upstream: UpstreamResponse) => Reader;
  readonly #give: (item: Item) => void | Promise<void>;
  readonly #cutter: EventCutter;
  #reader: Reader | null = null;

  /** `maxEventBytes`: the largest event that is held while its end has not come; default as `EventCutter` has it. */
  constructor(
    displayName: string,
    makeReader: (upstream: UpstreamResponse) => Reader,
    give: (item: Item) => void | Promise<void>,
    maxEventBytes?: number,
  ) {
    this.#cutter = new EventCutter(maxEventBytes);
    this.#displayName = displayName;
    this.#makeReader = makeReader;
    this.#give = give;
  }

  get hasEnded(): boolean {
    return this.#reader?.hasEnded ?? false;
  }

  get reader(): Reader {
    if (this.#reader === null) throw malformed(this.#displayName, this.upstream, 'the answer had no head');
    return this.#reader;
  }

  onStart(upstream: UpstreamResponse): void {
    this.upstream = upstream;
    this.#reader = this.#makeReader(upstream);
  }

  onData(chunk: Buffer): void | Promise<void> {
    const events = this.#cut(chunk);
    return events === null ? undefined : this.#pass(events);
  }

  /** Passes on an event that lacks its blank line, then what `close` adds. */
  async finish(close?: (reader: Reader, items: Item[]) => void): Promise<void> {
    const rest = this.#cutter.finish();
    if (rest !== null && rest.toString('utf8').trim() !== '') await this.#pass(Buffer.concat([rest, BLANK_LINE]));
    const items: Item[] = [];
    close?.(this.reader, items);
    await deliver(items, this.#give);
  }

  #cut(chunk: Buffer): Buffer | null {
    try {
      return this.#cutter.push(chunk);
    } catch (error) {
      if (error instanceof EventTooLargeError) throw malformed(this.#displayName, this.upstream, 'an event of its stream never ends');
      throw error;
    }
  }

  /** What came before a broken event is given first. */
  #pass(events: Buffer): void | Promise<void> {
    const items: Item[] = [];
    let failure: { readonly error: unknown } | null = null;
    try {
      this.reader.read(events, items);
    } catch (error) {
      failure = { error };
    }
    const wait = deliver(items, this.#give);
    if (failure === null) return wait;
    const { error } = failure;
    if (wait === undefined) throw error;
    return wait.then(() => {
      throw error;
    });
  }
}
