import { describe, expect, it } from 'vitest';
import { isFree } from '../pricing.policy.ts';
import { BUILT_IN } from './built-in.ts';
import { loadCatalogue, type CatalogueFile } from './catalogue.ts';

const catalogue = loadCatalogue();
const AFTER_MS = Date.UTC(2026, 6, 3);

const file = (prices: CatalogueFile['models'][number]['prices']): CatalogueFile => ({
  providerId: 'vendor',
  displayName: 'Vendor',
  models: [
    {
      model: 'm',
      displayName: 'M',
      releasedOn: '2026-01-02',
      contextTokens: 10,
      input: ['text'],
      ...(prices === undefined ? {} : { prices }),
    },
  ],
});
const nanoUsdPerMillion = { input: 1, output: 2 };

describe('the catalogue', () => {
  it('knows models with their limits, abilities and dated prices', () => {
    expect(catalogue.find('openai/gpt-4.1-mini')).toMatchObject({
      modelId: 'openai/gpt-4.1-mini',
      model: 'gpt-4.1-mini',
      kind: 'CHAT',
      contextTokens: 1_047_576,
      maxOutputTokens: 32_768,
      capabilities: { vision: true, tools: true, structuredOutput: true, reasoning: false },
      releasedAtSeconds: Date.UTC(2025, 3, 14) / 1000,
    });
    expect(catalogue.priceAt('openai/gpt-4.1-mini', AFTER_MS)).toMatchObject({
      version: 'openai/gpt-4.1-mini@2026-07-02',
      source: 'models.dev f3fc692',
      rates: { input: 400_000_000n, output: 1_600_000_000n, cachedRead: 100_000_000n, cacheWrite: null, reasoning: null },
    });
    expect(catalogue.find('openai/text-embedding-3-small')).toMatchObject({ kind: 'EMBEDDING', maxOutputTokens: null });
  });

  it('names each price once, and none that is free by omission', () => {
    const versions = catalogue.list().flatMap(({ prices }) => prices.map(({ version }) => version));
    expect(new Set(versions).size).toBe(versions.length);
    for (const { kind, prices } of catalogue.list())
      for (const price of prices)
        for (const row of [price, ...price.serviceTiers.values()].flatMap(({ rates, tiers }) => [
          rates,
          ...tiers.map((tier) => tier.rates),
        ])) {
          if (isFree(price)) continue;
          expect(row.input > 0n).toBe(true);
          expect(kind === 'EMBEDDING' || row.output > 0n).toBe(true);
          for (const [bucket, rate] of Object.entries(row)) if (bucket !== 'output') expect(rate, bucket).not.toBe(0n);
        }
  });

  it('finds a dated snapshot as the model it is of, unless it is listed itself', () => {
    expect(catalogue.find('openai/gpt-4.1-mini-2025-04-14')?.modelId).toBe('openai/gpt-4.1-mini');
    expect(catalogue.find('openai/gpt-4o-2024-05-13')?.modelId).toBe('openai/gpt-4o-2024-05-13');
    expect(catalogue.find('openai/gpt-4-0613')).toBeNull();
  });

  it('has no price before the first one is in force, and the newest after', () => {
    const dated = loadCatalogue([
      file([
        { effectiveFrom: '2026-01-01', source: 'a', nanoUsdPerMillion },
        { effectiveFrom: '2026-02-01', source: 'b', nanoUsdPerMillion: { ...nanoUsdPerMillion, input: 9 } },
      ]),
    ]);
    expect(dated.priceAt('vendor/m', Date.UTC(2025, 11, 31))).toBeNull();
    expect(dated.priceAt('vendor/m', Date.UTC(2026, 0, 31))?.version).toBe('vendor/m@2026-01-01');
    expect(dated.priceAt('vendor/m', Date.UTC(2026, 1, 1))?.rates.input).toBe(9n);
    expect(loadCatalogue([file([])]).priceAt('vendor/m', AFTER_MS)).toBeNull();
  });

  it('refuses a model that is listed twice', () => {
    expect(() => loadCatalogue([file([]), file([])])).toThrow('The catalogue lists vendor/m twice.');
  });
});

describe('the files that come with the server', () => {
  it('have the shape that they are read by, and no field that is not', () => {
    const fields: Record<string, string> = {
      model: 'string',
      displayName: 'string',
      kind: 'string',
      family: 'string',
      releasedOn: 'string',
      knowledgeUntil: 'string',
      contextTokens: 'number',
      maxInputTokens: 'number',
      maxOutputTokens: 'number',
      input: 'object',
      output: 'object',
      abilities: 'object',
      hasOpenWeights: 'boolean',
      status: 'string',
      isResponsesOnly: 'boolean',
      prices: 'object',
    };
    for (const { models } of BUILT_IN)
      for (const model of models)
        for (const [name, value] of Object.entries(model)) expect(typeof value, `${model.model}.${name}`).toBe(fields[name]);
    expect(catalogue.list().length).toBeGreaterThan(1100);
  });

  it('name a source and a date for every price, and bill cache writes for an hour where the vendor says how', () => {
    for (const { modelId, prices } of catalogue.list())
      for (const { source, effectiveFromMs, version } of prices) {
        expect(source, modelId).not.toBe('');
        expect(version).toBe(`${modelId}@${new Date(effectiveFromMs).toISOString().slice(0, 10)}`);
      }
    const sonnet = catalogue.priceAt('anthropic/claude-sonnet-4-5', AFTER_MS)?.rates;
    expect(sonnet).toMatchObject({ input: 3_000_000_000n, cacheWrite: 3_750_000_000n, cacheWriteHour: 6_000_000_000n });
    const mini = catalogue.priceAt('openai/gpt-4.1-mini', AFTER_MS);
    expect(mini?.serviceTiers.get('flex')?.rates).toMatchObject({ input: 200_000_000n, output: 800_000_000n, cachedRead: 50_000_000n });
    expect(mini?.serviceTiers.has('priority')).toBe(false);
  });
});
