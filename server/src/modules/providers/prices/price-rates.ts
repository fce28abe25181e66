import type { Price, PriceTable, Rates, UnitRates } from '../pricing.policy.ts';

/** What a price that somebody sets consists of. */
export type PriceRates = Pick<Price, 'rates' | 'tiers' | 'units' | 'serviceTiers'>;

/** Numbers of nano-USD as texts: JSON's own numbers end at 2^53. */
type Text<Row> = { readonly [Bucket in keyof Row]: string | null };

interface StoredTable {
  readonly rates: Text<Rates>;
  readonly tiers: readonly { readonly aboveInputTokens: number; readonly rates: Text<Rates> }[];
}

/** As the column `model_price.rates` holds it. */
export interface StoredRates extends StoredTable {
  readonly units: Text<UnitRates> | null;
  readonly serviceTiers: Readonly<Record<string, StoredTable>>;
}

export function toStoredRates({ units, serviceTiers, ...table }: PriceRates): StoredRates {
  return {
    ...toStoredTable(table),
    units: units === null ? null : toTexts(units),
    serviceTiers: Object.fromEntries([...serviceTiers].map(([name, tier]) => [name, toStoredTable(tier)])),
  };
}

export function fromStoredRates({ units, serviceTiers, ...table }: StoredRates): PriceRates {
  return {
    ...fromStoredTable(table),
    units: units === null ? null : fromTexts<UnitRates>(units),
    serviceTiers: new Map(Object.entries(serviceTiers).map(([name, tier]) => [name, fromStoredTable(tier)])),
  };
}

function toStoredTable({ rates, tiers }: PriceTable): StoredTable {
  return { rates: toTexts(rates), tiers: tiers.map((tier) => ({ aboveInputTokens: tier.aboveInputTokens, rates: toTexts(tier.rates) })) };
}

function fromStoredTable({ rates, tiers }: StoredTable): PriceTable {
  return {
    rates: fromTexts<Rates>(rates),
    tiers: tiers.map((tier) => ({ aboveInputTokens: tier.aboveInputTokens, rates: fromTexts<Rates>(tier.rates) })),
  };
}

function toTexts<Row extends Rates | UnitRates>(row: Row): Text<Row> {
  return Object.fromEntries(
    Object.entries(row).map(([bucket, rate]) => [bucket, (rate as bigint | null)?.toString() ?? null]),
  ) as Text<Row>;
}

function fromTexts<Row extends Rates | UnitRates>(row: Text<Row>): Row {
  const entries = Object.entries(row as Record<string, string | null>);
  return Object.fromEntries(entries.map(([bucket, rate]) => [bucket, rate === null ? null : BigInt(rate)])) as unknown as Row;
}
