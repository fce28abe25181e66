import type { CompletionRequest, JsonObject, JsonValue, TaskKind } from '../providers/index.ts';
import type { CompletionCall } from './completion-call.ts';

/** What decides how far the bytes of a call bound its input. */
export interface InputTraits {
  /** Whether input can come that the bytes do not bound: media, files, stored conversations, tools that the provider runs. */
  readonly hasHiddenInput: boolean;
  readonly hasTools: boolean;
  /** In the provider's word, as the caller asks for it. */
  readonly serviceTier: string | null;
}

/** Tasks whose input is text alone; others bring images or sound. */
const TEXT_TASKS: ReadonlySet<TaskKind> = new Set(['embeddings', 'rerank', 'speech']);

/** Reads a call's wire where it has one, its neutral form otherwise. What is not known to be text counts as hiding input. */
export function readInputTraits(call: Pick<CompletionCall, 'task' | 'wire' | 'request'>): InputTraits {
  if (call.task !== null) return { hasHiddenInput: !TEXT_TASKS.has(call.task.kind), hasTools: false, serviceTier: null };
  return call.wire === null ? traitsOfRequest(call) : traitsOfBody(call.wire.body);
}

function traitsOfRequest(call: Pick<CompletionCall, 'request'>): InputTraits {
  const request = readRequest(call);
  if (request === null) return { hasHiddenInput: true, hasTools: true, serviceTier: null };
  const { messages, tools, extra } = request;
  const hasMedia = messages.some(({ content }) =>
    content.some((part) => part.type !== 'text' && !(part.type === 'document' && part.source.kind === 'text')),
  );
  const hasHiddenInput = hasMedia || (extra !== undefined && hasHiddenField(extra));
  return { hasHiddenInput, hasTools: tools !== undefined, serviceTier: tierOf(extra) };
}

/** Null when we cannot read it; whether that matters is not decided here. */
function readRequest(call: Pick<CompletionCall, 'request'>): CompletionRequest | null {
  try {
    return call.request();
  } catch {
    return null;
  }
}

function traitsOfBody(body: JsonObject): InputTraits {
  const hasTools = hasItems(body['tools']) || hasItems(body['functions']);
  return { hasHiddenInput: hasHiddenField(body) || hasServerTool(body['tools']) || hasMedia(body, 0), hasTools, serviceTier: tierOf(body) };
}

function tierOf(body: JsonObject | undefined): string | null {
  const tier = body?.['service_tier'] ?? body?.['serviceTier'];
  return typeof tier === 'string' ? tier : null;
}

function hasItems(value: JsonValue | undefined): boolean {
  return Array.isArray(value) && value.length > 0;
}

/** Fields by which a body refers to what is not in it, or lets the provider look things up. */
const HIDING_FIELDS: ReadonlySet<string> = new Set([
  'previous_response_id',
  'conversation',
  'container',
  'mcp_servers',
  'web_search_options',
  'search_parameters',
  'plugins',
  'data_sources',
  'cachedContent',
]);

function hasHiddenField(body: JsonObject): boolean {
  for (const name in body) {
    const value = body[name];
    if (value === null || value === undefined) continue;
    if (HIDING_FIELDS.has(name)) return true;
    // A prompt that is an object is a template kept by the provider; as a text it is what is said.
    if (name === 'prompt' && typeof value === 'object' && !Array.isArray(value)) return true;
  }
  return false;
}

/** Tools that callers run: a function in OpenAI's wires, `custom` or no type in Anthropic's, declarations in Gemini's. */
const CALLER_TOOLS: ReadonlySet<JsonValue | undefined> = new Set<JsonValue | undefined>(['function', 'custom', undefined]);

function hasServerTool(tools: JsonValue | undefined): boolean {
  if (!Array.isArray(tools)) return tools !== undefined && tools !== null;
  return tools.some((tool: JsonValue) => {
    if (tool === null || typeof tool !== 'object' || Array.isArray(tool)) return true;
    const fields = tool as JsonObject;
    if (!CALLER_TOOLS.has(fields['type'])) return true;
    const isGemini = fields['type'] === undefined && fields['name'] === undefined;
    return isGemini && Object.keys(fields).some((name) => name !== 'functionDeclarations' && name !== 'function_declarations');
  });
}

/** Fields that hold what is said, in the dialects' words, and fields that hold media; what is below others (schemas, arguments) is text. */
const MEANING_OF_FIELD: ReadonlyMap<string, 'content' | 'media'> = new Map([
  ...[
    'messages',
    'input',
    'contents',
    'content',
    'parts',
    'system',
    'systemInstruction',
    'system_instruction',
    'output',
    'functionResponse',
  ].map((name) => [name, 'content'] as const),
  // Gemini's parts and Ollama's messages have no type, but fields.
  ...['inlineData', 'inline_data', 'fileData', 'file_data', 'audio', 'images'].map((name) => [name, 'media'] as const),
]);
/** Types of parts, and of items of a conversation, that are nothing but text. */
const TEXT_TYPES: ReadonlySet<JsonValue | undefined> = new Set<JsonValue | undefined>([
  undefined,
  'text',
  'input_text',
  'output_text',
  'refusal',
  'message',
  'reasoning',
  'thinking',
  'redacted_thinking',
  'tool_use',
  'tool_result',
  'function_call',
  'function_call_output',
  'custom_tool_call',
  'custom_tool_call_output',
]);
const MAX_DEPTH = 8;

/** Whether anything of what is said is not plain text, as far as the dialects' words tell. */
function hasMedia(value: JsonValue | undefined, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth > MAX_DEPTH) return true;
  if (Array.isArray(value)) {
    for (const item of value as readonly JsonValue[]) if (hasMedia(item, depth + 1)) return true;
    return false;
  }
  const fields = value as JsonObject;
  if (depth > 0 && !TEXT_TYPES.has(fields['type'])) return true;
  for (const name in fields) {
    const meaning = MEANING_OF_FIELD.get(name);
    if (meaning === undefined) continue;
    if (meaning === 'content' ? hasMedia(fields[name], depth + 1) : depth > 0 && fields[name] !== null && fields[name] !== undefined)
      return true;
  }
  return false;
}
