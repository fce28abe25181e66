/** Our messages -> Cohere's, and the documents that stand beside them. */
import type { ContentPart, JsonObject, MediaSource, Message } from '../../contract.ts';
import { objectOf, parseJson } from '../../shared/json.ts';
import type { Warnings } from '../../shared/warnings.ts';

const NOTHING_KNOWN: ReadonlySet<string> = new Set();
/** Fields of an answer's message that take part in the next turn. */
const ASSISTANT_EXTRA = new Set(['tool_plan', 'citations']);

type UserSide = Extract<Message, { role: 'system' | 'developer' | 'user' }>;
type Assistant = Extract<Message, { role: 'assistant' }>;
type Tool = Extract<Message, { role: 'tool' }>;

/** Documents of user messages go to `documents`, where the models cite from. */
export function toMessages(messages: readonly Message[], documents: JsonObject[], warnings: Warnings): JsonObject[] {
  return messages.flatMap((message) => {
    if (message.role === 'tool') return [toToolMessage(message, warnings)];
    if (message.name !== undefined) warnings.add('Names of message authors were not sent: Cohere has no place for them.');
    return message.role === 'assistant' ? toAssistantMessage(message, warnings) : toUserSide(message, documents, warnings);
  });
}

function toUserSide(message: UserSide, documents: JsonObject[], warnings: Warnings): JsonObject[] {
  warnings.pick(message.extra, NOTHING_KNOWN, `${message.role} message`);
  const content = message.content.flatMap((part) => toPart(part, documents, warnings));
  if (content.length === 0) {
    warnings.add(`An empty ${message.role} message was not sent: Cohere refuses it.`);
    return [];
  }
  return [{ role: message.role === 'user' ? 'user' : 'system', content }];
}

/** Thinking, then text; a plan of tools and citations go back as they came. */
function toAssistantMessage(message: Assistant, warnings: Warnings): JsonObject[] {
  const refusal: readonly ContentPart[] = message.refusal === undefined ? [] : [{ type: 'text', text: message.refusal }];
  const content = [...toThinking(message, warnings), ...[...message.content, ...refusal].flatMap((part) => toText(part, warnings))];
  const calls = (message.toolCalls ?? []).map((call) => {
    warnings.pick(call.extra, NOTHING_KNOWN, 'tool call');
    return { id: call.id, type: 'function', function: { name: call.name, arguments: call.argumentsText || '{}' } };
  });
  const extra = warnings.pick(message.extra, ASSISTANT_EXTRA, 'assistant message');
  if (content.length === 0 && calls.length === 0) {
    warnings.add('An empty assistant message was not sent: Cohere refuses it.');
    return [];
  }
  return [
    {
      role: 'assistant',
      ...(content.length === 0 ? {} : { content }),
      ...(calls.length === 0 ? {} : { tool_calls: calls }),
      ...extra,
    },
  ];
}

function toThinking(message: Assistant, warnings: Warnings): JsonObject[] {
  const reasoning = message.reasoning ?? [];
  if (reasoning.some(({ redactedData }) => redactedData !== undefined))
    warnings.add('Redacted reasoning was not sent: only the vendor that made it can read it.');
  return reasoning.flatMap(({ text }) => (text === '' ? [] : [{ type: 'thinking', thinking: text }]));
}

function toText(part: ContentPart, warnings: Warnings): JsonObject[] {
  if (part.type === 'text') {
    warnings.pick(part.extra, NOTHING_KNOWN, 'text part');
    return part.text === '' ? [] : [{ type: 'text', text: part.text }];
  }
  warnings.add(`Assistant messages hold text only at Cohere: a part of type ${part.type} was not sent.`);
  return [];
}

function toPart(part: ContentPart, documents: JsonObject[], warnings: Warnings): JsonObject[] {
  warnings.pick(part.extra, NOTHING_KNOWN, `${part.type} part`);
  switch (part.type) {
    case 'text':
      return part.text === '' ? [] : [{ type: 'text', text: part.text }];
    case 'image': {
      const url = toImageUrl(part.source);
      if (url !== null) return [{ type: 'image_url', image_url: { url, ...(part.detail === undefined ? {} : { detail: part.detail }) } }];
      warnings.add('Cohere takes images by URL or as data only: an image given by file id or text was not sent.');
      return [];
    }
    case 'document': {
      const text = textOf(part.source);
      if (text === null) warnings.add('Cohere takes documents as text only: a document that is not text was not sent.');
      else
        documents.push({
          id: `part:${documents.length}`,
          data: { ...(part.name === undefined ? {} : { title: part.name }), text },
        });
      return [];
    }
    case 'audio':
      warnings.add('Cohere takes no audio: an audio part was not sent.');
      return [];
  }
}

function toImageUrl(source: MediaSource): string | null {
  if (source.kind === 'url') return source.url;
  return source.kind === 'data' ? `data:${source.mediaType};base64,${source.data}` : null;
}

function textOf(source: MediaSource): string | null {
  if (source.kind === 'text') return source.text;
  const isText = source.kind === 'data' && (source.mediaType.startsWith('text/') || source.mediaType === 'application/json');
  return isText ? Buffer.from(source.data, 'base64').toString('utf8') : null;
}

/** Texts are one text; with a document among them the result is a list, whose documents can be cited by their fields. */
function toToolMessage(message: Tool, warnings: Warnings): JsonObject {
  warnings.pick(message.extra, NOTHING_KNOWN, 'tool message');
  if (message.isError === true) warnings.add('That a tool failed was not sent: Cohere has no place for it beside the result itself.');
  const hasDocument = message.content.some(({ type }) => type === 'document');
  const parts = message.content.flatMap((part) => toResultPart(part, warnings));
  return {
    role: 'tool',
    tool_call_id: message.toolCallId,
    content: hasDocument ? parts : parts.map((part) => part['text']).join('\n'),
  };
}

function toResultPart(part: ContentPart, warnings: Warnings): JsonObject[] {
  warnings.pick(part.extra, NOTHING_KNOWN, `${part.type} part`);
  if (part.type === 'text') return [{ type: 'text', text: part.text }];
  const text = part.type === 'document' ? textOf(part.source) : null;
  if (text === null) {
    warnings.add(`Results of tools are texts and text documents at Cohere: a part of type ${part.type} was not sent.`);
    return [];
  }
  return [{ type: 'document', document: { data: objectOf(parseJson(text)) ?? { text } } }];
}
