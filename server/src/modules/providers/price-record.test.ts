import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PriceRecord } from './price-record.ts';
import { priceUsage, upperBoundNanoUsd, type Price, type PriceTable } from './pricing.policy.ts';
import type { TokenQuantities } from './providers.ts';

/** List prices, the dearest ones and some that no vendor asks, so that sums leave what doubles hold. */
const rate = fc.oneof(fc.bigInt({ min: 0n, max: 1_000_000_000_000n }), fc.bigInt({ min: 0n, max: 2n ** 60n }), fc.constant(0n));
const maybe = fc.option(rate, { nil: null });
const rates = fc.record({
  input: rate,
  output: rate,
  cachedRead: maybe,
  cacheWrite: maybe,
  cacheWriteHour: maybe,
  reasoning: maybe,
  audioInput: maybe,
  audioOutput: maybe,
  imageInput: maybe,
});
const tier = fc.record({ aboveInputTokens: fc.oneof(fc.nat(5000), fc.nat()), rates });
const table: fc.Arbitrary<PriceTable> = fc.record({
  rates,
  tiers: fc.array(tier, { maxLength: 3 }).map((tiers) => tiers.toSorted((left, right) => left.aboveInputTokens - right.aboveInputTokens)),
  maxInputTokens: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.nat(5000)),
});
const price: fc.Arbitrary<Price> = fc.tuple(table, fc.option(table, { nil: null })).map(([standard, flex]) => ({
  ...standard,
  version: 'test@2026-01-01',
  effectiveFromMs: 0,
  source: 'test',
  units: null,
  serviceTiers: new Map(flex === null ? [] : [['flex', flex]]),
}));
const count = fc.oneof(fc.nat(3), fc.nat(100_000), fc.nat(), fc.maxSafeNat());
const quantities: fc.Arbitrary<TokenQuantities> = fc
  .record({
    inputTokens: count,
    cachedReadTokens: count,
    cacheWriteTokens: count,
    outputTokens: count,
    reasoningTokens: count,
    audioInputTokens: fc.oneof(fc.constant(0), count),
    audioOutputTokens: fc.oneof(fc.constant(0), count),
    imageInputTokens: fc.oneof(fc.constant(0), count),
    totalTokens: count,
    serviceTier: fc.constantFrom(null, 'default', 'flex'),
    hour: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ hour, ...tokens }) => ({ ...tokens, cacheWriteHourTokens: Math.floor(tokens.cacheWriteTokens * hour) }));

describe('a prepared price', () => {
  it('gives the same amount as the sum in big integers, however large the numbers', () => {
    fc.assert(
      fc.property(price, quantities, (given, tokens) => {
        expect(new PriceRecord(given).costNanoUsd(tokens)).toBe(priceUsage(tokens, given)?.totalNanoUsd ?? null);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the same upper bound as the sum in big integers, however large the numbers', () => {
    fc.assert(
      fc.property(price, count, count, fc.integer({ min: 1, max: 128 }), (given, input, output, choices) => {
        fc.pre(Number.isSafeInteger(output * choices));
        expect(new PriceRecord(given).upperBoundNanoUsd(input, output, choices)).toBe(upperBoundNanoUsd(input, output, choices, given));
      }),
      { numRuns: 2000 },
    );
  });

  it('would be wrong where products in doubles are not exact (control)', () => {
    const [quantity, dear] = [64_245_792, 815_507_566_778];
    expect(BigInt(Math.round((quantity * dear) / 1_000_000))).not.toBe((BigInt(quantity) * BigInt(dear) + 500_000n) / 1_000_000n);
  });
});
