import { describe, expect, it } from 'vitest';
import { Histogram } from './histogram.ts';

describe('Histogram', () => {
  it('reports small values exactly', () => {
    const histogram = new Histogram();
    for (let value = 1; value <= 100; value += 1) histogram.record(value);
    expect([histogram.quantile(0.5), histogram.quantile(0.9), histogram.quantile(0.99), histogram.quantile(1)]).toEqual([50, 90, 99, 100]);
  });

  it('stays within 0.8 % above the true quantile over six powers of ten', () => {
    for (let exponent = 0; exponent <= 8; exponent += 1) {
      const values = Array.from({ length: 1000 }, (_, index) => Math.round((index + 1) * 10 ** exponent * 0.37));
      const histogram = new Histogram();
      for (const value of values) histogram.record(value);
      for (const fraction of [0.01, 0.5, 0.9, 0.99, 0.999]) {
        const truth = values[Math.ceil(fraction * values.length) - 1] ?? 0;
        const reported = histogram.quantile(fraction);
        expect(reported).toBeGreaterThanOrEqual(truth);
        expect(reported).toBeLessThanOrEqual(truth * 1.008 + 1);
      }
    }
  });

  it('counts a value at a bucket border in the bucket that holds it', () => {
    for (const value of [255, 256, 257, 511, 512, 1023, 1024, 65_535, 65_536, 2 ** 35 - 1]) {
      const histogram = new Histogram();
      histogram.record(value);
      histogram.record(value * 2);
      expect(histogram.quantile(0.5)).toBeGreaterThanOrEqual(value);
      expect(histogram.quantile(0.5)).toBeLessThanOrEqual(value * 1.008);
    }
  });

  it('never reports more than the largest value', () => {
    const histogram = new Histogram();
    histogram.record(1_000_003);
    expect(histogram.summary()).toMatchObject({ count: 1, p50Ms: 1000.003, p99Ms: 1000.003, maxMs: 1000.003, meanMs: 1000.003 });
  });

  it('is all zero when empty and takes clock glitches as zero', () => {
    const histogram = new Histogram();
    expect(histogram.summary()).toEqual({ count: 0, meanMs: 0, p50Ms: 0, p90Ms: 0, p99Ms: 0, p999Ms: 0, maxMs: 0 });
    histogram.record(-3);
    expect(histogram.quantile(1)).toBe(0);
    expect(histogram.count).toBe(1);
  });

  it('keeps values beyond its range in the last bucket', () => {
    const histogram = new Histogram();
    histogram.record(2 ** 50);
    expect(histogram.count).toBe(1);
    expect(histogram.summary().maxMs).toBe(2 ** 50 / 1000);
  });
});
