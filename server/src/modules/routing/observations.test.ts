import { describe, expect, it } from 'vitest';
import { deploymentNamed, policyOf, snapshotOf, stateOf } from '../../../../test/testkit/routing.ts';
import { ManualClock } from '../../kernel/clock/index.ts';
import type { ProviderErrorClass } from '../providers/index.ts';
import { Observations, type HealthTransition, type ObservedAttempt } from './observations.ts';

const ID = deploymentNamed('a');

function createWorld(): {
  readonly clock: ManualClock;
  readonly transitions: HealthTransition[];
  readonly observations: Observations;
  start(isForced?: boolean): ObservedAttempt;
  fail(count: number, errorClass?: ProviderErrorClass, retryAfterMs?: number | null): void;
} {
  const clock = new ManualClock();
  const transitions: HealthTransition[] = [];
  const observations = new Observations({ clock, onTransition: (transition) => transitions.push(transition) });
  const start = (isForced = false): ObservedAttempt => {
    const started = observations.start({ deployment: ID, isForced });
    if (started.kind === 'refused') throw new Error(`refused by ${started.by}`);
    return started.attempt;
  };
  const fail = (count: number, errorClass: ProviderErrorClass = 'transport', retryAfterMs: number | null = null): void => {
    for (let call = 0; call < count; call += 1) start(true).end({ kind: 'failed', errorClass, retryAfterMs });
  };
  return { clock, transitions, observations, start, fail };
}

const OK = { kind: 'succeeded', outputTokens: 11 } as const;

describe('observations', () => {
  it('measure the first token and the time per further token', () => {
    const { clock, observations, start } = createWorld();
    const attempt = start();
    clock.advance(2000);
    attempt.firstToken();
    clock.advance(500);
    attempt.end(OK);
    expect(observations.stateOf(ID)).toMatchObject({ firstTokenMs: 2000, msPerOutputToken: 50, successShare: 1, inFlight: 0 });
  });

  it('let a peak fade when no calls come', () => {
    const { clock, observations, start } = createWorld();
    const attempt = start();
    clock.advance(8000);
    attempt.firstToken();
    attempt.end(OK);
    clock.advance(10_000);
    expect(observations.stateOf(ID).firstTokenMs).toBeCloseTo(8000 / Math.E, 6);
  });

  it('count a failure as slow, however fast it was, and heal with time', () => {
    const { clock, observations, fail } = createWorld();
    fail(1);
    expect(observations.stateOf(ID)).toMatchObject({ firstTokenMs: 5000, successShare: 0.9 });
    clock.advance(200_000);
    expect(observations.stateOf(ID).successShare).toBeGreaterThan(0.999);
  });

  it('end an attempt once', () => {
    const { observations, start } = createWorld();
    const attempt = start();
    attempt.end(OK);
    attempt.end(OK);
    expect(observations.stateOf(ID).inFlight).toBe(0);
  });

  it('hand out one snapshot for 100 ms, and a new one as soon as a breaker moves', () => {
    const { clock, observations, fail } = createWorld();
    const policy = policyOf(snapshotOf([stateOf('a'), stateOf('b')]));
    let count = 0;
    const take = (): string => observations.snapshotFor(policy, () => `snapshot-${(count += 1)}`).id;
    expect([take(), take()]).toEqual(['snapshot-1', 'snapshot-1']);
    clock.advance(100);
    expect(take()).toBe('snapshot-2');
    fail(5);
    expect(take()).toBe('snapshot-3');
  });
});

describe('the breaker', () => {
  it('opens after five failures in a row, probes one at a time, and closes after two good probes', () => {
    const { clock, observations, transitions, start, fail } = createWorld();
    fail(4);
    start().end(OK);
    fail(5);
    expect(observations.start({ deployment: ID, isForced: false })).toEqual({ kind: 'refused', by: 'breaker' });
    clock.advance(5000);
    const probe = start();
    expect(probe.isProbe).toBe(true);
    expect(observations.start({ deployment: ID, isForced: false })).toEqual({ kind: 'refused', by: 'breaker' });
    probe.end(OK);
    start().end(OK);
    expect(transitions.map(({ from, to, cause, openForMs }) => [from, to, cause, openForMs])).toEqual([
      ['closed', 'open', '5 failures in a row', 5000],
      ['open', 'half-open', 'its time is up', 0],
      ['half-open', 'closed', '2 calls in a row succeeded', 0],
    ]);
  });

  it('stays open longer after every failed probe, up to 30 seconds', () => {
    const { clock, transitions, fail } = createWorld();
    fail(5);
    for (const waitMs of [5000, 10_000, 20_000, 30_000, 30_000]) {
      clock.advance(waitMs);
      fail(1);
    }
    expect(transitions.filter(({ to }) => to === 'open').map(({ openForMs }) => openForMs)).toEqual([
      5000, 10_000, 20_000, 30_000, 30_000, 30_000,
    ]);
  });

  it('opens when most calls fail though never five in a row, and not when half of them do', () => {
    const failEvery = (pattern: readonly boolean[]): number => {
      const { transitions, start, fail } = createWorld();
      for (let call = 0; call < 60 && transitions.length === 0; call += 1)
        if (pattern[call % pattern.length] === true) start().end(OK);
        else fail(1);
      return transitions.length;
    };
    expect(failEvery([true, false, false, false, false])).toBe(1);
    expect(failEvery([true, false])).toBe(0);
  });

  it('opens for a row of failures though old calls still succeed in between', () => {
    const { clock, transitions, start, fail } = createWorld();
    const old = Array.from({ length: 5 }, () => start());
    clock.advance(1000);
    for (const attempt of old) {
      fail(1);
      attempt.end(OK);
    }
    expect(transitions.map(({ cause }) => cause)).toEqual(['5 failures in a row']);
  });

  it('is not moved by what started before it opened', () => {
    const { clock, transitions, start, fail } = createWorld();
    const old = [start(), start(), start()];
    clock.advance(1);
    fail(5);
    clock.advance(5000);
    old[0]?.end(OK);
    old[1]?.end(OK);
    old[2]?.end({ kind: 'failed', errorClass: 'timeout', retryAfterMs: null });
    expect(transitions.map(({ to }) => to)).toEqual(['open', 'half-open']);
  });

  it('gives a probe back when its caller leaves', () => {
    const { clock, start, fail } = createWorld();
    fail(5);
    clock.advance(5000);
    start().end({ kind: 'abandoned' });
    expect(start().isProbe).toBe(true);
  });

  it('is not opened by callers who ask for nonsense', () => {
    const { observations, transitions, fail } = createWorld();
    fail(50, 'invalid');
    expect(transitions).toEqual([]);
    expect(observations.stateOf(ID).successShare).toBe(1);
  });

  it('tells a refused credential apart from a broken deployment', () => {
    const { observations, transitions, fail } = createWorld();
    fail(2, 'auth');
    expect(observations.stateOf(ID)).toMatchObject({ breaker: 'open', isCredentialRefused: true, successShare: 1 });
    expect(transitions[0]?.cause).toBe('the credential was refused');
  });
});

describe('rate limits', () => {
  it('leave a deployment alone for as long as it asks, up to a minute', () => {
    const { clock, observations, fail } = createWorld();
    fail(1, 'rate-limit', 3000);
    expect(observations.stateOf(ID)).toMatchObject({ coolingForMs: 3000, breaker: 'closed', successShare: 0.9 });
    clock.advance(3000);
    expect(observations.stateOf(ID).coolingForMs).toBe(0);
    fail(1, 'rate-limit', 3_600_000);
    expect(observations.stateOf(ID).coolingForMs).toBe(60_000);
  });

  it('find the limit of what runs at once', () => {
    const { observations, start } = createWorld();
    const running = Array.from({ length: 20 }, () => start());
    running[0]?.end({ kind: 'failed', errorClass: 'rate-limit', retryAfterMs: null });
    expect(observations.stateOf(ID)).toMatchObject({ concurrencyLimit: 18, inFlight: 19 });
    expect(observations.start({ deployment: ID, isForced: true })).toEqual({ kind: 'refused', by: 'limit' });
  });

  it('read the headroom from what the answer tells, until its window ends', () => {
    const { clock, observations } = createWorld();
    observations.recordHeadroom(ID, {
      requests: { limit: 100, remaining: 50, resetMs: 1000 },
      tokens: { limit: 1000, remaining: 100, resetMs: 500 },
    });
    expect(observations.stateOf(ID).headroom).toBe(0.1);
    clock.advance(500);
    expect(observations.stateOf(ID).headroom).toBe(0.5);
    clock.advance(500);
    expect(observations.stateOf(ID).headroom).toBeNull();
  });
});

describe('the history of uptime', () => {
  it('has 90 cells, the last of them now', () => {
    const { clock, observations, start, fail } = createWorld();
    start().end(OK);
    clock.advance(60_000);
    fail(1);
    const cells = observations.uptimeOf(ID);
    expect(cells).toHaveLength(90);
    expect(cells.slice(-3).map(({ state, callCount, failureCount }) => [state, callCount, failureCount])).toEqual([
      ['none', 0, 0],
      ['up', 1, 0],
      ['down', 1, 1],
    ]);
    clock.advance(90 * 60_000);
    expect(observations.uptimeOf(ID).every(({ state }) => state === 'none')).toBe(true);
  });
});
