/** The events of a streamed answer -> our parts, in order. */
import type { JsonObject, JsonValue, ProviderError, StreamPart, UpstreamResponse } from '../../contract.ts';
import { readEvents } from '../../shared/event-cutter.ts';
import { isEmpty, objectOf, parseJson, stringOf } from '../../shared/json.ts';
import type { Translator } from '../../shared/wire-client.ts';
import { toFinishReason } from './cohere.finish.ts';
import { toLogprobs, toMessageExtra, toToolCall } from './cohere.response.ts';
import { toUsage } from './cohere.usage.ts';

const CHOICE = 0;
/** More than any model makes: a stream that goes on calling or citing is broken. */
const MAX_TOOL_CALLS = 512;
const MAX_CITATIONS = 10_000;
const MAX_PLAN_CHARS = 1024 * 1024;

export interface StreamOptions {
  readonly upstream: UpstreamResponse;
  readonly warnings: readonly string[];
  /** Builds the error for an event that tells one. */
  toDataError(text: string): ProviderError;
  /** Builds the error for something that is not this wire; `detail` says what. */
  toMalformedError(detail: string): ProviderError;
}

/** What has no neutral name comes in one `extra` part before the finish, equal to the `extra` of a whole answer's choice. */
export class CohereStreamTranslator implements Translator {
  #parts: StreamPart[] = [];
  readonly #options: StreamOptions;
  readonly #citations: JsonValue[] = [];
  #toolPlan = '';
  #toolCallCount = 0;
  #openCallHasArguments = true;
  #isThinking = false;
  #hasStarted = false;
  #isComplete = false;

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  takeParts(): readonly StreamPart[] {
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }

  read(events: Buffer): void {
    for (const { data } of readEvents(events)) {
      if (data === '' || data.trim() === '[DONE]') continue;
      const event = objectOf(parseJson(data));
      if (event === null) throw this.#options.toMalformedError('an event of the stream is not a JSON object');
      if (!this.#isComplete) this.#event(event, data);
    }
  }

  end(): void {
    if (this.#isComplete) return;
    const where = this.#hasStarted ? 'within its answer' : 'before the message began';
    throw this.#options.toMalformedError(`the stream ended ${where}`);
  }

  #event(event: JsonObject, data: string): void {
    const delta = objectOf(event['delta']) ?? {};
    const message = objectOf(delta['message']) ?? {};
    if (event['type'] === 'message-start') return this.#start(event);
    // An error in place of an event has no type of the wire: `{"id", "message"}`.
    if (typeof event['message'] === 'string') throw this.#options.toDataError(data);
    if (!this.#hasStarted) throw this.#options.toMalformedError('content came before the message began');
    switch (event['type']) {
      case 'content-start':
      case 'content-delta':
        return this.#content(objectOf(message['content']) ?? {}, event);
      case 'content-end':
        return this.#endThinking();
      case 'tool-plan-delta':
        return this.#plan(stringOf(message['tool_plan']) ?? '');
      case 'tool-call-start':
        return this.#toolCallStart(objectOf(message['tool_calls']));
      case 'tool-call-delta':
        return this.#arguments(stringOf(objectOf(objectOf(message['tool_calls'])?.['function'])?.['arguments']) ?? '');
      case 'tool-call-end':
        return this.#toolCallEnd();
      case 'citation-start':
        return this.#citation(message['citations']);
      case 'message-end':
        return this.#finish(delta, data);
      default:
        // `citation-end`, `debug` and events of days to come.
        return;
    }
  }

  #start(event: JsonObject): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    this.#parts.push({
      type: 'response-start',
      id: stringOf(event['id']),
      model: null,
      createdAtSeconds: null,
      systemFingerprint: null,
      serviceTier: null,
      upstream: this.#options.upstream,
      warnings: this.#options.warnings,
    });
  }

  #content(content: JsonObject, event: JsonObject): void {
    const thinking = stringOf(content['thinking']) ?? '';
    if (thinking !== '') {
      this.#isThinking = true;
      this.#parts.push({ type: 'reasoning-delta', choice: CHOICE, text: thinking });
    }
    const text = stringOf(content['text']) ?? '';
    if (text !== '') {
      this.#endThinking();
      this.#parts.push({ type: 'text-delta', choice: CHOICE, text });
    }
    const chunk = objectOf(event['logprobs']);
    if (chunk !== null) this.#parts.push({ type: 'logprobs', choice: CHOICE, logprobs: toLogprobs([chunk]) });
  }

  #endThinking(): void {
    if (!this.#isThinking) return;
    this.#isThinking = false;
    this.#parts.push({ type: 'reasoning-end', choice: CHOICE });
  }

  #plan(text: string): void {
    this.#toolPlan += text;
    if (this.#toolPlan.length > MAX_PLAN_CHARS) throw this.#options.toMalformedError('the tool plan of the stream never ends');
  }

  #toolCallStart(wireCall: JsonObject | null): void {
    this.#toolCallEnd();
    const index = this.#toolCallCount++;
    if (index >= MAX_TOOL_CALLS) throw this.#options.toMalformedError(`the stream holds more than ${MAX_TOOL_CALLS} tool calls`);
    const { argumentsText: _arguments, ...call } = toToolCall(wireCall ?? {}, index) ?? { id: `call_${index}`, name: '' };
    this.#openCallHasArguments = false;
    this.#parts.push({ type: 'tool-call-start', choice: CHOICE, index, ...call });
    this.#arguments(stringOf(objectOf(wireCall?.['function'])?.['arguments']) ?? '');
  }

  #arguments(text: string): void {
    if (text === '' || this.#toolCallCount === 0) return;
    this.#openCallHasArguments = true;
    this.#parts.push({ type: 'tool-call-delta', choice: CHOICE, index: this.#toolCallCount - 1, argumentsText: text });
  }

  /** A tool without parameters streams no arguments; a whole answer says `{}`. */
  #toolCallEnd(): void {
    if (!this.#openCallHasArguments) this.#arguments('{}');
  }

  #citation(citations: JsonValue | undefined): void {
    this.#citations.push(...(Array.isArray(citations) ? (citations as readonly JsonValue[]) : citations === undefined ? [] : [citations]));
    if (this.#citations.length > MAX_CITATIONS)
      throw this.#options.toMalformedError(`the stream holds more than ${MAX_CITATIONS} citations`);
  }

  #finish(delta: JsonObject, data: string): void {
    const error = stringOf(delta['error']) ?? '';
    if (error !== '') throw this.#options.toDataError(JSON.stringify({ message: error, event: parseJson(data) ?? null }));
    this.#endThinking();
    this.#toolCallEnd();
    this.#isComplete = true;
    const extra = toMessageExtra({ tool_plan: this.#toolPlan, citations: this.#citations });
    if (!isEmpty(extra)) this.#parts.push({ type: 'extra', choice: CHOICE, extra });
    const rawFinishReason = stringOf(delta['finish_reason']);
    this.#parts.push({ type: 'choice-finish', choice: CHOICE, finishReason: toFinishReason(rawFinishReason), rawFinishReason });
    const usage = toUsage(objectOf(delta['usage']));
    if (usage !== null) this.#parts.push({ type: 'usage', usage });
  }
}
