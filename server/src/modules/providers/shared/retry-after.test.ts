import { describe, expect, it } from 'vitest';
import { MAX_RETRY_AFTER_MS, retryAfterMsOf } from './retry-after.ts';

const NOW_MS = Date.UTC(2026, 0, 1);

describe('the wait that a failed answer asks for', () => {
  it.each([
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '1.5' }, 1500],
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, 0],
    [{ 'retry-after': String(114 * 3600) }, MAX_RETRY_AFTER_MS],
    [{ 'retry-after': 'soon' }, null],
    [{}, null],
  ])('is read from %j', (headers, expected) => {
    expect(retryAfterMsOf(headers as Record<string, string>, NOW_MS)).toBe(expected);
  });
});
