/** A completion as asked -> the body of `generateContent`. */
import type { CompletionRequest, JsonObject, JsonValue, ResponseFormat } from '../../contract.ts';
import { isEmpty, objectOf } from '../../shared/json.ts';
import { toContents, toSystemInstruction, type ContentOptions } from './gemini.content.ts';
import { toVendorParameters } from './gemini.extra.ts';
import { isOpenApiSchema } from './gemini.schema.ts';
import { toThinkingConfig } from './gemini.thinking.ts';
import { toTools } from './gemini.tools.ts';
import { Warnings } from '../../shared/warnings.ts';
import { WARNED_AS, type GeminiFlavour } from './gemini.wire.ts';

export interface GenerateRequest {
  readonly body: JsonObject;
  readonly warnings: readonly string[];
}

/** The body for `request`. What cannot be said on this wire is in `warnings`. */
export function toGenerateRequest(request: CompletionRequest, model: string, flavour: GeminiFlavour): GenerateRequest {
  const warnings = new Warnings(WARNED_AS);
  const options: ContentOptions = { model, flavour, warnings };
  const vendor = toVendorParameters(request.extra ?? {}, warnings);
  const system = toSystemInstruction(request.messages, options);
  const { toolConfig, ...tools } = toTools(request, vendor.tools, warnings);
  const config = withThinking({ ...toGenerationConfig(request), ...vendor.generationConfig }, request, options);
  const callingConfig = { ...objectOf(toolConfig), ...vendor.toolConfig };
  if (request.endUserId !== undefined) warnings.add('The id of the end user was not sent: Gemini has no place for it.');
  return {
    body: {
      ...vendor.body,
      ...(system === null ? {} : { systemInstruction: system }),
      contents: toContents(request.messages, options) as unknown as readonly JsonValue[],
      ...tools,
      ...(isEmpty(callingConfig) ? {} : { toolConfig: callingConfig }),
      ...(isEmpty(config) ? {} : { generationConfig: config }),
    },
    warnings: warnings.list(),
  };
}

/** A body the caller wrote for this wire: verbatim but for the model, which the URL names. */
export function toVerbatimRequest(body: JsonObject): GenerateRequest {
  const { model: _model, ...kept } = body;
  return { body: kept, warnings: [] };
}

/** The body of a count for what would be asked; the two APIs take it in different forms. */
export function toCountBody({ body }: GenerateRequest, modelPath: string, flavour: GeminiFlavour): JsonObject {
  const inner = objectOf(body['generateContentRequest']) ?? body;
  if (flavour === 'gemini') return { generateContentRequest: { ...inner, model: modelPath } };
  const counted = ['contents', 'systemInstruction', 'system_instruction', 'tools', 'generationConfig', 'generation_config', 'instances'];
  return Object.fromEntries(Object.entries(inner).filter(([name]) => counted.includes(name)));
}

function toGenerationConfig(request: CompletionRequest): JsonObject {
  const { temperature, topP, topK, maxOutputTokens, stop, seed, choiceCount, frequencyPenalty, presencePenalty, logprobs } = request;
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(topK === undefined ? {} : { topK }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    ...(stop === undefined || stop.length === 0 ? {} : { stopSequences: stop }),
    ...(seed === undefined ? {} : { seed }),
    ...(choiceCount === undefined ? {} : { candidateCount: choiceCount }),
    ...(frequencyPenalty === undefined ? {} : { frequencyPenalty }),
    ...(presencePenalty === undefined ? {} : { presencePenalty }),
    ...(logprobs === undefined ? {} : { responseLogprobs: true, ...(logprobs.topCount > 0 ? { logprobs: logprobs.topCount } : {}) }),
    ...toOutputFormat(request.responseFormat),
  };
}

function toOutputFormat(format: ResponseFormat | undefined): JsonObject {
  if (format === undefined || format.type === 'text') return {};
  if (format.type === 'json-object') return { responseMimeType: 'application/json' };
  const name = isOpenApiSchema(format.schema) ? 'responseSchema' : 'responseJsonSchema';
  return { responseMimeType: 'application/json', [name]: withDescription(format) };
}

/** The wire has no place for the format's own description, the schema has. */
function withDescription(format: Extract<ResponseFormat, { type: 'json-schema' }>): JsonObject {
  if (format.description === undefined || format.schema['description'] !== undefined) return format.schema;
  return { ...format.schema, description: format.description };
}

/** The caller's own `thinkingConfig` replaces what we would make of the neutral settings. */
function withThinking(config: JsonObject, request: CompletionRequest, { model, warnings }: ContentOptions): JsonObject {
  if (config['thinkingConfig'] !== undefined || config['thinking_config'] !== undefined) return config;
  const thinkingConfig = toThinkingConfig(request.reasoning, model, warnings);
  return thinkingConfig === null ? config : { ...config, thinkingConfig };
}
