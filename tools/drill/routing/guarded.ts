import { steadyLoad } from './load.ts';
import { amplification, errorShare, goodput, mostProbesAtOnce, p99Ms, trafficShare, type Measures, type Stretch } from './measures.ts';
import { alikeUpstreams, bar, policyFor, type Bar, type Trial } from './trial.ts';
import { HEALTHY, type Condition, type UpstreamSettings } from './upstream.ts';
import { World, type WorldRecord } from './world.ts';

/** Everything at work: adaptive choice, breakers, retries within budget, throttles, limits and the queue. */
const ONSET_MS = 30_000;
const RECOVERY_MS = 90_000;
const END_MS = 180_000;
const DEADLINE_MS = 30_000;

const TROUBLE: Stretch = { fromMs: ONSET_MS, toMs: RECOVERY_MS };
const WHOLE: Stretch = { fromMs: 0, toMs: END_MS };
const AFTER_RECOVERY: Stretch = { fromMs: RECOVERY_MS + 60_000, toMs: END_MS };

const DOWN: Condition = { ...HEALTHY, failureShare: 1 };
const duringTrouble =
  (trouble: (atMs: number) => Condition) =>
  (atMs: number): Condition =>
    atMs >= ONSET_MS && atMs < RECOVERY_MS ? trouble(atMs) : HEALTHY;

function runWorld(seed: number, upstreams: readonly UpstreamSettings[], perSecond: number, hasRetryLimits = true): WorldRecord {
  return new World({
    seed,
    upstreams,
    policy: policyFor(upstreams),
    isGuarded: true,
    hasRetryLimits,
    deadlineMs: DEADLINE_MS,
    arrivals: steadyLoad(seed, perSecond, END_MS),
    endMs: END_MS,
  }).run();
}

const success = (record: WorldRecord, stretch: Stretch): number => 1 - errorShare(record, stretch);

function runOneBad(trouble: (atMs: number) => Condition): (seed: number) => Measures {
  return (seed) => {
    const record = runWorld(seed, alikeUpstreams(3, duringTrouble(trouble)), 40);
    return {
      success: success(record, WHOLE),
      'success in trouble': success(record, TROUBLE),
      'p99 ms': p99Ms(record, TROUBLE, DEADLINE_MS),
      'share of the bad one': trafficShare(record, 0, { fromMs: ONSET_MS + 10_000, toMs: RECOVERY_MS }),
      'fair share after recovery': trafficShare(record, 0, AFTER_RECOVERY) * 3,
      'attempts a call': amplification(record, TROUBLE),
      'probes at once': mostProbesAtOnce(record, 0),
    };
  };
}

function runTotalFailure(count: number, hasRetryLimits = true): (seed: number) => Measures {
  return (seed) => {
    const upstreams = alikeUpstreams(
      count,
      duringTrouble(() => DOWN),
    ).map((upstream, _, [first]) => ({
      ...upstream,
      conditionAt: (first as UpstreamSettings).conditionAt,
    }));
    const record = runWorld(seed, upstreams, 40, hasRetryLimits);
    return { 'attempts a call': amplification(record, TROUBLE), 'success after recovery': success(record, AFTER_RECOVERY) };
  };
}

/** Comes back with room for a quarter of its share, and refuses the rest: whoever returns all at once throws it down again. */
function runHerd(seed: number): Measures {
  const upstreams = alikeUpstreams(3, (atMs) => {
    if (atMs < ONSET_MS) return HEALTHY;
    if (atMs < RECOVERY_MS) return DOWN;
    return atMs < RECOVERY_MS + 30_000 ? { ...HEALTHY, slots: 2, beyondSlots: 'refuse' } : HEALTHY;
  });
  const record = runWorld(seed, upstreams, 40);
  return {
    success: success(record, WHOLE),
    'success after return': success(record, { fromMs: RECOVERY_MS, toMs: END_MS }),
    'probes at once': mostProbesAtOnce(record, 0),
  };
}

const SLOTS = 20;
/** Mean time of a call at an upstream of `alikeUpstreams`, by its medians, spread and mean output. */
const MEAN_CALL_MS = (250 + 40.5 * 8) * Math.exp((0.3 * 0.3) / 2);
const CAPACITY_PER_SECOND = (2 * SLOTS * 1000) / MEAN_CALL_MS;

function runOverload(seed: number): Measures {
  const limited: Condition = { ...HEALTHY, slots: SLOTS, beyondSlots: 'refuse' };
  const record = runWorld(
    seed,
    alikeUpstreams(2, () => limited, limited),
    CAPACITY_PER_SECOND * 3,
  );
  return {
    'goodput share of capacity': goodput(record, { fromMs: ONSET_MS, toMs: END_MS }) / CAPACITY_PER_SECOND,
    'attempts a call': amplification(record, WHOLE),
  };
}

export const guardedTrials: readonly Trial[] = [
  { scenario: 'one of three down', variant: 'everything', run: runOneBad(() => DOWN) },
  {
    scenario: 'one of three flapping',
    variant: 'everything',
    run: runOneBad((atMs) => (Math.floor(atMs / 5_000) % 2 === 0 ? DOWN : HEALTHY)),
  },
  { scenario: 'one of three 10x slow', variant: 'everything', run: runOneBad(() => ({ ...HEALTHY, slowness: 10 })) },
  { scenario: 'one of three browned out', variant: 'everything', run: runOneBad(() => ({ ...HEALTHY, slots: 2 })) },
  {
    scenario: 'one of three in a 429 storm',
    variant: 'everything',
    run: runOneBad(() => ({ ...DOWN, failsAs: 'rate-limit', retryAfterMs: 2_000 })),
  },
  { scenario: 'thundering herd', variant: 'everything', run: runHerd },
  { scenario: 'all three down', variant: 'everything', run: runTotalFailure(3) },
  { scenario: 'all three down', variant: 'no retry limits', run: runTotalFailure(3, false) },
  { scenario: 'single provider down', variant: 'everything', run: runTotalFailure(1) },
  { scenario: '3x overload', variant: 'everything', run: runOverload },
];

const everything = (scenario: string, measure: string, comparison: Bar['comparison'], limit: number, over: Bar['over']): Bar =>
  bar(scenario, 'everything', measure, comparison, limit, over);

export const guardedBars: readonly Bar[] = [
  everything('one of three down', 'success', 'at least', 0.999, 'worst'),
  everything('one of three down', 'share of the bad one', 'at most', 0.01, 'worst'),
  everything('one of three down', 'fair share after recovery', 'at least', 0.8, 'worst'),
  everything('one of three down', 'probes at once', 'at most', 1, 'worst'),
  everything('one of three flapping', 'success', 'at least', 0.995, 'worst'),
  everything('one of three 10x slow', 'success', 'at least', 0.999, 'worst'),
  everything('one of three browned out', 'success', 'at least', 0.999, 'worst'),
  everything('one of three in a 429 storm', 'success', 'at least', 0.999, 'worst'),
  everything('thundering herd', 'success after return', 'at least', 0.995, 'worst'),
  everything('thundering herd', 'probes at once', 'at most', 1, 'worst'),
  everything('all three down', 'attempts a call', 'at most', 1.1, 'worst'),
  { ...bar('all three down', 'no retry limits', 'attempts a call', 'at most', 1.1, 'mean'), isControl: true },
  everything('all three down', 'success after recovery', 'at least', 0.999, 'worst'),
  everything('single provider down', 'attempts a call', 'at most', 1.1, 'worst'),
  everything('single provider down', 'success after recovery', 'at least', 0.999, 'worst'),
  everything('3x overload', 'goodput share of capacity', 'at least', 0.9, 'worst'),
];
