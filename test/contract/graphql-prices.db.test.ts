import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AntiphonClient, PermissionDeniedError, InvalidInputError, NotFoundError } from '../../sdk-js/src/index.ts';
import { startGraphqlServer, type GraphqlServer } from '../testkit/graphql-server.ts';

let server: GraphqlServer;
let client: AntiphonClient;

beforeAll(async () => {
  server = await startGraphqlServer();
  client = new AntiphonClient({ baseUrl: server.origin, apiKey: server.apiKey });
});
afterAll(async () => server[Symbol.asyncDispose]());

const MODEL = 'local/echo';
const PAST = '2026-01-01T00:00:00.000Z';
const input = { model: MODEL, messages: [{ user: { content: { text: 'one two three' } } }] };
const rates = { inputUsdPerMillion: '2', outputUsdPerMillion: '4' };

async function setPrice(changes: Partial<Parameters<AntiphonClient['modelPriceSet']>[0]['input']> = {}) {
  return client.modelPriceSet({ input: { model: MODEL, effectiveFrom: PAST, source: 'contract 7', price: { rates }, ...changes } });
}

async function rerate(changes: Partial<Parameters<AntiphonClient['completionsRerate']>[0]['input']> = {}) {
  let { rerating } = await client.completionsRerate({ input: { isDryRun: false, ...changes } });
  for (let tries = 0; !rerating.isFinished && tries < 200; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    rerating = (await client.rerating({ id: rerating.id })) ?? rerating;
  }
  return rerating;
}

/** What the tokens of the answer cost at `rates`, by a way of its own. */
function costOf(usage: { inputTokens: number; outputTokens: number; reasoningTokens: number }): string {
  return ((usage.inputTokens * 2 + (usage.outputTokens + usage.reasoningTokens) * 4) / 1e6).toFixed(9);
}

describe('prices that are set', () => {
  it('are in force at once, before those that come with the server, and change what was settled only when it is priced again', async () => {
    const { completion: before } = await client.completionCreate({ input });
    expect(before.cost).toMatchObject({ amountUsd: '0.000000000', adjustmentUsd: null });
    const { price } = await setPrice();
    expect(price).toMatchObject({
      modelName: MODEL,
      source: 'contract 7',
      price: { inputUsdPerMillion: '2.000000000', cachedReadUsdPerMillion: null },
    });
    expect(price.version).toMatch(/^local\/echo@2026-01-01#[0-9a-f]{8}$/);
    const listed = (await client.models({ filter: { search: 'echo', provider: 'local' } })).nodes[0];
    expect(listed?.price?.version).toBe(price.version);

    const { completion: after } = await client.completionCreate({ input });
    if (after.usage === null || after.usage === undefined) throw new Error('the echo counts');
    const cost = costOf(after.usage);
    expect(after.cost).toMatchObject({ amountUsd: cost, adjustmentUsd: null });
    expect((await client.completion({ id: before.id }))?.cost?.amountUsd).toBe('0.000000000');

    const asked = await rerate({ isDryRun: true });
    expect(asked).toMatchObject({ isDryRun: true, isFinished: true, changedAttempts: '1', differenceUsd: cost });
    expect(asked.differences).toEqual([
      { modelName: MODEL, previousPriceVersion: 'local/echo@1970-01-01', priceVersion: price.version, attempts: '1', differenceUsd: cost },
    ]);
    expect((await client.completion({ id: before.id }))?.cost?.amountUsd).toBe('0.000000000');

    expect(await rerate()).toMatchObject({ isDryRun: false, examinedAttempts: '2', changedAttempts: '1', unpricedAttempts: '0' });
    const corrected = await client.completion({ id: before.id });
    expect(corrected?.cost).toMatchObject({ amountUsd: cost, adjustmentUsd: cost });
    expect(corrected?.attempts[0]?.cost).toEqual({ amountUsd: cost, priceVersion: price.version });
    const accounting = await client.accounting();
    expect(accounting).toMatchObject({ isBalanced: true, requestAdjustmentUsd: cost });
    expect(accounting.requestCostUsd).toBe(accounting.attemptCostUsd);
    expect(await rerate()).toMatchObject({ changedAttempts: '0', differenceUsd: '0.000000000', differences: [] });
  });

  it('end where an end is set, and are kept as they were set', async () => {
    const before = await setPrice();
    await setPrice({ effectiveFrom: '2026-02-01T00:00:00.000Z', price: null });
    const listed = (await client.models({ filter: { search: 'echo', provider: 'local' } })).nodes[0];
    expect(listed?.price?.version).toBe('local/echo@1970-01-01');
    const prices = await client.modelPrices({ model: MODEL, first: 2 });
    expect(prices.nodes.map(({ price }) => price === null)).toEqual([true, false]);
    expect(prices.nodes[1]).toEqual(before.price);
    expect(prices.pageInfo.hasNextPage).toBe(true);
    const rest = await client.modelPrices({ model: MODEL, after: prices.pageInfo.endCursor ?? null });
    expect(rest.nodes.length).toBe(prices.totalCount - 2);
    const last = await client.modelPrices({ model: MODEL, last: 1 });
    expect(last.nodes).toEqual(rest.nodes.slice(-1));
    const node = await server.send({ query: 'query ($id: ID!) { node(id: $id) { id __typename } }', variables: { id: before.price.id } });
    expect(node.json.data).toEqual({ node: { id: before.price.id, __typename: 'ModelPriceVersion' } });
    await expect(server.database.pools.general.query('delete from model_price')).rejects.toThrow('are never changed');
  });

  it('hold every bucket, tier and piece', async () => {
    const all = { ...rates, cachedReadUsdPerMillion: '0.2', cacheWriteHourUsdPerMillion: '3', imageInputUsdPerMillion: '1.5' };
    const { price } = await setPrice({
      model: 'openai/of-the-test',
      price: {
        rates: all,
        contextTiers: [
          { aboveInputTokens: 9000, rates: { inputUsdPerMillion: '9', outputUsdPerMillion: '9' } },
          { aboveInputTokens: 100, rates },
        ],
        serviceTiers: [{ name: 'Flex', rates: { inputUsdPerMillion: '1', outputUsdPerMillion: '2' } }],
        pieces: { perImageUsd: '0.04', perCharacterUsd: '0.000015' },
      },
    });
    expect(price.price).toMatchObject({
      inputUsdPerMillion: '2.000000000',
      cachedReadUsdPerMillion: '0.200000000',
      cacheWriteHourUsdPerMillion: '3.000000000',
      imageInputUsdPerMillion: '1.500000000',
      perImageUsd: '0.040000000',
      perSearchUsd: null,
      perCharacterUsd: '0.000015000',
    });
    const { json } = await server.send({
      query:
        '{ modelPrices(first: 1) { nodes { price { contextTiers { aboveInputTokens inputUsdPerMillion } serviceTiers { name outputUsdPerMillion } } } } }',
    });
    expect(json.data).toEqual({
      modelPrices: {
        nodes: [
          {
            price: {
              contextTiers: [
                { aboveInputTokens: 100, inputUsdPerMillion: '2.000000000' },
                { aboveInputTokens: 9000, inputUsdPerMillion: '9.000000000' },
              ],
              serviceTiers: [{ name: 'flex', outputUsdPerMillion: '2.000000000' }],
            },
          },
        ],
      },
    });
  });

  it('are refused, with the place, when they are none', async () => {
    const refused = async (changes: Parameters<typeof setPrice>[0]) => setPrice(changes).catch((error: unknown) => error);
    const before = (await client.modelPrices({})).totalCount;
    const mistakes: readonly (readonly [Parameters<typeof setPrice>[0], readonly string[]])[] = [
      [{ model: 'echo' }, ['input', 'model']],
      [{ source: ' ' }, ['input', 'source']],
      [{ effectiveFrom: '2099-01-01T00:00:00.000Z' }, ['input', 'effectiveFrom']],
      [{ price: { rates: { ...rates, inputUsdPerMillion: '-1' } } }, ['input', 'price', 'rates', 'inputUsdPerMillion']],
      [{ price: { rates, contextTiers: [{ aboveInputTokens: 0, rates }] } }, ['input', 'price', 'contextTiers', '0', 'aboveInputTokens']],
      [
        {
          price: {
            rates,
            serviceTiers: [
              { name: 'a', rates },
              { name: 'A', rates },
            ],
          },
        },
        ['input', 'price', 'serviceTiers', '1', 'name'],
      ],
    ];
    for (const [changes, path] of mistakes) {
      const error = await refused(changes);
      expect(error).toBeInstanceOf(InvalidInputError);
      expect(error).toMatchObject({ path });
    }
    await expect(setPrice({ model: 'nobody/echo' })).rejects.toThrow(NotFoundError);
    expect((await client.modelPrices({})).totalCount).toBe(before);
  });

  it('are set, and calls priced again, only by who may', async () => {
    const reader = new AntiphonClient({ baseUrl: server.origin, apiKey: await server.createKey(['MODELS_READ', 'PROVIDERS_WRITE']) });
    await expect(reader.modelPriceSet({ input: { model: MODEL, effectiveFrom: PAST, source: 'x' } })).rejects.toThrow(
      PermissionDeniedError,
    );
    await expect(reader.completionsRerate({ input: { isDryRun: true } })).rejects.toThrow(PermissionDeniedError);
    await expect(client.completionsRerate({ input: { isDryRun: false, from: '2099-01-01T00:00:00.000Z' } })).rejects.toThrow(
      InvalidInputError,
    );
    expect(await client.rerating({ id: 'rrt_0' })).toBeNull();
  });
});
