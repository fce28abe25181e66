import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testkit/database.ts';
import { GOOD_KEY, OTHER_KEY, SECRET_MARKER, serveKeyedUpstream, type KeyedUpstream } from '../testkit/provider-management.ts';
import { startServerProcess, type ServerBanner, type ServerProcess } from '../testkit/server-process.ts';

const THIRD_KEY = `${SECRET_MARKER}-third-3333`;
const FILE_KEY = `${SECRET_MARKER}-file-4444`;
const ENVIRONMENT_KEY = `${SECRET_MARKER}-environment-5555`;
const MODEL = 'openai/gpt-4.1-mini';
/** Several processes are started one after the other, each of which may take seconds on a loaded machine. */
const TIMEOUT_MS = 180_000;

let upstream: KeyedUpstream;
beforeAll(async () => {
  upstream = await serveKeyedUpstream([GOOD_KEY, OTHER_KEY, THIRD_KEY, FILE_KEY, ENVIRONMENT_KEY]);
});
afterAll(() => upstream[Symbol.asyncDispose]());

interface ShownCredential {
  readonly id: string;
  readonly name: string;
  readonly hint: string | null;
  readonly status: string;
  readonly health: Readonly<Record<string, unknown>>;
}
interface ShownAccount {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly isReadOnly: boolean;
  readonly isOverridden: boolean;
  readonly credentials: readonly ShownCredential[];
}
/** What the mutations of this file answer; each has a part of it. */
interface Acted {
  readonly account: ShownAccount;
  readonly credential: ShownCredential;
  readonly tests: readonly { readonly isWorking: boolean; readonly errorClass: string | null }[];
  readonly errors: readonly { readonly code: string; readonly message: string }[];
}
interface Answer {
  readonly data: Readonly<Record<string, unknown>>;
  readonly errors?: readonly { readonly message: string }[];
}

/** Everything that servers have sent out, for markers. */
const sent: string[] = [];

async function send({ graphqlUrl, apiKey }: ServerBanner, query: string, variables: unknown = {}): Promise<Answer> {
  const response = await fetch(graphqlUrl, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  sent.push(text);
  return JSON.parse(text) as Answer;
}

const ACCOUNT = `account { id name source isReadOnly isEnabled isOverridden baseUrl headerNames problem
  credentials { id name hint status retiresAt problem health { lastSuccessAt lastFailureClass headroom { requests { limit remaining } } } } }
  errors { __typename ... on UserError { message code path } }`;

async function act(banner: ServerBanner, name: string, input: unknown, selection = ACCOUNT): Promise<Acted> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await send(banner, `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} } }`, { input });
  expect(errors, name).toBeUndefined();
  return data[name] as Acted;
}

async function listAccounts(banner: ServerBanner, selection: string): Promise<readonly ShownAccount[]> {
  const { data } = await send(banner, `{ providerAccounts { nodes { ${selection} } } }`);
  return (data['providerAccounts'] as { nodes: readonly ShownAccount[] }).nodes;
}

async function complete({ openaiBaseUrl, apiKey }: ServerBanner, model = MODEL): Promise<{ status: number; text: string }> {
  const response = await fetch(`${openaiBaseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello.' }] }),
  });
  const text = await response.text();
  sent.push(text);
  return {
    status: response.status,
    text: (JSON.parse(text) as { choices?: { message: { content: string } }[] }).choices?.[0]?.message.content ?? text,
  };
}

const connectInput = (key: string, overrides: Record<string, unknown> = {}): Record<string, unknown> => ({
  vendor: 'openai',
  baseUrl: upstream.baseUrl,
  secrets: [{ name: 'apiKey', value: key }],
  ...overrides,
});

const start = (database: TestDatabase, options: Partial<Parameters<typeof startServerProcess>[0]> = {}): Promise<ServerProcess> =>
  startServerProcess({ databaseUrl: database.url, ...options, env: { ANTIPHON_PRIVATE_ORIGINS: upstream.origin, ...options.env } });

describe('an account that is connected by GraphQL', { timeout: TIMEOUT_MS }, () => {
  it('serves calls, is rotated under load without a failed one, disabled and deleted', async () => {
    await using database = await createTestDatabase();
    await using server = await start(database);
    const { banner } = server;
    expect((await complete(banner)).status).toBe(503);
    const { account, errors } = await act(banner, 'providerAccountConnect', connectInput(GOOD_KEY));
    expect(errors).toEqual([]);
    expect(account).toMatchObject({
      name: 'openai',
      source: 'MANAGED',
      isReadOnly: false,
      credentials: [{ hint: '1111', status: 'ACTIVE' }],
    });
    expect(await complete(banner)).toEqual({ status: 200, text: 'by 1111' });

    const answers: { status: number; text: string }[] = [];
    let isLoaded = true;
    const load = Promise.all(
      Array.from({ length: 8 }, async () => {
        while (isLoaded) answers.push(await complete(banner));
      }),
    );
    let credentialId = account.credentials[0]?.id;
    for (const [key, before] of [
      [OTHER_KEY, GOOD_KEY],
      [THIRD_KEY, OTHER_KEY],
    ] as const) {
      const rotated = await act(
        banner,
        'providerCredentialRotate',
        { credentialId, secrets: [{ name: 'apiKey', value: key }], overlapSeconds: 1 },
        `credential { id } ${ACCOUNT}`,
      );
      expect(rotated.account.credentials.map(({ status }) => status)).toEqual(expect.arrayContaining(['ACTIVE', 'RETIRING']));
      credentialId = rotated.credential.id;
      await sleep(1500);
      // The overlap is over: nobody calls with the old key any more, so it can be revoked at the provider.
      upstream.accepted.delete(before);
      await sleep(300);
    }
    isLoaded = false;
    await load;
    expect(answers.length).toBeGreaterThan(100);
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(['by 1111', 'by 2222', 'by 3333']));
    for (const key of [GOOD_KEY, OTHER_KEY]) upstream.accepted.add(key);

    const [shown] = await listAccounts(banner, 'credentials { health { lastSuccessAt headroom { requests { limit remaining } } } }');
    expect(shown?.credentials[0]?.health).toMatchObject({
      lastSuccessAt: expect.any(String) as string,
      headroom: { requests: { limit: '100', remaining: '99' } },
    });
    await act(banner, 'providerModelsDiscover', { accountId: account.id });
    const listed = await send(
      banner,
      `{ providerDiscoveredModels(accountId: "${account.id}") { totalCount nodes { name contextTokens createdAt } } }`,
    );
    expect(listed.data['providerDiscoveredModels']).toEqual({
      totalCount: 2,
      nodes: [
        { name: 'gpt-4.1-mini', contextTokens: null, createdAt: null },
        { name: 'house-model', contextTokens: 4096, createdAt: null },
      ],
    });
    await act(banner, 'providerAccountDisable', { accountId: account.id });
    expect(await complete(banner)).toMatchObject({ status: 503, text: expect.stringContaining('is disabled') as string });
    await act(banner, 'providerAccountEnable', { accountId: account.id });
    expect((await complete(banner)).status).toBe(200);
    await act(banner, 'providerAccountDelete', { accountId: account.id });
    expect((await complete(banner)).status).toBe(503);
    const { rows } = await database.pools.general.query('select count(*)::int as count from provider_credential');
    expect(rows).toEqual([{ count: 0 }]);
    expect(server.logText()).not.toContain(SECRET_MARKER);
  });

  it('moves a call on to another credential when one is refused, and rests that one', async () => {
    await using database = await createTestDatabase();
    await using server = await start(database);
    const { banner } = server;
    const { account } = await act(banner, 'providerAccountConnect', connectInput(`${SECRET_MARKER}-revoked-9999`));
    await act(
      banner,
      'providerCredentialAdd',
      { accountId: account.id, name: 'good', secrets: [{ name: 'apiKey', value: GOOD_KEY }] },
      `credential { id } ${ACCOUNT}`,
    );
    for (let call = 0; call < 4; call += 1) expect(await complete(banner)).toEqual({ status: 200, text: 'by 1111' });
    const refused = upstream.requests.filter(({ headers }) => headers.authorization?.endsWith('9999'));
    expect(refused).toHaveLength(1);
    const [shown] = await listAccounts(banner, 'credentials { name health { lastFailureClass lastFailureHttpStatus restsUntilAt } }');
    expect(shown?.credentials.at(-1)?.health).toMatchObject({
      lastFailureClass: 'AUTH',
      lastFailureHttpStatus: 401,
      restsUntilAt: expect.any(String) as string,
    });
    const tested = await act(
      banner,
      'providerAccountTest',
      { accountId: account.id },
      'tests { credential { name } isWorking errorClass message } errors { __typename }',
    );
    expect(tested.tests.map(({ isWorking, errorClass }) => [isWorking, errorClass])).toEqual([
      [true, null],
      [false, 'AUTH'],
    ]);
  });
});

describe('the three sources', { timeout: TIMEOUT_MS }, () => {
  it('stand side by side, the nearest counts, and nothing is lost over a restart', async () => {
    await using database = await createTestDatabase();
    const folder = mkdtempSync(join(tmpdir(), 'antiphon-file-'));
    const file = join(folder, 'providers.json');
    writeFileSync(join(folder, 'key'), `${FILE_KEY}\n`);
    const named = (name: string): unknown => ({
      vendor: 'openai',
      name,
      baseUrl: upstream.baseUrl,
      credentials: [{ name: 'a', secrets: { apiKey: { file: 'key' } } }],
    });
    writeFileSync(
      file,
      JSON.stringify({
        providers: [named('openai'), named('from-file')],
        aliases: [{ name: 'house', targets: ['from-file/gpt-4.1-mini'] }],
      }),
    );
    const env = { OPENAI_API_KEY: ENVIRONMENT_KEY, OPENAI_BASE_URL: upstream.baseUrl, ANTIPHON_PROVIDERS_FILE: file };
    const dataDir = mkdtempSync(join(tmpdir(), 'antiphon-data-'));
    try {
      let apiKey = '';
      const check = async (banner: ServerBanner, expected: string): Promise<void> => {
        expect(await complete(banner)).toEqual({ status: 200, text: expected });
        expect(await complete(banner, 'house')).toEqual({ status: 200, text: 'by 4444' });
      };
      const rowsOf = async (banner: ServerBanner): Promise<unknown> => {
        const nodes = await listAccounts(banner, 'name source isReadOnly isOverridden');
        return nodes.map((node) => [node.name, node.source, node.isReadOnly, node.isOverridden]);
      };
      const all = [
        ['from-file', 'FILE', true, false],
        ['openai', 'MANAGED', false, false],
        ['openai', 'FILE', true, true],
        ['openai', 'ENVIRONMENT', true, true],
      ];
      {
        await using server = await start(database, { env, dataDir });
        const { banner } = server;
        apiKey = banner.apiKey;
        await check(banner, 'by 4444');
        const { errors } = await act(banner, 'providerAccountConnect', connectInput(GOOD_KEY));
        expect(errors).toEqual([]);
        await act(banner, 'modelAliasCreate', { name: 'mine', targets: [MODEL] }, 'alias { id } errors { __typename }');
        await check(banner, 'by 1111');
        expect(await rowsOf(banner)).toEqual(all);
        server.signal('SIGKILL');
        await server.exited;
      }
      await using server = await start(database, { env, dataDir });
      const banner = { ...server.banner, apiKey };
      await check(banner, 'by 1111');
      expect(await rowsOf(banner)).toEqual(all);
      const models = await fetch(`${banner.openaiBaseUrl}/models`, { headers: { authorization: `Bearer ${apiKey}` } });
      const ids = ((await models.json()) as { data: { id: string }[] }).data.map(({ id }) => id);
      expect(ids).toEqual(expect.arrayContaining(['house', 'mine', MODEL, 'from-file/gpt-4.1-mini']));
      expect(server.logText()).not.toContain(SECRET_MARKER);
    } finally {
      rmSync(folder, { recursive: true });
      rmSync(dataDir, { recursive: true });
    }
  });
});

describe('a server that cannot open what it keeps', { timeout: TIMEOUT_MS }, () => {
  it('does not start, says why and what to do, and leaves everything as it was', async () => {
    await using database = await createTestDatabase();
    const dataDir = mkdtempSync(join(tmpdir(), 'antiphon-data-'));
    try {
      {
        await using server = await start(database, { dataDir });
        await act(server.banner, 'providerAccountConnect', connectInput(GOOD_KEY));
      }
      rmSync(join(dataDir, 'secrets', 'encryption-key'));
      await expect(start(database, { dataDir })).rejects.toThrow(/It is missing\. Restore .*encryption-key from a backup/);
      const key = Buffer.alloc(32, 1).toString('base64url');
      await expect(start(database, { dataDir, env: { ANTIPHON_ENCRYPTION_KEY: key } })).rejects.toThrow(
        /This process has the key [0-9a-f]{16}/,
      );
      const { rows } = await database.pools.general.query('select count(*)::int as count from provider_credential');
      expect(rows).toEqual([{ count: 1 }]);
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });

  it('refuses settings that are wrong by their names', () => {
    const run = (env: Record<string, string>): string =>
      spawnSync(process.execPath, ['--import', 'tsx', 'server/src/main.ts'], {
        env: { PATH: process.env['PATH'] ?? '', ANTIPHON_PORT: '0', ANTIPHON_OPS_PORT: '0', ...env },
        encoding: 'utf8',
      }).stderr;
    const said = run({ ANTIPHON_ENCRYPTION_KEY: SECRET_MARKER, ANTIPHON_PRIVATE_ORIGINS: 'http://10.0.0.7:8000/v1' });
    expect(said).toContain('ANTIPHON_ENCRYPTION_KEY: the value (not shown) is not valid');
    expect(said).toContain('ANTIPHON_PRIVATE_ORIGINS: "http://10.0.0.7:8000/v1" is not valid');
    expect(said).not.toContain(SECRET_MARKER);
  });
});

describe('a secret', { timeout: TIMEOUT_MS }, () => {
  it('is found in nothing that a server sends, logs, counts or keeps, however wrongly it was given', async () => {
    await using database = await createTestDatabase();
    await using server = await start(database);
    const { banner } = server;
    const wrong = [
      connectInput(GOOD_KEY, { vendor: 'nobody' }),
      connectInput(GOOD_KEY, { baseUrl: `https://user:${GOOD_KEY}@example.com` }),
      connectInput(GOOD_KEY, { baseUrl: GOOD_KEY }),
      connectInput(`${GOOD_KEY}\n`),
      connectInput(GOOD_KEY, { settings: [{ name: GOOD_KEY, value: GOOD_KEY }] }),
      connectInput(GOOD_KEY, { headers: [{ name: 'x-a', value: `${GOOD_KEY}\r\n` }] }),
      connectInput(GOOD_KEY, { headers: [{ name: 'authorization', value: `Bearer ${GOOD_KEY}` }] }),
      connectInput(GOOD_KEY, {
        secrets: [
          { name: 'apiKey', value: GOOD_KEY },
          { name: 'apiKey', value: GOOD_KEY },
        ],
      }),
      connectInput(GOOD_KEY, { secrets: [{ name: GOOD_KEY, value: GOOD_KEY }] }),
    ];
    for (const input of wrong) {
      const { account, errors } = await act(banner, 'providerAccountConnect', input);
      expect(account, JSON.stringify(input)).toBeNull();
      expect(errors[0]?.code).toBe('INVALID_INPUT');
    }
    const { account } = await act(
      banner,
      'providerAccountConnect',
      connectInput(`${SECRET_MARKER}-refused-7777`, { headers: [{ name: 'x-gateway', value: OTHER_KEY }] }),
    );
    await act(banner, 'providerAccountTest', { accountId: account.id }, 'tests { message } errors { __typename }');
    await act(banner, 'providerModelsDiscover', { accountId: account.id }, 'account { id } errors { ... on UserError { message } }');
    await complete(banner);
    await send(
      banner,
      `{ node(id: "${account.id}") { ... on ProviderAccount { id headerNames settings { value } credentials { id name hint } } } }`,
    );
    await send(banner, `{ node(id: "${account.credentials[0]?.id}") { ... on ProviderCredential { id hint problem } } }`);
    expect(sent.join('\n')).not.toContain(SECRET_MARKER);
    // What is no input at all is answered by the GraphQL engine, to whoever sent it; it must go nowhere else.
    for (const secrets of [GOOD_KEY, [GOOD_KEY], [{ name: 'apiKey', value: 7, extra: GOOD_KEY }]])
      await fetch(banner.graphqlUrl, {
        method: 'POST',
        headers: { authorization: `Bearer ${banner.apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          query: 'mutation ($input: ProviderAccountConnectInput!) { providerAccountConnect(input: $input) { errors { __typename } } }',
          variables: { input: { vendor: 'openai', secrets } },
        }),
      });
    const isRefusalKept = async (): Promise<boolean> =>
      ((await database.pools.general.query(`select 1 from request_refusal where code = 'INVALID_INPUT'`)).rowCount ?? 0) > 0;
    await expect.poll(isRefusalKept, { timeout: 20_000 }).toBe(true);
    expect(server.logText()).not.toContain(SECRET_MARKER);
    expect(await (await fetch(`${banner.opsUrl}/metrics`)).text()).not.toContain(SECRET_MARKER);
    const tables = await database.pools.general.query<{ name: string }>(
      `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    let everything = '';
    for (const { name } of tables.rows) {
      const { rows } = await database.pools.general.query(`select * from ${name}`);
      everything += `${name} ${JSON.stringify(rows)}\n`;
    }
    // The search sees what is kept in clear: the prompt of the call, and the name of the account's header.
    expect(everything).toContain('Hello.');
    expect(everything).toContain('x-gateway');
    expect(everything).not.toContain(SECRET_MARKER);
  });
});
