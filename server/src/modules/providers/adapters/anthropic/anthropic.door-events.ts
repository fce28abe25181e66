/** Parts → server-sent events of this wire: what the Anthropic door streams for a completion of any provider. */
import type { FinishReason, JsonObject, JsonValue, StreamPart, Usage } from '../../contract.ts';
import { parseJson } from '../../shared/json.ts';
import { readVendorBlocks, toolUseFields, toStopFields, vendorFields, type MessageIdentity } from './anthropic.door-response.ts';
import { fromFinishReason } from './anthropic.finish.ts';
import { fromUsage } from './anthropic.usage.ts';

/** The wire has one choice. */
const CHOICE = 0;
const PING = 'event: ping\ndata: {"type":"ping"}\n\n';
/** Arguments of later calls that may wait while an earlier one is not complete; beyond it that one is closed as it is. */
const MAX_WAITING_CHARACTERS = 4 * 1024 * 1024;

type ToolStart = Extract<StreamPart, { type: 'tool-call-start' }>;
type ReasoningEnd = Extract<StreamPart, { type: 'reasoning-end' }>;

type OpenBlock = { readonly kind: 'text' } | { readonly kind: 'thinking' } | { readonly kind: 'tool'; readonly call: number; text: string };

interface WaitingCall {
  readonly start: ToolStart;
  text: string;
}

/**
 * `encode` gives the text for one part, `end` what tells the reason of the stop, the usage and the end. Blocks come one after the other,
 * as clients expect: where a provider writes two tool calls at once, the second waits until the first is complete.
 */
export class MessagesEventEncoder {
  readonly #identity: MessageIdentity;
  #hasBegun = false;
  #blockCount = 0;
  #open: OpenBlock | null = null;
  readonly #waiting = new Map<number, WaitingCall>();
  #waitingCharacters = 0;
  #extra: JsonObject = {};
  #finish: { readonly reason: FinishReason; readonly raw: string | null } = { reason: 'stop', raw: null };
  #usage: Usage | null = null;
  #serviceTier: string | null = null;

  constructor(identity: MessageIdentity) {
    this.#identity = identity;
  }

  encode(part: StreamPart): string {
    if (part.type === 'response-start') {
      this.#serviceTier = part.serviceTier;
      return '';
    }
    if (part.type === 'usage') {
      this.#usage = part.usage;
      return '';
    }
    if (part.choice !== CHOICE) return '';
    switch (part.type) {
      case 'text-delta':
      case 'refusal-delta':
        return this.#begin() + this.#openText() + this.#delta(`{"type":"text_delta","text":${JSON.stringify(part.text)}}`);
      case 'reasoning-delta':
        return this.#begin() + this.#openThinking() + this.#delta(`{"type":"thinking_delta","thinking":${JSON.stringify(part.text)}}`);
      case 'reasoning-end':
        return this.#begin() + this.#endReasoning(part);
      case 'tool-call-start':
        return this.#begin() + this.#startTool(part);
      case 'tool-call-delta':
        return this.#begin() + this.#toolDelta(part.index, part.argumentsText);
      case 'extra':
        if (part.scope !== 'response') this.#extra = { ...this.#extra, ...part.extra };
        return '';
      case 'choice-finish':
        this.#finish = { reason: part.finishReason, raw: part.rawFinishReason };
        return '';
      case 'logprobs':
        return '';
    }
  }

  /** The end of a stream that went well. */
  end(): string {
    const { reason, raw } = this.#finish;
    const blocks = this.#begin() + this.#flushWaiting() + this.#vendorBlocks();
    const delta = { ...toStopFields(fromFinishReason(reason, raw), this.#extra), ...vendorFields(this.#extra) };
    const last = event(
      'message_delta',
      `"delta":${JSON.stringify(delta)},"usage":${JSON.stringify(fromUsage(this.#usage, this.#serviceTier))}`,
    );
    return `${blocks}${last}event: message_stop\ndata: {"type":"message_stop"}\n\n`;
  }

  /** Waits for the first output, since some providers tell the input's tokens before it. */
  #begin(): string {
    if (this.#hasBegun) return '';
    this.#hasBegun = true;
    const message = {
      id: this.#identity.id,
      type: 'message',
      role: 'assistant',
      model: this.#identity.model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: fromUsage(this.#usage, this.#serviceTier),
    };
    return event('message_start', `"message":${JSON.stringify(message)}`) + PING;
  }

  #openText(): string {
    return this.#open?.kind === 'text' ? '' : this.#start({ kind: 'text' }, { type: 'text', text: '' });
  }

  #openThinking(): string {
    return this.#open?.kind === 'thinking' ? '' : this.#start({ kind: 'thinking' }, { type: 'thinking', thinking: '', signature: '' });
  }

  /** A block of another kind than a tool call means that tool calls are over. */
  #start(open: OpenBlock, block: JsonValue): string {
    const before = this.#flushWaiting();
    this.#open = open;
    return before + this.#blockStart(block);
  }

  #blockStart(block: JsonValue): string {
    return event('content_block_start', `"index":${this.#blockCount},"content_block":${JSON.stringify(block)}`);
  }

  #delta(delta: string): string {
    return event('content_block_delta', `"index":${this.#blockCount},"delta":${delta}`);
  }

  #close(): string {
    if (this.#open === null) return '';
    this.#open = null;
    const stop = event('content_block_stop', `"index":${this.#blockCount}`);
    this.#blockCount += 1;
    return stop;
  }

  #endReasoning({ signature, redactedData }: ReasoningEnd): string {
    if (redactedData !== undefined)
      return this.#start({ kind: 'thinking' }, { type: 'redacted_thinking', data: redactedData }) + this.#close();
    if (signature === undefined) return this.#open?.kind === 'thinking' ? this.#close() : '';
    return this.#openThinking() + this.#delta(`{"type":"signature_delta","signature":${JSON.stringify(signature)}}`) + this.#close();
  }

  #startTool(start: ToolStart): string {
    if (this.#open?.kind === 'tool' && (this.#waiting.size > 0 || !isComplete(this.#open.text))) {
      this.#waiting.set(start.index, { start, text: '' });
      return '';
    }
    const before = this.#close();
    return before + this.#openTool(start);
  }

  #openTool({ index, id, name, extra }: ToolStart): string {
    this.#open = { kind: 'tool', call: index, text: '' };
    return this.#blockStart({ type: 'tool_use', id, name, input: {}, ...toolUseFields(extra) });
  }

  #toolDelta(call: number, text: string): string {
    if (text === '') return '';
    if (this.#open?.kind === 'tool' && this.#open.call === call) {
      this.#open.text += text;
      const delta = this.#delta(`{"type":"input_json_delta","partial_json":${JSON.stringify(text)}}`);
      return this.#waiting.size > 0 && isComplete(this.#open.text) ? delta + this.#close() + this.#nextWaiting() : delta;
    }
    const waiting = this.#waiting.get(call);
    if (waiting === undefined) return '';
    waiting.text += text;
    this.#waitingCharacters += text.length;
    return this.#waitingCharacters > MAX_WAITING_CHARACTERS ? this.#flushWaiting() : '';
  }

  /** Opens the call that waits longest. */
  #nextWaiting(): string {
    for (const [index, { start, text }] of this.#waiting) {
      this.#waiting.delete(index);
      this.#waitingCharacters -= text.length;
      return this.#openTool(start) + this.#toolDelta(index, text);
    }
    return '';
  }

  #flushWaiting(): string {
    let text = this.#close();
    while (this.#waiting.size > 0) text += this.#nextWaiting() + this.#close();
    return text;
  }

  #vendorBlocks(): string {
    return readVendorBlocks(this.#extra)
      .map(({ block }) => {
        this.#open = { kind: 'text' };
        return this.#blockStart(block) + this.#close();
      })
      .join('');
  }
}

/** Whether the arguments of a call are whole. Nothing may be a call that takes none as well as one whose arguments are still to come. */
function isComplete(text: string): boolean {
  return text !== '' && parseJson(text) !== undefined;
}

function event(type: string, fields: string): string {
  return `event: ${type}\ndata: {"type":"${type}",${fields}}\n\n`;
}
