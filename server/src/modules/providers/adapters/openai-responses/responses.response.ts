/** A Response object → our result. */
import type { Choice, CompletionResult, FinishReason, JsonObject, UpstreamResponse } from '../../contract.ts';
import { arrayOf, fieldsBeside, isEmpty, numberOf, objectOf, parseJson, stringOf } from '../../shared/json.ts';
import { malformed } from '../openai-compatible/index.ts';
import { fromFailure } from './responses.errors.ts';
import { readItems, type ReadItems } from './responses.layout.ts';
import { RESPONSES_DIALECT } from './responses.settings.ts';
import { toUsage } from './responses.usage.ts';
import { KNOWN_RESPONSE_FIELDS, OUTPUT_ITEMS } from './responses.wire.ts';

/** An answer's body as a result; throws `ProviderError` when the response failed or the body is none. */
export function toResult(displayName: string, upstream: UpstreamResponse, bytes: Buffer, warnings: readonly string[]): CompletionResult {
  const text = bytes.toString('utf8');
  const body = objectOf(parseJson(text));
  if (body === null) throw malformed(displayName, upstream, 'the body is not a JSON object', text);
  if (body['status'] === 'failed' || objectOf(body['error']) !== null) throw fromFailure(displayName, upstream, body);
  if (!Array.isArray(body['output'])) throw malformed(displayName, upstream, 'the body has no output', text);
  if (!hasEnded(body)) throw malformed(displayName, upstream, 'the response has not ended yet', text);
  const extra = fieldsBeside(body, KNOWN_RESPONSE_FIELDS);
  return {
    id: stringOf(body['id']),
    model: stringOf(body['model']),
    createdAtSeconds: numberOf(body['created_at']),
    choices: [toChoice(body)],
    usage: toUsage(body['usage']),
    serviceTier: stringOf(body['service_tier']),
    systemFingerprint: null,
    ...(isEmpty(extra) ? {} : { extra }),
    upstream,
    warnings,
    wire: { dialect: RESPONSES_DIALECT, body: bytes },
  };
}

/** Servers that leave the status out (some compatible ones) answer when they are done. */
function hasEnded(response: JsonObject): boolean {
  return response['status'] !== 'queued' && response['status'] !== 'in_progress';
}

/** A response is one choice. */
function toChoice(response: JsonObject): Choice {
  const read = readItems(arrayOf(response['output']));
  return {
    index: 0,
    text: read.text,
    reasoning: read.reasoning,
    refusal: read.refusal,
    toolCalls: read.toolCalls,
    logprobs: read.logprobs.length === 0 ? null : { content: read.logprobs, refusal: null },
    ...toFinish(response, read),
    extra: toMessageExtra(read),
  };
}

/** What the items hold beside neutral content. */
export function toMessageExtra({ layout, annotations }: Pick<ReadItems, 'layout' | 'annotations'>): JsonObject {
  return {
    ...(layout.length === 0 ? {} : { [OUTPUT_ITEMS]: layout }),
    ...(annotations.length === 0 ? {} : { annotations }),
  };
}

interface Finish {
  readonly finishReason: FinishReason;
  readonly rawFinishReason: string | null;
}

/** From the status, and for an incomplete response from its reason. */
export function toFinish(response: JsonObject, read: Pick<ReadItems, 'toolCalls' | 'refusal' | 'text'>): Finish {
  const status = stringOf(response['status']);
  if (status === 'incomplete') {
    const reason = stringOf(objectOf(response['incomplete_details'])?.['reason']);
    const finishReason =
      reason === 'content_filter' ? 'content-filter' : reason === null || reason === 'max_output_tokens' ? 'length' : 'other';
    return { finishReason, rawFinishReason: reason ?? status };
  }
  const rawFinishReason = status;
  if (status !== null && status !== 'completed') return { finishReason: 'other', rawFinishReason };
  if (read.toolCalls.length > 0) return { finishReason: 'tool-calls', rawFinishReason };
  return { finishReason: read.refusal !== null && read.text === '' ? 'refusal' : 'stop', rawFinishReason };
}
