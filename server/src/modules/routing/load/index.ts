/** How much may be sent: retries, hedges, waiting, refusing. Each piece is told the time and its chance, and keeps only counts. */
export { ClientThrottle, DEFAULT_CLIENT_THROTTLE, type ClientThrottleSettings } from './client-throttle.ts';
export { ConcurrencyLimit, type LimitSettings } from './concurrency-limit.ts';
export { DeadlineBudget } from './deadline-budget.ts';
export { DEFAULT_QUEUE, DeadlineQueue, type QueuePriority, type QueueSettings, type ShedReason } from './deadline-queue.ts';
export { DEFAULT_HEDGE, HedgeRule, type HedgeSettings } from './hedge-rule.ts';
export { DEFAULT_RETRY_BUDGET, RetryBudget, type RetryBudgetSettings } from './retry-budget.ts';
export { chooseNextMove, MAX_WAIT_MS, type FailedAttempt, type NextMove } from './retry.policy.ts';
export { backoffMs, RetryThrottle } from './retry-throttle.ts';
