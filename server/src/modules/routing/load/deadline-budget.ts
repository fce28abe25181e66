/** The time that all attempts of a call share. Times are of the monotonic clock. */
export class DeadlineBudget {
  readonly #deadlineMs: number;

  /** `totalMs` null: no deadline. */
  constructor(startedAtMs: number, totalMs: number | null) {
    this.#deadlineMs = totalMs === null ? Infinity : startedAtMs + totalMs;
  }

  /** Never below 0; Infinity without a deadline. */
  remainingMs(nowMs: number): number {
    return Math.max(0, this.#deadlineMs - nowMs);
  }

  /** Whether an attempt that usually takes so long is worth starting after a wait. */
  hasTimeFor(nowMs: number, expectedMs: number, waitMs = 0): boolean {
    return this.remainingMs(nowMs) >= waitMs + expectedMs && this.remainingMs(nowMs) > 0;
  }

  /** The smaller of what is wanted and what is left; null: neither is bounded. */
  bound(nowMs: number, wantedMs: number | null): number | null {
    const bounded = Math.min(this.remainingMs(nowMs), wantedMs ?? Infinity);
    return bounded === Infinity ? null : bounded;
  }
}
