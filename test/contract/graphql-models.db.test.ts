import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AntiphonClient, InvalidInputError } from '../../sdk-js/src/index.ts';
import { startGraphqlServer, type GraphqlServer } from '../testkit/graphql-server.ts';

let server: GraphqlServer;
let client: AntiphonClient;

beforeAll(async () => {
  server = await startGraphqlServer();
  client = new AntiphonClient({ baseUrl: server.origin, apiKey: server.apiKey });
});
afterAll(async () => server[Symbol.asyncDispose]());

type Filter = NonNullable<NonNullable<Parameters<AntiphonClient['models']>[0]>['filter']>;

async function namesOf(filter: Filter, first = 100): Promise<string[]> {
  return (await client.models({ filter, first })).nodes.map(({ name }) => name);
}

describe('models', () => {
  it('are found by the beginnings of words, the best match first', async () => {
    const found = await namesOf({ search: 'mini gpt-4.1', provider: 'openai' });
    expect(found[0]).toBe('openai/gpt-4.1-mini');
    expect(await namesOf({ search: 'SONN 4.5', provider: 'anthropic' })).toContain('anthropic/claude-sonnet-4-5');
    expect(await namesOf({ search: 'nothing like that' })).toEqual([]);
  });

  it('are paged through in one order, forwards and backwards, without a gap or a repeat', async () => {
    const filter = { search: 'claude', provider: 'anthropic' };
    const all = await namesOf(filter);
    expect(all.length).toBeGreaterThan(10);
    const forwards: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<AntiphonClient['models']>> = await client.models({ filter, first: 4, after });
      forwards.push(...page.nodes.map(({ name }) => name));
      expect(page.totalCount).toBe(all.length);
      after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
    } while (after !== null);
    expect(forwards).toEqual(all);
    const last = await client.models({ filter, last: 3 });
    expect(last.nodes.map(({ name }) => name)).toEqual(all.slice(-3));
    const before = await client.models({ filter, last: 3, before: last.pageInfo.startCursor ?? null });
    expect(before.nodes.map(({ name }) => name)).toEqual(all.slice(-6, -3));
  });

  it('are told apart by what they can do, read, cost and hold', async () => {
    const openai = { provider: 'openai' };
    expect(await namesOf({ ...openai, kinds: ['EMBEDDING'] })).toEqual([
      'openai/text-embedding-3-large',
      'openai/text-embedding-3-small',
      'openai/text-embedding-ada-002',
    ]);
    const { nodes } = await client.models({
      filter: {
        ...openai,
        abilities: ['TOOLS', 'VISION'],
        inputModalities: ['IMAGE'],
        minContextTokens: 1_000_000,
        maxInputUsdPerMillion: '0.4',
        maxOutputUsdPerMillion: '1.6',
      },
      first: 100,
    });
    expect(nodes.map(({ name }) => name)).toEqual(['openai/gpt-4.1-mini', 'openai/gpt-4.1-nano']);
    expect(await namesOf({ ...openai, outputModalities: ['IMAGE'] })).toContain('openai/gpt-image-2');
    expect(await namesOf({ kinds: [] })).toEqual([]);
  });

  it('show their limits, what they read and their price in every bucket and tier', async () => {
    const { nodes } = await client.models({ filter: { search: 'claude-sonnet-4-5', provider: 'anthropic' } });
    expect(nodes.find(({ name }) => name === 'anthropic/claude-sonnet-4-5')).toMatchObject({
      kind: 'CHAT',
      inputModalities: ['TEXT', 'IMAGE', 'PDF'],
      outputModalities: ['TEXT'],
      isDeprecated: false,
      price: {
        source: 'models.dev f3fc692',
        inputUsdPerMillion: '3.000000000',
        cacheWriteUsdPerMillion: '3.750000000',
        cacheWriteHourUsdPerMillion: '6.000000000',
        audioInputUsdPerMillion: null,
        perImageUsd: null,
        serviceTiers: [{ name: 'batch', inputUsdPerMillion: '1.500000000', outputUsdPerMillion: '7.500000000' }],
      },
    });
  });

  it('are not filtered by what is no condition', async () => {
    await expect(client.models({ filter: { maxInputUsdPerMillion: '-1' } })).rejects.toThrow(InvalidInputError);
    await expect(client.models({ filter: { search: 'x'.repeat(201) } })).rejects.toThrow(InvalidInputError);
    await expect(client.models({ filter: { kinds: Array.from({ length: 17 }, () => 'CHAT' as const) } })).rejects.toThrow(
      InvalidInputError,
    );
    expect((await client.models({ filter: { search: '  ', provider: 'local' } })).totalCount).toBe(2);
  });
});
