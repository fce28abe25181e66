/** Watches a stream that is passed on byte for byte to a caller who speaks this dialect. */
import type { JsonObject, RelayFacts, RelayOutcome } from '../../contract.ts';
import { splitEvents } from '../../shared/event-cutter.ts';
import { arrayOf, countOf, isEmpty, objectOf, stringOf } from '../../shared/json.ts';
import { blockOf, type AnswerOptions } from './gemini.answer-reader.ts';
import { chunkTextsOf } from './gemini.events.ts';
import { rawFinishReasonOf, toFinishReason } from './gemini.finish.ts';
import { hasTokenCounts, toUsage } from './gemini.usage.ts';
import { parseAnswer } from './gemini.wire.ts';

/** Bytes to pass on, with what was seen in them. */
export interface RelayPiece {
  readonly bytes: Buffer;
  readonly facts: RelayFacts;
}

const BEFORE_OUTPUT: RelayFacts = Object.freeze({ hasOutput: false, isUsageEvent: false, isEnd: false });
const OUTPUT: RelayFacts = Object.freeze({ hasOutput: true, isUsageEvent: false, isEnd: false });
const LAST: RelayFacts = Object.freeze({ hasOutput: true, isUsageEvent: false, isEnd: true });
/** Inside a JSON string every quote is escaped, so these are seen only where the wire writes them. */
const NOTEWORTHY = ['"finishReason"', '"error"', '"promptFeedback"', '"functionCall"'].map((text) => Buffer.from(text));
const USAGE_MARK = Buffer.from('"usageMetadata"');
const MAX_CHOICES = 64;
/** The last chunk may hold a picture; what is called the end waits in memory until the call is settled. */
const MAX_BYTES_FROM_END = 32 * 1024 * 1024;

interface SeenChoice {
  rawFinishReason: string | null;
  hasToolCalls: boolean;
}

/** Chunks carry text and usage alike, so none is hidden; that in which the last choice tells its reason is the end: no marker follows it. */
export class RelayReader {
  readonly #options: AnswerOptions;
  readonly #choices = new Map<number, SeenChoice>();
  #rawUsage: JsonObject | null = null;
  /** Bytes that were passed on unread and hold the newest counts; read at the end, when nobody waits. */
  #unreadUsage: Buffer | null = null;
  #hasStarted = false;
  #hasOutput = false;
  #isBroken = false;
  #hasEnded = false;
  #bytesFromEnd = 0;
  #id: string | null = null;
  #model: string | null = null;

  constructor(options: AnswerOptions) {
    this.#options = options;
  }

  get isComplete(): boolean {
    return this.#choices.size > 0 && [...this.#choices.values()].every(({ rawFinishReason }) => rawFinishReason !== null);
  }

  /** Appends what is to be passed on of whole events; throws at an error, after appending what came before it. */
  read(events: Buffer, pieces: RelayPiece[]): void {
    if (this.#hasOutput && !NOTEWORTHY.some((text) => events.includes(text))) {
      if (events.includes(USAGE_MARK)) this.#unreadUsage = events;
      pieces.push(this.#toPiece(events));
      return;
    }
    for (const bytes of splitEvents(events)) {
      for (const text of chunkTextsOf(bytes)) this.#inspect(text);
      pieces.push(this.#toPiece(bytes));
    }
  }

  /** The connection ended within an object. */
  breakOff(): void {
    this.#isBroken = true;
  }

  outcome(): RelayOutcome {
    const { toMalformedError, flavour } = this.#options;
    if (!this.#hasStarted) throw toMalformedError('the stream ended before the answer began');
    if (this.#isBroken) throw toMalformedError('the stream ended within an object');
    if (!this.#hasOutput && !this.isComplete) throw toMalformedError('the answer ended without content and without a finish reason');
    this.#readUsage();
    return {
      usage: toUsage(this.#rawUsage),
      finishReasons: [...this.#choices].map(([choice, { rawFinishReason, hasToolCalls }]) => ({
        choice,
        finishReason: toFinishReason(rawFinishReason, flavour, hasToolCalls),
        rawFinishReason,
      })),
      model: this.#model,
      id: this.#id,
      serviceTier: stringOf(this.#rawUsage?.['serviceTier']),
    };
  }

  /** What is called the end is held back by those who pass it on, so that everything after it has to be called so too. */
  #toPiece(bytes: Buffer): RelayPiece {
    this.#hasEnded ||= this.isComplete;
    if (!this.#hasEnded) return { bytes, facts: this.#hasOutput ? OUTPUT : BEFORE_OUTPUT };
    this.#bytesFromEnd += bytes.length;
    if (this.#bytesFromEnd > MAX_BYTES_FROM_END) throw this.#options.toMalformedError('the stream goes on long after its end');
    return { bytes, facts: LAST };
  }

  #inspect(text: string): void {
    if (text.trim() === '' || text.trim() === '[DONE]') return;
    const chunk = parseAnswer(text);
    if (chunk === null) throw this.#options.toMalformedError('an event of the stream is not a JSON object');
    if (objectOf(chunk['error']) !== null) throw this.#options.toEventError(chunk);
    const candidates = arrayOf(chunk['candidates']);
    const feedback = candidates.length === 0 ? blockOf(chunk) : null;
    if (feedback !== null) throw this.#options.toBlockedError(feedback);
    this.#hasStarted = true;
    this.#id ??= stringOf(chunk['responseId']);
    this.#model ??= stringOf(chunk['modelVersion']);
    const usage = objectOf(chunk['usageMetadata']);
    if (usage !== null && hasTokenCounts(usage)) {
      this.#rawUsage = usage;
      this.#unreadUsage = null;
    }
    for (const [position, candidate] of candidates.entries()) this.#candidate(objectOf(candidate) ?? {}, position);
  }

  #candidate(candidate: JsonObject, position: number): void {
    const index = countOf(candidate['index']) ?? position;
    const seen = this.#choices.get(index) ?? { rawFinishReason: null, hasToolCalls: false };
    if (!this.#choices.has(index) && this.#choices.size >= MAX_CHOICES)
      throw this.#options.toMalformedError(`the answer has more than ${MAX_CHOICES} candidates`);
    this.#choices.set(index, seen);
    for (const value of arrayOf(objectOf(candidate['content'])?.['parts'])) {
      const part = objectOf(value) ?? {};
      if (objectOf(part['functionCall']) !== null) seen.hasToolCalls = true;
      const text = stringOf(part['text']);
      if (text === null ? !isEmpty(part) : text !== '') this.#hasOutput = true;
    }
    seen.rawFinishReason = rawFinishReasonOf(candidate['finishReason']) ?? seen.rawFinishReason;
  }

  #readUsage(): void {
    if (this.#unreadUsage === null) return;
    for (const text of chunkTextsOf(this.#unreadUsage)) {
      const usage = objectOf(parseAnswer(text)?.['usageMetadata']);
      if (usage !== null && hasTokenCounts(usage)) this.#rawUsage = usage;
    }
    this.#unreadUsage = null;
  }
}
