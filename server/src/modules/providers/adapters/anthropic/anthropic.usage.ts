/**
 * Anthropic's arithmetic: `input_tokens` leaves out what was read from or written to the prompt cache, so the three are buckets as they
 * stand; `output_tokens` includes thinking, told apart by `output_tokens_details.thinking_tokens` where the wire has it and counted as
 * output where it has not. The total is the sum. Images and documents are part of `input_tokens`; the wire does not tell them apart.
 *
 * Server-side compaction is a sampling step of its own that is billed but missing in the top-level numbers: it stands in
 * `iterations` as type `compaction` and is added here. Five-minute and one-hour cache writes have different prices: `cache_creation` tells
 * the hour's share, which is never more than the whole. Counts of server tools stay in `raw`.
 */
import type { JsonObject, Usage } from '../../contract.ts';
import { arrayOf, objectOf } from '../../shared/json.ts';
import { tokensOf } from './anthropic.wire.ts';

/** Buckets of a `usage` object; null when it holds no token count at all. */
export function toUsage(raw: JsonObject | null): Usage | null {
  if (raw === null || (typeof raw['input_tokens'] !== 'number' && typeof raw['output_tokens'] !== 'number')) return null;
  let inputTokens = 0;
  let cachedReadTokens = 0;
  let cacheWriteTokens = 0;
  let cacheWriteHourTokens = 0;
  let outputTokens = 0;
  let reasoningTokens = 0;
  const billed = [raw, ...arrayOf(raw['iterations']).map(objectOf).filter(isCompaction)];
  for (const part of billed) {
    const output = tokensOf(part['output_tokens']);
    const thinking = Math.min(output, tokensOf(objectOf(part['output_tokens_details'])?.['thinking_tokens']));
    inputTokens += tokensOf(part['input_tokens']);
    cachedReadTokens += tokensOf(part['cache_read_input_tokens']);
    const written = tokensOf(part['cache_creation_input_tokens']);
    cacheWriteTokens += written;
    cacheWriteHourTokens += Math.min(written, tokensOf(objectOf(part['cache_creation'])?.['ephemeral_1h_input_tokens']));
    outputTokens += output - thinking;
    reasoningTokens += thinking;
  }
  return {
    inputTokens,
    cachedReadTokens,
    cacheWriteTokens,
    ...(cacheWriteHourTokens > 0 ? { cacheWriteHourTokens } : {}),
    outputTokens,
    reasoningTokens,
    audioInputTokens: 0,
    audioOutputTokens: 0,
    imageInputTokens: 0,
    totalTokens: inputTokens + cachedReadTokens + cacheWriteTokens + outputTokens + reasoningTokens,
    raw,
  };
}

/** Later counts of a stream are cumulative and replace earlier ones, input included; what a later event leaves out stays. */
export function mergeRawUsage(earlier: JsonObject | null, later: JsonObject | null): JsonObject | null {
  if (earlier === null || later === null) return later ?? earlier;
  const told = Object.entries(later).filter(([, value]) => value !== null);
  return { ...earlier, ...Object.fromEntries(told) };
}

function isCompaction(iteration: JsonObject | null): iteration is JsonObject {
  return iteration?.['type'] === 'compaction';
}

/** Usage as this wire writes it, from any provider's buckets. Null where nothing is known: clients read numbers, so they are zeros then. */
export function fromUsage(usage: Usage | null, serviceTier: string | null): JsonObject {
  const reasoningTokens = usage?.reasoningTokens ?? 0;
  return {
    input_tokens: (usage?.inputTokens ?? 0) + (usage?.audioInputTokens ?? 0) + (usage?.imageInputTokens ?? 0),
    cache_creation_input_tokens: usage?.cacheWriteTokens ?? 0,
    cache_read_input_tokens: usage?.cachedReadTokens ?? 0,
    output_tokens: (usage?.outputTokens ?? 0) + reasoningTokens + (usage?.audioOutputTokens ?? 0),
    ...(reasoningTokens === 0 ? {} : { output_tokens_details: { thinking_tokens: reasoningTokens } }),
    ...(serviceTier === null ? {} : { service_tier: serviceTier }),
  };
}
