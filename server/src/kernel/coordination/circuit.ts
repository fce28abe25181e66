import type { Clock } from '../clock/index.ts';

export interface CircuitSettings {
  /** An answer slower than this is no better than none. */
  readonly slowMs: number;
  /** So many bad outcomes in a row, over at least `badForMs`, open the circuit. */
  readonly badCount: number;
  readonly badForMs: number;
  /** While open, one call in this time is let through to look. */
  readonly probeEveryMs: number;
}

export const DEFAULT_CIRCUIT: CircuitSettings = { slowMs: 250, badCount: 3, badForMs: 1_000, probeEveryMs: 500 };

/**
 * Keeps a store that hangs or crawls from slowing every call: after about a second of nothing but bad outcomes, calls are refused at once,
 * except for a single probe now and then; one quick answer closes it again. A pause of the store shorter than `badForMs` refuses nothing.
 */
export class Circuit {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #settings: CircuitSettings;
  #badCount = 0;
  #firstBadMs = 0;
  #isOpen = false;
  #nextProbeMs = 0;

  constructor(clock: Pick<Clock, 'monotonicMs'>, settings: CircuitSettings = DEFAULT_CIRCUIT) {
    this.#clock = clock;
    this.#settings = settings;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether a call may be tried now. While open, true once per `probeEveryMs`. */
  tryPass(): boolean {
    if (!this.#isOpen) return true;
    const nowMs = this.#clock.monotonicMs();
    if (nowMs < this.#nextProbeMs) return false;
    this.#nextProbeMs = nowMs + this.#settings.probeEveryMs;
    return true;
  }

  /** Every passed call reports how it went. `tookMs` is null for a failure. */
  report(tookMs: number | null): void {
    if (tookMs !== null && tookMs <= this.#settings.slowMs) {
      this.#badCount = 0;
      this.#isOpen = false;
      return;
    }
    const nowMs = this.#clock.monotonicMs();
    if (this.#badCount === 0) this.#firstBadMs = nowMs - (tookMs ?? 0);
    this.#badCount += 1;
    if (this.#isOpen || this.#badCount < this.#settings.badCount || nowMs - this.#firstBadMs < this.#settings.badForMs) return;
    this.#isOpen = true;
    this.#nextProbeMs = nowMs + this.#settings.probeEveryMs;
  }
}
