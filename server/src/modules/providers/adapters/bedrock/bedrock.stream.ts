/** The events of a streamed answer -> our parts, in order. */
import type { JsonObject, JsonValue, ProviderError, StreamPart, UpstreamResponse } from '../../contract.ts';
import { isEmpty, objectOf, parseJson, stringOf } from '../../shared/json.ts';
import type { EventStreamMessage } from './bedrock.event-stream.ts';
import { toFinishReason } from './bedrock.finish.ts';
import { isServerTool, type AnswerReading, toAnswerExtra, toChoiceExtra, toCitation, toToolCallExtra } from './bedrock.response.ts';
import { toUsage } from './bedrock.usage.ts';
import { VendorBlock } from './bedrock.vendor-block.ts';

const CHOICE = 0;
/** Blocks that are open at the same time; the API opens one after the other. */
const MAX_OPEN_BLOCKS = 256;
/** Of blocks without a neutral form and of citations, which are held until the end. */
const MAX_HELD_BYTES = 8 * 1024 * 1024;

/** What a stream needs to know of its exchange, and how it fails. */
export interface StreamOptions {
  readonly upstream: UpstreamResponse;
  readonly warnings: readonly string[];
  readonly reading: AnswerReading;
  /** Builds the error for an exception in the stream. */
  toStreamError(message: EventStreamMessage): ProviderError;
  /** Builds the error for something that is not this wire; `detail` says what. */
  toMalformedError(detail: string): ProviderError;
}

type OpenBlock =
  | { readonly kind: 'text' }
  | { readonly kind: 'reasoning'; signature: string; readonly redacted: Buffer[] }
  | { readonly kind: 'tool-call'; readonly index: number; hasArguments: boolean }
  /** The input of a tool that stands in for the answer. */
  | { readonly kind: 'answer' }
  | { readonly kind: 'vendor'; readonly block: VendorBlock };

/**
 * Takes messages and makes parts of them. What has no neutral name comes in `extra` parts before the finish, equal to the extras of a
 * whole answer. Usage follows the wire's own stop, so the finish waits for it.
 */
export class StreamTranslator {
  #parts: StreamPart[] = [];
  readonly #options: StreamOptions;
  readonly #open = new Map<number, OpenBlock>();
  readonly #citations: JsonValue[] = [];
  readonly #contentBlocks: JsonValue[] = [];
  #heldBytes = 0;
  #modelFields: JsonValue | undefined;
  #stop: { readonly rawFinishReason: string | null } | null = null;
  #toolCallCount = 0;
  #hasStarted = false;
  #hasContent = false;
  #isComplete = false;

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  /** Whether the answer is whole: what happens to the connection afterwards takes nothing of it away. */
  get isComplete(): boolean {
    return this.#isComplete || this.#stop !== null;
  }

  /** The parts made since the last call, in order. */
  takeParts(): readonly StreamPart[] {
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }

  /** Throws `ProviderError` for an exception and for what is not this wire. */
  message(message: EventStreamMessage): void {
    if (message.headers[':message-type'] !== 'event') throw this.#options.toStreamError(message);
    const event = objectOf(parseJson(message.payload.toString('utf8')));
    if (event === null) throw this.#options.toMalformedError('an event of the stream is not a JSON object');
    switch (message.headers[':event-type']) {
      case 'contentBlockDelta':
        return this.#delta(indexOf(event), objectOf(event['delta']) ?? {}, message.payload.length);
      case 'contentBlockStart':
        return this.#blockStart(indexOf(event), objectOf(event['start']) ?? {});
      case 'contentBlockStop':
        return this.#blockStop(indexOf(event));
      case 'messageStart':
        return this.#start();
      case 'messageStop':
        return this.#messageStop(event);
      case 'metadata':
        return this.#metadata(event);
      default:
        // Events of days to come.
        return;
    }
  }

  /** The input has ended. Without a stop it broke off: half an answer must not pass for a whole one. */
  end(): void {
    if (!this.#hasStarted) throw this.#options.toMalformedError('the stream ended before the message began');
    if (this.#stop !== null) return this.#finish();
    const what = this.#hasContent ? 'within its answer' : 'without content and without a stop reason';
    throw this.#options.toMalformedError(`the stream ended ${what}`);
  }

  #start(): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    const { upstream, warnings, reading } = this.#options;
    this.#parts.push({
      type: 'response-start',
      id: null,
      model: null,
      createdAtSeconds: null,
      systemFingerprint: null,
      // The one that serves is told at the end, when it is too late to price by it.
      serviceTier: reading.serviceTier,
      upstream,
      warnings,
    });
  }

  #blockStart(index: number, start: JsonObject): void {
    this.#start();
    const toolUse = objectOf(start['toolUse']);
    if (toolUse !== null && toolUse['name'] === this.#options.reading.structuredTool) {
      this.#openBlock(index, { kind: 'answer' });
      return;
    }
    if (toolUse !== null && !isServerTool(toolUse)) return this.#toolCallStart(index, toolUse);
    this.#openBlock(index, isEmpty(start) ? { kind: 'text' } : { kind: 'vendor', block: new VendorBlock(start) });
  }

  #openBlock<T extends OpenBlock>(index: number, block: T): T {
    if (this.#open.has(index)) this.#blockStop(index);
    if (this.#open.size >= MAX_OPEN_BLOCKS) throw this.#options.toMalformedError(`more than ${MAX_OPEN_BLOCKS} blocks are open at once`);
    this.#hasContent = true;
    this.#open.set(index, block);
    return block;
  }

  #toolCallStart(index: number, toolUse: JsonObject): void {
    const extra = toToolCallExtra(toolUse);
    const toolIndex = this.#toolCallCount++;
    this.#openBlock(index, { kind: 'tool-call', index: toolIndex, hasArguments: false });
    this.#parts.push({
      type: 'tool-call-start',
      choice: CHOICE,
      index: toolIndex,
      id: stringOf(toolUse['toolUseId']) ?? '',
      name: stringOf(toolUse['name']) ?? '',
      ...(extra === null ? {} : { extra }),
    });
  }

  /** Only tools announce their block; text and reasoning begin with their first delta. */
  #delta(index: number, delta: JsonObject, sizeBytes: number): void {
    this.#start();
    const text = stringOf(delta['text']);
    const reasoning = objectOf(delta['reasoningContent']);
    if (text !== null) this.#text(text);
    else if (reasoning !== null) this.#reasoning(index, reasoning);
    else if (delta['citation'] !== undefined) {
      this.#hold(sizeBytes);
      this.#citations.push(toCitation(index, delta['citation']));
    } else this.#otherDelta(index, delta, sizeBytes);
  }

  #otherDelta(index: number, delta: JsonObject, sizeBytes: number): void {
    const open = this.#open.get(index);
    const argumentsText = stringOf(objectOf(delta['toolUse'])?.['input']) ?? '';
    if (open?.kind === 'answer') return this.#text(argumentsText);
    if (open?.kind === 'tool-call') {
      if (argumentsText === '') return;
      open.hasArguments = true;
      this.#parts.push({ type: 'tool-call-delta', choice: CHOICE, index: open.index, argumentsText });
      return;
    }
    this.#hold(sizeBytes);
    const vendor = open?.kind === 'vendor' ? open : this.#openBlock(index, { kind: 'vendor', block: new VendorBlock({}) });
    vendor.block.add(delta);
  }

  #reasoning(index: number, delta: JsonObject): void {
    const known = this.#open.get(index);
    const open = known?.kind === 'reasoning' ? known : this.#openBlock(index, { kind: 'reasoning', signature: '', redacted: [] });
    const text = stringOf(delta['text']);
    if (text !== null && text !== '') this.#parts.push({ type: 'reasoning-delta', choice: CHOICE, text });
    open.signature += stringOf(delta['signature']) ?? '';
    const redacted = stringOf(delta['redactedContent']);
    if (redacted === null) return;
    this.#hold(redacted.length);
    open.redacted.push(Buffer.from(redacted, 'base64'));
  }

  #blockStop(index: number): void {
    const open = this.#open.get(index);
    this.#open.delete(index);
    if (open?.kind === 'reasoning') {
      const redactedData = open.redacted.length === 0 ? {} : { redactedData: Buffer.concat(open.redacted).toString('base64') };
      const signature = open.signature === '' ? {} : { signature: open.signature };
      this.#parts.push({ type: 'reasoning-end', choice: CHOICE, ...signature, ...redactedData });
    } else if (open?.kind === 'tool-call' && !open.hasArguments) {
      // A tool without arguments may stream none; a whole answer's input would be `{}`.
      this.#parts.push({ type: 'tool-call-delta', choice: CHOICE, index: open.index, argumentsText: '{}' });
    } else if (open?.kind === 'vendor') {
      this.#contentBlocks.push({ index, ...open.block.whole() });
    }
  }

  #messageStop(event: JsonObject): void {
    this.#start();
    for (const index of this.#open.keys()) this.#blockStop(index);
    this.#modelFields = event['additionalModelResponseFields'];
    this.#stop ??= { rawFinishReason: stringOf(event['stopReason']) };
  }

  #metadata(event: JsonObject): void {
    this.#start();
    const usage = toUsage(objectOf(event['usage']));
    if (usage !== null) this.#parts.push({ type: 'usage', usage });
    const tier = event['serviceTier'];
    const extra = { ...toAnswerExtra(event), ...(tier === undefined ? {} : { serviceTier: tier }) };
    if (!isEmpty(extra)) this.#parts.push({ type: 'extra', choice: CHOICE, extra, scope: 'response' });
    if (this.#stop !== null) this.#finish();
  }

  #finish(): void {
    if (this.#isComplete || this.#stop === null) return;
    this.#isComplete = true;
    const { rawFinishReason } = this.#stop;
    const extra = toChoiceExtra(this.#modelFields, this.#citations, this.#contentBlocks);
    if (!isEmpty(extra)) this.#parts.push({ type: 'extra', choice: CHOICE, extra });
    this.#parts.push({
      type: 'choice-finish',
      choice: CHOICE,
      finishReason: toFinishReason(rawFinishReason, this.#options.reading.structuredTool !== null),
      rawFinishReason,
    });
  }

  #text(text: string): void {
    this.#hasContent = true;
    if (text !== '') this.#parts.push({ type: 'text-delta', choice: CHOICE, text });
  }

  #hold(sizeBytes: number): void {
    this.#heldBytes += sizeBytes;
    if (this.#heldBytes > MAX_HELD_BYTES)
      throw this.#options.toMalformedError(`more than ${MAX_HELD_BYTES} bytes of its blocks have no neutral form`);
  }
}

function indexOf(event: JsonObject): number {
  return typeof event['contentBlockIndex'] === 'number' ? event['contentBlockIndex'] : 0;
}
