import type { RoutingFacts, RoutingPolicy, RoutingSnapshot, RoutingStrategy } from '../routing.types.ts';
import { beginDecision } from './columns.ts';
import { chanceInTier, compareMembers, type Comparison } from './pick.ts';
import { viewPool } from './pool-view.ts';
import { findRule } from './rules.policy.ts';
import type { Weighing } from './scoring.ts';
import { drawUnit, hashText, PURPOSE } from './seeded.ts';
import { findLastResort, narrow, NORMAL_SIDE, selectTargets, type Selection } from './selection.ts';

/** So many calls are led to a half-open deployment that waits for a probe; its breaker lets through one at a time. */
export const PROBE_SHARE = 0.1;

/** The side of the canaries that a call is on: by its key where it has one, so that a session stays; else by its seed. */
export function chooseSide(policy: RoutingPolicy, facts: RoutingFacts, seed: number): number {
  if (policy.canaries.length === 0) return NORMAL_SIDE;
  const drawn = facts.stickyKey === null ? drawUnit(seed, PURPOSE.canary) : drawUnit(hashText(facts.stickyKey), PURPOSE.canary);
  let reached = 0;
  return policy.canaries.findIndex(({ share }) => drawn < (reached += share));
}

function shareOfSide(policy: RoutingPolicy, side: number): number {
  if (side !== NORMAL_SIDE) return policy.canaries[side]?.share ?? 0;
  return Math.max(
    0,
    policy.canaries.reduce((rest, { share }) => rest - share, 1),
  );
}

export function chooseStrategy(policy: RoutingPolicy, facts: RoutingFacts, rule: number): RoutingStrategy {
  const asked = facts.overrides?.strategy;
  if (asked != null && policy.allowedOverrides.strategies.includes(asked)) return asked;
  return policy.rules[rule]?.outcome.strategy ?? policy.strategy;
}

/** How likely a target (by its position in the policy) is to be tried first, over all seeds. */
export function chanceOfFirst(snapshot: RoutingSnapshot, policy: RoutingPolicy, facts: RoutingFacts, target: number): number {
  beginDecision();
  return chanceOverSides({ view: viewPool(snapshot, policy), policy, facts, seed: 0 }, target);
}

/** The same within a decision. */
export function chanceOverSides(weighing: Weighing, target: number): number {
  const { policy, facts } = weighing;
  const rule = findRule(policy.rules, facts);
  const strategy = chooseStrategy(policy, facts, rule);
  const onSide = (side: number): number => chanceOnSide(strategy, weighing, selectTargets(weighing.view, policy, rule, side), target);
  if (policy.canaries.length === 0 || facts.stickyKey !== null) return onSide(chooseSide(policy, facts, 0));
  let chance = shareOfSide(policy, NORMAL_SIDE) * onSide(NORMAL_SIDE);
  for (const side of policy.canaries.keys()) chance += shareOfSide(policy, side) * onSide(side);
  return chance;
}

function chanceOnSide(strategy: RoutingStrategy, weighing: Weighing, selection: Selection, target: number): number {
  const { view, policy, facts } = weighing;
  const tier = firstTier(weighing, selection);
  if (tier === null) return findLastResort(view, policy, facts, selection)[0] === target ? 1 : 0;
  return chanceOfComparison(strategy, weighing, compareMembers(strategy, weighing, tier), selection, target);
}

/** How likely a target is tried first, where the best tier that the call may use is known. */
export function chanceOfComparison(
  strategy: RoutingStrategy,
  weighing: Weighing,
  comparison: Comparison,
  selection: Selection,
  target: number,
): number {
  const probes = narrow(weighing.view, weighing.policy, weighing.facts, selection.probes);
  if (probes.includes(target)) return PROBE_SHARE / probes.length;
  return (probes.length > 0 ? 1 - PROBE_SHARE : 1) * chanceInTier(strategy, weighing, comparison, target);
}

/** The best tier that this call may use anyone of. */
function firstTier({ view, policy, facts }: Weighing, selection: Selection): Int32Array | null {
  for (const members of selection.tiers) {
    const narrowed = narrow(view, policy, facts, members);
    if (narrowed.length > 0) return narrowed;
  }
  return null;
}
