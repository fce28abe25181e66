/**
 * completions owns the request path: one call from its door to its record (pipeline.ts lists the stages).
 * It promises that nothing is shown to a caller before the start is durable, that the last part waits for the settlement, that
 * each attempt is settled exactly once, and that a failed, cancelled or refused call leaves a record too. It knows no door and no wire.
 */
export type { CompletionCall, DisconnectPolicy } from './completion-call.ts';
export type { Completions } from './completions.service.ts';
export { createCompletions, type CompletionsModule } from './create-completions.ts';
export type { Delivery } from './exchange.ts';
export type { Answer, CompletionOutcome, FinishedAttempt, Replay, ServedBy, TaskAnswer } from './outcome.ts';
export { toCallerError } from './failure.policy.ts';
export { estimateInputTokens } from './token-estimate.ts';
export { TASK_OPERATIONS } from './task-exchange.ts';
export type { Recorder } from './recorder.ts';
