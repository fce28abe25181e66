import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBareProxy, type BareProxy } from './bare-proxy.ts';
import { DEFAULT_PLAN, formatDirective, parseDirective, streamedText, type AnswerPlan } from './fake-upstream-plan.ts';
import { startFakeUpstream, type FakeUpstream } from './fake-upstream.ts';
import { runLoad, type LoadJob, type LoopPlan } from './load-run.ts';
import { chatJob, chatStreamJob } from './scenarios.ts';

let upstream: FakeUpstream;
const proxies: Record<'undici' | 'http', BareProxy | undefined> = { undici: undefined, http: undefined };

beforeAll(async () => {
  upstream = await startFakeUpstream();
  const upstreamUrl = `http://127.0.0.1:${upstream.port}`;
  proxies.undici = await startBareProxy({ upstreamUrl, client: 'undici' });
  proxies.http = await startBareProxy({ upstreamUrl, client: 'http' });
});

afterAll(async () => {
  await proxies.undici?.stop();
  await proxies.http?.stop();
  await upstream.stop();
});

function targetAt(port: number | undefined): { openaiBaseUrl: string; apiKey: string; model: string } {
  return { openaiBaseUrl: `http://127.0.0.1:${port}/v1`, apiKey: 'none', model: 'gpt-4.1-mini' };
}

const CLOSED: LoopPlan = { mode: 'closed', concurrency: 4, durationMs: 150 };
const plan: AnswerPlan = { latencyMs: 0, chunks: 20, intervalMs: 2, textBytes: 700 };

describe('the directive', () => {
  it('survives being written and read', () => {
    expect(parseDirective(`please (${formatDirective(plan)}) now`)).toEqual(plan);
    expect(parseDirective('fake:chunks=7')).toEqual({ ...DEFAULT_PLAN, chunks: 7 });
    expect(parseDirective('nothing here')).toBeUndefined();
  });

  it('is held to limits', () => {
    expect(parseDirective('fake:chunks=999999999,bytes=999999999')).toMatchObject({ chunks: 100_000, textBytes: 4_000_000 });
  });
});

describe('the fake upstream', () => {
  const post = (body: object | string, path = '/v1/chat/completions', headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${upstream.port}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const messages = [{ role: 'user', content: 'hello' }];

  it('takes the directive from query, header, model and prompt alike', async () => {
    const lengths = await Promise.all(
      [
        post({ model: 'm', messages }, '/v1/chat/completions?plan=fake:bytes=50'),
        post({ model: 'm', messages }, '/v1/chat/completions', { 'x-fake-upstream': 'fake:bytes=51' }),
        post({ model: 'fake:bytes=52', messages }),
        post({ model: 'm', messages: [{ role: 'user', content: 'fake:bytes=53' }] }),
      ].map(async (response) => {
        const body = (await (await response).json()) as { choices: { message: { content: string } }[] };
        return body.choices[0]?.message.content.length;
      }),
    );
    expect(lengths).toEqual([50, 51, 52, 53]);
  });

  it('sends the usage chunk only when it is asked for', async () => {
    const stream = async (options: object): Promise<string> =>
      (await post({ model: 'fake:chunks=3', messages, stream: true, ...options })).text();
    const without = await stream({});
    const withUsage = await stream({ stream_options: { include_usage: true } });
    expect(without.match(/^data: /gm)).toHaveLength(1 + 3 + 1 + 1);
    expect(withUsage.match(/^data: /gm)).toHaveLength(1 + 3 + 1 + 1 + 1);
    expect(without).not.toContain('"usage"');
    expect(withUsage).toContain('"usage":{"prompt_tokens":120,"completion_tokens":3,"total_tokens":123');
  });

  it('answers embeddings in both encodings with the same numbers', async () => {
    const vector = async (format: object): Promise<number[]> => {
      const body = (await (await post({ model: 'e', input: ['a', 'b'], ...format }, '/v1/embeddings')).json()) as {
        data: { embedding: number[] | string }[];
      };
      expect(body.data).toHaveLength(2);
      const embedding = body.data[1]?.embedding ?? [];
      if (typeof embedding !== 'string') return embedding;
      const bytes = Buffer.from(embedding, 'base64');
      return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4));
    };
    const float = await vector({});
    expect(float).toHaveLength(256);
    expect(await vector({ encoding_format: 'base64' })).toEqual(float);
  });

  it('refuses what is not a call', async () => {
    expect((await post('not json')).status).toBe(400);
    expect((await post({ model: 'm' })).status).toBe(400);
    expect((await post({}, '/v1/nothing')).status).toBe(404);
  });

  it('stops a stream whose reader leaves', async () => {
    const before = upstream.stats().abandonedStreams;
    const leave = new AbortController();
    const response = await fetch(`http://127.0.0.1:${upstream.port}/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({ model: 'fake:chunks=10000,interval=5', messages, stream: true }),
      signal: leave.signal,
    });
    await response.body?.getReader().read();
    leave.abort();
    await expect.poll(() => upstream.stats().abandonedStreams).toBe(before + 1);
  });
});

describe.each(['direct', 'undici', 'http'] as const)('a load run, %s', (way) => {
  const port = (): number | undefined => (way === 'direct' ? upstream.port : proxies[way]?.port);

  it('gets only right answers, as many as the upstream gave', async () => {
    const before = upstream.stats().completions;
    const result = await runLoad(chatJob(targetAt(port()), plan, CLOSED, 0));
    expect(result.failures).toEqual([]);
    expect(result.right).toBe(result.sent);
    expect(result.right).toBeGreaterThan(4);
    expect(upstream.stats().completions - before).toBe(result.sent);
    expect(result.latency.count).toBe(result.right);
  });

  it('reads streams to their end and counts every event', async () => {
    const before = upstream.stats();
    const result = await runLoad(chatStreamJob(targetAt(port()), plan, CLOSED, 0));
    expect(result.failures).toEqual([]);
    expect(result.right).toBe(result.sent);
    // Role, content, finish, usage, [DONE].
    expect(result.events).toBe(result.sent * (1 + plan.chunks + 1 + 1 + 1));
    expect(upstream.stats().chunks - before.chunks).toBe(result.sent * plan.chunks);
    expect(result.firstByte.p50Ms).toBeLessThan(result.latency.p50Ms);
    expect(result.latency.p50Ms).toBeGreaterThan(plan.chunks * plan.intervalMs * 0.8);
  });

  it('sends as many calls as the schedule says', async () => {
    const result = await runLoad(chatJob(targetAt(port()), plan, { mode: 'open', ratePerSecond: 400, durationMs: 250 }, 0));
    expect([result.sent, result.right, result.failures]).toEqual([100, 100, []]);
    expect(result.sendLag.count).toBe(100);
  });
});

describe('the load generator', () => {
  const job = (changes: Partial<LoadJob>, loop: LoopPlan = CLOSED): LoadJob => ({
    ...chatJob(targetAt(upstream.port), plan, loop, 0),
    ...changes,
  });

  it('counts waiting for a connection as latency: nothing is omitted when the target is slow', async () => {
    // One connection, 20 ms each, an arrival every 5 ms: call n waits 15 n ms. Counted from the send, all would be 20 ms.
    const slow = { ...plan, latencyMs: 20 };
    const result = await runLoad(
      chatJob(targetAt(upstream.port), slow, { mode: 'open', ratePerSecond: 200, durationMs: 100, maxConnections: 1 }, 0),
    );
    expect(result.sent).toBe(20);
    expect(result.latency.maxMs).toBeGreaterThan(19 * 15);
    expect(result.latency.p50Ms).toBeGreaterThan(9 * 15);
  });

  it('calls a wrong answer wrong and keeps its words', async () => {
    const result = await runLoad(
      job({ expectation: { kind: 'chat', text: 'another text', chunks: 0, inputTokens: 120, outputTokens: 1 } }),
    );
    expect(result.right).toBe(0);
    expect(result.failed).toBe(result.sent);
    expect(result.failures[0]).toContain('text has no end');
  });

  it('calls a refusal wrong', async () => {
    const result = await runLoad(job({ url: `http://127.0.0.1:${upstream.port}/v1/nowhere` }));
    expect(result.right).toBe(0);
    expect(result.failures).toEqual([expect.stringContaining('HTTP 404')]);
  });

  it('gives up on answers that do not come', async () => {
    const stuck = { ...plan, latencyMs: 60_000 };
    const result = await runLoad({ ...chatJob(targetAt(upstream.port), stuck, { ...CLOSED, durationMs: 20 }, 0), drainMs: 50 });
    expect([result.sent, result.failed]).toEqual([4, 4]);
    expect(result.failures).toEqual(['no whole answer within 50 ms after the end of the run']);
  });

  it('rejects when nobody listens', async () => {
    await expect(runLoad(job({ url: 'http://127.0.0.1:1/v1/chat/completions' }))).rejects.toThrow('ECONNREFUSED');
  });
});

describe('the slowed proxy', () => {
  it('takes at least the time it is told to burn', async () => {
    const slowed = await startBareProxy({ upstreamUrl: `http://127.0.0.1:${upstream.port}`, slowMicroseconds: 20_000 });
    try {
      const result = await runLoad(chatJob(targetAt(slowed.port), plan, { mode: 'closed', concurrency: 1, durationMs: 100 }, 0));
      expect(result.failures).toEqual([]);
      expect(result.latency.p50Ms).toBeGreaterThan(39);
    } finally {
      await slowed.stop();
    }
  });
});

describe('streamedText', () => {
  it('ends with the end mark', () => {
    expect(streamedText({ ...plan, chunks: 3 })).toBe('the river THE-END');
  });
});
