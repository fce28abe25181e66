import type { RoutingDecision, RoutingFacts, RoutingPolicy, RoutingSnapshot, RoutingStep, RoutingTarget } from '../routing.types.ts';
import { beginDecision } from './columns.ts';
import { listCandidates } from './candidates.ts';
import { compareMembers, pickInOrder, type Comparison } from './pick.ts';
import { viewPool, type PoolView } from './pool-view.ts';
import { chanceOfComparison, chanceOverSides, chooseSide, chooseStrategy, PROBE_SHARE } from './propensity.ts';
import { findRule } from './rules.policy.ts';
import type { Weighing } from './scoring.ts';
import { drawBelow, drawUnit, PURPOSE } from './seeded.ts';
import { findLastResort, narrow, selectTargets, type Selection } from './selection.ts';

interface Ordering {
  readonly chosenBy: RoutingDecision['chosenBy'];
  /** Positions of targets. */
  readonly order: readonly number[];
  /** The best tier that the call may use; null: none. */
  readonly comparison: Comparison | null;
}

/**
 * Decides who serves a call. Pure: reads no clock, does no I/O and keeps nothing but what it derives from its arguments, which must not
 * be changed afterwards. `seed` is a whole number below 2³². Never throws for a policy that `checkPolicy` finds nothing wrong with.
 */
export function decide(snapshot: RoutingSnapshot, policy: RoutingPolicy, facts: RoutingFacts, seed: number): RoutingDecision {
  beginDecision();
  const view = viewPool(snapshot, policy);
  const weighing: Weighing = { view, policy, facts, seed };
  const rule = findRule(policy.rules, facts);
  const strategy = chooseStrategy(policy, facts, rule);
  const selection = selectTargets(view, policy, rule, chooseSide(policy, facts, seed));
  const { chosenBy, order, comparison } = orderTargets(strategy, weighing, selection);
  const first = order[0];
  return {
    snapshotId: snapshot.id,
    policyVersion: policy.version,
    seed,
    strategy,
    rule: policy.rules[rule]?.name ?? null,
    chosenBy,
    order: order.map((target, index) => toStep(view, policy, target, index === 0 && chosenBy === 'probe')),
    propensity:
      first === undefined
        ? 1
        : comparison === null || policy.canaries.length > 0
          ? chanceOverSides(weighing, first)
          : chanceOfComparison(strategy, weighing, comparison, selection, first),
    ...listCandidates(strategy, weighing, selection, order, comparison),
    mirrors: chooseMirrors(policy, first, seed),
    ignoredOverrides: findIgnoredOverrides(policy, facts),
    retryAfterMs: first === undefined ? soonest(view) : null,
  };
}

function orderTargets(strategy: RoutingDecision['strategy'], weighing: Weighing, selection: Selection): Ordering {
  const { view, policy, facts, seed } = weighing;
  const order: number[] = [];
  let isByFloor = false;
  let comparison: Comparison | null = null;
  for (const members of selection.tiers) {
    const room = policy.maxAttempts - order.length;
    if (room <= 0) break;
    const narrowed = narrow(view, policy, facts, members);
    if (narrowed.length === 0) continue;
    const compared = compareMembers(strategy, weighing, narrowed);
    comparison ??= compared;
    const picked = pickInOrder(strategy, weighing, compared, room, order.length);
    isByFloor ||= picked.isByFloor;
    order.push(...picked.order);
  }
  if (order.length === 0) return findAnyone(weighing, selection);
  const probes = narrow(view, policy, facts, selection.probes);
  if (probes.length > 0 && drawUnit(seed, PURPOSE.probe) < PROBE_SHARE) {
    const probe = probes[drawBelow(seed, PURPOSE.probe + PURPOSE.floorPick, probes.length)] as number;
    return { chosenBy: 'probe', order: [probe, ...order].slice(0, Math.max(policy.maxAttempts, 2)), comparison };
  }
  const isSticky = policy.stickiness !== null && facts.stickyKey !== null;
  return { chosenBy: isSticky ? 'stickiness' : isByFloor ? 'traffic-floor' : 'strategy', order, comparison };
}

function findAnyone({ view, policy, facts }: Weighing, selection: Selection): Ordering {
  const order = Array.from(findLastResort(view, policy, facts, selection).subarray(0, policy.maxAttempts));
  return { chosenBy: order.length === 0 ? 'nothing' : 'last-resort', order, comparison: null };
}

function toStep(view: PoolView, policy: RoutingPolicy, target: number, isProbe: boolean): RoutingStep {
  const { deployment } = policy.targets[target] as RoutingTarget;
  return { deployment, isForced: !isProbe && view.states[target]?.breaker !== 'closed' };
}

function chooseMirrors(policy: RoutingPolicy, first: number | undefined, seed: number): string[] {
  return policy.mirrors.flatMap(({ deployment, share }, index) =>
    drawUnit(seed, PURPOSE.mirror + index) < share && (first === undefined || policy.targets[first]?.deployment !== deployment)
      ? [deployment]
      : [],
  );
}

function findIgnoredOverrides({ allowedOverrides }: RoutingPolicy, { overrides }: RoutingFacts): string[] {
  if (overrides === null) return [];
  const ignored: string[] = [];
  if (overrides.strategy !== null && !allowedOverrides.strategies.includes(overrides.strategy)) ignored.push('strategy');
  if (overrides.only.length > 0 && !allowedOverrides.targets) ignored.push('only');
  return ignored;
}

/** When the first of those that cool down may be asked again; null: nobody cools down. */
function soonest(view: PoolView): number | null {
  let soonestMs = Infinity;
  for (const [target, reason] of view.out.entries())
    if (reason === 'cooling') soonestMs = Math.min(soonestMs, view.states[target]?.coolingForMs ?? Infinity);
  return soonestMs === Infinity ? null : soonestMs;
}
