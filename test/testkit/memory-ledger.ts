import type {
  AttemptSettled,
  AttemptStarted,
  Checkpoint,
  LedgerWriter,
  PayloadRecord,
  Refusal,
  RequestSettled,
  RequestStarted,
} from '../../server/src/modules/ledger/index.ts';

type Write = 'start' | 'attempt' | 'settle';

export interface RecordedSettlement {
  readonly attempts: readonly AttemptSettled[];
  readonly request: RequestSettled | null;
  readonly output: PayloadRecord | null;
}

/**
 * A ledger writer whose commits a test decides about: what lies behind this port is a disk. Everything that happens is noted in
 * `timeline`, to which tests add what the caller saw.
 */
export class MemoryLedger implements LedgerWriter {
  readonly timeline: string[] = [];
  readonly starts: { request: RequestStarted; attempt: AttemptStarted | null; input: PayloadRecord | null }[] = [];
  readonly attempts: AttemptStarted[] = [];
  readonly settlements: RecordedSettlement[] = [];
  readonly checkpoints: Checkpoint[] = [];
  readonly refusals: Refusal[] = [];
  readonly #answersEarly: boolean;
  readonly #held = new Map<Write, (() => void)[]>();
  readonly #failures = new Map<Write, { error: Error; times: number }>();

  /** `answersEarly` makes the broken control: it says "durable" before it is. */
  constructor({ answersEarly = false } = {}) {
    this.#answersEarly = answersEarly;
  }

  /** Commits of this kind wait until the returned function is called. */
  hold(kind: Write): () => void {
    this.#held.set(kind, []);
    return () => {
      const waiting = this.#held.get(kind) ?? [];
      this.#held.delete(kind);
      for (const commit of waiting) commit();
    };
  }

  /** The next `times` writes of this kind are rejected. */
  fail(kind: Write, error: Error, times = 1): void {
    this.#failures.set(kind, { error, times });
  }

  start(request: RequestStarted, attempt: AttemptStarted | null, input: PayloadRecord | null): Promise<void> {
    return this.#write('start', () => this.starts.push({ request, attempt, input }));
  }

  startAttempt(attempt: AttemptStarted): Promise<void> {
    return this.#write('attempt', () => this.attempts.push(attempt));
  }

  settle(attempts: readonly AttemptSettled[], request: RequestSettled | null, output: PayloadRecord | null): Promise<void> {
    return this.#write('settle', () => this.settlements.push({ attempts, request, output }));
  }

  checkpoint(checkpoint: Checkpoint): void {
    this.checkpoints.push(checkpoint);
  }

  refuse(refusal: Refusal): void {
    this.refusals.push(refusal);
  }

  #write(kind: Write, keep: () => void): Promise<void> {
    this.timeline.push(`${kind} asked`);
    const failure = this.#failures.get(kind);
    if (failure !== undefined && failure.times > 0) {
      failure.times -= 1;
      this.timeline.push(`${kind} refused`);
      return Promise.reject(failure.error);
    }
    const waiting = this.#held.get(kind);
    const durable = new Promise<void>((resolve) => {
      const commit = (): void => {
        keep();
        this.timeline.push(`${kind} durable`);
        resolve();
      };
      if (waiting === undefined) commit();
      else waiting.push(commit);
    });
    return this.#answersEarly ? Promise.resolve() : durable;
  }
}

/** What a caller was shown before the record of it was durable; empty when the promise was kept. */
export function shownTooEarly(timeline: readonly string[]): string[] {
  const startAt = timeline.indexOf('start durable');
  const settleAt = timeline.lastIndexOf('settle durable');
  return timeline.filter((event, at) => {
    if (event.startsWith('shown ')) return startAt === -1 || at < startAt;
    return event.startsWith('ended ') && (settleAt === -1 || at < settleAt);
  });
}
