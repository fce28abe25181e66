/** Watches a stream that is passed on byte for byte to a caller who speaks this dialect. */
import type { JsonObject, RelayFacts, RelayOutcome } from '../../contract.ts';
import { readEvents, splitEvents } from '../../shared/event-cutter.ts';
import { objectOf, stringOf } from '../../shared/json.ts';
import { toFinishReason } from './anthropic.finish.ts';
import type { StreamOptions } from './anthropic.stream.ts';
import { mergeRawUsage, toUsage } from './anthropic.usage.ts';
import { parseObject } from './anthropic.wire.ts';

/** Bytes to pass on, with what was seen in them. */
export interface RelayPiece {
  readonly bytes: Buffer;
  readonly facts: RelayFacts;
}

const BEFORE_OUTPUT: RelayFacts = Object.freeze({ hasOutput: false, isUsageEvent: false, isEnd: false });
const OUTPUT: RelayFacts = Object.freeze({ hasOutput: true, isUsageEvent: false, isEnd: false });
/** Names of the message's own events, and of errors. Inside a JSON string every quote is escaped, so they are seen only where the wire writes them. */
const NOTEWORTHY = [Buffer.from('"message_'), Buffer.from('"error"')] as const;

/** What may come before the message begins: comments and pings. A stream that sends more has no message in it. */
const MAX_EARLY_BYTES = 64 * 1024;

/** Every event but pings and the frame of the message counts as output: usage and stop reason come in one event, so none is hidden. */
export class RelayReader {
  readonly #options: StreamOptions;
  /** Held until the message begins: what is no stream of this wire must not pass for one that has begun. */
  #early: RelayPiece[] = [];
  #earlyBytes = 0;
  #hasStarted = false;
  #hasOutput = false;
  #isComplete = false;
  #rawUsage: JsonObject | null = null;
  #stopReason: string | null = null;
  #id: string | null = null;
  #model: string | null = null;

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Appends what is to be passed on of whole events; throws at an error event, after appending what came before it. */
  read(events: Buffer, pieces: RelayPiece[]): void {
    if (this.#hasOutput && !NOTEWORTHY.some((text) => events.includes(text))) {
      pieces.push({ bytes: events, facts: OUTPUT });
      return;
    }
    for (const bytes of splitEvents(events)) {
      for (const event of readEvents(bytes)) this.#inspect(event.data);
      this.#pass({ bytes, facts: this.#isComplete ? { ...this.#facts, isEnd: true } : this.#facts }, pieces);
    }
  }

  #pass(piece: RelayPiece, pieces: RelayPiece[]): void {
    if (this.#hasStarted) {
      pieces.push(...this.#early, piece);
      this.#early = [];
      return;
    }
    this.#earlyBytes += piece.bytes.length;
    if (this.#earlyBytes > MAX_EARLY_BYTES) throw this.#options.toMalformedError('the stream does not begin a message');
    this.#early.push(piece);
  }

  outcome(): RelayOutcome {
    if (!this.#hasStarted) throw this.#options.toMalformedError('the stream ended before the message began');
    if (!this.#isComplete && this.#stopReason === null) {
      const what = this.#hasOutput ? 'within its answer' : 'without content and without a stop reason';
      throw this.#options.toMalformedError(`the stream ended ${what}`);
    }
    return {
      usage: toUsage(this.#rawUsage),
      finishReasons: [{ choice: 0, finishReason: toFinishReason(this.#stopReason), rawFinishReason: this.#stopReason }],
      model: this.#model,
      id: this.#id,
      serviceTier: stringOf(this.#rawUsage?.['service_tier']),
    };
  }

  get #facts(): RelayFacts {
    return this.#hasOutput ? OUTPUT : BEFORE_OUTPUT;
  }

  #inspect(data: string): void {
    const event = parseObject(data);
    if (event === null) throw this.#options.toMalformedError('an event of the stream is not a JSON object');
    switch (event['type']) {
      case 'error':
        throw this.#options.toEventError(event);
      case 'message_start': {
        const message = objectOf(event['message']);
        this.#hasStarted = true;
        this.#id ??= stringOf(message?.['id']);
        this.#model ??= stringOf(message?.['model']);
        this.#rawUsage = mergeRawUsage(this.#rawUsage, objectOf(message?.['usage']));
        return;
      }
      case 'message_delta':
        this.#stopReason = stringOf(objectOf(event['delta'])?.['stop_reason']) ?? this.#stopReason;
        this.#rawUsage = mergeRawUsage(this.#rawUsage, objectOf(event['usage']));
        return;
      case 'message_stop':
        this.#isComplete = true;
        return;
      case 'content_block_start':
      case 'content_block_delta':
        this.#hasOutput = true;
        return;
      default:
        if (objectOf(event['error']) !== null) throw this.#options.toEventError(event);
        return;
    }
  }
}
