/** The two uses of a stream: our parts for a door of any dialect, or the bytes themselves for a door of this one. */
import type { RelayOutcome, RelaySink, StreamSink, UpstreamResponse } from '../../contract.ts';
import { AnswerReader, type AnswerOptions } from './gemini.answer-reader.ts';
import { chunkTextsOf } from './gemini.events.ts';
import { RelayReader, type RelayPiece } from './gemini.relay.ts';
import { deliver, type EventTaker } from './gemini.streaming.ts';
import { parseAnswer } from './gemini.wire.ts';

export type OptionsOf = (upstream: UpstreamResponse) => AnswerOptions;

/** Translates events and hands the parts on. What came before a failure is still the caller's. */
export class PartsTaker implements EventTaker {
  readonly #sink: StreamSink;
  readonly #optionsOf: OptionsOf;
  #reader: { readonly answer: AnswerReader; readonly options: AnswerOptions } | null = null;

  constructor(sink: StreamSink, optionsOf: OptionsOf) {
    this.#sink = sink;
    this.#optionsOf = optionsOf;
  }

  get isComplete(): boolean {
    return this.#reader?.answer.isComplete === true;
  }

  start(upstream: UpstreamResponse): void {
    const options = this.#optionsOf(upstream);
    this.#reader = { answer: new AnswerReader(options), options };
  }

  take(events: Buffer): void | Promise<void> {
    const answer = this.#reader?.answer;
    if (answer === undefined) return;
    try {
      for (const text of chunkTextsOf(events)) if (!isMarker(text)) answer.read(parseAnswer(text));
    } catch (error) {
      return failAfter(this.#drain(answer), error);
    }
    return this.#drain(answer);
  }

  end(isBroken: boolean): void | Promise<void> {
    if (this.#reader === null) return;
    const { answer, options } = this.#reader;
    if (isBroken) throw options.toMalformedError('the stream ended within an object');
    answer.end();
    return this.#drain(answer);
  }

  #drain(answer: AnswerReader): void | Promise<void> {
    return deliver(answer.takeParts(), (part) => this.#sink.part(part));
  }
}

/** Google sends no end marker, but proxies in front of it add the one that others send. */
export function isMarker(text: string): boolean {
  return text.trim() === '' || text.trim() === '[DONE]';
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

  end(isBroken: boolean): void {
    if (isBroken) this.#reader?.breakOff();
  }

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
