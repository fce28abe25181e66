import { AntiphonError } from '../../kernel/errors/index.ts';
import type { Logger } from '../../kernel/telemetry/index.ts';
import type {
  AttemptSettled,
  AttemptStarted,
  Checkpoint,
  LedgerWriter,
  PayloadRecord,
  Refusal,
  RequestSettled,
  RequestStarted,
} from '../ledger/index.ts';
import type { CompletionCall } from './completion-call.ts';

const RETRY_EVERY_MS = 1000;
/** Settlements that the ledger would not take; beyond this the reconciler closes the calls when this process ends. */
const MAX_PARKED = 10_000;

export interface RecorderSettings {
  readonly recordPayloads: boolean;
  readonly payloadMaxBytes: number;
}

type Settlement = readonly [readonly AttemptSettled[], RequestSettled | null, PayloadRecord | null];

/**
 * The request path's view of the ledger: decides which payloads are kept, and holds settlements that the ledger cannot take at
 * the moment, so that a call whose caller was told 503 is still closed with its true usage.
 */
export class Recorder {
  readonly #writer: LedgerWriter;
  readonly #settings: RecorderSettings;
  readonly #log: Logger;
  readonly #parked: Settlement[] = [];
  #retryTimer: NodeJS.Timeout | null = null;

  constructor(deps: { writer: LedgerWriter; settings: RecorderSettings; log: Logger }) {
    this.#writer = deps.writer;
    this.#settings = deps.settings;
    this.#log = deps.log;
  }

  start(request: RequestStarted, attempt: AttemptStarted | null, call: Pick<CompletionCall, 'id' | 'input'>): Promise<void> {
    return this.#writer.start(request, attempt, this.#payload({ requestId: call.id, ...call.input }));
  }

  startAttempt(attempt: AttemptStarted): Promise<void> {
    return this.#writer.startAttempt(attempt);
  }

  checkpoint(checkpoint: Checkpoint): void {
    this.#writer.checkpoint(checkpoint);
  }

  refuse(refusal: Refusal): void {
    this.#writer.refuse(refusal);
  }

  /** Rejects with UNAVAILABLE when the settlement is not durable; it is then tried again until it is. */
  async settle(attempts: readonly AttemptSettled[], request: RequestSettled | null, output: PayloadRecord | null): Promise<void> {
    const settlement: Settlement = [attempts, request, this.#payload(output)];
    try {
      await this.#writer.settle(...settlement);
    } catch (error) {
      if (error instanceof AntiphonError && error.code === 'UNAVAILABLE') this.#park(settlement);
      throw error;
    }
  }

  /** Settlements that wait for the ledger. */
  get parkedCount(): number {
    return this.#parked.length;
  }

  close(): void {
    if (this.#retryTimer !== null) clearTimeout(this.#retryTimer);
    this.#retryTimer = null;
  }

  #payload(payload: PayloadRecord | null): PayloadRecord | null {
    if (payload === null || !this.#settings.recordPayloads) return null;
    return payload.sizeBytes <= this.#settings.payloadMaxBytes ? payload : { ...payload, json: null };
  }

  #park(settlement: Settlement): void {
    if (this.#parked.length >= MAX_PARKED) {
      this.#log.error(
        { requestId: settlement[1]?.requestId },
        'a settlement could neither be written nor kept; the call stays open until this process ends',
      );
      return;
    }
    this.#parked.push(settlement);
    this.#scheduleRetry();
  }

  #scheduleRetry(): void {
    this.#retryTimer ??= setTimeout(() => void this.#retry(), RETRY_EVERY_MS).unref();
  }

  async #retry(): Promise<void> {
    this.#retryTimer = null;
    for (let next = this.#parked[0]; next !== undefined; next = this.#parked[0]) {
      try {
        await this.#writer.settle(...next);
        this.#parked.shift();
      } catch (error) {
        this.#log.warn({ error, parked: this.#parked.length }, 'settlements still wait for the ledger');
        this.#scheduleRetry();
        return;
      }
    }
  }
}
