import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testkit/database.ts';
import type { LoopbackServer } from '../testkit/loopback.ts';
import { startServerProcess, type ServerBanner, type ServerProcess } from '../testkit/server-process.ts';
import { askEverywhere, otherRequests, send, type MarkedAnswer, type MarkedRequest } from './marked-load.ts';
import { DEEDS, serveMarkedUpstream } from './marked-upstream.ts';
import {
  CREDENTIALS,
  findMarkers,
  NAMES,
  PASSING,
  PAYLOADS,
  plantMarkers,
  readFolder,
  readTables,
  TOLD_PLACE,
  type Places,
} from './markers.ts';

const markers = plantMarkers();
/** Where what was said is kept, sealed or in clear, until it is deleted. */
const PAYLOAD_PLACES = ['table completion_input', 'table completion_output', 'table stored_response', TOLD_PLACE];
/** By the environment, by a file, and by GraphQL. */
const MODELS = [
  'openai/gpt-4.1-mini',
  'openai/o3-pro',
  'from-file/claude-haiku-4-5',
  'google-gemini/gemini-2.5-flash',
  'managed/mistral-small-latest',
  'bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0',
];
const AT_ONCE = 12;
const TIMEOUT_MS = 240_000;

let database: TestDatabase;
let upstream: LoopbackServer;
let server: ServerProcess;
let folder: string;
let dataDir: string;
let otherKey: string;
const answers: MarkedAnswer[] = [];
/** What another caller was told, after all of it. */
const othersAnswers: MarkedAnswer[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  upstream = await serveMarkedUpstream(markers);
  folder = mkdtempSync(join(tmpdir(), 'antiphon-markers-'));
  dataDir = mkdtempSync(join(tmpdir(), 'antiphon-data-'));
  server = await startServerProcess({ databaseUrl: database.url, dataDir, env: writeSettings() });
  await connectManaged(server.banner);
  await loadAll(server.banner);
  otherKey = createKey();
  await askAsAnother({ ...server.banner, apiKey: otherKey });
}, TIMEOUT_MS);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await upstream[Symbol.asyncDispose]();
  await database.drop();
  for (const path of [folder, dataDir]) rmSync(path, { recursive: true, force: true });
});

function writeSettings(): Record<string, string> {
  writeFileSync(join(folder, 'key'), `${markers.fileKey}\n`);
  const account = {
    vendor: 'anthropic',
    name: 'from-file',
    baseUrl: upstream.url,
    credentials: [{ name: 'a', secrets: { apiKey: { file: 'key' } } }],
  };
  const file = join(folder, 'providers.json');
  writeFileSync(file, JSON.stringify({ providers: [account] }));
  return {
    ANTIPHON_PROVIDERS_FILE: file,
    ANTIPHON_PRIVATE_ORIGINS: upstream.url,
    OPENAI_API_KEY: markers.environmentKey,
    OPENAI_BASE_URL: `${upstream.url}/v1`,
    GEMINI_API_KEY: markers.environmentKey,
    GOOGLE_GEMINI_BASE_URL: `${upstream.url}/v1beta`,
    BEDROCK_BASE_URL: upstream.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAOFTHETEST0000000',
    AWS_SECRET_ACCESS_KEY: markers.awsSecret,
    AWS_SESSION_TOKEN: markers.awsToken,
  };
}

interface Connected {
  readonly data: {
    readonly providerAccountConnect?: {
      readonly account: { readonly id: string; readonly credentials: readonly { readonly id: string }[] } | null;
    };
  };
}

async function mutate(banner: ServerBanner, name: string, input: unknown, selection: string): Promise<Connected> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} errors { ... on UserError { code message } } } }`;
  const body = JSON.stringify({ query, variables: { input } });
  const told = await send(banner, markers, { name, path: new URL(banner.graphqlUrl).pathname, body });
  answers.push(told);
  return JSON.parse(told.text.slice(told.text.indexOf('\n'))) as Connected;
}

async function connectManaged(banner: ServerBanner): Promise<void> {
  const input = {
    vendor: 'mistral',
    name: 'managed',
    baseUrl: `${upstream.url}/v1`,
    headers: [{ name: 'x-gateway', value: markers.managedHeader }],
    secrets: [{ name: 'apiKey', value: markers.managedKey }],
  };
  await connectFailing(banner, input);
  const { data } = await mutate(banner, 'providerAccountConnect', input, 'account { id headerNames credentials { id hint } }');
  const credentialId = data.providerAccountConnect?.account?.credentials[0]?.id;
  expect(credentialId, JSON.stringify(answers.at(-1))).toBeDefined();
  const rotation = { credentialId, secrets: [{ name: 'apiKey', value: markers.rotatedKey }], overlapSeconds: 600 };
  await mutate(banner, 'providerCredentialRotate', rotation, 'credential { id hint }');
}

/** Accounts whose provider fails whatever it is asked, tests and lists of models included. */
async function connectFailing(banner: ServerBanner, input: Readonly<Record<string, unknown>>): Promise<void> {
  for (const deed of ['unauthorized', 'refuse', 'fail', 'garbage', 'redirect', 'reset']) {
    const failing = { ...input, name: `failing-${deed}`, baseUrl: `${upstream.url}/do-${deed}/v1` };
    const { data } = await mutate(banner, 'providerAccountConnect', failing, 'account { id credentials { id } }');
    const accountId = data.providerAccountConnect?.account?.id;
    await mutate(banner, 'providerAccountTest', { accountId }, 'tests { isWorking errorClass message }');
    await mutate(banner, 'providerModelsDiscover', { accountId }, 'account { id problem credentials { health { lastFailureClass } } }');
  }
}

async function sendAll(banner: ServerBanner, requests: readonly MarkedRequest[]): Promise<MarkedAnswer[]> {
  const queue = [...requests];
  const told: MarkedAnswer[] = [];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) told.push(await send(banner, markers, next));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return told;
}

async function loadAll(banner: ServerBanner): Promise<void> {
  const asks = MODELS.flatMap((model, at) =>
    DEEDS.flatMap((deed, index) => askEverywhere(banner, { model, deed, isStream: (at + index) % 2 === 0, markers })),
  );
  answers.push(...(await sendAll(banner, [...asks, ...otherRequests(markers, MODELS[0] as string)])));
}

/** The same installation, another key. */
function createKey(): string {
  return execFileSync(process.execPath, ['--import', 'tsx', 'tools/keys/create-key.ts', '--name', 'Another'], {
    env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: database.url, ANTIPHON_DATA_DIR: dataDir },
    encoding: 'utf8',
  }).trim();
}

async function askAsAnother(banner: ServerBanner): Promise<void> {
  const plain = plantMarkers();
  for (const model of MODELS)
    for (const deed of ['unauthorized', 'fail', 'garbage'] as const)
      for (const request of askEverywhere(banner, { model, deed, isStream: false, markers: plain })) {
        const { path, name, body } = request;
        const response = await fetch(new URL(path, banner.openaiBaseUrl), {
          method: 'POST',
          headers: { authorization: `Bearer ${banner.apiKey}`, 'content-type': 'application/json' },
          body: body as string,
        });
        othersAnswers.push({
          name,
          httpStatus: response.status,
          text: `${JSON.stringify([...response.headers])}\n${await response.text()}`,
        });
      }
  const shown = [
    `${banner.opsUrl}/metrics`,
    `${banner.opsUrl}/readyz`,
    `${banner.openaiBaseUrl}/models`,
    new URL('/openapi.json', banner.openaiBaseUrl).href,
  ];
  for (const url of shown) {
    const response = await fetch(url, { headers: { authorization: `Bearer ${banner.apiKey}` } });
    othersAnswers.push({
      name: url,
      httpStatus: response.status,
      text: `${JSON.stringify([...response.headers])}\n${await response.text()}`,
    });
  }
}

const placesOf = (told: readonly MarkedAnswer[]): Places =>
  Object.fromEntries(told.map(({ name, text }, at) => [`answer ${at} (${name})`, text]));
const ALL = [...CREDENTIALS, ...PAYLOADS, ...PASSING];

describe('after a load full of failures', () => {
  it('went as it was meant: every deed of every provider was seen at every door', () => {
    const counts = (status: number): number => answers.filter(({ httpStatus }) => httpStatus === status).length;
    for (const status of [200, 400, 401, 429, 502, 504]) expect(counts(status), `answers with ${status}`).toBeGreaterThan(2);
    // Callers that were answered well were told what the model said.
    expect(findMarkers(placesOf(answers), markers, ['answer']).length).toBeGreaterThan(20);
  });

  it('nobody was told a credential of a provider, in whatever form', () => {
    expect(findMarkers(placesOf(answers), markers, CREDENTIALS)).toEqual([]);
    expect(findMarkers(placesOf(answers), markers, ['upstreamHeader', 'cookie', 'callerHeader', 'userAgent', 'wrongKey'])).toEqual([]);
  });

  it('a provider’s own words are told of requests that it refuses for what the caller sent, and of nothing else', () => {
    const told = answers.filter(({ name }) => !/, (?:refuse|complain)$/.test(name));
    expect(findMarkers(placesOf(told), markers, ['upstreamError'])).toEqual([]);
  });

  it('another caller was told nothing of it', () => {
    expect(othersAnswers.length).toBeGreaterThan(100);
    expect(findMarkers(placesOf(othersAnswers), markers, [...ALL, ...NAMES])).toEqual([]);
  });

  it('the log at its most talkative holds none of it, nor does anything else that was printed', () => {
    const { apiKey } = server.banner;
    const places = { log: server.logText(), output: server.outputText() };
    expect(places.log.length).toBeGreaterThan(1000);
    expect(findMarkers(places, markers, [...ALL, ...NAMES])).toEqual([]);
    expect(places.log).not.toContain(apiKey);
    expect(places.log).not.toContain(otherKey);
    // The banner is where the first key is shown, once.
    expect(places.output.split(apiKey)).toHaveLength(2);
  });

  it('tables hold what was said in the places for it, and no credential in clear', async () => {
    const tables = await readTables(database);
    const { apiKey } = server.banner;
    expect(findMarkers(tables, markers, CREDENTIALS)).toEqual([]);
    expect(Object.entries(tables).filter(([, text]) => text.includes(apiKey) || text.includes(otherKey))).toEqual([]);
    const others = Object.fromEntries(Object.entries(tables).filter(([name]) => !PAYLOAD_PLACES.includes(name)));
    expect(findMarkers(others, markers, ALL)).toEqual([]);
    // The search sees what is kept where it belongs.
    expect(findMarkers(tables, markers, ['prompt', 'answer', 'toolResult', 'fileContents'])).toEqual(
      expect.arrayContaining(['prompt', 'toolResult', 'fileContents'].map((name) => `${name} in table completion_input`)),
    );
    expect(findMarkers(tables, markers, ['answer'])).toContain('answer in table completion_output');
    expect(
      findMarkers(
        tables,
        markers,
        PASSING.filter((name) => name !== 'garbage' && name !== 'upstreamError'),
      ),
    ).toEqual([]);
  });

  it('files of the data folder hold none of it', async () => {
    const files = await readFolder(dataDir);
    expect(Object.keys(files).length).toBeGreaterThan(1);
    expect(findMarkers(files, markers, ALL)).toEqual([]);
    expect(Object.values(files).some((text) => text.includes(server.banner.apiKey) || text.includes(otherKey))).toBe(false);
  });
});

describe('a server that records no payloads', () => {
  it('keeps nothing at all of what was said, nor of what a provider repeats of it', async () => {
    await using own = await createTestDatabase();
    const env = { ...writeSettings(), ANTIPHON_RECORD_PAYLOADS: 'off' };
    await using quiet = await startServerProcess({ databaseUrl: own.url, env });
    const asks = MODELS.filter((model) => !model.startsWith('managed/')).flatMap((model) =>
      (['answer', 'refuse', 'complain'] as const).flatMap((deed) => askEverywhere(quiet.banner, { model, deed, isStream: true, markers })),
    );
    const told = await sendAll(quiet.banner, asks);
    expect(findMarkers(placesOf(told), markers, ['upstreamError']).length).toBeGreaterThan(10);
    const tables = await readTables(own);
    expect(tables[TOLD_PLACE]).toContain('The provider does not accept this request.');
    expect(findMarkers(tables, markers, ALL)).toEqual([]);
    expect(findMarkers({ log: quiet.logText() }, markers, ALL)).toEqual([]);
  });
});

describe('the search itself', () => {
  it('catches a server that logs the headers of its requests', async () => {
    await using own = await createTestDatabase();
    const preload = new URL('leaking-log.mjs', import.meta.url).href;
    await using leaking = await startServerProcess({ databaseUrl: own.url, env: { NODE_OPTIONS: `--import=${preload}` } });
    const ask = { model: 'local/echo', deed: 'answer', isStream: false, markers } as const;
    await send(leaking.banner, markers, askEverywhere(leaking.banner, ask)[0] as MarkedRequest);
    expect(findMarkers({ log: leaking.logText() }, markers, ALL)).toEqual(['callerHeader in log', 'userAgent in log', 'cookie in log']);
    expect(leaking.logText()).toContain(leaking.banner.apiKey);
  });

  it('catches a marker in base64, wherever it begins, and in hexadecimal', () => {
    for (const before of ['', 'a', 'ab', 'abc', 'abcd']) {
      const bytes = Buffer.from(`${before}${markers.prompt} and more`);
      for (const encoding of ['base64', 'base64url', 'hex'] as const)
        expect(findMarkers({ there: `x${bytes.toString(encoding)}x` }, markers, PAYLOADS), `${before} ${encoding}`).toEqual([
          'prompt in there',
        ]);
    }
  });
});
