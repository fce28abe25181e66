/** Parameters without a neutral name: what of them belongs to this wire, and where. */
import type { JsonObject, JsonValue } from '../../contract.ts';
import { objectOf } from '../../shared/json.ts';
import { toVendorTools } from './gemini.tools.ts';
import type { Warnings } from '../../shared/warnings.ts';
import { objectsOf } from './gemini.wire.ts';

export interface VendorParameters {
  readonly body: JsonObject;
  readonly generationConfig: JsonObject;
  readonly toolConfig: JsonObject;
  readonly tools: readonly JsonObject[];
}

/** Read by doors or by this adapter, so no warning is due. */
const READ_HERE = new Set(['stream', 'stream_options', 'tools', 'gemini', 'google', 'extra_body', 'generationConfig', 'generation_config']);
/** Parameters of other vendors' wires: this one refuses a body that holds an unknown name. */
const OF_OTHER_WIRES = new Set([
  'anthropic',
  'anthropic_beta',
  'audio',
  'cache_control',
  'container',
  'context_management',
  'function_call',
  'functions',
  'include',
  'inference_geo',
  'input',
  'instructions',
  'logit_bias',
  'max_completion_tokens',
  'max_tool_calls',
  'mcp_servers',
  'metadata',
  'modalities',
  'moderation',
  'output_config',
  'output_format',
  'prediction',
  'previous_response_id',
  'prompt_cache_key',
  'prompt_cache_options',
  'prompt_cache_retention',
  'provider',
  'reasoning',
  'reasoning_effort',
  'response_format',
  'safety_identifier',
  'service_tier',
  'store',
  'thinking',
  'tool_choice',
  'transforms',
  'truncation',
  'user',
  'verbosity',
  'web_search_options',
]);
/** Names that stand in `generationConfig` on this wire, in both spellings that it reads. */
const OF_GENERATION_CONFIG = new Set([
  'thinkingConfig',
  'thinking_config',
  'responseModalities',
  'response_modalities',
  'responseMimeType',
  'response_mime_type',
  'responseSchema',
  'response_schema',
  'responseJsonSchema',
  'response_json_schema',
  'speechConfig',
  'speech_config',
  'mediaResolution',
  'media_resolution',
  'imageConfig',
  'image_config',
  'audioTimestamp',
  'audio_timestamp',
  'enableEnhancedCivicAnswers',
  'routingConfig',
  'modelConfig',
]);
const NOTHING: ReadonlySet<string> = new Set();
/** Never taken this way: they are what was checked and reserved before the call. */
const GUARDED = new Set(['model', 'contents']);
const GUARDED_CONFIG = new Set(['maxOutputTokens', 'max_output_tokens', 'candidateCount', 'candidate_count']);

/** `extra.gemini` (the rest of a request of this wire) and `extra.google` (Google's OpenAI-shaped door) pass as they are; unknown names do too. */
export function toVendorParameters(extra: JsonObject, warnings: Warnings): VendorParameters {
  const own = objectOf(extra['gemini']) ?? {};
  const google = objectOf(extra['google']) ?? objectOf(objectOf(extra['extra_body'])?.['google']) ?? {};
  const body: Record<string, JsonValue> = {};
  const generationConfig: Record<string, JsonValue> = {};
  const { generationConfig: ownConfig, toolConfig, tools, ...ownBody } = own;
  for (const config of [extra['generation_config'], extra['generationConfig'], ownConfig])
    Object.assign(generationConfig, withoutGuarded(objectOf(config) ?? {}, GUARDED_CONFIG, warnings));
  for (const [name, value] of Object.entries({ ...extra, ...google })) {
    if (READ_HERE.has(name) || value === null) continue;
    if (OF_OTHER_WIRES.has(name)) warnings.pick({ [name]: value }, NOTHING, 'request');
    else if (OF_GENERATION_CONFIG.has(name)) generationConfig[name] = value;
    else body[name] = value;
  }
  return {
    body: withoutGuarded({ ...body, ...ownBody }, GUARDED, warnings),
    generationConfig,
    toolConfig: objectOf(toolConfig) ?? {},
    tools: [...toVendorTools(extra['tools'], warnings), ...objectsOf(tools)],
  };
}

function withoutGuarded(parameters: JsonObject, guarded: ReadonlySet<string>, warnings: Warnings): JsonObject {
  const entries = Object.entries(parameters);
  for (const [name] of entries) if (guarded.has(name)) warnings.add(`'${name}' was not sent: it cannot be set this way.`);
  return Object.fromEntries(entries.filter(([name]) => !guarded.has(name)));
}
