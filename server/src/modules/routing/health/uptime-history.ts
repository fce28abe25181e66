/** How many cells the strip has. */
export const UPTIME_CELLS = 90;

export interface UptimeCell {
  readonly fromMs: number;
  readonly callCount: number;
  readonly failureCount: number;
  /** `none`: no calls. `down`: half or more failed. `degraded`: more than one in a hundred failed. */
  readonly state: 'none' | 'up' | 'degraded' | 'down';
}

/** Calls and failures of the last 90 stretches of time, oldest first. */
export class UptimeHistory {
  readonly #cellMs: number;
  readonly #numbers = new Float64Array(UPTIME_CELLS).fill(-1);
  readonly #calls = new Uint32Array(UPTIME_CELLS);
  readonly #failures = new Uint32Array(UPTIME_CELLS);

  constructor(cellMs: number) {
    this.#cellMs = cellMs;
  }

  record(isSuccess: boolean, nowMs: number): void {
    const number = Math.floor(nowMs / this.#cellMs);
    const slot = number % UPTIME_CELLS;
    if (this.#numbers[slot] !== number) {
      this.#numbers[slot] = number;
      this.#calls[slot] = 0;
      this.#failures[slot] = 0;
    }
    this.#calls[slot] = (this.#calls[slot] as number) + 1;
    if (!isSuccess) this.#failures[slot] = (this.#failures[slot] as number) + 1;
  }

  cellsAt(nowMs: number): UptimeCell[] {
    const last = Math.floor(nowMs / this.#cellMs);
    return Array.from({ length: UPTIME_CELLS }, (_, index) => this.#cell(last - UPTIME_CELLS + 1 + index));
  }

  #cell(number: number): UptimeCell {
    const slot = ((number % UPTIME_CELLS) + UPTIME_CELLS) % UPTIME_CELLS;
    const isKept = this.#numbers[slot] === number;
    const callCount = isKept ? (this.#calls[slot] as number) : 0;
    const failureCount = isKept ? (this.#failures[slot] as number) : 0;
    return { fromMs: number * this.#cellMs, callCount, failureCount, state: judge(callCount, failureCount) };
  }
}

function judge(calls: number, failures: number): UptimeCell['state'] {
  if (calls === 0) return 'none';
  if (failures * 2 >= calls) return 'down';
  return failures * 100 > calls ? 'degraded' : 'up';
}
