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
import { withoutProvidersWords } from './failure.policy.ts';

const RETRY_EVERY_MS = 1000;
/** Calls whose records the ledger would not take; beyond this the reconciler closes them when this process ends. */
const MAX_PARKED = 10_000;

export interface RecorderSettings {
  readonly recordPayloads: boolean;
  readonly payloadMaxBytes: number;
}

/** A start on its way to the ledger. */
export interface PendingStart {
  /** Whether the request begins with it. Otherwise the request is durable already and has to be closed, whatever becomes of this. */
  readonly opensRequest: boolean;
  /** Resolves when it is durable; rejects with UNAVAILABLE when it cannot be made so now. */
  readonly durable: Promise<void>;
  /** Writes it once more, without its payload. Repeating what is there already changes nothing. */
  readonly repeat: () => Promise<void>;
}

/** What the ledger still has to be told about one call, in order. */
interface Parked {
  readonly requestId: string;
  readonly writes: (() => Promise<void>)[];
}

/**
 * The request path's view of the ledger: decides which payloads are kept, and holds what the ledger cannot take at the moment, so
 * that a call whose caller was told 503 is still closed with its true usage, and no settlement stands without its start.
 */
export class Recorder {
  readonly #writer: LedgerWriter;
  readonly #settings: RecorderSettings;
  readonly #log: Logger;
  readonly #parked: Parked[] = [];
  #retryTimer: NodeJS.Timeout | null = null;
  #retrying: Promise<void> | null = null;
  #isDropping = false;

  constructor(deps: { writer: LedgerWriter; settings: RecorderSettings; log: Logger }) {
    this.#writer = deps.writer;
    this.#settings = deps.settings;
    this.#log = deps.log;
  }

  start(request: RequestStarted, attempt: AttemptStarted | null, call: Pick<CompletionCall, 'id' | 'input'>): PendingStart {
    const input = this.#payload({ requestId: call.id, ...call.input });
    return {
      opensRequest: true,
      durable: this.#writer.start(request, attempt, input),
      repeat: () => this.#writer.start(request, attempt, withoutBody(input)),
    };
  }

  startAttempt(attempt: AttemptStarted): PendingStart {
    const repeat = (): Promise<void> => this.#writer.startAttempt(attempt);
    return { opensRequest: false, durable: repeat(), repeat };
  }

  checkpoint(checkpoint: Checkpoint): void {
    this.#writer.checkpoint(checkpoint);
  }

  refuse(refusal: Refusal): void {
    this.#writer.refuse(refusal);
  }

  /**
   * Resolves when both `start` and the settlement are durable. Rejects with UNAVAILABLE when one is not; what is missing is then
   * tried again until it is there. Where nothing was consumed and the request itself is not durable, nothing is written at all.
   */
  async settle(
    start: PendingStart,
    attempts: readonly AttemptSettled[],
    settled: RequestSettled | null,
    output: PayloadRecord | null,
  ): Promise<void> {
    const request = this.#withoutPayload(settled);
    if (start.opensRequest && attempts.every(({ basis }) => basis === 'VOID')) await start.durable;
    const payload = this.#payload(output);
    const [begun, ended] = await Promise.allSettled([start.durable, this.#writer.settle(attempts, request, payload)]);
    if (begun.status === 'fulfilled' && ended.status === 'fulfilled') return;
    const writes: (() => Promise<void>)[] = [];
    if (isUnavailable(begun)) writes.push(start.repeat);
    if (isUnavailable(ended)) writes.push(() => this.#writer.settle(attempts, request, withoutBody(payload)));
    if (writes.length > 0) this.#park({ requestId: request?.requestId ?? attempts[0]?.requestId ?? '', writes });
    const reason: unknown = ended.status === 'rejected' ? ended.reason : (begun as PromiseRejectedResult).reason;
    throw reason;
  }

  /** Calls whose records wait for the ledger. */
  get parkedCount(): number {
    return this.#parked.length;
  }

  /** Tries once more what is parked; the reconciler closes what the ledger does not take now. Call it before the ledger stops. */
  async close(): Promise<void> {
    this.#clearTimer();
    await this.#retry();
    this.#clearTimer();
  }

  #payload(payload: PayloadRecord | null): PayloadRecord | null {
    if (payload === null || !this.#settings.recordPayloads) return null;
    return payload.sizeBytes <= this.#settings.payloadMaxBytes ? payload : withoutBody(payload);
  }

  #withoutPayload(settled: RequestSettled | null): RequestSettled | null {
    if (this.#settings.recordPayloads || settled?.errorMessage == null) return settled;
    return { ...settled, errorMessage: withoutProvidersWords(settled.errorMessage) };
  }

  #park(parked: Parked): void {
    if (this.#parked.length >= MAX_PARKED) {
      if (!this.#isDropping)
        this.#log.error(
          { requestId: parked.requestId, parked: this.#parked.length },
          'records could neither be written nor kept; their calls stay open until this process ends',
        );
      this.#isDropping = true;
      return;
    }
    this.#parked.push(parked);
    this.#scheduleRetry();
  }

  #scheduleRetry(): void {
    this.#retryTimer ??= setTimeout(() => {
      this.#retryTimer = null;
      void this.#retry();
    }, RETRY_EVERY_MS).unref();
  }

  #clearTimer(): void {
    if (this.#retryTimer !== null) clearTimeout(this.#retryTimer);
    this.#retryTimer = null;
  }

  #retry(): Promise<void> {
    return (this.#retrying ??= this.#writeParked().finally(() => (this.#retrying = null)));
  }

  async #writeParked(): Promise<void> {
    for (let next = this.#parked[0]; next !== undefined; next = this.#parked[0]) {
      try {
        for (let write = next.writes[0]; write !== undefined; write = next.writes[0]) {
          await write();
          next.writes.shift();
        }
      } catch (error) {
        if (error instanceof AntiphonError && error.code === 'UNAVAILABLE') {
          this.#log.warn({ error, parked: this.#parked.length }, 'records still wait for the ledger');
          this.#scheduleRetry();
          return;
        }
        this.#log.error({ error, requestId: next.requestId }, 'the ledger refuses a record that waited for it; it is given up');
      }
      this.#parked.shift();
    }
    this.#isDropping = false;
  }
}

function isUnavailable(result: PromiseSettledResult<void>): boolean {
  return result.status === 'rejected' && result.reason instanceof AntiphonError && result.reason.code === 'UNAVAILABLE';
}

/** What waits in memory waits without what was said: accounting matters, and thousands of bodies would not fit. */
function withoutBody(payload: PayloadRecord | null): PayloadRecord | null {
  return payload === null ? null : { ...payload, json: null };
}
