/**
 * routing owns the choice of who serves a call, and what is known about everyone who could.
 * It promises an order of candidates and a reason for every refusal; a decision can be made again from what was stored of it, bit for
 * bit. It does no I/O: it is told how calls went, and asked before the next one.
 */
export { decide } from './decision/decide.ts';
export { checkPolicy, MAX_TARGETS } from './decision/policy-check.ts';
export { prepareSnapshot } from './decision/prepare.ts';
export { chanceOfFirst } from './decision/propensity.ts';
export { createPolicy, createTarget } from './default-policy.ts';
export { blameOf, type Blame } from './health/blame.ts';
export { maxEjected } from './decision/pool-health.policy.ts';
export { DEFAULT_HEALTH, type AttemptOutcome, type DeploymentFacts, type HealthSettings } from './health/deployment-health.ts';
export { UPTIME_CELLS, type UptimeCell } from './health/uptime-history.ts';
export * from './load/index.ts';
export { Observations, type HealthTransition, type ObservationsDeps, type ObservedAttempt, type StartedAttempt } from './observations.ts';
export { replayDecision, type RecordedDecision, type Replay } from './replay/replay.ts';
export { parseSnapshot, serialiseSnapshot } from './replay/snapshot-format.ts';
export { Router, type Route } from './router.ts';
export * from './routing.types.ts';
export type { Interval, MeanComparison } from './what-if/weighted-mean.ts';
export { estimateWhatIf, MAX_UNCOVERED_SHARE, MIN_EFFECTIVE_CALLS, type PastCall, type WhatIfEstimate } from './what-if/what-if.ts';
