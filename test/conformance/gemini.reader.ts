/** Test side only: a recorded body -> our neutral request, and a normal form in which two bodies of one meaning are equal. */
import type {
  CompletionRequest,
  ContentPart,
  JsonObject,
  JsonValue,
  Message,
  ReasoningPart,
  ToolCall,
  ToolDefinition,
} from '../../server/src/modules/providers/contract.ts';

type Fields = Record<string, JsonValue>;

/** The neutral form of a recorded body. What has no neutral name goes into `extra.gemini`. */
export function toCompletionRequest(recorded: JsonObject): CompletionRequest {
  const { contents, systemInstruction, tools, toolConfig, generationConfig, ...rest } = toNormalForm(recorded);
  const { temperature, topP, topK, maxOutputTokens, stopSequences, seed, candidateCount, ...config } = (generationConfig as Fields) ?? {};
  const { responseMimeType, schema, thinkingConfig, ...otherConfig } = config;
  const reasoning = toReasoning(thinkingConfig as Fields | undefined);
  const functions = ((tools as Fields[]) ?? []).flatMap((tool) => (tool['functionDeclarations'] as Fields[] | undefined) ?? []);
  const otherTools = ((tools as Fields[]) ?? []).filter((tool) => tool['functionDeclarations'] === undefined);
  const mode = ((toolConfig as Fields | undefined)?.['functionCallingConfig'] as Fields | undefined)?.['mode'];
  return {
    messages: [
      ...(systemInstruction === undefined
        ? []
        : [{ role: 'system' as const, content: ((systemInstruction as Fields)['parts'] as Fields[]).map(toPart) }]),
      ...toMessages(contents as Fields[]),
    ],
    ...(functions.length === 0 ? {} : { tools: functions.map(toTool) }),
    ...(mode === undefined ? {} : { toolChoice: { mode: (mode as string).toLowerCase() as 'auto' } }),
    ...(temperature === undefined ? {} : { temperature: temperature as number }),
    ...(topP === undefined ? {} : { topP: topP as number }),
    ...(topK === undefined ? {} : { topK: topK as number }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens: maxOutputTokens as number }),
    ...(stopSequences === undefined ? {} : { stop: stopSequences as string[] }),
    ...(seed === undefined ? {} : { seed: seed as number }),
    ...(candidateCount === undefined ? {} : { choiceCount: candidateCount as number }),
    ...(schema === undefined
      ? responseMimeType === 'application/json'
        ? { responseFormat: { type: 'json-object' as const } }
        : {}
      : { responseFormat: { type: 'json-schema' as const, name: 'answer', schema: schema as JsonObject } }),
    ...(reasoning === null ? {} : { reasoning }),
    extra: {
      gemini: {
        ...rest,
        ...(otherTools.length === 0 ? {} : { tools: otherTools }),
        generationConfig: { ...otherConfig, ...(reasoning === null && thinkingConfig !== undefined ? { thinkingConfig } : {}) },
      },
    },
  };
}

/** Only what says all of `thinkingConfig` is neutral: a level or a budget whose thoughts are shown. */
function toReasoning(config: Fields | undefined): NonNullable<CompletionRequest['reasoning']> | null {
  if (config?.['includeThoughts'] !== true) return null;
  if (config['thinkingLevel'] !== undefined) return { effort: (config['thinkingLevel'] as string).toLowerCase() as 'low' };
  return config['thinkingBudget'] === undefined ? null : { budgetTokens: config['thinkingBudget'] as number };
}

function toTool({ name, description, parameters, ...extra }: Fields): ToolDefinition {
  return {
    name: name as string,
    ...(description === undefined ? {} : { description: description as string }),
    ...(parameters === undefined ? {} : { parameters: parameters as JsonObject }),
    extra,
  };
}

/** Calls without an id get one by their place; results find theirs by name, in order. */
function toMessages(contents: readonly Fields[]): Message[] {
  let open: { name: string; id: string }[] = [];
  return contents.flatMap((content, at): Message[] => {
    const parts = content['parts'] as Fields[];
    if (content['role'] === 'model') {
      const calls = parts.filter((part) => part['functionCall'] !== undefined);
      const toolCalls = calls.map((part, index) => toToolCall(part, `call_gemini_test${at}_${index}`));
      open = toolCalls.map(({ name, id }) => ({ name, id }));
      const texts = parts.filter((part) => part['text'] !== undefined && part['thought'] !== true);
      const content = texts.filter(({ text }) => text !== '').map(({ text }) => ({ type: 'text' as const, text: text as string }));
      return [{ role: 'assistant', content, toolCalls, reasoning: parts.flatMap(toReasoningPart) }];
    }
    const results = parts.filter((part) => part['functionResponse'] !== undefined);
    const others = parts.filter((part) => part['functionResponse'] === undefined);
    return [
      ...results.map(({ functionResponse }): Message => {
        const { id, name, response, parts: media } = functionResponse as Fields;
        const found = open.findIndex((call) => call.name === name);
        const [answered] = open.splice(found === -1 ? open.length : found, found === -1 ? 0 : 1);
        const text = { type: 'text' as const, text: JSON.stringify(response) };
        const toolCallId = (id as string | undefined) ?? answered?.id ?? 'unknown';
        return { role: 'tool', toolCallId, content: [text, ...((media as Fields[] | undefined) ?? []).map(toPart)] };
      }),
      ...(others.length === 0 ? [] : [{ role: 'user' as const, content: others.map(toPart) }]),
    ];
  });
}

function toToolCall({ functionCall, thoughtSignature }: Fields, madeId: string): ToolCall {
  const { id, name, args } = functionCall as Fields;
  return {
    id: (id as string | undefined) ?? madeId,
    name: name as string,
    argumentsText: JSON.stringify(args ?? {}),
    ...(thoughtSignature === undefined ? {} : { extra: { extra_content: { google: { thought_signature: thoughtSignature } } } }),
  };
}

function toReasoningPart({ text, thought, thoughtSignature: signature }: Fields): ReasoningPart[] {
  if (text === undefined) return [];
  const signed = signature === undefined ? {} : { signature: signature as string };
  if (thought === true) return [{ text: text as string, ...signed }];
  return signature === undefined ? [] : [{ text: '', ...signed }];
}

function toPart(part: Fields): ContentPart {
  if (part['text'] !== undefined) return { type: 'text', text: part['text'] as string };
  const { mimeType, data, fileUri } = (part['inlineData'] ?? part['fileData']) as Fields;
  const type = (mimeType as string).startsWith('image/') ? 'image' : 'document';
  if (data !== undefined) return { type, source: { kind: 'data', mediaType: mimeType as string, data: data as string } };
  return { type, source: { kind: 'url', url: fileUri as string }, extra: { mimeType: mimeType as JsonValue } };
}

/** Values under these names are the caller's own: their names are no names of the wire. */
const OPAQUE = new Set(['args', 'response', 'labels']);

/**
 * One spelling for names and schemas, roles written out, turns merged, what says nothing (null, empty lists, empty text, `thought: false`,
 * the role of an instruction, the model that the URL names) left out: bodies that mean the same are then equal.
 */
export function toNormalForm(body: JsonObject): JsonObject {
  const { model: _model, ...written } = camelCased(body) as Fields;
  const { generateContentRequest, contents, systemInstruction, tools, generationConfig, ...rest } = written;
  if (generateContentRequest !== undefined) return toNormalForm(generateContentRequest as JsonObject);
  const system = asList((systemInstruction as Fields | undefined)?.['parts']).filter((part) => part['text'] !== '');
  const toolList = asList(tools).map((tool) => (tool['functionDeclarations'] === undefined ? tool : withParameters(tool)));
  const config = toConfig((generationConfig ?? {}) as Fields);
  return {
    ...rest,
    ...(contents === undefined ? {} : { contents: mergeTurns(contents as Fields[]) }),
    ...(system.length === 0 ? {} : { systemInstruction: { parts: system } }),
    ...(toolList.length === 0 ? {} : { tools: toolList }),
    ...(Object.keys(config).length === 0 ? {} : { generationConfig: config }),
  };
}

function asList(value: JsonValue | undefined): Fields[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]) as Fields[];
}

function camelCased(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => camelCased(item));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value as JsonObject).filter(([name, item]) => item !== null && !(name === 'thought' && item === false));
  return Object.fromEntries(
    fields.map(([name, item]) => {
      const camel = name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
      if (OPAQUE.has(camel)) return [camel, item];
      return [camel, /schema$|^parameters$/i.test(camel) ? toSchema(item) : camelCased(item)];
    }),
  );
}

/** The wire has two languages for schemas and a name for each. */
function toSchema(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(toSchema);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value as JsonObject).filter(([name]) => name !== 'propertyOrdering' && name !== 'property_ordering');
  return Object.fromEntries(
    fields.map(([name, item]) => [name, name === 'type' && typeof item === 'string' ? item.toLowerCase() : toSchema(item)]),
  );
}

function withParameters(tool: Fields): Fields {
  const functionDeclarations = asList(tool['functionDeclarations']).map(({ parametersJsonSchema, ...declaration }) => ({
    ...declaration,
    ...(parametersJsonSchema === undefined ? {} : { parameters: parametersJsonSchema }),
  }));
  return { ...tool, functionDeclarations };
}

function toConfig({ responseSchema, responseJsonSchema, ...config }: Fields): Fields {
  const schema = responseSchema ?? responseJsonSchema;
  const thinking = config['thinkingConfig'] as Fields | undefined;
  const level = thinking?.['thinkingLevel'];
  return {
    ...config,
    ...(schema === undefined ? {} : { schema }),
    ...(level === undefined ? {} : { thinkingConfig: { ...thinking, thinkingLevel: (level as string).toLowerCase() } }),
  };
}

function mergeTurns(contents: readonly Fields[]): JsonValue {
  const turns: { role: JsonValue; parts: Fields[] }[] = [];
  for (const { role: written, parts: list } of contents) {
    const role = written ?? 'user';
    const parts = asList(list).filter(({ text, thoughtSignature }) => text !== '' || thoughtSignature !== undefined);
    const last = turns.at(-1);
    if (last?.role === role) last.parts.push(...parts);
    else turns.push({ role, parts });
  }
  // Results of functions stand before what else the user says: they answer the turn before.
  for (const turn of turns)
    turn.parts.sort((left, right) => Number(right['functionResponse'] !== undefined) - Number(left['functionResponse'] !== undefined));
  return turns;
}
