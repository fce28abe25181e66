import { describe, expect, it } from 'vitest';
import { costRow, type RowSpec } from './cost-row.ts';
import { median, type TurnSample } from './measure.ts';
import type { LoadResult } from './load-run.ts';
import { memoryVerdict } from './memory-phase.ts';

const NOTHING = { count: 0, meanMs: 0, p50Ms: 0, p90Ms: 0, p99Ms: 0, p999Ms: 0, maxMs: 0 };

function sample(subjectName: string, cpuMicroseconds: number, right = 1000, postgresCpuMicroseconds = 0): TurnSample {
  const result: LoadResult = {
    sent: right,
    right,
    failed: 0,
    failures: [],
    latency: NOTHING,
    firstByte: NOTHING,
    sendLag: NOTHING,
    elapsedMs: 1000,
    ratePerSecond: right,
    events: 0,
    bytes: 0,
    generatorCpuMicroseconds: 0,
  };
  return { label: 'chat', subjectName, result, cpuMicroseconds, postgresCpuMicroseconds };
}

const spec: RowSpec = { name: 'chat', label: 'chat', unit: 'call', unitsPerAnswer: 1, bar: 1.7 };

describe('costRow', () => {
  it('compares each server turn with the proxy turns around it', () => {
    const samples = [
      sample('proxy', 40_000),
      sample('server', 60_000, 1000, 5000),
      sample('proxy', 80_000),
      sample('server', 120_000, 1000, 7000),
      sample('proxy', 40_000),
    ];
    expect(costRow(spec, samples, 'proxy')).toMatchObject({
      rounds: 2,
      proxyMicroseconds: 60,
      serverMicroseconds: 90,
      postgresMicroseconds: 6,
      ratio: 1.5,
      ratioLow: 1,
      ratioHigh: 2,
      isMet: true,
    });
  });

  it('does not let a slow machine pass for a slow server', () => {
    // In the second round everything costs five times as much: the ratio must not move.
    const samples = [
      sample('proxy', 40_000),
      sample('server', 60_000),
      sample('proxy', 40_000),
      sample('proxy', 200_000),
      sample('server', 300_000),
      sample('proxy', 200_000),
    ];
    expect(costRow(spec, samples, 'proxy')).toMatchObject({ ratio: 1.5, ratioLow: 1.5, ratioHigh: 1.5 });
  });

  it('misses the bar just above it', () => {
    const row = (cpu: number) => costRow(spec, [sample('proxy', 100_000), sample('server', cpu), sample('proxy', 100_000)], 'proxy');
    expect(row(170_000).isMet).toBe(true);
    expect(row(170_100).isMet).toBe(false);
  });

  it('counts chunks, not streams, when a stream stands for many', () => {
    const samples = [sample('proxy', 100_000, 10), sample('server', 200_000, 10), sample('proxy', 100_000, 10)];
    expect(costRow({ ...spec, unit: 'chunk', unitsPerAnswer: 100 }, samples, 'proxy')).toMatchObject({
      proxyMicroseconds: 100,
      serverMicroseconds: 200,
    });
  });

  it('refuses samples without a proxy turn on both sides', () => {
    expect(() => costRow(spec, [sample('proxy', 1), sample('server', 1)], 'proxy')).toThrow('no proxy turn on both sides');
    expect(() => costRow(spec, [sample('proxy', 1)], 'proxy')).toThrow('No sample');
  });
});

describe('median', () => {
  it('is the middle value, or the mean of the two in the middle', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, 0]);
  });
});

describe('memoryVerdict', () => {
  const steady = (bytesAt: (index: number) => number) =>
    Array.from({ length: 40 }, (_, index) => ({ atMs: index * 250, bytes: bytesAt(index) }));

  it('calls a wavering level flat and a steady climb not', () => {
    expect(memoryVerdict(steady((index) => 100 + (index % 5))).isFlat).toBe(true);
    expect(memoryVerdict(steady((index) => 100 + index))).toMatchObject({ isFlat: false, peakBytes: 139 });
  });

  it('refuses to judge a handful of samples', () => {
    expect(() => memoryVerdict(steady(() => 1).slice(0, 7))).toThrow('too short to judge');
  });
});
