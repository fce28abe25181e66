import { describe, expect, it } from 'vitest';
import { loadCatalogue } from './catalog/catalogue.ts';
import { PriceBook, type PriceOverride } from './price-book.ts';
import type { Price } from './pricing.policy.ts';

const DAY_MS = 86_400_000;
const MODEL = 'vendor/m';
const catalogue = loadCatalogue([
  {
    providerId: 'vendor',
    displayName: 'Vendor',
    models: [
      {
        model: 'm',
        displayName: 'M',
        input: ['text'],
        prices: [
          { effectiveFrom: '1970-01-11', source: 'list', nanoUsdPerMillion: { input: 10, output: 10 } },
          { effectiveFrom: '1970-01-21', source: 'list', nanoUsdPerMillion: { input: 20, output: 20 } },
        ],
      },
    ],
  },
]);
const listed = catalogue.find(MODEL);

const override = (day: number, sequence: bigint, version: string | null): PriceOverride => {
  const rates = (catalogue.priceAt(MODEL, 30 * DAY_MS) as Price).rates;
  const effectiveFromMs = day * DAY_MS;
  const price =
    version === null ? null : { version, effectiveFromMs, source: 'contract', rates, tiers: [], units: null, serviceTiers: new Map() };
  return { modelId: MODEL, effectiveFromMs, sequence, price };
};
const versionAt = (book: PriceBook, day: number) => book.at(MODEL, listed, day * DAY_MS)?.price.version ?? null;

describe('which price is in force', () => {
  it('is that of the catalogue where nothing was set, and none before its first date', () => {
    const book = new PriceBook();
    expect([5, 10, 19, 20, 99].map((day) => versionAt(book, day))).toEqual([
      null,
      'vendor/m@1970-01-11',
      'vendor/m@1970-01-11',
      'vendor/m@1970-01-21',
      'vendor/m@1970-01-21',
    ]);
  });

  it('is what the operator set from its date on, until another or its end is set', () => {
    const book = new PriceBook();
    book.setOverrides([override(15, 1n, 'first'), override(25, 2n, null), override(5, 3n, 'earlier')]);
    expect([4, 5, 15, 24, 25, 99].map((day) => versionAt(book, day))).toEqual([
      null,
      'earlier',
      'first',
      'first',
      'vendor/m@1970-01-21',
      'vendor/m@1970-01-21',
    ]);
  });

  it('is the one set later where two have one date, in whatever order they are read', () => {
    const book = new PriceBook();
    book.setOverrides([override(15, 7n, 'corrected'), override(15, 2n, 'mistaken')]);
    expect(versionAt(book, 16)).toBe('corrected');
    book.setOverrides([override(15, 7n, 'mistaken'), override(15, 8n, null)]);
    expect(versionAt(book, 16)).toBe('vendor/m@1970-01-11');
  });

  it('may be set for a model that nobody lists', () => {
    const book = new PriceBook();
    book.setOverrides([{ ...override(0, 1n, 'own'), modelId: 'compatible/mine' }]);
    expect(book.at('compatible/mine', null, DAY_MS)?.price.version).toBe('own');
    expect(book.at('compatible/other', null, DAY_MS)).toBeNull();
  });

  it('may be set for all models of a provider, and counts where a model has none of its own', () => {
    const book = new PriceBook();
    book.setOverrides([
      { ...override(0, 1n, 'all'), modelId: 'vendor/*' },
      { ...override(7, 2n, 'own'), modelId: 'vendor/other' },
    ]);
    expect(book.at('vendor/unlisted', null, 5 * DAY_MS)?.price.version).toBe('all');
    expect([6, 7].map((day) => book.at('vendor/other', null, day * DAY_MS)?.price.version)).toEqual(['all', 'own']);
    expect([5, 12].map((day) => versionAt(book, day))).toEqual(['all', 'vendor/m@1970-01-11']);
    expect(book.at('elsewhere/m', null, 5 * DAY_MS)).toBeNull();
  });
});
