import type { TokenQuantities } from './providers.ts';

/** Nano-USD for a million tokens. A cache bucket without a rate is billed as input, reasoning as output; audio without one has no price. */
export interface Rates {
  readonly input: bigint;
  readonly output: bigint;
  readonly cachedRead: bigint | null;
  readonly cacheWrite: bigint | null;
  readonly reasoning: bigint | null;
  readonly audioInput: bigint | null;
  readonly audioOutput: bigint | null;
}

/** One price of one model, in force from a date on. */
export interface Price {
  /** Stable name that every amount quotes, `<modelId>@<date>`. */
  readonly version: string;
  readonly effectiveFromMs: number;
  readonly source: string;
  readonly rates: Rates;
  /** Rates of the whole call when its input, all buckets together, is larger; ascending. */
  readonly tiers: readonly { readonly aboveInputTokens: number; readonly rates: Rates }[];
}

export type PriceBucket = 'input' | 'cachedRead' | 'cacheWrite' | 'output' | 'reasoning' | 'audioInput' | 'audioOutput' | 'imageInput';

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
/** As many buckets as there are can each be rounded up by half a nano-USD. */
const MOST_ROUNDING_NANO_USD = 4n;

/**
 * What tokens cost. Each line is exact (tokens × rate) and rounded to whole nano-USD once, halves up; the total is the sum of the lines.
 * Null when a bucket that was used has no price.
 */
export function priceUsage(tokens: TokenQuantities, price: Price): PricedLines | null {
  const inputTokens =
    tokens.inputTokens + tokens.cachedReadTokens + tokens.cacheWriteTokens + tokens.audioInputTokens + tokens.imageInputTokens;
  const rates = ratesFor(price, inputTokens);
  const buckets: readonly (readonly [PriceBucket, number, bigint | null])[] = [
    ['input', tokens.inputTokens, rates.input],
    ['cachedRead', tokens.cachedReadTokens, rates.cachedRead ?? rates.input],
    ['cacheWrite', tokens.cacheWriteTokens, rates.cacheWrite ?? rates.input],
    ['output', tokens.outputTokens, rates.output],
    ['reasoning', tokens.reasoningTokens, rates.reasoning ?? rates.output],
    ['audioInput', tokens.audioInputTokens, rates.audioInput],
    ['audioOutput', tokens.audioOutputTokens, rates.audioOutput],
    ['imageInput', tokens.imageInputTokens, rates.input],
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

function ratesFor(price: Price, inputTokens: number): Rates {
  return price.tiers.findLast((tier) => inputTokens > tier.aboveInputTokens)?.rates ?? price.rates;
}

/**
 * The most that a call can cost which takes at most `inputTokenBound` tokens in and gives at most `maxOutputTokens` in each of
 * `choiceCount` choices: every token at the dearest rate that it could come under, in any tier the input can reach.
 * Never below what `priceUsage` makes of such a call.
 */
export function upperBoundNanoUsd(inputTokenBound: number, maxOutputTokens: number, choiceCount: number, price: Price): bigint {
  const reachable = [price.rates, ...price.tiers.filter((tier) => inputTokenBound > tier.aboveInputTokens).map((tier) => tier.rates)];
  const dearestInput = largest(reachable.flatMap((rates) => [rates.input, rates.cachedRead, rates.cacheWrite, rates.audioInput]));
  const dearestOutput = largest(reachable.flatMap((rates) => [rates.output, rates.reasoning, rates.audioOutput]));
  const exact = BigInt(inputTokenBound) * dearestInput + BigInt(maxOutputTokens) * BigInt(choiceCount) * dearestOutput;
  if (exact === 0n) return 0n;
  return (exact + TOKENS_PER_UNIT - 1n) / TOKENS_PER_UNIT + MOST_ROUNDING_NANO_USD;
}

function largest(rates: readonly (bigint | null)[]): bigint {
  return rates.reduce<bigint>((most, rate) => (rate !== null && rate > most ? rate : most), 0n);
}
