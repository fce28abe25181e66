import type { FinishReason, Usage } from '../../contract.ts';
import type { GenerationOutcome, StopCause } from './local-smollm2.protocol.ts';

/** True counts of the model's tokenizer: the prompt with its template, and every token sampled. Nothing is cached or hidden. */
export function toUsage({ inputTokens, outputTokens }: GenerationOutcome): Usage {
  return {
    inputTokens,
    cachedReadTokens: 0,
    cacheWriteTokens: 0,
    outputTokens,
    reasoningTokens: 0,
    audioInputTokens: 0,
    audioOutputTokens: 0,
    imageInputTokens: 0,
    totalTokens: inputTokens + outputTokens,
    raw: { input_tokens: inputTokens, output_tokens: outputTokens },
  };
}

const FINISH_REASONS: Readonly<Record<StopCause, FinishReason>> = {
  'end-of-turn': 'stop',
  'stop-sequence': 'stop',
  'max-output-tokens': 'length',
  'context-full': 'length',
  cancelled: 'other',
};

export function toFinishReason(cause: StopCause): FinishReason {
  return FINISH_REASONS[cause];
}
