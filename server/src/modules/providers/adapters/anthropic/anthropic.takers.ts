/** The two uses of a stream: our parts for a door of any dialect, or the bytes themselves for a door of this one. */
import type { RelayOutcome, RelaySink, StreamSink, UpstreamResponse } from '../../contract.ts';
import { readEvents } from '../../shared/event-cutter.ts';
import { RelayReader, type RelayPiece } from './anthropic.relay.ts';
import { StreamTranslator, type StreamOptions } from './anthropic.stream.ts';
import { deliver, type EventTaker } from './anthropic.streaming.ts';

export type OptionsOf = (upstream: UpstreamResponse) => StreamOptions;

/** Translates events and hands the parts on. What came before a failure is still the caller's. */
export class PartsTaker implements EventTaker {
  readonly #sink: StreamSink;
  readonly #optionsOf: OptionsOf;
  #translator: StreamTranslator | null = null;

  constructor(sink: StreamSink, optionsOf: OptionsOf) {
    this.#sink = sink;
    this.#optionsOf = optionsOf;
  }

  get isComplete(): boolean {
    return this.#translator?.isComplete === true;
  }

  start(upstream: UpstreamResponse): void {
    this.#translator = new StreamTranslator(this.#optionsOf(upstream));
  }

  take(events: Buffer): void | Promise<void> {
    const translator = this.#translator;
    if (translator === null) return;
    try {
      for (const event of readEvents(events)) translator.event(event.data);
    } catch (error) {
      return failAfter(this.#drain(translator), error);
    }
    return this.#drain(translator);
  }

  end(): void | Promise<void> {
    if (this.#translator === null) return;
    this.#translator.end();
    return this.#drain(this.#translator);
  }

  #drain(translator: StreamTranslator): void | Promise<void> {
    return deliver(translator.takeParts(), (part) => this.#sink.part(part));
  }
}

/** Passes whole events on. The sink starts with the first of them, so that an error as the first event is told before anything was passed on. */
export class RelayTaker implements EventTaker {
  readonly #sink: RelaySink;
  readonly #optionsOf: OptionsOf;
  #upstream: UpstreamResponse | null = null;
  #reader: RelayReader | null = null;
  #hasStarted = false;

  constructor(sink: RelaySink, optionsOf: OptionsOf) {
    this.#sink = sink;
    this.#optionsOf = optionsOf;
  }

  get isComplete(): boolean {
    return this.#reader?.isComplete === true;
  }

  /** What was learnt; null when no stream came. Throws `ProviderError` when the stream held no answer. */
  get outcome(): RelayOutcome | null {
    return this.#reader?.outcome() ?? null;
  }

  start(upstream: UpstreamResponse): void {
    this.#upstream = upstream;
    this.#reader = new RelayReader(this.#optionsOf(upstream));
  }

  take(events: Buffer): void | Promise<void> {
    const pieces: RelayPiece[] = [];
    try {
      this.#reader?.read(events, pieces);
    } catch (error) {
      return failAfter(this.#pass(pieces), error);
    }
    return this.#pass(pieces);
  }

  end(): void {}

  #pass(pieces: readonly RelayPiece[]): void | Promise<void> {
    if (!this.#hasStarted && pieces.length > 0 && this.#upstream !== null) {
      this.#hasStarted = true;
      this.#sink.start(this.#upstream);
    }
    return deliver(pieces, (piece) => this.#sink.events(piece.bytes, piece.facts));
  }
}

function failAfter(waiting: void | Promise<void>, error: unknown): Promise<void> {
  if (waiting === undefined) throw error;
  return waiting.then(() => {
    throw error;
  });
}
