import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../server/src/kernel/clock/index.ts';
import type { Pools } from '../../server/src/kernel/db/index.ts';
import { createIds } from '../../server/src/kernel/ids/index.ts';
import {
  createLedger,
  NO_TOKENS,
  type AttemptSettled,
  type AttemptStarted,
  type Ledger,
  type LedgerOptions,
  type PayloadRecord,
  type PriceOf,
  type RequestSettled,
  type RequestStarted,
  type TokenCounts,
} from '../../server/src/modules/ledger/index.ts';

export const ids = createIds(systemClock);

/** A call as the pipeline records it, with ids of its own and plausible contents. */
export interface SampleCall {
  readonly request: RequestStarted;
  readonly attempt: AttemptStarted;
  readonly input: PayloadRecord;
  readonly attemptSettled: AttemptSettled;
  readonly requestSettled: RequestSettled;
  readonly output: PayloadRecord;
}

export interface SampleOptions {
  readonly projectId?: string;
  readonly organizationId?: string;
  readonly startedAtMs?: number;
  readonly tokens?: TokenCounts;
  readonly costNanoUsd?: bigint | null;
  readonly inputJson?: string;
  readonly outputJson?: string;
}

const organization = ids.uuidv7();
const project = ids.uuidv7();

export function sampleCall(options: SampleOptions = {}): SampleCall {
  const requestId = ids.uuidv7();
  const attemptId = ids.uuidv7();
  const startedAtMs = options.startedAtMs ?? systemClock.nowMs();
  const tokens = options.tokens ?? { ...NO_TOKENS, inputTokens: 12, outputTokens: 34, totalTokens: 46 };
  const costNanoUsd = options.costNanoUsd === undefined ? 25_600n : options.costNanoUsd;
  const inputJson = options.inputJson ?? '{"model":"openai/gpt-4.1-mini","messages":[{"role":"user","content":"Say hello."}]}';
  const outputJson =
    options.outputJson ?? '{"choices":[{"index":0,"message":{"role":"assistant","content":"Hello!"},"finish_reason":"stop"}]}';
  const ended = {
    outcome: 'SUCCEEDED',
    basis: 'ACTUAL',
    tokens,
    costNanoUsd,
    timeToFirstTokenMs: 210.125,
    durationMs: 812.5,
    settledAtMs: startedAtMs + 813,
  } as const;
  return {
    request: {
      id: requestId,
      organizationId: options.organizationId ?? organization,
      projectId: options.projectId ?? project,
      apiKeyId: null,
      door: 'OPENAI',
      operation: 'CHAT',
      requestedModel: 'openai/gpt-4.1-mini',
      isStreaming: false,
      reservedNanoUsd: 1_000_000n,
      idempotencyKey: null,
      metadataJson: null,
      startedAtMs,
    },
    attempt: { id: attemptId, requestId, ordinal: 1, providerId: 'openai', modelId: 'openai/gpt-4.1-mini', startedAtMs },
    input: toPayload(requestId, inputJson),
    attemptSettled: {
      attemptId,
      requestId,
      errorClass: null,
      httpStatus: 200,
      upstreamRequestId: 'req_8a1b2c3d',
      priceVersion: 'openai-2026-01-01',
      ...ended,
    },
    requestSettled: {
      requestId,
      errorCode: null,
      errorMessage: null,
      servedAttemptId: attemptId,
      finishReason: 'STOP',
      warnings: [],
      overheadMs: 1.5,
      ...ended,
    },
    output: toPayload(requestId, outputJson),
  };
}

function toPayload(requestId: string, json: string): PayloadRecord {
  return { requestId, format: 'openai-chat', json, sizeBytes: Buffer.byteLength(json) };
}

/** A started ledger with a data folder of its own, stopped and removed at the end of its scope. */
export async function startTestLedger(pools: Pools, overrides: Partial<LedgerOptions> = {}): Promise<TestLedger> {
  const dataDir = overrides.dataDir ?? (await mkdtemp(join(tmpdir(), 'antiphon-ledger-')));
  const log = recordingLog();
  const ledger = createLedger({
    pools,
    config: { groupCommitWindowMs: 2, journalMaxBytes: 16 * 1024 * 1024, isDurable: true },
    dataDir,
    ids,
    clock: systemClock,
    log,
    priceOf: samplePrice,
    ...overrides,
  });
  await ledger.start();
  const dispose = async (): Promise<void> => {
    await ledger.stop();
    if (overrides.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
  };
  return Object.assign(ledger, { dataDir, logged: log.lines, [Symbol.asyncDispose]: dispose });
}

export type TestLedger = Ledger & AsyncDisposable & { readonly dataDir: string; readonly logged: readonly LoggedLine[] };

export interface LoggedLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
}

/** A log that keeps its lines. */
export function recordingLog(): LedgerOptions['log'] & { readonly lines: LoggedLine[] } {
  const lines: LoggedLine[] = [];
  const keep =
    (level: LoggedLine['level']) =>
    (...parameters: unknown[]): void =>
      void lines.push({ level, message: String(parameters.at(-1)) });
  return { lines, info: keep('info'), warn: keep('warn'), error: keep('error') };
}

/** 1 nano-USD an input token, 3 an output token; models of `unpriced/` have no price. */
export const samplePrice: PriceOf = (modelId, tokens) =>
  modelId.startsWith('unpriced/')
    ? null
    : { costNanoUsd: BigInt(tokens.inputTokens) + 3n * BigInt(tokens.outputTokens), priceVersion: 'sample-1' };

/** Writes a whole call. */
export async function recordCall(ledger: Pick<Ledger, 'writer'>, call: SampleCall): Promise<void> {
  await ledger.writer.start(call.request, call.attempt, call.input);
  await ledger.writer.settle([call.attemptSettled], call.requestSettled, call.output);
}
