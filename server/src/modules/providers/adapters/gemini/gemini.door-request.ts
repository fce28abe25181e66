/** Their request -> ours: what the Gemini door receives, in the neutral form. */
import type { CompletionRequest, JsonObject, JsonValue, Message, ResponseFormat, ToolDefinition } from '../../contract.ts';
import { isEmpty, objectOf } from '../../shared/json.ts';
import { fromContents, fromSystemInstruction } from './gemini.door-contents.ts';
import { refuse } from '../../shared/refuse.ts';
import { Fields, optional } from './gemini.door-read.ts';
import { toJsonSchema } from './gemini.schema.ts';

type Extra = Record<string, JsonValue>;

/**
 * The body of `generateContent` in the neutral form. What has no neutral name goes to `extra.gemini` unchanged and from there to any
 * provider of this wire. Throws `AntiphonError` INVALID_INPUT whose `param` names the offender. The model is in the URL: `model` is not read.
 */
export function fromGeminiBody(body: JsonObject): CompletionRequest {
  const fields = new Fields(body, '');
  fields.take('model');
  const extra: Extra = {};
  const system = fields.take('systemInstruction');
  const messages: readonly Message[] = [
    ...(system === undefined ? [] : fromSystemInstruction(system)),
    ...fromContents(fields.take('contents')),
  ];
  const request = {
    messages,
    ...fromTools(fields.list('tools'), extra),
    ...fromToolConfig(fields.object('toolConfig'), extra),
    ...fromGenerationConfig(fields.object('generationConfig'), extra),
  };
  Object.assign(extra, fields.rest());
  return isEmpty(extra) ? request : { ...request, extra: { gemini: extra } };
}

/** Functions; the vendor's own tools (`googleSearch`, `codeExecution`, …) stay in `extra.gemini.tools`. */
function fromTools(values: readonly JsonValue[], extra: Extra): Pick<CompletionRequest, 'tools'> {
  const tools: ToolDefinition[] = [];
  const others: JsonObject[] = [];
  for (const [position, value] of values.entries()) {
    const fields = Fields.of(value, `tools[${position}]`);
    const param = fields.paramOf('functionDeclarations');
    for (const [at, item] of fields.list('functionDeclarations').entries()) tools.push(fromDeclaration(item, `${param}[${at}]`));
    const rest = fields.rest();
    if (!isEmpty(rest)) others.push(rest);
  }
  if (others.length > 0) extra['tools'] = others;
  return tools.length === 0 ? {} : { tools };
}

function fromDeclaration(value: JsonValue, param: string): ToolDefinition {
  const fields = Fields.of(value, param);
  const name = fields.text('name');
  if (name === undefined) throw refuse(`${param}.name`, 'must be the name of the function');
  const schema = objectOf(fields.take('parametersJsonSchema'));
  const parameters = objectOf(fields.take('parameters'));
  const description = fields.text('description');
  const rest = fields.rest();
  return {
    name,
    ...optional('description', description),
    ...optional('parameters', schema ?? (parameters === null ? undefined : toJsonSchema(parameters))),
    ...(isEmpty(rest) ? {} : { extra: rest }),
  };
}

function fromToolConfig(fields: Fields | undefined, extra: Extra): Pick<CompletionRequest, 'toolChoice'> {
  const calling = fields?.object('functionCallingConfig');
  const mode = calling?.text('mode')?.toUpperCase();
  const allowed = calling?.texts('allowedFunctionNames') ?? [];
  const [name] = allowed;
  const isExact = isEmpty(calling?.rest() ?? {}) && (mode === 'ANY' ? allowed.length < 2 : allowed.length === 0 && mode !== 'VALIDATED');
  const kept = { ...fields?.rest(), ...(isExact || calling === undefined ? {} : { functionCallingConfig: calling.raw() }) };
  if (!isEmpty(kept)) extra['toolConfig'] = kept;
  if (mode === 'NONE') return { toolChoice: { mode: 'none' } };
  if (mode === 'AUTO') return { toolChoice: { mode: 'auto' } };
  if (mode !== 'ANY') return {};
  return { toolChoice: allowed.length === 1 && name !== undefined ? { mode: 'tool', name } : { mode: 'required' } };
}

function fromGenerationConfig(fields: Fields | undefined, extra: Extra): Partial<CompletionRequest> {
  if (fields === undefined) return {};
  const config: Extra = {};
  const request: Partial<CompletionRequest> = {
    ...optional('temperature', fields.number('temperature')),
    ...optional('topP', fields.number('topP')),
    ...optional('topK', fields.number('topK')),
    ...optional('maxOutputTokens', fields.integer('maxOutputTokens', 1)),
    ...optional('stop', fields.texts('stopSequences')),
    ...optional('seed', fields.integer('seed', Number.MIN_SAFE_INTEGER)),
    ...optional('choiceCount', fields.integer('candidateCount', 1)),
    ...optional('frequencyPenalty', fields.number('frequencyPenalty')),
    ...optional('presencePenalty', fields.number('presencePenalty')),
    ...fromLogprobs(fields),
    ...fromOutputFormat(fields, config),
    ...fromThinkingConfig(fields.object('thinkingConfig'), config),
  };
  Object.assign(config, fields.rest());
  if (!isEmpty(config)) extra['generationConfig'] = config;
  return request;
}

function fromLogprobs(fields: Fields): Pick<CompletionRequest, 'logprobs'> {
  const isAsked = fields.flag('responseLogprobs') === true;
  const topCount = fields.integer('logprobs', 0) ?? 0;
  return isAsked ? { logprobs: { topCount } } : {};
}

function fromOutputFormat(fields: Fields, config: Extra): Pick<CompletionRequest, 'responseFormat'> {
  const type = fields.text('responseMimeType');
  const schema = objectOf(fields.take('responseJsonSchema')) ?? objectOf(fields.take('_responseJsonSchema'));
  const openApi = objectOf(fields.take('responseSchema'));
  if (type !== undefined && type !== 'application/json' && type !== 'text/plain') {
    // Such as `text/x.enum`, which no other wire knows.
    config['responseMimeType'] = type;
    if (openApi !== null) config['responseSchema'] = openApi;
    return {};
  }
  const format: JsonObject | null = schema ?? (openApi === null ? null : toJsonSchema(openApi));
  if (format !== null) return { responseFormat: { type: 'json-schema', name: nameOf(format), schema: format } satisfies ResponseFormat };
  return type === 'application/json' ? { responseFormat: { type: 'json-object' } } : {};
}

/** Other wires want a name for a schema; its title is the nearest thing. */
function nameOf(schema: JsonObject): string {
  const title = typeof schema['title'] === 'string' ? schema['title'].replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 64) : '';
  return title === '' ? 'response' : title;
}

const LEVELS = new Set(['minimal', 'low', 'medium', 'high']);
type Level = 'minimal' | 'low' | 'medium' | 'high';

/** The whole of it stays in `extra.gemini` unless our own translation would write the very same. */
function fromThinkingConfig(fields: Fields | undefined, config: Extra): Pick<CompletionRequest, 'reasoning'> {
  if (fields === undefined) return {};
  const budget = fields.integer('thinkingBudget', -1);
  const level = fields.text('thinkingLevel')?.toLowerCase();
  const isShown = fields.flag('includeThoughts') === true;
  const isNeutral = isEmpty(fields.rest()) && isShown && (level === undefined) !== (budget === undefined) && budget !== 0 && budget !== -1;
  if (!isNeutral) config['thinkingConfig'] = fields.raw();
  if (level !== undefined && LEVELS.has(level)) return { reasoning: { effort: level as Level } };
  if (budget === 0) return { reasoning: { effort: 'none' } };
  return budget === undefined || budget < 0 ? {} : { reasoning: { budgetTokens: budget } };
}
