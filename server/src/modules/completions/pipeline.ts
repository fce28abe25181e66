import type { Exchange, Stage } from './exchange.ts';
import type { CompletionOutcome, Replay } from './outcome.ts';

/** The stages of a call, in order. The list is the data flow. */
export interface PipelineStages {
  /** Rate and concurrency limits in one atomic step; the place is given back when everything after it has ended. */
  readonly admit: Stage;
  /** An idempotency key is claimed, or leads to the earlier call's record. */
  readonly claimIdempotencyKey: Stage;
  /** Candidates in order, and the upper bound of the cost that is reserved. */
  readonly chooseRoute: Stage;
  /** One adapter after the other until the first output; the start is recorded meanwhile, and exactly one settlement ends each attempt. */
  readonly callProvider: Stage;
}

export type Pipeline = (exchange: Exchange) => Promise<CompletionOutcome | Replay>;

export function createPipeline(stages: PipelineStages): Pipeline {
  const inOrder: readonly Stage[] = [stages.admit, stages.claimIdempotencyKey, stages.chooseRoute, stages.callProvider];
  const runFrom = (index: number, exchange: Exchange): Promise<CompletionOutcome | Replay> => {
    const stage = inOrder[index];
    if (stage === undefined) throw new Error('the last stage of the pipeline must not call next');
    return stage(exchange, () => runFrom(index + 1, exchange));
  };
  return (exchange) => runFrom(0, exchange);
}
