import { describe, expect, it } from 'vitest';
import { createDraw, deploymentNamed, factsOf, policyOf, snapshotOf, stateOf } from '../../../../../test/testkit/routing.ts';
import { decide } from '../decision/decide.ts';
import { chanceOfFirst } from '../decision/propensity.ts';
import type { RoutingPolicy, RoutingSnapshot } from '../routing.types.ts';
import { estimateWhatIf, type PastCall } from './what-if.ts';

const NAMES = ['a', 'b', 'c', 'd'] as const;

/** What a call at each of them comes to, on the mean. */
const TRUTH: Readonly<Record<string, { readonly cost: number; readonly latencyMs: number; readonly errorShare: number }>> = {
  a: { cost: 900, latencyMs: 400, errorShare: 0.01 },
  b: { cost: 300, latencyMs: 900, errorShare: 0.05 },
  c: { cost: 1500, latencyMs: 300, errorShare: 0.02 },
  d: { cost: 100, latencyMs: 1600, errorShare: 0.1 },
};

/** Moments of a changing world: what is known differs, and with it what every policy does. */
const moments: readonly RoutingSnapshot[] = Array.from({ length: 12 }, (_, index) => {
  const draw = createDraw(index);
  return snapshotOf(
    NAMES.map((name) =>
      stateOf(name, { firstTokenMs: (TRUTH[name]?.latencyMs ?? 0) * (0.3 + 2 * draw()), successShare: 0.7 + 0.3 * draw() }),
    ),
    `moment-${index}`,
  );
});

const first = moments[0] as RoutingSnapshot;
const targets = (weights: readonly number[]): RoutingPolicy['targets'] =>
  NAMES.map((name, index) => ({ deployment: deploymentNamed(name), weight: weights[index] ?? 1, priority: 0, tags: [] }));
const past = policyOf(first, { version: 'past', adaptive: { trafficFloor: 0.2, successExponent: 4 } });
const others: Readonly<Record<string, RoutingPolicy>> = {
  weighted: policyOf(first, { version: 'weighted', strategy: 'weighted', targets: targets([5, 1, 3, 1]) }),
  'without success factor': policyOf(first, { version: 'exponent', adaptive: { trafficFloor: 0.05, successExponent: 0 } }),
};

/** Contexts scale outcomes: what is seen depends on the moment, not only on who served. */
const scaleOf = (moment: number): number => 0.5 + moment / 8;

function history(seed: number, count: number): PastCall[] {
  const draw = createDraw(seed * 7919 + 13);
  return Array.from({ length: count }, () => {
    const moment = Math.floor(draw() * moments.length);
    const snapshot = moments[moment] as RoutingSnapshot;
    const facts = factsOf({ outputTokens: 0 });
    const decision = decide(snapshot, past, facts, Math.floor(draw() * 0x1_0000_0000));
    const truth = TRUTH[decision.order[0]?.deployment.split('|')[0] ?? ''] ?? { cost: 0, latencyMs: 0, errorShare: 0 };
    const exponential = -Math.log(1 - draw());
    return {
      snapshot,
      policy: past,
      facts,
      decision,
      outcome: {
        costNanoUsd: truth.cost * (0.5 + draw()),
        latencyMs: truth.latencyMs * scaleOf(moment) * exponential,
        isError: draw() < truth.errorShare,
      },
    };
  });
}

function truthOf(policy: RoutingPolicy): { readonly cost: number; readonly latencyMs: number; readonly errorShare: number } {
  let [cost, latencyMs, errorShare] = [0, 0, 0];
  for (const [moment, snapshot] of moments.entries())
    for (const [target, name] of NAMES.entries()) {
      const chance = chanceOfFirst(snapshot, policy, factsOf({ outputTokens: 0 }), target) / moments.length;
      cost += chance * (TRUTH[name]?.cost ?? 0);
      latencyMs += chance * (TRUTH[name]?.latencyMs ?? 0) * scaleOf(moment);
      errorShare += chance * (TRUTH[name]?.errorShare ?? 0);
    }
  return { cost, latencyMs, errorShare };
}

describe('estimateWhatIf', () => {
  const HISTORIES = 300;
  const CALLS = 800;

  it.each(Object.keys(others))('covers the truth of the policy "%s" in at least 93 of 100 intervals', (name) => {
    const policy = others[name] as RoutingPolicy;
    const truth = truthOf(policy);
    const before = truthOf(past);
    const covered: Record<string, number> = { cost: 0, latency: 0, errors: 0, 'change of latency': 0 };
    const count = (key: string, interval: { lower: number; upper: number } | undefined, value: number): void => {
      if (interval !== undefined && interval.lower <= value && value <= interval.upper) covered[key] = (covered[key] ?? 0) + 1;
    };
    for (let seed = 0; seed < HISTORIES; seed += 1) {
      const estimate = estimateWhatIf(history(seed, CALLS), policy);
      count('cost', estimate.costNanoUsd?.other, truth.cost);
      count('latency', estimate.latencyMs?.other, truth.latencyMs);
      count('errors', estimate.errorShare?.other, truth.errorShare);
      count('change of latency', estimate.latencyMs?.change, truth.latencyMs - before.latencyMs);
    }
    for (const [key, value] of Object.entries(covered))
      expect([key, value / HISTORIES >= 0.93, value / HISTORIES]).toEqual([key, true, value / HISTORIES]);
  });

  it('without weights misses the truth (control)', () => {
    const truth = truthOf(policyOf(first, { version: 'mostly d', strategy: 'weighted', targets: targets([1, 1, 1, 9]) }));
    let covered = 0;
    for (let seed = 0; seed < 100; seed += 1) {
      const own = estimateWhatIf(history(seed, CALLS), past).costNanoUsd?.other;
      if (own !== undefined && own.lower <= truth.cost && truth.cost <= own.upper) covered += 1;
    }
    expect(covered).toBeLessThan(20);
  });

  it('says so when the past never tried what the policy would choose', () => {
    const onlyA: RoutingPolicy = { ...past, version: 'only a', targets: targets([1, 1, 1, 1]).slice(0, 1) };
    const calls = history(1, 500).flatMap((call) => {
      const decision = decide(call.snapshot, onlyA, call.facts, 1);
      return [{ ...call, policy: onlyA, decision }];
    });
    const estimate = estimateWhatIf(calls, others['weighted'] as RoutingPolicy);
    expect(estimate.uncoveredShare).toBeCloseTo(0.5, 6);
    expect(estimate).toMatchObject({ latencyMs: null, costNanoUsd: null, errorShare: null });
    expect(estimate.tooLittleBecause).toContain('50 % of what this policy would choose was never tried');
  });

  it('says so when there are too few calls', () => {
    const estimate = estimateWhatIf(history(1, 60), others['weighted'] as RoutingPolicy);
    expect(estimate.tooLittleBecause).toContain('100 are needed');
    expect(estimate.latencyMs).toBeNull();
  });

  it('tells exactly what happened when asked about the policy that decided', () => {
    const calls = history(3, 400);
    const estimate = estimateWhatIf(calls, past);
    const mean = calls.reduce((sum, { outcome }) => sum + outcome.latencyMs, 0) / calls.length;
    expect(estimate.effectiveCallCount).toBeCloseTo(400, 6);
    expect(estimate.latencyMs?.other.estimate).toBeCloseTo(mean, 6);
    expect(estimate.latencyMs?.change.estimate).toBeCloseTo(0, 6);
  });
});
