import type {
  CompletionOptionsInput,
  ContentPartInput,
  MediaSourceInput,
  MessageContentInput,
  MessageInput,
  ReasoningPartInput,
  ResponseFormatInput,
  ToolCallInput,
  ToolChoiceInput,
  ToolInput,
} from '../../../generated/schema.ts';
import type {
  CompletionRequest,
  ContentPart,
  JsonObject,
  MediaSource,
  Message,
  ReasoningPart,
  ResponseFormat,
  ToolCall,
  ToolChoice,
  ToolDefinition,
} from '../../../modules/providers/index.ts';
import type { CompletionInputFields } from './completion-input.policy.ts';

type Optional<T> = { [Key in keyof T]?: Exclude<T[Key], null | undefined> };

/** Without the members that are null or undefined: to leave out and to send null are the same in our schema. */
function present<T extends object>(members: T): Optional<T> {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(members)) if (value !== null && value !== undefined) kept[key] = value;
  return kept as Optional<T>;
}

/** What the caller asked for in the neutral form of the providers. The input has been checked. */
export function toCompletionRequest(input: CompletionInputFields): CompletionRequest {
  return {
    messages: input.messages.map(toMessage),
    ...present({
      tools: input.tools?.map(toTool),
      toolChoice: input.toolChoice == null ? null : toToolChoice(input.toolChoice),
      parallelToolCalls: input.isParallelToolCallsAllowed,
      responseFormat: input.responseFormat == null ? null : toResponseFormat(input.responseFormat),
    }),
    ...(input.options == null ? {} : toOptions(input.options)),
  };
}

function toOptions(options: CompletionOptionsInput): Omit<CompletionRequest, 'messages'> {
  const { reasoningEffort, reasoningBudgetTokens, topLogprobs } = options;
  const reasoning = present({ effort: reasoningEffort == null ? null : lowerCase(reasoningEffort), budgetTokens: reasoningBudgetTokens });
  return present({
    maxOutputTokens: options.maxOutputTokens,
    temperature: options.temperature,
    topP: options.topP,
    topK: options.topK,
    frequencyPenalty: options.frequencyPenalty,
    presencePenalty: options.presencePenalty,
    stop: options.stop,
    seed: options.seed,
    choiceCount: options.choiceCount,
    logprobs: topLogprobs == null ? null : { topCount: topLogprobs },
    reasoning: Object.keys(reasoning).length === 0 ? null : reasoning,
    endUserId: options.endUserId,
    extra: options.providerOptions as JsonObject | null | undefined,
  });
}

function toMessage(message: MessageInput): Message {
  if (message.user !== undefined)
    return { role: 'user', content: toContent(message.user.content), ...present({ name: message.user.name }) };
  if (message.system !== undefined)
    return { role: 'system', content: toContent(message.system.content), ...present({ name: message.system.name }) };
  if (message.developer !== undefined)
    return { role: 'developer', content: toContent(message.developer.content), ...present({ name: message.developer.name }) };
  if (message.tool !== undefined) {
    const { toolCallId, content, isError } = message.tool;
    return { role: 'tool', toolCallId, content: toContent(content), ...present({ isError }) };
  }
  const { content, toolCalls, reasoning, refusal } = message.assistant;
  return {
    role: 'assistant',
    content: content == null ? [] : toContent(content),
    ...present({ toolCalls: toolCalls?.map(toToolCall), reasoning: reasoning?.map(toReasoningPart), refusal }),
  };
}

function toContent(content: MessageContentInput): readonly ContentPart[] {
  return content.text === undefined ? content.parts.map(toPart) : [{ type: 'text', text: content.text }];
}

function toPart(part: ContentPartInput): ContentPart {
  if (part.text !== undefined)
    return { type: 'text', text: part.text.text, ...present({ extra: part.text.providerOptions as JsonObject | null | undefined }) };
  if (part.image !== undefined) {
    const { source, detail } = part.image;
    return { type: 'image', source: toSource(source), ...present({ detail: detail == null ? null : lowerCase(detail) }) };
  }
  if (part.document !== undefined)
    return { type: 'document', source: toSource(part.document.source), ...present({ name: part.document.name }) };
  return { type: 'audio', data: part.audio.data, format: part.audio.format };
}

function toSource(source: MediaSourceInput): MediaSource {
  if (source.url !== undefined) return { kind: 'url', url: source.url };
  if (source.fileId !== undefined) return { kind: 'file', fileId: source.fileId };
  return { kind: 'data', mediaType: source.data.mediaType, data: source.data.data };
}

function toToolCall({ id, name, argumentsText }: ToolCallInput): ToolCall {
  return { id, name, argumentsText };
}

function toReasoningPart({ text, signature, redactedData }: ReasoningPartInput): ReasoningPart {
  return { text, ...present({ signature, redactedData }) };
}

function toTool({ name, description, parameters, isStrict }: ToolInput): ToolDefinition {
  return { name, ...present({ description, parameters: parameters as JsonObject | null | undefined, strict: isStrict }) };
}

function toToolChoice(choice: ToolChoiceInput): ToolChoice {
  return choice.tool === undefined ? { mode: lowerCase(choice.mode) } : { mode: 'tool', name: choice.tool };
}

function toResponseFormat(format: ResponseFormatInput): ResponseFormat {
  if (format.jsonSchema === undefined) return { type: format.jsonObject ? 'json-object' : 'text' };
  const { name, schema, description, isStrict } = format.jsonSchema;
  return { type: 'json-schema', name, schema: schema as JsonObject, ...present({ description, strict: isStrict }) };
}

function lowerCase<Word extends string>(word: Word): Lowercase<Word> {
  return word.toLowerCase() as Lowercase<Word>;
}
