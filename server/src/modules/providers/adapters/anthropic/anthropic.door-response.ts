/** Our answer → theirs: what the Anthropic door sends for a completion of any provider. */
import type { Choice, CompletionResult, JsonObject, JsonValue, ReasoningPart, ToolCall } from '../../contract.ts';
import { arrayOf, countOf, objectOf, parseJson, stringOf } from '../../shared/json.ts';
import { fromFinishReason } from './anthropic.finish.ts';
import { fromUsage } from './anthropic.usage.ts';
import { parseExactJson, type ContentBlock } from './anthropic.wire.ts';

export interface MessageIdentity {
  readonly id: string;
  /** The model's name as the caller shall see it. */
  readonly model: string;
}

/** Fields of a choice's `extra` that have a place of their own on this wire. */
const PLACED = new Set(['content_blocks', 'citations', 'stop_sequence', 'stop_details']);
/** Fields of the message that an extra must not replace. */
const OWN_FIELDS = new Set(['id', 'type', 'role', 'model', 'content', 'stop_reason', 'usage']);

/** The body of an answer to `POST /v1/messages`. The wire has one choice: others, where a provider makes them, are not shown. */
export function toMessagesResponse(result: CompletionResult, identity: MessageIdentity): JsonObject {
  const choice = result.choices[0];
  return {
    id: identity.id,
    type: 'message',
    role: 'assistant',
    model: identity.model,
    content: choice === undefined ? [] : toContent(choice),
    ...toStop(choice),
    usage: fromUsage(result.usage, result.serviceTier),
    ...(choice === undefined ? {} : vendorFields(choice.extra)),
  };
}

/** Thinking, text, tool uses; blocks of the vendor stand where they stood. */
function toContent(choice: Choice): JsonValue[] {
  const citations = arrayOf(choice.extra['citations']);
  const blocks: ContentBlock[] = [
    ...choice.reasoning.map(toThinking),
    ...(choice.text === '' ? [] : [{ type: 'text', text: choice.text, ...(citations.length === 0 ? {} : { citations }) }]),
    ...((choice.refusal ?? '') === '' || choice.extra['stop_details'] !== undefined ? [] : [{ type: 'text', text: choice.refusal }]),
    ...choice.toolCalls.map(toToolUse),
  ];
  for (const { index, block } of readVendorBlocks(choice.extra)) blocks.splice(Math.min(index, blocks.length), 0, block);
  return blocks;
}

function toThinking(part: ReasoningPart): ContentBlock {
  if (part.redactedData !== undefined) return { type: 'redacted_thinking', data: part.redactedData };
  return { type: 'thinking', thinking: part.text, signature: part.signature ?? '' };
}

function toToolUse({ id, name, argumentsText, extra }: ToolCall): ContentBlock {
  return { type: 'tool_use', id, name, input: toInput(argumentsText), ...toolUseFields(extra) };
}

/** Fields of a tool call that other vendors keep beside it are theirs; `type` would change what the block is. */
export function toolUseFields(extra: JsonObject | undefined): JsonObject {
  const { type: _type, ...rest } = extra ?? {};
  return rest;
}

/** Arguments are text with us and an object on this wire. What is no object is told under a name of its own, so that nothing is lost. */
function toInput(argumentsText: string): JsonObject {
  if (argumentsText.trim() === '') return {};
  const parsed = parseJson(argumentsText) === undefined ? null : objectOf(parseExactJson(argumentsText));
  return parsed ?? { arguments_text: argumentsText };
}

/** Blocks without a neutral form, each with the place it had. */
export function readVendorBlocks(extra: JsonObject): readonly { readonly index: number; readonly block: ContentBlock }[] {
  return arrayOf(extra['content_blocks']).flatMap((value) => {
    const block = objectOf(value);
    if (block === null || stringOf(block['type']) === null) return [];
    const { index, ...wireBlock } = block;
    return [{ index: countOf(index) ?? Number.MAX_SAFE_INTEGER, block: wireBlock }];
  });
}

function toStop(choice: Choice | undefined): JsonObject {
  if (choice === undefined) return { stop_reason: 'end_turn', stop_sequence: null };
  return toStopFields(fromFinishReason(choice.finishReason, choice.rawFinishReason), choice.extra);
}

/** Why a message ended, whole or streamed. */
export function toStopFields(stopReason: string, extra: JsonObject): JsonObject {
  const stopSequence = extra['stop_sequence'];
  const details = extra['stop_details'];
  return {
    stop_reason: typeof stopSequence === 'string' && stopReason === 'end_turn' ? 'stop_sequence' : stopReason,
    stop_sequence: stopSequence ?? null,
    ...(details === undefined ? {} : { stop_details: details }),
  };
}

/** What another vendor said beside its message (annotations, audio, …): clients of this wire pass over fields they do not know. */
export function vendorFields(extra: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(extra).filter(([name]) => !PLACED.has(name) && !OWN_FIELDS.has(name)));
}
