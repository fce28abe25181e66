import type { BreakerState } from '../routing.types.ts';

export interface BreakerSettings {
  /** How long the first opening lasts; every further one twice as long. */
  readonly openMs: number;
  readonly maxOpenMs: number;
  /** So many probes in a row must succeed, one at a time. */
  readonly probesToClose: number;
  /** So long closed takes one doubling back. */
  readonly healMs: number;
}

export const DEFAULT_BREAKER: BreakerSettings = { openMs: 5_000, maxOpenMs: 30_000, probesToClose: 2, healMs: 30_000 };

export interface BreakerTransition {
  readonly from: BreakerState;
  readonly to: BreakerState;
  readonly atMs: number;
  readonly cause: string;
  /** How long it stays open; 0 when it does not open. */
  readonly openForMs: number;
}

/**
 * closed → open (tripped) → half-open (time is up) → closed (probes succeeded) or open again (a probe failed), for longer each time.
 * In half-open one probe runs at a time. Calls that are sent in spite of it (the ejection cap) close it as probes do. It does not judge calls: it is told when to trip.
 */
export class CircuitBreaker {
  readonly #settings: BreakerSettings;
  readonly #onTransition: (transition: BreakerTransition) => void;
  #state: BreakerState = 'closed';
  #openings = 0;
  #untilMs = 0;
  #closedAtMs = 0;
  #isProbing = false;
  #goodProbes = 0;

  constructor(settings: BreakerSettings, onTransition: (transition: BreakerTransition) => void) {
    this.#settings = settings;
    this.#onTransition = onTransition;
  }

  /** Time passes only here: an open breaker whose time is up becomes half-open. */
  stateAt(nowMs: number): BreakerState {
    if (this.#state === 'open' && nowMs >= this.#untilMs) {
      this.#goodProbes = 0;
      this.#isProbing = false;
      this.#move('half-open', nowMs, 'its time is up', 0);
    }
    return this.#state;
  }

  /** Whether a probe may start now: half-open, and none is under way. Whoever is let in reports `succeeded`, `tripped` or `probeAbandoned`. */
  tryProbe(nowMs: number): boolean {
    if (this.stateAt(nowMs) !== 'half-open' || this.#isProbing) return false;
    this.#isProbing = true;
    return true;
  }

  /** A call succeeded that started after the breaker opened: a probe, or one that was sent in spite of it. */
  succeeded(nowMs: number, isProbe: boolean): void {
    if (isProbe) this.#isProbing = false;
    if (this.stateAt(nowMs) === 'closed') return;
    this.#goodProbes += 1;
    if (this.#goodProbes < this.#settings.probesToClose) return;
    this.#closedAtMs = nowMs;
    this.#move('closed', nowMs, `${this.#goodProbes} calls in a row succeeded`, 0);
  }

  /** The probe ended without telling anything: its caller left. */
  probeAbandoned(): void {
    this.#isProbing = false;
  }

  /** Opens, or opens again for longer. An open one stays as it is. */
  tripped(nowMs: number, cause: string, isProbe: boolean): void {
    const state = this.stateAt(nowMs);
    if (isProbe) this.#isProbing = false;
    this.#goodProbes = 0;
    if (state === 'open') return;
    if (state === 'closed') this.#openings = Math.max(0, this.#openings - Math.floor((nowMs - this.#closedAtMs) / this.#settings.healMs));
    const openForMs = Math.min(this.#settings.openMs * 2 ** this.#openings, this.#settings.maxOpenMs);
    this.#openings = Math.min(this.#openings + 1, MAX_OPENINGS);
    this.#untilMs = nowMs + openForMs;
    this.#move('open', nowMs, cause, openForMs);
  }

  #move(to: BreakerState, atMs: number, cause: string, openForMs: number): void {
    const from = this.#state;
    this.#state = to;
    this.#onTransition({ from, to, atMs, cause, openForMs });
  }
}

/** Doublings beyond this change nothing. */
const MAX_OPENINGS = 16;
