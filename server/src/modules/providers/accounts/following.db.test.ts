import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../../test/testkit/database.ts';
import {
  accountInput,
  deploymentsOf,
  newTenant,
  openManagement,
  OTHER_KEY,
  serveKeyedUpstream,
  textBy,
  writtenConnection,
  type KeyedUpstream,
  type TestManagement,
} from '../../../../../test/testkit/provider-management.ts';
import { redisMissing, startRedis } from '../../../../../test/testkit/redis.ts';
import { systemClock } from '../../../kernel/clock/index.ts';
import { MemoryCoordination, RedisCoordination } from '../../../kernel/coordination/index.ts';
import { createLogger } from '../../../kernel/telemetry/index.ts';
import type { Alias, Tenant } from './account.ts';

const MODEL = 'openai/gpt-4.1-mini';
const log = createLogger({ level: 'silent' });
let upstream: KeyedUpstream;
let database: TestDatabase;
beforeAll(async () => {
  upstream = await serveKeyedUpstream();
  database = await createTestDatabase();
});
afterAll(async () => {
  await upstream[Symbol.asyncDispose]();
  await database.drop();
});

const open = (options: Parameters<typeof openManagement>[1] = {}): Promise<TestManagement> =>
  openManagement(database, { privateOrigins: [upstream.origin], ...options });

/** How long until a process answers as it should, in milliseconds. */
async function timeUntil(isSo: () => boolean): Promise<number> {
  const startMs = systemClock.monotonicMs();
  await expect.poll(isSo, { timeout: 5000, interval: 5 }).toBe(true);
  return systemClock.monotonicMs() - startMs;
}

describe('another process', () => {
  it.each([
    ['that hears the message', true],
    ['that does not hear it, by looking itself', false],
  ])('%s works with a change within a second', async (_name, isConnected) => {
    const coordination = new MemoryCoordination({ clock: systemClock, log });
    await using acting = await open(isConnected ? { coordination } : {});
    await using following = await open(isConnected ? { coordination } : {});
    const tenant = newTenant();
    const { spec } = await acting.accounts.connect(tenant, accountInput(upstream));
    const canCall = (): boolean => deploymentsOf(following, MODEL, tenant).length > 0;
    expect(await timeUntil(canCall)).toBeLessThan(1000);
    expect(await textBy(following, MODEL, tenant)).toBe('by 1111');
    await acting.accounts.setEnabled(tenant, spec.id, false);
    expect(await timeUntil(() => !canCall())).toBeLessThan(1000);
    const alias = await acting.aliases.create(tenant, { name: 'fast', targets: [MODEL] });
    expect(await timeUntil(() => following.providers.aliasesOf(tenant.projectId).length === 1)).toBeLessThan(1000);
    await acting.aliases.delete(tenant, alias.id);
    await acting.accounts.delete(tenant, spec.id);
    expect(await timeUntil(() => following.providers.projectOf(tenant.projectId) === null)).toBeLessThan(1000);
  });

  it('misses none of many changes at once', async () => {
    await using first = await open();
    await using second = await open();
    await using following = await open();
    const tenants = Array.from({ length: 20 }, newTenant);
    await Promise.all(tenants.map((tenant, index) => (index % 2 === 0 ? first : second).accounts.connect(tenant, accountInput(upstream))));
    await timeUntil(() => tenants.every((tenant) => deploymentsOf(following, MODEL, tenant).length === 1));
  });

  it('keeps what it knows while the database is away, and goes on when it is back', async () => {
    await using own = await createTestDatabase();
    await using management = await openManagement(own, { privateOrigins: [upstream.origin] });
    const tenant = newTenant();
    await management.accounts.connect(tenant, accountInput(upstream));
    await own.pools.general.query('alter table provider_revision rename to provider_revision_away');
    await expect(management.accounts.connect(newTenant(), accountInput(upstream))).rejects.toThrow();
    expect(await textBy(management, MODEL, tenant)).toBe('by 1111');
    await own.pools.general.query('alter table provider_revision_away rename to provider_revision');
    const later = newTenant();
    await management.accounts.connect(later, accountInput(upstream));
    expect(await textBy(management, MODEL, later)).toBe('by 1111');
  });
});

describe.skipIf(redisMissing !== null)('a process elsewhere, over Redis', () => {
  it('works with a change within a second', async () => {
    await using redis = await startRedis();
    const coordinations = [1, 2].map(() => new RedisCoordination({ url: redis.url, log, clock: systemClock }));
    try {
      const [here, there] = coordinations as [RedisCoordination, RedisCoordination];
      await using acting = await open({ coordination: here });
      await using following = await open({ coordination: there });
      const tenant = newTenant();
      await acting.accounts.connect(tenant, accountInput(upstream));
      expect(await timeUntil(() => deploymentsOf(following, MODEL, tenant).length > 0)).toBeLessThan(1000);
    } finally {
      for (const coordination of coordinations) await coordination.close();
    }
  });
});

describe('discovery at a shared account', () => {
  it('reaches every project and every process, and lasts', async () => {
    const shared = { connections: [writtenConnection(upstream, OTHER_KEY)] };
    const [mine, theirs] = [newTenant(), newTenant()];
    const isKnown = ({ providers }: TestManagement, { projectId }: Tenant): boolean =>
      providers.findModel('openai/house-model', 0, projectId) !== null;
    {
      await using acting = await open({ shared });
      await using following = await open({ shared });
      await acting.accounts.connect(theirs, accountInput(upstream, { providerId: 'openai-eu' }));
      const [account] = acting.providers.accountsOf(mine.projectId);
      await acting.tests.discover(mine, account?.spec.id ?? '');
      expect([isKnown(acting, mine), isKnown(acting, theirs)]).toEqual([true, true]);
      await timeUntil(() => isKnown(following, theirs));
    }
    await using restarted = await open({ shared });
    expect([isKnown(restarted, mine), isKnown(restarted, theirs)]).toEqual([true, true]);
    expect(await textBy(restarted, 'openai/house-model', mine)).toBe('by 2222');
  });
});

describe('an alias', () => {
  const fileAlias: Alias = { id: newTenant().projectId, source: 'FILE', name: 'house', targets: [MODEL], createdAt: null, updatedAt: null };

  it('stands for its targets in order, in its own project alone', async () => {
    await using management = await open();
    const [mine, theirs] = [newTenant(), newTenant()];
    await management.accounts.connect(mine, accountInput(upstream));
    await management.accounts.connect(
      mine,
      accountInput(upstream, { providerId: 'second', vendorId: 'compatible', secrets: { apiKey: OTHER_KEY } }),
    );
    const alias = await management.aliases.create(mine, { name: 'gpt-4.1-mini', targets: ['second/anything', MODEL] });
    const idsOf = (tenant: Tenant): string[] => deploymentsOf(management, 'gpt-4.1-mini', tenant).map(({ modelId }) => modelId);
    expect(idsOf(mine)).toEqual(['second/anything', MODEL]);
    expect(idsOf(theirs)).toEqual([]);
    expect(management.providers.listAliases(theirs.projectId)).toEqual([]);
    await management.aliases.update(mine, alias.id, [MODEL]);
    expect(idsOf(mine)).toEqual([MODEL]);
    for (const act of [() => management.aliases.update(theirs, alias.id, [MODEL]), () => management.aliases.delete(theirs, alias.id)])
      await expect(act()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await management.aliases.delete(mine, alias.id);
    expect(idsOf(mine)).toEqual([MODEL]);
  });

  it('leads to models and to nothing else', async () => {
    await using management = await open();
    const tenant = newTenant();
    await management.aliases.create(tenant, { name: 'fast', targets: [MODEL] });
    for (const targets of [['fast-2'], ['nobody/x'], ['fast'], []])
      await expect(management.aliases.create(tenant, { name: 'other', targets }), targets.join()).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
    await expect(management.aliases.create(tenant, { name: 'fast', targets: [MODEL] })).rejects.toMatchObject({ code: 'CONFLICT' });
    // A model whose vendor is not connected yet is a slip of order and no slip of name.
    expect(management.providers.resolve('fast', tenant.projectId)).toMatchObject({ kind: 'unavailable' });
  });

  it('of the file serves all projects until one makes its own', async () => {
    await using management = await open({ aliases: [fileAlias], shared: { connections: [writtenConnection(upstream, OTHER_KEY)] } });
    const [mine, theirs] = [newTenant(), newTenant()];
    expect(await textBy(management, 'house', mine)).toBe('by 2222');
    await expect(management.aliases.delete(mine, fileAlias.id)).rejects.toMatchObject({ code: 'CONFLICT' });
    await management.accounts.connect(mine, accountInput(upstream, { providerId: 'own' }));
    await management.aliases.create(mine, { name: 'house', targets: ['own/gpt-4.1-mini'] });
    expect(await textBy(management, 'house', mine)).toBe('by 1111');
    expect(await textBy(management, 'house', theirs)).toBe('by 2222');
    expect(management.providers.aliasesOf(mine.projectId).map(({ source }) => source)).toEqual(['MANAGED']);
  });

  it('is shown under its own name with what its first model can do', async () => {
    await using management = await open();
    const tenant = newTenant();
    await management.accounts.connect(tenant, accountInput(upstream));
    await management.aliases.create(tenant, { name: 'fast', targets: [MODEL] });
    const { providers } = management;
    const model = providers.findModel(MODEL, Date.now(), tenant.projectId);
    expect(providers.findModel('fast', Date.now(), tenant.projectId)).toEqual({ ...model, modelId: 'fast' });
    expect(providers.findModel('fast', Date.now(), newTenant().projectId)).toBeNull();
  });
});

describe('the price of an account under another name', () => {
  const usage = {
    inputTokens: 1000,
    cachedReadTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 0,
    reasoningTokens: 0,
    audioInputTokens: 0,
    audioOutputTokens: 0,
    imageInputTokens: 0,
    totalTokens: 1000,
  };

  it('is that of its vendor, and unknown where several vendors could be meant', async () => {
    await using management = await open();
    const { providers } = management;
    const atMs = Date.now();
    const price = providers.priceUsage(MODEL, usage, atMs);
    expect(price).not.toBeNull();
    expect(providers.priceUsage('team/gpt-4.1-mini', usage, atMs)).toBeNull();
    await management.accounts.connect(newTenant(), accountInput(upstream, { providerId: 'team' }));
    expect(providers.priceUsage('team/gpt-4.1-mini', usage, atMs)).toEqual(price);
    expect(providers.upperBoundNanoUsd('team/gpt-4.1-mini', { inputBytes: 10, maxOutputTokens: 10, choiceCount: 1, atMs })).not.toBeNull();
    expect(providers.priceUsage('team/house-model', usage, atMs)).toBeNull();
    // A self-hosted server under the same name elsewhere has no catalogue, so nothing is ambiguous.
    await management.accounts.connect(newTenant(), accountInput(upstream, { providerId: 'team', vendorId: 'compatible' }));
    expect(providers.priceUsage('team/gpt-4.1-mini', usage, atMs)).toEqual(price);
  });
});
