import { describe, expect, it } from 'vitest';
import { ManualClock, systemClock } from '../clock/index.ts';
import { MemoryCoordination, type LimitRequest } from './index.ts';

const rate = (key: string, amount: number, limit: number, windowMs = 1_000): LimitRequest => ({
  kind: 'rate',
  key,
  amount,
  limit,
  windowMs,
});
const place = (key: string, holder: string, limit: number, leaseMs = 1_000): LimitRequest => ({
  kind: 'concurrency',
  key,
  holder,
  limit,
  leaseMs,
});

function open(bounds: ConstructorParameters<typeof MemoryCoordination>[0]['bounds'] = {}): {
  coordination: MemoryCoordination;
  clock: ManualClock;
} {
  const clock = new ManualClock();
  return { coordination: new MemoryCoordination({ clock, bounds }), clock };
}

describe('MemoryCoordination', () => {
  it('refuses new limits when it is full instead of forgetting old ones, and takes none of the step', async () => {
    const { coordination } = open({ maxKeys: 3 });
    for (const key of ['a', 'b']) await coordination.take([rate(key, 5, 5), place(key, 'h', 1)]);
    await expect(coordination.take([rate('a', 0, 5), rate('c', 1, 5), rate('d', 1, 5)])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect((await coordination.take([rate('a', 1, 5)])).isAllowed).toBe(false);
    expect((await coordination.take([place('b', 'other', 1)])).isAllowed).toBe(false);
    expect((await coordination.take([rate('c', 1, 5)])).remaining).toEqual([4]);
  });

  it('has room again when old limits are over', async () => {
    const { coordination, clock } = open({ maxKeys: 2 });
    await coordination.take([rate('a', 1, 5), rate('b', 1, 5), place('a', 'h', 1), place('b', 'h', 1)]);
    await expect(coordination.take([rate('c', 1, 5)])).rejects.toMatchObject({
      cause: { message: expect.stringContaining('set REDIS_URL') as string },
    });
    clock.advance(2_000);
    expect((await coordination.take([rate('c', 1, 5), place('c', 'h', 1)])).isAllowed).toBe(true);
    expect(coordination.keyCount).toBe(2);
  });

  it('holds no more than what is alive while keys come and go for ever', async () => {
    const { coordination, clock } = open();
    let largest = 0;
    for (let call = 0; call < 20_000; call++) {
      await coordination.take([rate(`r${call}`, 1, 5, 100), place(`c${call}`, 'h', 1, 100)]);
      await coordination.set(`v${call}`, 'x', { ttlMs: 100 });
      clock.advance(1);
      largest = Math.max(largest, coordination.keyCount);
    }
    // 100 to 200 of each kind are alive at a time; without sweeping it would be 60,000.
    expect(largest).toBeLessThan(2_000);
  });

  it('bounds the characters of all values, and a value that does not fit leaves the old one', async () => {
    const { coordination, clock } = open({ maxValueCharacters: 100 });
    await coordination.set('a', 'x'.repeat(50), { ttlMs: 5_000 });
    await expect(coordination.set('b', 'x'.repeat(60))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(coordination.set('a', 'x'.repeat(100))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await coordination.get('a')).toBe('x'.repeat(50));
    await coordination.set('a', 'x'.repeat(90), { ttlMs: 1_000 });
    clock.advance(1_000);
    expect(await coordination.set('b', 'x'.repeat(60))).toBe(true);
  });

  it('drops the oldest messages of a slow subscriber, counts them and reports the gap', async () => {
    const { coordination } = open({ maxQueuedMessages: 3 });
    const received: string[] = [];
    const subscription = await coordination.subscribe(
      'c',
      (message) => received.push(message),
      () => received.push('gap'),
    );
    for (const message of ['1', '2', '3', '4', '5']) await coordination.publish('c', message);
    expect(received).toEqual([]);
    await new Promise(setImmediate);
    expect([received, subscription.droppedCount]).toEqual([['gap', '3', '4', '5'], 2]);
  });

  it('rejects everything after it was closed', async () => {
    const { coordination } = open();
    const received: string[] = [];
    await coordination.subscribe('c', (message) => received.push(message));
    await coordination.publish('c', '1');
    await coordination.close();
    await coordination.close();
    for (const call of [coordination.get('a'), coordination.take([rate('a', 1, 1)]), coordination.publish('c', '2'), coordination.ping()])
      await expect(call).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await new Promise(setImmediate);
    expect(received).toEqual([]);
  });

  it('decides three limits in about two microseconds', async () => {
    const coordination = new MemoryCoordination({ clock: systemClock });
    const limits = Array.from({ length: 1_000 }, (_, index): readonly LimitRequest[] => [
      rate(`requests:${index}`, 1, 1e9, 60_000),
      rate(`tokens:${index}`, 500, 1e12, 60_000),
      place(`calls:${index}`, 'holder', 5_000, 60_000),
    ]);
    const round = (): number => {
      const startMs = performance.now();
      for (let call = 0; call < 100_000; call++) void coordination.take(limits[call % 1_000] as readonly LimitRequest[]);
      return (performance.now() - startMs) / 100_000;
    };
    let bestUs = Infinity;
    for (let attempt = 0; attempt < 8; attempt++) bestUs = Math.min(bestUs, round() * 1_000);
    // The best of several rounds, because the machine is shared; the bound is lenient for the same reason.
    expect(bestUs).toBeLessThan(4);
  });
});
