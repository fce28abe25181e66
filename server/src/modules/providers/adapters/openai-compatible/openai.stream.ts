import type { JsonObject, JsonValue, StreamPart, UpstreamResponse } from '../../contract.ts';
import { readEvents } from '../../shared/event-cutter.ts';
import { arrayOf, fieldsBeside, isEmpty, numberOf, objectOf, parseJson, stringOf } from '../../shared/json.ts';
import { fromErrorData, malformed } from './openai.errors.ts';
import { toFinish, untoldFinish } from './openai.finish.ts';
import { argumentsTextOf, readContent, readReasoning, reasoningText, toolCallExtra } from './openai.message-parts.ts';
import { hasError } from './openai.response.ts';
import type { OpenAiCompatibleSettings } from './openai.settings.ts';
import { toUsage, usageField } from './openai.usage.ts';
import { END_MARKER, KNOWN_CHOICE_FIELDS, KNOWN_MESSAGE_FIELDS, KNOWN_RESPONSE_FIELDS } from './openai.wire.ts';

interface OpenCall {
  readonly index: number;
  readonly id: string;
}

interface ChoiceState {
  /** Calls by the index the wire gives them; a server that numbers all of them 0 starts a new one with each new id. */
  readonly calls: Map<number, OpenCall>;
  callCount: number;
  isFinished: boolean;
}

/** More choices or calls than any server makes: a stream that goes on numbering is broken, and must not fill our memory. */
const MAX_CHOICES = 128;
const MAX_CALLS_PER_CHOICE = 512;

/** Turns the events of one stream into parts. Feed it whole events in order, then `finish()`. */
export class OpenAiStreamReader {
  readonly #settings: Pick<OpenAiCompatibleSettings, 'displayName' | 'wire'>;
  readonly #upstream: UpstreamResponse;
  readonly #warnings: readonly string[];
  readonly #choices = new Map<number, ChoiceState>();
  /** Extras of the whole answer that repeat on every chunk are told once. */
  #lastResponseExtra = '';
  #hasStarted = false;
  #hasEnded = false;

  constructor(settings: Pick<OpenAiCompatibleSettings, 'displayName' | 'wire'>, upstream: UpstreamResponse, warnings: readonly string[]) {
    this.#settings = settings;
    this.#upstream = upstream;
    this.#warnings = warnings;
  }

  /** Whether the answer is complete: a connection that breaks afterwards took nothing away. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /**
   * Appends the parts of whole events to `parts`. Throws `ProviderError` at an error event or at JSON that cannot be read;
   * the parts of the events before it are then already in `parts`.
   */
  read(events: Buffer, parts: StreamPart[]): void {
    for (const event of readEvents(events)) {
      if (event.data === END_MARKER) this.#hasEnded = true;
      else if (event.data !== '') this.#readChunk(event.data, event.type, parts);
    }
  }

  /** The parts that close what the wire left open. Throws when the stream held no answer at all, or broke off within one. */
  finish(parts: StreamPart[]): void {
    if (!this.#hasStarted) throw malformed(this.#settings.displayName, this.#upstream, 'the stream ended before its first event');
    if (this.#choices.size === 0) {
      if (!this.#hasEnded) throw malformed(this.#settings.displayName, this.#upstream, 'the stream ended before its first choice');
      this.#choiceAt(0);
    }
    for (const [choice, state] of this.#choices) {
      if (state.isFinished) continue;
      // Half an answer must not pass for a whole one: a clean end counts only where the wire says that it is one.
      if (!this.#hasEnded) throw malformed(this.#settings.displayName, this.#upstream, 'the stream ended within its answer');
      state.isFinished = true;
      parts.push({ type: 'choice-finish', choice, finishReason: untoldFinish(state.callCount > 0), rawFinishReason: null });
    }
  }

  #readChunk(data: string, eventType: string, parts: StreamPart[]): void {
    const chunk = objectOf(parseJson(data));
    if (chunk === null) throw malformed(this.#settings.displayName, this.#upstream, 'an event is not a JSON object', data);
    if (hasError(chunk) || eventType === 'error') throw fromErrorData(this.#settings.displayName, this.#upstream, chunk);
    if (!this.#hasStarted) this.#start(chunk, parts);
    this.#readResponseExtra(chunk, parts);
    for (const value of arrayOf(chunk['choices'])) {
      const choice = objectOf(value);
      if (choice !== null) this.#readChoice(choice, parts);
    }
    const usage = toUsage(usageField(chunk), this.#settings.wire.reasoningTokens);
    if (usage !== null) parts.push({ type: 'usage', usage });
  }

  #start(chunk: JsonObject, parts: StreamPart[]): void {
    this.#hasStarted = true;
    parts.push({
      type: 'response-start',
      id: stringOf(chunk['id']),
      model: stringOf(chunk['model']),
      createdAtSeconds: numberOf(chunk['created']),
      systemFingerprint: stringOf(chunk['system_fingerprint']),
      serviceTier: stringOf(chunk['service_tier']),
      upstream: this.#upstream,
      warnings: this.#warnings,
    });
  }

  #readResponseExtra(chunk: JsonObject, parts: StreamPart[]): void {
    const extra = fieldsBeside(chunk, KNOWN_RESPONSE_FIELDS);
    if (isEmpty(extra)) return;
    const text = JSON.stringify(extra);
    if (text === this.#lastResponseExtra) return;
    this.#lastResponseExtra = text;
    parts.push({ type: 'extra', choice: 0, extra, scope: 'response' });
  }

  #choiceAt(index: number): ChoiceState {
    const known = this.#choices.get(index);
    if (known !== undefined) return known;
    if (this.#choices.size >= MAX_CHOICES) throw malformed(this.#settings.displayName, this.#upstream, `more than ${MAX_CHOICES} choices`);
    const state: ChoiceState = { calls: new Map(), callCount: 0, isFinished: false };
    this.#choices.set(index, state);
    return state;
  }

  #readChoice(choice: JsonObject, parts: StreamPart[]): void {
    const index = numberOf(choice['index']) ?? 0;
    const state = this.#choiceAt(index);
    // Some servers send a whole message; Perplexity sends a cumulative one beside the delta, which would repeat everything.
    const delta = objectOf(choice['delta']) ?? objectOf(choice['message']) ?? {};
    const logprobs = choice['logprobs'];
    if (logprobs !== undefined && logprobs !== null) parts.push({ type: 'logprobs', choice: index, logprobs });
    this.#readDelta(delta, index, state, parts);
    const choiceExtra = fieldsBeside(choice, KNOWN_CHOICE_FIELDS);
    if (!isEmpty(choiceExtra)) parts.push({ type: 'extra', choice: index, extra: choiceExtra, scope: 'choice' });
    const finish = toFinish(choice['finish_reason']);
    if (finish === null || state.isFinished) return;
    state.isFinished = true;
    parts.push({ type: 'choice-finish', choice: index, ...finish });
  }

  #readDelta(delta: JsonObject, choice: number, state: ChoiceState, parts: StreamPart[]): void {
    const content = readContent(delta['content']);
    this.#readReasoning(delta, content.reasoning, choice, parts);
    if (content.text !== '') parts.push({ type: 'text-delta', choice, text: content.text });
    const refusal = stringOf(delta['refusal']) ?? content.refusal;
    if (refusal !== null && refusal !== '') parts.push({ type: 'refusal-delta', choice, text: refusal });
    arrayOf(delta['tool_calls']).forEach((value, position) => {
      const call = objectOf(value);
      if (call !== null) this.#readToolCall(call, position, choice, state, parts);
    });
    // Reasoning details have become reasoning parts: as fragments they would mean nothing.
    const { reasoning_details: _details, ...extra } = fieldsBeside(delta, KNOWN_MESSAGE_FIELDS) as Record<string, JsonValue>;
    if (content.otherParts.length > 0) extra['content'] = content.otherParts;
    if (!isEmpty(extra)) parts.push({ type: 'extra', choice, extra });
  }

  #readReasoning(delta: JsonObject, thinking: string, choice: number, parts: StreamPart[]): void {
    const plain = reasoningText(delta) || thinking;
    const details = delta['reasoning_details'];
    if (details === undefined || details === null) {
      if (plain !== '') parts.push({ type: 'reasoning-delta', choice, text: plain });
      return;
    }
    for (const { text, signature, redactedData } of readReasoning(details, plain)) {
      if (text !== '') parts.push({ type: 'reasoning-delta', choice, text });
      if (signature !== undefined) parts.push({ type: 'reasoning-end', choice, signature });
      else if (redactedData !== undefined) parts.push({ type: 'reasoning-end', choice, redactedData });
    }
  }

  #readToolCall(call: JsonObject, position: number, choice: number, state: ChoiceState, parts: StreamPart[]): void {
    const wireIndex = numberOf(call['index']) ?? position;
    const definition = objectOf(call['function']);
    const custom = objectOf(call['custom']);
    const id = stringOf(call['id']) ?? '';
    const name = stringOf(definition?.['name']) ?? stringOf(custom?.['name']) ?? '';
    let open = state.calls.get(wireIndex);
    if (open === undefined || (id !== '' && id !== open.id && name !== '')) {
      if (state.callCount >= MAX_CALLS_PER_CHOICE)
        throw malformed(this.#settings.displayName, this.#upstream, `more than ${MAX_CALLS_PER_CHOICE} tool calls`);
      open = { index: state.callCount, id: id || `call_${choice}_${state.callCount}` };
      state.callCount += 1;
      state.calls.set(wireIndex, open);
      const extra = toolCallExtra(call);
      parts.push({ type: 'tool-call-start', choice, index: open.index, id: open.id, name, ...(extra === null ? {} : { extra }) });
    }
    const argumentsText = definition === null ? (stringOf(custom?.['input']) ?? '') : argumentsTextOf(definition['arguments']);
    if (argumentsText !== '') parts.push({ type: 'tool-call-delta', choice, index: open.index, argumentsText });
  }
}
