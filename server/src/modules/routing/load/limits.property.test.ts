import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseEjected, EJECTION_CAP } from '../decision/pool-health.policy.ts';
import { wilsonLowerBound } from '../health/failure-evidence.ts';
import { SuccessShare } from '../health/success-share.ts';
import { ClientThrottle } from './client-throttle.ts';
import { ConcurrencyLimit } from './concurrency-limit.ts';
import { DeadlineQueue, type QueuePriority } from './deadline-queue.ts';
import { RetryBudget } from './retry-budget.ts';
import { RetryThrottle } from './retry-throttle.ts';

const outcome = fc.constantFrom<'success' | 'drop' | 'neutral'>('success', 'drop', 'neutral');

describe('whatever happens', () => {
  it('a concurrency limit stays within its bounds and never counts below zero', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), outcome, fc.nat(500)), { maxLength: 400 }), (events) => {
        const limit = new ConcurrencyLimit({ min: 2, max: 50, backoff: 0.9 });
        let nowMs = 0;
        for (const [isStart, how, stepMs] of events) {
          nowMs += stepMs;
          if (isStart && limit.hasRoom()) limit.started();
          else if (limit.inFlight > 0) limit.ended(how, nowMs - stepMs, nowMs);
          expect(limit.inFlight).toBeGreaterThanOrEqual(0);
          if (limit.limit === null) continue;
          expect(limit.limit).toBeGreaterThanOrEqual(2);
          expect(limit.limit).toBeLessThanOrEqual(50);
        }
      }),
    );
  });

  it('a retry budget is never negative and never above its reserve, nor are the tokens of a throttle', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 500 }), (events) => {
        const budget = new RetryBudget();
        const throttle = new RetryThrottle();
        for (const isGood of events) {
          if (isGood) budget.earn('tenant');
          else budget.trySpend('tenant');
          if (isGood) throttle.succeeded();
          else throttle.failed();
          expect(budget.balanceOf('tenant')).toBeGreaterThanOrEqual(0);
          expect(budget.balanceOf('tenant')).toBeLessThanOrEqual(10);
          expect(throttle.tokens).toBeGreaterThanOrEqual(0);
          expect(throttle.tokens).toBeLessThanOrEqual(10);
        }
      }),
    );
  });

  it('the ejected share of a pool is at most the cap, and somebody is always left', () => {
    const member = fc.record({ isTripped: fc.boolean(), successShare: fc.double({ min: 0, max: 1, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(member, { minLength: 1, maxLength: 12 }), (members) => {
        const ejected = chooseEjected(members);
        expect(ejected.size).toBeLessThanOrEqual(members.length * EJECTION_CAP);
        expect(ejected.size).toBeLessThan(members.length);
        for (const position of ejected) expect(members[position]?.isTripped).toBe(true);
      }),
    );
  });

  it('shares stay between 0 and 1', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(5000)), { maxLength: 300 }), (events) => {
        const share = new SuccessShare({ weight: 0.1, tauMs: 20_000 }, 0);
        const throttle = new ClientThrottle();
        let nowMs = 0;
        for (const [isGood, stepMs] of events) {
          nowMs += stepMs;
          share.record(isGood, nowMs);
          if (throttle.tryRequest(nowMs, 0.5)) throttle.ended(nowMs, isGood);
          for (const value of [share.valueAt(nowMs), throttle.rejectShareAt(nowMs)]) {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });

  it("Wilson's lower bound lies below the share it bounds", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (failures, successes) => {
        const bound = wilsonLowerBound(failures, failures + successes);
        expect(bound).toBeGreaterThanOrEqual(0);
        expect(bound).toBeLessThanOrEqual(failures === 0 ? 0 : failures / (failures + successes));
      }),
    );
  });

  it('a queue never exceeds its capacity and everyone who entered leaves once: served, shed or still waiting', () => {
    const event = fc.record({ isPush: fc.boolean(), priority: fc.constantFrom<QueuePriority>(0, 1, 2, 3), stepMs: fc.nat(300) });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 200 }), (events) => {
        const left: number[] = [];
        const queue = new DeadlineQueue<number>({ capacity: 5, lateMs: 200 }, (item) => left.push(item));
        let nowMs = 0;
        let entered = 0;
        for (const [item, { isPush, priority, stepMs }] of events.entries()) {
          nowMs += stepMs;
          if (isPush && queue.tryPush(item, priority, nowMs, nowMs + 600)) entered += 1;
          const served = isPush ? undefined : queue.shift(nowMs);
          if (served !== undefined) left.push(served);
          expect(queue.length).toBeLessThanOrEqual(5);
        }
        expect(new Set(left).size).toBe(left.length);
        expect(left.length + queue.length).toBe(entered);
      }),
    );
  });
});
