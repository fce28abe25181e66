/**
 * Ollama's arithmetic: `prompt_eval_count` is the whole prompt, images included, cached or not; `eval_count` is all that was generated,
 * thinking included; the wire tells neither apart, so each is one bucket and the total is their sum. Older servers leave
 * `prompt_eval_count` out when the whole prompt was in their cache: then it counts 0.
 */
import type { JsonObject, Usage } from '../../contract.ts';
import { countOf } from '../../shared/json.ts';

/** Buckets of an answer, or of the last line of a stream; null when it counts nothing. */
export function toUsage(answer: JsonObject): Usage | null {
  const input = countOf(answer['prompt_eval_count']);
  const output = countOf(answer['eval_count']);
  if (input === null && output === null) return null;
  return {
    inputTokens: input ?? 0,
    cachedReadTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: output ?? 0,
    reasoningTokens: 0,
    audioInputTokens: 0,
    audioOutputTokens: 0,
    imageInputTokens: 0,
    totalTokens: (input ?? 0) + (output ?? 0),
    raw: {
      ...(input === null ? {} : { prompt_eval_count: input }),
      ...(output === null ? {} : { eval_count: output }),
    },
  };
}
