import { describe, expect, it } from 'vitest';
import type { SourceCatalogue, SourceModel } from './models-dev.ts';
import { toNanoUsd } from './rates.ts';
import { toCatalogueFile } from './to-catalogue-file.ts';

const text = { input: ['text'], output: ['text'] };
const origin = { commit: 'abc', date: '2026-07-02' };
const vendor = { vendorId: 'vendor', displayName: 'Vendor', sources: ['vendor'] };
const catalogueOf = (models: Record<string, SourceModel>): SourceCatalogue => ({ vendor: { name: 'Vendor', models } });
const priced = (cost: object): SourceModel => ({ name: 'M', modalities: text, cost });
const fileOf = (models: Record<string, SourceModel>) => toCatalogueFile(catalogueOf(models), vendor, origin);

describe('the import of models.dev', () => {
  it('names its source and keeps prices as integers of nano-USD', () => {
    const { file } = fileOf({
      m: {
        name: 'M',
        family: 'ms',
        modalities: { input: ['text', 'image', 'pdf'], output: ['text'] },
        limit: { context: 10, input: 8, output: 2 },
        tool_call: true,
        cost: { input: 0.15, output: 0.6, cache_read: 0, tiers: [{ tier: { size: 5 }, input: 0.3, output: 1.2 }] },
      },
    });
    expect(file.source).toMatchObject({ name: 'models.dev', licence: 'MIT', commit: 'abc', date: '2026-07-02', sources: ['vendor'] });
    expect(file.models).toEqual([
      {
        model: 'm',
        displayName: 'M',
        family: 'ms',
        contextTokens: 10,
        maxInputTokens: 8,
        maxOutputTokens: 2,
        input: ['text', 'image', 'pdf'],
        abilities: ['tools'],
        prices: [
          {
            effectiveFrom: '2026-07-02',
            source: 'models.dev abc',
            nanoUsdPerMillion: { input: 150_000_000, output: 600_000_000 },
            tiers: [{ aboveInputTokens: 5, nanoUsdPerMillion: { input: 300_000_000, output: 1_200_000_000 } }],
          },
        ],
      },
    ]);
  });

  it('takes a price for unknown that is half, zero without anybody saying free, or by what no bucket holds, and says so', () => {
    const { file, findings } = fileOf({
      half: priced({ input: 1, output: 0 }),
      nothing: priced({ input: 0, output: 0 }),
      fees: priced({ input: 1, output: 1, request: 5 }),
      none: { name: 'N', modalities: text },
      'given:free': priced({ input: 0, output: 0 }),
      'text-embedding-1': priced({ input: 1, output: 0 }),
    });
    const prices = Object.fromEntries(
      file.models.map(({ model, prices: [price] = [] }) => [model, price?.isFree ?? price?.nanoUsdPerMillion]),
    );
    expect(prices).toEqual({
      half: undefined,
      nothing: undefined,
      fees: undefined,
      none: undefined,
      'given:free': true,
      'text-embedding-1': { input: 1_000_000_000, output: 0 },
    });
    expect(findings.map(({ modelId, kind }) => `${kind} ${modelId}`).toSorted()).toEqual([
      'no-price vendor/fees',
      'no-price vendor/half',
      'no-price vendor/none',
      'no-price vendor/nothing',
    ]);
  });

  it('takes the first source where two disagree, adds what only the second lists, and reports the difference', () => {
    const source: SourceCatalogue = {
      first: { name: 'First', models: { both: priced({ input: 1, output: 2 }), same: priced({ input: 3, output: 3 }) } },
      second: {
        name: 'Second',
        models: { both: priced({ input: 9, output: 9 }), same: priced({ input: 3, output: 3 }), more: priced({ input: 4, output: 4 }) },
      },
    };
    const { file, findings } = toCatalogueFile(source, { ...vendor, sources: ['first', 'second'] }, origin);
    expect(file.models.map(({ model, prices = [] }) => [model, prices[0]?.nanoUsdPerMillion?.input])).toEqual([
      ['both', 1_000_000_000],
      ['more', 4_000_000_000],
      ['same', 3_000_000_000],
    ]);
    expect(findings).toEqual([
      {
        modelId: 'vendor/both',
        kind: 'conflict',
        text: 'first has {"input":1,"output":2}, second has {"input":9,"output":9}: the first is taken',
      },
    ]);
  });

  it('says what a model is for, which API serves it, and leaves out what nothing asks for', () => {
    const { file, findings } = toCatalogueFile(
      {
        openai: {
          name: 'OpenAI',
          models: {
            'gpt-9-codex': { name: 'C', modalities: text },
            'gpt-image-9': { name: 'I', family: 'gpt-image', modalities: { input: ['text'], output: ['text', 'image'] } },
            'whisper-9': { name: 'W', modalities: { input: ['audio'], output: ['text'] } },
            'voice-9': { name: 'V', modalities: { input: ['text'], output: ['audio'] } },
            'rerank-9': { name: 'R', modalities: text },
            'film-9': { name: 'F', modalities: { input: ['text'], output: ['video'] } },
            old: { name: 'O', modalities: text, status: 'deprecated' },
          },
        },
      },
      { vendorId: 'openai', displayName: 'OpenAI', sources: ['openai'] },
      origin,
    );
    const kinds = Object.fromEntries(
      file.models.map(({ model, kind = 'CHAT', isResponsesOnly, status }) => [model, isResponsesOnly ? 'responses' : (status ?? kind)]),
    );
    expect(kinds).toEqual({
      'gpt-9-codex': 'responses',
      'gpt-image-9': 'IMAGE',
      'whisper-9': 'TRANSCRIPTION',
      'voice-9': 'SPEECH',
      'rerank-9': 'RERANK',
      old: 'deprecated',
    });
    expect(findings.find(({ kind }) => kind === 'left-out')?.modelId).toBe('openai/film-9');
  });

  it('adds what the vendor publishes and the source lacks: cache writes for an hour, and service tiers', () => {
    const cost = { input: 3, output: 15, cache_read: 0.3, cache_write: 3.75 };
    const { file } = toCatalogueFile(
      { anthropic: { name: 'Anthropic', models: { claude: priced(cost) } } },
      { vendorId: 'anthropic', displayName: 'Anthropic', sources: ['anthropic'] },
      origin,
    );
    const [price] = file.models[0]?.prices ?? [];
    expect(price?.nanoUsdPerMillion).toMatchObject({ cacheWrite: 3_750_000_000, cacheWriteHour: 6_000_000_000 });
    expect(price?.serviceTiers?.[0]).toMatchObject({
      name: 'batch',
      nanoUsdPerMillion: { input: 1_500_000_000, cacheWriteHour: 3_000_000_000 },
    });
    expect(price?.serviceTiers?.[0]?.source).toMatch(/^https:/);
  });

  it('keeps the date of a price that has not changed, puts a new one before it, and keeps models that are gone as deprecated', () => {
    const first = fileOf({
      gone: priced({ input: 1, output: 1 }),
      kept: priced({ input: 1, output: 1 }),
      moved: priced({ input: 1, output: 1 }),
    });
    const later = { commit: 'def', date: '2026-09-01' };
    const models = { kept: priced({ input: 1, output: 1 }), moved: priced({ input: 2, output: 2 }) };
    const second = toCatalogueFile(catalogueOf(models), vendor, later, first.file);
    const dates = second.file.models.map(({ model, status, prices = [] }) => [
      model,
      status,
      prices.map(({ effectiveFrom }) => effectiveFrom),
    ]);
    expect(dates).toEqual([
      ['gone', 'deprecated', ['2026-07-02']],
      ['kept', undefined, ['2026-07-02']],
      ['moved', undefined, ['2026-09-01', '2026-07-02']],
    ]);
    expect(toCatalogueFile(catalogueOf(models), vendor, later, second.file).file).toEqual(second.file);
  });

  it('refuses a price that is no number of nano-USD, and a provider that is not there', () => {
    expect(toNanoUsd(0.0375)).toBe(37_500_000);
    expect(toNanoUsd(0.049999999999999996)).toBe(50_000_000);
    expect(() => toNanoUsd(0.12345678912)).toThrow('is no number of nano-USD');
    expect(() => toNanoUsd(-1)).toThrow('is no number of nano-USD');
    expect(() => toCatalogueFile({}, vendor, origin)).toThrow('The catalogue has no provider vendor,');
  });
});
