import type { Clock } from '../../kernel/clock/index.ts';

/** Why a running call was stopped from our side. */
export type StopReason = 'caller-left' | 'deadline' | 'not-recorded';

/** One signal for everything that can stop a call: its caller, its deadline, a ledger that cannot record it. */
export class CallAbort {
  readonly #controller = new AbortController();
  readonly #deadlineTimer: NodeJS.Timeout;
  readonly #unfollow: () => void;
  reason: StopReason | null = null;

  constructor(options: { callerSignal: AbortSignal; followsCaller: boolean; deadlineAtMs: number; clock: Clock }) {
    const { callerSignal, followsCaller, deadlineAtMs, clock } = options;
    this.#deadlineTimer = setTimeout(() => this.stop('deadline'), Math.max(0, deadlineAtMs - clock.monotonicMs()));
    const onCallerLeft = (): void => this.stop('caller-left');
    if (followsCaller) {
      if (callerSignal.aborted) onCallerLeft();
      else callerSignal.addEventListener('abort', onCallerLeft, { once: true });
    }
    this.#unfollow = () => callerSignal.removeEventListener('abort', onCallerLeft);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  stop(reason: StopReason): void {
    if (this.reason !== null) return;
    this.reason = reason;
    this.#controller.abort();
  }

  dispose(): void {
    clearTimeout(this.#deadlineTimer);
    this.#unfollow();
  }
}
