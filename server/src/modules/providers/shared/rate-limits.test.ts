import { describe, expect, it } from 'vitest';
import {
  COMMON_REQUESTS,
  COMMON_TOKENS,
  durationMsOf,
  headroomOf,
  resetMsOf,
  windowOf,
  type RateLimitRules,
  type ResetFormat,
} from './rate-limits.ts';

const NOW_MS = Date.UTC(2026, 0, 1);
const rules = (resetFormat: ResetFormat): RateLimitRules => ({ requests: [COMMON_REQUESTS], tokens: [COMMON_TOKENS], resetFormat });

describe('times of rate limits', () => {
  it.each<[string, ResetFormat, number | null]>([
    ['6ms', 'duration', 6],
    ['0s', 'duration', 0],
    ['1m30s', 'duration', 90_000],
    ['2m59.56s', 'duration', 179_560],
    ['23m2.4s', 'duration', 1_382_400],
    ['1h0m0s', 'duration', 3_600_000],
    ['170µs', 'duration', 1],
    ['12', 'duration', null],
    ['2026-01-01T00:00:02Z', 'rfc3339', 2000],
    ['2025-12-31T23:00:00Z', 'rfc3339', 0],
    ['soon', 'rfc3339', null],
    ['2.566441774368286', 'seconds', 2567],
    ['24482.56644177437', 'seconds', 24_482_567],
    ['500', 'milliseconds', 500],
    [String(NOW_MS + 30_000), 'epoch-ms', 30_000],
    [String(NOW_MS + 30_000), 'any', 30_000],
    [String(NOW_MS / 1000 + 30), 'any', 30_000],
    ['30', 'any', 30_000],
    ['7.66s', 'any', 7660],
    ['2026-01-01T00:00:02Z', 'any', 2000],
    ['9999999999', 'seconds', 366 * 24 * 3_600_000],
    ['X-RATELIMIT-RESET-XXX', 'any', null],
    ['', 'any', null],
    ['-1', 'seconds', null],
    ['1e9', 'seconds', null],
  ])('reads %j as %s: %j', (text, format, expected) => {
    expect(resetMsOf(text, format, NOW_MS)).toBe(expected);
  });

  it('reads no date where there is no time to measure it from', () => {
    expect(resetMsOf('2026-01-01T00:00:02Z', 'rfc3339', null)).toBeNull();
    expect(resetMsOf(String(NOW_MS), 'any', null)).toBeNull();
    expect(resetMsOf('5', 'any', null)).toBe(5000);
  });

  it('takes long nonsense as nothing, at once', () => {
    expect(durationMsOf('1'.repeat(100_000))).toBeNull();
    expect(durationMsOf('1s'.repeat(50_000))).toBeNull();
  });
});

describe('headroom', () => {
  it('tells requests and tokens with what is left and when it is whole again', () => {
    const headers = {
      'x-ratelimit-limit-requests': '14400',
      'x-ratelimit-remaining-requests': '14370',
      'x-ratelimit-reset-requests': '2m59.56s',
      'x-ratelimit-limit-tokens': '18000',
      'x-ratelimit-remaining-tokens': '17997',
      'x-ratelimit-reset-tokens': '7.66s',
    };
    expect(headroomOf(rules('duration'), headers, NOW_MS)).toEqual({
      requests: { limit: 14_400, remaining: 14_370, resetMs: 179_560 },
      tokens: { limit: 18_000, remaining: 17_997, resetMs: 7660 },
    });
  });

  it('is nothing where nothing is told, masked, or without limit', () => {
    expect(headroomOf(rules('any'), {}, NOW_MS)).toBeNull();
    expect(headroomOf(rules('any'), { 'x-ratelimit-remaining-requests': 'XXX', 'x-ratelimit-remaining-tokens': '-1' }, NOW_MS)).toBeNull();
  });

  it('is that of the tightest of several windows', () => {
    const cerebras: RateLimitRules = {
      requests: [windowOf('requests-minute'), windowOf('requests-day')],
      tokens: [],
      resetFormat: 'seconds',
    };
    const headers = {
      'x-ratelimit-limit-requests-minute': '500',
      'x-ratelimit-remaining-requests-minute': '499',
      'x-ratelimit-limit-requests-day': '1000',
      'x-ratelimit-remaining-requests-day': '10',
      'x-ratelimit-reset-requests-day': '3600',
    };
    expect(headroomOf(cerebras, headers, NOW_MS)).toEqual({ requests: { limit: 1000, remaining: 10, resetMs: 3_600_000 } });
    expect(headroomOf(cerebras, { ...headers, 'x-ratelimit-remaining-requests-minute': '0' }, NOW_MS)?.requests?.remaining).toBe(0);
  });

  it('measures dates by the clock of the answer itself', () => {
    const headers = {
      date: 'Thu, 01 Jan 2026 00:00:10 GMT',
      'x-ratelimit-remaining-tokens': '5',
      'x-ratelimit-reset-tokens': '2026-01-01T00:00:12Z',
    };
    expect(headroomOf(rules('rfc3339'), headers, 0)?.tokens).toEqual({ limit: null, remaining: 5, resetMs: 2000 });
  });

  it('reads the form of the IETF', () => {
    const headers = { ratelimit: '"api";r=498;t=68', 'ratelimit-policy': '"fixed window";"api";q=500;w=300' };
    expect(headroomOf(rules('any'), headers, NOW_MS)).toEqual({ requests: { limit: 500, remaining: 498, resetMs: 68_000 } });
  });
});
