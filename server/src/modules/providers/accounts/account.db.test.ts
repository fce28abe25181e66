import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../../test/testkit/database.ts';
import {
  accountInput,
  callBy,
  deploymentsOf,
  newTenant,
  openManagement,
  OTHER_KEY,
  SECRET_MARKER,
  serveKeyedUpstream,
  textBy,
  writtenConnection,
  type KeyedUpstream,
  type TestManagement,
} from '../../../../../test/testkit/provider-management.ts';
import { plainBody, sendJson, serveUpstream } from '../../../../../test/testkit/upstream.ts';
import { InvalidAccountError } from './account.errors.ts';
import type { ConnectAccountInput } from './account.service.ts';

let database: TestDatabase;
let upstream: KeyedUpstream;
beforeAll(async () => {
  database = await createTestDatabase();
  upstream = await serveKeyedUpstream();
});
afterAll(async () => {
  await upstream[Symbol.asyncDispose]();
  await database.drop();
});

const open = (options: Parameters<typeof openManagement>[1] = {}): Promise<TestManagement> =>
  openManagement(database, { privateOrigins: [upstream.origin], ...options });
const input = (overrides: Partial<ConnectAccountInput> = {}): ConnectAccountInput => accountInput(upstream, overrides);
const shared = (): { connections: ReturnType<typeof writtenConnection>[] } => ({ connections: [writtenConnection(upstream, OTHER_KEY)] });

describe('connecting an account', () => {
  it('lets its project call it at once, and no other project', async () => {
    await using management = await open();
    const [mine, theirs] = [newTenant(), newTenant()];
    const account = await management.accounts.connect(mine, input());
    expect(account.spec).toMatchObject({
      providerId: 'openai',
      displayName: 'OpenAI',
      source: 'MANAGED',
      isEnabled: true,
      egress: 'operator',
    });
    expect(account.spec.credentials.map(({ name, hint }) => [name, hint])).toEqual([['first', '1111']]);
    expect(await textBy(management, 'openai/gpt-4.1-mini', mine)).toBe('by 1111');
    expect(await textBy(management, 'gpt-4.1-mini', mine)).toBe('by 1111');
    expect(deploymentsOf(management, 'openai/gpt-4.1-mini', theirs)).toEqual([]);
    expect(management.providers.accountsOf(theirs.projectId)).toEqual([]);
    for (const act of [
      () => management.accounts.delete(theirs, account.spec.id),
      () => management.accounts.setEnabled(theirs, account.spec.id, false),
      () => management.accounts.update(theirs, account.spec.id, { displayName: 'x' }),
      () => management.tests.test(theirs, account.spec.id, null),
      () => management.tests.discover(theirs, account.spec.id),
      () => management.credentials.add(theirs, { accountId: account.spec.id, name: 'x', secrets: { apiKey: OTHER_KEY } }),
      () => management.credentials.delete(theirs, account.spec.credentials[0]?.id ?? ''),
      () =>
        management.credentials.rotate(theirs, {
          credentialId: account.spec.credentials[0]?.id ?? '',
          name: null,
          secrets: { apiKey: OTHER_KEY },
          overlapSeconds: 0,
        }),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await textBy(management, 'openai/gpt-4.1-mini', mine)).toBe('by 1111');
  });

  it('keeps secrets and header values sealed in the database', async () => {
    await using management = await open();
    await management.accounts.connect(newTenant(), input({ headers: [{ name: 'X-Gateway', value: `${SECRET_MARKER}-in-a-header` }] }));
    const tables = [
      'provider_account',
      'provider_credential',
      'provider_discovery',
      'provider_change',
      'provider_revision',
      'encryption_key',
    ];
    for (const table of tables) {
      const { rows } = await database.pools.general.query(`select * from ${table}`);
      expect(JSON.stringify(rows), table).not.toContain(SECRET_MARKER);
    }
    const { rows } = await database.pools.general.query(
      'select sealed_headers, header_names from provider_account where sealed_headers is not null',
    );
    expect(rows[0]).toMatchObject({ header_names: ['x-gateway'], sealed_headers: expect.stringMatching(/^a1\./) as string });
  });

  it('sends its headers with every call', async () => {
    await using management = await open();
    const tenant = newTenant();
    await management.accounts.connect(tenant, input({ headers: [{ name: 'X-Gateway', value: 'blue' }] }));
    await textBy(management, 'openai/gpt-4.1-mini', tenant);
    expect(upstream.requests.at(-1)?.headers['x-gateway']).toBe('blue');
  });

  it('refuses what cannot be right, everything at once, and changes nothing', async () => {
    await using management = await open();
    const tenant = newTenant();
    const error = await management.accounts
      .connect(
        tenant,
        input({
          providerId: 'anthropic',
          baseUrl: 'http://169.254.169.254/v1',
          secrets: { token: SECRET_MARKER },
          headers: [{ name: 'host', value: 'x' }],
        }),
      )
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InvalidAccountError);
    expect((error as InvalidAccountError).problems.map(({ path }) => path.join('.'))).toEqual([
      'input.name',
      'input.secrets',
      'input.secrets',
      'input.headers.0.name',
      'input.baseUrl',
    ]);
    expect(JSON.stringify((error as InvalidAccountError).problems)).not.toContain(SECRET_MARKER);
    expect(management.providers.accountsOf(tenant.projectId)).toEqual([]);
  });

  it('refuses a second one of the same name, also when both come at once', async () => {
    await using management = await open();
    const tenant = newTenant();
    const results = await Promise.allSettled([1, 2, 3].map(() => management.accounts.connect(tenant, input())));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'CONFLICT' });
    await management.accounts.connect(tenant, input({ providerId: 'openai-eu' }));
    expect(management.providers.accountsOf(tenant.projectId)).toHaveLength(2);
  });

  it('calls no private address behind a public name, and says why it does not', async () => {
    await using management = await open({
      privateOrigins: [],
      // As a name does whose owner points it at the machine's own network after it was looked at.
      resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
    });
    const tenant = newTenant();
    const before = upstream.requests.length;
    const { port } = new URL(upstream.baseUrl);
    const account = await management.accounts.connect(tenant, input({ baseUrl: `https://gateway.example.com:${port}/v1` }));
    expect(account.spec.egress).toBe('public');
    const { tests } = await management.tests.test(tenant, account.spec.id, null);
    expect(tests[0]).toMatchObject({
      isWorking: false,
      errorClass: 'transport',
      message: expect.stringContaining('not on the public internet') as string,
    });
    const [deployment] = deploymentsOf(management, 'openai/gpt-4.1-mini', tenant);
    if (deployment === undefined) throw new Error('the account is not there');
    await expect(callBy(deployment)).rejects.toMatchObject({ errorClass: 'transport' });
    expect(upstream.requests).toHaveLength(before);
  });
});

describe('the egress of an account', () => {
  it('is decided anew when the operator takes an origin back', async () => {
    const tenant = newTenant();
    {
      await using management = await open();
      await management.accounts.connect(tenant, input());
    }
    await using stricter = await open({ privateOrigins: [] });
    expect(deploymentsOf(stricter, 'openai/gpt-4.1-mini', tenant)).toEqual([]);
    const resolution = stricter.providers.resolve('openai/gpt-4.1-mini', tenant.projectId);
    expect(resolution).toMatchObject({ kind: 'unavailable', reasons: [expect.stringContaining('not on the public internet') as string] });
  });
});

describe('changing an account', () => {
  it('leaves what is left out, and sends headers that were kept', async () => {
    await using management = await open();
    const tenant = newTenant();
    const { spec } = await management.accounts.connect(
      tenant,
      input({ headers: [{ name: 'x-gateway', value: 'kept' }], models: ['house-model'] }),
    );
    const changed = await management.accounts.update(tenant, spec.id, { displayName: 'Ours' });
    expect(changed.spec).toMatchObject({ displayName: 'Ours', models: ['house-model'], baseUrl: upstream.baseUrl });
    expect(Object.keys(changed.spec.headers)).toEqual(['x-gateway']);
    await textBy(management, 'openai/gpt-4.1-mini', tenant);
    expect(upstream.requests.at(-1)?.headers['x-gateway']).toBe('kept');
    expect((await management.accounts.update(tenant, spec.id, { headers: null, models: null })).spec).toMatchObject({
      headers: {},
      models: [],
    });
    await textBy(management, 'openai/gpt-4.1-mini', tenant);
    expect(upstream.requests.at(-1)?.headers['x-gateway']).toBeUndefined();
  });

  it('sends a credential nowhere that it was not given for', async () => {
    await using elsewhere = await serveUpstream('openai', (response) => sendJson(response, 200, plainBody('openai', 'caught')));
    await using management = await open({ privateOrigins: [upstream.origin, new URL(elsewhere.baseUrl).origin] });
    const tenant = newTenant();
    const { spec } = await management.accounts.connect(tenant, input());
    await expect(management.accounts.update(tenant, spec.id, { baseUrl: elsewhere.baseUrl })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { path: ['input', 'secrets'] },
    });
    expect(await textBy(management, 'openai/gpt-4.1-mini', tenant)).toBe('by 1111');
    const moved = await management.accounts.update(tenant, spec.id, { baseUrl: elsewhere.baseUrl, secrets: { apiKey: OTHER_KEY } });
    expect(moved.spec.credentials.map(({ hint }) => hint)).toEqual(['2222']);
    expect(await textBy(management, 'openai/gpt-4.1-mini', tenant)).toBe('caught');
    expect(elsewhere.requests.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${OTHER_KEY}`]);
  });

  it('of a disabled one refuses calls, and does not hand them to a shared account of the same name', async () => {
    await using management = await open({ shared: shared() });
    const tenant = newTenant();
    expect(await textBy(management, 'openai/gpt-4.1-mini', tenant)).toBe('by 2222');
    const { spec } = await management.accounts.connect(tenant, input());
    expect(await textBy(management, 'openai/gpt-4.1-mini', tenant)).toBe('by 1111');
    await management.accounts.setEnabled(tenant, spec.id, false);
    expect(management.providers.resolve('openai/gpt-4.1-mini', tenant.projectId)).toMatchObject({ kind: 'unavailable' });
    expect(await textBy(management, 'openai/gpt-4.1-mini', newTenant())).toBe('by 2222');
    await management.accounts.setEnabled(tenant, spec.id, true);
    expect(await textBy(management, 'openai/gpt-4.1-mini', tenant)).toBe('by 1111');
    await management.accounts.delete(tenant, spec.id);
    expect(await textBy(management, 'openai/gpt-4.1-mini', tenant)).toBe('by 2222');
  });

  it('of the environment and the file is refused with the place where it is changed', async () => {
    await using management = await open({ shared: shared() });
    const tenant = newTenant();
    const [account] = management.providers.accountsOf(tenant.projectId);
    const id = account?.spec.id ?? '';
    for (const act of [
      () => management.accounts.update(tenant, id, { displayName: 'x' }),
      () => management.accounts.setEnabled(tenant, id, false),
      () => management.accounts.delete(tenant, id),
      () => management.credentials.add(tenant, { accountId: id, name: 'x', secrets: { apiKey: OTHER_KEY } }),
      () => management.credentials.delete(tenant, account?.spec.credentials[0]?.id ?? ''),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('the environment') as string });
    expect((await management.tests.test(tenant, id, null)).tests[0]).toMatchObject({ isWorking: true });
  });
});
