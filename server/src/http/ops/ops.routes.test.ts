import { describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../kernel/clock/index.ts';
import { createIds } from '../../kernel/ids/index.ts';
import { createLogger } from '../../kernel/telemetry/index.ts';
import type { CompletionOutcome } from '../../modules/completions/index.ts';
import { NO_TOKENS } from '../../modules/ledger/index.ts';
import { createHttpServer } from '../http-server.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createOpsRoutes } from './ops.routes.ts';
import { Readiness, type HealthCheck } from './readiness.ts';

interface Opened extends AsyncDisposable {
  readonly url: string;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
}

async function open(checks: Readonly<Record<string, HealthCheck>> = {}): Promise<Opened> {
  const readiness = new Readiness();
  const metrics = createMetrics({
    isKnownModel: (modelId) => modelId === 'openai/gpt-4.1-mini',
    gauges: { requests_in_flight: { help: 'Calls', read: () => 3 } },
  });
  const server = createHttpServer({
    routes: createOpsRoutes({ readiness, checks, metrics: metrics.registry, version: '1.2.3' }),
    clock: systemClock,
    ids: createIds(systemClock),
    log: createLogger({ level: 'silent' }),
  });
  const port = await server.listen('127.0.0.1', 0);
  return { url: `http://127.0.0.1:${port}`, readiness, metrics, [Symbol.asyncDispose]: () => server.drain(0) };
}

async function readyz({ url }: Opened): Promise<{ status: number; retryAfter: string | null; problems: unknown }> {
  const response = await fetch(`${url}/readyz`);
  const { problems } = (await response.json()) as { problems: unknown };
  return { status: response.status, retryAfter: response.headers.get('retry-after'), problems };
}

describe('/livez', () => {
  it('says that the process runs, whatever else is wrong', async () => {
    await using opened = await open({ database: () => Promise.reject(new Error('away')) });
    const response = await fetch(`${opened.url}/livez`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'alive', version: '1.2.3' }]);
  });
});

describe('/readyz', () => {
  it('is 503 until the process has started, 200 then, and 503 again while it drains', async () => {
    await using opened = await open();
    expect(await readyz(opened)).toEqual({ status: 503, retryAfter: '1', problems: { process: 'still starting' } });
    opened.readiness.started();
    expect(await readyz(opened)).toEqual({ status: 200, retryAfter: null, problems: {} });
    opened.readiness.drain();
    expect(await readyz(opened)).toMatchObject({ status: 503, problems: { process: expect.stringContaining('draining') as string } });
  });

  it('names every dependency that is unwell', async () => {
    await using opened = await open({
      database: () => Promise.reject(new Error('connection refused')),
      coordination: () => Promise.resolve(null),
      ledger: () => Promise.resolve('the journal is full'),
    });
    opened.readiness.started();
    expect(await readyz(opened)).toMatchObject({
      status: 503,
      problems: { database: 'connection refused', ledger: 'the journal is full' },
    });
  });

  it('does not wait for a dependency that does not answer', async () => {
    await using opened = await open({ database: () => new Promise(() => undefined) });
    opened.readiness.started();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const answer = readyz(opened);
    await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0));
    vi.advanceTimersByTime(2000);
    vi.useRealTimers();
    expect(await answer).toMatchObject({ status: 503, problems: { database: 'no answer within 2000 ms' } });
  });
});

describe('/metrics', () => {
  const tokens = { ...NO_TOKENS, inputTokens: 7, outputTokens: 3, totalTokens: 10 };
  const outcomeOf = (modelId: string | null, costNanoUsd: bigint | null): CompletionOutcome => ({
    settlement: {
      requestId: 'request',
      outcome: modelId === null ? 'FAILED' : 'SUCCEEDED',
      basis: 'ACTUAL',
      errorCode: null,
      errorMessage: null,
      servedAttemptId: null,
      finishReason: null,
      warnings: [],
      tokens,
      costNanoUsd,
      timeToFirstTokenMs: 20,
      durationMs: 40,
      overheadMs: 2,
      settledAtMs: 0,
    },
    attempts: [],
    reservedNanoUsd: null,
    error: null,
    answer: null,
    served: modelId === null ? null : { providerId: 'openai', modelId },
    limits: null,
  });

  it('counts what calls came to, and gives a name to known models only', async () => {
    await using opened = await open();
    opened.metrics.observeOutcome('OPENAI', outcomeOf('openai/gpt-4.1-mini', 7600n));
    opened.metrics.observeOutcome('OPENAI', outcomeOf('openai/invented-by-a-caller', null));
    opened.metrics.observeOutcome('GRAPHQL', outcomeOf(null, 0n));
    opened.metrics.observeRefusal('OPENAI', 'UNAUTHENTICATED');
    const text = await (await fetch(`${opened.url}/metrics`)).text();
    const lines = text.split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'antiphon_requests_total{door="OPENAI",model="openai/gpt-4.1-mini",outcome="SUCCEEDED"} 1',
        'antiphon_requests_total{door="OPENAI",model="other",outcome="SUCCEEDED"} 1',
        'antiphon_requests_total{door="GRAPHQL",model="other",outcome="FAILED"} 1',
        'antiphon_refusals_total{door="OPENAI",code="UNAUTHENTICATED"} 1',
        'antiphon_tokens_total{model="openai/gpt-4.1-mini",bucket="input"} 7',
        'antiphon_tokens_total{model="openai/gpt-4.1-mini",bucket="output"} 3',
        'antiphon_requests_in_flight 3',
      ]),
    );
    expect(text).toMatch(/antiphon_cost_usd_total\{model="openai\/gpt-4\.1-mini"\} 0\.0000076/);
    expect(text).not.toContain('invented-by-a-caller');
  });
});
