import type { FinishReason } from '../../contract.ts';

/** `pause_turn` ends a long turn of server tools; the caller resumes by sending the answer back. */
const REASONS: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  pause_turn: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool-calls',
  refusal: 'refusal',
};

/** The neutral reason for a `stop_reason`; an unknown or missing one is `other`, and is kept raw beside it. */
export function toFinishReason(stopReason: string | null): FinishReason {
  return (stopReason === null ? undefined : REASONS[stopReason]) ?? 'other';
}

/** The wire's word for a neutral reason; what the provider itself said is kept where it is a word of this wire. */
export function fromFinishReason(reason: FinishReason, rawFinishReason: string | null): string {
  if (rawFinishReason !== null && REASONS[rawFinishReason] === reason) return rawFinishReason;
  switch (reason) {
    case 'length':
      return 'max_tokens';
    case 'tool-calls':
      return 'tool_use';
    case 'content-filter':
    case 'refusal':
      return 'refusal';
    case 'stop':
    case 'error':
    case 'other':
      return 'end_turn';
  }
}
