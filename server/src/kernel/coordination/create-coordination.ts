import type { Clock } from '../clock/index.ts';
import type { Secret } from '../crypto/index.ts';
import type { Logger } from '../telemetry/index.ts';
import type { Coordination } from './coordination.ts';
import { MemoryCoordination } from './memory.coordination.ts';
import { RedisCoordination } from './redis.coordination.ts';

/**
 * In Redis when there is a URL, otherwise within this process. Opens no connection that must stand before it returns: `ping` tells whether
 * the store answers.
 */
export function createCoordination(
  config: { readonly redisUrl: Secret | null },
  deps: { readonly log: Pick<Logger, 'warn' | 'info'>; readonly clock: Pick<Clock, 'monotonicMs'> },
): Coordination {
  return config.redisUrl === null ? new MemoryCoordination(deps) : new RedisCoordination({ ...deps, url: config.redisUrl });
}
