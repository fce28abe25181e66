import {
  ProviderError,
  type CompletionRequest,
  type ContentPart,
  type JsonObject,
  type JsonValue,
  type MediaSource,
  type Message,
  type ProviderCall,
  type ReasoningPart,
  type ResponseFormat,
  type ToolCall,
  type ToolDefinition,
} from '../../contract.ts';
import { objectOf } from '../../shared/json.ts';
import { adaptBody } from './openai.adapt.ts';
import { toReasoningDetail } from './openai.answer.ts';
import { toNativeRequest } from './openai.native.ts';
import { toReasoningRequest } from './openai.reasoning-request.ts';
import type { OpenAiCompatibleSettings } from './openai.settings.ts';

export interface OutgoingBody {
  readonly body: JsonObject;
  /** What the provider cannot do of what was asked. */
  readonly warnings: readonly string[];
}

type Settings = Pick<OpenAiCompatibleSettings, 'displayName' | 'wire'>;

/**
 * The body of a call. A body of the same dialect is the caller's own with `model` replaced and the stream switches set; parameters we
 * do not know pass through. Anything else is translated from the neutral form.
 */
export function toChatBody(settings: Settings, call: ProviderCall, isStream: boolean): OutgoingBody {
  const isVerbatim = call.wire !== null && call.wire.dialect === 'openai';
  const { body, warnings } = isVerbatim ? { body: call.wire.body, warnings: [] } : translate(settings, call.request(), call.model);
  const { stream: _stream, stream_options: streamOptions, ...rest } = body;
  const common: JsonObject = { ...adaptBody(settings, rest, warnings), model: call.model };
  if (!isStream) return { body: common, warnings };
  if (settings.wire.streamUsage === 'always') {
    // Where the option is refused, what it asks for comes anyway.
    const isRefused = settings.wire.unsupportedParameters?.includes('stream_options') === true;
    return {
      body: { ...common, stream: true, ...(streamOptions == null || isRefused ? {} : { stream_options: streamOptions }) },
      warnings,
    };
  }
  return { body: { ...common, stream: true, stream_options: { ...objectOf(streamOptions), include_usage: true } }, warnings };
}

function translate(settings: Settings, asked: CompletionRequest, model: string): { body: JsonObject; warnings: string[] } {
  const { request, warnings } = toNativeRequest(asked, settings, model);
  const body: Record<string, JsonValue | undefined> = {
    ...request.extra,
    messages: request.messages.map((message) => toMessage(settings, message, model, warnings)),
    tools: toTools(request),
    tool_choice: toToolChoice(request),
    parallel_tool_calls: request.parallelToolCalls,
    response_format: request.responseFormat === undefined ? request.extra?.['response_format'] : toResponseFormat(request.responseFormat),
    [settings.wire.maxOutputTokensName]: request.maxOutputTokens,
    temperature: request.temperature,
    top_p: request.topP,
    top_k: request.topK,
    frequency_penalty: request.frequencyPenalty,
    presence_penalty: request.presencePenalty,
    stop: request.stop,
    seed: request.seed,
    n: request.choiceCount,
    logprobs: request.logprobs === undefined ? undefined : true,
    top_logprobs: request.logprobs === undefined || request.logprobs.topCount === 0 ? undefined : request.logprobs.topCount,
    ...toReasoningRequest(settings, request, warnings),
    user: request.endUserId,
  };
  for (const name in body) if (body[name] === undefined) delete body[name];
  return { body: body as JsonObject, warnings };
}

function toMessage(settings: Settings, message: Message, model: string, warnings: string[]): JsonObject {
  if (message.role === 'tool') return toToolMessage(settings, message, warnings);
  const name = message.name === undefined ? {} : { name: message.name };
  if (message.role !== 'assistant') return { role: message.role, content: toContent(settings, message.content), ...name, ...message.extra };
  return {
    role: 'assistant',
    content: message.content.length === 0 ? null : toContent(settings, message.content),
    ...(message.refusal === undefined ? {} : { refusal: message.refusal }),
    ...name,
    ...toReasoning(settings, message, model, warnings),
    ...(message.toolCalls === undefined || message.toolCalls.length === 0 ? {} : { tool_calls: message.toolCalls.map(toToolCall) }),
    ...message.extra,
  };
}

function toToolMessage(settings: Settings, message: Extract<Message, { role: 'tool' }>, warnings: string[]): JsonObject {
  if (message.isError === true)
    warnOnce(warnings, `${settings.displayName} has no mark for a failed tool; its result was sent as an ordinary one.`);
  const content = toContent(settings, message.content);
  // The form before tools: a result is tied to its call by the function's name.
  if (message.extra?.['role'] === 'function') return { content, ...message.extra };
  return { role: 'tool', tool_call_id: message.toolCallId, content, ...message.extra };
}

function toReasoning(settings: Settings, message: Extract<Message, { role: 'assistant' }>, model: string, warnings: string[]): JsonObject {
  const { reasoning = [] } = message;
  const text = reasoning.map((part) => part.text).join('');
  // It came in a form of this dialect that goes back as it is.
  if (message.extra?.['reasoning_details'] !== undefined || message.extra?.['content'] !== undefined) return {};
  const details = toDetails(settings, reasoning, model);
  if (text === '') return details;
  if (settings.wire.reasoningField !== null) return { [settings.wire.reasoningField]: text, ...details };
  warnOnce(warnings, `${settings.displayName} does not take earlier reasoning back; it was left out.`);
  return {};
}

/** Signed and closed reasoning goes back as it came, or its vendor refuses the turn; empty where the provider takes none, or none is signed. */
function toDetails({ wire }: Settings, reasoning: readonly ReasoningPart[], model: string): JsonObject {
  const formats = wire.reasoningDetailFormats;
  if (formats === undefined || reasoning.every((part) => part.signature === undefined && part.redactedData === undefined)) return {};
  const found = Object.entries(formats).find(([beginning]) => model.startsWith(beginning));
  const format = found === undefined ? {} : { format: found[1] };
  return { reasoning_details: reasoning.map((part, index) => ({ ...toReasoningDetail(part, index), ...format })) };
}

function warnOnce(warnings: string[], warning: string): void {
  if (!warnings.includes(warning)) warnings.push(warning);
}

/** One plain text goes as a string: every server of this wire takes that, and not every one takes a list. */
function toContent(settings: Settings, parts: readonly ContentPart[]): JsonValue {
  const [first] = parts;
  if (first === undefined) return '';
  if (parts.length === 1 && first.type === 'text' && first.extra === undefined) return first.text;
  return parts.map((part) => toContentPart(settings, part));
}

function toContentPart(settings: Settings, part: ContentPart): JsonObject {
  switch (part.type) {
    case 'text':
      return { type: 'text', text: part.text, ...part.extra };
    case 'image':
      return {
        type: 'image_url',
        image_url: { url: toImageUrl(settings, part.source), ...(part.detail === undefined ? {} : { detail: part.detail }) },
        ...part.extra,
      };
    case 'audio':
      return { type: 'input_audio', input_audio: { data: part.data, format: part.format }, ...part.extra };
    case 'document':
      return toDocumentPart(settings, part);
  }
}

function toImageUrl(settings: Settings, source: MediaSource): string {
  if (source.kind === 'url') return source.url;
  if (source.kind === 'data') return `data:${source.mediaType};base64,${source.data}`;
  throw cannotSend(settings, `an image given as ${source.kind === 'file' ? 'a file id' : 'text'}`, 'a URL or data');
}

function toDocumentPart(settings: Settings, part: Extract<ContentPart, { type: 'document' }>): JsonObject {
  const { source } = part;
  const filename = part.name === undefined ? {} : { filename: part.name };
  switch (source.kind) {
    case 'data':
      return { type: 'file', file: { ...filename, file_data: `data:${source.mediaType};base64,${source.data}` }, ...part.extra };
    case 'file':
      return { type: 'file', file: { ...filename, file_id: source.fileId }, ...part.extra };
    case 'text':
      return { type: 'text', text: source.text, ...part.extra };
    case 'url':
      throw cannotSend(settings, 'a document given as a URL', 'data, a file id or text');
  }
}

function cannotSend(settings: Settings, what: string, instead: string): ProviderError {
  const message = `${settings.displayName} does not take ${what}: send ${instead} instead.`;
  return new ProviderError('invalid', message, { callerMessage: message, param: 'messages' });
}

/** A server parses arguments as JSON, so no arguments become an empty object. */
function toToolCall(call: ToolCall): JsonObject {
  if (call.extra?.['type'] === 'custom') return { id: call.id, ...call.extra };
  // Snowflake answers with an empty one beside every function; nobody takes both.
  const { custom: _custom, ...extra } = call.extra ?? {};
  return {
    id: call.id,
    type: 'function',
    function: { name: call.name, arguments: call.argumentsText === '' ? '{}' : call.argumentsText },
    ...extra,
  };
}

function toTools(request: CompletionRequest): JsonValue | undefined {
  const others = request.extra?.['tools'];
  if (request.tools === undefined) return others;
  const functions = request.tools.map(toTool);
  return Array.isArray(others) ? [...functions, ...(others as readonly JsonValue[])] : functions;
}

function toTool(tool: ToolDefinition): JsonObject {
  const { function: functionExtra, ...extra } = tool.extra ?? {};
  return {
    type: 'function',
    function: {
      name: tool.name,
      ...(tool.description === undefined ? {} : { description: tool.description }),
      ...(tool.parameters === undefined ? {} : { parameters: tool.parameters }),
      ...(tool.strict === undefined ? {} : { strict: tool.strict }),
      ...objectOf(functionExtra),
    },
    ...extra,
  };
}

function toToolChoice(request: CompletionRequest): JsonValue | undefined {
  const choice = request.toolChoice;
  if (choice === undefined) return request.extra?.['tool_choice'];
  return choice.mode === 'tool' ? { type: 'function', function: { name: choice.name } } : choice.mode;
}

function toResponseFormat(format: ResponseFormat): JsonObject {
  if (format.type === 'text') return { type: 'text' };
  if (format.type === 'json-object') return { type: 'json_object' };
  return {
    type: 'json_schema',
    json_schema: {
      name: format.name,
      ...(format.description === undefined ? {} : { description: format.description }),
      schema: format.schema,
      ...(format.strict === undefined ? {} : { strict: format.strict }),
    },
  };
}
