export interface RetryBudgetSettings {
  /** Every call earns so much of a retry. */
  readonly ratio: number;
  /** What a tenant starts with, and all that it can save up. */
  readonly reserve: number;
}

export const DEFAULT_RETRY_BUDGET: RetryBudgetSettings = { ratio: 0.1, reserve: 10 };

/** Most tenants remembered; beyond them the one that called first is forgotten and starts anew. */
const MAX_TENANTS = 10_000;

/** Retries and hedges of each tenant are at most a tenth of its calls, beyond a small reserve: when everything fails, load does not grow. */
export class RetryBudget {
  readonly #settings: RetryBudgetSettings;
  readonly #balances = new Map<string, number>();

  constructor(settings: RetryBudgetSettings = DEFAULT_RETRY_BUDGET) {
    this.#settings = settings;
  }

  /** Once for every call, before its first attempt. */
  earn(tenant: string): void {
    if (!this.#balances.has(tenant) && this.#balances.size >= MAX_TENANTS) this.#forgetFirst();
    this.#balances.set(tenant, Math.min(this.#settings.reserve, this.balanceOf(tenant) + this.#settings.ratio));
  }

  /** Takes a retry if there is a whole one. */
  trySpend(tenant: string): boolean {
    const balance = this.balanceOf(tenant);
    if (balance < 1) return false;
    this.#balances.set(tenant, balance - 1);
    return true;
  }

  /** Never below 0. */
  balanceOf(tenant: string): number {
    return this.#balances.get(tenant) ?? this.#settings.reserve;
  }

  #forgetFirst(): void {
    for (const tenant of this.#balances.keys()) {
      this.#balances.delete(tenant);
      return;
    }
  }
}
