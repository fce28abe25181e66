/**
 * Replicate bills most language models by token and tells how many in `metrics` of a finished prediction: `input_token_count` and
 * `output_token_count`, each one bucket, the total their sum. Models that are billed by the second of a machine tell times only: then
 * nothing is known of tokens. Either way `metrics` stays in `raw`.
 */
import type { JsonObject, Usage } from '../../contract.ts';
import { countOf } from '../../shared/json.ts';

/** Null when tokens are not counted. */
export function toUsage(metrics: JsonObject | null): Usage | null {
  const input = countOf(metrics?.['input_token_count']);
  const output = countOf(metrics?.['output_token_count']);
  if (input === null || output === null) return null;
  return {
    inputTokens: input,
    cachedReadTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: output,
    reasoningTokens: 0,
    audioInputTokens: 0,
    audioOutputTokens: 0,
    imageInputTokens: 0,
    totalTokens: input + output,
    raw: metrics,
  };
}
