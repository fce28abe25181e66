import { DEFAULT_HEALTH, type HealthSettings, type RoutingPolicy } from '../../../server/src/modules/routing/index.ts';
import { steadyLoad } from './load.ts';
import { errorShare, p99Ms, quantileMs, trafficShare, type Measures, type Stretch } from './measures.ts';
import { alikeUpstreams, bar, policyFor, type Bar, type Trial } from './trial.ts';
import { HEALTHY, type Condition } from './upstream.ts';
import { World } from './world.ts';

/**
 * The strategy alone, without breakers, retries and limits: one of eight upstreams goes bad for a minute and recovers. What is compared
 * is nothing but the choice.
 */
const ONSET_MS = 30_000;
const RECOVERY_MS = 90_000;
const END_MS = 210_000;
const PER_SECOND = 40;
const COUNT = 8;
/** A call that failed counts as if it had taken this. */
const DEADLINE_MS = 60_000;

const TROUBLE: Stretch = { fromMs: ONSET_MS, toMs: RECOVERY_MS };
const AFTER_DETECTION: Stretch = { fromMs: ONSET_MS + 10_000, toMs: RECOVERY_MS };
const AFTER_RECOVERY: Stretch = { fromMs: RECOVERY_MS + 60_000, toMs: END_MS };

interface Contestant {
  readonly name: string;
  readonly policy: Partial<RoutingPolicy>;
  readonly health?: Partial<HealthSettings>;
}

/** The rule without what defends it against quick failures. */
const PLAIN: Pick<Contestant, 'health'> = { health: { failurePenaltyMs: 0 } };
const NO_SUCCESS_FACTOR = { adaptive: { trafficFloor: 0.01, successExponent: 0 } };

const CONTESTANTS: readonly Contestant[] = [
  { name: 'adaptive', policy: { strategy: 'adaptive' } },
  { name: 'round-robin', policy: { strategy: 'round-robin' } },
  { name: 'least-connections', policy: { strategy: 'least-connections' } },
  { name: 'plain peak EWMA', policy: { strategy: 'adaptive', ...NO_SUCCESS_FACTOR }, ...PLAIN },
];

const troubles: Readonly<Record<string, (atMs: number) => Condition>> = {
  slow: () => ({ ...HEALTHY, slowness: 10 }),
  'fast-fail': () => ({ ...HEALTHY, failureShare: 1 }),
  flapping: (atMs) => ({ ...HEALTHY, failureShare: Math.floor(atMs / 5_000) % 2 }),
  'brown-out': () => ({ ...HEALTHY, slots: 1 }),
  '429 storm': () => ({ ...HEALTHY, failureShare: 1, failsAs: 'rate-limit', retryAfterMs: 2_000 }),
};

function runContest(trouble: (atMs: number) => Condition, { policy, health }: Contestant, seed: number): Measures {
  const upstreams = alikeUpstreams(COUNT, (atMs) => (atMs >= ONSET_MS && atMs < RECOVERY_MS ? trouble(atMs) : HEALTHY));
  const record = new World({
    seed,
    upstreams,
    policy: policyFor(upstreams, policy),
    isGuarded: false,
    ...(health === undefined ? {} : { health: { ...health, success: DEFAULT_HEALTH.success } }),
    deadlineMs: DEADLINE_MS,
    arrivals: steadyLoad(seed, PER_SECOND, END_MS),
    endMs: END_MS,
  }).run();
  return {
    'share of the bad one': trafficShare(record, 0, AFTER_DETECTION),
    errors: errorShare(record, TROUBLE),
    'p99 ms': p99Ms(record, TROUBLE, DEADLINE_MS),
    'p99 ms of successes': quantileMs(record, TROUBLE, 0.99),
    'fair share after recovery': trafficShare(record, 0, AFTER_RECOVERY) * COUNT,
  };
}

export const contestTrials: readonly Trial[] = Object.entries(troubles).flatMap(([scenario, trouble]) =>
  CONTESTANTS.map((contestant) => ({
    scenario,
    variant: contestant.name,
    run: (seed: number) => runContest(trouble, contestant, seed),
  })),
);

export const contestBars: readonly Bar[] = [
  ...['slow', 'fast-fail'].map((scenario) => bar(scenario, 'adaptive', 'share of the bad one', 'at most', 0.01, 'worst')),
  ...['slow', 'fast-fail'].map((scenario) => bar(scenario, 'adaptive', 'fair share after recovery', 'at least', 0.8, 'worst')),
  { ...bar('fast-fail', 'plain peak EWMA', 'share of the bad one', 'at most', 0.01, 'mean'), isControl: true },
];

/** Where the adaptive strategy must not be worse than the others, mean against mean. */
export const comparedMeasures: readonly string[] = ['errors', 'p99 ms'];
