/** Watches a stream that is passed on byte for byte to a caller of this dialect. */
import type { FinishReason, JsonObject, RelayFacts, RelayOutcome, UpstreamResponse, Usage } from '../../contract.ts';
import { readEvents, splitEvents } from '../../shared/event-cutter.ts';
import { arrayOf, objectOf, parseJson, stringOf } from '../../shared/json.ts';
import { malformed } from '../openai-compatible/index.ts';
import { fromFailure } from './responses.errors.ts';
import { readItems } from './responses.layout.ts';
import { toFinish } from './responses.response.ts';
import { toUsage } from './responses.usage.ts';

/** Bytes to pass on, with what was seen in them. */
export interface RelayPiece {
  readonly bytes: Buffer;
  readonly facts: RelayFacts;
}

const BEFORE_OUTPUT: RelayFacts = Object.freeze({ hasOutput: false, isUsageEvent: false, isEnd: false });
const OUTPUT: RelayFacts = Object.freeze({ hasOutput: true, isUsageEvent: false, isEnd: false });
const END: RelayFacts = Object.freeze({ hasOutput: true, isUsageEvent: false, isEnd: true });

/**
 * Events that end a response or fail, by their type. Inside a JSON string every quote is escaped, so a type before a quote is seen only
 * where the wire writes one (or a caller's tool has a parameter of that name: read too often, never too seldom).
 */
const NOTEWORTHY = /"(?:response\.(?:completed|incomplete|failed|cancelled)|error)"|\[DONE\]/;
/** They only say that a response has begun. */
const FRAME_EVENTS: ReadonlySet<string> = new Set(['response.created', 'response.queued', 'response.in_progress', 'keepalive']);
const END_EVENTS: ReadonlySet<string> = new Set(['response.completed', 'response.incomplete', 'response.cancelled']);

/** Usage comes with the event that ends the response, which every caller wants: nothing is hidden on this wire. */
export class ResponsesRelayReader {
  readonly #displayName: string;
  readonly #upstream: UpstreamResponse;
  #hasEvents = false;
  #hasOutput = false;
  #id: string | null = null;
  #model: string | null = null;
  #serviceTier: string | null = null;
  #usage: Usage | null = null;
  #finish: { readonly finishReason: FinishReason; readonly rawFinishReason: string | null } | null = null;

  constructor(displayName: string, upstream: UpstreamResponse) {
    this.#displayName = displayName;
    this.#upstream = upstream;
  }

  get hasEnded(): boolean {
    return this.#finish !== null;
  }

  /** Appends what is to be passed on of whole events; throws at a failure, after appending what came before it. */
  read(events: Buffer, pieces: RelayPiece[]): void {
    if (this.#hasOutput && !this.hasEnded && !NOTEWORTHY.test(events.toString('latin1'))) {
      pieces.push({ bytes: events, facts: OUTPUT });
      return;
    }
    for (const bytes of splitEvents(events)) {
      for (const { data } of readEvents(bytes)) this.#inspect(data);
      pieces.push({ bytes, facts: this.#facts });
    }
  }

  /** What comes after the end (some servers add the chat wire's marker) belongs to it. */
  get #facts(): RelayFacts {
    if (this.hasEnded) return END;
    return this.#hasOutput ? OUTPUT : BEFORE_OUTPUT;
  }

  /** What was learnt. Throws when the stream held no answer, or broke off within one. */
  outcome(): RelayOutcome {
    if (this.#finish === null) {
      const why = this.#hasEvents ? 'the stream ended within its answer' : 'the stream ended before its first event';
      throw malformed(this.#displayName, this.#upstream, why);
    }
    return {
      usage: this.#usage,
      finishReasons: [{ choice: 0, ...this.#finish }],
      model: this.#model,
      id: this.#id,
      serviceTier: this.#serviceTier,
    };
  }

  #inspect(data: string): void {
    if (data === '' || data === '[DONE]') return;
    const event = objectOf(parseJson(data));
    if (event === null) throw malformed(this.#displayName, this.#upstream, 'an event is not a JSON object', data);
    const type = stringOf(event['type']) ?? '';
    if (type === 'error' || type === 'response.failed' || (type === '' && objectOf(event['error']) !== null))
      throw fromFailure(this.#displayName, this.#upstream, event);
    this.#hasEvents = true;
    const response = objectOf(event['response']);
    if (response !== null) this.#see(response);
    if (FRAME_EVENTS.has(type)) return;
    this.#hasOutput = true;
    if (!END_EVENTS.has(type) || response === null) return;
    this.#usage = toUsage(response['usage']);
    this.#serviceTier = stringOf(response['service_tier']);
    this.#finish = toFinish(response, readItems(arrayOf(response['output'])));
  }

  #see(response: JsonObject): void {
    this.#id ??= stringOf(response['id']);
    this.#model ??= stringOf(response['model']);
  }
}
