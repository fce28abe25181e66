import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from './catalog/catalogue.ts';
import { VENDORS } from './vendors/index.ts';
import { ModelSearch } from './model-search.ts';
import { toModelListing } from './model-listing.ts';
import type { ProviderCapabilities } from './contract.ts';

const capabilities = VENDORS[0]?.capabilities as ProviderCapabilities;
const models = loadCatalogue()
  .list()
  .map((entry) =>
    toModelListing({ ...entry, entry, discovered: null, price: null, providerCapabilities: capabilities, unavailableReason: null }),
  );
const search = new ModelSearch(models);
const idsOf = (query: string): string[] => search.find(query).map(({ at }) => models[at]?.modelId ?? '');

describe('the search for models', () => {
  it('finds words by their beginnings, in any order and case', () => {
    const found = idsOf('MINI Gpt-4.1');
    expect(found[0]).toMatch(/gpt-4\.1-mini/);
    expect(idsOf('gpt-4.1 min')).toContain('openai/gpt-4.1-mini');
    expect(idsOf('4.1 gp')).toContain('openai/gpt-4.1');
  });

  it('wants every word, wherever it stands: name, provider, family, kind or ability', () => {
    expect(idsOf('anthropic haiku 4.5').every((id) => id.includes('haiku'))).toBe(true);
    expect(idsOf('openai embedding')).toContain('openai/text-embedding-3-small');
    expect(idsOf('groq transcription')).toEqual(['groq/whisper-large-v3', 'groq/whisper-large-v3-turbo']);
    expect(idsOf('haiku zzzz')).toEqual([]);
    expect(idsOf('!?')).toEqual([]);
  });

  it('puts a whole word before the beginning of one, and equal matches in the order of ids', () => {
    const found = idsOf('o3');
    expect(found.indexOf('openai/o3')).toBeLessThan(found.indexOf('openai/o3-mini') + 1);
    const scores = search.find('claude');
    expect(scores).toEqual(scores.toSorted((left, right) => right.score - left.score || left.at - right.at));
  });

  it('knows whether it is of a list, by its names', () => {
    expect(search.isOf(models.map((model) => ({ ...model, isAvailable: false })))).toBe(true);
    expect(search.isOf(models.slice(1))).toBe(false);
    expect(search.isOf(models.map((model, at) => (at === 7 ? { ...model, displayName: 'Another' } : model)))).toBe(false);
  });

  it('finds exactly the models of which some word begins with each word asked for', () => {
    const words = fc.constantFrom('g', 'gpt', 'claude', 'son', 'llama', '3', '3.1', 'free', 'vision', 'open', 'mini', 'chat', 'qwen');
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 3 }), (asked) => {
        const expected = models.filter((model) => {
          const names = [model.modelId, model.displayName, model.family ?? '', model.kind];
          const able = Object.entries(model.capabilities).flatMap(([name, has]) => (has ? [name] : []));
          const text = [...names, ...able].join(' ').toLowerCase();
          const pieces = text.match(/\p{L}+|\p{N}+(?:\.\p{N}+)*/gu) ?? [];
          const parts = pieces.flatMap((piece) => [piece, ...piece.split('.')]);
          return asked.every((word) => parts.some((part) => part.startsWith(word)));
        });
        expect(new Set(idsOf(asked.join(' ')))).toEqual(new Set(expected.map(({ modelId }) => modelId)));
      }),
      { numRuns: 60 },
    );
  });
});
