/** Parts → the events of a streamed response, in the order and with the numbers that OpenAI gives them. */
import { ProviderError, type JsonObject, type JsonValue, type StreamPart, type Usage } from '../../contract.ts';
import { arrayOf, objectOf } from '../../shared/json.ts';
import { toItemId } from './responses.door-base.ts';
import { CallItem, MessageItem, ReasoningItem, type Emit, type OpenItem } from './responses.door-open-items.ts';
import { toCallEncrypted, toDoorEncrypted } from './responses.reasoning.ts';
import { fromUsage } from './responses.usage.ts';
import { OUTPUT_ITEMS } from './responses.wire.ts';

export interface ResponseEventOptions {
  /** Begins with `resp_`. */
  readonly id: string;
  readonly model: string;
  readonly createdAtSeconds: number;
  /** What every state of the response repeats of its request. */
  readonly base: JsonObject;
  readonly nowSeconds: () => number;
  /** A response that waited for its turn says so first. Default false. */
  readonly isQueued?: boolean;
  /** An answer that is here as a whole needs no bound. Default false. */
  readonly isWhole?: boolean;
}

/** Items that neutral parts cannot carry come whole, in the layout of the answer. */
const NEUTRAL_ITEMS: ReadonlySet<JsonValue | undefined> = new Set(['message', 'reasoning', 'function_call', 'custom_tool_call']);

/** The end of a response repeats all of it, so all of it is held: this much, and not what a broken provider sends without end. */
const MAX_OUTPUT_CHARACTERS = 16 * 1024 * 1024;
const MAX_ITEMS = 4096;

/**
 * `encode` gives the text for one part, `end` or `fail` the end. The response is then in `response`. Only the first choice is told: this
 * wire has no others.
 */
export class ResponseEventEncoder {
  readonly #options: ResponseEventOptions;
  readonly #output: JsonObject[] = [];
  #open: OpenItem | null = null;
  readonly #calls = new Map<number, CallItem>();
  #nextPlace = 0;
  #sequence = 0;
  #hasStarted = false;
  #heldLogprobs: JsonValue[] = [];
  #model: string;
  #serviceTier: JsonValue;
  #extra: JsonObject = {};
  #finish: Extract<StreamPart, { type: 'choice-finish' }> | null = null;
  #usage: Usage | null = null;
  #text = '';
  #characters = 0;

  constructor(options: ResponseEventOptions) {
    this.#options = options;
    this.#model = options.model;
    this.#serviceTier = options.base['service_tier'] ?? null;
  }

  /** The number that the next event will have. */
  get nextSequence(): number {
    return this.#sequence;
  }

  /** Throws `ProviderError` when there is more than any model says. */
  encode(part: StreamPart): string {
    this.#begin();
    this.#add(part);
    this.#characters += charactersOf(part);
    const isTooLong = this.#characters > MAX_OUTPUT_CHARACTERS || this.#nextPlace > MAX_ITEMS;
    if (isTooLong && this.#options.isWhole !== true) throw new ProviderError('malformed', 'The answer is longer than any model’s.');
    return this.#take();
  }

  /** The end of a response that went well. */
  end(): string {
    this.#begin();
    this.#close();
    const response = this.response();
    this.#emit({ type: response['status'] === 'incomplete' ? 'response.incomplete' : 'response.completed', response });
    return this.#take();
  }

  /** The end of one that did not: `error` as in the envelope of this dialect. */
  fail(error: { readonly message: string; readonly type: string; readonly param: string | null; readonly code: string }): string {
    this.#begin();
    this.#emit({ type: 'error', error });
    this.#emit({ type: 'response.failed', response: this.failedResponse(error) });
    return this.#take();
  }

  /** As it stands when everything has come. */
  response(): JsonObject {
    const reason = incompleteReasonOf(this.#finish);
    return {
      ...this.#head(reason === null ? 'completed' : 'incomplete'),
      completed_at: reason === null ? this.#options.nowSeconds() : null,
      ...(reason === null ? {} : { incomplete_details: { reason } }),
      output: this.#output,
      usage: this.#usage === null ? null : fromUsage(this.#usage),
    };
  }

  failedResponse({ code, message }: { readonly code: string; readonly message: string }): JsonObject {
    return { ...this.#head('failed'), error: { code, message }, output: this.#output, usage: null };
  }

  /** A response that has not ended: `queued`, `in_progress` or, when its caller stopped it, `cancelled`. */
  unfinishedResponse(status: 'queued' | 'in_progress' | 'cancelled'): JsonObject {
    return { ...this.#head(status), output: status === 'cancelled' ? this.#output : [], usage: null };
  }

  #head(status: string): JsonObject {
    const { id, createdAtSeconds, base } = this.#options;
    const fields = { id, object: 'response', created_at: createdAtSeconds, status, model: this.#model };
    return { ...base, ...this.#extra, ...fields, service_tier: this.#serviceTier, completed_at: null };
  }

  readonly #emit: Emit = (event) => {
    const { type } = event;
    this.#text += `event: ${type}\ndata: ${JSON.stringify({ ...event, sequence_number: this.#sequence })}\n\n`;
    this.#sequence += 1;
  };

  #take(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }

  #begin(): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    const { isQueued = false } = this.#options;
    this.#emit({ type: 'response.created', response: this.unfinishedResponse(isQueued ? 'queued' : 'in_progress') });
    if (isQueued) this.#emit({ type: 'response.queued', response: this.unfinishedResponse('queued') });
    this.#emit({ type: 'response.in_progress', response: this.unfinishedResponse('in_progress') });
  }

  #add(part: StreamPart): void {
    if ('choice' in part && part.choice !== 0) return;
    switch (part.type) {
      case 'response-start':
        this.#model = part.model ?? this.#model;
        this.#serviceTier = part.serviceTier ?? this.#serviceTier;
        return;
      case 'text-delta':
        this.#message().addText(part.text, this.#takeLogprobs());
        return;
      case 'refusal-delta':
        this.#message().addRefusal(part.text);
        return;
      case 'reasoning-delta':
        this.#reasoning().add(part.text);
        return;
      case 'reasoning-end':
        this.#endReasoning(part);
        return;
      case 'tool-call-start':
        this.#startCall(part);
        return;
      case 'tool-call-delta':
        this.#calls.get(part.index)?.add(part.argumentsText);
        return;
      case 'logprobs':
        this.#heldLogprobs.push(...arrayOf(objectOf(part.logprobs)?.['content']));
        return;
      case 'extra':
        this.#addExtra(part);
        return;
      case 'choice-finish':
        this.#close();
        this.#finish = part;
        return;
      case 'usage':
        this.#usage = part.usage;
    }
  }

  #takeLogprobs(): readonly JsonValue[] {
    const logprobs = this.#heldLogprobs;
    this.#heldLogprobs = [];
    return logprobs;
  }

  /** One item is open at a time: another one closes it. */
  #openItem<Item extends OpenItem>(make: (place: number) => Item): Item {
    this.#close();
    const item = make(this.#nextPlace++);
    this.#open = item;
    return item;
  }

  #message(): MessageItem {
    if (this.#open instanceof MessageItem) return this.#open;
    return this.#openItem((place) => new MessageItem(toItemId(this.#options.id, 'msg', place), place, this.#emit));
  }

  #reasoning(): ReasoningItem {
    if (this.#open instanceof ReasoningItem) return this.#open;
    return this.#openItem((place) => new ReasoningItem(toItemId(this.#options.id, 'rs', place), place, this.#emit));
  }

  #endReasoning(part: Extract<StreamPart, { type: 'reasoning-end' }>): void {
    const item = this.#reasoning();
    item.encrypted = toDoorEncrypted({ text: '', ...part });
    this.#close();
  }

  #startCall({ index, id, name, extra }: Extract<StreamPart, { type: 'tool-call-start' }>): void {
    const isCustom = extra?.['type'] === 'custom';
    const tied = toCallEncrypted(extra);
    if (tied !== null)
      this.#openItem((place) => new ReasoningItem(toItemId(this.#options.id, 'rs', place), place, this.#emit)).encrypted = tied;
    const make = (place: number): CallItem => {
      const itemId = toItemId(this.#options.id, isCustom ? 'ctc' : 'fc', place);
      return new CallItem({ itemId, place, callId: id, name, isCustom }, this.#emit);
    };
    this.#calls.set(index, this.#openItem(make));
  }

  #addExtra({ extra, scope }: Extract<StreamPart, { type: 'extra' }>): void {
    if (scope === 'response') {
      this.#extra = { ...this.#extra, ...extra };
      return;
    }
    const annotations = arrayOf(extra['annotations']);
    if (annotations.length > 0 && this.#open instanceof MessageItem) this.#open.annotate(annotations);
    for (const value of arrayOf(extra[OUTPUT_ITEMS])) {
      const item = objectOf(value);
      if (item !== null && !NEUTRAL_ITEMS.has(item['type'])) this.#addWhole(item);
    }
  }

  /** An item of a tool that the vendor ran. */
  #addWhole(item: JsonObject): void {
    this.#close();
    const place = this.#nextPlace++;
    this.#emit({ type: 'response.output_item.added', item, output_index: place });
    this.#emit({ type: 'response.output_item.done', item, output_index: place });
    this.#output.push(item);
  }

  #close(): void {
    if (this.#open === null) return;
    this.#output.push(this.#open.close());
    this.#open = null;
  }
}

function incompleteReasonOf(finish: Extract<StreamPart, { type: 'choice-finish' }> | null): string | null {
  if (finish?.finishReason === 'length') return 'max_output_tokens';
  return finish?.finishReason === 'content-filter' ? 'content_filter' : null;
}

function charactersOf(part: StreamPart): number {
  switch (part.type) {
    case 'text-delta':
    case 'reasoning-delta':
    case 'refusal-delta':
      return part.text.length;
    case 'tool-call-delta':
      return part.argumentsText.length;
    case 'reasoning-end':
      return (part.signature ?? '').length + (part.redactedData ?? '').length;
    default:
      return 0;
  }
}
