import { MAX_PRIORITY, type ExclusionReason, type RoutingFacts, type RoutingPolicy, type RoutingTarget } from '../routing.types.ts';
import { isSoft, type PoolView } from './pool-view.ts';

/** Who may serve a call under one rule on one side of the canaries, whatever else the call is. Positions are those of the targets. */
export interface Selection {
  /** Eligible targets by priority, best priority first; none is empty. */
  readonly tiers: readonly Int32Array[];
  /** Half-open targets of the best priority that want a probe. */
  readonly probes: Int32Array;
  /** By target: 1 in the best tier. */
  readonly isBest: Uint8Array;
  /** By target; null: eligible. */
  readonly reasons: readonly (ExclusionReason | null)[];
}

/** Nobody's canary. */
export const NORMAL_SIDE = -1;

const selections = new WeakMap<PoolView, Map<number, Selection>>();

/** The selection for a rule (its position; -1: none) and a side (position of the canary; -1: the normal one). */
export function selectTargets(view: PoolView, policy: RoutingPolicy, rule: number, side: number): Selection {
  let known = selections.get(view);
  if (known === undefined) selections.set(view, (known = new Map()));
  const key = (rule + 1) * (policy.canaries.length + 1) + side + 1;
  let selection = known.get(key);
  if (selection === undefined) known.set(key, (selection = createSelection(view, policy, rule, side)));
  return selection;
}

function createSelection(view: PoolView, policy: RoutingPolicy, rule: number, side: number): Selection {
  const reasons = policy.targets.map(
    (target, position) => findRuleReason(policy, rule, target) ?? view.out[position] ?? findCanaryReason(policy, side, target),
  );
  const rankOf = (position: number): number => rank(policy, side, policy.targets[position] as RoutingTarget);
  const eligible: number[] = [];
  const waiting: number[] = [];
  for (const [position, reason] of reasons.entries()) {
    if (reason === null) eligible.push(position);
    else if (reason === 'breaker-open' && view.wantsProbe[position] === 1 && isOnSide(policy, side, position)) waiting.push(position);
  }
  const tiers = toTiers(eligible, rankOf);
  const isBest = new Uint8Array(view.size);
  for (const target of tiers[0] ?? []) isBest[target] = 1;
  return { tiers, isBest, reasons, probes: toTiers(waiting, rankOf)[0] ?? new Int32Array() };
}

const isOnSide = (policy: RoutingPolicy, side: number, position: number): boolean =>
  findCanaryReason(policy, side, policy.targets[position] as RoutingTarget) === null;

function findRuleReason(policy: RoutingPolicy, rule: number, { tags }: RoutingTarget): ExclusionReason | null {
  const outcome = policy.rules[rule]?.outcome;
  if (outcome === undefined) return null;
  const isKept = outcome.requireTags.every((tag) => tags.includes(tag)) && !outcome.avoidTags.some((tag) => tags.includes(tag));
  return isKept ? null : 'rule';
}

function findCanaryReason(policy: RoutingPolicy, side: number, { tags }: RoutingTarget): ExclusionReason | null {
  const belongsTo = policy.canaries.findIndex(({ tag }) => tags.includes(tag));
  return belongsTo === NORMAL_SIDE || belongsTo === side ? null : 'canary';
}

/** Targets of the canary come before all others on its side. */
function rank(policy: RoutingPolicy, side: number, { tags, priority }: RoutingTarget): number {
  const tag = policy.canaries[side]?.tag;
  return tag === undefined || tags.includes(tag) ? priority : MAX_PRIORITY + 1 + priority;
}

function toTiers(members: readonly number[], rankOf: (position: number) => number): Int32Array[] {
  const byRank = new Map<number, number[]>();
  for (const position of members) {
    const found = rankOf(position);
    const tier = byRank.get(found);
    if (tier === undefined) byRank.set(found, [position]);
    else tier.push(position);
  }
  return [...byRank].sort(([left], [right]) => left - right).map(([, positions]) => Int32Array.from(positions));
}

/** Calls in flight at a target now. */
export function inFlightOf(view: PoolView, facts: RoutingFacts, target: number): number {
  return inFlightColumn(view, facts)[target] as number;
}

/** The same for all targets, by position. */
export function inFlightColumn(view: PoolView, facts: RoutingFacts): ArrayLike<number> {
  return facts.inFlight?.length === view.size ? facts.inFlight : view.inFlight;
}

/** Why this call may not use a target that others may; null: it may. */
export function findCallReason(view: PoolView, policy: RoutingPolicy, facts: RoutingFacts, target: number): ExclusionReason | null {
  const { deployment } = policy.targets[target] as RoutingTarget;
  if (Object.hasOwn(facts.unfit, deployment)) return 'unfit';
  const only = facts.overrides?.only ?? [];
  if (policy.allowedOverrides.targets && only.length > 0 && !only.includes(deployment)) return 'override';
  return inFlightOf(view, facts, target) >= (view.limit[target] as number) ? 'at-limit' : null;
}

/** The members that this call may use. The same array when it may use all. */
export function narrow(view: PoolView, policy: RoutingPolicy, facts: RoutingFacts, members: Int32Array): Int32Array {
  return isUnrestricted(facts)
    ? narrowByLimit(view, facts, members)
    : members.filter((target) => findCallReason(view, policy, facts, target) === null);
}

function isUnrestricted({ unfit, overrides }: RoutingFacts): boolean {
  for (const _ in unfit) return false;
  return overrides === null || overrides.only.length === 0;
}

function narrowByLimit(view: PoolView, facts: RoutingFacts, members: Int32Array): Int32Array {
  const { limit } = view;
  const inFlight = inFlightColumn(view, facts);
  const isFull = (member: number): boolean => (inFlight[member] as number) >= (limit[member] as number);
  for (let index = 0; index < members.length; index += 1)
    if (isFull(members[index] as number)) return members.filter((member) => !isFull(member));
  return members;
}

/** When nothing is eligible: those that are out for a reason that may be passed over, the most successful first. */
export function findLastResort(view: PoolView, policy: RoutingPolicy, facts: RoutingFacts, selection: Selection): Int32Array {
  const members = [...selection.reasons.keys()].filter((target) => {
    const reason = selection.reasons[target] ?? findCallReason(view, policy, facts, target);
    if (reason === null || !isSoft(reason)) return false;
    const ofCall = findCallReason(view, policy, facts, target);
    return ofCall === null || isSoft(ofCall);
  });
  const share = (target: number): number => view.successShare[target] as number;
  return Int32Array.from(members.sort((left, right) => share(right) - share(left) || left - right));
}
