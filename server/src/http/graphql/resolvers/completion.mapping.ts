import type {
  Attempt,
  AttemptErrorClass,
  Basis,
  Completion,
  CompletionFailure,
  CompletionOutput,
  CompletionTiming,
  Cost,
  FinishReason,
  Model,
  Usage,
} from '../../../generated/schema.ts';
import type { CompletionCall, CompletionOutcome } from '../../../modules/completions/index.ts';
import type { CompletionAttempt, CompletionRecord, CompletionSettlement, TokenCounts } from '../../../modules/ledger/index.ts';
import type { Choice, Providers } from '../../../modules/providers/index.ts';
import { toEntityId } from '../../entity-id.ts';
import { formatUsd } from '../../money.ts';
import { createModelMapping } from './model.mapping.ts';

export interface CompletionViewOptions {
  readonly record: CompletionRecord;
  readonly providers: Providers;
  /** The answer, where it is at hand; null: it is read from the ledger when asked for. */
  readonly choices: readonly Choice[] | null;
}

/** A completion as callers see it. What costs something to make is made once, when it is asked for. */
export class CompletionView implements Completion {
  readonly __typename = 'Completion';
  readonly record: CompletionRecord;
  readonly choices: readonly Choice[] | null;
  readonly #providers: Providers;
  #usage: Usage | null = null;
  #cost: Cost | null = null;
  #timing: CompletionTiming | null = null;
  #model: Model | null = null;

  constructor({ record, providers, choices }: CompletionViewOptions) {
    this.record = record;
    this.choices = choices;
    this.#providers = providers;
  }

  get id(): string {
    return toEntityId('completion', this.record.id);
  }

  get status(): Completion['status'] {
    return this.record.status;
  }

  get outcome(): Completion['outcome'] {
    return this.record.settlement?.outcome ?? null;
  }

  get door(): Completion['door'] {
    return this.record.door;
  }

  get operation(): Completion['operation'] {
    return this.record.operation;
  }

  get isStreaming(): boolean {
    return this.record.isStreaming;
  }

  get requestedModel(): string {
    return this.record.requestedModel;
  }

  get model(): Model | null {
    return (this.#model ??= this.#findModel());
  }

  get startedAt(): Date {
    return new Date(this.record.startedAtMs);
  }

  get settledAt(): Date | null {
    return toDate(this.record.settlement);
  }

  get finishReason(): FinishReason | null {
    return (this.record.settlement?.finishReason ?? null) as FinishReason | null;
  }

  get usage(): Usage | null {
    return (this.#usage ??= toUsage(this.record.settlement));
  }

  get cost(): Cost | null {
    return (this.#cost ??= toCost(this.record));
  }

  get timing(): CompletionTiming | null {
    return (this.#timing ??= toTiming(this.record.settlement));
  }

  get failure(): CompletionFailure | null {
    const { settlement } = this.record;
    if (settlement === null || settlement.errorCode === null) return null;
    return { code: settlement.errorCode, message: settlement.errorMessage ?? '' };
  }

  get warnings(): readonly string[] {
    return this.record.settlement?.warnings ?? [];
  }

  get metadata(): unknown {
    const { metadataJson } = this.record;
    return metadataJson === null ? null : (JSON.parse(metadataJson) as unknown);
  }

  #findModel(): Model | null {
    const { settlement, attempts, startedAtMs, projectId } = this.record;
    const served = attempts.find((attempt) => attempt.id === settlement?.servedAttemptId);
    const listing = served === undefined ? null : this.#providers.findModel(served.modelId, startedAtMs, projectId);
    return listing === null ? null : createModelMapping(this.#providers, projectId)(listing);
  }
}

/** The record of a call that has just ended, without reading it back. */
export function toRecord(call: CompletionCall, outcome: CompletionOutcome): CompletionRecord {
  return {
    id: call.id,
    organizationId: call.principal.organizationId,
    projectId: call.principal.projectId,
    apiKeyId: call.principal.apiKeyId,
    door: call.door,
    operation: call.operation,
    requestedModel: call.model,
    isStreaming: call.isStreaming,
    reservedNanoUsd: outcome.reservedNanoUsd,
    idempotencyKey: call.idempotencyKey,
    metadataJson: call.metadataJson,
    startedAtMs: call.receivedAtMs,
    status: 'SETTLED',
    settlement: { ...outcome.settlement, adjustmentNanoUsd: null },
    attempts: outcome.attempts.map(({ started, settled }) => ({ ...started, settlement: { ...settled, adjustmentNanoUsd: null } })),
  };
}

/** The answer of a call that has just ended; null when it has none, or outgrew what is kept. */
export function choicesOf({ answer }: CompletionOutcome): readonly Choice[] | null {
  if (answer?.kind === 'whole') return answer.result.choices;
  return answer?.kind === 'parts' ? answer.choices : null;
}

export function toAttempt(attempt: CompletionAttempt): Attempt & { __typename: 'Attempt' } {
  const { settlement } = attempt;
  return {
    __typename: 'Attempt',
    id: toEntityId('attempt', attempt.id),
    ordinal: attempt.ordinal,
    providerName: attempt.providerId,
    modelName: attempt.modelId,
    startedAt: new Date(attempt.startedAtMs),
    settledAt: toDate(settlement),
    outcome: settlement?.outcome ?? null,
    errorClass: toErrorClass(settlement?.errorClass ?? null),
    httpStatus: settlement?.httpStatus ?? null,
    upstreamRequestId: settlement?.upstreamRequestId ?? null,
    usage: toUsage(settlement),
    cost:
      settlement === null
        ? null
        : { amountUsd: settlement.costNanoUsd === null ? null : formatUsd(settlement.costNanoUsd), priceVersion: settlement.priceVersion },
    timeToFirstTokenMs: settlement?.timeToFirstTokenMs ?? null,
    durationMs: settlement?.durationMs ?? null,
  };
}

/** The schema's word for a class of failure. */
export function toErrorClass(errorClass: string | null): AttemptErrorClass | null {
  return errorClass === null ? null : (toEnumName(errorClass) as AttemptErrorClass);
}

export function toFinishReason(reason: string): FinishReason {
  return toEnumName(reason) as FinishReason;
}

function toEnumName(word: string): string {
  return word.toUpperCase().replaceAll('-', '_');
}

export function toOutput(choices: readonly Choice[]): CompletionOutput {
  return {
    text: choices[0]?.text ?? '',
    choices: choices.map((choice) => ({
      index: choice.index,
      text: choice.text,
      refusal: choice.refusal,
      reasoning: choice.reasoning,
      toolCalls: choice.toolCalls,
      logprobs: choice.logprobs,
      finishReason: toFinishReason(choice.finishReason),
      rawFinishReason: choice.rawFinishReason,
      extra: choice.extra,
    })),
  };
}

function toDate(settlement: { readonly settledAtMs: number } | null): Date | null {
  return settlement === null ? null : new Date(settlement.settledAtMs);
}

function toUsage(settlement: { readonly tokens: TokenCounts; readonly basis: Basis } | null): Usage | null {
  return settlement === null ? null : { ...settlement.tokens, basis: settlement.basis };
}

function toCost({ settlement, reservedNanoUsd }: CompletionRecord): Cost | null {
  if (settlement === null) return null;
  return {
    amountUsd: settlement.costNanoUsd === null ? null : formatUsd(settlement.costNanoUsd),
    basis: settlement.basis,
    reservedUsd: reservedNanoUsd === null ? null : formatUsd(reservedNanoUsd),
    adjustmentUsd: settlement.adjustmentNanoUsd === null ? null : formatUsd(settlement.adjustmentNanoUsd),
  };
}

function toTiming(settlement: CompletionSettlement | null): CompletionTiming | null {
  if (settlement === null) return null;
  const { timeToFirstTokenMs, durationMs, overheadMs } = settlement;
  return { timeToFirstTokenMs, durationMs, overheadMs };
}
