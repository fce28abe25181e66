/** Events of a streamed response → our parts. */
import type { JsonObject, JsonValue, StreamPart, UpstreamResponse } from '../../contract.ts';
import { readEvents } from '../../shared/event-cutter.ts';
import { arrayOf, countOf, fieldsBeside, isEmpty, numberOf, objectOf, parseJson, stringOf } from '../../shared/json.ts';
import { malformed } from '../openai-compatible/index.ts';
import { fromFailure } from './responses.errors.ts';
import { readItems } from './responses.layout.ts';
import { fromEncrypted } from './responses.reasoning.ts';
import { toFinish, toMessageExtra } from './responses.response.ts';
import { toUsage } from './responses.usage.ts';
import { KNOWN_RESPONSE_FIELDS, PART_SEPARATOR } from './responses.wire.ts';

/** More items than any model makes in one response: a stream that goes on numbering is broken, and must not fill our memory. */
const MAX_ITEMS = 1024;

/** One output item while it streams. */
interface OpenItem {
  readonly type: string;
  /** Number among the tool calls; -1 for other items. */
  readonly callIndex: number;
  /** Characters given of each text, by its kind and place: what a `done` event repeats is not given twice. */
  readonly given: Map<string, number>;
  /** Whether a text of this item has been given: the next one is set apart. */
  hasText: boolean;
  /** The place of the text that came last. */
  lastPlace: string;
  done: JsonObject | null;
}

export interface ResponsesStreamOptions {
  readonly displayName: string;
  readonly upstream: UpstreamResponse;
  readonly warnings: readonly string[];
}

/** Turns the events of one stream into parts. Feed it whole events in order, then `finish()`. */
export class ResponsesStreamReader {
  readonly #options: ResponsesStreamOptions;
  readonly #items = new Map<number, OpenItem>();
  #callCount = 0;
  #hasStarted = false;
  #hasEnded = false;
  /** Whether a message has given text: the next message is set apart. */
  #hasMessageText = false;
  #serviceTier: string | null = null;

  constructor(options: ResponsesStreamOptions) {
    this.#options = options;
  }

  /** Whether the answer is complete: a connection that breaks afterwards took nothing away. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Appends the parts of whole events; throws `ProviderError` at a failure or at JSON that cannot be read, after what came before it. */
  read(events: Buffer, parts: StreamPart[]): void {
    for (const { data } of readEvents(events)) if (data !== '' && data !== '[DONE]') this.#readEvent(data, parts);
  }

  /** Throws when the stream held no answer, or broke off within one. */
  finish(): void {
    if (this.#hasEnded) return;
    throw this.#malformed(this.#hasStarted ? 'the stream ended within its answer' : 'the stream ended before its first event');
  }

  #malformed(why: string, data?: string): Error {
    return malformed(this.#options.displayName, this.#options.upstream, why, data);
  }

  #readEvent(data: string, parts: StreamPart[]): void {
    const event = objectOf(parseJson(data));
    if (event === null) throw this.#malformed('an event is not a JSON object', data);
    const type = stringOf(event['type']) ?? '';
    if (type === 'error' || type === 'response.failed' || (type === '' && objectOf(event['error']) !== null))
      throw fromFailure(this.#options.displayName, this.#options.upstream, event);
    const response = objectOf(event['response']);
    if (response !== null) this.#start(response, parts);
    switch (type) {
      case 'response.completed':
      case 'response.incomplete':
      case 'response.cancelled':
        if (response !== null && !this.#hasEnded) this.#end(response, parts);
        return;
      case 'response.output_item.added':
        this.#openItem(event, parts);
        return;
      case 'response.output_item.done':
        this.#closeItem(event, parts);
        return;
      default:
        this.#readText(type, event, parts);
    }
  }

  #start(response: JsonObject, parts: StreamPart[]): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    this.#serviceTier = stringOf(response['service_tier']);
    parts.push({
      type: 'response-start',
      id: stringOf(response['id']),
      model: stringOf(response['model']),
      createdAtSeconds: numberOf(response['created_at']),
      systemFingerprint: null,
      serviceTier: this.#serviceTier,
      upstream: this.#options.upstream,
      warnings: this.#options.warnings,
    });
  }

  #itemAt(event: JsonObject, item: JsonObject | null, parts: StreamPart[]): OpenItem {
    const index = countOf(event['output_index']) ?? this.#items.size;
    const known = this.#items.get(index);
    if (known !== undefined) return known;
    if (this.#items.size >= MAX_ITEMS) throw this.#malformed(`more than ${MAX_ITEMS} output items`);
    const type = stringOf(item?.['type']) ?? 'message';
    const isCall = type === 'function_call' || type === 'custom_tool_call';
    const open: OpenItem = {
      type,
      callIndex: isCall ? this.#callCount++ : -1,
      given: new Map(),
      hasText: false,
      lastPlace: '',
      done: null,
    };
    this.#items.set(index, open);
    if (isCall && item !== null) {
      const name = stringOf(item['name']) ?? '';
      const extra = type === 'custom_tool_call' ? { extra: { type: 'custom', custom: { name, input: '' } } } : {};
      parts.push({ type: 'tool-call-start', choice: 0, index: open.callIndex, id: stringOf(item['call_id']) ?? '', name, ...extra });
    }
    return open;
  }

  #openItem(event: JsonObject, parts: StreamPart[]): void {
    const item = objectOf(event['item']);
    const open = this.#itemAt(event, item, parts);
    // Servers that do not stream arguments announce the call with all of them.
    if (open.callIndex !== -1 && item !== null) this.#giveCall(open, item, parts);
  }

  #closeItem(event: JsonObject, parts: StreamPart[]): void {
    const item = objectOf(event['item']);
    if (item === null) return;
    const open = this.#itemAt(event, item, parts);
    open.done = item;
    if (open.callIndex !== -1) this.#giveCall(open, item, parts);
    else if (open.type === 'message') this.#giveMessage(open, item, parts);
    else if (open.type === 'reasoning') this.#giveReasoning(open, item, parts);
  }

  #giveCall(open: OpenItem, item: JsonObject, parts: StreamPart[]): void {
    const text = stringOf(open.type === 'custom_tool_call' ? item['input'] : item['arguments']);
    if (text !== null) this.#giveRest(open, 'arguments', text, parts);
  }

  #giveMessage(open: OpenItem, item: JsonObject, parts: StreamPart[]): void {
    const content = arrayOf(item['content']).map((part) => objectOf(part) ?? {});
    const texts = content.map((part) => (part['type'] === 'output_text' ? part['text'] : null));
    this.#giveMissing(open, 'text', texts, parts);
    const refusals = content.map((part) => part['refusal']);
    this.#giveMissing(open, 'refusal', refusals, parts);
  }

  #giveReasoning(open: OpenItem, item: JsonObject, parts: StreamPart[]): void {
    for (const kind of ['summary', 'content'] as const) {
      const texts = arrayOf(item[kind]).map((part) => objectOf(part)?.['text']);
      this.#giveMissing(open, kind, texts, parts);
    }
    const encrypted = stringOf(item['encrypted_content']);
    if (encrypted === null && !open.hasText) return;
    const opaque = encrypted === null ? {} : fromEncrypted(encrypted, open.hasText ? 'text' : '');
    parts.push({ type: 'reasoning-end', choice: 0, ...opaque });
  }

  #readText(type: string, event: JsonObject, parts: StreamPart[]): void {
    const kind = TEXT_EVENTS[type];
    if (kind === undefined) return;
    const open = this.#itemAt(event, null, parts);
    const place = `${kind.place} ${countOf(event[kind.index]) ?? 0}`;
    const at = kind.place === 'arguments' ? 'arguments' : place;
    if (kind.isDone) {
      const whole = stringOf(event[kind.field]);
      if (whole !== null) this.#giveRest(open, at, whole, parts);
      return;
    }
    const delta = stringOf(event['delta']) ?? '';
    const logprobs = arrayOf(event['logprobs']);
    if (logprobs.length > 0) parts.push({ type: 'logprobs', choice: 0, logprobs: { content: logprobs, refusal: null } });
    this.#give(open, at, delta, parts);
  }

  /** The texts of one kind beyond what was given of them. Some servers number them otherwise in their deltas, so their sum counts first. */
  #giveMissing(open: OpenItem, kind: string, texts: readonly (JsonValue | undefined)[], parts: StreamPart[]): void {
    let given = 0;
    for (const [place, length] of open.given) if (place.startsWith(`${kind} `)) given += length;
    const whole = texts.reduce<number>((sum, text) => sum + (stringOf(text) ?? '').length, 0);
    if (given >= whole) return;
    for (const [at, text] of texts.entries()) this.#giveRest(open, `${kind} ${at}`, stringOf(text) ?? '', parts);
  }

  /** What a whole text holds beyond its deltas. */
  #giveRest(open: OpenItem, place: string, whole: string, parts: StreamPart[]): void {
    const given = open.given.get(place) ?? 0;
    if (whole.length > given) this.#give(open, place, whole.slice(given), parts);
  }

  #give(open: OpenItem, place: string, text: string, parts: StreamPart[]): void {
    if (text === '') return;
    const isNew = open.lastPlace !== place;
    open.lastPlace = place;
    open.given.set(place, (open.given.get(place) ?? 0) + text.length);
    const kind = place.slice(0, place.indexOf(' ') === -1 ? undefined : place.indexOf(' '));
    if (kind === 'arguments') parts.push({ type: 'tool-call-delta', choice: 0, index: open.callIndex, argumentsText: text });
    else if (kind === 'refusal') parts.push({ type: 'refusal-delta', choice: 0, text });
    else if (kind === 'text') {
      if (!open.hasText && this.#hasMessageText) parts.push({ type: 'text-delta', choice: 0, text: PART_SEPARATOR });
      this.#hasMessageText = true;
      open.hasText = true;
      parts.push({ type: 'text-delta', choice: 0, text });
    } else {
      if (open.hasText && isNew) parts.push({ type: 'reasoning-delta', choice: 0, text: PART_SEPARATOR });
      open.hasText = true;
      parts.push({ type: 'reasoning-delta', choice: 0, text });
    }
  }

  #end(response: JsonObject, parts: StreamPart[]): void {
    this.#hasEnded = true;
    const output = this.#outputOf(response);
    this.#giveUntold(output, parts);
    const read = readItems(output);
    const extra = toMessageExtra(read);
    if (!isEmpty(extra)) parts.push({ type: 'extra', choice: 0, extra });
    const tier = stringOf(response['service_tier']);
    const responseExtra: JsonObject = {
      ...fieldsBeside(response, KNOWN_RESPONSE_FIELDS),
      ...(tier === null || tier === this.#serviceTier ? {} : { service_tier: tier }),
    };
    if (!isEmpty(responseExtra)) parts.push({ type: 'extra', choice: 0, extra: responseExtra, scope: 'response' });
    parts.push({ type: 'choice-finish', choice: 0, ...toFinish(response, read) });
    const usage = toUsage(response['usage']);
    if (usage !== null) parts.push({ type: 'usage', usage });
  }

  /** Items that no event told of, as some servers send them. Places may differ where the end leaves items out, and ids where it renames them. */
  #giveUntold(output: readonly JsonValue[], parts: StreamPart[]): void {
    const told = [...this.#items.values()].flatMap(({ done }): readonly JsonObject[] => (done === null ? [] : [done]));
    if (told.length >= output.length) return;
    const ids = new Set(told.map((item) => item['id'] ?? null));
    for (const [index, item] of output.entries()) {
      const id = objectOf(item)?.['id'] ?? null;
      const isTold = id === null ? this.#items.get(index)?.done != null : ids.has(id);
      if (!isTold) this.#closeItem({ output_index: index, item }, parts);
    }
  }

  /** As the end tells it; some servers leave it out there, others leave out items that they streamed. */
  #outputOf(response: JsonObject): readonly JsonValue[] {
    const told = arrayOf(response['output']);
    const streamed = [...this.#items].sort(([left], [right]) => left - right).flatMap(([, { done }]) => done ?? []);
    return streamed.length > told.length ? streamed : told;
  }
}

interface TextEvent {
  readonly place: 'text' | 'refusal' | 'summary' | 'content' | 'arguments';
  readonly index: 'content_index' | 'summary_index';
  readonly isDone: boolean;
  /** Where a `done` event has the whole text. */
  readonly field: string;
}

const texts = (name: string, place: TextEvent['place'], index: TextEvent['index'], field: string): [string, TextEvent][] => [
  [`response.${name}.delta`, { place, index, isDone: false, field }],
  [`response.${name}.done`, { place, index, isDone: true, field }],
];

const TEXT_EVENTS: Readonly<Record<string, TextEvent>> = Object.fromEntries([
  ...texts('output_text', 'text', 'content_index', 'text'),
  ...texts('refusal', 'refusal', 'content_index', 'refusal'),
  ...texts('reasoning_summary_text', 'summary', 'summary_index', 'text'),
  ...texts('reasoning_text', 'content', 'content_index', 'text'),
  ...texts('function_call_arguments', 'arguments', 'content_index', 'arguments'),
  ...texts('custom_tool_call_input', 'arguments', 'content_index', 'input'),
]);
