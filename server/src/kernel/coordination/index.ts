export type { Coordination, LimitDecision, LimitRequest, Subscription } from './coordination.ts';
