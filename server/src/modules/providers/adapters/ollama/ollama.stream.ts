/** The lines of a streamed answer -> our parts, in order. */
import type { JsonObject, ProviderError, StreamPart, UpstreamResponse } from '../../contract.ts';
import { isEmpty, objectOf, stringOf } from '../../shared/json.ts';
import { readLines } from '../../shared/line-cutter.ts';
import type { Translator } from '../../shared/wire-client.ts';
import { callTagOf, createdAtOf, extraOf, logprobsOf, messageExtraOf, parseAnswer, toFinish, toToolCalls } from './ollama.response.ts';
import { toUsage } from './ollama.usage.ts';

const CHOICE = 0;
/** More calls than any model makes: a stream that goes on calling is broken. */
const MAX_TOOL_CALLS = 512;

export interface StreamOptions {
  readonly upstream: UpstreamResponse;
  readonly warnings: readonly string[];
  /** Builds the error for a line that tells one. */
  toDataError(text: string): ProviderError;
  /** Builds the error for something that is not this wire; `detail` says what. */
  toMalformedError(detail: string): ProviderError;
}

export class OllamaStreamTranslator implements Translator {
  #parts: StreamPart[] = [];
  readonly #options: StreamOptions;
  #callTag = '';
  #toolCallCount = 0;
  #hasStarted = false;
  #isThinking = false;
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

  read(lines: Buffer): void {
    for (const line of readLines(lines)) {
      const answer = parseAnswer(line);
      if (answer === null) throw this.#options.toMalformedError('a line of the stream is not a JSON object');
      if (answer['error'] != null) throw this.#options.toDataError(line);
      if (!this.#isComplete) this.#line(answer);
    }
  }

  end(): void {
    if (this.#isComplete) return;
    const where = this.#hasStarted ? 'within its answer' : 'before its answer began';
    throw this.#options.toMalformedError(`the stream ended ${where}`);
  }

  #line(answer: JsonObject): void {
    if (!this.#hasStarted) this.#start(answer);
    const message = objectOf(answer['message']) ?? {};
    const thinking = stringOf(message['thinking']) ?? '';
    if (thinking !== '') {
      this.#isThinking = true;
      this.#parts.push({ type: 'reasoning-delta', choice: CHOICE, text: thinking });
    }
    const text = stringOf(message['content']) ?? '';
    if (text !== '') {
      this.#endThinking();
      this.#parts.push({ type: 'text-delta', choice: CHOICE, text });
    }
    this.#toolCalls(message);
    const logprobs = logprobsOf(answer);
    if (logprobs !== null) this.#parts.push({ type: 'logprobs', choice: CHOICE, logprobs });
    const extra = messageExtraOf(message);
    if (!isEmpty(extra)) this.#parts.push({ type: 'extra', choice: CHOICE, extra });
    if (answer['done'] === true) this.#finish(answer);
  }

  #start(answer: JsonObject): void {
    this.#hasStarted = true;
    this.#callTag = callTagOf(answer);
    this.#parts.push({
      type: 'response-start',
      id: null,
      model: stringOf(answer['model']),
      createdAtSeconds: createdAtOf(answer),
      systemFingerprint: null,
      serviceTier: null,
      upstream: this.#options.upstream,
      warnings: this.#options.warnings,
    });
  }

  /** Thoughts that go on after a text or a call are a part of their own. */
  #endThinking(): void {
    if (!this.#isThinking) return;
    this.#isThinking = false;
    this.#parts.push({ type: 'reasoning-end', choice: CHOICE });
  }

  #toolCalls(message: JsonObject): void {
    for (const { argumentsText, ...call } of toToolCalls(message, this.#toolCallCount, this.#callTag)) {
      this.#endThinking();
      const index = this.#toolCallCount++;
      if (index >= MAX_TOOL_CALLS) throw this.#options.toMalformedError(`the stream holds more than ${MAX_TOOL_CALLS} tool calls`);
      this.#parts.push({ type: 'tool-call-start', choice: CHOICE, index, ...call });
      this.#parts.push({ type: 'tool-call-delta', choice: CHOICE, index, argumentsText });
    }
  }

  #finish(answer: JsonObject): void {
    this.#isComplete = true;
    this.#endThinking();
    const extra = extraOf(answer);
    if (!isEmpty(extra)) this.#parts.push({ type: 'extra', choice: CHOICE, extra, scope: 'response' });
    this.#parts.push({ type: 'choice-finish', choice: CHOICE, ...toFinish(answer, this.#toolCallCount > 0) });
    const usage = toUsage(answer);
    if (usage !== null) this.#parts.push({ type: 'usage', usage });
  }
}
