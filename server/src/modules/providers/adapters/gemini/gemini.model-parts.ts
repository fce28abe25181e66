/** What a model said, as the parts of a content of the role `model`: for the next turn's request, and for answers at our own door. */
import type { JsonObject, JsonValue, ReasoningPart, ToolCall } from '../../contract.ts';
import { parseExactJson } from '../../shared/exact-json.ts';
import { fieldsBeside, objectOf, stringOf } from '../../shared/json.ts';
import { objectsOf, type WirePart } from './gemini.wire.ts';

export interface ModelTurn {
  readonly reasoning: readonly ReasoningPart[];
  readonly text: readonly WirePart[];
  readonly toolCalls: readonly WirePart[];
  /** Parts without a neutral form: pictures the model made, code it ran. */
  readonly vendorParts: readonly WirePart[];
}

/**
 * Thoughts, vendor parts, text, function calls. A reasoning part without text is the signature of the text itself and goes back
 * to its last part; a text that never was gets an empty one, since the wire sends signatures that way too.
 */
export function toModelParts(turn: ModelTurn): WirePart[] {
  const thoughts = turn.reasoning.filter(({ text }) => text !== '').map(toThought);
  const signatures = turn.reasoning.flatMap(({ text, signature }) => (text === '' && signature !== undefined ? [signature] : []));
  const text = [...turn.text];
  const last = text.at(-1);
  const textSignature = last === undefined || last['thoughtSignature'] !== undefined ? undefined : signatures.pop();
  if (last !== undefined && textSignature !== undefined) text.splice(-1, 1, { ...last, thoughtSignature: textSignature });
  const loose = signatures.map((signature): WirePart => ({ text: '', thoughtSignature: signature }));
  return [...thoughts, ...turn.vendorParts, ...loose, ...text, ...turn.toolCalls];
}

function toThought({ text, signature }: ReasoningPart): WirePart {
  return { text, thought: true, ...(signature === undefined ? {} : { thoughtSignature: signature }) };
}

/** Where answers keep parts without a neutral form; sent back in an assistant message, they take part in the next turn. */
export const VENDOR_PARTS = 'content_parts';

export function vendorPartsOf(extra: JsonObject | undefined): WirePart[] {
  return objectsOf(extra?.[VENDOR_PARTS]);
}

/**
 * Vendor fields of a function call as the extra of a tool call, in the form of Google's own OpenAI-shaped door, which clients of
 * that wire already hand back: `extra_content.google.thought_signature`. Null when there are none.
 */
export function toCallExtra(part: WirePart): JsonObject | null {
  const rest = fieldsBeside(part, new Set(['functionCall', 'thoughtSignature', 'thought']));
  const signature = stringOf(part['thoughtSignature']);
  if (signature === null && Object.keys(rest).length === 0) return null;
  return { extra_content: { google: { ...rest, ...(signature === null ? {} : { thought_signature: signature }) } } };
}

/** The reverse: fields of the part that holds the call. */
export function fromCallExtra(extra: JsonObject | undefined): JsonObject {
  const { thought_signature: signature, ...rest } = objectOf(objectOf(extra?.['extra_content'])?.['google']) ?? {};
  const known = stringOf(signature) ?? stringOf(extra?.['thought_signature']) ?? stringOf(extra?.['thoughtSignature']);
  return { ...rest, ...(known === null ? {} : { thoughtSignature: known }) };
}

/** Arguments are text with us and an object on this wire; numbers keep their digits. Null when they are no object. */
export function toArguments({ argumentsText }: Pick<ToolCall, 'argumentsText'>): JsonObject | null {
  if (argumentsText.trim() === '') return {};
  try {
    return objectOf(parseExactJson(argumentsText));
  } catch {
    return null;
  }
}

/** What stands for arguments that the model wrote wrongly, so that the conversation can go on. */
export function asArgumentsText(argumentsText: string): { readonly [name: string]: JsonValue } {
  return { arguments_text: argumentsText };
}
