import type { Basis, Door, Operation, Outcome, TokenCounts } from './ledger.records.ts';

export type CompletionStatus = 'IN_FLIGHT' | 'SETTLED' | 'ABANDONED';

/** A request as it is shown, with its attempts in order. */
export interface CompletionRecord {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string;
  readonly apiKeyId: string | null;
  readonly door: Door;
  readonly operation: Operation;
  readonly requestedModel: string;
  readonly isStreaming: boolean;
  readonly reservedNanoUsd: bigint | null;
  readonly idempotencyKey: string | null;
  readonly metadataJson: string | null;
  readonly startedAtMs: number;
  readonly status: CompletionStatus;
  /** Null while it runs. */
  readonly settlement: CompletionSettlement | null;
  readonly attempts: readonly CompletionAttempt[];
}

export interface CompletionSettlement {
  readonly outcome: Outcome;
  readonly basis: Basis;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly servedAttemptId: string | null;
  readonly finishReason: string | null;
  readonly warnings: readonly string[];
  readonly tokens: TokenCounts;
  /** What was settled and all adjustments together. */
  readonly costNanoUsd: bigint | null;
  /** What re-rating added to, or took from, what was settled; null: it was never re-rated. */
  readonly adjustmentNanoUsd: bigint | null;
  readonly timeToFirstTokenMs: number | null;
  readonly durationMs: number;
  readonly overheadMs: number | null;
  readonly settledAtMs: number;
}

export interface CompletionAttempt {
  readonly id: string;
  readonly requestId: string;
  readonly ordinal: number;
  readonly providerId: string;
  readonly modelId: string;
  readonly startedAtMs: number;
  /** Null while it runs. */
  readonly settlement: AttemptSettlement | null;
}

export interface AttemptSettlement {
  readonly outcome: Outcome;
  readonly basis: Basis;
  readonly errorClass: string | null;
  readonly httpStatus: number | null;
  readonly upstreamRequestId: string | null;
  readonly tokens: TokenCounts;
  /** What was settled and all adjustments together. */
  readonly costNanoUsd: bigint | null;
  /** What re-rating added to, or took from, what was settled; null: it was never re-rated. */
  readonly adjustmentNanoUsd: bigint | null;
  readonly priceVersion: string | null;
  readonly timeToFirstTokenMs: number | null;
  readonly durationMs: number;
  readonly settledAtMs: number;
}

/** `pg` gives bigint as text, json as a value. */
export interface TokensRow {
  readonly input_tokens: string;
  readonly cached_read_tokens: string;
  readonly cache_write_tokens: string;
  readonly output_tokens: string;
  readonly reasoning_tokens: string;
  readonly audio_input_tokens: string;
  readonly audio_output_tokens: string;
  readonly image_input_tokens: string;
  readonly total_tokens: string;
}

interface SettlementRow extends TokensRow {
  readonly outcome: Outcome | null;
  readonly basis: Basis;
  readonly cost_nano_usd: string | null;
  readonly adjustment_nano_usd: string | null;
  readonly time_to_first_token_ms: number | null;
  readonly duration_ms: number;
  readonly settled_ms: number;
}

export interface RequestRow extends SettlementRow {
  readonly id: string;
  readonly organization_id: string;
  readonly project_id: string;
  readonly api_key_id: string | null;
  readonly door: Door;
  readonly operation: Operation;
  readonly requested_model: string;
  readonly is_streaming: boolean;
  readonly reserved_nano_usd: string | null;
  readonly idempotency_key: string | null;
  readonly metadata_json: string | null;
  readonly started_ms: number;
  readonly kind: 'SETTLED' | 'ABANDONED' | null;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly served_attempt_id: string | null;
  readonly finish_reason: string | null;
  readonly warnings: string[] | null;
  readonly overhead_ms: number | null;
}

export interface AttemptRow extends SettlementRow {
  readonly id: string;
  readonly request_id: string;
  readonly ordinal: number;
  readonly provider_id: string;
  readonly model_id: string;
  readonly started_ms: number;
  readonly error_class: string | null;
  readonly http_status: number | null;
  readonly upstream_request_id: string | null;
  readonly price_version: string | null;
}

/**
 * What was settled and all adjustments together, and the adjustments alone: null when there are none. `s` is the settlement's alias,
 * `table` holds the adjustments that `match` its `id`.
 */
function costColumns(s: string, table: string, match: string): string {
  const adjustment = `(select sum(d.amount_nano_usd)::bigint from ${table} d where ${match})`;
  return `coalesce(coalesce(${s}.cost_nano_usd, 0) + ${adjustment}, ${s}.cost_nano_usd) as cost_nano_usd, ${adjustment} as adjustment_nano_usd`;
}

/** `s` is the settlement's alias. */
function settlementColumns(s: string, cost: string): string {
  const tokens = ['input', 'cached_read', 'cache_write', 'output', 'reasoning', 'audio_input', 'audio_output', 'image_input', 'total'];
  return [
    `${s}.outcome, ${s}.basis, ${cost}, ${s}.time_to_first_token_ms, ${s}.duration_ms`,
    `${toMilliseconds(`${s}.settled_at`)} as settled_ms`,
    ...tokens.map((bucket) => `${s}.${bucket}_tokens`),
  ].join(', ');
}

/** Exact, because the product is still numeric. */
function toMilliseconds(column: string): string {
  return `(extract(epoch from ${column}) * 1000)::float8`;
}

/** Columns of `completion_request r left join completion_settlement s`. */
export const REQUEST_COLUMNS = `r.id, r.organization_id, r.project_id, r.api_key_id, r.door, r.operation, r.requested_model, r.is_streaming,
  r.reserved_nano_usd, r.idempotency_key, r.metadata::text as metadata_json, ${toMilliseconds('r.started_at')} as started_ms, s.kind,
  s.error_code, s.error_message, s.served_attempt_id, s.finish_reason, s.warnings, s.overhead_ms,
  ${settlementColumns('s', costColumns('s', 'completion_adjustment', 'd.request_id = s.request_id'))}`;

/** Columns of `completion_attempt a left join completion_attempt_settlement t`. */
export const ATTEMPT_COLUMNS = `a.id, a.request_id, a.ordinal, a.provider_id, a.model_id, ${toMilliseconds('a.started_at')} as started_ms,
  t.error_class, t.http_status, t.upstream_request_id,
  coalesce((select d.price_version from completion_attempt_adjustment d where d.attempt_id = t.attempt_id order by d.ordinal desc limit 1),
    t.price_version) as price_version,
  ${settlementColumns('t', costColumns('t', 'completion_attempt_adjustment', 'd.attempt_id = t.attempt_id'))}`;

export function toCompletion(row: RequestRow, attempts: readonly CompletionAttempt[]): CompletionRecord {
  return {
    id: row.id,
    organizationId: row.organization_id,
    projectId: row.project_id,
    apiKeyId: row.api_key_id,
    door: row.door,
    operation: row.operation,
    requestedModel: row.requested_model,
    isStreaming: row.is_streaming,
    reservedNanoUsd: toBigInt(row.reserved_nano_usd),
    idempotencyKey: row.idempotency_key,
    metadataJson: row.metadata_json,
    startedAtMs: row.started_ms,
    status: row.kind ?? 'IN_FLIGHT',
    settlement: row.outcome === null ? null : toCompletionSettlement(row, row.outcome),
    attempts,
  };
}

function toCompletionSettlement(row: RequestRow, outcome: Outcome): CompletionSettlement {
  return {
    outcome,
    basis: row.basis,
    errorCode: row.error_code,
    errorMessage: row.error_message,
    servedAttemptId: row.served_attempt_id,
    finishReason: row.finish_reason,
    warnings: row.warnings ?? [],
    tokens: toTokens(row),
    costNanoUsd: toBigInt(row.cost_nano_usd),
    adjustmentNanoUsd: toBigInt(row.adjustment_nano_usd),
    timeToFirstTokenMs: row.time_to_first_token_ms,
    durationMs: row.duration_ms,
    overheadMs: row.overhead_ms,
    settledAtMs: row.settled_ms,
  };
}

export function toAttempt(row: AttemptRow): CompletionAttempt {
  return {
    id: row.id,
    requestId: row.request_id,
    ordinal: row.ordinal,
    providerId: row.provider_id,
    modelId: row.model_id,
    startedAtMs: row.started_ms,
    settlement: row.outcome === null ? null : toAttemptSettlement(row, row.outcome),
  };
}

function toAttemptSettlement(row: AttemptRow, outcome: Outcome): AttemptSettlement {
  return {
    outcome,
    basis: row.basis,
    errorClass: row.error_class,
    httpStatus: row.http_status,
    upstreamRequestId: row.upstream_request_id,
    tokens: toTokens(row),
    costNanoUsd: toBigInt(row.cost_nano_usd),
    adjustmentNanoUsd: toBigInt(row.adjustment_nano_usd),
    priceVersion: row.price_version,
    timeToFirstTokenMs: row.time_to_first_token_ms,
    durationMs: row.duration_ms,
    settledAtMs: row.settled_ms,
  };
}

export function toTokens(row: TokensRow): TokenCounts {
  return {
    inputTokens: Number(row.input_tokens),
    cachedReadTokens: Number(row.cached_read_tokens),
    cacheWriteTokens: Number(row.cache_write_tokens),
    outputTokens: Number(row.output_tokens),
    reasoningTokens: Number(row.reasoning_tokens),
    audioInputTokens: Number(row.audio_input_tokens),
    audioOutputTokens: Number(row.audio_output_tokens),
    imageInputTokens: Number(row.image_input_tokens),
    totalTokens: Number(row.total_tokens),
  };
}

function toBigInt(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}
