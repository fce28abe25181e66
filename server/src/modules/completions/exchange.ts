import type { Admission } from '../identity/index.ts';
import type { RelaySink, StreamSink } from '../providers/index.ts';
import type { Route } from '../routing/index.ts';
import type { CompletionCall } from './completion-call.ts';
import type { CompletionOutcome, Replay, ServedBy } from './outcome.ts';

/** How the answer reaches the caller. */
export type Delivery =
  | { readonly kind: 'whole' }
  | {
      readonly kind: 'stream';
      /** Told once, when the start is durable and the first output is about to be delivered. */
      readonly onStart: (served: ServedBy) => void;
      readonly parts: StreamSink;
      /** Taken instead of `parts` when the provider speaks the dialect of the call's wire. */
      readonly relay: RelaySink | null;
    };

export type StreamDelivery = Extract<Delivery, { kind: 'stream' }>;

/** What the stages of one call share. A field is written by the one stage that its comment names. */
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
