import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadCatalogue, priceUsage, VENDORS, type Price } from '../../server/src/modules/providers/index.ts';
import { CATALOG_FOLDER, makeFiles, readOrigin } from './import.ts';
import type { Origin } from './models-dev.ts';
import { VENDOR_SOURCES, VENDORS_WITHOUT_SOURCE } from './vendors.ts';

const catalogue = loadCatalogue();
const AFTER_MS = Date.UTC(2026, 6, 3);
const FOLDER = new URL('../../../shared/data/model-catalogue/', import.meta.url).pathname;
const FACTS = new URL('../../../shared/providers/providers.json', import.meta.url).pathname;

describe.skipIf(!existsSync(FOLDER))('the files that come with the server, against their source', () => {
  it('are what the tool makes of it now', async () => {
    for (const { file, text } of await makeFiles(FOLDER, readOrigin(FOLDER) as Origin, CATALOG_FOLDER))
      expect(
        readFileSync(`${CATALOG_FOLDER}${file.providerId}.json`, 'utf8') === text,
        `${file.providerId}: run npm run catalogue:import`,
      ).toBe(true);
  });

  it('are the same when they are made from nothing', async () => {
    for (const { file, text } of await makeFiles(FOLDER, readOrigin(FOLDER) as Origin, '/nonexistent'))
      expect(readFileSync(`${CATALOG_FOLDER}${file.providerId}.json`, 'utf8') === text, file.providerId).toBe(true);
  });

  it('are there for every vendor, but for those the source does not list', () => {
    const { providers } = JSON.parse(readFileSync(FACTS, 'utf8')) as { providers: { id: string }[] };
    const vendors = new Set([...providers.map(({ id }) => id), ...VENDORS.map(({ id, catalogueId = id }) => catalogueId)]);
    const made = readdirSync(CATALOG_FOLDER).flatMap((name) =>
      name.endsWith('.json') && name !== 'local.json' ? [name.slice(0, -5)] : [],
    );
    expect([...made, ...VENDORS_WITHOUT_SOURCE].toSorted()).toEqual([...vendors].toSorted());
  });
});

interface SourceCost {
  readonly input: number;
  readonly output: number;
  readonly cache_read?: number;
  /** Another name for the same, at two providers. */
  readonly cached_input?: number;
}
type Source = Record<string, { models: Record<string, { cost?: SourceCost }> }>;

describe.skipIf(!existsSync(FOLDER))('prices against their source', () => {
  it('cost what the list price says, to a tenth of a nano-USD for whole amounts and half a nano-USD a line otherwise', () => {
    const source = JSON.parse(readFileSync(`${FOLDER}catalogue.json`, 'utf8')) as Source;
    let checked = 0;
    for (const { vendorId, sources } of VENDOR_SOURCES)
      for (const { modelId, providerId, model } of catalogue.list()) {
        const cost =
          providerId === vendorId ? sources.map((name) => source[name]?.models[model]?.cost).find((one) => one !== undefined) : undefined;
        const price = catalogue.priceAt(modelId, AFTER_MS);
        if (cost === undefined || price === null) continue;
        checkPrice(modelId, cost, price);
        checked += 1;
      }
    expect(checked).toBe(1176);
  });

  it('would differ if a rate were off by its last digit (control)', () => {
    const price = catalogue.priceAt('openai/gpt-4.1-mini', AFTER_MS) as Price;
    const off = { ...price, rates: { ...price.rates, input: price.rates.input + 1_000_000n } };
    expect(() => checkPrice('off', { input: 0.4, output: 1.6, cache_read: 0.1 }, price)).not.toThrow();
    expect(() => checkPrice('off', { input: 0.4, output: 1.6, cache_read: 0.1 }, off)).toThrow();
  });
});

function checkPrice(modelId: string, cost: SourceCost, price: Price): void {
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
  const cachedRate = cost.cache_read ?? cost.cached_input;
  const usd = ((input - cached) * cost.input + cached * (cachedRate || cost.input) + output * cost.output) / 1_000_000;
  const priced = Number(priceUsage({ ...tokens, ...rest }, price)?.totalNanoUsd ?? expect.fail()) / 1e9;
  const isWhole = [cost.input, cost.output, cachedRate ?? 0].every((rate) => Number.isInteger(Math.round(rate * 1e6) / 1000));
  expect(Math.abs(priced - usd), modelId).toBeLessThan(isWhole ? 1e-10 : 1.6e-9);
}
