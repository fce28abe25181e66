/** Their request → ours: what the Anthropic door receives, in the neutral form. */
import type { CompletionRequest, JsonObject, JsonValue, ToolChoice, ToolDefinition } from '../../contract.ts';
import { fieldsBeside, isEmpty, objectOf, stringOf } from '../../shared/json.ts';
import { refuse } from '../../shared/refuse.ts';
import { fromSystem, fromTurns } from './anthropic.door-content.ts';

/** Parameters with a neutral name, and the switches of the transport. `metadata` is the door's to keep; its `user_id` is neutral. */
const KNOWN_PARAMETERS: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'system',
  'stream',
  'max_tokens',
  'temperature',
  'top_p',
  'top_k',
  'stop_sequences',
  'tools',
  'tool_choice',
  'thinking',
  'output_config',
  'output_format',
  'metadata',
  'anthropic_beta',
]);
const TOOL_FIELDS: ReadonlySet<string> = new Set(['type', 'name', 'description', 'input_schema', 'strict']);
const OUTPUT_CONFIG_FIELDS: ReadonlySet<string> = new Set(['effort', 'format']);

type Reasoning = NonNullable<CompletionRequest['reasoning']>;
/** The highest effort here has no neutral name; the nearest stands for it. */
const EFFORTS: Readonly<Record<string, NonNullable<Reasoning['effort']>>> = {
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'xhigh',
  max: 'xhigh',
};

/**
 * The body of `POST /v1/messages` in the neutral form. Null counts as absent; parameters without a neutral name go to `extra.anthropic`,
 * which is for this vendor only. Throws `AntiphonError` INVALID_INPUT whose `param` names the offender. `model` and `stream` are the door's.
 */
export function fromMessagesBody(body: JsonObject): CompletionRequest {
  const system = fromSystem(body['system']);
  const outputConfig = objectOf(body['output_config']);
  const vendor: JsonObject = { ...fieldsBeside(body, KNOWN_PARAMETERS), ...restOf('output_config', outputConfig, OUTPUT_CONFIG_FIELDS) };
  const extra: JsonObject = {
    ...(isEmpty(vendor) ? {} : { anthropic: vendor }),
    ...(body['anthropic_beta'] == null ? {} : { anthropic_beta: body['anthropic_beta'] }),
  };
  return {
    messages: [...(system === null ? [] : [system]), ...fromTurns(body['messages'])],
    ...fromTools(body['tools']),
    ...fromToolChoice(body['tool_choice']),
    ...fromFormat(body['output_format'] ?? outputConfig?.['format']),
    ...optional('maxOutputTokens', readNumber(body, 'max_tokens', 1)),
    ...optional('temperature', readNumber(body, 'temperature', 0)),
    ...optional('topP', readNumber(body, 'top_p', 0)),
    ...optional('topK', readNumber(body, 'top_k', 0)),
    ...optional('stop', readStop(body['stop_sequences'])),
    ...fromThinking(body['thinking'], outputConfig?.['effort']),
    ...optional('endUserId', stringOf(objectOf(body['metadata'])?.['user_id'])),
    ...(isEmpty(extra) ? {} : { extra }),
  };
}

function optional<Name extends string, Value>(name: Name, value: Value | null): { [Key in Name]?: Value } {
  return (value === null ? {} : { [name]: value }) as { [Key in Name]?: Value };
}

function restOf(name: string, object: JsonObject | null, known: ReadonlySet<string>): JsonObject {
  const rest = object === null ? {} : fieldsBeside(object, known);
  return isEmpty(rest) ? {} : { [name]: rest };
}

function readNumber(body: JsonObject, param: string, least: number): number | null {
  const value = body[param];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'number' || value < least) throw refuse(param, `must be a number of ${least} or more`);
  return value;
}

function readStop(value: JsonValue | undefined): readonly string[] | null {
  if (value === undefined || value === null) return null;
  if (!Array.isArray(value) || !value.every((item): item is string => typeof item === 'string'))
    throw refuse('stop_sequences', 'must be a list of strings');
  return value.length === 0 ? null : value;
}

/** `effort` guides a model that decides by itself; a budget binds one that does not. */
function fromThinking(value: JsonValue | undefined, effort: JsonValue | undefined): Pick<CompletionRequest, 'reasoning'> {
  const thinking = objectOf(value);
  const neutralEffort = typeof effort === 'string' ? EFFORTS[effort] : undefined;
  if (thinking?.['type'] === 'disabled') return { reasoning: { effort: 'none' } };
  const budget = thinking?.['type'] === 'enabled' ? thinking['budget_tokens'] : undefined;
  if (thinking?.['type'] === 'enabled' && typeof budget !== 'number') throw refuse('thinking.budget_tokens', 'must be a number');
  if (neutralEffort === undefined && typeof budget !== 'number') return {};
  return {
    reasoning: {
      ...(neutralEffort === undefined ? {} : { effort: neutralEffort }),
      ...(typeof budget === 'number' ? { budgetTokens: budget } : {}),
    },
  };
}

function fromTools(value: JsonValue | undefined): Pick<CompletionRequest, 'tools'> {
  if (value === undefined || value === null) return {};
  if (!Array.isArray(value)) throw refuse('tools', 'must be a list');
  const tools = (value as readonly JsonValue[]).map((item, at) => fromTool(item, `tools[${at}]`));
  return tools.length === 0 ? {} : { tools };
}

/** A tool of another type than `custom` is run or defined by the vendor: `extra.type` says which. */
function fromTool(value: JsonValue, param: string): ToolDefinition {
  const tool = objectOf(value);
  const name = stringOf(tool?.['name']);
  if (tool === null || name === null) throw refuse(`${param}.name`, 'must be a name');
  const schema = tool['input_schema'];
  if (schema !== undefined && schema !== null && objectOf(schema) === null)
    throw refuse(`${param}.input_schema`, 'must be a JSON Schema object');
  const type = stringOf(tool['type']);
  const rest = fieldsBeside(tool, TOOL_FIELDS);
  const extra = { ...(type === null || type === 'custom' ? {} : { type }), ...rest };
  return {
    name,
    ...optional('description', stringOf(tool['description'])),
    ...optional('parameters', objectOf(schema)),
    ...(typeof tool['strict'] === 'boolean' ? { strict: tool['strict'] } : {}),
    ...(isEmpty(extra) ? {} : { extra }),
  };
}

function fromToolChoice(value: JsonValue | undefined): Pick<CompletionRequest, 'toolChoice' | 'parallelToolCalls'> {
  if (value === undefined || value === null) return {};
  const choice = objectOf(value);
  const serial = choice?.['disable_parallel_tool_use'] === true ? { parallelToolCalls: false } : {};
  return { toolChoice: toChoice(choice), ...serial };
}

function toChoice(choice: JsonObject | null): ToolChoice {
  switch (choice?.['type']) {
    case 'auto':
      return { mode: 'auto' };
    case 'any':
      return { mode: 'required' };
    case 'none':
      return { mode: 'none' };
    case 'tool': {
      const name = stringOf(choice['name']);
      if (name === null) throw refuse('tool_choice.name', 'must be the name of a tool');
      return { mode: 'tool', name };
    }
    default:
      throw refuse('tool_choice.type', 'must be auto, any, tool or none');
  }
}

/** The wire names no schema; other vendors want a name. */
function fromFormat(value: JsonValue | undefined): Pick<CompletionRequest, 'responseFormat'> {
  const format = objectOf(value);
  const schema = objectOf(format?.['schema']);
  if (format === null) return {};
  if (format['type'] !== 'json_schema' || schema === null)
    throw refuse('output_config.format', 'must be of type json_schema with a schema');
  return { responseFormat: { type: 'json-schema', name: stringOf(format['name']) ?? 'answer', schema } };
}
