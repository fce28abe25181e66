/**
 * A moving value that jumps up with a peak at once and comes down slowly: by later samples, and by itself towards 0 when none come, so
 * that what was slow is tried again.
 */
export class PeakEwma {
  readonly #tauMs: number;
  #value: number;
  #atMs: number;

  constructor(initial: number, tauMs: number, nowMs: number) {
    this.#value = initial;
    this.#tauMs = tauMs;
    this.#atMs = nowMs;
  }

  sample(value: number, nowMs: number): void {
    const kept = this.#keptAt(nowMs);
    this.#value = value > this.#value * kept ? value : this.#value * kept + value * (1 - kept);
    this.#atMs = Math.max(this.#atMs, nowMs);
  }

  valueAt(nowMs: number): number {
    return this.#value * this.#keptAt(nowMs);
  }

  #keptAt(nowMs: number): number {
    return Math.exp(-Math.max(0, nowMs - this.#atMs) / this.#tauMs);
  }
}
