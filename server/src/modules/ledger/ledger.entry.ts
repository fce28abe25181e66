import type {
  AttemptSettled,
  AttemptStarted,
  BillingDetail,
  Checkpoint,
  PayloadRecord,
  Refusal,
  RequestSettled,
  RequestStarted,
  TokenCounts,
} from './ledger.records.ts';

/**
 * What one call of the writer records: it becomes durable as a whole or not at all.
 * The rows are kept as JSON text, ready for the statement, because making that text is most of what a record costs us.
 */
export interface LedgerEntry {
  /** One object, or empty. */
  readonly request: string;
  /** Objects separated by commas, or empty; so are the others. */
  readonly attempts: string;
  readonly attemptSettlements: string;
  readonly settlement: string;
  readonly checkpoints: string;
  readonly refusals: string;
  readonly input: PayloadRecord | null;
  readonly output: PayloadRecord | null;
  /** Ids behind `attemptSettlements` and `settlement`: whoever comes second has to be told. */
  readonly settledAttemptIds: readonly string[];
  readonly settledRequestId: string | null;
}

const NO_IDS: readonly string[] = [];

export function toStartEntry(
  request: RequestStarted,
  attempt: AttemptStarted | null,
  input: PayloadRecord | null,
  instanceId: string,
): LedgerEntry {
  return {
    request: toRequestJson(request, instanceId),
    attempts: attempt === null ? '' : toAttemptJson(attempt),
    attemptSettlements: '',
    settlement: '',
    checkpoints: '',
    refusals: '',
    input,
    output: null,
    settledAttemptIds: NO_IDS,
    settledRequestId: null,
  };
}

export function toAttemptEntry(attempt: AttemptStarted): LedgerEntry {
  return { ...EMPTY, attempts: toAttemptJson(attempt) };
}

export function toSettlementEntry(
  attempts: readonly AttemptSettled[],
  request: RequestSettled | null,
  output: PayloadRecord | null,
): LedgerEntry {
  const only = attempts.length === 1 ? attempts[0] : undefined;
  return {
    request: '',
    attempts: '',
    attemptSettlements: only === undefined ? attempts.map(toAttemptSettlementJson).join(',') : toAttemptSettlementJson(only),
    settlement: request === null ? '' : toSettlementJson(request),
    checkpoints: '',
    refusals: '',
    input: null,
    output,
    settledAttemptIds: only === undefined ? attempts.map((attempt) => attempt.attemptId) : [only.attemptId],
    settledRequestId: request === null ? null : request.requestId,
  };
}

export function toCheckpointEntry(checkpoints: Iterable<Checkpoint>): LedgerEntry {
  return { ...EMPTY, checkpoints: Array.from(checkpoints, toCheckpointJson).join(',') };
}

export function toRefusalEntry(refusals: readonly (readonly [refusal: Refusal, occurrences: number])[]): LedgerEntry {
  return { ...EMPTY, refusals: refusals.map(([refusal, occurrences]) => toRefusalJson(refusal, occurrences)).join(',') };
}

/** An entry without rows. */
export const EMPTY: LedgerEntry = {
  request: '',
  attempts: '',
  attemptSettlements: '',
  settlement: '',
  checkpoints: '',
  refusals: '',
  input: null,
  output: null,
  settledAttemptIds: NO_IDS,
  settledRequestId: null,
};

/** Bytes that `entry` occupies in memory and in the statement, near enough for bounding queues. */
export function sizeOf(entry: LedgerEntry): number {
  return (
    64 +
    entry.request.length +
    entry.attempts.length +
    entry.attemptSettlements.length +
    entry.settlement.length +
    entry.checkpoints.length +
    entry.refusals.length +
    (entry.input?.json?.length ?? 0) +
    (entry.output?.json?.length ?? 0)
  );
}

// The serialisers below build text by hand: ids and numbers are known to need no escaping, which JSON.stringify has to find out each time.
// Absent keys are null (or 0 for tokens) in the statement. The letters are those of `ledger.statement.ts`.

function toRequestJson(request: RequestStarted, instanceId: string): string {
  let json =
    `{"a":"${request.id}","b":"${request.organizationId}","c":"${request.projectId}","e":"${instanceId}","f":"${request.door}"` +
    `,"g":"${request.operation}","h":${quote(request.requestedModel)},"i":${request.isStreaming},"m":${request.startedAtMs}`;
  if (request.apiKeyId !== null) json += `,"d":"${request.apiKeyId}"`;
  if (request.reservedNanoUsd !== null) json += `,"j":${request.reservedNanoUsd}`;
  if (request.idempotencyKey !== null) json += `,"k":${quote(request.idempotencyKey)}`;
  // As a string within the JSON: PostgreSQL would refuse an escaped NUL in nested JSON, but takes it in a value of type json.
  if (request.metadataJson !== null) json += `,"l":${quote(request.metadataJson)}`;
  return json + '}';
}

function toAttemptJson(attempt: AttemptStarted): string {
  return (
    `{"a":"${attempt.id}","b":"${attempt.requestId}","c":${attempt.ordinal},"d":${quote(attempt.providerId)}` +
    `,"e":${quote(attempt.modelId)},"f":${attempt.startedAtMs}}`
  );
}

function toAttemptSettlementJson(settled: AttemptSettled): string {
  let json =
    `{"a":"${settled.attemptId}","b":"${settled.requestId}","c":"${settled.outcome}","d":"${settled.basis}"` +
    `,"k":${toMicroseconds(settled.durationMs)},"l":${settled.settledAtMs}${toTokensJson(settled.tokens)}`;
  if (settled.errorClass !== null) json += `,"e":${quote(settled.errorClass)}`;
  if (settled.httpStatus !== null) json += `,"f":${settled.httpStatus}`;
  if (settled.upstreamRequestId !== null) json += `,"g":${quote(settled.upstreamRequestId)}`;
  if (settled.costNanoUsd !== null) json += `,"h":${settled.costNanoUsd}`;
  if (settled.priceVersion !== null) json += `,"i":${quote(settled.priceVersion)}`;
  if (settled.timeToFirstTokenMs !== null) json += `,"j":${toMicroseconds(settled.timeToFirstTokenMs)}`;
  if (settled.billing != null) json += `,"m":${toBillingJson(settled.billing)}`;
  return json + '}';
}

function toBillingJson({ cacheWriteHourTokens, serviceTier, units }: BillingDetail): string {
  const fields: string[] = [];
  if (cacheWriteHourTokens !== undefined) fields.push(`"cacheWriteHourTokens":${cacheWriteHourTokens}`);
  if (serviceTier !== undefined) fields.push(`"serviceTier":${quote(serviceTier)}`);
  if (units !== undefined) fields.push(`"units":${JSON.stringify(units)}`);
  return `{${fields.join(',')}}`;
}

function toSettlementJson(settled: RequestSettled): string {
  let json =
    `{"a":"${settled.requestId}","c":"${settled.outcome}","d":"${settled.basis}"` +
    `,"k":${toMicroseconds(settled.durationMs)},"l":${settled.settledAtMs}${toTokensJson(settled.tokens)}`;
  if (settled.errorCode !== null) json += `,"e":${quote(settled.errorCode)}`;
  if (settled.errorMessage !== null) json += `,"f":${quote(settled.errorMessage)}`;
  if (settled.servedAttemptId !== null) json += `,"b":"${settled.servedAttemptId}"`;
  if (settled.costNanoUsd !== null) json += `,"h":${settled.costNanoUsd}`;
  if (settled.finishReason !== null) json += `,"g":${quote(settled.finishReason)}`;
  if (settled.warnings.length > 0) json += `,"i":[${settled.warnings.map(quote).join(',')}]`;
  if (settled.timeToFirstTokenMs !== null) json += `,"j":${toMicroseconds(settled.timeToFirstTokenMs)}`;
  if (settled.overheadMs !== null) json += `,"m":${toMicroseconds(settled.overheadMs)}`;
  return json + '}';
}

function toTokensJson(tokens: TokenCounts): string {
  let json = `,"z":${tokens.totalTokens}`;
  if (tokens.inputTokens !== 0) json += `,"r":${tokens.inputTokens}`;
  if (tokens.cachedReadTokens !== 0) json += `,"s":${tokens.cachedReadTokens}`;
  if (tokens.cacheWriteTokens !== 0) json += `,"t":${tokens.cacheWriteTokens}`;
  if (tokens.outputTokens !== 0) json += `,"u":${tokens.outputTokens}`;
  if (tokens.reasoningTokens !== 0) json += `,"v":${tokens.reasoningTokens}`;
  if (tokens.audioInputTokens !== 0) json += `,"w":${tokens.audioInputTokens}`;
  if (tokens.audioOutputTokens !== 0) json += `,"x":${tokens.audioOutputTokens}`;
  if (tokens.imageInputTokens !== 0) json += `,"y":${tokens.imageInputTokens}`;
  return json;
}

function toCheckpointJson(checkpoint: Checkpoint): string {
  const { attemptId, requestId, inputTokens, outputTokens, atMs } = checkpoint;
  return `{"a":"${attemptId}","b":"${requestId}","c":${inputTokens},"d":${outputTokens},"e":${atMs}}`;
}

function toRefusalJson(refusal: Refusal, occurrences: number): string {
  let json =
    `{"a":"${refusal.id}","b":${refusal.atMs},"c":"${refusal.door}","d":${quote(refusal.code)},"e":${refusal.httpStatus}` +
    `,"j":${occurrences}`;
  if (refusal.organizationId !== null) json += `,"f":"${refusal.organizationId}"`;
  if (refusal.projectId !== null) json += `,"g":"${refusal.projectId}"`;
  if (refusal.apiKeyId !== null) json += `,"h":"${refusal.apiKeyId}"`;
  if (refusal.detail !== null) json += `,"i":${quote(refusal.detail)}`;
  return json + '}';
}

/** Whole microseconds print five times faster than fractions of milliseconds. */
function toMicroseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1000);
}

const PLAIN_TEXT = /^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/;
const NOT_STORABLE = /\0|\p{Surrogate}/gu;

/** JSON string that PostgreSQL accepts as text: it can hold neither NUL nor half of a surrogate pair, so these become U+FFFD. */
function quote(text: string): string {
  if (PLAIN_TEXT.test(text)) return `"${text}"`;
  return JSON.stringify(text.replace(NOT_STORABLE, '\uFFFD'));
}
