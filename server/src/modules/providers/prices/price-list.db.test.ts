import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../../test/testkit/database.ts';
import { ManualClock, systemClock } from '../../../kernel/clock/index.ts';
import { createCoordination, type Coordination } from '../../../kernel/coordination/index.ts';
import { createIds } from '../../../kernel/ids/index.ts';
import { createLogger } from '../../../kernel/telemetry/index.ts';
import { loadCatalogue } from '../catalog/catalogue.ts';
import { PriceBook } from '../price-book.ts';
import type { Rates } from '../pricing.policy.ts';
import { PriceList, type PriceSetting } from './price-list.service.ts';

const NOW_MS = Date.UTC(2026, 10, 25);
const MODEL = 'openai/gpt-4.1-mini';
const log = createLogger({ level: 'silent' });
const ids = createIds(systemClock);
const catalogue = loadCatalogue();
const by = { organizationId: ids.uuidv7(), apiKeyId: null };

let database: TestDatabase;
let coordination: Coordination;
let opened: PriceList[];
beforeEach(async () => {
  database = await createTestDatabase();
  coordination = createCoordination({ redisUrl: null }, { clock: systemClock, log });
  opened = [];
});
afterEach(async () => {
  await Promise.all(opened.map((list) => list.stop()));
  await coordination.close();
  await database.drop();
});

/** A process of its own, as far as prices go. */
async function open(): Promise<{ list: PriceList; versionAt: (atMs: number) => string | null; inputAt: (atMs: number) => bigint | null }> {
  const book = new PriceBook();
  const clock = new ManualClock(NOW_MS);
  const list = new PriceList({ pool: database.pools.general, coordination, book, clock, ids, log });
  await list.start();
  opened.push(list);
  const at = (atMs: number) => book.at(MODEL, catalogue.find(MODEL), atMs)?.price ?? null;
  return { list, versionAt: (atMs) => at(atMs)?.version ?? null, inputAt: (atMs) => at(atMs)?.rates.input ?? null };
}

const NO_RATES = {
  cachedRead: null,
  cacheWrite: null,
  cacheWriteHour: null,
  reasoning: null,
  audioInput: null,
  audioOutput: null,
  imageInput: null,
};
const ratesOf = (input: bigint): Rates => ({ ...NO_RATES, input, output: 1n });
const setting = (input: bigint | null, effectiveFromMs = NOW_MS): PriceSetting => ({
  modelId: MODEL,
  effectiveFromMs,
  source: 'contract',
  rates: input === null ? null : { rates: ratesOf(input), tiers: [], units: null, serviceTiers: new Map() },
});

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue() && tries < 200; tries += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(isTrue()).toBe(true);
}

describe('a list of prices', () => {
  it('is in force where it was set, elsewhere a moment later, and after a restart', async () => {
    const [here, there] = [await open(), await open()];
    const { version } = await here.list.set(setting(7n), by);
    expect(here.versionAt(NOW_MS)).toBe(version);
    await until(() => there.versionAt(NOW_MS) === version);
    expect((await open()).versionAt(NOW_MS)).toBe(version);
    expect(here.versionAt(NOW_MS - 1)).toBe(`${MODEL}@2026-07-02`);
  });

  it('keeps amounts that are larger than any number of JSON', async () => {
    const { list, inputAt } = await open();
    const large = 2n ** 63n - 1n;
    const stored = await list.set(setting(large), by);
    expect(inputAt(NOW_MS)).toBe(large);
    expect((await list.find(stored.id))?.price?.rates).toEqual(ratesOf(large));
  });

  it('takes the last one of those that are set for one moment, also when they are set at the same time', async () => {
    const { list, inputAt } = await open();
    await Promise.all([1n, 2n, 3n, 4n, 5n].map((input) => list.set(setting(input), by)));
    const { items, totalCount } = await list.list({ modelId: MODEL, before: null, after: null, limit: 10, end: 'newest' });
    expect(totalCount).toBe(5);
    expect(inputAt(NOW_MS)).toBe(items[0]?.price?.rates.input);
    await list.set(setting(null), by);
    expect(inputAt(NOW_MS)).toBe(400_000_000n);
  });

  it('gives every version a name of its own', async () => {
    const { list } = await open();
    const versions = await Promise.all([1, 2, 3].map(async () => (await list.set(setting(1n), by)).version));
    expect(new Set(versions).size).toBe(3);
    for (const version of versions) expect(version).toMatch(/^openai\/gpt-4\.1-mini@2026-11-25#[0-9a-f]{8}$/);
    const odd = await list.set(setting(1n, NOW_MS + 1500), by);
    expect(odd.version).toMatch(/@2026-11-25T00:00:01\.500Z#/);
  });

  it('is not begun without a database: no call may be priced wrongly', async () => {
    const { list } = await open();
    await database.pools.end();
    await expect(list.set(setting(1n), by)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(open()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
