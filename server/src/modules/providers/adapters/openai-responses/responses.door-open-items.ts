/** Output items while they are streamed: each tells its own events and in the end what it came to. */
import type { JsonObject, JsonValue } from '../../contract.ts';
import { objectOf } from '../../shared/json.ts';

/** Sends one event; its number is added. */
export type Emit = (event: JsonObject & { readonly type: string }) => void;

export interface OpenItem {
  /** Tells the events that end the item, and gives it. */
  close(): JsonObject;
}

type TextKind = 'output_text' | 'refusal';

/** A message: texts and refusals one after the other, each a part of its own. */
export class MessageItem implements OpenItem {
  readonly #id: string;
  readonly #place: number;
  readonly #emit: Emit;
  readonly #content: JsonObject[] = [];
  #kind: TextKind | null = null;
  #text = '';
  #logprobs: JsonValue[] = [];
  #annotations: JsonObject[] = [];

  constructor(id: string, place: number, emit: Emit) {
    [this.#id, this.#place, this.#emit] = [id, place, emit];
    const item = { id, type: 'message', status: 'in_progress', content: [], role: 'assistant' };
    emit({ type: 'response.output_item.added', item, output_index: place });
  }

  addText(text: string, logprobs: readonly JsonValue[]): void {
    this.#openPart('output_text');
    this.#text += text;
    this.#logprobs.push(...logprobs);
    this.#emit({ type: 'response.output_text.delta', ...this.#at, delta: text, logprobs });
  }

  addRefusal(text: string): void {
    this.#openPart('refusal');
    this.#text += text;
    this.#emit({ type: 'response.refusal.delta', ...this.#at, delta: text });
  }

  /** Citations of the text, in the form of the chat wire or of this one. */
  annotate(annotations: readonly JsonValue[]): void {
    if (this.#kind !== 'output_text') return;
    for (const value of annotations) {
      const annotation = toFlatAnnotation(value);
      this.#emit({ type: 'response.output_text.annotation.added', ...this.#at, annotation_index: this.#annotations.length, annotation });
      this.#annotations.push(annotation);
    }
  }

  close(): JsonObject {
    this.#closePart();
    const item = { id: this.#id, type: 'message', status: 'completed', content: this.#content, role: 'assistant' };
    this.#emit({ type: 'response.output_item.done', item, output_index: this.#place });
    return item;
  }

  get #at(): JsonObject {
    return { content_index: this.#content.length, item_id: this.#id, output_index: this.#place };
  }

  #openPart(kind: TextKind): void {
    if (this.#kind === kind) return;
    this.#closePart();
    this.#kind = kind;
    this.#emit({ type: 'response.content_part.added', ...this.#at, part: this.#part(kind) });
  }

  #part(kind: TextKind): JsonObject {
    if (kind === 'refusal') return { type: 'refusal', refusal: this.#text };
    return { type: 'output_text', annotations: [...this.#annotations], logprobs: [...this.#logprobs], text: this.#text };
  }

  #closePart(): void {
    if (this.#kind === null) return;
    const part = this.#part(this.#kind);
    if (this.#kind === 'refusal') this.#emit({ type: 'response.refusal.done', ...this.#at, refusal: this.#text });
    else this.#emit({ type: 'response.output_text.done', ...this.#at, logprobs: [...this.#logprobs], text: this.#text });
    this.#emit({ type: 'response.content_part.done', ...this.#at, part });
    this.#content.push(part);
    [this.#kind, this.#text, this.#logprobs, this.#annotations] = [null, '', [], []];
  }
}

function toFlatAnnotation(value: JsonValue): JsonObject {
  const annotation = objectOf(value) ?? {};
  const { type, url_citation: citation, ...rest } = annotation;
  return objectOf(citation) === null ? annotation : { ...rest, ...objectOf(citation), ...(type === undefined ? {} : { type }) };
}

/** Reasoning: its text is told as a summary, which is how callers of this wire see reasoning. */
export class ReasoningItem implements OpenItem {
  /** Opaque data that the caller hands back with the next turn. */
  encrypted: string | null = null;
  readonly #id: string;
  readonly #place: number;
  readonly #emit: Emit;
  #text = '';

  constructor(id: string, place: number, emit: Emit) {
    [this.#id, this.#place, this.#emit] = [id, place, emit];
    emit({ type: 'response.output_item.added', item: { id, type: 'reasoning', summary: [] }, output_index: place });
  }

  add(text: string): void {
    if (this.#text === '') this.#emit({ type: 'response.reasoning_summary_part.added', ...this.#at, part: this.#part });
    this.#text += text;
    this.#emit({ type: 'response.reasoning_summary_text.delta', ...this.#at, delta: text });
  }

  close(): JsonObject {
    const summary = this.#text === '' ? [] : [this.#part];
    if (this.#text !== '') {
      this.#emit({ type: 'response.reasoning_summary_text.done', ...this.#at, text: this.#text });
      this.#emit({ type: 'response.reasoning_summary_part.done', ...this.#at, part: this.#part });
    }
    const encrypted = this.encrypted === null ? {} : { encrypted_content: this.encrypted };
    const item = { id: this.#id, type: 'reasoning', ...encrypted, summary };
    this.#emit({ type: 'response.output_item.done', item, output_index: this.#place });
    return item;
  }

  get #at(): JsonObject {
    return { item_id: this.#id, output_index: this.#place, summary_index: 0 };
  }

  get #part(): JsonObject {
    return { type: 'summary_text', text: this.#text };
  }
}

export interface CallFacts {
  readonly itemId: string;
  readonly place: number;
  readonly callId: string;
  readonly name: string;
  readonly isCustom: boolean;
}

/** A call of a function, or of a custom tool, whose input is plain text. */
export class CallItem implements OpenItem {
  readonly #facts: CallFacts;
  readonly #emit: Emit;
  #text = '';

  constructor(facts: CallFacts, emit: Emit) {
    [this.#facts, this.#emit] = [facts, emit];
    emit({ type: 'response.output_item.added', item: this.#item('in_progress', ''), output_index: facts.place });
  }

  add(text: string): void {
    this.#text += text;
    this.#emit({ type: `response.${this.#event}.delta`, delta: text, ...this.#at });
  }

  close(): JsonObject {
    // Functions take JSON, so no arguments are an empty object.
    const text = this.#text === '' && !this.#facts.isCustom ? '{}' : this.#text;
    this.#emit({ type: `response.${this.#event}.done`, [this.#facts.isCustom ? 'input' : 'arguments']: text, ...this.#at });
    const item = this.#item('completed', text);
    this.#emit({ type: 'response.output_item.done', item, output_index: this.#facts.place });
    return item;
  }

  get #event(): string {
    return this.#facts.isCustom ? 'custom_tool_call_input' : 'function_call_arguments';
  }

  get #at(): JsonObject {
    return { item_id: this.#facts.itemId, output_index: this.#facts.place };
  }

  #item(status: string, text: string): JsonObject {
    const { itemId: id, callId: call_id, name, isCustom } = this.#facts;
    if (isCustom) return { id, type: 'custom_tool_call', status, call_id, input: text, name };
    return { id, type: 'function_call', status, arguments: text, call_id, name };
  }
}
