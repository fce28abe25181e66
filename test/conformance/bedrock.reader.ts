/** Test side only: a recorded Converse body -> our neutral request, and a normal form in which two bodies of one meaning are equal. */
import type {
  CompletionRequest,
  ContentPart,
  JsonObject,
  JsonValue,
  MediaSource,
  Message,
  ReasoningPart,
  ToolCall,
  ToolDefinition,
} from '../../server/src/modules/providers/contract.ts';

type Fields = Record<string, JsonValue>;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  png: 'image/png',
  jpeg: 'image/jpeg',
};

/** The neutral form of a recorded body; what has none stays in `extra`. */
export function toCompletionRequest(body: JsonObject): CompletionRequest {
  const { messages, system, inferenceConfig, toolConfig, additionalModelRequestFields: additional, ...extra } = body;
  const inference = (inferenceConfig ?? {}) as Fields;
  const { tools, toolChoice } = (toolConfig ?? {}) as Fields;
  const reasoning = toReasoning((additional ?? {}) as Fields);
  return {
    messages: [
      ...((system as Fields[] | undefined)?.length ? [{ role: 'system' as const, content: toParts(system as Fields[]) }] : []),
      ...(messages as Fields[]).flatMap(toMessages),
    ],
    ...(tools === undefined ? {} : { tools: (tools as Fields[]).map(toTool) }),
    ...(toolChoice === undefined ? {} : { toolChoice: toChoice(toolChoice as Fields) }),
    ...(inference['maxTokens'] === undefined ? {} : { maxOutputTokens: inference['maxTokens'] as number }),
    ...(inference['temperature'] === undefined ? {} : { temperature: inference['temperature'] as number }),
    ...(inference['topP'] === undefined ? {} : { topP: inference['topP'] as number }),
    ...(inference['stopSequences'] === undefined ? {} : { stop: inference['stopSequences'] as string[] }),
    ...(reasoning === null ? {} : { reasoning }),
    extra: { ...extra, ...(reasoning === null && additional !== undefined ? { additionalModelRequestFields: additional } : {}) },
  };
}

function toReasoning(fields: Fields): NonNullable<CompletionRequest['reasoning']> | null {
  const { thinking, reasoningConfig } = fields as Record<string, Fields | undefined>;
  if (thinking?.['type'] === 'enabled') return { budgetTokens: thinking['budget_tokens'] as number };
  if (reasoningConfig?.['type'] === 'enabled') return { effort: reasoningConfig['maxReasoningEffort'] as 'low' | 'medium' | 'high' };
  return null;
}

function toTool(tool: Fields): ToolDefinition {
  const { name, description, inputSchema } = tool['toolSpec'] as Fields;
  return {
    name: name as string,
    ...(description === undefined ? {} : { description: description as string }),
    parameters: (inputSchema as Fields)['json'] as JsonObject,
  };
}

function toChoice(choice: Fields): NonNullable<CompletionRequest['toolChoice']> {
  if (choice['tool'] !== undefined) return { mode: 'tool', name: (choice['tool'] as Fields)['name'] as string };
  return { mode: choice['any'] === undefined ? 'auto' : 'required' };
}

function toMessages(message: Fields): Message[] {
  const blocks = message['content'] as Fields[];
  if (message['role'] === 'assistant') return [toAssistant(blocks)];
  const results = blocks.flatMap((block) => (block['toolResult'] === undefined ? [] : [toToolMessage(block['toolResult'] as Fields)]));
  const others = blocks.filter((block) => block['toolResult'] === undefined);
  return [...results, ...(others.length === 0 ? [] : [{ role: 'user' as const, content: toParts(others) }])];
}

function toAssistant(blocks: readonly Fields[]): Message {
  const toolCalls: ToolCall[] = [];
  const reasoning: ReasoningPart[] = [];
  const others: Fields[] = [];
  for (const block of blocks) {
    const toolUse = block['toolUse'] as Fields | undefined;
    const thought = (block['reasoningContent'] as Fields | undefined)?.['reasoningText'] as Fields | undefined;
    if (toolUse !== undefined)
      toolCalls.push({
        id: toolUse['toolUseId'] as string,
        name: toolUse['name'] as string,
        argumentsText: JSON.stringify(toolUse['input']),
      });
    else if (thought !== undefined) reasoning.push({ text: thought['text'] as string, signature: thought['signature'] as string });
    else others.push(block);
  }
  return { role: 'assistant', content: toParts(others), toolCalls, reasoning };
}

function toToolMessage({ toolUseId, content, status }: Fields): Message {
  return {
    role: 'tool',
    toolCallId: toolUseId as string,
    content: toParts(content as Fields[]),
    ...(status === undefined ? {} : { isError: status === 'error' }),
  };
}

/** A cache point becomes a mark of the part it stands behind. */
function toParts(blocks: readonly Fields[]): ContentPart[] {
  const parts: ContentPart[] = [];
  for (const block of blocks) {
    const last = parts.at(-1);
    if (block['cachePoint'] === undefined) parts.push(toPart(block));
    else if (last !== undefined) parts[parts.length - 1] = { ...last, extra: { cachePoint: block['cachePoint'] } };
  }
  return parts;
}

function toPart(block: Fields): ContentPart {
  if (block['text'] !== undefined) return { type: 'text', text: block['text'] as string };
  const guarded = (block['guardContent'] as Fields | undefined)?.['text'] as Fields | undefined;
  if (guarded !== undefined)
    return { type: 'text', text: guarded['text'] as string, extra: { guardContent: { qualifiers: guarded['qualifiers'] as JsonValue } } };
  const document = block['document'] as Fields | undefined;
  if (document !== undefined) return { type: 'document', name: document['name'] as string, source: toSource(document) };
  const image = block['image'] as Fields | undefined;
  if (image === undefined) throw new Error(`The reader of recorded bodies does not know the block ${Object.keys(block).join()}.`);
  return { type: 'image', source: toSource(image) };
}

function toSource({ format, source }: Fields): MediaSource {
  const { bytes, s3Location } = source as Fields;
  if (s3Location !== undefined) return { kind: 'url', url: (s3Location as Fields)['uri'] as string };
  return { kind: 'data', mediaType: MEDIA_TYPES[format as string] as string, data: bytes as string };
}

/** What says nothing goes (no system prompt, an empty configuration) and turns of one side are merged: bodies that mean the same are then equal. */
export function toNormalForm(value: unknown): unknown {
  const body = value as Fields;
  const counted = (body['input'] as Fields | undefined)?.['converse'];
  if (counted !== undefined) return { input: { converse: toNormalForm(counted) } };
  const { system, inferenceConfig, messages, ...rest } = body;
  return {
    ...rest,
    ...((system as JsonValue[] | undefined)?.length ? { system } : {}),
    ...(Object.keys((inferenceConfig ?? {}) as Fields).length === 0 ? {} : { inferenceConfig }),
    messages: mergeTurns(messages as Fields[]),
  };
}

function mergeTurns(messages: readonly Fields[]): Fields[] {
  const turns: { role: JsonValue; content: JsonValue[] }[] = [];
  for (const { role, content } of messages) {
    const last = turns.at(-1);
    if (last?.role === role) last?.content.push(...(content as JsonValue[]));
    else turns.push({ role: role as JsonValue, content: [...(content as JsonValue[])] });
  }
  return turns;
}
