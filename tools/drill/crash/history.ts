/** What the clients of a drill saw, held against what the ledger holds. */

/** An answer that a client received to its last byte. */
export interface Acknowledged {
  /** Our number of the call, sent as metadata. */
  readonly call: number;
  /** The id that the answer named, `cmp_…`. */
  readonly requestId: string;
  readonly totalTokens: number;
}

export interface LedgerRow {
  readonly call: number;
  readonly requestId: string;
  readonly kind: 'SETTLED' | 'ABANDONED' | null;
  readonly outcome: string | null;
  readonly totalTokens: number | null;
}

export interface HistoryFindings {
  /** Acknowledged, and not in the ledger as settled. */
  readonly lost: readonly number[];
  /** In the ledger more than once. */
  readonly doubled: readonly number[];
  /** In the ledger, and never sent. */
  readonly invented: readonly number[];
  /** Acknowledged with another id or count of tokens than the ledger's. */
  readonly miscounted: readonly number[];
}

/** Acknowledged calls are present exactly once with their usage; what is present was attempted. */
export function checkHistory(attempted: number, acknowledged: readonly Acknowledged[], rows: readonly LedgerRow[]): HistoryFindings {
  const byCall = new Map<number, LedgerRow>();
  const doubled: number[] = [];
  for (const row of rows) {
    if (byCall.has(row.call)) doubled.push(row.call);
    byCall.set(row.call, row);
  }
  const lost: number[] = [];
  const miscounted: number[] = [];
  for (const { call, requestId, totalTokens } of acknowledged) {
    const row = byCall.get(call);
    if (row === undefined || row.kind !== 'SETTLED' || row.outcome !== 'SUCCEEDED') lost.push(call);
    else if (row.totalTokens !== totalTokens || row.requestId !== requestId) miscounted.push(call);
  }
  const invented = [...byCall.keys()].filter((call) => !(call >= 1 && call <= attempted));
  return { lost, doubled, invented, miscounted };
}

export function isClean(findings: HistoryFindings): boolean {
  return Object.values(findings).every((calls: readonly number[]) => calls.length === 0);
}
