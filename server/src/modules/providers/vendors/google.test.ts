import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, describe, expect, it } from 'vitest';
import { openHttpClient } from '../../../../../test/testkit/http-client.ts';
import { serveHttp } from '../../../../../test/testkit/loopback.ts';
import { ManualClock } from '../../../kernel/clock/index.ts';
import { Secret } from '../../../kernel/crypto/index.ts';
import { createIds } from '../../../kernel/ids/index.ts';
import type { Provider, ProviderCall } from '../contract.ts';
import { GOOGLE_GEMINI } from './google-gemini.ts';
import { GOOGLE_VERTEX_ANTHROPIC } from './google-vertex-anthropic.ts';
import { GOOGLE_VERTEX_OPENAI } from './google-vertex-openai.ts';
import { GOOGLE_VERTEX } from './google-vertex.ts';
import { toProjectPlace, VERTEX_BASE_URL } from './google.ts';
import { VendorSettingError, type Vendor, type VendorConnection } from './vendor.ts';

const httpClient = openHttpClient();
afterAll(() => httpClient[Symbol.asyncDispose]());

const KEY = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PEM = KEY.privateKey.export({ type: 'pkcs8', format: 'pem' });
const ANSWER = { candidates: [{ content: { parts: [{ text: 'hi' }], role: 'model' }, finishReason: 'STOP' }] };
const MESSAGE = { id: 'm', type: 'message', content: [{ type: 'text', text: 'hi' }], stop_reason: 'end_turn', usage: { input_tokens: 1 } };

function keyFile(tokenUrl: string, fields: Record<string, unknown> = {}): string {
  return JSON.stringify({
    type: 'service_account',
    project_id: 'project-of-the-key',
    private_key_id: 'key-1',
    private_key: PEM,
    client_email: 'robot@project-of-the-key.iam.gserviceaccount.com',
    token_uri: tokenUrl,
    ...fields,
  });
}

function connectionOf(overrides: Partial<VendorConnection>, vendor: Vendor = GOOGLE_VERTEX): VendorConnection {
  const { id: providerId, displayName, defaultBaseUrl } = vendor;
  return {
    providerId,
    displayName,
    baseUrl: defaultBaseUrl ?? '',
    settings: {},
    secrets: {},
    headers: {},
    egress: 'operator',
    ...overrides,
  };
}

function depsOf(clock = new ManualClock()) {
  return { httpClient, clock, ids: createIds(clock), maxOutputTokensOf: () => 100 };
}

function callOf(signal = new AbortController().signal): ProviderCall {
  return {
    model: 'gemini-made-1',
    request: () => ({ messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }] }),
    wire: null,
    context: { attemptId: 'attempt-1', signal, remainingMs: 10_000, traceHeaders: {} },
  };
}

interface Seen {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

type Reply = (response: ServerResponse, seen: Seen, count: number) => void;

/** A token endpoint and a model in one server; tokens are `token-1`, `token-2`, … for an hour. */
async function serveGoogle(replies: { readonly token?: Reply; readonly model?: Reply } = {}) {
  const tokens: Seen[] = [];
  const calls: Seen[] = [];
  const json = (response: ServerResponse, status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const token: Reply = (response, _seen, count) =>
    json(response, 200, { access_token: `token-${count}`, expires_in: 3600, token_type: 'Bearer' });
  const model: Reply = (response, { path }) => json(response, 200, path.includes('rawPredict') ? MESSAGE : ANSWER);
  const server = await serveHttp((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const seen = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
      const isToken = seen.path === '/token';
      const list = isToken ? tokens : calls;
      list.push(seen);
      const reply = isToken ? (replies.token ?? token) : (replies.model ?? model);
      reply(response, seen, list.length);
    });
  });
  return { url: server.url, tokens, calls, json, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

function connect(url: string, clock: ManualClock, vendor: Vendor = GOOGLE_VERTEX, tokenUrl = `${url}/token`): Provider {
  const secrets = { credentials: new Secret(keyFile(tokenUrl)) };
  return vendor.connect(connectionOf({ baseUrl: `${url}/v1`, secrets, settings: { location: 'europe-west4' } }, vendor), depsOf(clock));
}

describe('a service account', () => {
  it('signs an assertion that its public key verifies, and calls with the token it is given', async () => {
    await using google = await serveGoogle();
    const clock = new ManualClock();
    await connect(google.url, clock).complete(callOf());
    const form = new URLSearchParams(google.tokens[0]?.body);
    expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    const [header = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.');
    const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    const issuedAt = Math.floor(clock.nowMs() / 1000);
    expect(read(header)).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'key-1' });
    expect(read(claims)).toEqual({
      iss: 'robot@project-of-the-key.iam.gserviceaccount.com',
      scope: 'https://www.googleapis.com/auth/cloud-platform',
      aud: `${google.url}/token`,
      iat: issuedAt,
      exp: issuedAt + 3600,
    });
    const key = createPublicKey(KEY.publicKey.export({ type: 'spki', format: 'pem' }));
    expect(verify('RSA-SHA256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(verify('RSA-SHA256', Buffer.from(`${header}.${claims}x`), key, Buffer.from(signature, 'base64url'))).toBe(false);
    expect(google.calls.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ['/v1/projects/project-of-the-key/locations/europe-west4/publishers/google/models/gemini-made-1:generateContent', 'Bearer token-1'],
    ]);
  });

  it('is asked once for all calls that wait, and again five minutes before the token ends', async () => {
    await using google = await serveGoogle();
    const clock = new ManualClock();
    const provider = connect(google.url, clock);
    await Promise.all([provider.complete(callOf()), provider.complete(callOf()), provider.complete(callOf())]);
    expect(google.tokens).toHaveLength(1);
    clock.advance(3600_000 - 5 * 60_000 - 1);
    await provider.complete(callOf());
    expect(google.tokens).toHaveLength(1);
    clock.advance(1);
    await provider.complete(callOf());
    expect(google.tokens).toHaveLength(2);
    expect(google.calls.map(({ headers }) => headers.authorization)).toEqual([
      ...Array.from({ length: 4 }, () => 'Bearer token-1'),
      'Bearer token-2',
    ]);
  });

  it('is asked anew after a call was refused with 401', async () => {
    await using google = await serveGoogle({
      model: (response, _seen, count) =>
        google.json(response, count === 1 ? 401 : 200, count === 1 ? { error: { code: 401, status: 'UNAUTHENTICATED' } } : ANSWER),
    });
    const provider = connect(google.url, new ManualClock());
    await expect(provider.complete(callOf())).rejects.toMatchObject({ errorClass: 'auth', httpStatus: 401 });
    await provider.complete(callOf());
    expect(google.calls.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it.each([
    [400, { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' }, 'auth'],
    [401, { error: 'invalid_client' }, 'auth'],
    [503, { error: 'unavailable' }, 'overloaded'],
    [200, { token_type: 'Bearer' }, 'malformed'],
  ] as const)('that is answered %i %j fails the call as %s, and the next call asks again', async (status, body, errorClass) => {
    await using google = await serveGoogle({ token: (response) => google.json(response, status, body) });
    const provider = connect(google.url, new ManualClock());
    await expect(provider.complete(callOf())).rejects.toMatchObject({ errorClass, callerMessage: null });
    await expect(provider.stream(callOf(), { part: () => undefined })).rejects.toMatchObject({ errorClass });
    expect([google.tokens.length, google.calls.length]).toEqual([2, 0]);
  });

  it('is told as unreachable when its token endpoint is', async () => {
    await using google = await serveGoogle();
    const provider = connect(google.url, new ManualClock(), GOOGLE_VERTEX, 'http://127.0.0.1:1/token');
    await expect(provider.complete(callOf())).rejects.toMatchObject({ errorClass: 'transport' });
  });

  it('goes on for the others when one who waits is called off', async () => {
    const waiting: (() => void)[] = [];
    await using google = await serveGoogle({
      token: (response) => void waiting.push(() => google.json(response, 200, { access_token: 'token-1', expires_in: 3600 })),
    });
    const provider = connect(google.url, new ManualClock());
    const leaving = new AbortController();
    const left = provider.complete(callOf(leaving.signal));
    const stays = provider.complete(callOf());
    leaving.abort();
    await expect(left).rejects.toMatchObject({ errorClass: 'cancelled' });
    while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
    waiting[0]?.();
    expect((await stays).choices[0]?.text).toBe('hi');
    expect(google.tokens).toHaveLength(1);
  });

  it('may not lead a connection that people made to private addresses', async () => {
    await using google = await serveGoogle();
    const secrets = { credentials: new Secret(keyFile(`${google.url}/token`)) };
    const provider = GOOGLE_VERTEX.connect(connectionOf({ secrets, egress: 'public' }), depsOf());
    await expect(provider.complete(callOf())).rejects.toMatchObject({ errorClass: 'transport' });
    expect(google.tokens).toHaveLength(0);
  });

  it('serves Claude too, without the key that its own API wants', async () => {
    await using google = await serveGoogle();
    const result = await connect(google.url, new ManualClock(), GOOGLE_VERTEX_ANTHROPIC).complete({ ...callOf(), model: 'claude-made@1' });
    expect(result.choices[0]?.text).toBe('hi');
    const [call] = google.calls;
    expect(call?.path).toBe('/v1/projects/project-of-the-key/locations/europe-west4/publishers/anthropic/models/claude-made@1:rawPredict');
    expect([call?.headers.authorization, call?.headers['x-api-key'], call?.headers['anthropic-version']]).toEqual([
      'Bearer token-1',
      undefined,
      undefined,
    ]);
    expect(JSON.parse(call?.body ?? '')).toMatchObject({ anthropic_version: 'vertex-2023-10-16', max_tokens: 100 });
  });
});

describe('models of other makers', () => {
  const CHAT = { id: 'c', model: 'm', choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }] };

  it('are served over the OpenAI wire, by the same account', async () => {
    await using google = await serveGoogle({
      model: (response, { path }) => google.json(response, 200, path.includes('countTokens') ? { totalTokens: 1 } : CHAT),
    });
    const provider = connect(google.url, new ManualClock(), GOOGLE_VERTEX_OPENAI);
    const result = await provider.complete({ ...callOf(), model: 'meta/llama-made-maas' });
    await provider.probe(new AbortController().signal);
    expect([result.choices[0]?.text, provider.dialects, provider.embed]).toEqual(['hi', ['openai'], undefined]);
    const project = '/v1/projects/project-of-the-key/locations/europe-west4';
    expect(google.calls.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      [`${project}/endpoints/openapi/chat/completions`, 'Bearer token-1'],
      [`${project}/publishers/google/models/gemini-2.5-flash:countTokens`, 'Bearer token-1'],
    ]);
    expect(JSON.parse(google.calls[0]?.body ?? '')).toMatchObject({ model: 'meta/llama-made-maas' });
    expect(google.tokens).toHaveLength(1);
  });

  it('stop using a token that was refused, whole and streamed', async () => {
    await using google = await serveGoogle({
      model: (response) => google.json(response, 401, { error: { code: 401, message: 'expired' } }),
    });
    const provider = connect(google.url, new ManualClock(), GOOGLE_VERTEX_OPENAI);
    const call = { ...callOf(), model: 'meta/llama-made-maas' };
    await expect(provider.complete(call)).rejects.toMatchObject({ errorClass: 'auth' });
    await expect(provider.stream(call, { part: () => undefined })).rejects.toMatchObject({ errorClass: 'auth' });
    await expect(provider.complete(call)).rejects.toMatchObject({ errorClass: 'auth' });
    expect(google.calls.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2', 'Bearer token-3']);
  });

  it.each(['claude-made@1', 'meta/llama-made-maas'])('are not asked over the wire of Gemini: %s', async (model) => {
    await using google = await serveGoogle();
    const asking = connect(google.url, new ManualClock()).complete({ ...callOf(), model });
    await expect(asking).rejects.toMatchObject({
      errorClass: 'not-found',
      param: 'model',
      callerMessage: expect.stringContaining('google-vertex-openai') as string,
    });
    expect(google.calls).toEqual([]);
  });
});

describe('a place at Google', () => {
  const TOKEN = { accessToken: new Secret('token-of-the-test') };
  const at = (overrides: Partial<VendorConnection>): string =>
    toProjectPlace(connectionOf({ secrets: TOKEN, ...overrides }), depsOf()).baseUrl;

  it.each([
    [{ settings: { project: 'p-1' } }, `${VERTEX_BASE_URL}/projects/p-1/locations/global`],
    [
      { settings: { project: 'p-1', location: 'us-east5' } },
      'https://us-east5-aiplatform.googleapis.com/v1beta1/projects/p-1/locations/us-east5',
    ],
    [
      { baseUrl: 'https://gateway.example/vertex', settings: { project: 'p-1', location: 'us-east5' } },
      'https://gateway.example/vertex/projects/p-1/locations/us-east5',
    ],
    [{ baseUrl: 'https://gateway.example/projects/p-2/locations/l' }, 'https://gateway.example/projects/p-2/locations/l'],
    [
      { secrets: { credentials: new Secret(keyFile('https://t.example')) } },
      `${VERTEX_BASE_URL}/projects/project-of-the-key/locations/global`,
    ],
  ])('of %j is %s', (overrides, baseUrl) => {
    expect(at(overrides)).toBe(baseUrl);
  });

  it.each([
    [{ secrets: {} }, 'credentials', /needs credentials/],
    [{}, 'project', /needs the id of your Google Cloud project/],
    [{ settings: { project: 'p/../q' } }, 'project', /not the id of one/],
    [{ settings: { project: 'p', location: 'a.b' } }, 'location', /write it like/],
    [{ secrets: { credentials: new Secret('/path/to/key.json') } }, 'credentials', /it is not JSON/],
    [{ secrets: { credentials: new Secret('{"type":"authorized_user"}') } }, 'credentials', /not service_account/],
    [{ secrets: { credentials: new Secret(keyFile('https://t.example', { private_key: undefined })) } }, 'credentials', /lacks/],
    [{ secrets: { credentials: new Secret(keyFile('https://t.example', { private_key: 'pem' })) } }, 'credentials', /no RSA key/],
    [{ secrets: { credentials: new Secret(keyFile('file:///etc/passwd')) } }, 'credentials', /no URL/],
  ])('of %j is refused with what to change', (overrides, setting, message) => {
    const refusal = (): string => at(overrides);
    expect(refusal).toThrow(VendorSettingError);
    expect(refusal).toThrow(expect.objectContaining({ setting, message: expect.stringMatching(message) as string }) as Error);
  });

  it('needs neither project nor location with a key of express mode', async () => {
    await using google = await serveGoogle();
    const connection = connectionOf({
      baseUrl: `${google.url}/v1`,
      secrets: { apiKey: new Secret('key-of-the-test') },
      settings: { project: 'p' },
    });
    await GOOGLE_VERTEX.connect(connection, depsOf()).complete(callOf());
    expect(google.calls.map(({ path, headers }) => [path, headers['x-goog-api-key'], headers.authorization])).toEqual([
      ['/v1/publishers/google/models/gemini-made-1:generateContent', 'key-of-the-test', undefined],
    ]);
  });

  it('is asked whether it answers by a count of one word', async () => {
    await using google = await serveGoogle({ model: (response) => google.json(response, 200, { totalTokens: 1 }) });
    const settings = { project: 'p', probeModel: 'gemini-made-2' };
    const provider = GOOGLE_VERTEX.connect(connectionOf({ baseUrl: google.url, secrets: TOKEN, settings }), depsOf());
    await provider.probe(new AbortController().signal);
    expect(google.calls.map(({ path }) => path)).toEqual([
      '/projects/p/locations/global/publishers/google/models/gemini-made-2:countTokens',
    ]);
    expect(provider.listModels).toBeUndefined();
  });
});

describe('the Gemini API', () => {
  it('is reached with its key in a header, never in the URL', async () => {
    await using google = await serveGoogle();
    const secrets = { apiKey: new Secret('key-of-the-test') };
    const connection = connectionOf({ baseUrl: `${google.url}/v1beta`, secrets, headers: { 'x-own': 'yes' } }, GOOGLE_GEMINI);
    await GOOGLE_GEMINI.connect(connection, depsOf()).complete(callOf());
    expect(google.calls.map(({ path, headers }) => [path, headers['x-goog-api-key'], headers['x-own']])).toEqual([
      ['/v1beta/models/gemini-made-1:generateContent', 'key-of-the-test', 'yes'],
    ]);
  });

  it('cannot be connected without a key', () => {
    expect(() => GOOGLE_GEMINI.connect(connectionOf({}, GOOGLE_GEMINI), depsOf())).toThrow(VendorSettingError);
  });
});
