import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisMissing, startRedis, type TestRedis } from '../../../../test/testkit/redis.ts';
import { ManualClock, systemClock } from '../clock/index.ts';
import { createLogger } from '../telemetry/index.ts';
import { MemoryCoordination, RedisCoordination, type Coordination, type LimitRequest } from './index.ts';

interface Subject {
  readonly coordination: Coordination;
  /** Lets time pass: at once where the clock is ours, really where it is the store's. */
  pass(ms: number): Promise<void>;
}

const log = createLogger({ level: 'silent' });
/** Long enough that a whole test fits into the window it began in when the clock is Redis's. */
const WINDOW_MS = 60_000;

const rate = (key: string, amount: number, limit: number, windowMs = WINDOW_MS): LimitRequest => ({
  kind: 'rate',
  key,
  amount,
  limit,
  windowMs,
});

const place = (key: string, holder: string, limit: number, leaseMs = 60_000): LimitRequest => ({
  kind: 'concurrency',
  key,
  holder,
  limit,
  leaseMs,
});

function contract(createSubject: () => Subject): void {
  let subject: Subject;
  beforeAll(() => {
    subject = createSubject();
  });
  afterAll(() => subject.coordination.close());
  const use = (): { coordination: Coordination; key: string; pass(ms: number): Promise<void> } => ({
    ...subject,
    pass: (ms) => subject.pass(ms),
    key: randomUUID(),
  });

  describe('values', () => {
    it('gives back what was set until it is deleted', async () => {
      const { coordination, key } = use();
      expect(await coordination.get(key)).toBe(null);
      expect(await coordination.set(key, 'größe \u0000 "x"')).toBe(true);
      expect(await coordination.get(key)).toBe('größe \u0000 "x"');
      expect(await coordination.set(key, 'b')).toBe(true);
      expect(await coordination.get(key)).toBe('b');
      expect([await coordination.delete(key), await coordination.delete(key), await coordination.get(key)]).toEqual([true, false, null]);
    });

    it('forgets a value when its time is over, and a plain set takes the time away', async () => {
      const { coordination, key, pass } = use();
      await coordination.set(key, 'a', { ttlMs: 80 });
      await coordination.set(`${key}-kept`, 'a', { ttlMs: 80 });
      await coordination.set(`${key}-kept`, 'b');
      expect(await coordination.get(key)).toBe('a');
      await pass(100);
      expect([await coordination.get(key), await coordination.get(`${key}-kept`)]).toEqual([null, 'b']);
      expect(await coordination.delete(key)).toBe(false);
    });

    it('lets exactly one of many set a value that is absent, and the next one when its time is over', async () => {
      const { coordination, key, pass } = use();
      const attempts = Array.from({ length: 20 }, (_, index) => coordination.set(key, String(index), { onlyIfAbsent: true, ttlMs: 120 }));
      expect((await Promise.all(attempts)).filter(Boolean)).toHaveLength(1);
      expect(await coordination.get(key)).toBe('0');
      await pass(150);
      expect(await coordination.set(key, 'next', { onlyIfAbsent: true })).toBe(true);
      expect(await coordination.set(key, 'late', { onlyIfAbsent: true, ttlMs: 10 })).toBe(false);
      expect(await coordination.get(key)).toBe('next');
    });

    it('refuses what no store keeps, and changes nothing', async () => {
      const { coordination, key } = use();
      await coordination.set(key, 'a');
      await expect(coordination.set(key, 'x'.repeat(1024 * 1024 + 1))).rejects.toThrow(RangeError);
      await expect(coordination.set(key, 'b', { ttlMs: 0 })).rejects.toThrow(RangeError);
      await expect(coordination.set('', 'b')).rejects.toThrow(RangeError);
      await expect(coordination.set('k'.repeat(513), 'b')).rejects.toThrow(RangeError);
      expect(await coordination.get(key)).toBe('a');
    });
  });

  describe('rates', () => {
    it('allow up to the limit and then say when to come back', async () => {
      const { coordination, key } = use();
      expect(await coordination.take([rate(key, 3, 5)])).toEqual({ isAllowed: true, refusedIndex: null, retryAfterMs: 0, remaining: [2] });
      const refused = await coordination.take([rate(key, 3, 5)]);
      expect(refused).toMatchObject({ isAllowed: false, refusedIndex: 0, remaining: [2] });
      expect(refused.retryAfterMs).toBeGreaterThan(0);
      expect(refused.retryAfterMs).toBeLessThanOrEqual(2 * WINDOW_MS);
      expect(await coordination.take([rate(key, 2, 5)])).toMatchObject({ isAllowed: true, remaining: [0] });
      expect(await coordination.take([rate(key, 0, 5)])).toMatchObject({ isAllowed: true, remaining: [0] });
      expect(await coordination.take([rate(key, 6, 5)])).toMatchObject({ isAllowed: false, retryAfterMs: WINDOW_MS });
      expect(await coordination.take([rate(`${key}-none`, 1, 0)])).toMatchObject({ isAllowed: false, remaining: [0] });
    });

    it('have room again after the wait that was advised', async () => {
      const { coordination, key, pass } = use();
      await coordination.take([rate(key, 10, 10, 200)]);
      for (let round = 0; round < 3; round++) {
        const refused = await coordination.take([rate(key, 7, 10, 200)]);
        if (refused.isAllowed) continue;
        await pass(refused.retryAfterMs);
        expect((await coordination.take([rate(key, 7, 10, 200)])).isAllowed).toBe(true);
      }
    });

    it('count each window of a key by itself', async () => {
      const { coordination, key } = use();
      const both = [rate(key, 1, 2, 60_000), rate(key, 1, 3, 3_600_000)];
      expect((await coordination.take(both)).remaining).toEqual([1, 2]);
      expect((await coordination.take(both)).remaining).toEqual([0, 1]);
      expect(await coordination.take(both)).toMatchObject({ refusedIndex: 0, remaining: [0, 1] });
      expect((await coordination.take([rate(key, 1, 3, 3_600_000)])).remaining).toEqual([0]);
    });
  });

  describe('concurrency', () => {
    it('allows so many holders at once, and the next one after a release', async () => {
      const { coordination, key } = use();
      expect(await coordination.take([place(key, 'a', 2)])).toMatchObject({ isAllowed: true, remaining: [1] });
      expect(await coordination.take([place(key, 'b', 2)])).toMatchObject({ isAllowed: true, remaining: [0] });
      const refused = await coordination.take([place(key, 'c', 2)]);
      expect(refused).toMatchObject({ isAllowed: false, refusedIndex: 0, remaining: [0], retryAfterMs: 1_000 });
      await coordination.release([{ key, holder: 'a' }]);
      expect((await coordination.take([place(key, 'c', 2)])).isAllowed).toBe(true);
    });

    it('changes nothing when a release is repeated or comes from nobody', async () => {
      const { coordination, key } = use();
      for (const holder of ['a', 'b']) await coordination.take([place(key, holder, 2)]);
      await coordination.release([
        { key, holder: 'a' },
        { key, holder: 'nobody' },
        { key: `${key}-unknown`, holder: 'a' },
      ]);
      await coordination.release([{ key, holder: 'a' }]);
      expect((await coordination.take([place(key, 'c', 2)])).isAllowed).toBe(true);
      expect((await coordination.take([place(key, 'd', 2)])).isAllowed).toBe(false);
    });

    it('gives a holder no second place and renews its lease', async () => {
      const { coordination, key, pass } = use();
      await coordination.take([place(key, 'a', 1, 250)]);
      await pass(150);
      expect((await coordination.take([place(key, 'a', 1, 250)])).isAllowed).toBe(true);
      await pass(150);
      expect((await coordination.take([place(key, 'b', 1, 250)])).isAllowed).toBe(false);
    });

    it('forgets a holder that was never released when its lease ends, and not the others', async () => {
      const { coordination, key, pass } = use();
      await coordination.take([place(key, 'dead', 2, 100)]);
      await coordination.take([place(key, 'alive', 2, 60_000)]);
      expect((await coordination.take([place(key, 'next', 2)])).isAllowed).toBe(false);
      await pass(150);
      expect(await coordination.take([place(key, 'next', 2)])).toMatchObject({ isAllowed: true, remaining: [0] });
      expect((await coordination.take([place(key, 'more', 2)])).isAllowed).toBe(false);
    });
  });

  describe('several limits in one step', () => {
    it('take all or nothing, whichever refuses', async () => {
      const { coordination, key } = use();
      const limits = (holder: string, tokens: number): readonly LimitRequest[] => [
        rate(`${key}-requests`, 1, 10),
        rate(`${key}-tokens`, tokens, 100),
        place(key, holder, 2),
      ];
      expect(await coordination.take(limits('a', 60))).toEqual({
        isAllowed: true,
        refusedIndex: null,
        retryAfterMs: 0,
        remaining: [9, 40, 1],
      });
      for (let attempt = 0; attempt < 20; attempt++)
        expect(await coordination.take(limits('b', 60))).toMatchObject({ isAllowed: false, refusedIndex: 1, remaining: [9, 40, 1] });
      expect((await coordination.take(limits('b', 40))).remaining).toEqual([8, 0, 0]);
      expect(await coordination.take(limits('c', 0))).toMatchObject({ refusedIndex: 2, remaining: [8, 0, 0] });
    });

    it('allow a call without limits', async () => {
      const { coordination } = use();
      expect(await coordination.take([])).toEqual({ isAllowed: true, refusedIndex: null, retryAfterMs: 0, remaining: [] });
      await coordination.release([]);
    });

    it('refuse what cannot be decided and touch nothing', async () => {
      const { coordination, key } = use();
      const good = rate(key, 1, 5);
      for (const bad of [
        rate(key, 1, 5),
        rate(`${key}x`, -1, 5),
        rate(`${key}x`, 0.5, 5),
        rate(`${key}x`, 1, NaN),
        rate(`${key}x`, 1, 5, 0),
        place(`${key}x`, 'a', -1),
        place(`${key}x`, 'a', 1, 0),
      ])
        await expect(coordination.take([good, bad])).rejects.toThrow(RangeError);
      expect((await coordination.take([good])).remaining).toEqual([4]);
    });

    it('never give out more than the limit to calls at the same moment', async () => {
      const { coordination, key } = use();
      const limits = (holder: string): readonly LimitRequest[] => [rate(key, 1, 50), place(key, holder, 30)];
      const decisions = await Promise.all(Array.from({ length: 500 }, (_, index) => coordination.take(limits(String(index)))));
      expect(decisions.filter((decision) => decision.isAllowed)).toHaveLength(30);
      expect((await coordination.take([rate(key, 0, 50)])).remaining).toEqual([20]);
    });
  });

  describe('messages', () => {
    it('reach every subscriber of the channel in order, and nobody after closing', async () => {
      const { coordination, key } = use();
      const received: string[] = [];
      const subscription = await coordination.subscribe(key, (message) => received.push(`a${message}`));
      const other = await coordination.subscribe(key, (message) => received.push(`b${message}`));
      for (let message = 0; message < 50; message++) await coordination.publish(key, String(message));
      await coordination.publish(`${key}-elsewhere`, 'x');
      await until(() => received.length === 100);
      expect(received.filter((message) => message.startsWith('a'))).toEqual(Array.from({ length: 50 }, (_, index) => `a${index}`));
      await subscription.close();
      await subscription.close();
      await coordination.publish(key, 'last');
      await until(() => received.includes('blast'));
      expect(received).toHaveLength(101);
      expect(other.droppedCount).toBe(0);
      await other.close();
    });

    it('reach the others when a listener throws', async () => {
      const { coordination, key } = use();
      const received: string[] = [];
      const failing = await coordination.subscribe(key, () => {
        throw new Error('listener');
      });
      const working = await coordination.subscribe(key, (message) => received.push(message));
      await coordination.publish(key, '1');
      await coordination.publish(key, '2');
      await until(() => received.length === 2);
      expect(received).toEqual(['1', '2']);
      await Promise.all([failing.close(), working.close()]);
    });
  });

  it('answers a ping', async () => {
    await expect(use().coordination.ping()).resolves.toBeUndefined();
  });
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await delay(1);
}

describe('MemoryCoordination', () => {
  contract(() => {
    const clock = new ManualClock();
    return {
      coordination: new MemoryCoordination({ clock, log }),
      pass: (ms) => {
        clock.advance(ms);
        return Promise.resolve();
      },
    };
  });
});

describe.skipIf(redisMissing !== null)('RedisCoordination', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis[Symbol.asyncDispose]());
  contract(() => ({
    coordination: new RedisCoordination({ url: redis.url, log, clock: systemClock, keyPrefix: `antp-test-${randomUUID()}:` }),
    pass: (ms) => delay(ms),
  }));
});
