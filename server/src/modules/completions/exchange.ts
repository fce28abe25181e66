import type { Admission } from '../identity/index.ts';
import type { Route } from '../routing/index.ts';
import type { RelaySink, StreamSink } from '../providers/index.ts';
import type { CompletionCall } from './completion-call.ts';
import type { CompletionOutcome, Replay } from './outcome.ts';

/** How the answer reaches the caller. */
export type Delivery =
  | { readonly kind: 'whole' }
  | { readonly kind: 'parts'; readonly sink: StreamSink; readonly onRoute: (served: { modelId: string }) => void }
  | { readonly kind: 'relay'; readonly sink: RelaySink }
  | { readonly kind: 'embeddings' };

/** What the stages of one call share. Each field is written by the one stage that its comment names. */
export interface Exchange {
  readonly call: CompletionCall;
  readonly delivery: Delivery;
  /** Instant on the monotonic clock at which the call must have ended. */
  readonly deadlineAtMs: number;
  /** admit */
  admission: Admission | null;
  /** choose-route */
  route: Route | null;
  /** choose-route: upper bound of the cost; null when a price is unknown. */
  reservedNanoUsd: bigint | null;
}

/** A stage does its part and calls `next`, or ends the call by returning or throwing. */
export type Stage = (exchange: Exchange, next: () => Promise<CompletionOutcome | Replay>) => Promise<CompletionOutcome | Replay>;
