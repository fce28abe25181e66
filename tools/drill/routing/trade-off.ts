import type { IntelligentWeights, RoutingPolicy } from '../../../server/src/modules/routing/index.ts';
import { steadyLoad } from './load.ts';
import { errorShare, quantileMs, type Measures, type Stretch } from './measures.ts';
import { bar, policyFor, type Bar, type Trial } from './trial.ts';
import { HEALTHY, type UpstreamSettings } from './upstream.ts';
import { World, type WorldRecord } from './world.ts';

/** A cheap and slow, a middling, and a dear and quick provider, under one load by different weights; the cheap one is down for a minute. */
const END_MS = 180_000;
const WHOLE: Stretch = { fromMs: 0, toMs: END_MS };
const SETTLED: Stretch = { fromMs: 20_000, toMs: 90_000 };

const upstreams: readonly UpstreamSettings[] = [
  {
    name: 'cheap',
    firstTokenMs: 900,
    msPerToken: 20,
    price: { input: 100, output: 400 },
    conditionAt: (atMs) => (atMs >= 90_000 && atMs < 150_000 ? { ...HEALTHY, failureShare: 1 } : HEALTHY),
  },
  { name: 'middling', firstTokenMs: 500, msPerToken: 12, price: { input: 500, output: 2_000 }, conditionAt: () => HEALTHY },
  { name: 'dear', firstTokenMs: 200, msPerToken: 5, price: { input: 3_000, output: 12_000 }, conditionAt: () => HEALTHY },
];

const NOTHING: IntelligentWeights = { latency: 0, cost: 0, quality: 0, headroom: 0, reliability: 0.5 };

function runWorld(seed: number, changes: Partial<RoutingPolicy>): WorldRecord {
  return new World({
    seed,
    upstreams,
    policy: policyFor(upstreams, changes),
    isGuarded: true,
    deadlineMs: 30_000,
    arrivals: steadyLoad(seed, 20, END_MS),
    endMs: END_MS,
  }).run();
}

function costOf({ calls }: WorldRecord): number {
  const priceOf = new Map(upstreams.map(({ name, price }) => [name, price]));
  const counted = calls.filter(({ atMs }) => atMs >= SETTLED.fromMs && atMs < SETTLED.toMs);
  const sum = counted.reduce((total, { attempts, inputTokens, outputTokens }) => {
    const price = priceOf.get(attempts.at(-1) ?? '');
    return total + (price?.input ?? 0) * inputTokens + (price?.output ?? 0) * outputTokens;
  }, 0);
  return sum / counted.length;
}

function run(seed: number, changes: Partial<RoutingPolicy>): Measures {
  const record = runWorld(seed, changes);
  const turns = runWorld(seed, { strategy: 'round-robin' });
  return {
    'cost against round robin': costOf(record) / costOf(turns),
    'median time against round robin': quantileMs(record, SETTLED, 0.5) / quantileMs(turns, SETTLED, 0.5),
    success: 1 - errorShare(record, WHOLE),
  };
}

const variants: Readonly<Record<string, IntelligentWeights>> = {
  'cost alone': { ...NOTHING, cost: 1 },
  'latency alone': { ...NOTHING, latency: 1 },
  balanced: { ...NOTHING, cost: 0.5, latency: 0.5 },
};

const SCENARIO = 'cost against latency';

export const tradeOffTrials: readonly Trial[] = Object.entries(variants).map(([variant, intelligent]) => ({
  scenario: SCENARIO,
  variant,
  run: (seed) => run(seed, { strategy: 'intelligent', intelligent }),
}));

export const tradeOffBars: readonly Bar[] = [
  bar(SCENARIO, 'cost alone', 'cost against round robin', 'at most', 0.2, 'worst'),
  bar(SCENARIO, 'latency alone', 'median time against round robin', 'at most', 0.6, 'worst'),
  ...Object.keys(variants).map((variant) => bar(SCENARIO, variant, 'success', 'at least', 0.999, 'worst')),
];
