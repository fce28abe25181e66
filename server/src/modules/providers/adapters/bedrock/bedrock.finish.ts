import type { FinishReason } from '../../contract.ts';

const FINISH_REASONS: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  tool_use: 'tool-calls',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  guardrail_intervened: 'content-filter',
  content_filtered: 'content-filter',
  refusal: 'refusal',
  malformed_model_output: 'error',
  malformed_tool_use: 'error',
};

/** Why the model stopped; words of days to come are `other` and kept raw beside it. Where a tool stands in for the answer, its call is the end. */
export function toFinishReason(stopReason: string | null, isToolTheAnswer: boolean): FinishReason {
  if (isToolTheAnswer && stopReason === 'tool_use') return 'stop';
  return FINISH_REASONS[stopReason ?? ''] ?? 'other';
}
