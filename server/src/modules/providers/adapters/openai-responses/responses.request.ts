/** A completion as asked → the body of `POST /responses`. */
import type { CompletionRequest, JsonObject, JsonValue, ProviderCall, ResponseFormat, ToolDefinition } from '../../contract.ts';
import { arrayOf, isEmpty, objectOf, stringOf } from '../../shared/json.ts';
import { toInputItems } from './responses.messages.ts';
import { toEncrypted } from './responses.reasoning.ts';
import { RESPONSES_DIALECT } from './responses.settings.ts';
import { Warnings } from './responses.warnings.ts';
import { RESPONSES_EXTRA } from './responses.wire.ts';

export interface ResponsesBody {
  readonly body: JsonObject;
  /** What the provider cannot do of what was asked. */
  readonly warnings: readonly string[];
}

const ENCRYPTED_REASONING = 'reasoning.encrypted_content';
const LOGPROBS = 'message.output_text.logprobs';

/** Parameters of the chat wire that this one refuses, and those that are meant for other vendors. */
const REFUSED: ReadonlySet<string> = new Set([
  'anthropic',
  'anthropic_beta',
  'audio',
  'cache_control',
  'frequency_penalty',
  'function_call',
  'functions',
  'gemini',
  'keep_alive',
  'logit_bias',
  'modalities',
  'options',
  'prediction',
  'raw',
  'template',
  'web_search_options',
]);
/** Read below, or said by the transport. */
const READ_HERE: ReadonlySet<string> = new Set([
  RESPONSES_EXTRA,
  'tools',
  'tool_choice',
  'reasoning_effort',
  'response_format',
  'verbosity',
  'store',
  'metadata',
  'stream',
  'stream_options',
]);

/**
 * The body of a call. One of this dialect is the caller's own with `model` and the stream switch set. Of anything else nothing is stored at
 * the provider unless the caller asks for it, so reasoning is asked for encrypted where the model reasons: without it a tool loop
 * would lose it.
 */
export function toResponsesBody(displayName: string, call: ProviderCall, isStream: boolean, isReasoner: boolean): ResponsesBody {
  const stream: JsonObject = isStream ? { stream: true } : {};
  if (call.wire?.dialect === RESPONSES_DIALECT) {
    const { stream: _stream, stream_options: options, ...body } = call.wire.body as JsonObject & { stream_options?: JsonValue };
    const kept: JsonObject = isStream && options !== undefined ? { stream_options: options } : {};
    return { body: { ...body, ...kept, model: call.model, ...stream }, warnings: [] };
  }
  const warnings = new Warnings(displayName);
  const body = { ...translate(displayName, call.request(), isReasoner, warnings), model: call.model, ...stream };
  return { body, warnings: warnings.list() };
}

function translate(displayName: string, request: CompletionRequest, isReasoner: boolean, warnings: Warnings): JsonObject {
  warnOfUnsupported(request, warnings);
  const extra = request.extra ?? {};
  const { include, tools, ...own } = objectOf(extra[RESPONSES_EXTRA]) ?? {};
  const body: Record<string, JsonValue | undefined> = {
    ...toVendorParameters(extra, warnings),
    ...own,
    input: toInputItems(displayName, request.messages, warnings),
    tools: toTools(request, tools, warnings),
    tool_choice: toToolChoice(request) ?? own['tool_choice'],
    parallel_tool_calls: request.parallelToolCalls ?? own['parallel_tool_calls'],
    text: toText(request),
    max_output_tokens: request.maxOutputTokens,
    temperature: request.temperature,
    top_p: request.topP,
    top_logprobs: request.logprobs === undefined || request.logprobs.topCount === 0 ? undefined : request.logprobs.topCount,
    reasoning: toReasoning(request, own['reasoning']),
    user: request.endUserId,
    store: extra['store'] === true,
    metadata: extra['store'] === true ? extra['metadata'] : undefined,
    include: toInclude(request, include, isReasoner),
  };
  for (const name in body) if (body[name] === undefined || body[name] === null) delete body[name];
  return body as JsonObject;
}

function warnOfUnsupported(request: CompletionRequest, warnings: Warnings): void {
  const unsupported: readonly (readonly [isAsked: boolean, what: string])[] = [
    [(request.choiceCount ?? 1) > 1, 'more than one choice (`n`)'],
    [request.stop !== undefined && request.stop.length > 0, '`stop` sequences'],
    [request.seed !== undefined, '`seed`'],
    [request.topK !== undefined, '`top_k`'],
    [(request.frequencyPenalty ?? 0) !== 0, '`frequency_penalty`'],
    [(request.presencePenalty ?? 0) !== 0, '`presence_penalty`'],
  ];
  for (const [isAsked, what] of unsupported) if (isAsked) warnings.leftOut(what);
  if (request.reasoning?.budgetTokens !== undefined) warnings.leftOut('reasoning budget in tokens', 'Use the reasoning effort instead.');
}

/** What has no neutral name goes as it is, but for what this wire is known to refuse. */
function toVendorParameters(extra: JsonObject, warnings: Warnings): JsonObject {
  const passed: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(extra)) {
    if (REFUSED.has(name)) warnings.leftOut(`\`${name}\``);
    else if (!READ_HERE.has(name)) passed[name] = value;
  }
  return passed;
}

function toReasoning(request: CompletionRequest, own: JsonValue | undefined): JsonValue | undefined {
  const effort = request.reasoning?.effort ?? request.extra?.['reasoning_effort'];
  const reasoning = { ...objectOf(own), ...(effort === undefined ? {} : { effort }) };
  return isEmpty(reasoning) ? undefined : reasoning;
}

function toInclude(request: CompletionRequest, asked: JsonValue | undefined, isReasoner: boolean): JsonValue | undefined {
  const include = new Set(arrayOf(asked));
  if (request.logprobs !== undefined) include.add(LOGPROBS);
  const effort = request.reasoning?.effort;
  const hasReasoned = request.messages.some((message) => message.role === 'assistant' && (message.reasoning ?? []).some(isOwn));
  if (isReasoner || hasReasoned || (effort !== undefined && effort !== 'none')) include.add(ENCRYPTED_REASONING);
  return include.size === 0 ? undefined : [...include];
}

function isOwn(part: Parameters<typeof toEncrypted>[0]): boolean {
  return toEncrypted(part) !== null;
}

function toText(request: CompletionRequest): JsonValue | undefined {
  const format = request.responseFormat === undefined ? request.extra?.['response_format'] : toFormat(request.responseFormat);
  const verbosity = request.extra?.['verbosity'];
  const text = { ...(format === undefined ? {} : { format }), ...(verbosity === undefined ? {} : { verbosity }) };
  return isEmpty(text) ? undefined : text;
}

function toFormat(format: ResponseFormat): JsonObject {
  if (format.type === 'text') return { type: 'text' };
  if (format.type === 'json-object') return { type: 'json_object' };
  const { name, schema, strict, description } = format;
  return {
    type: 'json_schema',
    name,
    schema,
    ...(strict === undefined ? {} : { strict }),
    ...(description === undefined ? {} : { description }),
  };
}

/** Functions, custom tools (kept in the chat form), and tools that only this wire knows. */
function toTools(request: CompletionRequest, own: JsonValue | undefined, warnings: Warnings): JsonValue | undefined {
  const others = arrayOf(request.extra?.['tools']).map((value): JsonValue => {
    const tool = objectOf(value);
    const custom = objectOf(tool?.['custom']);
    return tool?.['type'] === 'custom' && custom !== null ? { type: 'custom', ...toCustomTool(custom) } : value;
  });
  const functions = (request.tools ?? []).filter((tool) => isFunction(tool, warnings));
  const tools = [...functions.map(toTool), ...others, ...arrayOf(own)];
  return tools.length === 0 ? undefined : tools;
}

/** A tool with a type of its own is run by the vendor who named it. */
function isFunction({ name, extra }: ToolDefinition, warnings: Warnings): boolean {
  const type = stringOf(extra?.['type']);
  if (type === null || type === 'function') return true;
  warnings.leftOut(`tool '${name}' of type '${type}'`);
  return false;
}

/** The chat form wraps a grammar once more. */
function toCustomTool(custom: JsonObject): JsonObject {
  const format = objectOf(custom['format']);
  const grammar = objectOf(format?.['grammar']);
  return grammar === null ? custom : { ...custom, format: { type: 'grammar', ...grammar } };
}

/** `strict` is said in any case: left out it means yes here and no on every other wire. */
function toTool(tool: ToolDefinition): JsonObject {
  return {
    type: 'function',
    name: tool.name,
    ...(tool.description === undefined ? {} : { description: tool.description }),
    parameters: tool.parameters ?? { type: 'object', properties: {} },
    strict: tool.strict ?? false,
  };
}

function toToolChoice(request: CompletionRequest): JsonValue | undefined {
  const choice = request.toolChoice;
  if (choice !== undefined) return choice.mode === 'tool' ? { type: 'function', name: choice.name } : choice.mode;
  const other = objectOf(request.extra?.['tool_choice']);
  if (other === null) return request.extra?.['tool_choice'];
  const name = stringOf(objectOf(other['custom'])?.['name']);
  if (other['type'] === 'custom' && name !== null) return { type: 'custom', name };
  const allowed = objectOf(other['allowed_tools']);
  if (allowed === null) return other;
  const tools = arrayOf(allowed['tools']).map((tool): JsonValue => {
    const named = objectOf(objectOf(tool)?.['function']) ?? objectOf(objectOf(tool)?.['custom']);
    return named === null ? tool : { type: objectOf(tool)?.['type'] ?? 'function', ...named };
  });
  return { ...allowed, type: 'allowed_tools', tools };
}

/** What a body says of the answer rather than of the prompt; counting refuses it as unknown. */
const NOT_COUNTED: ReadonlySet<string> = new Set([
  'stream',
  'stream_options',
  'store',
  'include',
  'max_output_tokens',
  'max_tool_calls',
  'temperature',
  'top_p',
  'top_logprobs',
  'metadata',
  'service_tier',
  'prompt_cache_key',
  'prompt_cache_retention',
  'safety_identifier',
  'user',
  'background',
]);

/** The body of a count for what would be asked. */
export function toCountBody(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !NOT_COUNTED.has(name)));
}
