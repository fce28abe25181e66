export type { Coordination, LimitDecision, LimitRequest, Subscription } from './coordination.ts';
export { createCoordination } from './create-coordination.ts';
export { MemoryCoordination, type MemoryCoordinationBounds, type MemoryCoordinationDeps } from './memory.coordination.ts';
export { RedisCoordination, type RedisCoordinationOptions } from './redis.coordination.ts';
