/** A completion as asked -> the body of `POST /v1/messages`. */
import type { CompletionRequest, JsonObject, JsonValue, ResponseFormat, ToolChoice, ToolDefinition } from '../../contract.ts';
import { arrayOf, objectOf, stringOf } from '../../shared/json.ts';
import { FALLBACK_MAX_OUTPUT_TOKENS, MAX_TEMPERATURE, reasoningFactsOf } from './anthropic.capabilities.ts';
import { toSystemBlocks, toTurns } from './anthropic.content.ts';
import { toReasoningParameters } from './anthropic.reasoning.ts';
import { Warnings } from './anthropic.warnings.ts';

export interface MessagesOptions {
  readonly model: string;
  readonly isStream: boolean;
  /** The model's largest output where the catalogue knows it. */
  readonly modelMaxOutputTokens: number | null;
}

export interface MessagesRequest {
  readonly body: JsonObject;
  /** Values of the `anthropic-beta` header the caller asked for. */
  readonly betas: readonly string[];
  readonly warnings: readonly string[];
}

/** Parameters of the vendor without a neutral name; they pass as they are. */
const VENDOR_PARAMETERS = new Set([
  'thinking',
  'output_config',
  'output_format',
  'cache_control',
  'context_management',
  'container',
  'mcp_servers',
  'inference_geo',
]);
/** Read by this adapter, so no warning is due. */
const READ_HERE = new Set(['anthropic', 'anthropic_beta', 'metadata', 'service_tier', 'stream', 'stream_options']);
/**
 * Never taken from the caller's vendor parameters: they decide what was checked and reserved before the call (model, bound on output),
 * or change the price in a way that the catalogue cannot follow (another model in place of this one, a dearer speed).
 */
const GUARDED_PARAMETERS = new Set(['model', 'stream', 'max_tokens', 'messages', 'system', 'fallbacks', 'speed']);
const SERVICE_TIERS: ReadonlySet<JsonValue | undefined> = new Set(['auto', 'standard_only']);
const TOOL_EXTRA = new Set(['cache_control', 'defer_loading', 'allowed_callers', 'input_examples', 'eager_input_streaming']);
const BETA_NAME = /^[A-Za-z0-9._-]{1,100}$/;
const MAX_BETAS = 32;

/** The body for `request`. What cannot be said on this wire is in `warnings`. */
export function toMessagesRequest(request: CompletionRequest, options: MessagesOptions): MessagesRequest {
  const warnings = new Warnings();
  const facts = reasoningFactsOf(options.model);
  const maxTokens = toMaxTokens(request, options, warnings);
  const reasoning = toReasoningParameters(request.reasoning, facts, maxTokens, options.model, warnings);
  const outputConfig = { ...reasoning.outputConfig, ...toOutputFormat(request.responseFormat, warnings) };
  const system = toSystemBlocks(request.messages, warnings);
  warnOfUnsupported(request, warnings);
  const body: JsonObject = {
    model: options.model,
    max_tokens: maxTokens,
    ...(system.length === 0 ? {} : { system }),
    messages: toTurns(request.messages, warnings) as unknown as readonly JsonValue[],
    ...toTools(request, warnings),
    ...toSampling(request, facts.sampling, options.model, warnings),
    ...toStopSequences(request.stop, warnings),
    ...(reasoning.thinking === null ? {} : { thinking: reasoning.thinking }),
    ...(request.endUserId === undefined ? {} : { metadata: { user_id: request.endUserId } }),
    ...(options.isStream ? { stream: true } : {}),
  };
  const vendor = toVendorParameters(request.extra ?? {}, warnings);
  const config = { ...outputConfig, ...objectOf(vendor['output_config']) };
  return {
    body: { ...body, ...vendor, ...(Object.keys(config).length === 0 ? {} : { output_config: config }) },
    betas: toBetas(request.extra?.['anthropic_beta'], warnings),
    warnings: warnings.list(),
  };
}

/** A body the caller wrote for this wire: verbatim but for the model, the stream flag and what `GUARDED_PARAMETERS` says of prices. */
export function toVerbatimRequest(body: JsonObject, options: Pick<MessagesOptions, 'model' | 'isStream'>): MessagesRequest {
  const warnings = new Warnings();
  const { fallbacks, speed, anthropic_beta: betas, ...kept } = body;
  for (const [name, value] of Object.entries({ fallbacks, speed }))
    if (value !== undefined) warnings.add(`'${name}' was not sent: it changes the price in a way that cannot be accounted for.`);
  return {
    body: { ...kept, model: options.model, stream: options.isStream },
    betas: toBetas(betas, warnings),
    warnings: warnings.list(),
  };
}

/** The wire demands `max_tokens`: the caller's bound, else the model's own, else 4096 with a warning; room for a thinking budget is added. */
function toMaxTokens(request: CompletionRequest, options: MessagesOptions, warnings: Warnings): number {
  if (request.maxOutputTokens !== undefined) return request.maxOutputTokens;
  if (options.modelMaxOutputTokens !== null) return options.modelMaxOutputTokens;
  const fallback = FALLBACK_MAX_OUTPUT_TOKENS + (request.reasoning?.budgetTokens ?? 0);
  warnings.add(`No bound on the output was given and Anthropic demands one: ${fallback} tokens were asked for.`);
  return fallback;
}

function toTools(request: CompletionRequest, warnings: Warnings): JsonObject {
  const tools = request.tools ?? [];
  const isSerial = request.parallelToolCalls === false && tools.length > 0;
  const choice = toToolChoice(request.toolChoice ?? (isSerial ? { mode: 'auto' } : undefined), isSerial);
  return {
    ...(tools.length === 0 ? {} : { tools: tools.map((tool) => toTool(tool, warnings)) }),
    ...(choice === null ? {} : { tool_choice: choice }),
  };
}

function toToolChoice(choice: ToolChoice | undefined, isSerial: boolean): JsonObject | null {
  if (choice === undefined) return null;
  if (choice.mode === 'none') return { type: 'none' };
  const serial = isSerial ? { disable_parallel_tool_use: true } : {};
  if (choice.mode === 'tool') return { type: 'tool', name: choice.name, ...serial };
  return { type: choice.mode === 'required' ? 'any' : 'auto', ...serial };
}

/** A function of the caller, or a tool that Anthropic runs or defines (`extra.type`, e.g. `web_search_20250305`), which passes as it is. */
function toTool(tool: ToolDefinition, warnings: Warnings): JsonObject {
  const vendorType = stringOf(tool.extra?.['type']);
  if (vendorType !== null && vendorType !== 'custom' && vendorType !== 'function') return { name: tool.name, ...tool.extra };
  const { type: _functionType, ...extra } = tool.extra ?? {};
  return {
    name: tool.name,
    ...(tool.description === undefined ? {} : { description: tool.description }),
    input_schema: tool.parameters ?? { type: 'object', properties: {} },
    ...(tool.strict === undefined ? {} : { strict: tool.strict }),
    ...warnings.pick(extra, TOOL_EXTRA, 'tool'),
  };
}

function toSampling(request: CompletionRequest, isTaken: boolean, model: string, warnings: Warnings): JsonObject {
  const { temperature, topP, topK } = request;
  if (!isTaken) {
    if (temperature !== undefined || topP !== undefined || topK !== undefined)
      warnings.add(`temperature, top_p and top_k were not sent: ${model} refuses sampling parameters.`);
    return {};
  }
  if (temperature !== undefined && temperature > MAX_TEMPERATURE)
    warnings.add(`temperature ${temperature} was lowered to ${MAX_TEMPERATURE}, the highest that Anthropic takes.`);
  return {
    ...(temperature === undefined ? {} : { temperature: Math.min(temperature, MAX_TEMPERATURE) }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(topK === undefined ? {} : { top_k: topK }),
  };
}

function toStopSequences(stop: readonly string[] | undefined, warnings: Warnings): JsonObject {
  const sequences = (stop ?? []).filter((sequence) => sequence.trim() !== '');
  if (sequences.length < (stop ?? []).length) warnings.add('Stop sequences of white space only were not sent: Anthropic refuses them.');
  return sequences.length === 0 ? {} : { stop_sequences: sequences };
}

function toOutputFormat(format: ResponseFormat | undefined, warnings: Warnings): JsonObject {
  if (format?.type === 'json-object')
    warnings.add('Anthropic has no JSON mode without a schema: the answer may not be JSON. Ask for it in the prompt or give a schema.');
  return format?.type === 'json-schema' ? { format: { type: 'json_schema', schema: withDescription(format) } } : {};
}

/** The wire has no place for the format's own description, the schema has. */
function withDescription(format: Extract<ResponseFormat, { type: 'json-schema' }>): JsonObject {
  if (format.description === undefined || format.schema['description'] !== undefined) return format.schema;
  return { ...format.schema, description: format.description };
}

function toVendorParameters(extra: JsonObject, warnings: Warnings): JsonObject {
  const { metadata, service_tier: serviceTier } = extra;
  const userId = stringOf(objectOf(metadata)?.['user_id']);
  const others = Object.keys(objectOf(metadata) ?? {}).filter((name) => name !== 'user_id');
  if (others.length > 0) warnings.add('metadata other than user_id was not sent: Anthropic has no place for it.');
  if (typeof serviceTier === 'string' && !SERVICE_TIERS.has(serviceTier))
    warnings.add(`service_tier '${serviceTier.slice(0, 32)}' was not sent: Anthropic knows 'auto' and 'standard_only'.`);
  const rest = Object.fromEntries(Object.entries(extra).filter(([name]) => !READ_HERE.has(name)));
  return {
    ...warnings.pick(rest, VENDOR_PARAMETERS, 'request'),
    ...(userId === null ? {} : { metadata: { user_id: userId } }),
    ...(serviceTier !== undefined && SERVICE_TIERS.has(serviceTier) ? { service_tier: serviceTier } : {}),
    ...toNamespaced(objectOf(extra['anthropic']), warnings),
  };
}

/** `extra.anthropic`: parameters meant for this vendor, newer ones than this adapter knows included. */
function toNamespaced(parameters: JsonObject | null, warnings: Warnings): JsonObject {
  const entries = Object.entries(parameters ?? {});
  for (const [name] of entries)
    if (GUARDED_PARAMETERS.has(name)) warnings.add(`anthropic.${name} was not sent: it cannot be set this way.`);
  return Object.fromEntries(entries.filter(([name]) => !GUARDED_PARAMETERS.has(name)));
}

function toBetas(value: JsonValue | undefined, warnings: Warnings): readonly string[] {
  const asked = typeof value === 'string' ? value.split(',').map((name) => name.trim()) : arrayOf(value);
  const betas = asked.filter((name): name is string => typeof name === 'string' && BETA_NAME.test(name)).slice(0, MAX_BETAS);
  if (betas.length < asked.length) warnings.add('Some names in anthropic_beta are not names of betas and were not sent.');
  return betas;
}

function warnOfUnsupported(request: CompletionRequest, warnings: Warnings): void {
  const unsupported: readonly (readonly [isAsked: boolean, name: string])[] = [
    [(request.choiceCount ?? 1) > 1, 'more than one choice (n)'],
    [request.logprobs !== undefined, 'logprobs'],
    [request.seed !== undefined, 'seed'],
    [(request.frequencyPenalty ?? 0) !== 0, 'frequency_penalty'],
    [(request.presencePenalty ?? 0) !== 0, 'presence_penalty'],
  ];
  for (const [isAsked, name] of unsupported) if (isAsked) warnings.add(`Anthropic does not offer ${name}: it was not sent.`);
}
