/** Answers of this wire -> our parts, in order. A whole answer is a stream of one chunk. */
import type { JsonObject, JsonValue, ProviderError, StreamPart, UpstreamResponse } from '../../contract.ts';
import { arrayOf, countOf, fieldsBeside, isEmpty, objectOf, stringOf } from '../../shared/json.ts';
import { ChoiceReader } from './gemini.choice-reader.ts';
import { hasTokenCounts, toUsage } from './gemini.usage.ts';
import type { GeminiFlavour } from './gemini.wire.ts';

/** What reading needs to know of its exchange, and how it fails. */
export interface AnswerOptions {
  readonly upstream: UpstreamResponse;
  readonly warnings: readonly string[];
  readonly flavour: GeminiFlavour;
  /** Ours; tool calls without an id of their own get one made of it. */
  readonly attemptId: string;
  /** Builds the error for an `error` object. */
  toEventError(event: JsonObject): ProviderError;
  /** Builds the error for a prompt that was blocked. */
  toBlockedError(feedback: JsonObject): ProviderError;
  /** Builds the error for something that is not this wire; `detail` says what. */
  toMalformedError(detail: string): ProviderError;
}

const MAX_CHOICES = 64;
/** Fields with a neutral name. The others of an answer are kept: `modelStatus`, safety ratings of the prompt, … */
const ANSWER_FIELDS = new Set(['candidates', 'usageMetadata', 'modelVersion', 'responseId', 'createTime', 'sdkHttpResponse']);

/** Takes chunks, makes parts; `end` closes every choice, since this wire has no end marker. */
export class AnswerReader {
  #parts: StreamPart[] = [];
  readonly #options: AnswerOptions;
  readonly #choices = new Map<number, ChoiceReader>();
  readonly #extra: Record<string, JsonValue> = {};
  #rawUsage: JsonObject | null = null;
  #hasStarted = false;

  constructor(options: AnswerOptions) {
    this.#options = options;
  }

  /** Whether every choice has told why it ended: what happens to the connection afterwards changes nothing. */
  get isComplete(): boolean {
    return this.#choices.size > 0 && [...this.#choices.values()].every((choice) => choice.hasFinished);
  }

  /** The parts made since the last call, in order. */
  takeParts(): readonly StreamPart[] {
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }

  /** Throws `ProviderError` for an error, for a blocked prompt and for what is not this wire. */
  read(chunk: JsonObject | null): void {
    if (chunk === null) throw this.#options.toMalformedError('an event of the stream is not a JSON object');
    if (objectOf(chunk['error']) !== null) throw this.#options.toEventError(chunk);
    const candidates = arrayOf(chunk['candidates']);
    const feedback = candidates.length === 0 ? blockOf(chunk) : null;
    if (feedback !== null) throw this.#options.toBlockedError(feedback);
    if (!this.#hasStarted) this.#start(chunk);
    Object.assign(this.#extra, fieldsBeside(chunk, ANSWER_FIELDS));
    for (const [position, candidate] of candidates.entries()) this.#candidate(objectOf(candidate) ?? {}, position);
    this.#usage(objectOf(chunk['usageMetadata']));
  }

  /** The input has ended, cleanly. Some streams end without a reason; one without content and without a reason is no answer. */
  end(): void {
    const choices = [...this.#choices.values()];
    if (!this.#hasStarted) throw this.#options.toMalformedError('the stream ended before the answer began');
    if (choices.length === 0) throw this.#options.toMalformedError('the answer holds no candidates');
    if (choices.every((choice) => !choice.hasContent && !choice.hasFinished))
      throw this.#options.toMalformedError('the answer ended without content and without a finish reason');
    const usage = toUsage(this.#rawUsage);
    if (usage !== null) this.#parts.push({ type: 'usage', usage });
    if (!isEmpty(this.#extra)) this.#parts.push({ type: 'extra', choice: 0, extra: this.#extra, scope: 'response' });
    for (const choice of choices) choice.end();
  }

  #start(chunk: JsonObject): void {
    this.#hasStarted = true;
    this.#parts.push({
      type: 'response-start',
      id: stringOf(chunk['responseId']),
      model: stringOf(chunk['modelVersion']),
      createdAtSeconds: toSeconds(stringOf(chunk['createTime'])),
      systemFingerprint: null,
      serviceTier: stringOf(objectOf(chunk['usageMetadata'])?.['serviceTier']),
      upstream: this.#options.upstream,
      warnings: this.#options.warnings,
    });
  }

  #candidate(candidate: JsonObject, position: number): void {
    const index = countOf(candidate['index']) ?? position;
    let choice = this.#choices.get(index);
    if (choice === undefined) {
      if (this.#choices.size >= MAX_CHOICES) throw this.#options.toMalformedError(`the answer has more than ${MAX_CHOICES} candidates`);
      const { flavour, attemptId, toMalformedError } = this.#options;
      const give = (part: StreamPart): void => void this.#parts.push(part);
      choice = new ChoiceReader({ index, flavour, attemptId, give, toMalformedError });
      this.#choices.set(index, choice);
    }
    choice.read(candidate);
  }

  /** Counts are cumulative. The first are told at once, so that an abandoned stream can still be accounted; the last at the end. */
  #usage(raw: JsonObject | null): void {
    if (raw === null || !hasTokenCounts(raw)) return;
    const isFirst = this.#rawUsage === null;
    this.#rawUsage = raw;
    const usage = isFirst ? toUsage(raw) : null;
    if (usage !== null) this.#parts.push({ type: 'usage', usage });
  }
}

/** What says that the prompt was blocked, where something does. */
export function blockOf(chunk: JsonObject): JsonObject | null {
  const feedback = objectOf(chunk['promptFeedback']);
  const reason = feedback?.['blockReason'];
  const isBlocked =
    (reason !== undefined && reason !== null && reason !== 'BLOCKED_REASON_UNSPECIFIED' && reason !== 0) ||
    stringOf(feedback?.['blockReasonMessage']) !== null;
  return isBlocked ? feedback : null;
}

function toSeconds(time: string | null): number | null {
  const timeMs = time === null ? Number.NaN : Date.parse(time);
  return Number.isNaN(timeMs) ? null : Math.floor(timeMs / 1000);
}
