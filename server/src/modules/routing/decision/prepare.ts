import type { RoutingPolicy, RoutingSnapshot } from '../routing.types.ts';
import { viewPool } from './pool-view.ts';
import { NORMAL_SIDE, selectTargets } from './selection.ts';
import { turnSchedule } from './turn-schedule.ts';

/** Derives what decisions under this policy need of a snapshot, so that the first of them is no slower than the others. */
export function prepareSnapshot(snapshot: RoutingSnapshot, policy: RoutingPolicy): void {
  selectTargets(viewPool(snapshot, policy), policy, -1, NORMAL_SIDE);
  if (policy.strategy === 'round-robin') turnSchedule(policy);
}
