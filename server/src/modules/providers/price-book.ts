import type { CatalogueModel } from './catalog/catalogue.ts';
import { PriceRecord } from './price-record.ts';
import type { Price } from './pricing.policy.ts';

/** A price that the operator set, or the end of such prices: from its date on the catalogue counts again. */
export interface PriceOverride {
  /** `<providerId>/<model>`, which need not be in the catalogue, or `<providerId>/*` for all models without a price of their own. */
  readonly modelId: string;
  readonly effectiveFromMs: number;
  /** Order in which they were set; of two with one date the later one counts. */
  readonly sequence: bigint;
  /** Null: nothing is overridden from here on. */
  readonly price: Price | null;
}

interface Override {
  readonly effectiveFromMs: number;
  readonly record: PriceRecord | null;
}

/**
 * Which price is in force: what the operator set, from its date on, before what comes with the server. Knows every price of every time,
 * so that a call can be priced again as if it were new.
 */
export class PriceBook {
  readonly #listed = new Map<CatalogueModel, readonly PriceRecord[]>();
  #overrides: ReadonlyMap<string, readonly Override[]> = new Map();

  /** Replaces everything that the operator has set. */
  setOverrides(overrides: readonly PriceOverride[]): void {
    const latestFirst = overrides.toSorted(
      (left, right) => right.effectiveFromMs - left.effectiveFromMs || Number(right.sequence - left.sequence),
    );
    this.#overrides = Map.groupBy(
      latestFirst.map(({ modelId, effectiveFromMs, price }) => ({
        modelId,
        effectiveFromMs,
        record: price === null ? null : new PriceRecord(price),
      })),
      ({ modelId }) => modelId,
    );
  }

  /** `listed`: the catalogue's entry for the model. Null when no price is known, which never means free. */
  at(modelId: string, listed: CatalogueModel | null, atMs: number): PriceRecord | null {
    if (this.#overrides.size > 0) {
      const override = this.#overrideAt(modelId, atMs) ?? (listed === null ? undefined : this.#overrideAt(listed.modelId, atMs));
      if (override?.record != null) return override.record;
    }
    const record = listed === null ? undefined : this.#recordsOf(listed).find(({ price }) => price.effectiveFromMs <= atMs);
    return record ?? this.#ofProvider(modelId, atMs);
  }

  /** What was set for every model of a provider that has no price of its own. */
  #ofProvider(modelId: string, atMs: number): PriceRecord | null {
    if (this.#overrides.size === 0) return null;
    return this.#overrideAt(`${modelId.slice(0, modelId.indexOf('/'))}/*`, atMs)?.record ?? null;
  }

  #overrideAt(modelId: string, atMs: number): Override | undefined {
    return this.#overrides.get(modelId)?.find(({ effectiveFromMs }) => effectiveFromMs <= atMs);
  }

  #recordsOf(listed: CatalogueModel): readonly PriceRecord[] {
    let records = this.#listed.get(listed);
    if (records === undefined) {
      records = listed.prices.map((price) => new PriceRecord(price));
      this.#listed.set(listed, records);
    }
    return records;
  }
}
