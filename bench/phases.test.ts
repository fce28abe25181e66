import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addedFirstToken, alternating, measureCalls, measureStreams, warmUp, type CostTools } from './cost-phase.ts';
import { DEFAULT_PLAN } from './fake-upstream-plan.ts';
import { measureLatency } from './latency-phase.ts';
import { NonceRanges, runTurns, type Turn } from './measure.ts';
import { measureMemory } from './memory-phase.ts';
import { formatReport, type BenchReport } from './report.ts';
import { chatJob } from './scenarios.ts';
import {
  SentCounter,
  startGenerator,
  startProxyProcess,
  startUpstreamProcess,
  type Generator,
  type Subject,
  type UpstreamProcess,
} from './subjects.ts';

const CALLS = { rounds: 1, turnMs: 300, concurrency: 8 };
const STREAMS = { rounds: 1, streams: 10, chunks: 20, intervalMs: 5, rampMs: 20 };

describe.skipIf(!existsSync('/proc/self/stat'))('the phases of a run, over real processes', () => {
  let upstream: UpstreamProcess;
  let limit: Subject;
  let slowed: Subject;
  let generators: readonly [Generator, Generator];
  const sent = new SentCounter();
  const nonces = new NonceRanges();
  const tools = (): CostTools => ({ limit, measured: slowed, generator: generators[0], nonces });

  beforeAll(async () => {
    upstream = await startUpstreamProcess();
    limit = await startProxyProcess('proxy', upstream.url, 'undici');
    slowed = await startProxyProcess('slowed', upstream.url, 'undici', 1000);
    generators = [sent.counting(startGenerator()), sent.counting(startGenerator())];
  });

  afterAll(async () => {
    for (const started of [...generators, limit, slowed, upstream]) await started.stop();
  });

  it('measure a slowed proxy as slow, per call and per chunk', async () => {
    await warmUp(tools(), 100);
    const calls = await measureCalls(tools(), CALLS);
    const streams = await measureStreams(tools(), STREAMS);
    const [call, chunk] = [...calls.rows, ...streams.rows];
    // It burns 1,000 µs for the head and 1,000 µs for each piece.
    expect(call?.serverMicroseconds).toBeGreaterThan(1900);
    expect(chunk?.serverMicroseconds).toBeGreaterThan(900);
    expect([call?.isMet, chunk?.isMet]).toEqual([false, false]);
    expect(addedFirstToken(streams.samples, 'proxy')).toEqual([{ door: 'stream', p50Ms: expect.any(Number) }]);
  });

  it('add up: what was sent is what the upstream saw', async () => {
    const { completions, streams } = await upstream.stats();
    expect(sent.sentTo(limit) + sent.sentTo(slowed)).toBe(completions + streams);
    expect(sent.sentTo(limit)).toBeGreaterThan(0);
  });

  it('find the added latency at an equal rate', async () => {
    const doors = [{ name: 'chat/completions', ratePerSecond: 100 }] as const;
    const settings = { rounds: 2, turnMs: 300, plan: DEFAULT_PLAN };
    const [row] = await measureLatency(limit, slowed, doors, settings, { generator: generators[0], nonces });
    expect(row?.addedP50Ms).toBeGreaterThan(1.5);
    expect(row?.serverMicroseconds).toBeGreaterThan(1900);
  });

  it('watch memory while streams come and go', async () => {
    const settings = { streams: 20, chunks: 10, intervalMs: 20, rampMs: 200, durationMs: 3000 };
    const verdict = await measureMemory(limit, settings, { generators, nonces });
    expect(verdict.streamsServed).toBeGreaterThanOrEqual(20 * 10);
    expect(verdict.startBytes).toBeGreaterThan(20 * 2 ** 20);
    expect(verdict.samples.length).toBeGreaterThanOrEqual(10);
  });

  it('stop at a wrong answer instead of timing it', async () => {
    const wrong: Turn = {
      label: 'wrong',
      subject: limit,
      job: (nonce) => ({
        ...chatJob(limit.openai, DEFAULT_PLAN, { mode: 'closed', concurrency: 1, durationMs: 20 }, nonce),
        url: `${limit.openai.openaiBaseUrl}/nowhere`,
      }),
    };
    await expect(runTurns([wrong], generators[0], nonces)).rejects.toThrow(
      /wrong on proxy: \d+ of \d+ answers were wrong\.\n {2}- HTTP 404/,
    );
  });

  it('refuse two neighbouring turns of one subject', async () => {
    const turn: Turn = {
      label: 'chat',
      subject: limit,
      job: (nonce) => chatJob(limit.openai, DEFAULT_PLAN, { mode: 'closed', concurrency: 1, durationMs: 20 }, nonce),
    };
    await expect(runTurns([turn, turn], generators[0], nonces)).rejects.toThrow('would overlap');
    const other = { ...turn, label: 'other', subject: slowed };
    expect(alternating(turn, [other, other], 2).map(({ label }) => label)).toEqual(
      'chat other chat other chat other chat other chat'.split(' '),
    );
  });
});

describe('the report', () => {
  it('shows figures and reasons also when the run fails', () => {
    const report: BenchReport = {
      startedAt: '2026-01-01T00:00:00.000Z',
      durationSeconds: 200,
      mode: 'full',
      machine: { cpu: 'A CPU', cores: 2, memoryGiB: 23, kernel: '6.1', node: 'v24', loadAverage: [0.1, 0.2, 0.3] },
      commit: 'abc',
      proxyClient: 'undici',
      costs: [
        {
          name: 'chat/completions',
          unit: 'call',
          rounds: 5,
          proxyMicroseconds: 45,
          serverMicroseconds: 90,
          postgresMicroseconds: 20,
          ratio: 2,
          ratioLow: 1.9,
          ratioHigh: 2.1,
          bar: 1.7,
          isMet: false,
          proxyRate: 20000,
          serverRate: 9000,
        },
      ],
      latencies: [],
      addedFirstTokenMs: [],
      memory: undefined,
      accounting: undefined,
      warnings: ['Other processes used 30 % of the machine.'],
      failures: ['chat/completions: 2.00 × the bare proxy.'],
    };
    const text = formatReport(report);
    const row = text.split('\n').find((line) => line.startsWith('chat/completions'));
    expect(row?.split(/\s{2,}/)).toEqual([
      'chat/completions, per call',
      '45.0',
      '90.0',
      '2.00',
      '1.90–2.10',
      '≤ 1.70',
      'FAIL',
      '20.0',
      '20,000',
      '9,000',
      '0.45',
    ]);
    expect(text).toContain('Read with care:\n  - Other processes');
    expect(text.endsWith('FAIL:\n  - chat/completions: 2.00 × the bare proxy.')).toBe(true);
  });
});
