import type { CompletionRequest, ContentPart, Message } from '../../contract.ts';
import * as limits from './local-smollm2.capabilities.ts';
import { invalidError, tooLongError } from './local-smollm2.errors.ts';
import type { ChatMessage, GenerationRequest } from './local-smollm2.protocol.ts';

export interface TranslatedRequest {
  readonly request: GenerationRequest;
  /** What of the call the model cannot do, one sentence each. */
  readonly warnings: readonly string[];
}

/** Our request in the terms of the model. Throws `ProviderError` with class `invalid` or `too-long`. */
export function toGenerationRequest(request: CompletionRequest, contextTokens: number, randomSeed: () => number): TranslatedRequest {
  const messages = request.messages.map(toChatMessage);
  if (messages.length === 0) throw invalidError('A completion needs at least one message.', 'messages');
  refuseHopelessLength(messages, contextTokens);
  const translated: GenerationRequest = {
    messages,
    sampling: {
      temperature: inRange(request.temperature ?? limits.DEFAULT_TEMPERATURE, 0, 2, 'temperature'),
      topP: inRange(request.topP ?? limits.DEFAULT_TOP_P, 0, 1, 'top_p'),
      topK: inRange(request.topK ?? 0, 0, Number.MAX_SAFE_INTEGER, 'top_k'),
      seed: request.seed === undefined ? randomSeed() : toUnsigned32(request.seed),
    },
    stop: checkStop(request.stop ?? []),
    maxOutputTokens: checkMaxOutputTokens(request.maxOutputTokens ?? limits.DEFAULT_MAX_OUTPUT_TOKENS),
  };
  return { request: translated, warnings: toWarnings(request) };
}

function toChatMessage(message: Message, index: number): ChatMessage {
  const text = message.content.map((part) => toText(part, index)).join('');
  if (message.role === 'developer') return { role: 'system', text };
  // The model's template knows no tools; their results are part of what the user's side says.
  if (message.role === 'tool') return { role: 'user', text };
  return { role: message.role, text };
}

function toText(part: ContentPart, index: number): string {
  if (part.type === 'text') return part.text;
  if (part.type === 'document' && part.source.kind === 'text') return part.source.text;
  throw invalidError(
    `local/${limits.MODEL_NAME} reads text only; message ${index} holds ${part.type} content.`,
    `messages[${index}].content`,
  );
}

/** Keeps texts that cannot fit from being copied to the process and tokenized; anything closer is decided by the tokenizer. */
function refuseHopelessLength(messages: readonly ChatMessage[], contextTokens: number): void {
  const characters = messages.reduce((sum, { text }) => sum + text.length, 0);
  const leastTokens = Math.ceil(characters / limits.MAX_CHARACTERS_PER_TOKEN) + messages.length;
  if (leastTokens > contextTokens) throw tooLongError(leastTokens, contextTokens);
}

function inRange(value: number, least: number, most: number, param: string): number {
  if (!(value >= least && value <= most)) throw invalidError(`${param} must be between ${least} and ${most}.`, param);
  return value;
}

function toUnsigned32(seed: number): number {
  if (!Number.isSafeInteger(seed)) throw invalidError('seed must be an integer.', 'seed');
  return Number(BigInt.asUintN(32, BigInt(seed)));
}

function checkMaxOutputTokens(count: number): number {
  if (!Number.isSafeInteger(count) || count < 1) throw invalidError('max_tokens must be an integer of at least 1.', 'max_tokens');
  return count;
}

function checkStop(stop: readonly string[]): readonly string[] {
  const { MAX_STOP_SEQUENCES, MAX_STOP_SEQUENCE_CHARACTERS } = limits;
  const isBounded = stop.length <= MAX_STOP_SEQUENCES && stop.every(({ length }) => length <= MAX_STOP_SEQUENCE_CHARACTERS);
  if (isBounded) return stop;
  throw invalidError(`stop takes at most ${MAX_STOP_SEQUENCES} sequences of at most ${MAX_STOP_SEQUENCE_CHARACTERS} characters.`, 'stop');
}

function toWarnings(request: CompletionRequest): string[] {
  const unsupported: readonly (readonly [isAsked: boolean, what: string])[] = [
    [(request.tools?.length ?? 0) > 0, 'tools'],
    [request.responseFormat !== undefined && request.responseFormat.type !== 'text', 'response formats'],
    [(request.choiceCount ?? 1) > 1, 'more than one choice'],
    [request.logprobs !== undefined, 'log probabilities'],
    [(request.frequencyPenalty ?? 0) !== 0, 'a frequency penalty'],
    [(request.presencePenalty ?? 0) !== 0, 'a presence penalty'],
    [(request.reasoning?.effort ?? 'none') !== 'none', 'reasoning'],
  ];
  return unsupported.filter(([isAsked]) => isAsked).map(([, what]) => `local/${limits.MODEL_NAME} does not support ${what}: ignored.`);
}
