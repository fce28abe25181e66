import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { priceUsage } from '../pricing.policy.ts';
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
      kind: 'CHAT',
      releasedOn: '2026-01-02',
      contextTokens: 10,
      maxInputTokens: null,
      maxOutputTokens: null,
      capabilities: { vision: false, documents: false, audio: false, tools: false, structuredOutput: false, reasoning: false },
      prices,
    },
  ],
});
const nanoUsdPerMillion = { input: 1, output: 2, cachedRead: null, cacheWrite: null, reasoning: null, audioInput: null, audioOutput: null };

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
    for (const { providerId, kind, prices } of catalogue.list())
      for (const { rates, tiers } of prices)
        for (const row of [rates, ...tiers.map((tier) => tier.rates)]) {
          if (providerId === 'local') continue;
          expect(row.input > 0n).toBe(true);
          expect(kind === 'EMBEDDING' || row.output > 0n).toBe(true);
          for (const rate of [row.cachedRead, row.cacheWrite, row.reasoning, row.audioInput, row.audioOutput]) expect(rate).not.toBe(0n);
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
        { effectiveFrom: '2026-01-01', source: 'a', nanoUsdPerMillion, tiers: [] },
        { effectiveFrom: '2026-02-01', source: 'b', nanoUsdPerMillion: { ...nanoUsdPerMillion, input: 9 }, tiers: [] },
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

const SOURCE = new URL('../../../../../../shared/data/model-catalogue/catalogue.json', import.meta.url);

describe.skipIf(!existsSync(SOURCE))('prices against their source', () => {
  it('cost what the list price says, to a tenth of a nano-USD for whole amounts and half a nano-USD a line otherwise', () => {
    type Cost = { input: number; output: number; cache_read?: number };
    const source = JSON.parse(readFileSync(SOURCE, 'utf8')) as Record<string, { models: Record<string, { cost?: Cost }> }>;
    let checked = 0;
    for (const { modelId, providerId, model } of catalogue.list()) {
      const cost = source[providerId]?.models[model]?.cost;
      const price = catalogue.priceAt(modelId, AFTER_MS);
      if (cost === undefined || price === null) continue;
      const [input, cached, output] = [1_234, 1_000, 567];
      const tokens = { inputTokens: input - cached, cachedReadTokens: cached, outputTokens: output };
      const rest = {
        cacheWriteTokens: 0,
        reasoningTokens: 0,
        audioInputTokens: 0,
        audioOutputTokens: 0,
        imageInputTokens: 0,
        totalTokens: input + output,
      };
      const usd = ((input - cached) * cost.input + cached * (cost.cache_read || cost.input) + output * cost.output) / 1_000_000;
      const priced = Number(priceUsage({ ...tokens, ...rest }, price)?.totalNanoUsd ?? expect.fail()) / 1e9;
      const isWhole = Number.isInteger(Math.round(cost.input * 1e6) / 1000) && Number.isInteger(Math.round(cost.output * 1e6) / 1000);
      expect(Math.abs(priced - usd), modelId).toBeLessThan(isWhole ? 1e-10 : 1.6e-9);
      checked += 1;
    }
    expect(checked).toBe(49);
  });
});
