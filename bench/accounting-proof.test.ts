import { describe, expect, it } from 'vitest';
import { accountingProblems, settingsThatAreOff, type AccountingCounts } from './accounting-proof.ts';

const before: AccountingCounts = {
  started: 3,
  settled: 3,
  abandoned: 0,
  inFlight: 0,
  unexplained: 0,
  pendingInJournal: 0,
  isBalanced: true,
};
const after: AccountingCounts = { ...before, started: 103, settled: 103 };

describe('accountingProblems', () => {
  it('finds nothing when every call that was sent is settled', () => {
    expect(accountingProblems(before, after, 100, 100)).toEqual([]);
    // Retries reach the upstream more often than callers do; that is in order.
    expect(accountingProblems(before, after, 100, 101)).toEqual([]);
  });

  it.each([
    ['a lost record', { ...after, started: 102, settled: 102 }, 100, 'has 99 more'],
    ['a record too many', { ...after, started: 104, settled: 104 }, 100, 'has 101 more'],
    ['an abandoned record', { ...after, settled: 102, abandoned: 1 }, 100, 'settled 99'],
    ['a record still open', { ...after, settled: 102, inFlight: 1 }, 100, '1 records are still in flight'],
    ['a record in the journal only', { ...after, pendingInJournal: 2 }, 100, '2 records are in the local journal'],
    ['a record that fits nowhere', { ...after, unexplained: 1 }, 100, 'does not balance (1 unexplained)'],
    ['a ledger out of balance', { ...after, isBalanced: false }, 100, 'does not balance'],
    ['an answer that never reached the upstream', after, 99, 'saw 99 of 100'],
  ])('reports %s', (_, counts, upstreamCalls, problem) => {
    expect(accountingProblems(before, counts, 100, upstreamCalls).join('\n')).toContain(problem);
  });
});

describe('settingsThatAreOff', () => {
  it('finds durability switched off in files and on command lines, but not in comments', () => {
    expect(settingsThatAreOff("fsync = off\n#full_page_writes = off\nsynchronous_commit='off' # faster\nfsync = on")).toEqual([
      'fsync = off',
      "synchronous_commit='off",
    ]);
    expect(settingsThatAreOff('postgres\n-c\nfsync=off\n-c\nsynchronous_commit=local')).toEqual(['fsync=off']);
  });
});
