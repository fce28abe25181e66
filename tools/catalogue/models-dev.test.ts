import { describe, expect, it } from 'vitest';
import { toCatalogueFile, toNanoUsd, type SourceCatalogue, type SourceModel } from './models-dev.ts';

const text = { input: ['text'], output: ['text'] };
const catalogueOf = (models: Record<string, SourceModel>): SourceCatalogue => ({ vendor: { name: 'Vendor', models } });
const origin = { commit: 'abc', date: '2026-07-02' };

describe('the import of models.dev', () => {
  it('names its source and keeps prices as integers of nano-USD', () => {
    const source = catalogueOf({
      m: {
        name: 'M',
        modalities: { input: ['text', 'image', 'pdf'], output: ['text'] },
        limit: { context: 10, input: 8, output: 2 },
        tool_call: true,
        cost: { input: 0.15, output: 0.6, cache_read: 0, tiers: [{ tier: { size: 5 }, input: 0.3, output: 1.2 }] },
      },
    });
    const file = toCatalogueFile(source, 'vendor', origin);
    expect(file.source).toMatchObject({ name: 'models.dev', licence: 'MIT', commit: 'abc', date: '2026-07-02' });
    const rest = { cachedRead: null, cacheWrite: null, reasoning: null, audioInput: null, audioOutput: null };
    expect(file.models[0]?.prices).toEqual([
      {
        effectiveFrom: '2026-07-02',
        source: 'models.dev abc',
        nanoUsdPerMillion: { input: 150_000_000, output: 600_000_000, ...rest },
        tiers: [{ aboveInputTokens: 5, nanoUsdPerMillion: { input: 300_000_000, output: 1_200_000_000, ...rest } }],
      },
    ]);
    expect(file.models[0]?.capabilities).toEqual({
      vision: true,
      documents: true,
      audio: false,
      tools: true,
      structuredOutput: false,
      reasoning: false,
    });
  });

  it('leaves out what does not answer in text, is withdrawn, or is served by another API', () => {
    const source = catalogueOf({
      image: { name: 'I', modalities: { input: ['text'], output: ['text', 'image'] } },
      old: { name: 'O', modalities: text, status: 'deprecated' },
      'gpt-9-codex': { name: 'C', modalities: text },
      'gpt-9-pro': { name: 'P', modalities: text },
      kept: { name: 'K', modalities: text },
    });
    expect(toCatalogueFile(source, 'vendor', origin).models.map(({ model, prices }) => [model, prices])).toEqual([['kept', []]]);
  });

  it('refuses a price that is no number of nano-USD, and a provider that is not there', () => {
    expect(toNanoUsd(0.0375)).toBe(37_500_000);
    expect(() => toNanoUsd(0.12345678912)).toThrow('is no number of nano-USD');
    expect(() => toNanoUsd(-1)).toThrow('is no number of nano-USD');
    expect(() => toCatalogueFile({}, 'vendor', origin)).toThrow('The catalogue has no provider vendor.');
  });
});
