/** The facts that the ledger keeps. Two grains: a request is what a caller asked, an attempt is one call to a provider. */

/** How an amount was found: told by the provider, counted by us, or nothing was consumed. */
export type Basis = 'ACTUAL' | 'ESTIMATED' | 'VOID';
/** `ORPHANED`: the process died and the reconciler closed the row. */
export type Outcome = 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'ORPHANED';
/** Whose wire a call came by. */
export type Door = 'GRAPHQL' | 'OPENAI' | 'ANTHROPIC' | 'GEMINI' | 'OLLAMA';
export type Operation = 'CHAT' | 'EMBEDDINGS' | 'RERANK' | 'MODERATION' | 'IMAGE' | 'SPEECH' | 'TRANSCRIPTION';

/** Disjoint buckets, all non-negative integers. */
export interface TokenCounts {
  readonly inputTokens: number;
  readonly cachedReadTokens: number;
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
  readonly audioInputTokens: number;
  readonly audioOutputTokens: number;
  readonly imageInputTokens: number;
  readonly totalTokens: number;
}

export const NO_TOKENS: TokenCounts = {
  inputTokens: 0,
  cachedReadTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  audioInputTokens: 0,
  audioOutputTokens: 0,
  imageInputTokens: 0,
  totalTokens: 0,
};

/** What beside the token buckets decides the price of an attempt. */
export interface BillingDetail {
  /** How many of the tokens that were written to a prompt cache are kept for an hour. */
  readonly cacheWriteHourTokens?: number;
  /** The provider's word for the service tier it used, when it is not the usual one. */
  readonly serviceTier?: string;
  /** What is charged by the piece. */
  readonly units?: {
    readonly images?: number;
    readonly searches?: number;
    readonly audioSeconds?: number;
    readonly characters?: number;
  };
}

export interface RequestStarted {
  /** UUIDv7 made by us; also what callers know the completion by. */
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string;
  readonly apiKeyId: string | null;
  readonly door: Door;
  readonly operation: Operation;
  readonly requestedModel: string;
  readonly isStreaming: boolean;
  /** Upper bound of the cost, or null when the price is unknown. */
  readonly reservedNanoUsd: bigint | null;
  readonly idempotencyKey: string | null;
  /** JSON text of the caller's metadata, or null. */
  readonly metadataJson: string | null;
  readonly startedAtMs: number;
}

export interface AttemptStarted {
  readonly id: string;
  readonly requestId: string;
  /** 1 for the first. */
  readonly ordinal: number;
  readonly providerId: string;
  /** Catalogue id, e.g. `openai/gpt-4.1-mini`. */
  readonly modelId: string;
  readonly startedAtMs: number;
}

export interface AttemptSettled {
  readonly attemptId: string;
  readonly requestId: string;
  readonly outcome: Outcome;
  readonly basis: Basis;
  readonly errorClass: string | null;
  readonly httpStatus: number | null;
  readonly upstreamRequestId: string | null;
  readonly tokens: TokenCounts;
  /** Left out or null: the buckets are all that is charged, at the usual service tier. */
  readonly billing?: BillingDetail | null;
  /** Null: the price is unknown. Zero only where the price is known and nothing was consumed, or it is free. */
  readonly costNanoUsd: bigint | null;
  readonly priceVersion: string | null;
  readonly timeToFirstTokenMs: number | null;
  readonly durationMs: number;
  readonly settledAtMs: number;
}

export interface RequestSettled {
  readonly requestId: string;
  readonly outcome: Outcome;
  readonly basis: Basis;
  readonly errorCode: string | null;
  /** The sentence the caller was told; never upstream text. */
  readonly errorMessage: string | null;
  readonly servedAttemptId: string | null;
  readonly finishReason: string | null;
  readonly warnings: readonly string[];
  /** Sums over the attempts. */
  readonly tokens: TokenCounts;
  readonly costNanoUsd: bigint | null;
  readonly timeToFirstTokenMs: number | null;
  readonly durationMs: number;
  /** Our own share of the duration: everything but waiting for providers. */
  readonly overheadMs: number | null;
  readonly settledAtMs: number;
}

/** Progress of a running stream: bounds what a crash leaves unknown. Later ones replace earlier ones. */
export interface Checkpoint {
  readonly attemptId: string;
  readonly requestId: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly atMs: number;
}

/** Bodies of the wires that doors and providers share. */
export type WireFormat = 'openai-chat' | 'openai-responses' | 'anthropic-messages' | 'gemini-content';

/**
 * `antiphon`: our neutral JSON; a name ending in `-stream`: a JSON string that holds the event stream of that wire;
 * any other: the body on that wire.
 */
export type PayloadFormat =
  | 'antiphon'
  /** Answer of an operation beside chat, in neutral JSON. */
  | 'task'
  | WireFormat
  | `${WireFormat}-stream`
  | 'openai-completions'
  | 'openai-embeddings'
  | 'gemini-embeddings'
  | 'ollama-chat'
  | 'ollama-generate'
  | 'ollama-embeddings';

/** What went in or came out, in the format of whoever produced it; decoded when read. */
export interface PayloadRecord {
  readonly requestId: string;
  readonly format: PayloadFormat;
  /** Valid JSON text, stored as it is; null when it was larger than the limit (its size is still told). */
  readonly json: string | null;
  readonly sizeBytes: number;
}

/** A request that was turned away before it became a completion (malformed, too large, wrong key). */
export interface Refusal {
  readonly id: string;
  readonly atMs: number;
  readonly door: Door;
  readonly code: string;
  readonly httpStatus: number;
  readonly organizationId: string | null;
  readonly projectId: string | null;
  readonly apiKeyId: string | null;
  /** What was wrong, in our words, without any of the caller's content. */
  readonly detail: string | null;
}

/**
 * The ledger's writing side. Every promise resolves when the rows are durable (committed, or fsynced into the local journal
 * while PostgreSQL is away) and rejects with `UNAVAILABLE` when neither is possible; nothing is shown to a caller before that.
 * Repeating a record has no effect: the first one stands.
 */
export interface LedgerWriter {
  /** The request, its first attempt (null when it is refused before one) and its input, in one commit. */
  start(request: RequestStarted, attempt: AttemptStarted | null, input: PayloadRecord | null): Promise<void>;
  startAttempt(attempt: AttemptStarted): Promise<void>;
  /** Best effort, never waits, never throws. */
  checkpoint(checkpoint: Checkpoint): void;
  /** Ends attempts, and with `request` the request itself and its output, in one commit. */
  settle(attempts: readonly AttemptSettled[], request: RequestSettled | null, output: PayloadRecord | null): Promise<void>;
  /** Never waits, never throws; floods are folded into one row with a count. */
  refuse(refusal: Refusal): void;
}
