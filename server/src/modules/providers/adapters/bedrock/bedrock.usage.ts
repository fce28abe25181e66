/**
 * Bedrock's arithmetic: `inputTokens` leaves out what was read from or written to the prompt cache (its own `totalTokens` is the sum of
 * the four), so all are buckets as they stand. `outputTokens` includes reasoning, which the wire does not tell apart: it counts as output.
 * Images and documents are part of `inputTokens`. `cacheDetails` tell how much of the writes is kept for an hour.
 */
import type { JsonObject, Usage } from '../../contract.ts';
import { arrayOf, countOf, objectOf } from '../../shared/json.ts';

/** Buckets of a `usage` object; null when it holds no token count at all. */
export function toUsage(raw: JsonObject | null): Usage | null {
  if (raw === null) return null;
  const input = countOf(raw['inputTokens']);
  const output = countOf(raw['outputTokens']);
  if (input === null && output === null) return null;
  // Models that answer natively name the cache's counts only in the longer way.
  const cachedReadTokens = countOf(raw['cacheReadInputTokens']) ?? countOf(raw['cacheReadInputTokenCount']) ?? 0;
  const cacheWriteTokens = countOf(raw['cacheWriteInputTokens']) ?? countOf(raw['cacheWriteInputTokenCount']) ?? 0;
  const usage = usageOf({ inputTokens: input ?? 0, cachedReadTokens, cacheWriteTokens, outputTokens: output ?? 0 }, raw);
  const cacheWriteHourTokens = Math.min(cacheWriteTokens, hourTokensOf(raw));
  return cacheWriteHourTokens === 0 ? usage : { ...usage, cacheWriteHourTokens };
}

function hourTokensOf(raw: JsonObject): number {
  const details = arrayOf(raw['cacheDetails']).map(objectOf);
  return details.reduce((sum, detail) => sum + (detail?.['ttl'] === '1h' ? (countOf(detail['inputTokens']) ?? 0) : 0), 0);
}

/** Usage of what has only input, such as embeddings. */
export function toInputUsage(inputTokens: number, raw: JsonObject): Usage {
  return usageOf({ inputTokens, cachedReadTokens: 0, cacheWriteTokens: 0, outputTokens: 0 }, raw);
}

type Buckets = Pick<Usage, 'inputTokens' | 'cachedReadTokens' | 'cacheWriteTokens' | 'outputTokens'>;

function usageOf(buckets: Buckets, raw: JsonObject): Usage {
  const { inputTokens, cachedReadTokens, cacheWriteTokens, outputTokens } = buckets;
  return {
    ...buckets,
    reasoningTokens: 0,
    audioInputTokens: 0,
    audioOutputTokens: 0,
    imageInputTokens: 0,
    totalTokens: inputTokens + cachedReadTokens + cacheWriteTokens + outputTokens,
    raw,
  };
}
