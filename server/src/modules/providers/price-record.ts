import {
  inputRatesOf,
  inputTokensOf,
  isFree,
  largest,
  MOST_ROUNDING_NANO_USD,
  outputRatesOf,
  priceUsage,
  toServiceTier,
  upperBoundNanoUsd,
  type Price,
  type PriceTable,
  type Rates,
} from './pricing.policy.ts';
import type { TokenQuantities } from './token-quantities.ts';

const MILLION = 1_000_000;
const HALF_MILLION = 500_000;
/** Quantities up to here are counted in doubles: times a remainder below a million they stay below 2^53. */
const MOST_QUANTITY = 2 ** 32;
/** 13 lines of at most this much sum to less than 2^53. */
const MOST_LINE_NANO_USD = 2 ** 49;

/** A rate taken apart: `whole` nano-USD a token and `part` nano-USD for a million tokens beside it. NaN: no price. */
interface FastRate {
  readonly whole: number;
  readonly part: number;
}

interface FastRates {
  readonly input: FastRate;
  readonly cachedRead: FastRate;
  readonly cacheWrite: FastRate;
  readonly cacheWriteHour: FastRate;
  readonly output: FastRate;
  readonly reasoning: FastRate;
  readonly audioInput: FastRate;
  readonly audioOutput: FastRate;
  readonly imageInput: FastRate;
}

interface FastTier {
  /** -1 for the first, which holds for every call. */
  readonly aboveInputTokens: number;
  readonly rates: FastRates;
}

/** The dearest rates that a call can come under whose input is larger than `aboveInputTokens`. */
interface BoundLevel {
  readonly aboveInputTokens: number;
  readonly input: FastRate;
  readonly output: FastRate;
}

/**
 * A price prepared for the request path: the sums of `pricing.policy.ts` in doubles where these are exact, and by `bigint` where they
 * might not be. Exact because every product is kept below 2^53: a rate is `whole × 1,000,000 + part`, so a line is
 * `quantity × whole` nano-USD and the rounded millionth part of `quantity × part`, with `part < 10^6`, `quantity ≤ 2^32`.
 */
export class PriceRecord {
  readonly price: Price;
  readonly isFree: boolean;
  readonly #standard: readonly FastTier[];
  readonly #serviceTiers: ReadonlyMap<string, readonly FastTier[]>;
  readonly #levels: readonly BoundLevel[];

  constructor(price: Price) {
    this.price = price;
    this.isFree = isFree(price);
    this.#standard = toFastTiers(price);
    this.#serviceTiers = new Map([...price.serviceTiers].map(([name, table]) => [name, toFastTiers(table)]));
    this.#levels = toBoundLevels(price);
  }

  /** The total of `priceUsage`; null when it is unknown. */
  costNanoUsd(tokens: TokenQuantities): bigint | null {
    if (tokens.units !== undefined) return this.#exactCost(tokens);
    const serviceTier = tokens.serviceTier === undefined ? null : toServiceTier(tokens.serviceTier);
    const tiers = serviceTier === null ? this.#standard : this.#serviceTiers.get(serviceTier);
    if (tiers === undefined) return null;
    const rates = ratesAt(tiers, inputTokensOf(tokens));
    const hourTokens = tokens.cacheWriteHourTokens ?? 0;
    const total =
      lineOf(tokens.inputTokens, rates.input) +
      lineOf(tokens.cachedReadTokens, rates.cachedRead) +
      lineOf(tokens.cacheWriteTokens - hourTokens, rates.cacheWrite) +
      lineOf(hourTokens, rates.cacheWriteHour) +
      lineOf(tokens.outputTokens, rates.output) +
      lineOf(tokens.reasoningTokens, rates.reasoning) +
      lineOf(tokens.audioInputTokens, rates.audioInput) +
      lineOf(tokens.audioOutputTokens, rates.audioOutput) +
      lineOf(tokens.imageInputTokens, rates.imageInput);
    return Number.isNaN(total) ? this.#exactCost(tokens) : BigInt(total);
  }

  /** Whether a service tier, in the provider's word, has a price. */
  hasTier(word: string | null | undefined): boolean {
    const serviceTier = toServiceTier(word);
    return serviceTier === null || this.#serviceTiers.has(serviceTier);
  }

  /** The same as `upperBoundNanoUsd` of the policy. */
  upperBoundNanoUsd(inputTokenBound: number, maxOutputTokens: number, choiceCount: number): bigint {
    const { input, output } = levelAt(this.#levels, inputTokenBound);
    const outputTokens = maxOutputTokens * choiceCount;
    const whole = inputTokenBound * input.whole + outputTokens * output.whole;
    const isExact = inputTokenBound <= MOST_QUANTITY && outputTokens <= MOST_QUANTITY && whole <= MOST_LINE_NANO_USD;
    if (!isExact) return upperBoundNanoUsd(inputTokenBound, maxOutputTokens, choiceCount, this.price);
    const parts = inputTokenBound * input.part + outputTokens * output.part;
    if (whole === 0 && parts === 0) return 0n;
    const upwards = parts + MILLION - 1;
    return BigInt(whole + (upwards - (upwards % MILLION)) / MILLION + MOST_ROUNDING_NANO_USD);
  }

  /** Says why a line had no number: too large for doubles, or no price. */
  #exactCost(tokens: TokenQuantities): bigint | null {
    return priceUsage(tokens, this.price)?.totalNanoUsd ?? null;
  }
}

/** Nano-USD of a line, rounded once, halves up; NaN when there is no price, or the numbers are too large to be exact. */
function lineOf(quantity: number, rate: FastRate): number {
  if (quantity === 0) return 0;
  const whole = quantity * rate.whole;
  if (!(quantity <= MOST_QUANTITY && whole <= MOST_LINE_NANO_USD)) return Number.NaN;
  const parts = quantity * rate.part + HALF_MILLION;
  return whole + (parts - (parts % MILLION)) / MILLION;
}

function ratesAt(tiers: readonly FastTier[], inputTokens: number): FastRates {
  let at = tiers.length - 1;
  while (at > 0 && inputTokens <= (tiers[at] as FastTier).aboveInputTokens) at -= 1;
  return (tiers[at] as FastTier).rates;
}

function levelAt(levels: readonly BoundLevel[], inputTokens: number): BoundLevel {
  let at = levels.length - 1;
  while (at > 0 && inputTokens <= (levels[at] as BoundLevel).aboveInputTokens) at -= 1;
  return levels[at] as BoundLevel;
}

function toFastTiers({ rates, tiers, maxInputTokens = Number.POSITIVE_INFINITY }: PriceTable): readonly FastTier[] {
  return [
    { aboveInputTokens: -1, rates: toFastRates(rates) },
    ...tiers
      .filter((tier) => tier.aboveInputTokens < maxInputTokens)
      .map((tier) => ({ aboveInputTokens: tier.aboveInputTokens, rates: toFastRates(tier.rates) })),
    ...(maxInputTokens === Number.POSITIVE_INFINITY ? [] : [{ aboveInputTokens: maxInputTokens, rates: NO_FAST_RATES }]),
  ];
}

function toFastRates(rates: Rates): FastRates {
  return {
    input: toFastRate(rates.input),
    cachedRead: toFastRate(rates.cachedRead ?? rates.input),
    cacheWrite: toFastRate(rates.cacheWrite ?? rates.input),
    cacheWriteHour: toFastRate(rates.cacheWriteHour),
    output: toFastRate(rates.output),
    reasoning: toFastRate(rates.reasoning ?? rates.output),
    audioInput: toFastRate(rates.audioInput),
    audioOutput: toFastRate(rates.audioOutput),
    imageInput: toFastRate(rates.imageInput ?? rates.input),
  };
}

const NO_FAST_RATE: FastRate = { whole: Number.NaN, part: 0 };
const NO_FAST_RATES: FastRates = {
  input: NO_FAST_RATE,
  cachedRead: NO_FAST_RATE,
  cacheWrite: NO_FAST_RATE,
  cacheWriteHour: NO_FAST_RATE,
  output: NO_FAST_RATE,
  reasoning: NO_FAST_RATE,
  audioInput: NO_FAST_RATE,
  audioOutput: NO_FAST_RATE,
  imageInput: NO_FAST_RATE,
};

function toFastRate(rate: bigint | null): FastRate {
  if (rate === null) return NO_FAST_RATE;
  return { whole: Number(rate / BigInt(MILLION)), part: Number(rate % BigInt(MILLION)) };
}

function toBoundLevels(price: Price): readonly BoundLevel[] {
  const tables: readonly PriceTable[] = [price, ...price.serviceTiers.values()];
  const rows = tables.flatMap(({ rates, tiers }) => [{ aboveInputTokens: -1, rates }, ...tiers]);
  const steps = [...new Set(rows.map((row) => row.aboveInputTokens))].sort((left, right) => left - right);
  return steps.map((aboveInputTokens) => {
    const reachable = rows.filter((row) => row.aboveInputTokens <= aboveInputTokens).map((row) => row.rates);
    return {
      aboveInputTokens,
      input: toFastRate(largest(reachable.flatMap(inputRatesOf))),
      output: toFastRate(largest(reachable.flatMap(outputRatesOf))),
    };
  });
}
