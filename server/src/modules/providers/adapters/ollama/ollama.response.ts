/** A whole answer of `POST /api/chat`, or a line of a streamed one -> ours. */
import type { CompletionResult, FinishReason, JsonObject, JsonValue, ToolCall, UpstreamResponse } from '../../contract.ts';
import { parseExactJson } from '../../shared/exact-json.ts';
import { arrayOf, fieldsBeside, isEmpty, objectOf, parseJson, stringOf } from '../../shared/json.ts';
import { toUsage } from './ollama.usage.ts';

const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  'model',
  'created_at',
  'message',
  'done',
  'done_reason',
  'prompt_eval_count',
  'eval_count',
  'logprobs',
  'error',
]);
const KNOWN_MESSAGE_FIELDS: ReadonlySet<string> = new Set(['role', 'content', 'thinking', 'tool_calls']);
const KNOWN_CALL_FIELDS: ReadonlySet<string> = new Set(['id', 'type', 'function']);
const KNOWN_FUNCTION_FIELDS: ReadonlySet<string> = new Set(['index', 'name', 'arguments']);

/** Parses an answer or a line; null when it is not a JSON object. Arguments of tools keep the digits of their numbers. */
export function parseAnswer(text: string): JsonObject | null {
  const answer = objectOf(parseJson(text));
  return arrayOf(objectOf(answer?.['message'])?.['tool_calls']).length === 0 ? answer : objectOf(parseExactJson(text));
}

/** The result of a parsed answer, or null when it is none. */
export function toCompletionResult(answer: JsonObject, upstream: UpstreamResponse, warnings: readonly string[]): CompletionResult | null {
  const message = objectOf(answer['message']);
  if (message === null) return null;
  const extra = extraOf(answer);
  const thinking = stringOf(message['thinking']) ?? '';
  const createdAtSeconds = createdAtOf(answer);
  const toolCalls = toToolCalls(message, 0, callTagOf(answer));
  return {
    id: null,
    model: stringOf(answer['model']),
    createdAtSeconds,
    choices: [
      {
        index: 0,
        text: stringOf(message['content']) ?? '',
        reasoning: thinking === '' ? [] : [{ text: thinking }],
        refusal: null,
        toolCalls,
        logprobs: logprobsOf(answer),
        ...toFinish(answer, toolCalls.length > 0),
        extra: messageExtraOf(message),
      },
    ],
    usage: toUsage(answer),
    serviceTier: null,
    systemFingerprint: null,
    ...(isEmpty(extra) ? {} : { extra }),
    upstream,
    warnings,
    wire: null,
  };
}

/** Durations and whatever else stands beside the message. */
export function extraOf(answer: JsonObject): JsonObject {
  return fieldsBeside(answer, KNOWN_FIELDS);
}

export function messageExtraOf(message: JsonObject): JsonObject {
  return fieldsBeside(message, KNOWN_MESSAGE_FIELDS);
}

/** In the form the other wires have it: a list under `content`. */
export function logprobsOf(answer: JsonObject): JsonValue {
  const tokens = answer['logprobs'];
  return Array.isArray(tokens) && tokens.length > 0 ? { content: tokens as readonly JsonValue[] } : null;
}

export function createdAtOf(answer: JsonObject): number | null {
  const createdMs = Date.parse(stringOf(answer['created_at']) ?? '');
  return Number.isNaN(createdMs) ? null : Math.floor(createdMs / 1000);
}

/** Sets the calls of one answer apart from those of the next, for servers that give them no ids. */
export function callTagOf(answer: JsonObject): string {
  return (stringOf(answer['created_at']) ?? '').replaceAll(/\D/g, '').slice(0, 23);
}

/** `from` is how many calls the answer held before. */
export function toToolCalls(message: JsonObject, from: number, tag: string): ToolCall[] {
  return arrayOf(message['tool_calls']).flatMap((value, position) => {
    const call = objectOf(value);
    return call === null ? [] : [toToolCall(call, `call_${tag}_${from + position}`)];
  });
}

function toToolCall(call: JsonObject, madeId: string): ToolCall {
  const definition = objectOf(call['function']) ?? {};
  const functionExtra = fieldsBeside(definition, KNOWN_FUNCTION_FIELDS);
  const extra = { ...fieldsBeside(call, KNOWN_CALL_FIELDS), ...(isEmpty(functionExtra) ? {} : { function: functionExtra }) };
  const given = definition['arguments'];
  return {
    id: stringOf(call['id']) || madeId,
    name: stringOf(definition['name']) ?? '',
    argumentsText: typeof given === 'string' ? given : JSON.stringify(given ?? {}),
    ...(isEmpty(extra) ? {} : { extra }),
  };
}

/** `load` and `unload` answer requests without a prompt; calls of tools end with `stop` here. */
const REASONS: Readonly<Record<string, FinishReason>> = { stop: 'stop', length: 'length', load: 'stop', unload: 'stop' };

export function toFinish(answer: JsonObject, hasToolCalls: boolean): { finishReason: FinishReason; rawFinishReason: string | null } {
  const rawFinishReason = stringOf(answer['done_reason']);
  // Servers before 0.1.40 tell that they are done but not why.
  const reason = rawFinishReason === null ? 'stop' : (REASONS[rawFinishReason] ?? 'other');
  return { finishReason: reason === 'stop' && hasToolCalls ? 'tool-calls' : reason, rawFinishReason };
}
