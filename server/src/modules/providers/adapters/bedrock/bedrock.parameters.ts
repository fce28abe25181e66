/** Sampling, the vendor's own parameters and what Converse does not name -> the members of a Converse body beside its content. */
import type { CompletionRequest, JsonObject, JsonValue } from '../../contract.ts';
import { isEmpty, objectOf } from '../../shared/json.ts';
import { MAX_TEMPERATURE, type ModelFacts } from './bedrock.capabilities.ts';
import type { Warnings } from '../../shared/warnings.ts';

/** Members of a Converse body that a caller may write in `extra`, or in `extra.bedrock`, as they are. */
const VENDOR_PARAMETERS: ReadonlySet<string> = new Set([
  'guardrailConfig',
  'additionalModelResponseFieldPaths',
  'promptVariables',
  'requestMetadata',
  'outputConfig',
]);
/** Read here or by nobody: they ask for nothing that an answer would lack. */
const READ_HERE: ReadonlySet<string> = new Set([
  'bedrock',
  'additionalModelRequestFields',
  'service_tier',
  'serviceTier',
  'performanceConfig',
  'stream',
  'stream_options',
]);
/** Parameters of other vendors' APIs, not of models: a model would answer 400 to them. */
const OF_OTHER_APIS: ReadonlySet<string> = new Set([
  'anthropic',
  'openai',
  'openai_responses',
  'ollama',
  'gemini',
  'google',
  'metadata',
  'store',
  'user',
  'prediction',
  'modalities',
  'audio',
  'web_search_options',
  'verbosity',
  'prompt_cache_key',
  'prompt_cache_retention',
  'prompt_cache_options',
  'safety_identifier',
  'logit_bias',
  'logprobs',
  'top_logprobs',
  'functions',
  'function_call',
  'tools',
  'tool_choice',
  'response_format',
  'reasoning_effort',
  'container',
  'mcp_servers',
  'inference_geo',
  'cache_control',
  'safetySettings',
  'cachedContent',
  'labels',
  'options',
  'think',
  'keep_alive',
  'raw',
  'template',
  'context',
]);
/**
 * Never taken as a model's own field: they decide what was checked and reserved before the call (model, bound on output),
 * or change the price in a way that the catalogue cannot follow.
 */
const GUARDED_FIELDS: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'system',
  'stream',
  'max_tokens',
  'maxTokens',
  'speed',
  'fallbacks',
]);
const SERVICE_TIERS: ReadonlySet<JsonValue | undefined> = new Set(['default', 'flex', 'priority', 'reserved']);

/** `inferenceConfig`, or nothing when the caller bounds and tunes nothing. */
export function toInferenceConfig(request: CompletionRequest, facts: ModelFacts, model: string, warnings: Warnings): JsonObject {
  const config: Record<string, JsonValue> = {};
  if (request.maxOutputTokens !== undefined) config['maxTokens'] = request.maxOutputTokens;
  Object.assign(config, toSampling(request, facts, model, warnings));
  const stop = (request.stop ?? []).filter((sequence) => sequence !== '');
  if (stop.length > 0) config['stopSequences'] = stop;
  return isEmpty(config) ? {} : { inferenceConfig: config };
}

function toSampling(request: CompletionRequest, facts: ModelFacts, model: string, warnings: Warnings): JsonObject {
  const { temperature, topP } = request;
  if (!facts.sampling) {
    if (temperature !== undefined || topP !== undefined)
      warnings.add(`temperature and top_p were not sent: ${model} refuses sampling parameters.`);
    return {};
  }
  if (temperature !== undefined && temperature > MAX_TEMPERATURE)
    warnings.add(`temperature ${temperature} was lowered to ${MAX_TEMPERATURE}, the highest that Bedrock takes.`);
  return {
    ...(temperature === undefined ? {} : { temperature: Math.min(temperature, MAX_TEMPERATURE) }),
    ...(topP === undefined ? {} : { topP }),
  };
}

/** The caller's own `additionalModelRequestFields`, then what the model's family takes there, then `extra` that is no API's parameter. */
export function toAdditionalFields(request: CompletionRequest, reasoning: JsonObject, facts: ModelFacts, warnings: Warnings): JsonObject {
  const fields: Record<string, JsonValue> = { ...reasoning };
  const neutral = {
    top_k: request.topK,
    seed: request.seed,
    frequency_penalty: request.frequencyPenalty,
    presence_penalty: request.presencePenalty,
  } as const;
  for (const [name, value] of Object.entries(neutral) as [keyof typeof neutral, number | undefined][]) {
    if (value === undefined) continue;
    const path = facts.fields[name];
    if (path !== undefined) setAt(fields, path, value);
    else if (value !== 0 || name === 'seed' || name === 'top_k') warnings.add(`${name} was not sent: this model takes none at Bedrock.`);
  }
  for (const [name, value] of Object.entries(toModelFields(request.extra ?? {}, facts.isClaude, warnings)))
    fields[name] = merge(fields[name], value);
  return isEmpty(fields) ? {} : { additionalModelRequestFields: fields };
}

/** What a door of Anthropic's wire keeps for its own vendor means the same to Claude here. */
function toModelFields(extra: JsonObject, isClaude: boolean, warnings: Warnings): JsonObject {
  const fields: Record<string, JsonValue> = {};
  const take = (name: string, value: JsonValue, place: string): void => {
    if (GUARDED_FIELDS.has(name)) warnings.add(`${place}${name.slice(0, 64)} was not sent: it cannot be set this way.`);
    else fields[name] = name === 'anthropic_beta' && typeof value === 'string' ? value.split(',').map((beta) => beta.trim()) : value;
  };
  const takeUnlessOfOthers = (entries: JsonObject, place: string): void => {
    for (const [name, value] of Object.entries(entries)) {
      if (READ_HERE.has(name) || VENDOR_PARAMETERS.has(name) || isNothing(value)) continue;
      if (OF_OTHER_APIS.has(name)) warnings.add(`'${place}${name}' has no counterpart at Bedrock and was not sent.`);
      else take(name, value, place);
    }
  };
  const { anthropic, ...others } = extra;
  if (isClaude) takeUnlessOfOthers(objectOf(anthropic) ?? {}, 'anthropic.');
  takeUnlessOfOthers(isClaude ? others : extra, '');
  const namespaced = objectOf(extra['bedrock'])?.['additionalModelRequestFields'];
  for (const own of [extra['additionalModelRequestFields'], namespaced])
    for (const [name, value] of Object.entries(objectOf(own) ?? {})) take(name, value, 'additionalModelRequestFields.');
  return fields;
}

/** Members of the body that the caller wrote for this API. */
export function toVendorParameters(extra: JsonObject, warnings: Warnings): JsonObject {
  const parameters: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(extra)) if (VENDOR_PARAMETERS.has(name)) parameters[name] = value;
  for (const [name, value] of Object.entries(objectOf(extra['bedrock']) ?? {})) {
    if (VENDOR_PARAMETERS.has(name)) parameters[name] = value;
    else if (name !== 'additionalModelRequestFields') warnings.add(`bedrock.${name.slice(0, 64)} was not sent: it cannot be set this way.`);
  }
  if (extra['performanceConfig'] !== undefined)
    warnings.add("'performanceConfig' was not sent: it changes the price in a way that cannot be accounted for.");
  return { ...parameters, ...toServiceTier(extra['service_tier'] ?? extra['serviceTier'], warnings) };
}

/** The tier is known before the call by its plain name only, so that a bound on the cost holds. */
function toServiceTier(tier: JsonValue | undefined, warnings: Warnings): JsonObject {
  if (SERVICE_TIERS.has(tier)) return { serviceTier: { type: tier as string } };
  if (tier !== undefined && tier !== null && tier !== 'auto')
    warnings.add(
      `service_tier ${JSON.stringify(tier).slice(0, 64)} was not sent: Bedrock knows 'default', 'flex', 'priority' and 'reserved'.`,
    );
  return {};
}

function setAt(fields: Record<string, JsonValue>, path: readonly string[], value: JsonValue): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    fields[name] = value;
    return;
  }
  const inner: Record<string, JsonValue> = { ...objectOf(fields[name]) };
  setAt(inner, rest, value);
  fields[name] = inner;
}

/** Objects are joined, the later member wins: the caller's word comes last. */
function merge(before: JsonValue | undefined, after: JsonValue): JsonValue {
  const [left, right] = [objectOf(before), objectOf(after)];
  return left === null || right === null ? after : { ...left, ...right };
}

/** Whether leaving the value out changes nothing. */
function isNothing(value: JsonValue): boolean {
  return value === null || value === false || (Array.isArray(value) && value.length === 0);
}
