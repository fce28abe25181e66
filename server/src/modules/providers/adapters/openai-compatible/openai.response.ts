import type { Choice, CompletionResult, JsonObject, JsonValue, UpstreamResponse } from '../../contract.ts';
import { arrayOf, fieldsBeside, isEmpty, numberOf, objectOf, parseJson, stringOf } from '../../shared/json.ts';
import { fromErrorData, malformed } from './openai.errors.ts';
import { toFinish, untoldFinish } from './openai.finish.ts';
import { readContent, readReasoning, readToolCalls, reasoningText } from './openai.message-parts.ts';
import type { OpenAiCompatibleSettings } from './openai.settings.ts';
import { toUsage, usageField } from './openai.usage.ts';
import { KNOWN_CHOICE_FIELDS, KNOWN_MESSAGE_FIELDS, KNOWN_RESPONSE_FIELDS } from './openai.wire.ts';

/** An answer's body as a result; throws `ProviderError` when it holds an error or is no answer. */
export function toResult(
  settings: Pick<OpenAiCompatibleSettings, 'displayName' | 'wire'>,
  upstream: UpstreamResponse,
  bytes: Buffer,
  warnings: readonly string[],
): CompletionResult {
  const text = bytes.toString('utf8');
  const body = objectOf(parseJson(text));
  if (body === null) throw malformed(settings.displayName, upstream, 'the body is not a JSON object', text);
  if (hasError(body)) throw fromErrorData(settings.displayName, upstream, body);
  if (!Array.isArray(body['choices'])) throw malformed(settings.displayName, upstream, 'the body has no choices', text);
  const extra = fieldsBeside(body, KNOWN_RESPONSE_FIELDS);
  return {
    id: stringOf(body['id']),
    model: stringOf(body['model']),
    createdAtSeconds: numberOf(body['created']),
    choices: arrayOf(body['choices']).map((choice, position) => toChoice(objectOf(choice) ?? {}, position)),
    usage: toUsage(usageField(body), settings.wire.reasoningTokens),
    serviceTier: stringOf(body['service_tier']),
    systemFingerprint: stringOf(body['system_fingerprint']),
    ...(isEmpty(extra) ? {} : { extra }),
    upstream,
    warnings,
    wire: { dialect: 'openai', body: bytes },
  };
}

/** Whether a body or event is an error: `error` set, or MiniMax's `base_resp` with a status and nothing else to say. */
export function hasError(body: JsonObject): boolean {
  const error = body['error'];
  if (error !== undefined && error !== null && error !== '' && error !== false) return true;
  const base = objectOf(body['base_resp']);
  return base !== null && typeof base['status_code'] === 'number' && base['status_code'] !== 0 && arrayOf(body['choices']).length === 0;
}

function toChoice(choice: JsonObject, position: number): Choice {
  // Azure leaves the whole message out when it filtered the answer.
  const message = objectOf(choice['message']) ?? {};
  const content = readContent(message['content']);
  const finish = toFinish(choice['finish_reason']);
  const toolCalls = readToolCalls(message['tool_calls']);
  const choiceExtra = fieldsBeside(choice, KNOWN_CHOICE_FIELDS);
  const extra: Record<string, JsonValue> = { ...fieldsBeside(message, KNOWN_MESSAGE_FIELDS) };
  if (content.otherParts.length > 0) extra['content'] = content.otherParts;
  return {
    index: numberOf(choice['index']) ?? position,
    text: content.text,
    reasoning: readReasoning(message['reasoning_details'], reasoningText(message) || content.reasoning),
    refusal: stringOf(message['refusal']) ?? content.refusal,
    toolCalls,
    logprobs: choice['logprobs'] ?? null,
    finishReason: finish?.finishReason ?? untoldFinish(toolCalls.length > 0),
    rawFinishReason: finish?.rawFinishReason ?? null,
    extra,
    ...(isEmpty(choiceExtra) ? {} : { choiceExtra }),
  };
}
