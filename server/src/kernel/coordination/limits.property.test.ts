import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisMissing, startRedis, type TestRedis } from '../../../../test/testkit/redis.ts';
import { ManualClock } from '../clock/index.ts';
import { MemoryCoordination, type LimitRequest } from './index.ts';
import { TAKE_SOURCE, TIME_LINE } from './redis-scripts.ts';

const WINDOWS_MS = [1_000, 10_000];
const LEASE_MS = 3_000;
/** Real keys must not expire while the tests pretend that days go by: Redis expires by its own clock. */
const REDIS_WINDOWS_MS = [60_000, 600_000];

type Step =
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'take'; readonly rates: readonly { key: number; window: number; amount: number }[]; readonly holder: number | null }
  | { readonly kind: 'release'; readonly holder: number };

const LIMIT = 20;
const PLACES = 3;

const steps = (maxPassMs: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.oneof(
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: maxPassMs }) }) },
      {
        weight: 8,
        arbitrary: fc.record({
          kind: fc.constant('take' as const),
          rates: fc.uniqueArray(fc.record({ key: fc.nat(1), window: fc.nat(1), amount: fc.integer({ min: 0, max: 12 }) }), {
            maxLength: 3,
            selector: ({ key, window }) => `${key}/${window}`,
          }),
          holder: fc.option(fc.nat(5)),
        }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('release' as const), holder: fc.nat(5) }) },
    ),
    { minLength: 1, maxLength: 60 },
  );

function toLimits(step: Extract<Step, { kind: 'take' }>, windows: readonly number[], leaseMs: number): LimitRequest[] {
  const limits: LimitRequest[] = step.rates.map(({ key, window, amount }) => ({
    kind: 'rate',
    key: `rate${key}`,
    amount,
    limit: LIMIT,
    windowMs: windows[window] as number,
  }));
  if (step.holder !== null) limits.push({ kind: 'concurrency', key: 'places', holder: String(step.holder), limit: PLACES, leaseMs });
  return limits;
}

/** What was taken, as plain lists: slow and obviously right. */
class Model {
  readonly taken: { name: string; windowMs: number; atMs: number; amount: number }[] = [];
  readonly holders = new Map<string, number>();

  sum(name: string, windowMs: number, fromMs: number, untilMs: number): number {
    return this.taken
      .filter((entry) => entry.name === name && entry.windowMs === windowMs && entry.atMs >= fromMs && entry.atMs < untilMs)
      .reduce((total, entry) => total + entry.amount, 0);
  }

  hasRoom(limit: LimitRequest, nowMs: number): boolean {
    if (limit.kind === 'concurrency') {
      const held = [...this.holders].filter(([, untilMs]) => untilMs > nowMs).map(([holder]) => holder);
      return held.includes(limit.holder) || held.length < limit.limit;
    }
    const { windowMs } = limit;
    const startMs = Math.floor(nowMs / windowMs) * windowMs;
    const previous = this.sum(limit.key, windowMs, startMs - windowMs, startMs);
    const current = this.sum(limit.key, windowMs, startMs, startMs + windowMs);
    return previous * (windowMs - (nowMs - startMs)) + (current + limit.amount) * windowMs <= limit.limit * windowMs;
  }

  take(limits: readonly LimitRequest[], nowMs: number): number | null {
    const refused = limits.findIndex((limit) => !this.hasRoom(limit, nowMs));
    if (refused >= 0) return refused;
    for (const limit of limits) {
      if (limit.kind === 'rate') this.taken.push({ name: limit.key, windowMs: limit.windowMs, atMs: nowMs, amount: limit.amount });
      else this.holders.set(limit.holder, nowMs + limit.leaseMs);
    }
    return null;
  }
}

describe('limits in memory', () => {
  it('decide like a model that keeps every event, over any history', async () => {
    await fc.assert(
      fc.asyncProperty(steps(4_000), async (history) => {
        const clock = new ManualClock();
        const coordination = new MemoryCoordination({ clock });
        const model = new Model();
        for (const step of history) {
          if (step.kind === 'pass') clock.advance(step.ms);
          else if (step.kind === 'release') {
            await coordination.release([{ key: 'places', holder: String(step.holder) }]);
            model.holders.delete(String(step.holder));
          } else {
            const limits = toLimits(step, WINDOWS_MS, LEASE_MS);
            const decision = await coordination.take(limits);
            expect(decision.refusedIndex).toBe(model.take(limits, clock.monotonicMs()));
            expect(decision.isAllowed).toBe(decision.refusedIndex === null);
          }
        }
        assertNeverOver(model);
      }),
      { numRuns: 300 },
    );
  });

  it('have room exactly after the wait that a refusal advises, and not a millisecond before', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 1, max: LIMIT })), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: LIMIT }),
        async (history, wanted) => {
          const clock = new ManualClock();
          const coordination = new MemoryCoordination({ clock });
          const take = (amount: number): ReturnType<MemoryCoordination['take']> =>
            coordination.take([{ kind: 'rate', key: 'k', amount, limit: LIMIT, windowMs: 1_000 }]);
          for (const [ms, amount] of history) {
            clock.advance(ms);
            await take(amount);
          }
          const refused = await take(wanted);
          if (refused.isAllowed) return;
          clock.advance(refused.retryAfterMs - 1);
          expect((await take(wanted)).isAllowed).toBe(false);
          clock.advance(1);
          expect((await take(wanted)).isAllowed).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('stay below twice the limit in the worst window there is (the error of two buckets)', async () => {
    const clock = new ManualClock();
    const coordination = new MemoryCoordination({ clock });
    const taken: number[] = [];
    // Everything at the end of one bucket, then as much as is allowed in each millisecond of the next.
    clock.advance(999);
    for (let ms = 0; ms < 1_000; ms++) {
      for (;;) {
        const { isAllowed } = await coordination.take([{ kind: 'rate', key: 'k', amount: 1, limit: 100, windowMs: 1_000 }]);
        if (!isAllowed) break;
        taken.push(clock.monotonicMs());
      }
      clock.advance(1);
    }
    const inWindow = taken.filter((atMs) => atMs >= 999 && atMs < 1_999).length;
    expect(inWindow).toBeGreaterThan(100);
    expect(inWindow).toBeLessThan(200);
  });
});

function assertNeverOver(model: Model): void {
  for (const { name, windowMs, atMs } of model.taken) {
    const bucketMs = Math.floor(atMs / windowMs) * windowMs;
    expect(model.sum(name, windowMs, bucketMs, bucketMs + windowMs)).toBeLessThanOrEqual(LIMIT);
    expect(model.sum(name, windowMs, atMs - windowMs + 1, atMs + 1)).toBeLessThan(2 * LIMIT);
  }
}

describe.skipIf(redisMissing !== null)('limits in Redis', () => {
  let server: TestRedis;
  let redis: Redis;
  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis(server.url.reveal());
  });
  afterAll(async () => {
    redis.disconnect();
    await server[Symbol.asyncDispose]();
  });

  /** The script under test with its one line that reads the clock reading an argument instead. */
  const source = TAKE_SOURCE.replace(TIME_LINE, 'local time = { math.floor(ARGV[#ARGV] / 1000), (ARGV[#ARGV] % 1000) * 1000 }');

  it('decide as limits in memory do, to the digit, over any history', async () => {
    expect(source).not.toBe(TAKE_SOURCE);
    await fc.assert(
      fc.asyncProperty(steps(200_000), async (history) => {
        const clock = new ManualClock();
        const memory = new MemoryCoordination({ clock });
        const prefix = randomUUID();
        for (const step of history) {
          if (step.kind === 'pass') clock.advance(step.ms);
          else if (step.kind === 'release') {
            await memory.release([{ key: 'places', holder: String(step.holder) }]);
            await redis.zrem(`${prefix}places`, String(step.holder));
          } else {
            const limits = toLimits(step, REDIS_WINDOWS_MS, 120_000);
            const expected = await memory.take(limits);
            const keys = limits.map((limit) => prefix + (limit.kind === 'rate' ? `${limit.windowMs}:` : '') + limit.key);
            const values = limits.flatMap((limit) =>
              limit.kind === 'rate' ? ['r', limit.amount, limit.limit, limit.windowMs] : ['c', limit.holder, limit.limit, limit.leaseMs],
            );
            const answer = (await redis.eval(source, keys.length, ...keys, ...values, clock.monotonicMs())) as number[];
            const [refused, retryAfterMs, ...remaining] = answer;
            expect([refused === -1 ? null : refused, remaining]).toEqual([expected.refusedIndex, expected.remaining]);
            // Memory knows only a lower bound of the next lease that ends, so its advice may be shorter there.
            if (!limits.some((limit) => limit.kind === 'concurrency')) expect(retryAfterMs).toBe(expected.retryAfterMs);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});
