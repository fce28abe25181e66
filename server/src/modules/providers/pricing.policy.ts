import type { TokenQuantities } from './token-quantities.ts';

/**
 * Nano-USD for a million tokens. Cache reads and five-minute cache writes without a rate are billed as input, as are images; reasoning
 * without one is billed as output. Sound and writes to the cache for an hour have no price unless one is written down.
 */
export interface Rates {
  readonly input: bigint;
  readonly output: bigint;
  readonly cachedRead: bigint | null;
  /** Kept for five minutes, or for however long the provider keeps what it is not told to. */
  readonly cacheWrite: bigint | null;
  readonly cacheWriteHour: bigint | null;
  readonly reasoning: bigint | null;
  readonly audioInput: bigint | null;
  readonly audioOutput: bigint | null;
  readonly imageInput: bigint | null;
}

/** Nano-USD for a million pieces; null: unknown. */
export interface UnitRates {
  readonly images: bigint | null;
  readonly searches: bigint | null;
  readonly audioSeconds: bigint | null;
  readonly characters: bigint | null;
}

/** What a call costs at one service tier. */
export interface PriceTable {
  readonly rates: Rates;
  /** Rates of the whole call when its input, all buckets together, is larger; ascending. */
  readonly tiers: readonly { readonly aboveInputTokens: number; readonly rates: Rates }[];
  /** Beyond this input nobody says what a call costs; left out: the rates hold for every call. */
  readonly maxInputTokens?: number;
}

/** One price of one model, in force from a date on. */
export interface Price extends PriceTable {
  /** Stable name that every amount quotes, `<modelId>@<date>`. */
  readonly version: string;
  readonly effectiveFromMs: number;
  readonly source: string;
  /** Null: tokens are what is charged. */
  readonly units: UnitRates | null;
  /** By the provider's word for it (`batch`, `flex`, `priority`). A tier that is not here has no known price; the standard one has the price itself. */
  readonly serviceTiers: ReadonlyMap<string, PriceTable>;
}

export type PriceBucket = keyof Rates | keyof UnitRates;

export interface PricedLine {
  readonly bucket: PriceBucket;
  readonly quantity: number;
  readonly unitPriceNanoUsdPerMillion: bigint;
  readonly amountNanoUsd: bigint;
}

export interface PricedLines {
  /** Buckets that were used. */
  readonly lines: readonly PricedLine[];
  readonly totalNanoUsd: bigint;
}

const TOKENS_PER_UNIT = 1_000_000n;
const HALF_UNIT = TOKENS_PER_UNIT / 2n;
/** Nine token buckets can each be rounded up by half a nano-USD, which is four whole ones at most. */
export const MOST_ROUNDING_NANO_USD = 4;
/** What providers call the tier that everybody gets. */
const STANDARD_TIERS: ReadonlySet<string> = new Set(['default', 'standard', 'standard_only', 'auto', 'on_demand']);

/** The name under which a service tier is priced; null for the standard one. */
export function toServiceTier(word: string | null | undefined): string | null {
  const tier = word?.toLowerCase() ?? '';
  return tier === '' || STANDARD_TIERS.has(tier) ? null : tier;
}

/** All input of a call, which decides its context tier. */
export function inputTokensOf(tokens: TokenQuantities): number {
  return tokens.inputTokens + tokens.cachedReadTokens + tokens.cacheWriteTokens + tokens.audioInputTokens + tokens.imageInputTokens;
}

/**
 * What a call costs. Each line is exact (quantity × rate) and rounded to whole nano-USD once, halves up; the total is the sum of the lines.
 * Null when a bucket that was used, or the service tier, has no price. Pieces are charged where the price has any by the piece; elsewhere
 * the tokens are the charge, which is unknown when none were told. `PriceRecord` gives the same total faster.
 */
export function priceUsage(tokens: TokenQuantities, price: Price): PricedLines | null {
  const serviceTier = toServiceTier(tokens.serviceTier);
  const table = serviceTier === null ? price : price.serviceTiers.get(serviceTier);
  const inputTokens = inputTokensOf(tokens);
  if (table === undefined || inputTokens > (table.maxInputTokens ?? inputTokens)) return null;
  const rates = ratesFor(table, inputTokens);
  const hourTokens = tokens.cacheWriteHourTokens ?? 0;
  const pieces = price.units === null ? {} : (tokens.units ?? {});
  if (price.units === null && tokens.totalTokens === 0 && hasPieces(tokens)) return null;
  const { images = 0, searches = 0, audioSeconds = 0, characters = 0 } = pieces;
  const buckets: readonly (readonly [PriceBucket, number, bigint | null])[] = [
    ['input', tokens.inputTokens, rates.input],
    ['cachedRead', tokens.cachedReadTokens, rates.cachedRead ?? rates.input],
    ['cacheWrite', tokens.cacheWriteTokens - hourTokens, rates.cacheWrite ?? rates.input],
    ['cacheWriteHour', hourTokens, rates.cacheWriteHour],
    ['output', tokens.outputTokens, rates.output],
    ['reasoning', tokens.reasoningTokens, rates.reasoning ?? rates.output],
    ['audioInput', tokens.audioInputTokens, rates.audioInput],
    ['audioOutput', tokens.audioOutputTokens, rates.audioOutput],
    ['imageInput', tokens.imageInputTokens, rates.imageInput ?? rates.input],
    ['images', images, price.units?.images ?? null],
    ['searches', searches, price.units?.searches ?? null],
    ['audioSeconds', audioSeconds, price.units?.audioSeconds ?? null],
    ['characters', characters, price.units?.characters ?? null],
  ];
  const lines: PricedLine[] = [];
  let totalNanoUsd = 0n;
  for (const [bucket, quantity, rate] of buckets) {
    if (quantity === 0) continue;
    if (rate === null) return null;
    const amountNanoUsd = (BigInt(quantity) * rate + HALF_UNIT) / TOKENS_PER_UNIT;
    totalNanoUsd += amountNanoUsd;
    lines.push({ bucket, quantity, unitPriceNanoUsdPerMillion: rate, amountNanoUsd });
  }
  return { lines, totalNanoUsd };
}

function hasPieces({ units }: TokenQuantities): boolean {
  return units !== undefined && Object.values(units).some((count) => count > 0);
}

function ratesFor(table: PriceTable, inputTokens: number): Rates {
  return table.tiers.findLast((tier) => inputTokens > tier.aboveInputTokens)?.rates ?? table.rates;
}

/**
 * The most that a call can cost which takes at most `inputTokenBound` tokens in and gives at most `maxOutputTokens` in each of
 * `choiceCount` choices: every token at the dearest rate that it could come under, in any tier the input can reach and any service tier
 * that has a price. Never below what `priceUsage` makes of the tokens of such a call; what is charged by the piece is not in it.
 */
export function upperBoundNanoUsd(inputTokenBound: number, maxOutputTokens: number, choiceCount: number, price: Price): bigint {
  const tables: readonly PriceTable[] = [price, ...price.serviceTiers.values()];
  const reachable = tables.flatMap(({ rates, tiers }) => [
    rates,
    ...tiers.filter((tier) => inputTokenBound > tier.aboveInputTokens).map((tier) => tier.rates),
  ]);
  const dearestInput = largest(reachable.flatMap(inputRatesOf));
  const dearestOutput = largest(reachable.flatMap(outputRatesOf));
  const exact = BigInt(inputTokenBound) * dearestInput + BigInt(maxOutputTokens) * BigInt(choiceCount) * dearestOutput;
  if (exact === 0n) return 0n;
  return (exact + TOKENS_PER_UNIT - 1n) / TOKENS_PER_UNIT + BigInt(MOST_ROUNDING_NANO_USD);
}

export function inputRatesOf(rates: Rates): readonly (bigint | null)[] {
  return [rates.input, rates.cachedRead, rates.cacheWrite, rates.cacheWriteHour, rates.audioInput, rates.imageInput];
}

export function outputRatesOf(rates: Rates): readonly (bigint | null)[] {
  return [rates.output, rates.reasoning, rates.audioOutput];
}

export function largest(rates: readonly (bigint | null)[]): bigint {
  return rates.reduce<bigint>((most, rate) => (rate !== null && rate > most ? rate : most), 0n);
}

/** Whether every token is known to cost nothing. */
export function isFree(price: Price): boolean {
  return [price, ...price.serviceTiers.values()].every(({ rates, tiers }) =>
    [rates, ...tiers.map((tier) => tier.rates)].every((row) => Object.values(row).every((rate) => rate === 0n)),
  );
}
