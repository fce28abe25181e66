import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownRedisMissing, redisMissing, startRedis, type RedisProcess, type TestRedis } from '../../../../test/testkit/redis.ts';
import { systemClock } from '../clock/index.ts';
import { Secret } from '../crypto/index.ts';
import { createLogger } from '../telemetry/index.ts';
import { createCoordination, RedisCoordination, type LimitRequest, type RedisCoordinationOptions } from './index.ts';

interface Opened extends AsyncDisposable {
  readonly coordination: RedisCoordination;
  readonly lines: { msg: string }[];
}

function open(url: Secret, overrides: Partial<RedisCoordinationOptions> = {}): Opened {
  const lines: { msg: string }[] = [];
  const log = createLogger({ level: 'info', destination: { write: (line) => void lines.push(JSON.parse(line) as { msg: string }) } });
  const coordination = new RedisCoordination({ url, log, clock: systemClock, keyPrefix: `antp-test-${randomUUID()}:`, ...overrides });
  return { coordination, lines, [Symbol.asyncDispose]: () => coordination.close() };
}

async function timed(call: Promise<unknown>): Promise<{ error: unknown; tookMs: number }> {
  const startMs = performance.now();
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  return { error, tookMs: performance.now() - startMs };
}

const rate = (key: string, amount: number, limit: number): LimitRequest => ({ kind: 'rate', key, amount, limit, windowMs: 3_600_000 });

describe('RedisCoordination without a server', () => {
  it('rejects within a second, also the first operation, and says what to check', async () => {
    await using opened = open(new Secret('/nonexistent/redis.sock'));
    for (let call = 0; call < 3; call++) {
      const { error, tookMs } = await timed(opened.coordination.take([rate('k', 1, 1)]));
      expect(error).toMatchObject({ code: 'UNAVAILABLE', cause: { message: expect.stringContaining('REDIS_URL') as string } });
      expect(tookMs).toBeLessThan(1_000);
    }
    expect(opened.lines).toHaveLength(1);
  });
});

describe.skipIf(redisMissing !== null)('RedisCoordination', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis[Symbol.asyncDispose]());

  it('is what a URL chooses', async () => {
    const log = createLogger({ level: 'silent' });
    const coordination = createCoordination({ redisUrl: redis.url }, { log, clock: systemClock });
    expect(coordination).toBeInstanceOf(RedisCoordination);
    await coordination.ping();
    await coordination.close();
    await expect(coordination.ping()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('never gives out more than the limit to four connections that race', async () => {
    const keyPrefix = `antp-test-${randomUUID()}:`;
    const nodes = Array.from({ length: 4 }, () => open(redis.url, { keyPrefix }));
    try {
      const calls = nodes.flatMap(({ coordination }, node) =>
        Array.from({ length: 500 }, async (_, call) => {
          const holder = `${node}/${call}`;
          const limits: LimitRequest[] = [
            rate('requests', 1, 700),
            rate('tokens', 10, 100_000),
            { kind: 'concurrency', key: 'calls', holder, limit: 50, leaseMs: 60_000 },
          ];
          for (let attempt = 0; attempt < 3; attempt++) {
            const decision = await coordination.take(limits);
            if (!decision.isAllowed) continue;
            expect(decision.remaining[2]).toBeLessThan(50);
            await coordination.release([{ key: 'calls', holder }]);
            return 1;
          }
          return 0;
        }),
      );
      const allowed = (await Promise.all(calls)).reduce<number>((sum, one) => sum + one, 0);
      expect(allowed).toBeGreaterThan(0);
      expect(allowed).toBeLessThanOrEqual(700);
      const [first] = nodes;
      const left = await first?.coordination.take([rate('requests', 0, 700), rate('tokens', 0, 100_000)]);
      // A refused step has consumed nothing: what is gone is what was allowed.
      expect(left?.remaining).toEqual([700 - allowed, 100_000 - 10 * allowed]);
      const holders = Array.from(
        { length: 80 },
        async (_, index) =>
          await nodes[index % 4]?.coordination.take([
            { kind: 'concurrency', key: 'calls', holder: `last${index}`, limit: 50, leaseMs: 60_000 },
          ]),
      );
      expect((await Promise.all(holders)).filter((decision) => decision?.isAllowed)).toHaveLength(50);
    } finally {
      for (const { coordination } of nodes) await coordination.close();
    }
  });

  it('gives out more than the limit when counting is a read and a write (control)', async () => {
    await using first = open(redis.url, { keyPrefix: 'antp-control:' });
    await using second = open(redis.url, { keyPrefix: 'antp-control:' });
    const takeInTwoSteps = async (call: number): Promise<boolean> => {
      const { coordination } = call % 2 === 0 ? first : second;
      const count = Number((await coordination.get('count')) ?? 0);
      if (count >= 50) return false;
      return coordination.set('count', String(count + 1));
    };
    const taken = (await Promise.all(Array.from({ length: 500 }, (_, call) => takeInTwoSteps(call)))).filter(Boolean);
    expect(taken.length).toBeGreaterThan(50);
  });

  it('takes subscriptions that arrive while the connection for messages is opening', async () => {
    await using opened = open(redis.url);
    const received: string[] = [];
    const channels = ['a', 'b', 'c'];
    await Promise.all(channels.map((channel) => opened.coordination.subscribe(channel, (message) => received.push(message))));
    for (const channel of channels) await opened.coordination.publish(channel, channel);
    while (received.length < 3) await delay(1);
    expect(received).toEqual(channels);
  });

  it('leaves no key without an end', async () => {
    await using opened = open(redis.url, { keyPrefix: 'antp-ttl:' });
    await opened.coordination.take([rate('k', 1, 5), { kind: 'concurrency', key: 'k', holder: 'h', limit: 5, leaseMs: 60_000 }]);
    const { Redis } = await import('ioredis');
    const direct = new Redis(redis.url.reveal());
    const keys = await direct.keys('antp-ttl:*');
    expect(keys.sort()).toEqual(['antp-ttl:c:k', 'antp-ttl:r:3600000:k']);
    for (const key of keys) expect(await direct.pttl(key)).toBeGreaterThan(0);
    direct.disconnect();
  });
});

describe.skipIf(ownRedisMissing !== null)('RedisCoordination when its server fails', () => {
  let redis: TestRedis;
  let server: RedisProcess;
  beforeAll(async () => {
    redis = await startRedis();
    if (redis.process === null) throw new Error('these tests need a server of their own');
    server = redis.process;
  });
  afterAll(() => redis[Symbol.asyncDispose]());

  it('gives up a call that gets no answer within a second, then refuses at once, and recovers by itself', async () => {
    await using opened = open(redis.url);
    const { coordination } = opened;
    await coordination.ping();
    server.pause();
    try {
      const first = await timed(coordination.take([rate('k', 1, 100)]));
      expect(first.error).toMatchObject({ code: 'UNAVAILABLE' });
      expect(first.tookMs).toBeLessThan(1_000);
      await Promise.all(Array.from({ length: 10 }, () => timed(coordination.get('k'))));
      await timed(coordination.get('k'));
      const refusals = await Promise.all(Array.from({ length: 200 }, () => timed(coordination.get('k'))));
      expect(refusals.every(({ error }) => error !== null)).toBe(true);
      expect(refusals.filter(({ tookMs }) => tookMs < 100).length).toBeGreaterThanOrEqual(199);
    } finally {
      server.resume();
    }
    while ((await timed(coordination.ping())).error !== null) await delay(50);
    expect((await timed(coordination.set('k', 'v'))).error).toBe(null);
  });

  it('survives a server that dies and comes back empty: rejects, reconnects, loads its scripts again, reports the gap', async () => {
    await using opened = open(redis.url);
    const { coordination, lines } = opened;
    const received: string[] = [];
    const subscription = await coordination.subscribe(
      'news',
      (message) => received.push(message),
      () => received.push('gap'),
    );
    await coordination.publish('news', 'before');
    expect((await coordination.take([rate('k', 4, 5)])).remaining).toEqual([1]);
    while (received.length < 1) await delay(5);
    await server.kill();
    const down = await timed(coordination.take([rate('k', 1, 5)]));
    expect(down.error).toMatchObject({ code: 'UNAVAILABLE' });
    expect(down.tookMs).toBeLessThan(1_000);
    await server.start();
    while ((await timed(coordination.ping())).error !== null) await delay(20);
    expect((await coordination.take([rate('k', 4, 5)])).remaining).toEqual([1]);
    while (!received.includes('gap')) await delay(5);
    await coordination.publish('news', 'after');
    while (!received.includes('after')) await delay(5);
    expect(received).toEqual(['before', 'gap', 'after']);
    // Once for each connection, however often it was tried.
    expect(lines.filter(({ msg }) => msg.includes('is lost'))).toHaveLength(2);
    await subscription.close();
  });
});
