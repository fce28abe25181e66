/**
 * The ledger: what was asked, what was tried, how it ended and what it cost, in PostgreSQL. It owns the `completion_*`, `ledger_instance`,
 * `request_refusal`, `idempotency` and `rerating*` tables.
 * It promises that what was acknowledged is never lost or counted twice, and that `started = settled + abandoned + in flight`.
 * It never changes a row that says how something ended, and never decides a price.
 */
export type { Accounting, AccountingQuery } from './accounting.read-model.ts';
export type { CompletionFilter, CompletionPage, CompletionPageQuery, CompletionReadModel, StoredPayload } from './completion.read-model.ts';
export type {
  AttemptSettlement,
  CompletionAttempt,
  CompletionRecord,
  CompletionSettlement,
  CompletionStatus,
} from './completion.record.ts';
export { createLedger, type Ledger, type LedgerOptions } from './create-ledger.ts';
export { IdempotencyStore, type IdempotencyClaim } from './idempotency.store.ts';
export type { LedgerLimits } from './ledger.limits.ts';
export type { PriceOf, Reconciliation } from './ledger.reconciler.ts';
export * from './ledger.records.ts';
export { RERATE_JOB, type Reratings } from './rerating.service.ts';
export type { Rerating, ReratingDifference, ReratingOrder } from './rerating.store.ts';
export type { WriterStats } from './ledger.writer.ts';
