/** Our messages -> `systemInstruction` and `contents`. */
import type { ContentPart, JsonObject, Message, ToolCall } from '../../contract.ts';
import { parseExactJson } from '../../shared/exact-json.ts';
import { objectOf, stringOf } from '../../shared/json.ts';
import { takesMediaInResults, thinkingFactsOf } from './gemini.capabilities.ts';
import { toMediaPart } from './gemini.media.ts';
import { asArgumentsText, fromCallExtra, toArguments, toModelParts, VENDOR_PARTS, vendorPartsOf } from './gemini.model-parts.ts';
import type { Warnings } from '../../shared/warnings.ts';
import { MADE_CALL_ID, type GeminiFlavour, type WirePart } from './gemini.wire.ts';

export interface WireContent {
  readonly role: 'user' | 'model';
  readonly parts: WirePart[];
}

export interface ContentOptions {
  readonly model: string;
  readonly flavour: GeminiFlavour;
  readonly warnings: Warnings;
}

type Instruction = Extract<Message, { role: 'system' | 'developer' }>;
type Assistant = Extract<Message, { role: 'assistant' }>;
type ToolResult = Extract<Message, { role: 'tool' }>;

const NOTHING: ReadonlySet<string> = new Set();
const PART_EXTRA = new Set(['videoMetadata', 'video_metadata', 'mediaResolution', 'media_resolution', 'partMetadata', 'part_metadata']);
/** Google's word for a call that comes from elsewhere: newer models refuse one without a signature. */
const FOREIGN_CALL_SIGNATURE = 'skip_thought_signature_validator';

/** System and developer messages, lifted out of the conversation in their order; null when there are none. */
export function toSystemInstruction(messages: readonly Message[], { warnings }: ContentOptions): JsonObject | null {
  const parts: WirePart[] = [];
  let isConversationOpen = false;
  for (const message of messages) {
    if (!isInstruction(message)) {
      isConversationOpen = true;
      continue;
    }
    if (isConversationOpen) warnings.add('Gemini has one system instruction: a system message inside the conversation was moved to it.');
    warnOfName(message.name, warnings);
    warnings.pick(message.extra, NOTHING, 'system message');
    for (const part of message.content) {
      if (part.type === 'text') parts.push(...toParts([part], warnings));
      else warnings.add('System messages hold text only at Gemini: other parts were not sent.');
    }
  }
  return parts.length === 0 ? null : { parts };
}

/** The conversation, with consecutive messages of one side in one content: results of parallel calls must stand together. */
export function toContents(messages: readonly Message[], options: ContentOptions): WireContent[] {
  const contents: WireContent[] = [];
  const names = new Map<string, string>();
  for (const message of messages) {
    if (isInstruction(message)) continue;
    if (message.role === 'assistant') for (const call of message.toolCalls ?? []) names.set(call.id, call.name);
    const role = message.role === 'assistant' ? 'model' : 'user';
    const parts = toMessageParts(message, names, options);
    if (parts.length === 0) {
      options.warnings.add(`An empty ${message.role} message was not sent: Gemini refuses empty content.`);
      continue;
    }
    const last = contents.at(-1);
    if (last?.role === role) last.parts.push(...parts);
    else contents.push({ role, parts });
  }
  return contents;
}

function isInstruction(message: Message): message is Instruction {
  return message.role === 'system' || message.role === 'developer';
}

function toMessageParts(message: Exclude<Message, Instruction>, names: ReadonlyMap<string, string>, options: ContentOptions): WirePart[] {
  const { warnings } = options;
  if (message.role === 'tool') return toFunctionResponse(message, names, options);
  warnOfName(message.name, warnings);
  if (message.role === 'assistant') return toAssistantParts(message, options);
  const { [VENDOR_PARTS]: _vendorParts, ...extra } = message.extra ?? {};
  warnings.pick(extra, NOTHING, 'user message');
  return [...vendorPartsOf(message.extra), ...toParts(message.content, warnings)];
}

function toAssistantParts(message: Assistant, options: ContentOptions): WirePart[] {
  const { warnings } = options;
  const { [VENDOR_PARTS]: _vendorParts, ...rest } = message.extra ?? {};
  warnings.pick(rest, NOTHING, 'assistant message');
  if ((message.reasoning ?? []).some(({ redactedData }) => redactedData !== undefined))
    warnings.add('Reasoning that another vendor keeps closed was not sent back: Gemini cannot read it.');
  const refusal: readonly ContentPart[] = message.refusal === undefined ? [] : [{ type: 'text', text: message.refusal }];
  return toModelParts({
    reasoning: message.reasoning ?? [],
    text: toParts([...message.content, ...refusal], warnings),
    toolCalls: withSignature(
      (message.toolCalls ?? []).map((call) => toFunctionCall(call, options)),
      options,
    ),
    vendorParts: vendorPartsOf(message.extra),
  });
}

/** Where none of the calls of a message is signed, they were made by another vendor's model. */
function withSignature(calls: WirePart[], { model, warnings }: ContentOptions): WirePart[] {
  const [first, ...others] = calls;
  if (first === undefined || thinkingFactsOf(model).control !== 'level') return calls;
  if (calls.some((call) => call['thoughtSignature'] !== undefined)) return calls;
  warnings.add(`Tool calls without a signature were sent as made elsewhere: ${model} takes only those otherwise.`);
  return [{ ...first, thoughtSignature: FOREIGN_CALL_SIGNATURE }, ...others];
}

function toFunctionCall(call: ToolCall, { flavour, warnings }: ContentOptions): WirePart {
  const args = toArguments(call);
  if (args === null)
    warnings.add(`Arguments of the tool call '${call.name}' are not a JSON object; they were sent as {"arguments_text": …}.`);
  return {
    functionCall: { ...wireIdOf(call.id, flavour), name: call.name, args: args ?? asArgumentsText(call.argumentsText) },
    ...fromCallExtra(call.extra),
  };
}

/** Calls and results are matched by name and order; ids are sent where the wire is known to take them, and never those we made. */
function wireIdOf(id: string, flavour: GeminiFlavour): JsonObject {
  return flavour === 'vertex' || id === '' || id.startsWith(MADE_CALL_ID) ? {} : { id };
}

function toFunctionResponse(message: ToolResult, names: ReadonlyMap<string, string>, options: ContentOptions): WirePart[] {
  const { warnings, flavour, model } = options;
  const { name: formerName, role: _formerRole, ...extra } = message.extra ?? {};
  warnings.pick(extra, NOTHING, 'tool message');
  const name = names.get(message.toolCallId) ?? stringOf(formerName);
  if (name === null) warnings.add(`A tool result names a call that the conversation does not hold: it was sent under the call's id.`);
  const text = message.content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('');
  const media = toParts(
    message.content.filter((part) => part.type !== 'text'),
    warnings,
  );
  const isInside = media.length > 0 && takesMediaInResults(model);
  const response: WirePart = {
    functionResponse: {
      ...wireIdOf(message.toolCallId, flavour),
      name: name ?? message.toolCallId,
      response: toResponse(text, message.isError === true),
      ...(isInside ? { parts: media } : {}),
    },
  };
  return isInside ? [response] : [response, ...media];
}

/** A JSON object is the response itself; anything else goes under the names the vendor reads: `output`, `error`. */
function toResponse(text: string, isError: boolean): JsonObject {
  const value = objectOf(text.trimStart().startsWith('{') ? tryParse(text) : null);
  if (isError) return { error: value ?? text };
  return value ?? { output: text };
}

function tryParse(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return null;
  }
}

function toParts(parts: readonly ContentPart[], warnings: Warnings): WirePart[] {
  return parts.flatMap((part): WirePart[] => {
    if (part.type === 'text' && part.text === '') return [];
    const wirePart = part.type === 'text' ? { text: part.text } : toMediaPart(part, warnings);
    return wirePart === null ? [] : [{ ...wirePart, ...toPartExtra(part, warnings) }];
  });
}

function toPartExtra(part: ContentPart, warnings: Warnings): JsonObject {
  const { mimeType, ...extra } = part.extra ?? {};
  if (part.type === 'text' && mimeType !== undefined) warnings.pick({ mimeType }, NOTHING, 'text part');
  return warnings.pick(extra, PART_EXTRA, `${part.type} part`);
}

function warnOfName(name: string | undefined, warnings: Warnings): void {
  if (name !== undefined) warnings.add('Names of message authors were not sent: Gemini has no place for them.');
}
