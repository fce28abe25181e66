/** A neutral request as this wire can say it: what belongs to another vendor's wire alone is taken out, each kind with a warning. */
import { hash } from 'node:crypto';
import type { CompletionRequest, ContentPart, JsonObject, JsonValue, Message, ToolCall, ToolDefinition } from '../../contract.ts';
import { isEmpty, objectOf, stringOf } from '../../shared/json.ts';
import { isRestated } from '../../shared/restated-fields.ts';
import type { OpenAiCompatibleSettings } from './openai.settings.ts';

type Settings = Pick<OpenAiCompatibleSettings, 'displayName' | 'wire'>;

const MAX_END_USER_ID_CHARS = 64;
/** Parameters that are meant for one vendor only: those named after it, and Ollama's. */
const VENDOR_PARAMETERS = new Set(['anthropic', 'anthropic_beta', 'gemini', 'options', 'keep_alive', 'template', 'raw']);
/** Parameters that only the Responses API knows, each by its own name. */
const RESPONSES_PARAMETERS = 'openai_responses';
const CACHE_MARK = 'cache_control';
/** Where Google's own server of this wire puts the signatures of Gemini's tool calls. */
const CALL_SIGNATURES = 'extra_content';
/** Fields of Anthropic's and Gemini's wires and of the Responses API by the place where they stand; servers of this wire refuse bodies that hold them. */
const MESSAGE_FIELDS = new Set([
  CACHE_MARK,
  'content_blocks',
  'content_parts',
  'output_items',
  'stop_sequence',
  'stop_details',
  'container',
  'context_management',
]);
const PART_FIELDS = new Set([CACHE_MARK, 'citations', 'context', 'mimeType', 'videoMetadata', 'mediaResolution', 'partMetadata']);
const TOOL_CALL_FIELDS = new Set([CACHE_MARK, 'caller', CALL_SIGNATURES]);
const TOOL_FIELDS = new Set([
  CACHE_MARK,
  'defer_loading',
  'allowed_callers',
  'input_examples',
  'eager_input_streaming',
  'behavior',
  'response',
  'responseJsonSchema',
]);
/** Types of tools that callers run themselves; any other is run by the vendor who named it. */
const OWN_TOOL_TYPES: ReadonlySet<string | null> = new Set([null, 'function', 'custom']);

/** The request without what servers of this wire refuse, of `model` in particular. */
export function toNativeRequest(
  request: CompletionRequest,
  settings: Settings,
  model = '',
): { request: CompletionRequest; warnings: string[] } {
  const filter = new ForeignFilter(settings);
  const tools = request.tools?.flatMap((tool) => filter.tool(tool));
  const { extra, tools: _tools, endUserId, reasoning, ...rest } = request;
  const native: CompletionRequest = {
    ...rest,
    messages: moveToolMedia(
      request.messages.map((message) => filter.message(message)),
      filter,
    ),
    ...(tools === undefined || tools.length === 0 ? {} : { tools }),
    ...toReasoning(reasoning, model, settings, filter),
    ...(endUserId === undefined ? {} : { endUserId: toShortId(endUserId, filter) }),
    ...filter.extra(filter.withoutResponsesOnly(extra), VENDOR_PARAMETERS),
  };
  return { request: native, warnings: filter.warnings };
}

/** "Unrecognized request argument supplied: reasoning_effort": agents ask for it whatever the model. */
function toReasoning(
  reasoning: CompletionRequest['reasoning'],
  model: string,
  { wire }: Settings,
  filter: ForeignFilter,
): Pick<CompletionRequest, 'reasoning'> {
  if (reasoning === undefined) return {};
  if (wire.modelsWithoutReasoning?.some((beginning) => model.startsWith(beginning)) !== true) return { reasoning };
  if (reasoning.effort !== 'none') filter.warn(`has no reasoning on ${model}; what was asked of it was left out.`);
  return {};
}

/** "Invalid 'user': string too long. Expected a string with maximum length 64": agents of other wires write longer ones. */
function toShortId(endUserId: string, filter: ForeignFilter): string {
  if (endUserId.length <= MAX_END_USER_ID_CHARS) return endUserId;
  filter.warn(`takes ids of end users of ${MAX_END_USER_ID_CHARS} characters; the SHA-256 of this one was sent.`);
  return hash('sha256', endUserId);
}

class ForeignFilter {
  readonly warnings: string[] = [];
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  warn(what: string): void {
    const warning = `${this.#settings.displayName} ${what}`;
    if (!this.warnings.includes(warning)) this.warnings.push(warning);
  }

  extra(extra: JsonObject | undefined, foreign: ReadonlySet<string>): { readonly extra?: JsonObject } {
    if (extra === undefined) return {};
    const kept: Record<string, JsonValue> = {};
    for (const name in extra) {
      if (!foreign.has(name) || this.#isTaken(name)) kept[name] = extra[name] as JsonValue;
      else if (extra[name] !== null && !isRestated(name, extra[name] as JsonValue))
        this.warn(`has no counterpart of '${name}'; it was left out.`);
    }
    return isEmpty(kept) ? {} : { extra: kept };
  }

  /** What is foreign to most servers of this wire and known to be taken by this one. */
  #isTaken(name: string): boolean {
    const { takesCacheMarks, takesCallSignatures } = this.#settings.wire;
    return (name === CACHE_MARK && takesCacheMarks === true) || (name === CALL_SIGNATURES && takesCallSignatures === true);
  }

  withoutResponsesOnly(extra: JsonObject | undefined): JsonObject | undefined {
    const { [RESPONSES_PARAMETERS]: own, ...rest } = extra ?? {};
    if (own === undefined) return extra;
    for (const name in objectOf(own)) this.warn(`has no counterpart of '${name}' of the Responses API; it was left out.`);
    return rest;
  }

  message(message: Message): Message {
    const { extra, content, ...rest } = message;
    const calls = message.role === 'assistant' ? message.toolCalls : undefined;
    return {
      ...rest,
      content: content.map((part) => this.#part(part)),
      ...(calls === undefined ? {} : { toolCalls: calls.map((call) => this.#toolCall(call)) }),
      ...this.extra(extra, MESSAGE_FIELDS),
    };
  }

  tool(tool: ToolDefinition): readonly ToolDefinition[] {
    const { extra, ...rest } = tool;
    if (!OWN_TOOL_TYPES.has(stringOf(extra?.['type']))) {
      this.warn(`does not run the tool '${tool.name}'; it was left out.`);
      return [];
    }
    return [{ ...rest, ...this.extra(extra, TOOL_FIELDS) }];
  }

  #part(part: ContentPart): ContentPart {
    if (part.extra === undefined) return part;
    const { extra, ...rest } = part;
    return { ...rest, ...this.extra(extra, PART_FIELDS) };
  }

  #toolCall(call: ToolCall): ToolCall {
    if (call.extra === undefined) return call;
    const { extra, ...rest } = call;
    return { ...rest, ...this.extra(extra, TOOL_CALL_FIELDS) };
  }
}

/** Results of tools are text on this wire: their images and documents follow in a message of the user, after the last result of the turn. */
function moveToolMedia(messages: readonly Message[], filter: ForeignFilter): readonly Message[] {
  if (!messages.some((message) => message.role === 'tool' && message.content.some(isMedia))) return messages;
  filter.warn('takes text only as the result of a tool; images and documents were sent in a message after it.');
  const moved: Message[] = [];
  let media: ContentPart[] = [];
  const flush = (): void => {
    if (media.length > 0) moved.push({ role: 'user', content: media });
    media = [];
  };
  for (const message of messages) {
    if (message.role !== 'tool') {
      flush();
      moved.push(message);
      continue;
    }
    const found = message.content.filter(isMedia);
    if (found.length > 0) media.push({ type: 'text', text: `Result of the tool call ${message.toolCallId}:` }, ...found);
    moved.push(found.length === 0 ? message : { ...message, content: message.content.filter((part) => !isMedia(part)) });
  }
  flush();
  return moved;
}

function isMedia(part: ContentPart): boolean {
  return part.type !== 'text' && !(part.type === 'document' && part.source.kind === 'text');
}
