import { describe, expect, it } from 'vitest';
import { deploymentNamed, factsOf, policyOf, randomWorld, snapshotOf, stateOf } from '../../../../../test/testkit/routing.ts';
import type { RoutingDecision, RoutingFacts, RoutingPolicy, RoutingSnapshot } from '../routing.types.ts';
import { decide } from './decide.ts';
import { maxEjected } from './pool-health.policy.ts';
import { checkPolicy } from './policy-check.ts';
import { chanceOfFirst } from './propensity.ts';

const firstOf = ({ order }: RoutingDecision): string | null => order[0]?.deployment.split('|')[0] ?? null;

function countFirsts(
  snapshot: RoutingSnapshot,
  policy: RoutingPolicy,
  count: number,
  factsAt: (call: number) => RoutingFacts = () => factsOf(),
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let call = 0; call < count; call += 1) {
    const first = firstOf(decide(snapshot, policy, factsAt(call), call)) ?? 'nobody';
    counts[first] = (counts[first] ?? 0) + 1;
  }
  return counts;
}

const reasonsOf = ({ candidates }: RoutingDecision): Record<string, string | null> =>
  Object.fromEntries(candidates.map(({ deployment, excludedBy }) => [deployment.split('|')[0], excludedBy]));

const three = snapshotOf([stateOf('a'), stateOf('b'), stateOf('c')]);
const weigh = (weights: Record<string, number>): Pick<RoutingPolicy, 'targets'> => ({
  targets: Object.entries(weights).map(([name, weight]) => ({ deployment: deploymentNamed(name), weight, priority: 0, tags: [] })),
});

describe('round robin', () => {
  it('spreads the turns of a heavy target over the round', () => {
    const policy = policyOf(three, { strategy: 'round-robin', ...weigh({ a: 4, b: 2, c: 1 }) });
    const turns = Array.from({ length: 7 }, (_, turn) => firstOf(decide(three, policy, factsOf({ turn }), 1)));
    expect(turns).toEqual(['a', 'b', 'a', 'c', 'a', 'b', 'a']);
  });

  it('gives the turns of one that is out to the others in proportion', () => {
    const snapshot = snapshotOf([stateOf('a'), stateOf('b'), stateOf('c', { breaker: 'open' })]);
    const policy = policyOf(snapshot, { strategy: 'round-robin', ...weigh({ a: 3, b: 1, c: 4 }) });
    const counts = countFirsts(snapshot, policy, 8000, (turn) => factsOf({ turn }));
    expect(counts['c']).toBeUndefined();
    expect((counts['a'] ?? 0) / 8000).toBeCloseTo(0.75, 1);
  });
});

describe('the other strategies', () => {
  it('weighted follows the weights', () => {
    const counts = countFirsts(three, policyOf(three, { strategy: 'weighted', ...weigh({ a: 6, b: 3, c: 1 }) }), 10_000);
    expect((counts['a'] ?? 0) / 10_000).toBeCloseTo(0.6, 1);
    expect((counts['c'] ?? 0) / 10_000).toBeCloseTo(0.1, 1);
  });

  it('least connections takes the fewest in flight per weight', () => {
    const policy = policyOf(three, { strategy: 'least-connections', ...weigh({ a: 4, b: 1, c: 1 }) });
    expect(firstOf(decide(three, policy, factsOf({ inFlight: [6, 2, 3] }), 1))).toBe('a');
    expect(firstOf(decide(three, policy, factsOf({ inFlight: [9, 1, 3] }), 1))).toBe('b');
  });

  it('response time weighs the first token against the length of the output', () => {
    const snapshot = snapshotOf([
      stateOf('quick', { firstTokenMs: 100, msPerOutputToken: 50 }),
      stateOf('steady', { firstTokenMs: 900, msPerOutputToken: 5 }),
    ]);
    const policy = policyOf(snapshot, { strategy: 'response-time' });
    expect(firstOf(decide(snapshot, policy, factsOf({ outputTokens: 1 }), 1))).toBe('quick');
    expect(firstOf(decide(snapshot, policy, factsOf({ outputTokens: 500 }), 1))).toBe('steady');
  });

  it('intelligent shows the terms of its score', () => {
    const snapshot = snapshotOf([
      stateOf('dear', { inputNanoUsdPerToken: 4000, outputNanoUsdPerToken: 8000, quality: 0.9 }),
      stateOf('cheap', { inputNanoUsdPerToken: 1000, outputNanoUsdPerToken: 2000, quality: 0.8 }),
    ]);
    const weights = { latency: 0, cost: 1, quality: 0, headroom: 0, reliability: 0 };
    const byCost = decide(snapshot, policyOf(snapshot, { strategy: 'intelligent', intelligent: weights }), factsOf(), 1);
    expect(firstOf(byCost)).toBe('cheap');
    expect(byCost.candidates.map(({ terms }) => terms?.cost)).toEqual([0, 0.75]);
    const byQuality = policyOf(snapshot, { strategy: 'intelligent', intelligent: { ...weights, cost: 0, quality: 1 } });
    expect(firstOf(decide(snapshot, byQuality, factsOf(), 1))).toBe('dear');
  });

  it('intelligent scores by the weighted sum of the terms it shows', () => {
    for (let world = 0; world < 200; world += 1) {
      const { snapshot, policy, facts } = randomWorld(world);
      const { candidates } = decide(snapshot, { ...policy, strategy: 'intelligent' }, facts, world);
      for (const { score, terms } of candidates) {
        if (score === null || terms === null) continue;
        const { latency, cost, quality, headroom, reliability } = policy.intelligent;
        const sum =
          terms.latency * latency +
          terms.cost * cost +
          terms.quality * quality +
          terms.headroom * headroom +
          terms.reliability * reliability;
        expect(score).toBe(sum);
        expect(Object.values(terms).every((term) => term >= 0 && term <= 1)).toBe(true);
      }
    }
  });

  it('adaptive keeps off one that fails fast, and without the success factor runs into it', () => {
    const snapshot = snapshotOf([stateOf('a'), stateOf('b'), stateOf('c', { firstTokenMs: 5, msPerOutputToken: 0, successShare: 0.05 })]);
    const share = (successExponent: number): number =>
      (countFirsts(snapshot, policyOf(snapshot, { adaptive: { trafficFloor: 0.01, successExponent } }), 5000)['c'] ?? 0) / 5000;
    expect(share(4)).toBeLessThan(0.01);
    expect(share(0)).toBeGreaterThan(0.6);
  });

  it('adaptive leaves everyone a floor of traffic', () => {
    const snapshot = snapshotOf([stateOf('a'), stateOf('b'), stateOf('slow', { firstTokenMs: 60_000 })]);
    const policy = policyOf(snapshot, { adaptive: { trafficFloor: 0.09, successExponent: 4 } });
    expect((countFirsts(snapshot, policy, 20_000)['slow'] ?? 0) / 20_000).toBeCloseTo(0.03, 2);
  });
});

describe('exclusions', () => {
  it('name the reason of every target that is out', () => {
    const snapshot = snapshotOf([
      stateOf('fine'),
      stateOf('refused', { isCredentialRefused: true }),
      stateOf('cooling', { coolingForMs: 500 }),
      stateOf('broken', { breaker: 'open' }),
      stateOf('full', { inFlight: 5, concurrencyLimit: 5 }),
      stateOf('drained', { headroom: 0 }),
      stateOf('blind'),
    ]);
    const decision = decide(snapshot, policyOf(snapshot), factsOf({ unfit: { [deploymentNamed('blind')]: 'takes no images' } }), 1);
    expect(reasonsOf(decision)).toEqual({
      fine: null,
      refused: 'credential-refused',
      cooling: 'cooling',
      broken: 'breaker-open',
      full: 'at-limit',
      drained: 'no-headroom',
      blind: 'unfit',
    });
    expect(decision.order.map(({ deployment }) => deployment)).toEqual([deploymentNamed('fine')]);
    expect(decision.candidates.find(({ excludedBy }) => excludedBy === 'unfit')?.detail).toBe('takes no images');
  });

  it('never take out the last one for its health', () => {
    const snapshot = snapshotOf([stateOf('only', { breaker: 'open' })]);
    expect(decide(snapshot, policyOf(snapshot), factsOf(), 1).order).toEqual([{ deployment: deploymentNamed('only'), isForced: true }]);
  });

  it('never try one whose credential is refused, and tell when one that cools down may be asked again', () => {
    const snapshot = snapshotOf([stateOf('a', { isCredentialRefused: true }), stateOf('b', { coolingForMs: 700 })]);
    const decision = decide(snapshot, policyOf(snapshot), factsOf(), 1);
    expect(decision).toMatchObject({ order: [], chosenBy: 'nothing', retryAfterMs: 700 });
  });

  it('lead a tenth of the calls to one that waits for a probe', () => {
    const snapshot = snapshotOf([stateOf('a'), stateOf('b', { breaker: 'half-open' })]);
    const decisions = Array.from({ length: 5000 }, (_, seed) => decide(snapshot, policyOf(snapshot), factsOf(), seed));
    const probes = decisions.filter(({ chosenBy }) => chosenBy === 'probe');
    expect(probes.length / 5000).toBeCloseTo(0.1, 1);
    expect(probes[0]?.order).toEqual([
      { deployment: deploymentNamed('b'), isForced: false },
      { deployment: deploymentNamed('a'), isForced: false },
    ]);
  });

  it('keep the ejected share at or below the cap in every world', () => {
    for (let seed = 0; seed < 3000; seed += 1) {
      const { snapshot, policy, facts } = randomWorld(seed);
      const reasons = decide(snapshot, policy, facts, seed).candidates.filter(({ excludedBy }) => excludedBy === 'breaker-open');
      expect(reasons.length).toBeLessThanOrEqual(maxEjected(policy.targets.length));
    }
  });
});

describe('priorities, rules, canaries, mirrors, stickiness and overrides', () => {
  it('a lower priority is tried after every higher one', () => {
    const policy = policyOf(three, {
      targets: ['a', 'b', 'c'].map((name, index) => ({ deployment: deploymentNamed(name), weight: 1, priority: 2 - index, tags: [] })),
    });
    const decision = decide(three, policy, factsOf(), 9);
    expect(decision.order.map(({ deployment }) => deployment)).toEqual(['c', 'b', 'a'].map(deploymentNamed));
  });

  it('the first rule that holds selects by tags and may change the strategy', () => {
    const policy = policyOf(three, {
      targets: ['a', 'b', 'c'].map((name) => ({ deployment: deploymentNamed(name), weight: 1, priority: 0, tags: [`name:${name}`] })),
      rules: [
        {
          name: 'long calls',
          when: [{ field: 'outputTokens', operator: 'above', value: 1000 }],
          outcome: { requireTags: ['name:c'], avoidTags: [], strategy: 'weighted' },
        },
      ],
    });
    const long = decide(three, policy, factsOf({ outputTokens: 2000 }), 1);
    expect(long).toMatchObject({ rule: 'long calls', strategy: 'weighted' });
    expect(reasonsOf(long)).toEqual({ c: null, a: 'rule', b: 'rule' });
    expect(decide(three, policy, factsOf(), 1).rule).toBeNull();
  });

  it('a canary gets its share, and a session stays on its side', () => {
    const targets = ['a', 'b'].map((name) => ({
      deployment: deploymentNamed(name),
      weight: 1,
      priority: 0,
      tags: name === 'b' ? ['new'] : [],
    }));
    const policy = policyOf(three, { targets, canaries: [{ tag: 'new', share: 0.05 }] });
    expect((countFirsts(three, policy, 20_000)['b'] ?? 0) / 20_000).toBeCloseTo(0.05, 2);
    const ofSession = countFirsts(three, policy, 50, () => factsOf({ stickyKey: 'session-1' }));
    expect(Object.values(ofSession)).toEqual([50]);
  });

  it('sticky calls move only when their own target leaves', () => {
    const policy = policyOf(three, { stickiness: { by: 'session', loadFactor: 1.25 } });
    const without = snapshotOf([stateOf('a'), stateOf('b'), stateOf('c', { breaker: 'open' })]);
    for (let key = 0; key < 300; key += 1) {
      const facts = factsOf({ stickyKey: `session-${key}` });
      const before = firstOf(decide(three, policy, facts, key));
      const after = firstOf(decide(without, policy, facts, key + 1));
      if (before !== 'c') expect(after).toBe(before);
    }
  });

  it('a sticky target with too much to do is passed over', () => {
    const policy = policyOf(three, { stickiness: { by: 'session', loadFactor: 1.25 } });
    const home = firstOf(decide(three, policy, factsOf({ stickyKey: 'k' }), 1));
    const inFlight = ['a', 'b', 'c'].map((name) => (name === home ? 9 : 0));
    expect(firstOf(decide(three, policy, factsOf({ stickyKey: 'k', inFlight }), 1))).not.toBe(home);
  });

  it('overrides act only where the policy allows them', () => {
    const overrides = { strategy: 'round-robin', only: [deploymentNamed('b')] } as const;
    const refused = decide(three, policyOf(three), factsOf({ overrides }), 1);
    expect(refused).toMatchObject({ strategy: 'adaptive', ignoredOverrides: ['strategy', 'only'] });
    const allowed = policyOf(three, { allowedOverrides: { strategies: ['round-robin'], targets: true } });
    const decision = decide(three, allowed, factsOf({ overrides }), 1);
    expect(decision).toMatchObject({ strategy: 'round-robin', ignoredOverrides: [] });
    expect(reasonsOf(decision)).toEqual({ a: 'override', b: null, c: 'override' });
  });

  it('mirrors a share of calls, never to the one that serves', () => {
    const policy = policyOf(three, { mirrors: [{ deployment: deploymentNamed('a'), share: 0.5 }] });
    const decisions = Array.from({ length: 2000 }, (_, seed) => decide(three, policy, factsOf(), seed));
    const mirrored = decisions.filter(({ mirrors }) => mirrors.length > 0);
    expect(mirrored.length / 2000).toBeCloseTo(1 / 3, 1);
    expect(mirrored.filter((decision) => firstOf(decision) === 'a')).toEqual([]);
  });
});

describe('a decision', () => {
  it('tells how likely its first step was: the share of seeds that choose it', () => {
    const seeds = 4000;
    for (let world = 0; world < 60; world += 1) {
      const { snapshot, policy, facts } = randomWorld(world);
      const counts = countFirsts(snapshot, policy, seeds, () => facts);
      for (const [target, { deployment }] of policy.targets.entries()) {
        const chance = chanceOfFirst(snapshot, policy, facts, target);
        const seen = (counts[deployment.split('|')[0] ?? ''] ?? 0) / seeds;
        expect(Math.abs(seen - chance)).toBeLessThan(5 * Math.sqrt((chance * (1 - chance)) / seeds) + 0.002);
      }
    }
  });

  it('follows only policies that the check finds nothing wrong with', () => {
    for (let world = 0; world < 200; world += 1) expect(checkPolicy(randomWorld(world).policy)).toEqual([]);
    expect(checkPolicy(policyOf(three, { ...weigh({ a: 0 }), maxAttempts: 0 }))).toEqual([
      `The weight of "${deploymentNamed('a')}" must be above 0 and at most 1000000.`,
      'The number of attempts must be a whole number from 1 to 10.',
    ]);
  });
});
