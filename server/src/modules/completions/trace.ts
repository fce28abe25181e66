import type { PayloadRecord } from '../ledger/index.ts';
import type { FinishReason, UpstreamResponse, Usage } from '../providers/index.ts';
import type { Answer } from './outcome.ts';

/** What an exchange with a provider left behind, however it ended. Everything the settlement needs. */
export interface Trace {
  /** Whether any output has gone out to the caller: nothing may be retried from then on. */
  hasDelivered: boolean;
  /** Whether the provider has begun an answer: from then on it may charge. */
  hasAnswered: boolean;
  /** Whether we stopped waiting for an answer to a request that had gone out: the provider has read it, and may charge for that. */
  wasLeftUnanswered: boolean;
  firstOutputAtMs: number | null;
  usage: Usage | null;
  /** In the provider's word; null: it said nothing. */
  serviceTier: string | null;
  httpStatus: number | null;
  upstreamRequestId: string | null;
  /** Head of the answer, once it has begun. */
  upstream: UpstreamResponse | null;
  finishReason: FinishReason | null;
  warnings: readonly string[];
  answer: Answer | null;
  /** Text produced so far and events beyond what was kept; for estimates. */
  produced: () => { text: string; overflowTokens: number };
  /** The output as it will be recorded; null when there is nothing to record. */
  output: () => { format: PayloadRecord['format']; json: string | null; sizeBytes: number } | null;
}

export function emptyTrace(): Trace {
  return {
    hasDelivered: false,
    hasAnswered: false,
    wasLeftUnanswered: false,
    firstOutputAtMs: null,
    usage: null,
    serviceTier: null,
    httpStatus: null,
    upstreamRequestId: null,
    upstream: null,
    finishReason: null,
    warnings: [],
    answer: null,
    produced: () => ({ text: '', overflowTokens: 0 }),
    output: () => null,
  };
}
