/** A whole answer of `POST /v2/chat` -> ours. */
import type { CompletionResult, JsonObject, JsonValue, ReasoningPart, ToolCall, UpstreamResponse } from '../../contract.ts';
import { arrayOf, fieldsBeside, isEmpty, objectOf, stringOf } from '../../shared/json.ts';
import { toFinishReason } from './cohere.finish.ts';
import { toUsage } from './cohere.usage.ts';

const KNOWN_FIELDS: ReadonlySet<string> = new Set(['id', 'message', 'finish_reason', 'usage', 'logprobs']);
const KNOWN_MESSAGE_FIELDS: ReadonlySet<string> = new Set(['role', 'content', 'tool_calls']);
const KNOWN_CALL_FIELDS: ReadonlySet<string> = new Set(['id', 'type', 'function']);

/** The result of a parsed answer, or null when it is none. */
export function toCompletionResult(answer: JsonObject, upstream: UpstreamResponse, warnings: readonly string[]): CompletionResult | null {
  const message = objectOf(answer['message']);
  if (message === null) return null;
  const rawFinishReason = stringOf(answer['finish_reason']);
  const extra = fieldsBeside(answer, KNOWN_FIELDS);
  return {
    id: stringOf(answer['id']),
    // The wire does not name the model.
    model: null,
    createdAtSeconds: null,
    choices: [
      {
        index: 0,
        ...toContent(message),
        refusal: null,
        toolCalls: arrayOf(message['tool_calls']).flatMap((call, index) => toToolCall(objectOf(call), index) ?? []),
        logprobs: toLogprobs(arrayOf(answer['logprobs'])),
        finishReason: toFinishReason(rawFinishReason),
        rawFinishReason,
        extra: toMessageExtra(message),
      },
    ],
    usage: toUsage(objectOf(answer['usage'])),
    serviceTier: null,
    systemFingerprint: null,
    ...(isEmpty(extra) ? {} : { extra }),
    upstream,
    warnings,
    wire: null,
  };
}

function toContent(message: JsonObject): { readonly text: string; readonly reasoning: readonly ReasoningPart[] } {
  const content = message['content'];
  if (typeof content === 'string') return { text: content, reasoning: [] };
  const blocks = arrayOf(content)
    .map(objectOf)
    .filter((block) => block !== null);
  return {
    text: blocks.map((block) => stringOf(block['text']) ?? '').join(''),
    reasoning: blocks.flatMap((block) => {
      const thinking = stringOf(block['thinking']) ?? '';
      return thinking === '' ? [] : [{ text: thinking }];
    }),
  };
}

/** `arguments` may be null or empty for tools without parameters. */
export function toToolCall(call: JsonObject | null, index: number): ToolCall | null {
  if (call === null) return null;
  const definition = objectOf(call['function']);
  const extra = fieldsBeside(call, KNOWN_CALL_FIELDS);
  return {
    id: stringOf(call['id']) || `call_${index}`,
    name: stringOf(definition?.['name']) ?? '',
    argumentsText: stringOf(definition?.['arguments']) || '{}',
    ...(isEmpty(extra) ? {} : { extra }),
  };
}

/**
 * What has no neutral name, the same for whole and streamed answers. `tool_plan` is what the model says it will do with its tools: it is
 * neither its answer nor hidden thinking (which comes as blocks of its own), and goes back as it is in the next turn. `citations` name the
 * spans of the text that documents and results of tools support.
 */
export function toMessageExtra(message: JsonObject): JsonObject {
  const told = Object.entries(fieldsBeside(message, KNOWN_MESSAGE_FIELDS)).filter(
    ([, value]) => value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(told);
}

/** In the form the other wires have it: a list under `content`. A chunk of several tokens has the sum of theirs, which stay beside it. */
export function toLogprobs(chunks: readonly JsonValue[]): JsonValue {
  const content = chunks.flatMap((value) => {
    const chunk = objectOf(value);
    if (chunk === null) return [];
    const logprob = arrayOf(chunk['logprobs']).reduce<number>((sum, item) => sum + (typeof item === 'number' ? item : 0), 0);
    return [{ token: stringOf(chunk['text']) ?? '', logprob, token_ids: chunk['token_ids'] ?? [], logprobs: chunk['logprobs'] ?? [] }];
  });
  return content.length === 0 ? null : { content };
}
