import type { BillingDetail, TokenCounts } from './ledger.records.ts';
import type { PriceOf } from './ledger.reconciler.ts';

/** A settled request with its attempts, and what they cost so far. */
export interface RatedRequest {
  readonly id: string;
  /** Settlement and adjustments together; null: unknown. */
  readonly costNanoUsd: bigint | null;
  readonly adjustmentCount: number;
  readonly attempts: readonly RatedAttempt[];
}

export interface RatedAttempt {
  readonly id: string;
  readonly modelId: string;
  readonly startedAtMs: number;
  /** Nothing was consumed: there is nothing to price. */
  readonly isVoid: boolean;
  readonly tokens: TokenCounts;
  readonly billing: BillingDetail | null;
  /** Settlement and adjustments together; null: unknown. */
  readonly costNanoUsd: bigint | null;
  readonly priceVersion: string | null;
  readonly adjustmentCount: number;
}

export interface AttemptAdjustment {
  readonly attemptId: string;
  readonly requestId: string;
  readonly ordinal: number;
  readonly modelId: string;
  readonly amountNanoUsd: bigint;
  readonly previousPriceVersion: string | null;
  readonly priceVersion: string;
}

export interface RequestAdjustment {
  readonly requestId: string;
  readonly ordinal: number;
  readonly amountNanoUsd: bigint;
}

/** What has to be added so that a request costs what it would cost if it were priced now. */
export interface Adjustments {
  readonly attempts: readonly AttemptAdjustment[];
  readonly request: RequestAdjustment | null;
  /** Attempts that were looked at: those that consumed something. */
  readonly examined: number;
  /** Attempts whose price is still unknown. */
  readonly unpriced: number;
}

/**
 * Compares what a request cost with what it costs by the prices that are known now for the time it was made. A price that is not known
 * any more changes nothing. Asking again after the adjustments were written finds none. `modelId`: only attempts at this model.
 */
export function rerate(request: RatedRequest, priceOf: PriceOf, modelId: string | null): Adjustments {
  let [examined, unpriced] = [0, 0];
  let total: bigint | null = 0n;
  const attempts: AttemptAdjustment[] = [];
  for (const attempt of request.attempts) {
    let cost = attempt.isVoid ? (attempt.costNanoUsd ?? 0n) : attempt.costNanoUsd;
    if (!attempt.isVoid && (modelId === null || attempt.modelId === modelId)) {
      examined += 1;
      const priced = priceOf(attempt.modelId, { ...attempt.tokens, ...attempt.billing }, attempt.startedAtMs);
      if (priced === null && cost === null) unpriced += 1;
      if (priced !== null && (cost !== priced.costNanoUsd || attempt.priceVersion !== priced.priceVersion)) {
        attempts.push(toAdjustment(request.id, attempt, priced));
        cost = priced.costNanoUsd;
      }
    }
    total = total === null || cost === null ? null : total + cost;
  }
  return { attempts, request: total === null ? null : toRequestAdjustment(request, total), examined, unpriced };
}

function toAdjustment(requestId: string, attempt: RatedAttempt, priced: NonNullable<ReturnType<PriceOf>>): AttemptAdjustment {
  return {
    attemptId: attempt.id,
    requestId,
    ordinal: attempt.adjustmentCount + 1,
    modelId: attempt.modelId,
    amountNanoUsd: priced.costNanoUsd - (attempt.costNanoUsd ?? 0n),
    previousPriceVersion: attempt.priceVersion,
    priceVersion: priced.priceVersion,
  };
}

function toRequestAdjustment({ id, costNanoUsd, adjustmentCount }: RatedRequest, total: bigint): RequestAdjustment | null {
  if (costNanoUsd === total) return null;
  return { requestId: id, ordinal: adjustmentCount + 1, amountNanoUsd: total - (costNanoUsd ?? 0n) };
}
