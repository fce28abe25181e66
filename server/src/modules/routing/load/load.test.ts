import { describe, expect, it } from 'vitest';
import { ClientThrottle } from './client-throttle.ts';
import { DeadlineBudget } from './deadline-budget.ts';
import { DeadlineQueue, type ShedReason } from './deadline-queue.ts';
import { HedgeRule } from './hedge-rule.ts';
import { RetryBudget } from './retry-budget.ts';
import { chooseNextMove, type FailedAttempt } from './retry.policy.ts';
import { backoffMs, RetryThrottle } from './retry-throttle.ts';

describe('the retry budget', () => {
  it('gives each tenant one retry in ten calls beyond its reserve', () => {
    const budget = new RetryBudget();
    let retries = 0;
    for (let call = 0; call < 1000; call += 1) {
      budget.earn('tenant');
      if (budget.trySpend('tenant')) retries += 1;
    }
    expect(retries).toBeLessThanOrEqual(110);
    expect(retries).toBeGreaterThanOrEqual(105);
    expect(budget.trySpend('another')).toBe(true);
  });
});

describe('the retry throttle', () => {
  it('stops after five failures and allows again after one success more than it takes', () => {
    const throttle = new RetryThrottle();
    for (let failure = 0; failure < 5; failure += 1) throttle.failed();
    expect(throttle.isRetryAllowed).toBe(false);
    throttle.succeeded();
    expect(throttle.isRetryAllowed).toBe(true);
  });

  it('waits a random part of 0.1 s, 0.2 s, 0.4 s, never more than a second', () => {
    expect([1, 2, 3, 10].map((retry) => backoffMs(retry, 0.5))).toEqual([50, 100, 200, 500]);
  });
});

describe('the deadline budget', () => {
  it('is shared by all attempts', () => {
    const budget = new DeadlineBudget(1000, 5000);
    expect(budget.remainingMs(4000)).toBe(2000);
    expect(budget.bound(4000, 10_000)).toBe(2000);
    expect(budget.bound(4000, 500)).toBe(500);
    expect(budget.hasTimeFor(4000, 1500, 400)).toBe(true);
    expect(budget.hasTimeFor(4000, 1500, 600)).toBe(false);
    expect(budget.remainingMs(9000)).toBe(0);
    expect(new DeadlineBudget(0, null).bound(5, null)).toBeNull();
  });
});

describe('the client throttle', () => {
  it('lets everything through while at least half is accepted, and almost nothing when nothing is', () => {
    const throttle = new ClientThrottle();
    for (let call = 0; call < 100; call += 1) throttle.ended(0, call % 2 === 0);
    expect(throttle.rejectShareAt(0)).toBe(0);
    for (let call = 0; call < 10_000; call += 1) throttle.ended(1, false);
    expect(throttle.rejectShareAt(1)).toBe(0.9);
    expect(throttle.tryRequest(1, 0.89)).toBe(false);
    expect(throttle.tryRequest(1, 0.9)).toBe(true);
  });

  it('does not take calls under way for refused ones', () => {
    const throttle = new ClientThrottle();
    expect(Array.from({ length: 1000 }, () => throttle.tryRequest(0, 0)).every(Boolean)).toBe(true);
  });

  it('forgets what is older than its window', () => {
    const throttle = new ClientThrottle();
    for (let call = 0; call < 100; call += 1) throttle.ended(0, false);
    expect(throttle.rejectShareAt(19_000)).toBeGreaterThan(0);
    expect(throttle.rejectShareAt(20_000)).toBe(0);
  });
});

describe('the queue', () => {
  const create = (capacity: number, shed: [string, ShedReason][] = []): DeadlineQueue<string> =>
    new DeadlineQueue<string>({ capacity, lateMs: 500 }, (item, reason) => shed.push([item, reason]));

  it('serves the urgent first and equals in order', () => {
    const queue = create(10);
    queue.tryPush('later', 2, 0, 9999);
    queue.tryPush('first', 1, 0, 9999);
    queue.tryPush('second', 1, 0, 9999);
    expect([queue.shift(1), queue.shift(1), queue.shift(1), queue.shift(1)]).toEqual(['first', 'second', 'later', undefined]);
  });

  it('serves the newest first once the oldest has waited too long', () => {
    const queue = create(10);
    queue.tryPush('old', 1, 0, 9999);
    queue.tryPush('new', 1, 400, 9999);
    expect([queue.shift(600), queue.shift(600)]).toEqual(['new', 'old']);
  });

  it('sends away what has expired, and displaces the less urgent when it is full', () => {
    const shed: [string, ShedReason][] = [];
    const queue = create(2, shed);
    queue.tryPush('a', 3, 0, 100);
    queue.tryPush('b', 3, 0, 900);
    expect(queue.tryPush('c', 3, 200, 900)).toBe(true);
    expect(queue.tryPush('d', 3, 200, 900)).toBe(false);
    expect(queue.tryPush('e', 0, 200, 900)).toBe(true);
    expect(shed).toEqual([
      ['a', 'expired'],
      ['b', 'displaced'],
    ]);
    expect(queue.remove('c')).toBe(true);
    expect(queue.length).toBe(1);
  });
});

describe('the hedge rule', () => {
  it('waits for the p95 of what it saw and sends at most two copies in a hundred', () => {
    const rule = new HedgeRule();
    let hedges = 0;
    for (let call = 0; call < 1000; call += 1) {
      rule.called();
      rule.record(call % 100);
      if (rule.tryHedge()) hedges += 1;
    }
    expect(rule.delayMs).toBeGreaterThanOrEqual(93);
    expect(rule.delayMs).toBeLessThanOrEqual(96);
    expect(hedges).toBeLessThanOrEqual(20);
    expect(hedges).toBeGreaterThanOrEqual(18);
  });

  it('sends none before it knows the tail', () => {
    const rule = new HedgeRule();
    rule.called();
    expect(rule.tryHedge()).toBe(false);
  });
});

describe('the next move', () => {
  const move = (changes: Partial<FailedAttempt>): ReturnType<typeof chooseNextMove> =>
    chooseNextMove({
      errorClass: 'transport',
      retryAfterMs: null,
      hasOutput: false,
      attemptCount: 1,
      stepsLeft: 1,
      mayRetry: () => true,
      remainingMs: 60_000,
      unit: 0.5,
      ...changes,
    });

  it('is decided by the class of the error', () => {
    expect(move({ errorClass: 'invalid' })).toEqual({ kind: 'give-up', because: 'caller' });
    expect(move({ errorClass: 'too-long' })).toEqual({ kind: 'fall-back', chain: 'onContextTooLong' });
    expect(move({ errorClass: 'blocked' })).toEqual({ kind: 'fall-back', chain: 'onContentPolicy' });
    expect(move({ errorClass: 'auth' })).toEqual({ kind: 'next-step' });
    expect(move({ errorClass: 'auth', stepsLeft: 0 })).toEqual({ kind: 'fall-back', chain: 'onError' });
    expect(move({ errorClass: 'overloaded' })).toEqual({ kind: 'next-step' });
  });

  it('is never another try once output reached the caller', () => {
    expect(move({ hasOutput: true })).toEqual({ kind: 'give-up', because: 'committed' });
  });

  it('waits as long as the provider asks, if that is not too long', () => {
    expect(move({ errorClass: 'rate-limit', stepsLeft: 0, retryAfterMs: 2000 })).toEqual({ kind: 'back-off', waitMs: 2000 });
    expect(move({ errorClass: 'rate-limit', stepsLeft: 0, retryAfterMs: 20_000 })).toEqual({ kind: 'fall-back', chain: 'onError' });
    expect(move({ stepsLeft: 0, remainingMs: 40 })).toEqual({ kind: 'fall-back', chain: 'onError' });
    expect(move({ stepsLeft: 0 })).toEqual({ kind: 'back-off', waitMs: 50 });
  });

  it('is none when the budget is spent', () => {
    expect(move({ mayRetry: () => false })).toEqual({ kind: 'give-up', because: 'budget' });
  });
});
