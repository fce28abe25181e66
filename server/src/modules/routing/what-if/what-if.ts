import { chanceOfFirst } from '../decision/propensity.ts';
import type { RoutingDecision, RoutingFacts, RoutingPolicy, RoutingSnapshot } from '../routing.types.ts';
import { compareMeans, effectiveCount, type MeanComparison, type WeighedValue } from './weighted-mean.ts';

/** A call of the past: its decision with all that it was made of, and what came of it. */
export interface PastCall {
  readonly snapshot: RoutingSnapshot;
  readonly policy: RoutingPolicy;
  readonly facts: RoutingFacts;
  readonly decision: RoutingDecision;
  readonly outcome: {
    /** Null: unknown; the call is left out of the cost. */
    readonly costNanoUsd: number | null;
    readonly latencyMs: number;
    readonly isError: boolean;
  };
}

export interface WhatIfEstimate {
  /** Calls that could be weighed; those for which nothing was tried are left out. */
  readonly callCount: number;
  /** How many calls made under the other policy would tell as much. */
  readonly effectiveCallCount: number;
  /** Share of the other policy's choices that the past never tried. */
  readonly uncoveredShare: number;
  /** Why nothing can be told; null: the numbers below stand. */
  readonly tooLittleBecause: string | null;
  /** All null where too little is known; cost also where no call has one. */
  readonly costNanoUsd: MeanComparison | null;
  readonly latencyMs: MeanComparison | null;
  readonly errorShare: MeanComparison | null;
}

/** Below so many effective calls intervals are not to be trusted. */
export const MIN_EFFECTIVE_CALLS = 100;
/** Above this share of choices without a past, the estimate would be about something else. */
export const MAX_UNCOVERED_SHARE = 0.1;
/** Of larger pools coverage is taken from the mean weight, which tells the same but for chance. */
const MAX_EXACT_TARGETS = 64;

/**
 * What another policy would have cost, how long it would have taken and how often it would have failed over past calls: each is weighed
 * by how much likelier the other policy was to try first what was tried first. What a call's later attempts did counts to its first.
 */
export function estimateWhatIf(calls: Iterable<PastCall>, policy: RoutingPolicy): WhatIfEstimate {
  const weighed: { readonly weight: number; readonly outcome: PastCall['outcome'] }[] = [];
  let uncovered = 0;
  for (const call of calls) {
    const first = call.decision.order[0]?.deployment;
    if (first === undefined) continue;
    const facts = alignFacts(call, policy);
    const weight = chanceOf(call.snapshot, policy, facts, first) / call.decision.propensity;
    weighed.push({ weight, outcome: call.outcome });
    uncovered += policy.targets.length > MAX_EXACT_TARGETS ? 1 - weight : findUncovered(call, policy, facts);
  }
  const samples = weighed.map(({ weight, outcome }) => ({ weight, value: outcome.latencyMs }));
  const callCount = samples.length;
  const effectiveCallCount = effectiveCount(samples);
  const uncoveredShare = callCount === 0 ? 1 : Math.min(1, Math.max(0, uncovered / callCount));
  const tooLittleBecause = findTooLittle(effectiveCallCount, uncoveredShare);
  const compare = (values: readonly WeighedValue[], isShare: boolean): MeanComparison | null =>
    tooLittleBecause !== null || effectiveCount(values) < MIN_EFFECTIVE_CALLS ? null : compareMeans(values, isShare);
  return {
    callCount,
    effectiveCallCount,
    uncoveredShare,
    tooLittleBecause,
    costNanoUsd: compare(
      weighed.flatMap(({ weight, outcome }) => (outcome.costNanoUsd === null ? [] : [{ weight, value: outcome.costNanoUsd }])),
      false,
    ),
    latencyMs: compare(samples, false),
    errorShare: compare(
      weighed.map(({ weight, outcome }) => ({ weight, value: outcome.isError ? 1 : 0 })),
      true,
    ),
  };
}

function findTooLittle(effectiveCallCount: number, uncoveredShare: number): string | null {
  if (uncoveredShare > MAX_UNCOVERED_SHARE)
    return `${Math.round(uncoveredShare * 100)} % of what this policy would choose was never tried. Send it a share of calls, as a canary or by a floor of traffic, and ask again.`;
  if (effectiveCallCount < MIN_EFFECTIVE_CALLS)
    return `The past tells as much as ${Math.floor(effectiveCallCount)} calls under this policy would; ${MIN_EFFECTIVE_CALLS} are needed. Take a longer range, or a policy closer to the present one.`;
  return null;
}

/** The facts, with calls in flight in the order of the other policy's targets. */
function alignFacts({ policy: past, facts, snapshot }: PastCall, policy: RoutingPolicy): RoutingFacts {
  if (facts.inFlight === null || past === policy) return facts;
  const told = new Map(past.targets.map(({ deployment }, index) => [deployment, facts.inFlight?.[index]]));
  const state = new Map(snapshot.deployments.map(({ deployment, inFlight }) => [deployment, inFlight]));
  return { ...facts, inFlight: policy.targets.map(({ deployment }) => told.get(deployment) ?? state.get(deployment) ?? 0) };
}

function chanceOf(snapshot: RoutingSnapshot, policy: RoutingPolicy, facts: RoutingFacts, deployment: string): number {
  const target = policy.targets.findIndex((candidate) => candidate.deployment === deployment);
  return target < 0 ? 0 : chanceOfFirst(snapshot, policy, facts, target);
}

/** Share of the other policy's choice for a call that the past policy could not have made; targets without a state count by their weight. */
function findUncovered(call: PastCall, policy: RoutingPolicy, facts: RoutingFacts): number {
  const known = new Set(call.snapshot.deployments.map(({ deployment }) => deployment));
  let unknownWeight = 0;
  let allWeight = 0;
  let uncovered = 0;
  for (const [target, { deployment, weight }] of policy.targets.entries()) {
    allWeight += weight;
    if (!known.has(deployment)) unknownWeight += weight;
    const chance = chanceOfFirst(call.snapshot, policy, facts, target);
    if (chance > 0 && chanceOf(call.snapshot, call.policy, call.facts, deployment) === 0) uncovered += chance;
  }
  const unknown = unknownWeight / allWeight;
  return unknown + (1 - unknown) * uncovered;
}
