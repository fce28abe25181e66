import type {
  AssistantMessageInput,
  CompletionCreateInput,
  CompletionOptionsInput,
  ContentPartInput,
  MessageContentInput,
  MessageInput,
  ResponseFormatInput,
  ToolInput,
} from '../../../generated/schema.ts';
import { AntiphonError } from '../../../kernel/errors/index.ts';

/** What a completion and a stream have in common. */
export type CompletionInputFields = Omit<CompletionCreateInput, 'idempotencyKey'>;

type Path = readonly (string | number)[];

const MAX_MODEL_LENGTH = 512;
const MAX_MESSAGES = 10_000;
const MAX_TOOLS = 512;
const MAX_TOOL_NAME_LENGTH = 128;
const MAX_TOOL_CALLS = 512;
const MAX_REASONING_PARTS = 512;
const MAX_CONTENT_PARTS = 1000;
const MAX_STOPS = 16;
const SCHEMA_NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** Bounds of numbers in `options`, as the SDL's descriptions name them. */
const OPTION_BOUNDS = {
  maxOutputTokens: [1, Infinity],
  temperature: [0, 2],
  topP: [0, 1],
  topK: [1, Infinity],
  frequencyPenalty: [-2, 2],
  presencePenalty: [-2, 2],
  choiceCount: [1, 128],
  topLogprobs: [0, 20],
  reasoningBudgetTokens: [0, Infinity],
} as const satisfies Partial<Record<keyof CompletionOptionsInput, readonly [number, number]>>;
const BOUNDED_OPTIONS = Object.entries(OPTION_BOUNDS) as [keyof typeof OPTION_BOUNDS, readonly [number, number]][];

/** Holds the input to the bounds that the schema names but cannot express. Throws INVALID_INPUT with the path of what breaks one. */
export function checkCompletionInput(input: CompletionInputFields): void {
  checkModel(input.model);
  requireLength(input.messages, 1, MAX_MESSAGES, ['messages'], 'messages');
  input.messages.forEach(checkMessage);
  if (input.tools != null) checkTools(input.tools);
  if (input.responseFormat != null) checkResponseFormat(input.responseFormat);
  if (input.options != null) checkOptions(input.options);
  if (input.deadlineMs != null && input.deadlineMs < 1) refuse(['deadlineMs'], 'A deadline is at least 1 millisecond.');
}

export function checkModel(model: string): void {
  if (model === '') refuse(['model'], 'Write the name of a model, such as "local/echo".');
  if (model.length > MAX_MODEL_LENGTH) refuse(['model'], `The name of the model is longer than ${MAX_MODEL_LENGTH} characters.`);
}

function checkMessage(message: MessageInput, index: number): void {
  const path = ['messages', index];
  if (message.assistant !== undefined) checkAssistant(message.assistant, [...path, 'assistant']);
  else if (message.user !== undefined) checkContent(message.user.content, [...path, 'user', 'content']);
  else if (message.system !== undefined) checkContent(message.system.content, [...path, 'system', 'content']);
  else if (message.developer !== undefined) checkContent(message.developer.content, [...path, 'developer', 'content']);
  else checkContent(message.tool.content, [...path, 'tool', 'content']);
}

function checkAssistant({ content, toolCalls, reasoning }: AssistantMessageInput, path: Path): void {
  if (content != null) checkContent(content, [...path, 'content']);
  if (toolCalls != null) requireLength(toolCalls, 0, MAX_TOOL_CALLS, [...path, 'toolCalls'], 'tool calls');
  if (reasoning != null) requireLength(reasoning, 0, MAX_REASONING_PARTS, [...path, 'reasoning'], 'parts');
}

function checkContent({ parts }: MessageContentInput, path: Path): void {
  if (parts === undefined) return;
  requireLength(parts, 1, MAX_CONTENT_PARTS, [...path, 'parts'], 'parts');
  parts.forEach((part, index) => checkPart(part, [...path, 'parts', index]));
}

function checkPart({ text }: ContentPartInput, path: Path): void {
  if (text?.providerOptions != null) requireObject(text.providerOptions, [...path, 'text', 'providerOptions']);
}

function checkTools(tools: readonly ToolInput[]): void {
  requireLength(tools, 0, MAX_TOOLS, ['tools'], 'tools');
  tools.forEach(({ name, parameters }, index) => {
    if (name === '' || name.length > MAX_TOOL_NAME_LENGTH)
      refuse(['tools', index, 'name'], `The name of a tool has 1 to ${MAX_TOOL_NAME_LENGTH} characters.`);
    if (parameters != null) requireObject(parameters, ['tools', index, 'parameters']);
  });
}

function checkResponseFormat({ jsonSchema }: ResponseFormatInput): void {
  if (jsonSchema === undefined) return;
  const path = ['responseFormat', 'jsonSchema'];
  if (!SCHEMA_NAME.test(jsonSchema.name)) refuse([...path, 'name'], 'The name of a schema has 1 to 64 letters, digits, "_" or "-".');
  requireObject(jsonSchema.schema, [...path, 'schema']);
}

function checkOptions(options: CompletionOptionsInput): void {
  for (const [name, [least, most]] of BOUNDED_OPTIONS) {
    const value = options[name];
    if (value != null && (value < least || value > most))
      refuse(['options', name], most === Infinity ? `${name} is at least ${least}.` : `${name} is between ${least} and ${most}.`);
  }
  if (options.stop != null) requireLength(options.stop, 0, MAX_STOPS, ['options', 'stop'], 'texts');
  if (options.providerOptions != null) requireObject(options.providerOptions, ['options', 'providerOptions']);
}

export function requireLength(list: readonly unknown[], least: number, most: number, path: Path, noun: string): void {
  if (list.length < least || list.length > most) refuse(path, `Send ${least} to ${most} ${noun}; these are ${list.length}.`);
}

export function requireObject(value: unknown, path: Path): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(path, 'This must be a JSON object.');
}

/** Throws INVALID_INPUT; `path` begins within the input. */
export function refuse(path: Path, message: string): never {
  throw new AntiphonError('INVALID_INPUT', message, { path: ['input', ...path.map(String)] });
}
