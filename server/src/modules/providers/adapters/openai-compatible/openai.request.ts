/** Their request → ours: what the OpenAI door receives, in the neutral form. */
import type { CompletionRequest, JsonObject, JsonValue, ResponseFormat, ToolChoice, ToolDefinition } from '../../contract.ts';
import { fieldsBeside, isEmpty, objectOf } from '../../shared/json.ts';
import { refuse } from './openai.request-errors.ts';
import { fromMessages } from './openai.request-messages.ts';

/** Parameters with a neutral name, and the switches of the transport, which say how to answer rather than what. */
const KNOWN_PARAMETERS: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'stream',
  'stream_options',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'response_format',
  'max_tokens',
  'max_completion_tokens',
  'temperature',
  'top_p',
  'top_k',
  'frequency_penalty',
  'presence_penalty',
  'stop',
  'seed',
  'n',
  'logprobs',
  'top_logprobs',
  'reasoning_effort',
  'user',
]);

const EFFORTS: ReadonlySet<JsonValue> = new Set(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']);
type Effort = NonNullable<NonNullable<CompletionRequest['reasoning']>['effort']>;

/**
 * The body of `POST /v1/chat/completions` in the neutral form. Null counts as absent, parameters without a neutral name go to `extra`
 * unchanged. Throws `AntiphonError` INVALID_INPUT whose `param` names the offender. `model` and `stream` are the door's to read.
 */
export function fromOpenAiChatBody(body: JsonObject): CompletionRequest {
  const extra: Record<string, JsonValue> = { ...fieldsBeside(body, KNOWN_PARAMETERS) };
  const request = {
    messages: fromMessages(body['messages']),
    ...fromTools(body, extra),
    ...fromToolChoice(body['tool_choice'], extra),
    ...optional('parallelToolCalls', readBoolean(body, 'parallel_tool_calls')),
    ...fromResponseFormat(body['response_format'], extra),
    ...optional('maxOutputTokens', readInteger(body, 'max_completion_tokens', 1) ?? readInteger(body, 'max_tokens', 1)),
    ...optional('temperature', readNumber(body, 'temperature')),
    ...optional('topP', readNumber(body, 'top_p')),
    ...optional('topK', readInteger(body, 'top_k', -1)),
    ...optional('frequencyPenalty', readNumber(body, 'frequency_penalty')),
    ...optional('presencePenalty', readNumber(body, 'presence_penalty')),
    ...optional('stop', readStop(body['stop'])),
    ...optional('seed', readInteger(body, 'seed', Number.MIN_SAFE_INTEGER)),
    ...optional('choiceCount', readInteger(body, 'n', 1)),
    ...fromLogprobs(body),
    ...fromEffort(body['reasoning_effort'], extra),
    ...optional('endUserId', readString(body, 'user')),
  };
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
  if (value !== null && (!Number.isSafeInteger(value) || value < least)) {
    throw refuse(param, least === Number.MIN_SAFE_INTEGER ? 'must be an integer' : `must be an integer of ${least} or more`);
  }
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

function readStop(value: JsonValue | undefined): readonly string[] | null {
  if (isAbsent(value)) return null;
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value) || !value.every((item): item is string => typeof item === 'string'))
    throw refuse('stop', 'must be a string or a list of strings');
  return value;
}

function fromLogprobs(body: JsonObject): Pick<CompletionRequest, 'logprobs'> {
  const topCount = readInteger(body, 'top_logprobs', 0) ?? 0;
  if (readBoolean(body, 'logprobs') !== true) {
    if (topCount > 0) throw refuse('top_logprobs', 'needs `logprobs` to be true');
    return {};
  }
  return { logprobs: { topCount } };
}

/** An effort we do not know may be a new one of the vendor: it stays in `extra`. */
function fromEffort(value: JsonValue | undefined, extra: Record<string, JsonValue>): Pick<CompletionRequest, 'reasoning'> {
  if (isAbsent(value)) return {};
  if (typeof value !== 'string') throw refuse('reasoning_effort', 'must be a string');
  if (EFFORTS.has(value)) return { reasoning: { effort: value as Effort } };
  extra['reasoning_effort'] = value;
  return {};
}

/** Function tools; tools of other types (custom, a vendor's own) stay in `extra.tools` as they came. */
function fromTools(body: JsonObject, extra: Record<string, JsonValue>): Pick<CompletionRequest, 'tools'> {
  const value = body['tools'];
  if (isAbsent(value)) return {};
  if (!Array.isArray(value)) throw refuse('tools', 'must be a list');
  const tools: ToolDefinition[] = [];
  const others: JsonValue[] = [];
  for (const [position, item] of (value as readonly JsonValue[]).entries()) {
    const tool = objectOf(item);
    if (tool === null) throw refuse(`tools[${position}]`, 'must be an object');
    if (tool['type'] === 'function' || (tool['type'] === undefined && tool['function'] !== undefined)) tools.push(fromTool(tool, position));
    else others.push(tool);
  }
  if (others.length > 0) extra['tools'] = others;
  return tools.length === 0 ? {} : { tools };
}

const KNOWN_TOOL_FIELDS: ReadonlySet<string> = new Set(['type', 'function']);
const KNOWN_FUNCTION_FIELDS: ReadonlySet<string> = new Set(['name', 'description', 'parameters', 'strict']);

function fromTool(tool: JsonObject, position: number): ToolDefinition {
  const definition = objectOf(tool['function']);
  const name = definition?.['name'];
  if (definition === null || typeof name !== 'string' || name === '') throw refuse(`tools[${position}].function.name`, 'must be a name');
  const parameters = definition['parameters'];
  if (!isAbsent(parameters) && objectOf(parameters) === null)
    throw refuse(`tools[${position}].function.parameters`, 'must be a JSON Schema object');
  const functionExtra = fieldsBeside(definition, KNOWN_FUNCTION_FIELDS);
  const extra = { ...fieldsBeside(tool, KNOWN_TOOL_FIELDS), ...(isEmpty(functionExtra) ? {} : { function: functionExtra }) };
  return {
    name,
    ...optional('description', readString(definition, 'description')),
    ...optional('parameters', objectOf(parameters)),
    ...optional('strict', readBoolean(definition, 'strict')),
    ...(isEmpty(extra) ? {} : { extra }),
  };
}

function fromToolChoice(value: JsonValue | undefined, extra: Record<string, JsonValue>): { toolChoice?: ToolChoice } {
  if (isAbsent(value)) return {};
  if (value === 'auto' || value === 'none' || value === 'required') return { toolChoice: { mode: value } };
  const choice = objectOf(value);
  const name = objectOf(choice?.['function'])?.['name'];
  if (choice?.['type'] === 'function') {
    if (typeof name !== 'string') throw refuse('tool_choice.function.name', 'must be the name of a tool');
    return { toolChoice: { mode: 'tool', name } };
  }
  if (choice === null && typeof value !== 'string') throw refuse('tool_choice', 'must be auto, none, required or an object');
  extra['tool_choice'] = value;
  return {};
}

function fromResponseFormat(value: JsonValue | undefined, extra: Record<string, JsonValue>): { responseFormat?: ResponseFormat } {
  if (isAbsent(value)) return {};
  const format = objectOf(value);
  if (format === null) throw refuse('response_format', 'must be an object with a `type`');
  if (format['type'] === 'text') return { responseFormat: { type: 'text' } };
  const schema = objectOf(format['json_schema']);
  if (format['type'] === 'json_object' && objectOf(format['schema']) === null) return { responseFormat: { type: 'json-object' } };
  if (format['type'] !== 'json_schema' || schema === null || objectOf(schema['schema']) === null) {
    if (typeof format['type'] !== 'string') throw refuse('response_format.type', 'must be text, json_object or json_schema');
    extra['response_format'] = format;
    return {};
  }
  return {
    responseFormat: {
      type: 'json-schema',
      name: readString(schema, 'name') ?? 'answer',
      schema: objectOf(schema['schema']) ?? {},
      ...optional('strict', readBoolean(schema, 'strict')),
      ...optional('description', readString(schema, 'description')),
    },
  };
}
