import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/testkit/database.ts';
import { ids, sampleCall, startTestLedger, type SampleCall, type TestLedger } from '../../../../test/testkit/ledger.ts';
import { NO_TOKENS, type AttemptSettled, type PriceOf } from './index.ts';

/** Prices of the test: nano-USD for an input token, by model; what is missing is unknown. */
let rates: Map<string, { rate: bigint; version: string }>;
const priceOf: PriceOf = (modelId, tokens) => {
  const price = rates.get(modelId);
  if (price === undefined) return null;
  const hour = BigInt(tokens.cacheWriteHourTokens ?? 0) * 7n;
  return { costNanoUsd: BigInt(tokens.inputTokens) * price.rate + hour, priceVersion: price.version };
};

let database: TestDatabase;
let ledger: TestLedger;
beforeEach(async () => {
  rates = new Map();
  database = await createTestDatabase();
  ledger = await startTestLedger(database.pools, { priceOf });
});
afterEach(async () => {
  await ledger[Symbol.asyncDispose]();
  await database.drop();
});

const organizationId = ids.uuidv7();
const MODEL = 'vendor/m';
const order: Parameters<TestLedger['reratings']['order']>[0] = {
  organizationId,
  apiKeyId: null,
  modelId: null,
  fromMs: null,
  toMs: null,
  isDryRun: false,
};
const { signal } = new AbortController();

interface Attempted {
  readonly modelId?: string;
  readonly inputTokens?: number;
  readonly costNanoUsd?: bigint | null;
  readonly billing?: AttemptSettled['billing'];
  readonly isVoid?: boolean;
}

/** A settled request with these attempts; the last served it. Priced as the pipeline would, or as `costNanoUsd` says. */
async function record(attempts: readonly Attempted[], startedAtMs = Date.now() - 1000): Promise<string> {
  const call: SampleCall = sampleCall({ organizationId, startedAtMs });
  const made = attempts.map(({ modelId = MODEL, inputTokens = 10, costNanoUsd, billing = null, isVoid = false }, index) => {
    const tokens = isVoid ? NO_TOKENS : { ...NO_TOKENS, inputTokens, totalTokens: inputTokens };
    const priced = priceOf(modelId, { ...tokens, ...billing }, startedAtMs);
    const cost = isVoid ? 0n : costNanoUsd === undefined ? (priced?.costNanoUsd ?? null) : costNanoUsd;
    const id = index === attempts.length - 1 ? call.attempt.id : ids.uuidv7();
    const settled: AttemptSettled = {
      ...call.attemptSettled,
      attemptId: id,
      basis: isVoid ? 'VOID' : 'ACTUAL',
      tokens,
      billing,
      costNanoUsd: cost,
      priceVersion: cost === null || isVoid ? null : (priced?.priceVersion ?? 'old'),
    };
    return { started: { ...call.attempt, id, modelId, ordinal: index + 1 }, settled };
  });
  const [first] = made;
  if (first === undefined) throw new Error('a request has an attempt');
  await ledger.writer.start(call.request, first.started, null);
  for (const { started } of made.slice(1)) await ledger.writer.startAttempt(started);
  const costs = made.map(({ settled }) => settled.costNanoUsd);
  const inputTokens = made.reduce((sum, { settled }) => sum + settled.tokens.inputTokens, 0);
  const costNanoUsd = costs.includes(null) ? null : costs.reduce<bigint>((sum, cost) => sum + (cost ?? 0n), 0n);
  const tokens = { ...NO_TOKENS, inputTokens, totalTokens: inputTokens };
  await ledger.writer.settle(
    made.map(({ settled }) => settled),
    { ...call.requestSettled, tokens, costNanoUsd },
    null,
  );
  return call.request.id;
}

async function costOf(id: string) {
  const { rows } = await database.pools.general.query<{ project_id: string }>('select project_id from completion_request where id = $1', [
    id,
  ]);
  const found = await ledger.completions.findCompletion(rows[0]?.project_id ?? '', id);
  return {
    cost: found?.settlement?.costNanoUsd ?? null,
    adjustment: found?.settlement?.adjustmentNanoUsd ?? null,
    attempts: found?.attempts.map(({ settlement }) => [settlement?.costNanoUsd ?? null, settlement?.priceVersion ?? null]),
  };
}

async function rerate(changes: Partial<typeof order> = {}) {
  const { id } = await ledger.reratings.order({ ...order, ...changes });
  await ledger.reratings.runOpen(signal);
  const done = await ledger.reratings.find(organizationId, id);
  if (done === null) throw new Error('the pass is gone');
  return done;
}

async function countAdjustments(): Promise<number> {
  const { rows } = await database.pools.general.query<{ count: number }>(
    'select ((select count(*) from completion_attempt_adjustment) + (select count(*) from completion_adjustment))::integer as count',
  );
  return rows[0]?.count ?? -1;
}

describe('pricing calls again', () => {
  it('gives a cost to what had none, beside the settlement and never in it', async () => {
    const id = await record([{ inputTokens: 10 }]);
    expect(await costOf(id)).toEqual({ cost: null, adjustment: null, attempts: [[null, null]] });
    rates.set(MODEL, { rate: 3n, version: 'v1' });
    expect(await rerate()).toMatchObject({
      examinedAttempts: 1,
      changedAttempts: 1,
      unpricedAttempts: 0,
      differenceNanoUsd: 30n,
      differences: [{ modelId: MODEL, previousPriceVersion: null, priceVersion: 'v1', attempts: 1, differenceNanoUsd: 30n }],
    });
    expect(await costOf(id)).toEqual({ cost: 30n, adjustment: 30n, attempts: [[30n, 'v1']] });
    const { rows } = await database.pools.general.query('select cost_nano_usd, price_version from completion_attempt_settlement');
    expect(rows).toEqual([{ cost_nano_usd: null, price_version: null }]);
  });

  it('corrects what was priced by a version that another one has replaced, up and down', async () => {
    rates.set(MODEL, { rate: 5n, version: 'v1' });
    const id = await record([{ inputTokens: 10 }]);
    rates.set(MODEL, { rate: 2n, version: 'v2' });
    expect((await rerate()).differenceNanoUsd).toBe(-30n);
    rates.set(MODEL, { rate: 4n, version: 'v3' });
    expect((await rerate()).differenceNanoUsd).toBe(20n);
    expect(await costOf(id)).toEqual({ cost: 40n, adjustment: -10n, attempts: [[40n, 'v3']] });
    expect(await ledger.accounting({})).toMatchObject({
      isBalanced: true,
      costByRequestsNanoUsd: 40n,
      costByAttemptsNanoUsd: 40n,
      adjustmentsNanoUsd: -10n,
    });
  });

  it('names the new version also where the amount stays the same', async () => {
    rates.set(MODEL, { rate: 5n, version: 'v1' });
    const id = await record([{ inputTokens: 10 }]);
    rates.set(MODEL, { rate: 5n, version: 'v2' });
    expect(await rerate()).toMatchObject({ changedAttempts: 1, differenceNanoUsd: 0n });
    expect(await costOf(id)).toMatchObject({ cost: 50n, attempts: [[50n, 'v2']] });
  });

  it('writes nothing when it is repeated, and nothing at all when it is only asked what would change', async () => {
    const id = await record([{}]);
    rates.set(MODEL, { rate: 3n, version: 'v1' });
    const asked = await rerate({ isDryRun: true });
    expect(asked).toMatchObject({ isDryRun: true, changedAttempts: 1, differenceNanoUsd: 30n });
    expect(asked.differences).toHaveLength(1);
    expect(await countAdjustments()).toBe(0);
    expect((await costOf(id)).cost).toBeNull();
    await rerate();
    expect(await countAdjustments()).toBe(2);
    expect(await rerate()).toMatchObject({ examinedAttempts: 1, changedAttempts: 0, differenceNanoUsd: 0n, differences: [] });
    expect(await countAdjustments()).toBe(2);
  });

  it('keeps a cost whose price is not known any more, and counts what is still unknown', async () => {
    rates.set(MODEL, { rate: 5n, version: 'v1' });
    const known = await record([{}]);
    rates.clear();
    const unknown = await record([{}]);
    expect(await rerate()).toMatchObject({ examinedAttempts: 2, changedAttempts: 0, unpricedAttempts: 1 });
    expect((await costOf(known)).cost).toBe(50n);
    expect((await costOf(unknown)).cost).toBeNull();
  });

  it('leaves a request unknown until all of its attempts are known, and what consumed nothing alone', async () => {
    const id = await record([{ modelId: 'vendor/a' }, { modelId: 'vendor/b' }, { isVoid: true }]);
    rates.set('vendor/a', { rate: 1n, version: 'a1' });
    expect(await rerate()).toMatchObject({ examinedAttempts: 2, changedAttempts: 1, unpricedAttempts: 1 });
    expect(await costOf(id)).toEqual({
      cost: null,
      adjustment: null,
      attempts: [
        [10n, 'a1'],
        [null, null],
        [0n, null],
      ],
    });
    expect(await ledger.accounting({})).toMatchObject({ isBalanced: true, costByRequestsNanoUsd: 0n, unpricedRequests: 1 });
    rates.set('vendor/b', { rate: 2n, version: 'b1' });
    await rerate();
    expect((await costOf(id)).cost).toBe(30n);
    expect(await ledger.accounting({})).toMatchObject({ isBalanced: true, costByRequestsNanoUsd: 30n, costByAttemptsNanoUsd: 30n });
  });

  it('is of one model, a range of start times and one organization', async () => {
    const [old, recent] = [Date.UTC(2026, 3, 1), Date.UTC(2026, 3, 20)];
    const [first, second, other] = [
      await record([{}], old),
      await record([{}], recent),
      await record([{ modelId: 'vendor/other' }], recent),
    ];
    rates.set(MODEL, { rate: 3n, version: 'v1' }).set('vendor/other', { rate: 3n, version: 'o1' });
    expect(await rerate({ organizationId: organizationId, modelId: MODEL, fromMs: Date.UTC(2026, 3, 10) })).toMatchObject({
      changedAttempts: 1,
    });
    expect([(await costOf(first)).cost, (await costOf(second)).cost, (await costOf(other)).cost]).toEqual([null, 30n, null]);
    const stranger = ids.uuidv7();
    const theirs = await ledger.reratings.order({ ...order, organizationId: stranger });
    await ledger.reratings.runOpen(signal);
    expect(await ledger.reratings.find(stranger, theirs.id)).toMatchObject({ examinedAttempts: 0 });
    expect(await ledger.reratings.find(organizationId, theirs.id)).toBeNull();
  });

  it('uses what beside the token buckets decides a price', async () => {
    const id = await record([{ inputTokens: 0, billing: { cacheWriteHourTokens: 6, serviceTier: 'flex', units: { images: 2 } } }]);
    rates.set(MODEL, { rate: 1n, version: 'v1' });
    await rerate();
    expect((await costOf(id)).cost).toBe(42n);
  });

  it('goes on where it was broken off, and prices nothing twice', async () => {
    for (let call = 0; call < 20; call += 1) await record([{ inputTokens: call }]);
    rates.set(MODEL, { rate: 1n, version: 'v1' });
    const { id } = await ledger.reratings.order(order);
    await expect(ledger.reratings.runOpen(AbortSignal.abort())).rejects.toThrow();
    expect(await ledger.reratings.find(organizationId, id)).toMatchObject({ finishedAtMs: null, examinedAttempts: 0 });
    await Promise.all([ledger.reratings.runOpen(signal), ledger.reratings.runOpen(signal)]);
    expect(await ledger.reratings.find(organizationId, id)).toMatchObject({
      examinedAttempts: 20,
      changedAttempts: 20,
      differenceNanoUsd: 190n,
    });
    expect(await countAdjustments()).toBe(40);
  });

  it('takes as many pages as there are calls for', async () => {
    await Promise.all(Array.from({ length: 501 }, () => record([{ inputTokens: 1 }])));
    rates.set(MODEL, { rate: 2n, version: 'v1' });
    expect(await rerate()).toMatchObject({ examinedAttempts: 501, changedAttempts: 501, differenceNanoUsd: 1002n });
    expect(await ledger.accounting({})).toMatchObject({ isBalanced: true, costByRequestsNanoUsd: 1002n });
  });

  it('refuses a range that holds no time', async () => {
    await expect(ledger.reratings.order({ ...order, fromMs: Date.now() + 60_000 })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await ledger.reratings.find(organizationId, ids.uuidv7())).toBeNull();
  });

  it('takes ten orders at once and no more', async () => {
    for (let taken = 0; taken < 10; taken += 1) await ledger.reratings.order(order);
    await expect(ledger.reratings.order(order)).rejects.toMatchObject({ code: 'CONFLICT' });
    await ledger.reratings.order({ ...order, organizationId: ids.uuidv7() });
    await ledger.reratings.runOpen(signal);
    await ledger.reratings.order(order);
  });

  it('writes rows that nobody can change any more', async () => {
    await record([{}]);
    rates.set(MODEL, { rate: 3n, version: 'v1' });
    await rerate();
    const { general } = database.pools;
    await expect(general.query('update completion_attempt_adjustment set amount_nano_usd = 0')).rejects.toThrow('are never changed');
    await expect(general.query('delete from completion_adjustment')).rejects.toThrow('are never changed');
  });

  it('costs in the end what pricing from scratch costs, whatever was priced, re-priced and unknown before', async () => {
    const models = ['vendor/a', 'vendor/b', 'vendor/c'];
    const attempt = fc.record({ modelId: fc.constantFrom(...models), inputTokens: fc.nat(1000), isVoid: fc.boolean() });
    const step = fc.dictionary(fc.constantFrom(...models), fc.bigInt({ min: 0n, max: 50n }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(attempt, { minLength: 1, maxLength: 3 }), { maxLength: 4 }),
        fc.array(step, { minLength: 1, maxLength: 3 }),
        async (calls, steps) => {
          rates.clear();
          const made: { id: string; attempts: (typeof calls)[number] }[] = [];
          let version = 0;
          for (const prices of steps) {
            for (const attempts of calls) made.push({ id: await record(attempts), attempts });
            for (const [modelId, rate] of Object.entries(prices)) rates.set(modelId, { rate, version: `${modelId}-${(version += 1)}` });
            await rerate();
          }
          for (const { id, attempts } of made) {
            const costs = attempts.map(({ modelId, inputTokens, isVoid }) =>
              isVoid ? 0n : (priceOf(modelId, { ...NO_TOKENS, inputTokens }, 0)?.costNanoUsd ?? null),
            );
            const expected = costs.includes(null) ? null : costs.reduce<bigint>((sum, cost) => sum + (cost ?? 0n), 0n);
            expect((await costOf(id)).cost).toBe(expected);
          }
          expect((await ledger.accounting({})).isBalanced).toBe(true);
        },
      ),
      { numRuns: 12 },
    );
  }, 60_000);
});

describe('the proof of accounting', () => {
  it('sees an adjustment of one grain that the other lacks, and one of nothing (control)', async () => {
    rates.set(MODEL, { rate: 3n, version: 'v1' });
    const id = await record([{}]);
    const { general } = database.pools;
    await general.query(`insert into completion_adjustment values ($1, 1, $2, 5, now())`, [id, ids.uuidv7()]);
    expect(await ledger.accounting({})).toMatchObject({ areCostsEqual: false, isBalanced: false });
    await general.query(`insert into completion_attempt_adjustment values ($1, 1, $2, $3, 5, null, 'v', now())`, [
      ids.uuidv7(),
      id,
      ids.uuidv7(),
    ]);
    expect(await ledger.accounting({})).toMatchObject({ areCostsEqual: true, unexplained: 1, isBalanced: false });
  });
});
