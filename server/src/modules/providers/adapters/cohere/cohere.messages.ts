/** A completion as asked -> the body of `POST /v2/chat`. */
import type { CompletionRequest, JsonObject, JsonValue, ResponseFormat, ToolDefinition } from '../../contract.ts';
import { arrayOf, objectOf } from '../../shared/json.ts';
import { Warnings } from '../../shared/warnings.ts';
import { toMessages } from './cohere.content.ts';

export interface ChatBody {
  readonly body: JsonObject;
  readonly warnings: readonly string[];
}

/** Parameters of the vendor without a neutral name; they pass as they are. */
const VENDOR_PARAMETERS = new Set(['citation_options', 'safety_mode', 'thinking', 'priority', 'strict_tools', 'raw_prompting']);
/** Read by this adapter or by the door, so no warning is due. */
const READ_HERE = new Set(['cohere', 'documents', 'stream', 'stream_options']);
const GUARDED_PARAMETERS = new Set(['model', 'stream', 'max_tokens', 'messages']);
const TOOL_EXTRA = new Set(['type']);

/** The body for `request`. What cannot be said on this wire is in `warnings`. */
export function toChatBody(request: CompletionRequest, model: string, isStream: boolean): ChatBody {
  const warnings = new Warnings('Cohere');
  const extra = request.extra ?? {};
  const documents = arrayOf(extra['documents']).map(toDocument);
  const given: JsonObject[] = [];
  const messages = toMessages(request.messages, given, warnings);
  warnOfUnsupported(request, warnings);
  const rest = Object.fromEntries(Object.entries(extra).filter(([name]) => !READ_HERE.has(name)));
  const body: JsonObject = {
    model,
    messages,
    stream: isStream,
    ...toTools(request, warnings),
    ...(documents.length + given.length === 0 ? {} : { documents: [...documents, ...given] }),
    ...toResponseFormat(request.responseFormat),
    ...toSampling(request),
    ...toThinking(request.reasoning, warnings),
    ...(request.logprobs === undefined ? {} : { logprobs: true }),
    ...warnings.pick(rest, VENDOR_PARAMETERS, 'request'),
    ...warnings.namespaced(objectOf(extra['cohere']), 'cohere', GUARDED_PARAMETERS),
  };
  return { body, warnings: warnings.list() };
}

/** The wire wants what can be cited under `data`; a text, or an object that is all data, is put there. */
function toDocument(document: JsonValue): JsonValue {
  if (typeof document === 'string') return { data: { text: document } };
  const fields = objectOf(document);
  if (fields === null || fields['data'] !== undefined) return document;
  const { id, ...data } = fields;
  return { ...(id === undefined ? {} : { id }), data };
}

function toSampling(request: CompletionRequest): JsonObject {
  const { maxOutputTokens, temperature, topP, topK, seed, frequencyPenalty, presencePenalty, stop } = request;
  return {
    ...(maxOutputTokens === undefined ? {} : { max_tokens: maxOutputTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { p: topP }),
    ...(topK === undefined ? {} : { k: topK }),
    ...(seed === undefined ? {} : { seed }),
    ...(frequencyPenalty === undefined ? {} : { frequency_penalty: frequencyPenalty }),
    ...(presencePenalty === undefined ? {} : { presence_penalty: presencePenalty }),
    ...(stop === undefined || stop.length === 0 ? {} : { stop_sequences: stop }),
  };
}

/** The wire can demand a call or forbid all; one tool alone is demanded by sending no other. */
function toTools(request: CompletionRequest, warnings: Warnings): JsonObject {
  const choice = request.toolChoice;
  const all = request.tools ?? [];
  const tools = choice?.mode === 'tool' ? all.filter(({ name }) => name === choice.name) : all;
  if (tools.length === 0) return {};
  if (tools.length < all.length) warnings.add('Cohere cannot demand one tool by name: the others were not sent and a call was demanded.');
  const strictCount = tools.filter(({ strict }) => strict === true).length;
  if (strictCount > 0 && strictCount < tools.length)
    warnings.add("Cohere holds all tools to their schemas or none: 'strict' was not sent.");
  const wireChoice = choice === undefined || choice.mode === 'auto' ? null : choice.mode === 'none' ? 'NONE' : 'REQUIRED';
  return {
    tools: tools.map((tool) => toTool(tool, warnings)),
    ...(strictCount === tools.length ? { strict_tools: true } : {}),
    ...(wireChoice === null ? {} : { tool_choice: wireChoice }),
  };
}

function toTool(tool: ToolDefinition, warnings: Warnings): JsonObject {
  warnings.pick(tool.extra, TOOL_EXTRA, 'tool');
  return {
    type: 'function',
    function: {
      name: tool.name,
      ...(tool.description === undefined ? {} : { description: tool.description }),
      parameters: tool.parameters ?? { type: 'object', properties: {} },
    },
  };
}

function toResponseFormat(format: ResponseFormat | undefined): JsonObject {
  if (format === undefined || format.type === 'text') return {};
  if (format.type === 'json-object') return { response_format: { type: 'json_object' } };
  const { schema, description } = format;
  const isDescribed = description === undefined || schema['description'] !== undefined;
  return { response_format: { type: 'json_object', json_schema: isDescribed ? schema : { ...schema, description } } };
}

/** Thinking is on or off, with a budget; `high` is what on means. */
function toThinking(reasoning: CompletionRequest['reasoning'], warnings: Warnings): JsonObject {
  const { effort, budgetTokens } = reasoning ?? {};
  if (effort === undefined && budgetTokens === undefined) return {};
  if (effort === 'none') return { thinking: { type: 'disabled' } };
  if (effort !== undefined && effort !== 'high' && budgetTokens === undefined)
    warnings.add(`Cohere's thinking has no levels: reasoning effort '${effort}' was sent as thinking enabled.`);
  return { thinking: { type: 'enabled', ...(budgetTokens === undefined ? {} : { token_budget: budgetTokens }) } };
}

function warnOfUnsupported(request: CompletionRequest, warnings: Warnings): void {
  warnings.unsupported([
    [(request.choiceCount ?? 1) > 1, 'more than one choice (n)'],
    [(request.logprobs?.topCount ?? 0) > 0, 'log probabilities of other tokens (top_logprobs)'],
    [request.parallelToolCalls === false, 'a way to forbid parallel tool calls'],
    [request.endUserId !== undefined, "a place for the end user's id"],
  ]);
}
