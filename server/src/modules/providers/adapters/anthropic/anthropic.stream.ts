/** The events of a streamed answer -> our parts, in order. */
import type { JsonObject, JsonValue, ProviderError, StreamPart, UpstreamResponse } from '../../contract.ts';
import { arrayOf, isEmpty, objectOf, stringOf } from '../../shared/json.ts';
import { toFinishReason } from './anthropic.finish.ts';
import { MESSAGE_EXTRA, pickTold, refusalOf, toChoiceExtra, toCitation, toToolCallExtra } from './anthropic.response.ts';
import { mergeRawUsage, toUsage } from './anthropic.usage.ts';
import { parseObject, type ContentBlock } from './anthropic.wire.ts';

const CHOICE = 0;
/** Blocks that are open at the same time; the API opens one after the other. */
const MAX_OPEN_BLOCKS = 256;

/** What a stream needs to know of its exchange, and how it fails. */
export interface StreamOptions {
  readonly upstream: UpstreamResponse;
  readonly warnings: readonly string[];
  /** Builds the error for an `error` event. */
  toEventError(event: JsonObject): ProviderError;
  /** Builds the error for something that is not this wire; `detail` says what. */
  toMalformedError(detail: string): ProviderError;
}

type OpenBlock =
  | { readonly kind: 'text' }
  | { readonly kind: 'reasoning'; signature: string; readonly redactedData: string | null }
  | { readonly kind: 'tool-call'; readonly index: number; readonly input: JsonValue; hasArguments: boolean }
  | { readonly kind: 'vendor'; readonly block: ContentBlock; inputText: string; deltas: JsonObject[] };

/**
 * Takes the `data` of each event and makes parts of them. What has no neutral name comes
 * in one `extra` part before the finish, equal to the `extra` of a whole answer's choice.
 */
export class StreamTranslator {
  #parts: StreamPart[] = [];
  readonly #options: StreamOptions;
  readonly #open = new Map<number, OpenBlock>();
  readonly #citations: JsonValue[] = [];
  readonly #contentBlocks: JsonValue[] = [];
  readonly #messageExtra: Record<string, JsonValue> = {};
  #rawUsage: JsonObject | null = null;
  #toolCallCount = 0;
  #hasStarted = false;
  #hasContent = false;
  #hasFinished = false;
  #isComplete = false;

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  /** Whether the end marker was seen: what happens to the connection afterwards changes nothing. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** The parts made since the last call, in order. */
  takeParts(): readonly StreamPart[] {
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }

  /** Throws `ProviderError` for an error event and for what is not this wire. */
  event(data: string): void {
    const event = parseObject(data);
    if (event === null) {
      if (data.trim() === '[DONE]') return;
      throw this.#options.toMalformedError('an event of the stream is not a JSON object');
    }
    switch (event['type']) {
      case 'content_block_delta':
        return this.#delta(indexOf(event), objectOf(event['delta']) ?? {});
      case 'content_block_start':
        return this.#blockStart(indexOf(event), objectOf(event['content_block']) ?? {});
      case 'content_block_stop':
        return this.#blockStop(indexOf(event));
      case 'message_start':
        return this.#messageStart(objectOf(event['message']) ?? {});
      case 'message_delta':
        return this.#messageDelta(event);
      case 'message_stop':
        this.#isComplete = true;
        return;
      case 'error':
        throw this.#options.toEventError(event);
      default:
        // `ping` and events of days to come; an error that names no type is one all the same.
        if (objectOf(event['error']) !== null) throw this.#options.toEventError(event);
        return;
    }
  }

  /** The input has ended. Without a stop reason or the end marker it broke off: half an answer must not pass for a whole one. */
  end(): void {
    if (!this.#hasStarted) throw this.#options.toMalformedError('the stream ended before the message began');
    for (const index of this.#open.keys()) this.#blockStop(index);
    if (this.#hasFinished) return;
    if (!this.#isComplete) {
      const what = this.#hasContent ? 'within its answer' : 'without content and without a stop reason';
      throw this.#options.toMalformedError(`the stream ended ${what}`);
    }
    this.#finish(null);
  }

  #messageStart(message: JsonObject): void {
    const usage = objectOf(message['usage']);
    // Some proxies repeat it; the second says nothing new.
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    this.#parts.push({
      type: 'response-start',
      id: stringOf(message['id']),
      model: stringOf(message['model']),
      createdAtSeconds: null,
      systemFingerprint: null,
      serviceTier: stringOf(usage?.['service_tier']),
      upstream: this.#options.upstream,
      warnings: this.#options.warnings,
    });
    this.#usage(usage);
  }

  /** Input tokens are told at the start, so that an abandoned stream can still be accounted; later counts replace them. */
  #usage(raw: JsonObject | null): void {
    if (raw === null) return;
    this.#rawUsage = mergeRawUsage(this.#rawUsage, raw);
    const usage = toUsage(this.#rawUsage);
    if (usage !== null) this.#parts.push({ type: 'usage', usage });
  }

  #blockStart(index: number, block: ContentBlock): void {
    this.#requireStart();
    if (this.#open.has(index)) this.#blockStop(index);
    if (this.#open.size >= MAX_OPEN_BLOCKS) throw this.#options.toMalformedError(`more than ${MAX_OPEN_BLOCKS} blocks are open at once`);
    this.#hasContent = true;
    switch (block['type']) {
      case 'text':
        this.#open.set(index, { kind: 'text' });
        this.#text(stringOf(block['text']));
        for (const citation of arrayOf(block['citations'])) this.#citations.push(toCitation(index, citation));
        return;
      case 'thinking':
        this.#open.set(index, { kind: 'reasoning', signature: stringOf(block['signature']) ?? '', redactedData: null });
        this.#reasoning(stringOf(block['thinking']));
        return;
      case 'redacted_thinking':
        this.#open.set(index, { kind: 'reasoning', signature: '', redactedData: stringOf(block['data']) ?? '' });
        return;
      case 'tool_use':
        return this.#toolCallStart(index, block);
      default:
        this.#open.set(index, { kind: 'vendor', block, inputText: '', deltas: [] });
    }
  }

  #toolCallStart(index: number, block: ContentBlock): void {
    const extra = toToolCallExtra(block);
    const toolIndex = this.#toolCallCount++;
    this.#open.set(index, { kind: 'tool-call', index: toolIndex, input: block['input'] ?? {}, hasArguments: false });
    this.#parts.push({
      type: 'tool-call-start',
      choice: CHOICE,
      index: toolIndex,
      id: stringOf(block['id']) ?? '',
      name: stringOf(block['name']) ?? '',
      ...(extra === null ? {} : { extra }),
    });
  }

  #delta(index: number, delta: JsonObject): void {
    this.#requireStart();
    const open = this.#open.get(index);
    switch (delta['type']) {
      case 'text_delta':
        return this.#text(stringOf(delta['text']));
      case 'thinking_delta':
        return this.#reasoning(stringOf(delta['thinking']));
      case 'signature_delta':
        if (open?.kind === 'reasoning') open.signature += stringOf(delta['signature']) ?? '';
        return;
      case 'input_json_delta':
        return this.#inputDelta(open, stringOf(delta['partial_json']) ?? '');
      case 'citations_delta':
        this.#citations.push(toCitation(index, delta['citation'] ?? null));
        return;
      default:
        if (open?.kind === 'vendor') open.deltas.push(delta);
    }
  }

  #inputDelta(open: OpenBlock | undefined, text: string): void {
    if (text === '') return;
    if (open?.kind === 'vendor') open.inputText += text;
    if (open?.kind !== 'tool-call') return;
    open.hasArguments = true;
    this.#parts.push({ type: 'tool-call-delta', choice: CHOICE, index: open.index, argumentsText: text });
  }

  #blockStop(index: number): void {
    const open = this.#open.get(index);
    this.#open.delete(index);
    if (open?.kind === 'reasoning') {
      this.#parts.push({
        type: 'reasoning-end',
        choice: CHOICE,
        ...(open.signature === '' ? {} : { signature: open.signature }),
        ...(open.redactedData === null ? {} : { redactedData: open.redactedData }),
      });
    } else if (open?.kind === 'tool-call' && !open.hasArguments) {
      // A tool without arguments streams none; the wire's own `input` says what that means: `{}`.
      const argumentsText = JSON.stringify(open.input);
      this.#parts.push({ type: 'tool-call-delta', choice: CHOICE, index: open.index, argumentsText });
    } else if (open?.kind === 'vendor') {
      this.#contentBlocks.push({ index, ...toWholeBlock(open) });
    }
  }

  #messageDelta(event: JsonObject): void {
    this.#requireStart();
    const delta = objectOf(event['delta']) ?? {};
    this.#usage(objectOf(event['usage']));
    Object.assign(this.#messageExtra, pickTold(event, MESSAGE_EXTRA), pickTold(delta, MESSAGE_EXTRA));
    const refusal = refusalOf(delta);
    if (refusal !== null) this.#parts.push({ type: 'refusal-delta', choice: CHOICE, text: refusal });
    const stopReason = stringOf(delta['stop_reason']);
    if (stopReason !== null) this.#finish(stopReason);
  }

  #finish(rawFinishReason: string | null): void {
    if (this.#hasFinished) return;
    this.#hasFinished = true;
    const extra = toChoiceExtra(this.#messageExtra, this.#citations, this.#contentBlocks);
    if (!isEmpty(extra)) this.#parts.push({ type: 'extra', choice: CHOICE, extra });
    this.#parts.push({ type: 'choice-finish', choice: CHOICE, finishReason: toFinishReason(rawFinishReason), rawFinishReason });
  }

  #text(text: string | null): void {
    if (text !== null && text !== '') this.#parts.push({ type: 'text-delta', choice: CHOICE, text });
  }

  #reasoning(text: string | null): void {
    if (text !== null && text !== '') this.#parts.push({ type: 'reasoning-delta', choice: CHOICE, text });
  }

  #requireStart(): void {
    if (!this.#hasStarted) throw this.#options.toMalformedError('content came before the message began');
  }
}

function indexOf(event: JsonObject): number {
  return typeof event['index'] === 'number' ? event['index'] : 0;
}

/** The block as a whole answer would hold it: streamed input parsed, other deltas (a compaction's `content`) laid over its start. */
function toWholeBlock(open: Extract<OpenBlock, { kind: 'vendor' }>): ContentBlock {
  const input = open.inputText === '' ? null : (parseObject(open.inputText) ?? open.inputText);
  const whole: Record<string, JsonValue> = { ...open.block, ...(input === null ? {} : { input }) };
  for (const { type: _type, ...fields } of open.deltas)
    for (const [name, value] of Object.entries(fields)) {
      const before = whole[name];
      whole[name] = typeof before === 'string' && typeof value === 'string' ? before + value : value;
    }
  return whole;
}
