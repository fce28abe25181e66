/** Their request → ours: what the door `POST /v1/responses` receives, in the neutral form. */
import type { CompletionRequest, JsonObject, JsonValue, ResponseFormat, ToolDefinition } from '../../contract.ts';
import { arrayOf, fieldsBeside, isEmpty, objectOf, stringOf } from '../../shared/json.ts';
import { refuse } from '../openai-compatible/index.ts';
import { fromInput } from './responses.door-items.ts';
import { RESPONSES_EXTRA } from './responses.wire.ts';

/** Parameters with a neutral name, and those that the door answers for itself: where the response is kept, and how it is told. */
const KNOWN_PARAMETERS: ReadonlySet<string> = new Set([
  'model',
  'input',
  'instructions',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'text',
  'max_output_tokens',
  'temperature',
  'top_p',
  'top_logprobs',
  'reasoning',
  'include',
  'user',
  'stream',
  'stream_options',
  'store',
  'background',
  'previous_response_id',
  'conversation',
  'metadata',
  'truncation',
]);
/** Known to this wire only. Other parameters may mean something to any provider, and go to it as they are. */
const OWN_PARAMETERS: ReadonlySet<string> = new Set([
  'max_tool_calls',
  'prompt',
  'context_management',
  'prompt_cache_options',
  'moderation',
]);

const EFFORTS: ReadonlySet<JsonValue> = new Set(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']);
const LOGPROBS = 'message.output_text.logprobs';
/** Every answer of ours holds it, for callers who keep their own history. */
const ENCRYPTED_REASONING = 'reasoning.encrypted_content';

/**
 * The body of `POST /v1/responses` in the neutral form. Null counts as absent; what has no neutral name goes to `extra`, and what only this
 * wire knows to `extra.openai_responses`. Throws `AntiphonError` INVALID_INPUT whose `param` names the offender.
 * `input` must hold the whole conversation: earlier responses are the door's to look up.
 */
export function fromResponsesBody(body: JsonObject): CompletionRequest {
  const rest = fieldsBeside(body, KNOWN_PARAMETERS);
  const extra: Record<string, JsonValue> = {};
  const own: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(rest)) (OWN_PARAMETERS.has(name) ? own : extra)[name] = value;
  if (body['truncation'] !== 'disabled' && typeof body['truncation'] === 'string') own['truncation'] = body['truncation'];
  const tools = fromTools(body['tools'], extra, own);
  const request = {
    messages: [...fromInstructions(body['instructions']), ...fromInput(body['input'])],
    ...tools,
    ...fromToolUse(body, tools.tools !== undefined || extra['tools'] !== undefined, extra, own),
    ...fromText(body['text'], extra, own),
    ...optional('maxOutputTokens', readInteger(body, 'max_output_tokens', 1)),
    ...optional('temperature', readNumber(body, 'temperature')),
    ...optional('topP', readNumber(body, 'top_p')),
    ...fromReasoning(body['reasoning'], extra, own),
    ...fromInclude(body, own),
    ...optional('endUserId', readString(body, 'user')),
  };
  if (!isEmpty(own)) extra[RESPONSES_EXTRA] = own;
  return isEmpty(extra) ? request : { ...request, extra };
}

function optional<Name extends string, Value>(name: Name, value: Value | null): { [Key in Name]?: Value } {
  return (value === null ? {} : { [name]: value }) as { [Key in Name]?: Value };
}

function isAbsent(value: JsonValue | undefined): value is null | undefined {
  return value === undefined || value === null;
}

function readNumber(body: JsonObject, param: string): number | null {
  const value = body[param];
  if (isAbsent(value)) return null;
  if (typeof value !== 'number') throw refuse(param, 'must be a number');
  return value;
}

function readInteger(body: JsonObject, param: string, least: number): number | null {
  const value = readNumber(body, param);
  if (value !== null && (!Number.isSafeInteger(value) || value < least)) throw refuse(param, `must be an integer of ${least} or more`);
  return value;
}

function readBoolean(body: JsonObject, param: string): boolean | null {
  const value = body[param];
  if (isAbsent(value)) return null;
  if (typeof value !== 'boolean') throw refuse(param, 'must be true or false');
  return value;
}

function readString(body: JsonObject, param: string): string | null {
  const value = body[param];
  if (isAbsent(value)) return null;
  if (typeof value !== 'string') throw refuse(param, 'must be a string');
  return value;
}

/** The first system message of every call; it is never carried over to the next response. */
function fromInstructions(value: JsonValue | undefined): CompletionRequest['messages'] {
  if (isAbsent(value)) return [];
  if (Array.isArray(value)) return fromInput(value);
  if (typeof value !== 'string') throw refuse('instructions', 'must be a string');
  return value === '' ? [] : [{ role: 'system', content: [{ type: 'text', text: value }] }];
}

/**
 * How tools are to be used. Without any tool it says nothing, and other wires refuse it; where all tools are OpenAI's own it is meant for
 * those who take them.
 */
function fromToolUse(
  body: JsonObject,
  hasTools: boolean,
  extra: Record<string, JsonValue>,
  own: Record<string, JsonValue>,
): Pick<CompletionRequest, 'toolChoice' | 'parallelToolCalls'> {
  const parallelToolCalls = readBoolean(body, 'parallel_tool_calls');
  if (hasTools) return { ...fromToolChoice(body['tool_choice'], extra, own), ...optional('parallelToolCalls', parallelToolCalls) };
  if (own['tools'] === undefined) return {};
  if (!isAbsent(body['tool_choice'])) own['tool_choice'] = body['tool_choice'];
  if (parallelToolCalls !== null) own['parallel_tool_calls'] = parallelToolCalls;
  return {};
}

const KNOWN_TOOL_FIELDS: ReadonlySet<string> = new Set(['type', 'name', 'description', 'parameters', 'strict']);

/** Functions are neutral; custom tools take the form of the chat wire; tools that OpenAI runs are its own. */
function fromTools(
  value: JsonValue | undefined,
  extra: Record<string, JsonValue>,
  own: Record<string, JsonValue>,
): Pick<CompletionRequest, 'tools'> {
  if (isAbsent(value)) return {};
  if (!Array.isArray(value)) throw refuse('tools', 'must be a list');
  const tools: ToolDefinition[] = [];
  const custom: JsonValue[] = [];
  const others: JsonValue[] = [];
  for (const [position, item] of (value as readonly JsonValue[]).entries()) {
    const tool = objectOf(item);
    if (tool === null || typeof tool['type'] !== 'string') throw refuse(`tools[${position}].type`, 'must name the kind of tool');
    if (tool['type'] === 'function') tools.push(fromTool(tool, position));
    else if (tool['type'] === 'custom') custom.push(fromCustomTool(tool, position));
    else others.push(tool);
  }
  if (custom.length > 0) extra['tools'] = custom;
  if (others.length > 0) own['tools'] = others;
  return tools.length === 0 ? {} : { tools };
}

function fromTool(tool: JsonObject, position: number): ToolDefinition {
  const name = tool['name'];
  if (typeof name !== 'string' || name === '') throw refuse(`tools[${position}].name`, 'must be a name');
  const parameters = tool['parameters'];
  if (!isAbsent(parameters) && objectOf(parameters) === null) throw refuse(`tools[${position}].parameters`, 'must be a JSON Schema object');
  const rest = fieldsBeside(tool, KNOWN_TOOL_FIELDS);
  return {
    name,
    ...optional('description', readString(tool, 'description')),
    ...optional('parameters', objectOf(parameters)),
    ...optional('strict', readBoolean(tool, 'strict')),
    ...(isEmpty(rest) ? {} : { extra: rest }),
  };
}

function fromCustomTool(tool: JsonObject, position: number): JsonObject {
  if (typeof tool['name'] !== 'string') throw refuse(`tools[${position}].name`, 'must be a name');
  const { type: _type, format: formatValue, ...custom } = tool;
  const format = objectOf(formatValue);
  if (format === null) return { type: 'custom', custom: custom };
  const { type, ...grammar } = format;
  return { type: 'custom', custom: { ...custom, format: type === 'grammar' ? { type, grammar } : format } };
}

function fromToolChoice(
  value: JsonValue | undefined,
  extra: Record<string, JsonValue>,
  own: Record<string, JsonValue>,
): Pick<CompletionRequest, 'toolChoice'> {
  if (isAbsent(value)) return {};
  if (value === 'auto' || value === 'none' || value === 'required') return { toolChoice: { mode: value } };
  const choice = objectOf(value);
  if (choice === null) throw refuse('tool_choice', 'must be auto, none, required or an object');
  const name = stringOf(choice['name']);
  if (choice['type'] === 'function') {
    if (name === null) throw refuse('tool_choice.name', 'must be the name of a tool');
    return { toolChoice: { mode: 'tool', name } };
  }
  if (choice['type'] === 'custom' && name !== null) extra['tool_choice'] = { type: 'custom', custom: { name } };
  else if (choice['type'] === 'allowed_tools') extra['tool_choice'] = toChatAllowedTools(choice);
  else own['tool_choice'] = choice;
  return {};
}

function toChatAllowedTools({ type, ...allowed }: JsonObject): JsonObject {
  const tools = arrayOf(allowed['tools']).map((value): JsonValue => {
    const { type: kind, ...named } = objectOf(value) ?? {};
    return kind === 'function' || kind === 'custom' ? { type: kind, [kind]: named } : value;
  });
  return { type: type ?? 'allowed_tools', allowed_tools: { ...allowed, tools } };
}

function fromText(
  value: JsonValue | undefined,
  extra: Record<string, JsonValue>,
  own: Record<string, JsonValue>,
): { responseFormat?: ResponseFormat } {
  if (isAbsent(value)) return {};
  const text = objectOf(value);
  if (text === null) throw refuse('text', 'must be an object');
  const { format: formatValue, verbosity, ...rest } = text;
  if (!isAbsent(verbosity)) extra['verbosity'] = verbosity;
  if (!isEmpty(rest)) own['text'] = rest;
  if (isAbsent(formatValue)) return {};
  const format = objectOf(formatValue);
  switch (format?.['type']) {
    case 'text':
      return { responseFormat: { type: 'text' } };
    case 'json_object':
      return { responseFormat: { type: 'json-object' } };
    case 'json_schema':
      return { responseFormat: fromSchema(format) };
    default:
      throw refuse('text.format.type', 'must be text, json_object or json_schema');
  }
}

function fromSchema(format: JsonObject): ResponseFormat {
  const schema = objectOf(format['schema']);
  const name = stringOf(format['name']);
  if (schema === null) throw refuse('text.format.schema', 'must be a JSON Schema object');
  if (name === null) throw refuse('text.format.name', 'must be a name');
  return {
    type: 'json-schema',
    name,
    schema,
    ...optional('strict', readBoolean(format, 'strict')),
    ...optional('description', readString(format, 'description')),
  };
}

/** How reasoning is to be summed up: every answer of ours tells as much of it as the provider does. */
const SUMMARIES: ReadonlySet<string> = new Set(['summary', 'generate_summary', 'effort']);

/** An effort we do not know may be a new one of the vendor. */
function fromReasoning(
  value: JsonValue | undefined,
  extra: Record<string, JsonValue>,
  own: Record<string, JsonValue>,
): Pick<CompletionRequest, 'reasoning'> {
  if (isAbsent(value)) return {};
  const reasoning = objectOf(value);
  if (reasoning === null) throw refuse('reasoning', 'must be an object');
  const rest = fieldsBeside(reasoning, SUMMARIES);
  const { effort } = reasoning;
  if (!isEmpty(rest)) own['reasoning'] = rest;
  if (isAbsent(effort)) return {};
  if (typeof effort !== 'string') throw refuse('reasoning.effort', 'must be a string');
  if (EFFORTS.has(effort)) return { reasoning: { effort: effort as NonNullable<NonNullable<CompletionRequest['reasoning']>['effort']> } };
  extra['reasoning_effort'] = effort;
  return {};
}

function fromInclude(body: JsonObject, own: Record<string, JsonValue>): Pick<CompletionRequest, 'logprobs'> {
  const value = body['include'];
  if (!isAbsent(value) && !Array.isArray(value)) throw refuse('include', 'must be a list');
  const include = arrayOf(value);
  const others = include.filter((name) => name !== LOGPROBS && name !== ENCRYPTED_REASONING);
  if (others.length > 0) own['include'] = others;
  const topCount = readInteger(body, 'top_logprobs', 0) ?? 0;
  return include.includes(LOGPROBS) || topCount > 0 ? { logprobs: { topCount } } : {};
}
