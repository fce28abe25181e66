/** The pieces of one candidate -> parts of one choice. */
import type { JsonObject, JsonValue, ProviderError, StreamPart } from '../../contract.ts';
import { arrayOf, fieldsBeside, isEmpty, objectOf, stringOf } from '../../shared/json.ts';
import { rawFinishReasonOf, toFinishReason } from './gemini.finish.ts';
import { toLogprobs } from './gemini.logprobs.ts';
import { toCallExtra, VENDOR_PARTS } from './gemini.model-parts.ts';
import { PartialArguments } from './gemini.partial-arguments.ts';
import { MADE_CALL_ID, type GeminiFlavour, type WirePart } from './gemini.wire.ts';

export interface ChoiceOptions {
  readonly index: number;
  readonly flavour: GeminiFlavour;
  readonly attemptId: string;
  give(part: StreamPart): void;
  toMalformedError(detail: string): ProviderError;
}

const CANDIDATE_FIELDS = new Set(['content', 'finishReason', 'index', 'logprobsResult']);
const MAX_VENDOR_PARTS = 256;
const MAX_VENDOR_CHARACTERS = 64 * 1024 * 1024;
const MAX_CITATIONS = 4096;

/** Reads what a candidate says chunk by chunk. What has no neutral name comes at the end, in one `extra` part of each scope. */
export class ChoiceReader {
  readonly #options: ChoiceOptions;
  readonly #vendorParts: WirePart[] = [];
  #vendorCharacters = 0;
  #choiceExtra: Record<string, JsonValue> = {};
  #isThinking = false;
  #openArguments: PartialArguments | null = null;
  #toolCallCount = 0;
  #rawFinishReason: string | null = null;
  #hasContent = false;

  constructor(options: ChoiceOptions) {
    this.#options = options;
  }

  get hasContent(): boolean {
    return this.#hasContent;
  }

  get hasFinished(): boolean {
    return this.#rawFinishReason !== null;
  }

  read(candidate: JsonObject): void {
    const { index: choice, give } = this.#options;
    for (const value of arrayOf(objectOf(candidate['content'])?.['parts'])) {
      const part = objectOf(value);
      if (part !== null) this.#part(part);
    }
    const logprobs = toLogprobs(objectOf(candidate['logprobsResult']));
    if (logprobs !== null) give({ type: 'logprobs', choice, logprobs });
    this.#choiceExtra = mergeExtra(this.#choiceExtra, fieldsBeside(candidate, CANDIDATE_FIELDS));
    this.#rawFinishReason = rawFinishReasonOf(candidate['finishReason']) ?? this.#rawFinishReason;
  }

  end(): void {
    const { index: choice, flavour, give } = this.#options;
    this.#closeThought();
    this.#closeCall();
    if (this.#vendorParts.length > 0) give({ type: 'extra', choice, extra: { [VENDOR_PARTS]: this.#vendorParts } });
    if (!isEmpty(this.#choiceExtra)) give({ type: 'extra', choice, extra: this.#choiceExtra, scope: 'choice' });
    const rawFinishReason = this.#rawFinishReason;
    const finishReason = toFinishReason(rawFinishReason, flavour, this.#toolCallCount > 0);
    give({ type: 'choice-finish', choice, finishReason, rawFinishReason });
  }

  #part(part: WirePart): void {
    const call = objectOf(part['functionCall']);
    if (call !== null) return this.#functionCall(call, part);
    const text = stringOf(part['text']);
    if (text === null) return this.#vendorPart(part);
    if (part['thought'] === true) return this.#thought(text, stringOf(part['thoughtSignature']));
    return this.#text(text, stringOf(part['thoughtSignature']));
  }

  #thought(text: string, signature: string | null): void {
    const { index: choice, give } = this.#options;
    if (text !== '') {
      this.#hasContent = true;
      this.#isThinking = true;
      give({ type: 'reasoning-delta', choice, text });
    }
    if (signature === null) return;
    this.#isThinking = false;
    give({ type: 'reasoning-end', choice, signature });
  }

  /** A signature of the text itself becomes a reasoning part without text, and finds its way back from there. */
  #text(text: string, signature: string | null): void {
    const { index: choice, give } = this.#options;
    if (text !== '') {
      this.#closeThought();
      this.#hasContent = true;
      give({ type: 'text-delta', choice, text });
    }
    if (signature === null) return;
    this.#closeThought();
    give({ type: 'reasoning-end', choice, signature });
  }

  #vendorPart(part: WirePart): void {
    if (isEmpty(part)) return;
    this.#closeThought();
    this.#hasContent = true;
    this.#vendorCharacters += JSON.stringify(part).length;
    if (this.#vendorParts.length >= MAX_VENDOR_PARTS || this.#vendorCharacters > MAX_VENDOR_CHARACTERS)
      throw this.#options.toMalformedError('the answer holds more than we are willing to keep');
    this.#vendorParts.push(part);
  }

  /** A call comes whole, or is opened by its name, filled piece by piece and closed by one that is not told to continue. */
  #functionCall(call: JsonObject, part: WirePart): void {
    this.#closeThought();
    const name = stringOf(call['name']) ?? '';
    const pieces = arrayOf(call['partialArgs']);
    const isOpen = call['willContinue'] === true;
    if (name !== '') {
      this.#closeCall();
      this.#startCall(name, call, part);
      if (!isOpen && pieces.length === 0) return this.#giveArguments(JSON.stringify(call['args'] ?? {}));
      this.#openArguments = new PartialArguments();
    }
    for (const piece of pieces)
      if (this.#openArguments?.take(piece) === false)
        throw this.#options.toMalformedError('a piece of the arguments of a function call has no place');
    if (!isOpen) this.#closeCall();
  }

  #startCall(name: string, call: JsonObject, part: WirePart): void {
    const { index: choice, give } = this.#options;
    const index = this.#toolCallCount;
    const extra = toCallExtra(part);
    this.#hasContent = true;
    this.#toolCallCount += 1;
    const id = stringOf(call['id']) ?? '';
    give({ type: 'tool-call-start', choice, index, id: id === '' ? this.#makeId(index) : id, name, ...(extra === null ? {} : { extra }) });
  }

  #closeCall(): void {
    if (this.#openArguments === null) return;
    this.#giveArguments(this.#openArguments.toJson());
    this.#openArguments = null;
  }

  #giveArguments(argumentsText: string): void {
    const { index: choice, give } = this.#options;
    give({ type: 'tool-call-delta', choice, index: this.#toolCallCount - 1, argumentsText });
  }

  /** Short enough for the 40 characters that other vendors allow; the attempt makes it unlike any other of a conversation. */
  #makeId(index: number): string {
    const { index: choice, attemptId } = this.#options;
    const unique = attemptId.replaceAll(/[^A-Za-z0-9]/g, '').slice(-20);
    return `${MADE_CALL_ID}${unique}_${choice === 0 ? '' : `${choice}_`}${index}`;
  }

  #closeThought(): void {
    if (!this.#isThinking) return;
    this.#isThinking = false;
    this.#options.give({ type: 'reasoning-end', choice: this.#options.index });
  }
}

/** Later values replace earlier ones, but citations are told as they are found, each once. */
function mergeExtra(earlier: Record<string, JsonValue>, later: JsonObject): Record<string, JsonValue> {
  const merged = { ...earlier, ...later };
  const before = objectOf(earlier['citationMetadata']);
  const next = objectOf(later['citationMetadata']);
  if (before !== null && next !== null) merged['citationMetadata'] = joinLists(before, next);
  return merged;
}

function joinLists(before: JsonObject, next: JsonObject): JsonObject {
  const joined: Record<string, JsonValue> = { ...before, ...next };
  for (const name of Object.keys(next)) {
    const [earlier, later] = [before[name], next[name]];
    if (Array.isArray(earlier) && Array.isArray(later))
      joined[name] = [...(earlier as JsonValue[]), ...(later as JsonValue[])].slice(0, MAX_CITATIONS);
  }
  return joined;
}
