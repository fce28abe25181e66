/** A completion as asked -> the body of `POST /api/chat`. */
import type { CompletionRequest, JsonObject, JsonValue, ResponseFormat, ToolDefinition } from '../../contract.ts';
import { isEmpty, objectOf } from '../../shared/json.ts';
import { Warnings } from '../../shared/warnings.ts';
import { hasThinkingLevels } from './ollama.capabilities.ts';
import { toMessages } from './ollama.content.ts';

export interface ChatBody {
  readonly body: JsonObject;
  readonly warnings: readonly string[];
}

/** Parameters of the vendor without a neutral name; they pass as they are. */
const VENDOR_PARAMETERS = new Set(['keep_alive', 'think', 'truncate', 'shift', 'format']);
/** Options of the vendor that callers of other dialects write beside the others. */
const OPTION_NAMES = new Set([
  'min_p',
  'typical_p',
  'repeat_penalty',
  'repeat_last_n',
  'num_ctx',
  'num_keep',
  'mirostat',
  'mirostat_tau',
  'mirostat_eta',
]);
/** Read by this adapter or by the door, so no warning is due. */
const READ_HERE = new Set(['ollama', 'options', 'stream', 'stream_options']);
const GUARDED_PARAMETERS = new Set(['model', 'stream', 'messages', 'options']);
/** The body of tools has no `strict`, and a type it need not be told. */
const TOOL_EXTRA = new Set(['type']);

/** The body for `request`. What cannot be said on this wire is in `warnings`. */
export function toChatBody(request: CompletionRequest, model: string, isStream: boolean): ChatBody {
  const warnings = new Warnings('Ollama');
  const extra = request.extra ?? {};
  warnOfUnsupported(request, warnings);
  const options = toOptions(request, extra, warnings);
  const rest = Object.fromEntries(Object.entries(extra).filter(([name]) => !READ_HERE.has(name) && !OPTION_NAMES.has(name)));
  const body: JsonObject = {
    model,
    messages: toMessages(request.messages, warnings),
    ...toTools(request, warnings),
    ...toFormat(request.responseFormat),
    ...toThink(request, model, warnings),
    ...(request.logprobs === undefined ? {} : { logprobs: true, ...topCountOf(request.logprobs.topCount) }),
    ...warnings.pick(rest, VENDOR_PARAMETERS, 'request'),
    ...warnings.namespaced(objectOf(extra['ollama']), 'ollama', GUARDED_PARAMETERS),
    ...(isEmpty(options) ? {} : { options }),
    // The wire streams unless it is told not to.
    stream: isStream,
  };
  return { body, warnings: warnings.list() };
}

/** Sampling is a set of options of its own; a neutral name wins over the same option written out. */
function toOptions(request: CompletionRequest, extra: JsonObject, warnings: Warnings): JsonObject {
  const named: readonly (readonly [name: string, value: JsonValue | undefined])[] = [
    ['num_predict', request.maxOutputTokens],
    ['temperature', request.temperature],
    ['top_p', request.topP],
    ['top_k', request.topK],
    ['frequency_penalty', request.frequencyPenalty],
    ['presence_penalty', request.presencePenalty],
    ['stop', request.stop],
    ['seed', request.seed],
  ];
  const written = objectOf(extra['options']);
  if (written === null && extra['options'] != null) warnings.add("request: 'options' is not an object and was not sent.");
  const beside = Object.entries(extra).filter(([name]) => OPTION_NAMES.has(name));
  const told = named.filter((entry): entry is readonly [string, JsonValue] => entry[1] !== undefined);
  return { ...written, ...Object.fromEntries(beside), ...Object.fromEntries(told) };
}

/** The wire has no choice of tools: `none` is kept by sending none. */
function toTools(request: CompletionRequest, warnings: Warnings): JsonObject {
  const tools = request.tools ?? [];
  if (tools.length === 0) return {};
  if (request.toolChoice?.mode === 'none') {
    warnings.add('Ollama has no tool choice: to keep tools from being called they were not sent.');
    return {};
  }
  return { tools: tools.map((tool) => toTool(tool, warnings)) };
}

function toTool(tool: ToolDefinition, warnings: Warnings): JsonObject {
  warnings.pick(tool.extra, TOOL_EXTRA, 'tool');
  if (tool.strict === true) warnings.add("Ollama does not hold tool arguments to their schema: 'strict' was not sent.");
  return {
    type: 'function',
    function: {
      name: tool.name,
      ...(tool.description === undefined ? {} : { description: tool.description }),
      parameters: tool.parameters ?? { type: 'object', properties: {} },
    },
  };
}

function toFormat(format: ResponseFormat | undefined): JsonObject {
  if (format?.type === 'json-object') return { format: 'json' };
  if (format?.type !== 'json-schema') return {};
  const { schema, description } = format;
  // The wire has no place for the format's own description, the schema has.
  return { format: description === undefined || schema['description'] !== undefined ? schema : { ...schema, description } };
}

function toThink(request: CompletionRequest, model: string, warnings: Warnings): JsonObject {
  const { effort, budgetTokens } = request.reasoning ?? {};
  if (budgetTokens !== undefined) warnings.add('Ollama takes no thinking budget: it was not sent.');
  if (effort === undefined) return budgetTokens === undefined ? {} : { think: true };
  if (effort === 'none') return { think: false };
  if (!hasThinkingLevels(model)) {
    // `medium` is what thinking without a level means.
    if (effort !== 'medium') warnings.add(`${model} thinks or does not: reasoning effort '${effort}' was sent as 'think: true'.`);
    return { think: true };
  }
  const level = effort === 'minimal' ? 'low' : effort === 'xhigh' ? 'high' : effort;
  if (level !== effort) warnings.add(`Reasoning effort '${effort}' was sent as '${level}', the nearest that ${model} takes.`);
  return { think: level };
}

function topCountOf(topCount: number): JsonObject {
  return topCount > 0 ? { top_logprobs: topCount } : {};
}

function warnOfUnsupported(request: CompletionRequest, warnings: Warnings): void {
  const mode = request.toolChoice?.mode;
  warnings.unsupported([
    [(request.choiceCount ?? 1) > 1, 'more than one choice (n)'],
    [mode === 'required' || mode === 'tool', 'tool_choice'],
    [request.parallelToolCalls === false, 'a way to forbid parallel tool calls'],
    [request.endUserId !== undefined, "a place for the end user's id"],
  ]);
}
