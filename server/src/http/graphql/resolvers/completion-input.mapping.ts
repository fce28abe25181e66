import type * as M from '../../../generated/schema.ts';
import { AntiphonError } from '../../../kernel/errors/index.ts';
import type {
  CompletionRequest,
  ContentPart,
  JsonObject,
  MediaSource,
  Message,
  ResponseFormat,
  ToolChoice,
  ToolDefinition,
} from '../../../modules/providers/index.ts';

type CompletionInput = M.CompletionCreateInput | M.CompletionStreamInput;

const MAX_MESSAGES = 10_000;
const MAX_PARTS = 1000;
const MAX_TOOLS = 512;
const MAX_STOPS = 16;

/** Throws INVALID_INPUT with the path of the value, counted from the mutation's argument. */
export function refuse(path: readonly (string | number)[], message: string): never {
  throw new AntiphonError('INVALID_INPUT', message, { path: ['input', ...path.map(String)], param: path.join('.') });
}

/** The neutral request of an input. Bounds that the schema's descriptions name are checked here. */
export function toCompletionRequest(input: CompletionInput): CompletionRequest {
  const { options } = input;
  return withoutNulls({
    messages: toMessages(input.messages),
    tools: input.tools == null ? undefined : toTools(input.tools),
    toolChoice: input.toolChoice == null ? undefined : toToolChoice(input.toolChoice),
    parallelToolCalls: input.isParallelToolCallsAllowed,
    responseFormat: input.responseFormat == null ? undefined : toResponseFormat(input.responseFormat),
    ...(options == null ? {} : toOptions(options)),
  }) as unknown as CompletionRequest;
}

/** Throws INVALID_INPUT for what the pipeline relies on; the rest is checked when the request is made. */
export function checkBounds(input: CompletionInput): void {
  if (input.model === '' || input.model.length > 512) refuse(['model'], 'The name of a model has 1 to 512 characters.');
  if (input.messages.length === 0 || input.messages.length > MAX_MESSAGES) refuse(['messages'], `Send 1 to ${MAX_MESSAGES} messages.`);
  const { options } = input;
  if (options != null) {
    between(['options', 'maxOutputTokens'], options.maxOutputTokens, 1, Number.MAX_SAFE_INTEGER);
    between(['options', 'choiceCount'], options.choiceCount, 1, 128);
  }
  between(['deadlineMs'], input.deadlineMs, 1, Number.MAX_SAFE_INTEGER);
}

function between(path: readonly string[], value: number | null | undefined, low: number, high: number): void {
  if (value != null && (value < low || value > high))
    refuse(path, high === Number.MAX_SAFE_INTEGER ? `It must be ${low} or more.` : `It must be from ${low} to ${high}.`);
}

function toMessages(messages: readonly M.MessageInput[]): Message[] {
  return messages.map((message, index): Message => {
    const path = ['messages', index];
    if (message.system != null) return { role: 'system', ...toAuthored(message.system, [...path, 'system']) };
    if (message.developer != null) return { role: 'developer', ...toAuthored(message.developer, [...path, 'developer']) };
    if (message.user != null) return { role: 'user', ...toAuthored(message.user, [...path, 'user']) };
    if (message.tool != null) {
      const { toolCallId, content, isError } = message.tool;
      return {
        role: 'tool',
        toolCallId,
        content: toContent(content, [...path, 'tool', 'content']),
        ...(isError == null ? {} : { isError }),
      };
    }
    return toAssistant(message.assistant as M.AssistantMessageInput, [...path, 'assistant']);
  });
}

type Path = readonly (string | number)[];

function toAuthored({ content, name }: M.UserMessageInput | M.SystemMessageInput, path: Path): { content: ContentPart[]; name?: string } {
  return { content: toContent(content, [...path, 'content']), ...(name == null ? {} : { name }) };
}

function toAssistant(message: M.AssistantMessageInput, path: Path): Message {
  const { content, toolCalls, reasoning, refusal } = message;
  return {
    role: 'assistant',
    content: content == null ? [] : toContent(content, [...path, 'content']),
    ...(toolCalls == null ? {} : { toolCalls: toolCalls.map(({ id, name, argumentsText }) => ({ id, name, argumentsText })) }),
    ...(reasoning == null
      ? {}
      : {
          reasoning: reasoning.map(({ text, signature, redactedData }) => ({
            text,
            ...(signature == null ? {} : { signature }),
            ...(redactedData == null ? {} : { redactedData }),
          })),
        }),
    ...(refusal == null ? {} : { refusal }),
  };
}

function toContent(content: M.MessageContentInput, path: Path): ContentPart[] {
  if (content.text != null) return [{ type: 'text', text: content.text }];
  const parts = content.parts ?? [];
  if (parts.length === 0 || parts.length > MAX_PARTS) refuse([...path, 'parts'], `Send 1 to ${MAX_PARTS} parts.`);
  return parts.map((part, index): ContentPart => {
    if (part.text != null) {
      const extra = part.text.providerOptions;
      return {
        type: 'text',
        text: part.text.text,
        ...(extra == null ? {} : { extra: toJsonObject(extra, [...path, 'parts', index, 'text', 'providerOptions']) }),
      };
    }
    if (part.image != null)
      return {
        type: 'image',
        source: toSource(part.image.source),
        ...(part.image.detail == null ? {} : { detail: part.image.detail.toLowerCase() as 'auto' | 'low' | 'high' }),
      };
    if (part.document != null)
      return {
        type: 'document',
        source: toSource(part.document.source),
        ...(part.document.name == null ? {} : { name: part.document.name }),
      };
    const audio = part.audio as M.AudioPartInput;
    return { type: 'audio', data: audio.data, format: audio.format };
  });
}

function toSource(source: M.MediaSourceInput): MediaSource {
  if (source.url != null) return { kind: 'url', url: source.url };
  if (source.fileId != null) return { kind: 'file', fileId: source.fileId };
  const { mediaType, data } = source.data as M.MediaDataInput;
  return { kind: 'data', mediaType, data };
}

function toTools(tools: readonly M.ToolInput[]): ToolDefinition[] {
  if (tools.length > MAX_TOOLS) refuse(['tools'], `There can be at most ${MAX_TOOLS} tools.`);
  return tools.map((tool, index): ToolDefinition => {
    if (tool.name === '' || tool.name.length > 128) refuse(['tools', index, 'name'], 'The name of a tool has 1 to 128 characters.');
    return {
      name: tool.name,
      ...(tool.description == null ? {} : { description: tool.description }),
      ...(tool.parameters == null ? {} : { parameters: toJsonObject(tool.parameters, ['tools', index, 'parameters']) }),
      ...(tool.isStrict == null ? {} : { strict: tool.isStrict }),
    };
  });
}

function toToolChoice(choice: M.ToolChoiceInput): ToolChoice {
  if (choice.tool != null) return { mode: 'tool', name: choice.tool };
  return { mode: (choice.mode as string).toLowerCase() as 'auto' | 'none' | 'required' };
}

function toResponseFormat(format: M.ResponseFormatInput): ResponseFormat {
  if (format.jsonSchema == null) return { type: format.jsonObject === true ? 'json-object' : 'text' };
  const { name, schema, description, isStrict } = format.jsonSchema;
  if (!/^[\w-]{1,64}$/.test(name)) refuse(['responseFormat', 'jsonSchema', 'name'], 'The name has 1 to 64 letters, digits, "_" or "-".');
  return {
    type: 'json-schema',
    name,
    schema: toJsonObject(schema, ['responseFormat', 'jsonSchema', 'schema']),
    ...(description == null ? {} : { description }),
    ...(isStrict == null ? {} : { strict: isStrict }),
  };
}

function toOptions(options: M.CompletionOptionsInput): Record<string, unknown> {
  between(['options', 'temperature'], options.temperature, 0, 2);
  between(['options', 'topP'], options.topP, 0, 1);
  between(['options', 'frequencyPenalty'], options.frequencyPenalty, -2, 2);
  between(['options', 'presencePenalty'], options.presencePenalty, -2, 2);
  between(['options', 'topLogprobs'], options.topLogprobs, 0, 20);
  if (options.stop != null && options.stop.length > MAX_STOPS) refuse(['options', 'stop'], `There can be at most ${MAX_STOPS} stop texts.`);
  const hasReasoning = options.reasoningEffort != null || options.reasoningBudgetTokens != null;
  return {
    maxOutputTokens: options.maxOutputTokens,
    temperature: options.temperature,
    topP: options.topP,
    topK: options.topK,
    frequencyPenalty: options.frequencyPenalty,
    presencePenalty: options.presencePenalty,
    stop: options.stop,
    seed: options.seed,
    choiceCount: options.choiceCount,
    logprobs: options.topLogprobs == null ? undefined : { topCount: options.topLogprobs },
    reasoning: hasReasoning
      ? withoutNulls({ effort: options.reasoningEffort?.toLowerCase(), budgetTokens: options.reasoningBudgetTokens })
      : undefined,
    endUserId: options.endUserId,
    extra: options.providerOptions == null ? undefined : toJsonObject(options.providerOptions, ['options', 'providerOptions']),
  };
}

function toJsonObject(value: unknown, path: Path): JsonObject {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) refuse(path, 'It must be a JSON object.');
  return value as JsonObject;
}

/** GraphQL inputs say null for "not given"; the neutral form leaves the field out. */
function withoutNulls(fields: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name in fields) if (fields[name] != null) kept[name] = fields[name];
  return kept;
}
