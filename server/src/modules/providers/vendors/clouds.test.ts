/** Vendors whose base URL holds a host of the account's own, and what they are asked with. */
import { afterAll, describe, expect, it } from 'vitest';
import { openHttpClient } from '../../../../../test/testkit/http-client.ts';
import { serveHttp } from '../../../../../test/testkit/loopback.ts';
import { ManualClock } from '../../../kernel/clock/index.ts';
import { Secret } from '../../../kernel/crypto/index.ts';
import type { HttpClient, OutboundRequest } from '../../../kernel/http-client/index.ts';
import { createIds } from '../../../kernel/ids/index.ts';
import type { CompletionRequest, Provider, ProviderCall, StreamPart } from '../contract.ts';
import { DATABRICKS } from './databricks.ts';
import { SNOWFLAKE_CORTEX } from './snowflake-cortex.ts';
import type { Vendor, VendorConnection } from './vendor.ts';

const httpClient = openHttpClient();
afterAll(() => httpClient[Symbol.asyncDispose]());

const HELLO: CompletionRequest = { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }] };
const ANSWER = '{"id":"","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":""}]}';
const TOKEN = { apiKey: new Secret('key-of-the-test') };

function connect(vendor: Vendor, overrides: Partial<VendorConnection>, client: HttpClient = httpClient): Provider {
  const clock = new ManualClock();
  const { id: providerId, displayName, defaultBaseUrl } = vendor;
  const connection = {
    providerId,
    displayName,
    baseUrl: defaultBaseUrl ?? '',
    settings: {},
    secrets: {},
    headers: {},
    egress: 'operator',
    ...overrides,
  } as const;
  return vendor.connect(connection, { httpClient: client, clock, ids: createIds(clock), maxOutputTokensOf: () => null });
}

function callOf(request: CompletionRequest = HELLO): ProviderCall {
  const context = { attemptId: 'attempt-1', signal: new AbortController().signal, remainingMs: 20_000, traceHeaders: {} };
  return { model: 'claude-sonnet-4-6', request: () => request, wire: null, context };
}

/** Where a call would go: the hosts of these vendors are not reached from here. */
async function requestOf(vendor: Vendor, overrides: Partial<VendorConnection>): Promise<OutboundRequest> {
  const sent: OutboundRequest[] = [];
  const client: HttpClient = {
    send: (request) => {
      sent.push(request);
      return httpClient.send({ ...request, url: 'http://127.0.0.1:1/' });
    },
    stream: () => Promise.reject(new Error('not asked')),
    close: () => Promise.resolve(),
  };
  await connect(vendor, overrides, client)
    .complete(callOf())
    .catch(() => undefined);
  return sent[0] as OutboundRequest;
}

async function serve(answers: Readonly<Record<string, string>>) {
  const asked: { path: string; authorization: string | undefined; body: string }[] = [];
  const server = await serveHttp((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      asked.push({ path, authorization: request.headers.authorization, body: Buffer.concat(chunks).toString('utf8') });
      const text = answers[path];
      response.writeHead(text === undefined ? 404 : 200, {
        'content-type': text?.startsWith('data:') === true ? 'text/event-stream' : 'application/json',
      });
      response.end(text ?? '{}');
    });
  });
  return Object.assign(server, { asked });
}

describe('Snowflake Cortex', () => {
  it('is at the host of the account, and told what its token is', async () => {
    const settings = { account: 'MyOrg-My_Account', credentialType: 'KEYPAIR_JWT' };
    const { url, headers } = await requestOf(SNOWFLAKE_CORTEX, { settings, secrets: TOKEN });
    expect(url).toBe('https://myorg-my-account.snowflakecomputing.com/api/v2/cortex/v1/chat/completions');
    expect(headers).toMatchObject({ authorization: 'Bearer key-of-the-test', 'x-snowflake-authorization-token-type': 'KEYPAIR_JWT' });
  });

  it.each([
    ['account', {}],
    ['account', { account: 'evil.example/?' }],
    ['credentialType', { account: 'a', credentialType: 'PASSWORD' }],
  ])('cannot be connected without a usable %s', (setting, settings) => {
    expect(() => connect(SNOWFLAKE_CORTEX, { settings, secrets: TOKEN })).toThrow(
      expect.objectContaining({ name: 'VendorSettingError', setting }),
    );
  });

  it('calls that end without a reason ended for the tools they call', async () => {
    const call = '{"id":"t","type":"function","function":{"name":"f","arguments":"{}"},"custom":{"input":"","name":""}}';
    const whole = `{"choices":[{"index":0,"finish_reason":"","message":{"content":"","tool_calls":[${call}]}}]}`;
    await using server = await serve({ '/chat/completions': whole });
    const provider = connect(SNOWFLAKE_CORTEX, { baseUrl: server.url, secrets: TOKEN });
    const { choices } = await provider.complete(callOf());
    expect(choices[0]).toMatchObject({ finishReason: 'tool-calls', rawFinishReason: null, toolCalls: [{ id: 't', name: 'f' }] });
    await provider.complete(
      callOf({ messages: [...HELLO.messages, { role: 'assistant', content: [], toolCalls: choices[0]?.toolCalls ?? [] }] }),
    );
    expect(server.asked[1]?.body).not.toContain('custom');
  });
});

describe('Databricks', () => {
  it.each(['dbc-1.cloud.databricks.com', 'https://dbc-1.cloud.databricks.com/'])(
    'is at the host of the workspace, written as %s',
    async (host) => {
      const { url, headers } = await requestOf(DATABRICKS, { settings: { host }, secrets: TOKEN });
      expect(url).toBe('https://dbc-1.cloud.databricks.com/serving-endpoints/chat/completions');
      expect(headers).toMatchObject({ authorization: 'Bearer key-of-the-test' });
    },
  );

  it('buys a token for a service principal', async () => {
    await using server = await serve({
      '/oidc/v1/token': '{"access_token":"token-of-the-test","expires_in":3600}',
      '/serving-endpoints/chat/completions': ANSWER,
    });
    const secrets = { clientSecret: new Secret('secret-of-the-test') };
    const provider = connect(DATABRICKS, { baseUrl: `${server.url}/serving-endpoints`, settings: { clientId: 'principal' }, secrets });
    expect((await provider.complete(callOf())).choices[0]?.text).toBe('Hi');
    await provider.complete(callOf());
    const basic = `Basic ${Buffer.from('principal:secret-of-the-test').toString('base64')}`;
    expect(server.asked.map(({ path, authorization }) => [path, authorization])).toEqual([
      ['/oidc/v1/token', basic],
      ['/serving-endpoints/chat/completions', 'Bearer token-of-the-test'],
      ['/serving-endpoints/chat/completions', 'Bearer token-of-the-test'],
    ]);
    expect(server.asked[0]?.body).toBe('grant_type=client_credentials&scope=all-apis');
  });

  it.each([
    ['host', { secrets: TOKEN }],
    ['host', { secrets: TOKEN, settings: { host: 'evil.example/path' } }],
    ['apiKey', { settings: { host: 'h' } }],
    ['apiKey', { settings: { host: 'h', clientId: 'principal' } }],
  ])('cannot be connected without a usable %s', (setting, overrides) => {
    expect(() => connect(DATABRICKS, overrides)).toThrow(expect.objectContaining({ name: 'VendorSettingError', setting }));
  });

  it('lists its endpoints for language models, which is its probe too', async () => {
    const endpoints = [
      { name: 'databricks-gpt-5-2', task: 'llm/v1/chat' },
      { name: 'fraud-detector', task: 'classification' },
      { name: 'mine' },
    ];
    await using server = await serve({ '/api/2.0/serving-endpoints': JSON.stringify({ endpoints }) });
    const provider = connect(DATABRICKS, { baseUrl: `${server.url}/serving-endpoints`, secrets: TOKEN });
    expect((await provider.listModels?.(AbortSignal.timeout(20_000)))?.map(({ model }) => model)).toEqual(['databricks-gpt-5-2', 'mine']);
    await provider.probe(AbortSignal.timeout(20_000));
    expect(server.asked.map(({ authorization }) => authorization)).toEqual(['Bearer key-of-the-test', 'Bearer key-of-the-test']);
  });

  it('streams reasoning as parts of the content', async () => {
    const chunk = (content: unknown, finish: string | null): string =>
      `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`;
    const text = chunk([{ type: 'reasoning', text: 'Hm.' }], null) + chunk([{ type: 'text', text: '4' }], 'stop');
    await using server = await serve({ '/chat/completions': text });
    const parts: StreamPart[] = [];
    await connect(DATABRICKS, { baseUrl: server.url, secrets: TOKEN }).stream(callOf(), { part: (part) => void parts.push(part) });
    expect(parts.slice(1)).toMatchObject([
      { type: 'reasoning-delta', text: 'Hm.' },
      { type: 'text-delta', text: '4' },
      { type: 'choice-finish', finishReason: 'stop' },
    ]);
  });
});
