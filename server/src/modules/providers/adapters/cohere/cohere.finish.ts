import type { FinishReason } from '../../contract.ts';

const REASONS: Readonly<Record<string, FinishReason>> = {
  COMPLETE: 'stop',
  STOP_SEQUENCE: 'stop',
  MAX_TOKENS: 'length',
  ERROR_LIMIT: 'length',
  TOOL_CALL: 'tool-calls',
  ERROR_TOXIC: 'content-filter',
  ERROR: 'error',
  TIMEOUT: 'error',
};

/** The neutral reason for a `finish_reason`; an unknown or missing one is `other`, and is kept raw beside it. */
export function toFinishReason(reason: string | null): FinishReason {
  return (reason === null ? undefined : REASONS[reason]) ?? 'other';
}
