/** Test side only: a recorded v2 chat body -> our neutral request, a normal form of bodies, and what recorded events add up to. */
import type {
  CompletionRequest,
  ContentPart,
  JsonObject,
  JsonValue,
  Message,
  ToolDefinition,
} from '../../server/src/modules/providers/contract.ts';

type Fields = Record<string, JsonValue>;

export function toCompletionRequest(body: JsonObject): CompletionRequest {
  const { model: _model, stream: _stream, messages, tools, thinking, response_format: format, max_tokens, temperature, ...extra } = body;
  const schema = (format as Fields | undefined)?.['json_schema'] as JsonObject | undefined;
  return {
    messages: (messages as Fields[]).map(toMessage),
    ...((tools as Fields[] | undefined)?.length ? { tools: (tools as Fields[]).map(toTool) } : {}),
    ...(thinking === undefined ? {} : { reasoning: { effort: (thinking as Fields)['type'] === 'enabled' ? 'high' : 'none' } }),
    ...(schema === undefined ? {} : { responseFormat: { type: 'json-schema', name: 'answer', schema } }),
    ...(max_tokens === undefined ? {} : { maxOutputTokens: max_tokens as number }),
    ...(temperature === undefined ? {} : { temperature: temperature as number }),
    extra,
  };
}

function toTool(tool: Fields): ToolDefinition {
  const { name, description, parameters } = tool['function'] as Fields;
  return { name: name as string, description: description as string, parameters: parameters as JsonObject };
}

function toMessage(message: Fields): Message {
  const content = toBlocks(message['content']).map(toPart);
  switch (message['role']) {
    case 'assistant': {
      const calls = (message['tool_calls'] ?? []) as Fields[];
      return {
        role: 'assistant',
        content,
        toolCalls: calls.map(({ id, function: definition }) => ({
          id: id as string,
          name: (definition as Fields)['name'] as string,
          argumentsText: (definition as Fields)['arguments'] as string,
        })),
        ...(message['tool_plan'] === undefined ? {} : { extra: { tool_plan: message['tool_plan'] } }),
      };
    }
    case 'tool':
      return { role: 'tool', toolCallId: message['tool_call_id'] as string, content };
    default:
      return { role: message['role'] as 'system' | 'user', content };
  }
}

function toPart(block: Fields): ContentPart {
  if (block['type'] === 'text') return { type: 'text', text: block['text'] as string };
  if (block['type'] === 'document') {
    const { data } = block['document'] as { data: JsonObject };
    return { type: 'document', source: { kind: 'text', text: JSON.stringify(data) } };
  }
  const { url, detail } = block['image_url'] as { url: string; detail?: 'low' };
  return { type: 'image', source: { kind: 'url', url }, ...(detail === undefined ? {} : { detail }) };
}

/** Empty texts say nothing. */
function toBlocks(content: JsonValue | undefined): Fields[] {
  if (content === undefined || content === null || content === '') return [];
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return (content as Fields[]).filter(({ type, text }) => type !== 'text' || text !== '');
}

/** Strings become blocks and what says nothing goes: bodies that mean the same are then equal. */
export function toNormalForm(body: JsonObject): JsonObject {
  const { stream, documents, messages, ...rest } = body;
  return {
    ...rest,
    ...(stream === true ? { stream } : {}),
    ...((documents as JsonValue[] | undefined)?.length ? { documents: documents as JsonValue[] } : {}),
    messages: (messages as Fields[]).map(({ content, ...message }) => {
      const blocks = toBlocks(content);
      return { ...message, ...(blocks.length === 0 ? {} : { content: blocks }) };
    }),
  };
}

/** The answer that a recorded stream adds up to, as the vendor's own clients put it together. */
export function foldEvents(stream: Buffer): Fields {
  const events = stream
    .toString('utf8')
    .split('\n')
    .filter((line) => line.startsWith('data:') && !line.includes('[DONE]'))
    .map((line) => JSON.parse(line.slice('data:'.length)) as Fields);
  const blocks: Fields[] = [];
  const calls: { function: { arguments: string } }[] = [];
  const citations: JsonValue[] = [];
  let plan = '';
  let answer: Fields = {};
  for (const event of events) {
    const delta = (event['delta'] ?? {}) as Fields;
    const message = (delta['message'] ?? {}) as Record<string, Fields>;
    const index = event['index'] as number;
    if (event['type'] === 'message-start') answer = { id: event['id'] as string };
    else if (event['type'] === 'content-start') blocks[index] = { ...message['content'] };
    else if (event['type'] === 'content-delta')
      for (const [name, text] of Object.entries(message['content'] as Fields))
        (blocks[index] as Fields)[name] = `${String((blocks[index] as Fields)[name] ?? '')}${text as string}`;
    else if (event['type'] === 'tool-plan-delta') plan += message['tool_plan'] as unknown as string;
    else if (event['type'] === 'tool-call-start') calls.push(structuredClone(message['tool_calls']) as unknown as (typeof calls)[number]);
    else if (event['type'] === 'tool-call-delta')
      (calls.at(-1) as (typeof calls)[number]).function.arguments += ((message['tool_calls'] as Fields)['function'] as Fields)[
        'arguments'
      ] as string;
    else if (event['type'] === 'citation-start') citations.push(message['citations'] as JsonValue);
    else if (event['type'] === 'message-end') Object.assign(answer, delta);
  }
  for (const call of calls) call.function.arguments ||= '{}';
  return {
    ...answer,
    message: {
      role: 'assistant',
      content: blocks,
      ...(plan === '' ? {} : { tool_plan: plan }),
      ...(calls.length === 0 ? {} : { tool_calls: calls as unknown as JsonValue }),
      ...(citations.length === 0 ? {} : { citations }),
    },
  };
}
