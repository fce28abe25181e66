import type { JsonObject, RelayFacts, RelayOutcome, UpstreamResponse, Usage } from '../../contract.ts';
import { readEvents, splitEvents } from '../../shared/event-cutter.ts';
import { arrayOf, numberOf, objectOf, parseJson, stringOf } from '../../shared/json.ts';
import { fromErrorData, malformed } from './openai.errors.ts';
import { toFinish, type Finish } from './openai.finish.ts';
import { hasError } from './openai.response.ts';
import type { OpenAiCompatibleSettings } from './openai.settings.ts';
import { toUsage, usageField } from './openai.usage.ts';
import { END_MARKER } from './openai.wire.ts';

/** Bytes to pass on, with what was seen in them. */
export interface RelayPiece {
  readonly bytes: Buffer;
  readonly facts: RelayFacts;
}

const BEFORE_OUTPUT: RelayFacts = Object.freeze({ hasOutput: false, isUsageEvent: false, isEnd: false });
const OUTPUT: RelayFacts = Object.freeze({ hasOutput: true, isUsageEvent: false, isEnd: false });
const MAX_FINISHES = 128;

/**
 * Watches a stream that is passed on byte for byte. Once output has begun, events are searched for the few byte sequences that
 * matter and parsed only when one is there: inside a JSON string every quote is escaped, so `"usage"` before a colon is always a name.
 */
export class OpenAiRelayReader {
  readonly #settings: Pick<OpenAiCompatibleSettings, 'displayName' | 'wire'>;
  readonly #upstream: UpstreamResponse;
  #hasOutput = false;
  #hasEnded = false;
  #hasEvents = false;
  #usage: Usage | null = null;
  #id: string | null = null;
  #model: string | null = null;
  #serviceTier: string | null = null;
  readonly #finishes = new Map<number, Finish>();

  constructor(settings: Pick<OpenAiCompatibleSettings, 'displayName' | 'wire'>, upstream: UpstreamResponse) {
    this.#settings = settings;
    this.#upstream = upstream;
  }

  /** Whether the end marker was seen: a connection that breaks afterwards took nothing away. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Appends what is to be passed on of whole events; throws at an error event, after appending what came before it. */
  read(events: Buffer, pieces: RelayPiece[]): void {
    if (this.#hasOutput && !isNoteworthy(events)) {
      pieces.push({ bytes: events, facts: OUTPUT });
      return;
    }
    let start = 0;
    let end = 0;
    const flush = (): void => {
      if (end > start) pieces.push({ bytes: events.subarray(start, end), facts: this.#hasOutput ? OUTPUT : BEFORE_OUTPUT });
    };
    try {
      for (const event of splitEvents(events)) {
        const hadOutput = this.#hasOutput;
        const mark = this.#inspect(event);
        if (mark !== null || hadOutput !== this.#hasOutput) {
          const facts = hadOutput ? OUTPUT : BEFORE_OUTPUT;
          if (end > start) pieces.push({ bytes: events.subarray(start, end), facts });
          start = end;
        }
        end += event.length;
        if (mark === null) continue;
        pieces.push({ bytes: event, facts: { hasOutput: this.#hasOutput, isUsageEvent: mark === 'usage', isEnd: mark === 'end' } });
        start = end;
      }
    } finally {
      flush();
    }
  }

  /** What was learnt. Throws when the stream held no answer, or broke off within one. */
  outcome(): RelayOutcome {
    if (!this.#hasEvents) throw malformed(this.#settings.displayName, this.#upstream, 'the stream ended before its first event');
    // Half an answer must not pass for a whole one: a clean end counts only where the wire says that it is one.
    if (!this.#hasEnded && this.#finishes.size === 0) {
      const where = this.#hasOutput ? 'within its answer' : 'before its first choice';
      throw malformed(this.#settings.displayName, this.#upstream, `the stream ended ${where}`);
    }
    if (this.#finishes.size === 0) this.#finishes.set(0, { finishReason: 'other', rawFinishReason: null });
    return {
      usage: this.#usage,
      finishReasons: [...this.#finishes].map(([choice, finish]) => ({ choice, ...finish })),
      model: this.#model,
      id: this.#id,
      serviceTier: this.#serviceTier,
    };
  }

  #inspect(bytes: Buffer): 'usage' | 'end' | null {
    let mark: 'usage' | 'end' | null = null;
    for (const event of readEvents(bytes)) {
      if (event.data === END_MARKER) {
        this.#hasEnded = true;
        this.#hasEvents = true;
        mark = 'end';
      } else if (event.data !== '') {
        const chunk = objectOf(parseJson(event.data));
        if (chunk === null) throw malformed(this.#settings.displayName, this.#upstream, 'an event is not a JSON object', event.data);
        if (hasError(chunk) || event.type === 'error') throw fromErrorData(this.#settings.displayName, this.#upstream, chunk);
        mark = this.#inspectChunk(chunk) ? 'usage' : mark;
      }
    }
    return mark;
  }

  /** Whether this is the event that carries usage and no choices. */
  #inspectChunk(chunk: JsonObject): boolean {
    this.#hasEvents = true;
    this.#id ??= stringOf(chunk['id']) || null;
    this.#model ??= stringOf(chunk['model']) || null;
    const choices = arrayOf(chunk['choices']);
    for (const value of choices) {
      const choice = objectOf(value);
      if (choice === null) continue;
      if (!this.#hasOutput && isOutput(choice)) this.#hasOutput = true;
      const finish = toFinish(choice['finish_reason']);
      const index = numberOf(choice['index']) ?? 0;
      if (finish !== null && !this.#finishes.has(index) && this.#finishes.size < MAX_FINISHES) this.#finishes.set(index, finish);
    }
    const usage = toUsage(usageField(chunk), this.#settings.wire.reasoningTokens);
    if (usage === null) return false;
    this.#usage = usage;
    this.#serviceTier = stringOf(chunk['service_tier']);
    return choices.length === 0;
  }
}

const FIELDS_WITHOUT_OUTPUT: ReadonlySet<string> = new Set(['role', 'name', 'index', 'channel']);

/** Whether a choice shows the caller anything: any field of its delta that is neither empty nor a mere announcement. */
function isOutput(choice: JsonObject): boolean {
  const delta = objectOf(choice['delta']) ?? objectOf(choice['message']);
  if (delta === null) return stringOf(choice['text']) !== null;
  for (const name in delta) {
    const value = delta[name];
    if (value === null || value === undefined || value === '' || value === false || FIELDS_WITHOUT_OUTPUT.has(name)) continue;
    if (Array.isArray(value) && value.length === 0) continue;
    return true;
  }
  return false;
}

/**
 * Usage, a finish reason, an error or the end marker: a field's name in quotes, a colon, and a value that is not null.
 * One pass of this expression over the bytes as Latin-1 costs a third of searching the bytes for each name.
 */
const NOTEWORTHY = /"(?:usage"\s*:\s*\{|finish_reason"\s*:\s*[^n\s]|error"\s*:\s*[^n\s])|\[DONE\]|event: ?error/;

/** Whether whole events hold something that must be read. May say yes too often, never no wrongly. */
function isNoteworthy(events: Buffer): boolean {
  return NOTEWORTHY.test(events.toString('latin1'));
}
