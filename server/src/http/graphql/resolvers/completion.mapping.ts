import type * as M from '../../../generated/schema.ts';
import type { CompletionCall, CompletionOutcome } from '../../../modules/completions/index.ts';
import type { AttemptSettlement, CompletionAttempt, CompletionRecord, CompletionSettlement } from '../../../modules/ledger/index.ts';
import type { Choice, FinishReason } from '../../../modules/providers/index.ts';
import { toEntityId } from '../../entity-id.ts';
import { formatUsd } from '../../money.ts';

/** What the lazy fields of a completion need; kept beside the fields, invisible to callers. */
export interface CompletionSource {
  readonly completionId: string;
  readonly servedModelId: string | null;
  /** Choices that are at hand; undefined when they must be loaded. */
  readonly choices: readonly Choice[] | null | undefined;
}

/** A completion as resolvers pass it on. */
export interface CompletionObject extends Omit<M.Completion, 'input' | 'model' | 'output'> {
  readonly source: CompletionSource;
}

interface RecordFacts {
  readonly record: Omit<CompletionRecord, 'organizationId' | 'projectId' | 'apiKeyId' | 'idempotencyKey'>;
  readonly choices: readonly Choice[] | null | undefined;
}

export function fromRecord(record: CompletionRecord): CompletionObject {
  return toObject({ record, choices: undefined });
}

/** The completion a call has just made, without asking the database. */
export function fromOutcome(call: CompletionCall, outcome: CompletionOutcome): CompletionObject {
  const { settlement, answer } = outcome;
  const choices =
    answer === null ? null : answer.kind === 'whole' ? answer.result.choices : answer.kind === 'parts' ? answer.choices : undefined;
  return toObject({
    record: {
      id: call.id,
      door: call.door,
      operation: call.operation,
      requestedModel: call.model,
      isStreaming: call.isStreaming,
      reservedNanoUsd: outcome.reservedNanoUsd,
      metadataJson: call.metadataJson,
      startedAtMs: call.receivedAtMs,
      status: 'SETTLED',
      settlement,
      attempts: outcome.attempts.map(({ started, settled }) => ({ ...started, settlement: settled })),
    },
    choices: choices ?? (settlement.outcome === 'SUCCEEDED' || outcome.served !== null ? undefined : null),
  });
}

function toObject({ record, choices }: RecordFacts): CompletionObject {
  const { settlement } = record;
  const served = record.attempts.find(({ id }) => id === settlement?.servedAttemptId);
  return {
    __typename: 'Completion',
    source: { completionId: record.id, servedModelId: served?.modelId ?? null, choices },
    id: toEntityId('completion', record.id),
    status: record.status,
    outcome: settlement?.outcome ?? null,
    door: record.door,
    operation: record.operation,
    isStreaming: record.isStreaming,
    requestedModel: record.requestedModel,
    startedAt: new Date(record.startedAtMs),
    settledAt: settlement === null ? null : new Date(settlement.settledAtMs),
    finishReason: (settlement?.finishReason ?? null) as M.FinishReason | null,
    usage: settlement === null ? null : toUsage(settlement),
    cost: settlement === null ? null : toCost(settlement, record.reservedNanoUsd),
    timing: settlement === null ? null : toTiming(settlement),
    attempts: record.attempts.map(toAttempt),
    failure:
      settlement === null || settlement.errorCode === null ? null : { code: settlement.errorCode, message: settlement.errorMessage ?? '' },
    warnings: settlement?.warnings ?? [],
    metadata: record.metadataJson === null ? null : (JSON.parse(record.metadataJson) as unknown),
  };
}

type Metered = Pick<CompletionSettlement, 'tokens' | 'basis'>;

function toUsage({ tokens, basis }: Metered): M.Usage {
  return { ...tokens, basis };
}

function toCost({ costNanoUsd, basis }: CompletionSettlement, reservedNanoUsd: bigint | null): M.Cost {
  return {
    amountUsd: costNanoUsd === null ? null : formatUsd(costNanoUsd),
    basis,
    reservedUsd: reservedNanoUsd === null ? null : formatUsd(reservedNanoUsd),
  };
}

function toTiming({ timeToFirstTokenMs, durationMs, overheadMs }: CompletionSettlement): M.CompletionTiming {
  return { timeToFirstTokenMs, durationMs, overheadMs };
}

function toAttempt(attempt: CompletionAttempt): M.Attempt {
  const { settlement } = attempt;
  return {
    __typename: 'Attempt',
    id: toEntityId('attempt', attempt.id),
    ordinal: attempt.ordinal,
    providerName: attempt.providerId,
    modelName: attempt.modelId,
    startedAt: new Date(attempt.startedAtMs),
    settledAt: settlement === null ? null : new Date(settlement.settledAtMs),
    outcome: settlement?.outcome ?? null,
    errorClass: toErrorClass(settlement?.errorClass ?? null),
    httpStatus: settlement?.httpStatus ?? null,
    upstreamRequestId: settlement?.upstreamRequestId ?? null,
    usage: settlement === null ? null : toUsage(settlement),
    cost: settlement === null ? null : toAttemptCost(settlement),
    timeToFirstTokenMs: settlement?.timeToFirstTokenMs ?? null,
    durationMs: settlement?.durationMs ?? null,
  };
}

function toAttemptCost({ costNanoUsd, priceVersion }: AttemptSettlement): M.AttemptCost {
  return { amountUsd: costNanoUsd === null ? null : formatUsd(costNanoUsd), priceVersion };
}

/** The schema's word for a class of failure: `rate-limit` → `RATE_LIMIT`. */
export function toErrorClass(errorClass: string | null): M.AttemptErrorClass | null {
  return errorClass === null ? null : (errorClass.toUpperCase().replaceAll('-', '_') as M.AttemptErrorClass);
}

/** The schema's word for a finish reason: `tool-calls` → `TOOL_CALLS`. */
export function toFinishReason(reason: FinishReason): M.FinishReason {
  return reason.toUpperCase().replaceAll('-', '_') as M.FinishReason;
}

export function toOutput(choices: readonly Choice[]): M.CompletionOutput {
  return { text: choices[0]?.text ?? '', choices: choices.map(toChoice) };
}

function toChoice(choice: Choice): M.CompletionChoice {
  return {
    index: choice.index,
    text: choice.text,
    refusal: choice.refusal,
    reasoning: choice.reasoning.map(({ text, signature, redactedData }) => ({
      text,
      signature: signature ?? null,
      redactedData: redactedData ?? null,
    })),
    toolCalls: choice.toolCalls.map(({ id, name, argumentsText }) => ({ id, name, argumentsText })),
    logprobs: choice.logprobs,
    finishReason: toFinishReason(choice.finishReason),
    rawFinishReason: choice.rawFinishReason,
    extra: choice.extra,
  };
}
