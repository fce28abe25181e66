import { describe, expect, it } from 'vitest';
import { checkHistory, isClean, type LedgerRow } from './history.ts';

const row = (call: number, overrides: Partial<LedgerRow> = {}): LedgerRow => ({
  call,
  requestId: `cmp_${call}`,
  kind: 'SETTLED',
  outcome: 'SUCCEEDED',
  totalTokens: 4,
  ...overrides,
});
const acknowledged = [1, 2, 3].map((call) => ({ call, requestId: `cmp_${call}`, totalTokens: 4 }));

describe('the history of a drill', () => {
  it('is clean when every acknowledged call is there once, and others may be there too', () => {
    expect(isClean(checkHistory(5, acknowledged, [row(1), row(2), row(3), row(4, { kind: 'ABANDONED', outcome: 'ORPHANED' })]))).toBe(true);
  });

  it('names a call that is missing, abandoned or failed though its answer was received', () => {
    const rows = [row(1, { kind: 'ABANDONED', outcome: 'ORPHANED' }), row(3, { outcome: 'FAILED' })];
    expect(checkHistory(3, acknowledged, rows).lost).toEqual([1, 2, 3]);
  });

  it('names calls that are there twice, were never sent or have another usage or id', () => {
    const findings = checkHistory(3, acknowledged, [row(1), row(1), row(2, { totalTokens: 5 }), row(3, { requestId: 'cmp_2' }), row(9)]);
    expect(findings).toEqual({ lost: [], doubled: [1], invented: [9], miscounted: [2, 3] });
    expect(isClean(findings)).toBe(false);
  });
});
