/** Test side only: a recorded Messages body -> our neutral request, and a normal form in which two bodies of one meaning are equal. */
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

/** The neutral form of a recorded body. Vendor parameters stay in `extra`. */
export function toCompletionRequest(body: JsonObject): CompletionRequest {
  const {
    model: _model,
    stream: _stream,
    messages,
    system,
    tools,
    tool_choice: choice,
    metadata,
    max_tokens,
    stop_sequences,
    ...rest
  } = body;
  const { temperature, top_p, top_k, thinking, output_config: config, ...extra } = rest;
  const reasoning = toReasoning(thinking as Fields | undefined, config as Fields | undefined);
  const format = (config as Fields | undefined)?.['format'] as { schema: JsonObject } | undefined;
  const toolChoice = toToolChoice(choice as Fields | undefined);
  return {
    messages: [
      ...(system === undefined ? [] : [{ role: 'system' as const, content: toParts(system) }]),
      ...(messages as Fields[]).flatMap(toMessages),
    ],
    ...((tools as Fields[] | undefined)?.length ? { tools: (tools as Fields[]).map(toTool) } : {}),
    ...(toolChoice === undefined ? {} : { toolChoice }),
    ...((choice as Fields | undefined)?.['disable_parallel_tool_use'] === true ? { parallelToolCalls: false } : {}),
    ...(format === undefined ? {} : { responseFormat: { type: 'json-schema' as const, name: 'answer', schema: format.schema } }),
    ...(max_tokens === undefined ? {} : { maxOutputTokens: max_tokens as number }),
    ...(temperature === undefined ? {} : { temperature: temperature as number }),
    ...(top_p === undefined ? {} : { topP: top_p as number }),
    ...(top_k === undefined ? {} : { topK: top_k as number }),
    ...(stop_sequences === undefined ? {} : { stop: stop_sequences as string[] }),
    ...(metadata === undefined ? {} : { endUserId: (metadata as Fields)['user_id'] as string }),
    ...(reasoning === null ? {} : { reasoning }),
    extra: {
      ...extra,
      ...(reasoning === null && thinking !== undefined ? { thinking } : {}),
      ...effortOnly(reasoning === null, config as Fields | undefined),
    },
  };
}

function toReasoning(thinking: Fields | undefined, config: Fields | undefined): NonNullable<CompletionRequest['reasoning']> | null {
  if (thinking?.['type'] === 'enabled') return { budgetTokens: thinking['budget_tokens'] as number };
  if (thinking?.['type'] === 'adaptive' && config?.['effort'] !== undefined)
    return { effort: config['effort'] as 'low' | 'medium' | 'high' };
  return null;
}

/** An effort without thinking has no neutral form. */
function effortOnly(isUnread: boolean, config: Fields | undefined): JsonObject {
  return isUnread && config?.['effort'] !== undefined ? { output_config: { effort: config['effort'] } } : {};
}

function toToolChoice(choice: Fields | undefined): CompletionRequest['toolChoice'] {
  if (choice === undefined) return undefined;
  if (choice['type'] === 'tool') return { mode: 'tool', name: choice['name'] as string };
  return { mode: choice['type'] === 'any' ? 'required' : (choice['type'] as 'auto' | 'none') };
}

function toTool(tool: Fields): ToolDefinition {
  const { name, description, input_schema: parameters, strict, ...extra } = tool;
  return {
    name: name as string,
    ...(description === undefined ? {} : { description: description as string }),
    ...(parameters === undefined ? {} : { parameters: parameters as JsonObject }),
    ...(strict === undefined ? {} : { strict: strict as boolean }),
    extra,
  };
}

function toMessages(message: Fields): Message[] {
  const blocks = toBlocks(message['content'] as JsonValue);
  if (message['role'] === 'assistant') return [toAssistant(blocks)];
  const results = blocks.filter((block) => block['type'] === 'tool_result').map(toToolMessage);
  const others = blocks.filter((block) => block['type'] !== 'tool_result');
  return [...results, ...(others.length === 0 ? [] : [{ role: 'user' as const, content: others.map(toPart) }])];
}

function toAssistant(blocks: readonly Fields[]): Message {
  const content: ContentPart[] = [];
  const toolCalls: ToolCall[] = [];
  const reasoning: ReasoningPart[] = [];
  for (const block of blocks) {
    if (block['type'] === 'tool_use') {
      const { type: _type, id, name, input, ...extra } = block;
      toolCalls.push({ id: id as string, name: name as string, argumentsText: JSON.stringify(input), extra });
    } else if (block['type'] === 'thinking') reasoning.push({ text: block['thinking'] as string, signature: block['signature'] as string });
    else if (block['type'] === 'redacted_thinking') reasoning.push({ text: '', redactedData: block['data'] as string });
    else content.push(toPart(block));
  }
  return { role: 'assistant', content, toolCalls, reasoning };
}

function toToolMessage(block: Fields): Message {
  const { type: _type, tool_use_id: id, content, is_error: isError, ...extra } = block;
  return {
    role: 'tool',
    toolCallId: id as string,
    content: content === undefined ? [] : toParts(content),
    ...(isError === undefined ? {} : { isError: isError as boolean }),
    extra,
  };
}

function toParts(content: JsonValue): ContentPart[] {
  return toBlocks(content).map(toPart);
}

function toBlocks(content: JsonValue): Fields[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : (content as Fields[]);
}

function toPart(block: Fields): ContentPart {
  const { type, text, source, ...extra } = block;
  if (type === 'text') return { type, text: text as string, extra };
  if (type !== 'image' && type !== 'document')
    throw new Error(`The reader of recorded bodies does not know blocks of type ${String(type)}.`);
  return { type, source: toMediaSource(source as Fields), extra };
}

function toMediaSource(source: Fields): MediaSource {
  switch (source['type']) {
    case 'url':
      return { kind: 'url', url: source['url'] as string };
    case 'file':
      return { kind: 'file', fileId: source['file_id'] as string };
    case 'text':
      return { kind: 'text', text: source['data'] as string };
    default:
      return { kind: 'data', mediaType: source['media_type'] as string, data: source['data'] as string };
  }
}

/** Strings become blocks, turns are merged, what says nothing (`stream: false`, no tools) goes: bodies that mean the same are then equal. */
export function toNormalForm(body: JsonObject): JsonObject {
  const { stream, tools, system, ...rest } = body;
  return {
    ...rest,
    ...(stream === true ? { stream } : {}),
    ...((tools as JsonValue[] | undefined)?.length ? { tools: tools as JsonValue[] } : {}),
    ...(system === undefined ? {} : { system: toBlocks(system) }),
    messages: mergeTurns(body['messages'] as Fields[]).map((message) => ({
      ...message,
      content: message.content.map((block) =>
        typeof block['content'] === 'string' ? { ...block, content: toBlocks(block['content']) } : block,
      ),
    })),
  };
}

/** Consecutive messages of one side are one turn to the API. */
function mergeTurns(messages: readonly Fields[]): { role: JsonValue; content: Fields[] }[] {
  const turns: { role: JsonValue; content: Fields[] }[] = [];
  for (const message of messages) {
    const content = toBlocks(message['content'] as JsonValue);
    const last = turns.at(-1);
    if (last?.role === message['role']) last?.content.push(...content);
    else turns.push({ role: message['role'] as JsonValue, content: [...content] });
  }
  return turns;
}
