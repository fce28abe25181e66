import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceUsage, upperBoundNanoUsd, type Price, type Rates } from './pricing.policy.ts';
import type { TokenQuantities } from './providers.ts';

const NONE: TokenQuantities = {
  inputTokens: 0,
  cachedReadTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  audioInputTokens: 0,
  audioOutputTokens: 0,
  imageInputTokens: 0,
  totalTokens: 0,
};
const RATES: Rates = {
  input: 150_000_000n,
  output: 600_000_000n,
  cachedRead: 75_000_000n,
  cacheWrite: null,
  cacheWriteHour: null,
  reasoning: null,
  audioInput: null,
  audioOutput: null,
  imageInput: null,
};
const priceOf = (rates: Partial<Rates> = {}, tiers: Price['tiers'] = []): Price => ({
  version: 'test@2026-01-01',
  effectiveFromMs: 0,
  source: 'test',
  rates: { ...RATES, ...rates },
  tiers,
  units: null,
  serviceTiers: new Map(),
});
const tokens = (quantities: Partial<TokenQuantities>): TokenQuantities => ({ ...NONE, ...quantities });

describe('what tokens cost', () => {
  it.each<[string, Partial<TokenQuantities>, bigint]>([
    // 1,000 × 0.15 USD/M + 500 × 0.60 USD/M = 0.00045 USD
    ['input and output', { inputTokens: 1000, outputTokens: 500 }, 450_000n],
    // 600 × 0.15 + 400 × 0.075 + 100 × 0.60 per million = 0.00018 USD
    ['cached input at its own rate', { inputTokens: 600, cachedReadTokens: 400, outputTokens: 100 }, 180_000n],
    // (7 + 3) × 0.15 + 5 × 0.60 per million = 0.0000045 USD
    ['cache writes as input and reasoning as output', { inputTokens: 7, cacheWriteTokens: 3, reasoningTokens: 5 }, 4500n],
    ['images as input', { imageInputTokens: 10 }, 1500n],
    ['a single token', { inputTokens: 1 }, 150n],
    ['nothing', {}, 0n],
  ])('is exact for %s', (_name, quantities, nanoUsd) => {
    expect(priceUsage(tokens(quantities), priceOf())?.totalNanoUsd).toBe(nanoUsd);
  });

  it('rounds each line once, halves up', () => {
    // One token at 0.0375 USD/M is 37.5 nano-USD; three are 112.5.
    const price = priceOf({ cachedRead: 37_500_000n });
    expect(priceUsage(tokens({ cachedReadTokens: 1 }), price)?.totalNanoUsd).toBe(38n);
    expect(priceUsage(tokens({ cachedReadTokens: 3 }), price)?.totalNanoUsd).toBe(113n);
    expect(priceUsage(tokens({ cachedReadTokens: 2 }), price)?.totalNanoUsd).toBe(75n);
  });

  it('is unknown, not zero, when a used bucket has no price', () => {
    expect(priceUsage(tokens({ audioInputTokens: 1 }), priceOf())).toBeNull();
    expect(priceUsage(tokens({ audioOutputTokens: 1 }), priceOf())).toBeNull();
    expect(priceUsage(tokens({ audioInputTokens: 1 }), priceOf({ audioInput: 40_000_000_000n }))?.totalNanoUsd).toBe(40_000n);
  });

  it('charges cache writes for an hour at their own rate, and at no other', () => {
    // 4 × 0.15 × 1.25 + 6 × 0.15 × 2 USD/M = 0.75 + 1.8 micro-USD
    const price = priceOf({ cacheWrite: 187_500_000n, cacheWriteHour: 300_000_000n });
    const used = tokens({ cacheWriteTokens: 10, cacheWriteHourTokens: 6 });
    expect(priceUsage(used, price)?.totalNanoUsd).toBe(4n * 187n + 2n + 6n * 300n);
    expect(priceUsage(used, priceOf({ cacheWrite: 187_500_000n }))).toBeNull();
    expect(priceUsage(tokens({ cacheWriteTokens: 10 }), priceOf({ cacheWrite: 187_500_000n }))?.totalNanoUsd).toBe(1875n);
  });

  it('charges a service tier at its own rates and knows no price for one that has none', () => {
    const flex = { rates: { ...RATES, input: 75_000_000n, output: 300_000_000n }, tiers: [] };
    const price = { ...priceOf(), serviceTiers: new Map([['flex', flex]]) };
    const used = (serviceTier: string | null) => priceUsage({ ...tokens({ inputTokens: 100, outputTokens: 10 }), serviceTier }, price);
    expect(used('flex')?.totalNanoUsd).toBe(10_500n);
    for (const standard of [null, 'default', 'standard', 'auto', 'on_demand', 'ON_DEMAND'])
      expect(used(standard)?.totalNanoUsd).toBe(21_000n);
    expect(used('priority')).toBeNull();
  });

  it('knows no price beyond the input up to which a tier has one', () => {
    const price = { ...priceOf(), serviceTiers: new Map([['priority', { rates: RATES, tiers: [], maxInputTokens: 100 }]]) };
    const used = (inputTokens: number) => priceUsage({ ...tokens({ inputTokens }), serviceTier: 'priority' }, price)?.totalNanoUsd ?? null;
    expect([used(100), used(101)]).toEqual([15_000n, null]);
  });

  it('charges by the piece where the price is by the piece, and tokens elsewhere', () => {
    const units = { images: 40_000_000_000_000n, searches: null, audioSeconds: null, characters: null };
    const byPiece = { ...priceOf({ input: 0n, output: 0n }), units };
    const images = { ...tokens({}), units: { images: 3 } };
    expect(priceUsage(images, byPiece)?.totalNanoUsd).toBe(120_000_000n);
    expect(priceUsage({ ...tokens({}), units: { searches: 1 } }, byPiece)).toBeNull();
    expect(priceUsage({ ...tokens({ outputTokens: 10, totalTokens: 10 }), units: { images: 3 } }, priceOf())?.totalNanoUsd).toBe(6000n);
    expect(priceUsage(images, priceOf())).toBeNull();
  });

  it('takes the rates of the tier that the whole input falls into', () => {
    const price = priceOf({}, [{ aboveInputTokens: 1000, rates: { ...RATES, input: 300_000_000n, output: 900_000_000n } }]);
    expect(priceUsage(tokens({ inputTokens: 1000, outputTokens: 1 }), price)?.totalNanoUsd).toBe(150_600n);
    expect(priceUsage(tokens({ inputTokens: 601, cachedReadTokens: 400, outputTokens: 1 }), price)?.totalNanoUsd).toBe(
      601n * 300n + 400n * 75n + 900n,
    );
  });

  it('lists a line for each used bucket that adds up to the total', () => {
    const priced = priceUsage(tokens({ inputTokens: 10, outputTokens: 2 }), priceOf());
    expect(priced?.lines).toEqual([
      { bucket: 'input', quantity: 10, unitPriceNanoUsdPerMillion: 150_000_000n, amountNanoUsd: 1500n },
      { bucket: 'output', quantity: 2, unitPriceNanoUsdPerMillion: 600_000_000n, amountNanoUsd: 1200n },
    ]);
    expect(priced?.totalNanoUsd).toBe(2700n);
  });
});

describe('the upper bound of a call', () => {
  const rate = fc.bigInt({ min: 0n, max: 100_000_000_000n });
  const maybe = fc.option(rate, { nil: null });
  const rates = fc.record({
    input: rate,
    output: rate,
    cachedRead: maybe,
    cacheWrite: maybe,
    cacheWriteHour: rate,
    imageInput: maybe,
    reasoning: maybe,
    audioInput: rate,
    audioOutput: rate,
  });
  const tier = fc.record({ aboveInputTokens: fc.integer({ min: 0, max: 2000 }), rates });
  const prices = fc.tuple(rates, fc.array(tier, { maxLength: 3 })).map(([base, tiers]) =>
    priceOf(
      base,
      tiers.toSorted((left, right) => left.aboveInputTokens - right.aboveInputTokens),
    ),
  );
  const count = fc.integer({ min: 0, max: 1000 });

  it('is never below what any call within its bounds costs', () => {
    fc.assert(
      fc.property(
        prices,
        fc.array(count, { minLength: 8, maxLength: 8 }),
        fc.integer({ min: 0, max: 3000 }),
        fc.integer({ min: 1, max: 4 }),
        (price, counts, slack, choices) => {
          const [inputTokens = 0, cachedReadTokens = 0, cacheWriteTokens = 0, audioInputTokens = 0, imageInputTokens = 0, ...output] =
            counts;
          const [outputTokens = 0, reasoningTokens = 0, audioOutputTokens = 0] = output;
          const used = tokens({
            inputTokens,
            cachedReadTokens,
            cacheWriteTokens,
            audioInputTokens,
            imageInputTokens,
            outputTokens,
            reasoningTokens,
            audioOutputTokens,
          });
          const inputBound = inputTokens + cachedReadTokens + cacheWriteTokens + audioInputTokens + imageInputTokens + slack;
          const perChoice = Math.ceil((outputTokens + reasoningTokens + audioOutputTokens) / choices);
          const bound = upperBoundNanoUsd(inputBound, perChoice, choices, price);
          expect(bound >= (priceUsage(used, price)?.totalNanoUsd ?? 0n)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('would be broken by the plain price of the bound where a tier or a cache write is dearer (control)', () => {
    const price = priceOf({ cacheWrite: 187_500_000n });
    const plain = (100n * price.rates.input) / 1_000_000n;
    const cost = priceUsage(tokens({ cacheWriteTokens: 100 }), price)?.totalNanoUsd ?? 0n;
    expect(cost > plain).toBe(true);
    expect(upperBoundNanoUsd(100, 0, 1, price) >= cost).toBe(true);
  });

  it('counts the output of every choice', () => {
    expect(upperBoundNanoUsd(0, 1000, 3, priceOf())).toBe(3n * 600_000n + 4n);
  });
});
