import type { Door, Operation, PayloadRecord } from '../ledger/index.ts';
import type { Principal } from '../identity/index.ts';
import type { CompletionRequest, Dialect, JsonObject, Task } from '../providers/index.ts';

/** What becomes of the provider call when the caller leaves a stream. */
export type DisconnectPolicy = 'cancel' | 'finish';

/**
 * One call, whichever door it came through. Doors build it; nothing behind them knows a door.
 * `request()` is the neutral form: computed at most once, and never for a call whose wire goes out as it came in.
 */
export interface CompletionCall {
  /** Our id of the completion: UUIDv7. */
  readonly id: string;
  readonly principal: Principal;
  readonly door: Door;
  readonly operation: Operation;
  /** As the caller wrote it. */
  readonly model: string;
  readonly isStreaming: boolean;
  request(): CompletionRequest;
  /** What is asked for beside chat; null for chat, whose request is `request()`. */
  readonly task: Task | null;
  readonly wire: { readonly dialect: Dialect; readonly body: JsonObject } | null;
  /** The body as it will be recorded, JSON text in the door's format. */
  readonly input: { readonly format: PayloadRecord['format']; readonly json: string; readonly sizeBytes: number };
  /** True upper bound of output tokens for one choice, when the caller set one. */
  readonly maxOutputTokens: number | null;
  readonly choiceCount: number;
  readonly maxCostNanoUsd: bigint | null;
  /** What the door itself cannot do of what was asked, one sentence each; told with what the provider cannot. */
  readonly warnings?: readonly string[];
  readonly idempotencyKey: string | null;
  readonly metadataJson: string | null;
  /** The caller's bound in milliseconds; the server's own applies when null or larger. */
  readonly deadlineMs: number | null;
  readonly onDisconnect: DisconnectPolicy;
  /** Aborts when the caller is gone. */
  readonly callerSignal: AbortSignal;
  readonly traceHeaders: Readonly<Record<string, string>>;
  /** `Clock.monotonicMs()` and `Clock.nowMs()` when the request was read. */
  readonly receivedAtMonotonicMs: number;
  readonly receivedAtMs: number;
}
