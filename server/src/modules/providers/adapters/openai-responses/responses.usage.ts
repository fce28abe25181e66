import type { JsonObject, JsonValue, Usage } from '../../contract.ts';
import { countOf, objectOf } from '../../shared/json.ts';

/**
 * The vendor's usage in disjoint buckets; null when it names no token count at all.
 *
 * `input_tokens` include cache reads, cache writes, audio and images; `output_tokens` include reasoning and audio. So it is in every
 * recording of every vendor of this wire, xAI included, whose chat wire counts otherwise. Where parts overlap the cache wins, then
 * audio, then images. The total is the sum of the buckets; what the vendor called total stays in `raw`.
 */
export function toUsage(value: JsonValue | undefined): Usage | null {
  const raw = objectOf(value);
  if (raw === null) return null;
  const input = countOf(raw['input_tokens']);
  const output = countOf(raw['output_tokens']);
  if (input === null && output === null) return null;
  const inputDetails = objectOf(raw['input_tokens_details']);
  const outputDetails = objectOf(raw['output_tokens_details']);
  const takeInput = takeFrom(input ?? 0);
  const takeOutput = takeFrom(output ?? 0);
  const cachedReadTokens = takeInput(inputDetails, 'cached_tokens');
  const cacheWriteTokens = takeInput(inputDetails, 'cache_write_tokens');
  const audioInputTokens = takeInput(inputDetails, 'audio_tokens');
  const imageInputTokens = takeInput(inputDetails, 'image_tokens');
  const audioOutputTokens = takeOutput(outputDetails, 'audio_tokens');
  const reasoningTokens = takeOutput(outputDetails, 'reasoning_tokens');
  return {
    inputTokens: (input ?? 0) - cachedReadTokens - cacheWriteTokens - audioInputTokens - imageInputTokens,
    cachedReadTokens,
    cacheWriteTokens,
    outputTokens: (output ?? 0) - audioOutputTokens - reasoningTokens,
    reasoningTokens,
    audioInputTokens,
    audioOutputTokens,
    imageInputTokens,
    totalTokens: (input ?? 0) + (output ?? 0),
    raw,
  };
}

/** No part is larger than what is left of the whole. */
function takeFrom(whole: number): (details: JsonObject | null, name: string) => number {
  let rest = whole;
  return (details, name) => {
    const taken = Math.min(countOf(details?.[name]) ?? 0, rest);
    rest -= taken;
    return taken;
  };
}

/** Usage as OpenAI writes it on this wire, from any provider's buckets. */
export function fromUsage(usage: Usage): JsonObject {
  const inputTokens = usage.inputTokens + usage.cachedReadTokens + usage.cacheWriteTokens + usage.audioInputTokens + usage.imageInputTokens;
  const outputTokens = usage.outputTokens + usage.reasoningTokens + usage.audioOutputTokens;
  return {
    input_tokens: inputTokens,
    input_tokens_details: {
      cached_tokens: usage.cachedReadTokens,
      ...(usage.cacheWriteTokens > 0 ? { cache_write_tokens: usage.cacheWriteTokens } : {}),
    },
    output_tokens: outputTokens,
    output_tokens_details: { reasoning_tokens: usage.reasoningTokens },
    total_tokens: inputTokens + outputTokens,
  };
}
