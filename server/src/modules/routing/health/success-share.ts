/** The moving share of calls that did not fail: a call moves it by `weight`, and time without failures heals it towards 1. */
export class SuccessShare {
  readonly #weight: number;
  readonly #tauMs: number;
  #share = 1;
  #atMs: number;

  constructor(settings: { readonly weight: number; readonly tauMs: number }, nowMs: number) {
    this.#weight = settings.weight;
    this.#tauMs = settings.tauMs;
    this.#atMs = nowMs;
  }

  record(isSuccess: boolean, nowMs: number): void {
    const share = this.valueAt(nowMs);
    this.#share = share + this.#weight * ((isSuccess ? 1 : 0) - share);
    this.#atMs = Math.max(this.#atMs, nowMs);
  }

  valueAt(nowMs: number): number {
    return 1 - (1 - this.#share) * Math.exp(-Math.max(0, nowMs - this.#atMs) / this.#tauMs);
  }
}
