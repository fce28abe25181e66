/** Recordings of watsonx with its own vendor: a bought token, the project in every body, and the paths with and without a version. */
import { afterAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../server/src/kernel/clock/index.ts';
import { Secret } from '../../server/src/kernel/crypto/index.ts';
import { createIds } from '../../server/src/kernel/ids/index.ts';
import {
  findVendor,
  fromOpenAiChatBody,
  type JsonObject,
  type Provider,
  type ProviderCall,
  type StreamPart,
} from '../../server/src/modules/providers/index.ts';
import { ChoiceBuilder } from '../../server/src/modules/providers/shared/choice-builder.ts';
import { openHttpClient } from '../testkit/http-client.ts';
import { serveRecorded, type Splitting } from '../testkit/replay-server.ts';
import { eventsOf, foldStream, lastUsage } from './openai.fold.ts';
import { HAS_RECORDINGS, readWireCases, type RecordedWireCase } from './recorded-wires.ts';

const httpClient = openHttpClient();
afterAll(() => httpClient[Symbol.asyncDispose]());

const cases = readWireCases('watsonx').map((recorded) => [recorded.name, recorded] as const);
const CUTS = ['whole', 'bytes', { seed: 7, mostBytes: 400 }] as const satisfies readonly Splitting[];

function tokenServer() {
  return serveRecorded({
    method: 'POST',
    path: '/identity/token',
    requestBody: 'grant_type=urn%3Aibm%3Aparams%3Aoauth%3Agrant-type%3Aapikey&apikey=key-of-the-test',
    status: 200,
    responseHeaders: { 'content-type': 'application/json' },
    responseBody: Buffer.from('{"access_token":"token-of-the-test","expires_in":3600}'),
  });
}

function connect(baseUrl: string, iamUrl: string, settings: Record<string, string>): Provider {
  const vendor = findVendor('watsonx');
  if (vendor === null) throw new Error('There is no vendor watsonx.');
  const clock = new ManualClock();
  const connection = {
    providerId: 'watsonx',
    displayName: vendor.displayName,
    baseUrl,
    settings: { iamUrl: `${iamUrl}/identity/token`, ...settings },
    secrets: { apiKey: new Secret('key-of-the-test') },
    headers: {},
    egress: 'operator',
  } as const;
  return vendor.connect(connection, { httpClient, clock, ids: createIds(clock), maxOutputTokensOf: () => null });
}

/** The client of the recordings had put the project under a name of its own. */
function projectOf(body: JsonObject): string {
  return (body['extra_body'] as { project_id: string }).project_id;
}

function callOf({ extra_body: _own, ...body }: JsonObject): ProviderCall {
  const context = { attemptId: 'attempt-1', signal: new AbortController().signal, remainingMs: 20_000, traceHeaders: {} };
  return { model: String(body['model']), request: () => fromOpenAiChatBody(body), wire: null, context };
}

interface Lane {
  readonly path: string;
  readonly settings: Record<string, string>;
  toBody(body: JsonObject): JsonObject;
}

const COMPATIBLE: Lane = { path: '/ml/v1/chat/completions', settings: {}, toBody: (body) => body };
const VERSIONED: Lane = {
  path: '/ml/v1/text/chat_stream',
  settings: { apiVersion: '2025-02-11' },
  toBody: ({ model, stream: _stream, stream_options: _options, ...body }) => ({ ...body, model_id: model ?? null }),
};

async function partsOf(recorded: RecordedWireCase, lane: Lane, splitting: Splitting): Promise<StreamPart[]> {
  const body = recorded.request?.body as JsonObject;
  const { extra_body: _own, ...sent } = body;
  const project = projectOf(body);
  await using tokens = await tokenServer();
  await using server = await serveRecorded(
    {
      method: 'POST',
      path: lane.path,
      requestHeaders: { authorization: 'Bearer token-of-the-test' },
      requestBody: { ...lane.toBody(sent), project_id: project },
      status: recorded.status,
      responseHeaders: recorded.headers,
      responseBody: recorded.stream as Buffer,
    },
    splitting,
  );
  const parts: StreamPart[] = [];
  const provider = connect(server.url, tokens.url, { projectId: project, ...lane.settings });
  await provider.stream(callOf(body), { part: (part) => void parts.push(part) });
  expect([...server.mismatches, ...tokens.mismatches]).toEqual([]);
  expect([server.served, tokens.served]).toEqual([1, 1]);
  return parts;
}

describe.skipIf(!HAS_RECORDINGS)('watsonx over recorded traffic', () => {
  it('knows every recorded case: all are streams of its OpenAI-compatible path', () => {
    expect(cases).toHaveLength(6);
    for (const [, { request, stream }] of cases) expect([request?.path, stream === null]).toEqual([COMPATIBLE.path, false]);
  });

  it.each(cases)('%s gives what it held, cut anywhere and on either path', async (_name, recorded) => {
    const parts = await partsOf(recorded, COMPATIBLE, 'whole');
    const builder = new ChoiceBuilder();
    for (const part of parts) builder.add(part);
    const [choice] = builder.build();
    const events = eventsOf(recorded.stream as Buffer);
    const [expected] = foldStream(events);
    expect(choice).toMatchObject({ text: expected?.text, rawFinishReason: expected?.finishReason });
    expect(choice?.toolCalls.map(({ id, name, argumentsText }) => ({ id, name, arguments: argumentsText }))).toEqual(expected?.calls);
    const usage = parts.flatMap((part) => (part.type === 'usage' ? [part.usage] : [])).at(-1);
    expect(usage?.raw).toEqual(lastUsage(events));
    expect(usage?.totalTokens).toBe((lastUsage(events) as { total_tokens: number }).total_tokens);
    for (const splitting of CUTS)
      for (const lane of [COMPATIBLE, VERSIONED]) expect(await partsOf(recorded, lane, splitting)).toEqual(parts);
  });
});

describe('what is particular to watsonx', () => {
  it('asks a space of deployments, with a choice of tools that has its own field, at the path with a version', async () => {
    await using tokens = await tokenServer();
    await using server = await serveRecorded({
      method: 'POST',
      path: '/ml/v1/text/chat',
      requestBody: {
        model_id: 'ibm/granite-4-h-small',
        space_id: 'space-1',
        messages: [{ role: 'user', content: 'Hi' }],
        tools: [{ type: 'function', function: { name: 'f' } }],
        tool_choice_option: 'required',
      },
      status: 200,
      responseHeaders: { 'content-type': 'application/json' },
      responseBody: Buffer.from(
        '{"id":"c","model_id":"ibm/granite-4-h-small","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}]}',
      ),
    });
    const body = {
      model: 'ibm/granite-4-h-small',
      messages: [{ role: 'user', content: 'Hi' }],
      tools: [{ type: 'function', function: { name: 'f' } }],
      tool_choice: 'required',
    };
    const result = await connect(server.url, tokens.url, { spaceId: 'space-1', apiVersion: '2025-02-11' }).complete(callOf(body));
    expect(result.choices[0]?.text).toBe('Hello');
    expect(server.mismatches).toEqual([]);
  });

  it.each([
    [404, 'model_not_supported', "Model 'x' is not supported for this environment.", 'not-found'],
    [403, 'token_quota_reached', 'Tokens used so far exceed the quota.', 'quota'],
    [401, 'authentication_token_expired', 'Failed to authenticate the request.', 'auth'],
    [400, 'invalid_request_entity', 'Missing field messages.', 'invalid'],
  ])('reads its list of errors: %i %s', async (status, code, message, errorClass) => {
    await using tokens = await tokenServer();
    const responseBody = Buffer.from(JSON.stringify({ errors: [{ code, message }], trace: 't', status_code: status }));
    await using server = await serveRecorded({
      method: 'POST',
      path: COMPATIBLE.path,
      status,
      responseHeaders: { 'content-type': 'application/json' },
      responseBody,
    });
    const provider = connect(server.url, tokens.url, { projectId: 'p' });
    await expect(provider.complete(callOf({ model: 'x', messages: [{ role: 'user', content: 'Hi' }] }))).rejects.toMatchObject({
      errorClass,
      httpStatus: status,
    });
  });

  it.each([
    ['projectId', {}],
    ['apiVersion', { projectId: 'p', apiVersion: 'newest' }],
    ['region', { projectId: 'p', region: 'evil.example/' }],
  ])('cannot be connected without a usable %s', (setting, settings) => {
    expect(() => connect('https://{region}.ml.cloud.ibm.com/ml/v1', 'http://127.0.0.1:1', settings)).toThrow(
      expect.objectContaining({ name: 'VendorSettingError', setting }),
    );
  });
});
