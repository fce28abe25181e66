import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../../test/testkit/database.ts';
import {
  accountInput,
  callBy,
  deploymentsOf,
  GOOD_KEY,
  newTenant,
  openManagement,
  OTHER_KEY,
  SECRET_MARKER,
  serveKeyedUpstream,
  textBy,
  type KeyedUpstream,
  type TestManagement,
} from '../../../../../test/testkit/provider-management.ts';
import { plainBody, sendJson, serveUpstream } from '../../../../../test/testkit/upstream.ts';
import { ManualClock } from '../../../kernel/clock/index.ts';
import { ProviderError } from '../contract.ts';
import type { ConnectedCredential } from './connected-credential.ts';

const MODEL = 'openai/gpt-4.1-mini';
let database: TestDatabase;
let upstream: KeyedUpstream;
beforeAll(async () => {
  database = await createTestDatabase();
  upstream = await serveKeyedUpstream();
});
beforeEach(() => {
  upstream.accepted.clear();
  for (const key of [GOOD_KEY, OTHER_KEY]) upstream.accepted.add(key);
});
afterAll(async () => {
  await upstream[Symbol.asyncDispose]();
  await database.drop();
});

const open = (options: Parameters<typeof openManagement>[1] = {}): Promise<TestManagement> =>
  openManagement(database, { privateOrigins: [upstream.origin], ...options });

const keysOf = (management: TestManagement, tenant: ReturnType<typeof newTenant>): (string | null)[] =>
  deploymentsOf(management, MODEL, tenant).map(({ credential }) => (credential as ConnectedCredential).spec.hint);

describe('rotating a credential', () => {
  it('prefers the new one, falls back on the old one, and deletes that when the overlap is over', async () => {
    const clock = new ManualClock(Date.now());
    await using management = await open({ clock });
    const tenant = newTenant();
    const { spec } = await management.accounts.connect(tenant, accountInput(upstream));
    const oldId = spec.credentials[0]?.id ?? '';
    const { account, credentialId } = await management.credentials.rotate(tenant, {
      credentialId: oldId,
      name: 'second',
      secrets: { apiKey: OTHER_KEY },
      overlapSeconds: 60,
    });
    expect(account.spec.credentials.map(({ id, name, retiresAt }) => [id, name, retiresAt?.getTime() ?? null])).toEqual([
      [credentialId, 'second', null],
      [oldId, 'first', clock.nowMs() + 60_000],
    ]);
    expect(keysOf(management, tenant)).toEqual(['2222', '1111']);
    clock.advance(59_999);
    expect(keysOf(management, tenant)).toEqual(['2222', '1111']);
    expect(await management.credentials.deleteRetired()).toBe(0);
    clock.advance(1);
    // Out of use to the millisecond, whenever the job comes.
    expect(keysOf(management, tenant)).toEqual(['2222']);
    expect(await management.credentials.deleteRetired()).toBe(1);
    expect(await management.credentials.deleteRetired()).toBe(0);
    const { rows } = await database.pools.general.query('select id from provider_credential where account_id = $1', [spec.id]);
    expect(rows).toEqual([{ id: credentialId }]);
  });

  it('deletes the old one at once without an overlap', async () => {
    await using management = await open();
    const tenant = newTenant();
    const { spec } = await management.accounts.connect(tenant, accountInput(upstream));
    const rotation = { credentialId: spec.credentials[0]?.id ?? '', name: null, secrets: { apiKey: OTHER_KEY }, overlapSeconds: 0 };
    const { account } = await management.credentials.rotate(tenant, rotation);
    expect(account.spec.credentials.map(({ name, hint }) => [name, hint])).toEqual([['first', '2222']]);
    await expect(management.credentials.rotate(tenant, rotation)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('refuses to replace one that is being replaced, and an overlap beyond bounds', async () => {
    await using management = await open();
    const tenant = newTenant();
    const { spec } = await management.accounts.connect(tenant, accountInput(upstream));
    const rotation = { credentialId: spec.credentials[0]?.id ?? '', name: null, secrets: { apiKey: OTHER_KEY }, overlapSeconds: null };
    const { account } = await management.credentials.rotate(tenant, rotation);
    expect(account.spec.credentials[1]?.retiresAt?.getTime()).toBeGreaterThan(Date.now() + 3_500_000);
    await expect(management.credentials.rotate(tenant, rotation)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(management.credentials.rotate(tenant, { ...rotation, overlapSeconds: -1 })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('lets a call in flight end with the provider it began with, which closes only then', async () => {
    let answer: () => void = () => undefined;
    await using slow = await serveUpstream('openai', async (response, { headers }) => {
      await new Promise<void>((resolve) => (answer = resolve));
      sendJson(response, 200, plainBody('openai', (headers.authorization ?? '').slice(-4)));
    });
    await using management = await open({ privateOrigins: [new URL(slow.baseUrl).origin] });
    const tenant = newTenant();
    const { spec, credentials } = await management.accounts.connect(tenant, accountInput(slow));
    const held = credentials[0]?.held;
    const [deployment] = deploymentsOf(management, MODEL, tenant);
    if (deployment === undefined || held === undefined) throw new Error('the account cannot be called');
    const call = callBy(deployment);
    await slow.received(() => true);
    await management.accounts.delete(tenant, spec.id);
    expect(deploymentsOf(management, MODEL, tenant)).toEqual([]);
    expect([held.holders, held.isClosed]).toEqual([1, false]);
    answer();
    expect((await call).choices[0]?.text).toBe('1111');
    expect([held.holders, held.isClosed]).toEqual([0, true]);
  });
});

describe('several credentials', () => {
  it('take turns, and one that is refused rests while the others serve', async () => {
    const clock = new ManualClock(Date.now());
    await using management = await open({ clock });
    const tenant = newTenant();
    const { spec } = await management.accounts.connect(tenant, accountInput(upstream));
    await management.credentials.add(tenant, { accountId: spec.id, name: 'second', secrets: { apiKey: OTHER_KEY } });
    const firsts = Array.from({ length: 4 }, () => keysOf(management, tenant)[0]);
    expect(new Set(firsts)).toEqual(new Set(['1111', '2222']));
    const bad = deploymentsOf(management, MODEL, tenant).find(({ credential }) => (credential as ConnectedCredential).spec.hint === '1111');
    bad?.credential?.failed(new ProviderError('auth', 'refused', { httpStatus: 401 }));
    for (let turn = 0; turn < 3; turn += 1) expect(keysOf(management, tenant)).toEqual(['2222', '1111']);
    clock.advance(60_001);
    expect(new Set(Array.from({ length: 4 }, () => keysOf(management, tenant)[0])).size).toBe(2);
  });

  it('keep what is known of them when something else changes', async () => {
    await using management = await open();
    const tenant = newTenant();
    const { spec } = await management.accounts.connect(tenant, accountInput(upstream));
    await textBy(management, MODEL, tenant);
    const [before] = management.providers.accountsOf(tenant.projectId);
    expect(before?.credentials[0]?.health.view()).toMatchObject({
      lastSuccessAtMs: expect.any(Number) as number,
      headroom: { requests: { limit: 100, remaining: 99 } },
    });
    const after = await management.accounts.update(tenant, spec.id, { models: ['house-model'] });
    expect(after.credentials[0]?.held).toBe(before?.credentials[0]?.held);
    expect(after.credentials[0]?.health.view()).toEqual(before?.credentials[0]?.health.view());
  });

  it('are disabled, enabled and deleted one by one', async () => {
    await using management = await open();
    const tenant = newTenant();
    const { spec } = await management.accounts.connect(tenant, accountInput(upstream));
    const first = spec.credentials[0]?.id ?? '';
    const { credentialId: second } = await management.credentials.add(tenant, {
      accountId: spec.id,
      name: 'b',
      secrets: { apiKey: OTHER_KEY },
    });
    await management.credentials.setEnabled(tenant, first, false);
    expect(keysOf(management, tenant)).toEqual(['2222']);
    await management.credentials.delete(tenant, second);
    expect(management.providers.resolve(MODEL, tenant.projectId)).toMatchObject({
      kind: 'unavailable',
      reasons: [expect.stringContaining('no credential that may be used') as string],
    });
    await management.credentials.setEnabled(tenant, first, true);
    expect(keysOf(management, tenant)).toEqual(['1111']);
  });

  it('are twenty at most, also when they come at once', async () => {
    await using management = await open();
    const tenant = newTenant();
    const { spec } = await management.accounts.connect(tenant, accountInput(upstream));
    const results = await Promise.allSettled(
      Array.from({ length: 24 }, (_, index) =>
        management.credentials.add(tenant, { accountId: spec.id, name: `n${index}`, secrets: { apiKey: OTHER_KEY } }),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(19);
    expect(management.providers.accountsOf(tenant.projectId)[0]?.spec.credentials).toHaveLength(20);
  });
});

describe('testing an account', () => {
  it('says of each credential whether it works, without the provider’s words', async () => {
    await using management = await open();
    const tenant = newTenant();
    const { spec } = await management.accounts.connect(tenant, accountInput(upstream));
    await management.credentials.add(tenant, { accountId: spec.id, name: 'bad', secrets: { apiKey: `${SECRET_MARKER}-wrong` } });
    const { tests } = await management.tests.test(tenant, spec.id, null);
    expect(tests.map(({ isWorking, errorClass, httpStatus }) => [isWorking, errorClass, httpStatus])).toEqual([
      [false, 'auth', 401],
      [true, null, null],
    ]);
    expect(tests[0]?.message).toMatch(/^The provider refuses the credential\./);
    expect(JSON.stringify(tests)).not.toContain(SECRET_MARKER);
    const one = await management.tests.test(tenant, spec.id, spec.credentials[0]?.id ?? '');
    expect(one.tests).toHaveLength(1);
    await expect(management.tests.test(tenant, spec.id, newTenant().projectId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('says what is wrong with the place it asks', async () => {
    await using broken = await serveUpstream('openai', (response, { path }) => {
      if (path.startsWith('/html')) response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
      else sendJson(response, 500, { error: { message: 'no' } });
    });
    await using management = await open({ privateOrigins: [new URL(broken.baseUrl).origin, 'http://127.0.0.1:9'] });
    const classOf = async (baseUrl: string): Promise<unknown> => {
      const tenant = newTenant();
      const { spec } = await management.accounts.connect(tenant, { ...accountInput(upstream), baseUrl });
      return (await management.tests.test(tenant, spec.id, null)).tests[0]?.errorClass ?? null;
    };
    expect(await classOf(broken.baseUrl)).toBe('overloaded');
    expect(await classOf('http://127.0.0.1:9/v1')).toBe('transport');
  });
});

describe('discovering models', () => {
  it('keeps the list over a restart, names the models and lets them be called by their bare name', async () => {
    const tenant = newTenant();
    {
      await using management = await open();
      const { spec } = await management.accounts.connect(tenant, accountInput(upstream));
      const found = await management.tests.discover(tenant, spec.id);
      expect(found.spec.discovery?.models.map(({ model }) => model)).toEqual(['gpt-4.1-mini', 'house-model']);
    }
    await using restarted = await open();
    const { providers } = restarted;
    expect(providers.findModel('openai/house-model', Date.now(), tenant.projectId)).toMatchObject({
      contextTokens: 4096,
      isAvailable: true,
      price: null,
    });
    expect(providers.findModel('openai/house-model', Date.now(), newTenant().projectId)).toBeNull();
    expect(providers.listModels(Date.now(), tenant.projectId).map(({ modelId }) => modelId)).toContain('openai/house-model');
    expect(await textBy(restarted, 'house-model', tenant)).toBe('by 1111');
  });

  it('goes on with the next credential, and tells it when none may', async () => {
    await using management = await open();
    const tenant = newTenant();
    const { spec } = await management.accounts.connect(tenant, accountInput(upstream, { secrets: { apiKey: `${SECRET_MARKER}-wrong` } }));
    await expect(management.tests.discover(tenant, spec.id)).rejects.toMatchObject({
      code: 'PROVIDER_FAILED',
      message: expect.stringContaining('refuses the credential') as string,
    });
    expect(management.providers.accountsOf(tenant.projectId)[0]?.spec.discovery).toBeNull();
    await management.credentials.add(tenant, { accountId: spec.id, name: 'good', secrets: { apiKey: GOOD_KEY } });
    expect((await management.tests.discover(tenant, spec.id)).spec.discovery?.models).toHaveLength(2);
  });
});

describe('retiring in the background', () => {
  it('is safe to run at the same time', async () => {
    const clock = new ManualClock(Date.now());
    await using management = await open({ clock });
    const tenant = newTenant();
    const { spec } = await management.accounts.connect(tenant, accountInput(upstream));
    await management.credentials.rotate(tenant, {
      credentialId: spec.credentials[0]?.id ?? '',
      name: null,
      secrets: { apiKey: OTHER_KEY },
      overlapSeconds: 1,
    });
    clock.advance(1000);
    const deleted = await Promise.all([1, 2, 3].map(() => management.credentials.deleteRetired()));
    expect(deleted.reduce((sum, count) => sum + count)).toBe(1);
    await sleep(0);
    expect(keysOf(management, tenant)).toEqual(['2222']);
  });
});
