/** Our messages -> Ollama's: one text, a list of images and a list of calls for each. */
import type { ContentPart, JsonObject, MediaSource, Message, ToolCall } from '../../contract.ts';
import { parseExactJson } from '../../shared/exact-json.ts';
import { objectOf } from '../../shared/json.ts';
import type { Warnings } from '../../shared/warnings.ts';

const NOTHING_KNOWN: ReadonlySet<string> = new Set();

export function toMessages(messages: readonly Message[], warnings: Warnings): JsonObject[] {
  const toolNames = new Map<string, string>();
  return messages.map((message) => {
    warnings.pick(message.extra, NOTHING_KNOWN, `${message.role} message`);
    if (message.role === 'tool') return toToolMessage(message, toolNames, warnings);
    if (message.name !== undefined) warnings.add('Names of message authors were not sent: Ollama has no place for them.');
    if (message.role === 'assistant') {
      for (const { id, name } of message.toolCalls ?? []) toolNames.set(id, name);
      return toAssistantMessage(message, warnings);
    }
    const role = message.role === 'developer' ? 'system' : message.role;
    return { role, ...toContent(message.content, warnings) };
  });
}

/** By name, as every version takes it, and by id, as newer ones do. */
function toToolMessage(
  message: Extract<Message, { role: 'tool' }>,
  toolNames: ReadonlyMap<string, string>,
  warnings: Warnings,
): JsonObject {
  const name = toolNames.get(message.toolCallId);
  if (message.isError === true) warnings.add('That a tool failed was not sent: Ollama has no place for it beside the result itself.');
  return {
    role: 'tool',
    ...toContent(message.content, warnings),
    ...(name === undefined ? {} : { tool_name: name }),
    tool_call_id: message.toolCallId,
  };
}

function toAssistantMessage(message: Extract<Message, { role: 'assistant' }>, warnings: Warnings): JsonObject {
  const refusal: readonly ContentPart[] = message.refusal === undefined ? [] : [{ type: 'text', text: message.refusal }];
  const reasoning = message.reasoning ?? [];
  if (reasoning.some(({ redactedData }) => redactedData !== undefined))
    warnings.add('Redacted reasoning was not sent: only the vendor that made it can read it.');
  const thinking = reasoning.map(({ text }) => text).join('');
  const toolCalls = message.toolCalls ?? [];
  return {
    role: 'assistant',
    ...toContent([...message.content, ...refusal], warnings),
    ...(thinking === '' ? {} : { thinking }),
    ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls.map((call, index) => toToolCall(call, index, warnings)) }),
  };
}

function toToolCall(call: ToolCall, index: number, warnings: Warnings): JsonObject {
  warnings.pick(call.extra, NOTHING_KNOWN, 'tool call');
  return { id: call.id, type: 'function', function: { index, name: call.name, arguments: toArguments(call, warnings) } };
}

/** Arguments are text with us and an object on this wire; numbers keep their digits. */
function toArguments(call: ToolCall, warnings: Warnings): JsonObject {
  if (call.argumentsText.trim() === '') return {};
  try {
    const parsed = objectOf(parseExactJson(call.argumentsText));
    if (parsed !== null) return parsed;
  } catch {
    // The model wrote invalid JSON; below it goes back to it as text, so that the conversation can go on.
  }
  warnings.add(`Arguments of the tool call '${call.name}' are not a JSON object; they were sent as {"arguments_text": …}.`);
  return { arguments_text: call.argumentsText };
}

/** Texts are joined by line feeds; images stand in a list beside the text, so their place in it is lost. */
function toContent(parts: readonly ContentPart[], warnings: Warnings): JsonObject {
  const texts: string[] = [];
  const images: string[] = [];
  for (const part of parts) {
    warnings.pick(part.extra, NOTHING_KNOWN, `${part.type} part`);
    if (part.type === 'text') texts.push(part.text);
    else if (part.type === 'image') images.push(...toImage(part, warnings));
    else if (part.type === 'document') texts.push(...toDocumentText(part, warnings));
    else warnings.add('Ollama takes no audio: an audio part was not sent.');
  }
  return { content: texts.join('\n'), ...(images.length === 0 ? {} : { images }) };
}

const DATA_URL = /^data:[a-z]+\/[a-z0-9.+-]+;base64,/i;

/** Base64 without its media type. */
function toImage(part: Extract<ContentPart, { type: 'image' }>, warnings: Warnings): readonly string[] {
  if (part.detail === 'low' || part.detail === 'high')
    warnings.add(`Image detail '${part.detail}' was not sent: Ollama has no such setting.`);
  const data = toBase64(part.source);
  if (data !== null) return [data];
  warnings.add('Ollama takes images as data only: an image given by URL, file id or text was not sent. Send it as base64.');
  return [];
}

function toBase64(source: MediaSource): string | null {
  if (source.kind === 'data') return source.data;
  return source.kind === 'url' && DATA_URL.test(source.url) ? source.url.replace(DATA_URL, '') : null;
}

function toDocumentText(part: Extract<ContentPart, { type: 'document' }>, warnings: Warnings): readonly string[] {
  const { source } = part;
  const text =
    source.kind === 'text'
      ? source.text
      : source.kind === 'data' && source.mediaType.startsWith('text/')
        ? Buffer.from(source.data, 'base64').toString('utf8')
        : null;
  if (text === null) {
    warnings.add('Ollama takes no documents: a document that is not text was not sent.');
    return [];
  }
  warnings.add('Ollama takes no documents: a text document was sent as part of the message.');
  return [part.name === undefined ? text : `${part.name}\n${text}`];
}
