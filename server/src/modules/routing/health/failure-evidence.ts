export interface EvidenceSettings {
  /** So many failures in a row are enough. */
  readonly consecutive: number;
  /** Below so many calls in the window, their share says nothing. */
  readonly minCalls: number;
  /** The share of failures must surely lie above this. */
  readonly failureShare: number;
  readonly windowMs: number;
}

export const DEFAULT_EVIDENCE: EvidenceSettings = { consecutive: 5, minCalls: 20, failureShare: 0.5, windowMs: 60_000 };

/** Of a 95 % interval. */
const Z = 1.96;

/** The lower end of Wilson's 95 % interval for a share of which `count` of `total` were seen. */
export function wilsonLowerBound(count: number, total: number): number {
  if (total === 0) return 0;
  const share = count / total;
  const square = Z * Z;
  const margin = Z * Math.sqrt((share * (1 - share) + square / (4 * total)) / total);
  return Math.max(0, (share + square / (2 * total) - margin) / (1 + square / total));
}

/**
 * Whether a deployment is failing, told by itself alone: pools of one to five have no crowd to compare it with. The window slides in two
 * halves.
 */
export class FailureEvidence {
  readonly #settings: EvidenceSettings;
  #inRow = 0;
  /** When the first failure of the row started. */
  #rowStartedAtMs = 0;
  #halfStartMs: number;
  #current = { calls: 0, failures: 0 };
  #previous = { calls: 0, failures: 0 };

  constructor(settings: EvidenceSettings, nowMs: number) {
    this.#settings = settings;
    this.#halfStartMs = nowMs;
  }

  /** A success breaks a row of failures only if it started after the row did: what started before tells how it was, not how it is. */
  record(isSuccess: boolean, startedAtMs: number, nowMs: number): void {
    this.#slide(nowMs);
    this.#current.calls += 1;
    if (isSuccess) {
      if (startedAtMs >= this.#rowStartedAtMs) this.#inRow = 0;
      return;
    }
    this.#current.failures += 1;
    if (this.#inRow === 0) this.#rowStartedAtMs = startedAtMs;
    this.#inRow += 1;
  }

  /** The sentence that convicts it; null: not enough is known against it. */
  findCause(nowMs: number): string | null {
    this.#slide(nowMs);
    const { consecutive, minCalls, failureShare } = this.#settings;
    if (this.#inRow >= consecutive) return `${this.#inRow} failures in a row`;
    const calls = this.#current.calls + this.#previous.calls;
    const failures = this.#current.failures + this.#previous.failures;
    if (calls < minCalls || wilsonLowerBound(failures, calls) <= failureShare) return null;
    return `${failures} of ${calls} calls failed`;
  }

  /** What was held against it is forgotten: it gets a fair trial. */
  forget(nowMs: number): void {
    this.#inRow = 0;
    this.#halfStartMs = nowMs;
    this.#current = { calls: 0, failures: 0 };
    this.#previous = { calls: 0, failures: 0 };
  }

  #slide(nowMs: number): void {
    const halfMs = this.#settings.windowMs / 2;
    const halves = Math.floor((nowMs - this.#halfStartMs) / halfMs);
    if (halves < 1) return;
    this.#previous = halves === 1 ? this.#current : { calls: 0, failures: 0 };
    this.#current = { calls: 0, failures: 0 };
    this.#halfStartMs += halves * halfMs;
  }
}
