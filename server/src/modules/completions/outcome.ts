import type { AntiphonError } from '../../kernel/errors/index.ts';
import type { AttemptSettled, AttemptStarted, RequestSettled } from '../ledger/index.ts';
import type { Choice, CompletionResult, RelayOutcome, TaskKind, TaskResults } from '../providers/index.ts';

/** An attempt as it stands when the call is over. */
export interface FinishedAttempt {
  readonly started: AttemptStarted;
  readonly settled: AttemptSettled;
}

export interface ServedBy {
  readonly providerId: string;
  readonly modelId: string;
}

/**
 * What a call came to. It exists only after its record is durable.
 * `error` is what the caller is told; parts that were delivered before stay delivered and counted.
 */
export interface CompletionOutcome {
  readonly settlement: RequestSettled;
  readonly attempts: readonly FinishedAttempt[];
  readonly reservedNanoUsd: bigint | null;
  readonly error: AntiphonError | null;
  readonly answer: Answer | null;
  /** Null when no attempt served it. */
  readonly served: ServedBy | null;
  readonly limits: { readonly limitRequests: number; readonly remainingRequests: number } | null;
}

export type Answer =
  | { readonly kind: 'whole'; readonly result: CompletionResult }
  /** Choices as they were assembled from the stream; null when they outgrew the limit for recording. */
  | { readonly kind: 'parts'; readonly choices: readonly Choice[] | null }
  | { readonly kind: 'relay'; readonly relay: RelayOutcome }
  | { readonly kind: 'task'; readonly task: TaskAnswer };

/** A task's result beside its kind. */
export type TaskAnswer = { [Kind in TaskKind]: { readonly kind: Kind; readonly result: TaskResults[Kind] } }[TaskKind];

/** An earlier call with the same idempotency key: its record is to be read instead. */
export interface Replay {
  readonly replayOf: string;
}
