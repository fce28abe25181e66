import type { AttemptSettled, Basis, BillingDetail, Outcome, RequestSettled, TokenCounts } from '../ledger/index.ts';
import { NO_TOKENS } from '../ledger/index.ts';
import type { FinishReason, Usage } from '../providers/index.ts';

export function toTokenCounts(usage: Usage): TokenCounts {
  return {
    inputTokens: usage.inputTokens,
    cachedReadTokens: usage.cachedReadTokens,
    cacheWriteTokens: usage.cacheWriteTokens,
    outputTokens: usage.outputTokens,
    reasoningTokens: usage.reasoningTokens,
    audioInputTokens: usage.audioInputTokens,
    audioOutputTokens: usage.audioOutputTokens,
    imageInputTokens: usage.imageInputTokens,
    totalTokens: usage.totalTokens,
  };
}

/** What beside the token buckets decides a price; null when nothing does. */
export function toBilling(usage: Usage | null, serviceTier: string | null): BillingDetail | null {
  const cacheWriteHourTokens = usage?.cacheWriteHourTokens ?? 0;
  const units = usage?.units;
  if (cacheWriteHourTokens === 0 && serviceTier === null && units === undefined) return null;
  return {
    ...(cacheWriteHourTokens === 0 ? {} : { cacheWriteHourTokens }),
    ...(serviceTier === null ? {} : { serviceTier }),
    ...(units === undefined ? {} : { units }),
  };
}

export function estimatedTokens(inputTokens: number, outputTokens: number): TokenCounts {
  return { ...NO_TOKENS, inputTokens, outputTokens, totalTokens: inputTokens + outputTokens };
}

const BUCKETS = Object.keys(NO_TOKENS) as readonly (keyof TokenCounts)[];

export function sumTokens(attempts: readonly AttemptSettled[]): TokenCounts {
  const [only] = attempts;
  if (only !== undefined && attempts.length === 1) return only.tokens;
  const sum: Record<keyof TokenCounts, number> = { ...NO_TOKENS };
  for (const { tokens } of attempts) for (const bucket of BUCKETS) sum[bucket] += tokens[bucket];
  return sum;
}

/** Null as soon as one attempt's cost is unknown: a part of a sum is no sum. */
export function sumCost(attempts: readonly AttemptSettled[]): bigint | null {
  let sum = 0n;
  for (const { costNanoUsd } of attempts) {
    if (costNanoUsd === null) return null;
    sum += costNanoUsd;
  }
  return sum;
}

/** The weakest word that is true of all attempts: one estimate makes the sum an estimate. */
export function combineBasis(attempts: readonly AttemptSettled[]): Basis {
  if (attempts.some(({ basis }) => basis === 'ESTIMATED')) return 'ESTIMATED';
  return attempts.some(({ basis }) => basis === 'ACTUAL') ? 'ACTUAL' : 'VOID';
}

export function sumUpRequest(
  attempts: readonly AttemptSettled[],
  facts: Pick<
    RequestSettled,
    | 'requestId'
    | 'outcome'
    | 'errorCode'
    | 'errorMessage'
    | 'servedAttemptId'
    | 'finishReason'
    | 'warnings'
    | 'timeToFirstTokenMs'
    | 'durationMs'
    | 'settledAtMs'
  >,
): RequestSettled {
  const providerMs = attempts.reduce((sum, attempt) => sum + attempt.durationMs, 0);
  return {
    ...facts,
    basis: combineBasis(attempts),
    tokens: sumTokens(attempts),
    costNanoUsd: sumCost(attempts),
    overheadMs: Math.max(0, facts.durationMs - providerMs),
  };
}

/** The ledger's word for a finish reason; the same as the schema's. */
export function toFinishReasonName(reason: FinishReason): string {
  return reason.toUpperCase().replace('-', '_');
}

export function outcomeOfFailure(isCancelled: boolean): Outcome {
  return isCancelled ? 'CANCELLED' : 'FAILED';
}
