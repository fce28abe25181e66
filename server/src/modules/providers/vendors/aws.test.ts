import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, describe, expect, it } from 'vitest';
import { encodeEvent, encodeException } from '../../../../../test/testkit/aws-event-stream.ts';
import { openHttpClient } from '../../../../../test/testkit/http-client.ts';
import { serveHttp } from '../../../../../test/testkit/loopback.ts';
import { ManualClock } from '../../../kernel/clock/index.ts';
import { Secret } from '../../../kernel/crypto/index.ts';
import { createIds } from '../../../kernel/ids/index.ts';
import type { JsonObject, Provider, ProviderCall, StreamPart } from '../contract.ts';
import { toAwsPlace } from './aws.ts';
import { BEDROCK_ANTHROPIC } from './bedrock-anthropic.ts';
import { BEDROCK_OPENAI } from './bedrock-openai.ts';
import { BEDROCK } from './bedrock.ts';
import type { Vendor, VendorConnection } from './vendor.ts';

const httpClient = openHttpClient();
afterAll(() => httpClient[Symbol.asyncDispose]());

function connectionOf(overrides: Partial<VendorConnection>, vendor: Vendor = BEDROCK): VendorConnection {
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

function connect(vendor: Vendor, baseUrl: string): Provider {
  const clock = new ManualClock();
  const secrets = { bearerToken: new Secret('key-of-the-test') };
  return vendor.connect(connectionOf({ baseUrl, secrets }, vendor), {
    httpClient,
    clock,
    ids: createIds(clock),
    maxOutputTokensOf: () => null,
  });
}

describe('a place in AWS', () => {
  const KEYS = { secrets: { accessKeyId: new Secret('AKIAOFTHETEST'), secretAccessKey: new Secret('s') } };

  it.each([
    [BEDROCK, 'https://bedrock-runtime.eu-west-1.amazonaws.com'],
    [BEDROCK_ANTHROPIC, 'https://bedrock-runtime.eu-west-1.amazonaws.com'],
    [BEDROCK_OPENAI, 'https://bedrock-mantle.eu-west-1.api.aws/v1'],
  ])('is in the region that was set', (vendor, baseUrl) => {
    const connection = connectionOf({ ...KEYS, settings: { region: 'eu-west-1' } }, vendor);
    expect(toAwsPlace(connection)).toMatchObject({ region: 'eu-west-1', baseUrl, credentials: { kind: 'keys', sessionToken: null } });
  });

  it('is read from a base URL that names its region, and is us-east-1 where nothing names one', () => {
    const at = (baseUrl: string): string => toAwsPlace(connectionOf({ ...KEYS, baseUrl })).region;
    expect(at('https://bedrock-runtime.ap-southeast-2.amazonaws.com')).toBe('ap-southeast-2');
    expect(at('https://bedrock-runtime-fips.us-gov-west-1.amazonaws.com')).toBe('us-gov-west-1');
    expect(at('https://gateway.example/bedrock')).toBe('us-east-1');
    expect(toAwsPlace(connectionOf(KEYS)).baseUrl).toBe('https://bedrock-runtime.us-east-1.amazonaws.com');
  });

  it('prefers an API key', () => {
    const secrets = { ...KEYS.secrets, bearerToken: new Secret('key-of-the-test') };
    expect(toAwsPlace(connectionOf({ ...KEYS, secrets })).credentials.kind).toBe('bearer');
  });

  it.each([
    ['bearerToken', {}],
    ['accessKeyId', { secrets: { secretAccessKey: KEYS.secrets.secretAccessKey } }],
    ['secretAccessKey', { secrets: { accessKeyId: KEYS.secrets.accessKeyId } }],
    ['region', { ...KEYS, settings: { region: 'evil.example/' } }],
  ])('without a usable %s cannot be connected', (setting, overrides) => {
    expect(() => toAwsPlace(connectionOf(overrides))).toThrow(expect.objectContaining({ name: 'VendorSettingError', setting }));
  });
});

const MODEL = 'us.anthropic.claude-sonnet-4-6';

function callOf(body: JsonObject, dialect: 'anthropic' | null = 'anthropic'): ProviderCall {
  return {
    model: MODEL,
    request: () => ({ messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }], maxOutputTokens: 10 }),
    wire: dialect === null ? null : { dialect, body },
    context: { attemptId: 'attempt-1', signal: new AbortController().signal, remainingMs: 20_000, traceHeaders: {} },
  };
}

const native = (event: unknown): Buffer => encodeEvent('chunk', { bytes: Buffer.from(JSON.stringify(event)).toString('base64'), p: 'abc' });
const OPENING = native({
  type: 'message_start',
  message: { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude', content: [], usage: { input_tokens: 3, output_tokens: 1 } },
});
const TEXT = [
  native({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
  native({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' } }),
];
const CLOSING = [
  native({ type: 'content_block_stop', index: 0 }),
  native({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 2 } }),
  native({ type: 'message_stop', 'amazon-bedrock-invocationMetrics': { inputTokenCount: 3 } }),
];

async function serve(respond: (response: ServerResponse, request: IncomingMessage, body: string) => void) {
  const asked: { path: string; headers: IncomingMessage['headers']; body: string }[] = [];
  const server = await serveHttp((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      asked.push({ path: request.url ?? '', headers: request.headers, body });
      respond(response, request, body);
    });
  });
  return Object.assign(server, { asked });
}

const stream =
  (...pieces: readonly Buffer[]) =>
  (response: ServerResponse): void =>
    void response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' }).end(Buffer.concat(pieces));

async function streamed(...pieces: readonly Buffer[]): Promise<{ parts: StreamPart[]; error: unknown }> {
  await using server = await serve(stream(...pieces));
  const parts: StreamPart[] = [];
  const error = await connect(BEDROCK_ANTHROPIC, server.url)
    .stream(callOf({}, null), { part: (part) => void parts.push(part) })
    .then(
      () => null,
      (failure: unknown) => failure,
    );
  return { parts, error };
}

describe('Claude on Bedrock', () => {
  it('gets the version, the betas and the body that were meant, and neither key nor version of Anthropic', async () => {
    await using server = await serve(stream(OPENING, ...TEXT, ...CLOSING));
    const body = { model: 'x', max_tokens: 10, messages: [], anthropic_beta: ['context-1m'], tools: [{ input: 1.5 }] };
    const pieces: Buffer[] = [];
    await connect(BEDROCK_ANTHROPIC, server.url).relay?.(callOf(body), {
      start: () => undefined,
      events: (bytes) => void pieces.push(bytes),
    });
    const [asked] = server.asked;
    expect(asked?.path).toBe(`/model/${MODEL}/invoke-with-response-stream`);
    expect(JSON.parse(asked?.body ?? '')).toEqual({
      max_tokens: 10,
      messages: [],
      tools: [{ input: 1.5 }],
      anthropic_version: 'bedrock-2023-05-31',
      anthropic_beta: ['context-1m'],
    });
    expect(asked?.headers).toMatchObject({ authorization: 'Bearer key-of-the-test', accept: 'application/vnd.amazon.eventstream' });
    for (const name of ['x-api-key', 'anthropic-version', 'anthropic-beta']) expect(asked?.headers[name]).toBeUndefined();
    expect(Buffer.concat(pieces).toString('utf8')).toMatch(
      /^event: message_start\ndata: \{"type":"message_start".*\n\nevent: content_block_start\n/,
    );
  });

  it.each([
    ['throttlingException', 'Too many requests', 'rate-limit'],
    ['validationException', 'prompt is too long: 3 tokens > 2 maximum', 'too-long'],
    ['modelStreamErrorException', 'The model broke', 'overloaded'],
    ['accessDeniedException', 'no access', 'auth'],
  ])('tells %s in the middle of its stream as what it is', async (type, message, errorClass) => {
    const { parts, error } = await streamed(OPENING, ...TEXT, encodeException(type, { message }));
    expect(parts.at(-1)).toMatchObject({ type: 'text-delta', text: 'Hi' });
    expect(error).toMatchObject({ name: 'ProviderError', errorClass });
  });

  it('does not take a damaged or broken stream for an answer', async () => {
    const damaged = Buffer.from(TEXT[1] as Buffer);
    damaged.writeUInt8(damaged.readUInt8(40) ^ 1, 40);
    for (const pieces of [
      [OPENING, damaged, ...CLOSING],
      [OPENING, ...TEXT],
      [OPENING, (TEXT[0] as Buffer).subarray(0, 30)],
    ])
      expect((await streamed(...pieces)).error).toMatchObject({ errorClass: 'malformed' });
  });

  it.each([
    [400, 'ValidationException', 'messages: field required', 'invalid'],
    [400, 'ValidationException', 'The provided model identifier is invalid.', 'not-found'],
    [429, 'ThrottlingException', 'Too many tokens per day', 'quota'],
    [503, 'ServiceUnavailableException', 'Model is getting throttled.', 'rate-limit'],
    [500, 'InternalServerException', 'Unexpected', 'overloaded'],
  ])('answered with %i %s "%s" is of the class that Converse would give', async (status, type, message, errorClass) => {
    await using server = await serve((response) =>
      response
        .writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': `${type}:http://x/` })
        .end(JSON.stringify({ message })),
    );
    const provider = connect(BEDROCK_ANTHROPIC, server.url);
    await expect(provider.complete(callOf({}, null))).rejects.toMatchObject({ errorClass, httpStatus: status });
    await expect(provider.stream(callOf({}, null), { part: () => undefined })).rejects.toMatchObject({ errorClass, httpStatus: status });
  });

  it('counts tokens with the bound that an invocation demands', async () => {
    await using server = await serve((response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"inputTokens":21}'),
    );
    const body = { model: 'x', messages: [], thinking: { type: 'enabled', budget_tokens: 2000 } };
    expect(await connect(BEDROCK_ANTHROPIC, server.url).countTokens?.(callOf(body))).toBe(21);
    const { input } = JSON.parse(server.asked[0]?.body ?? '') as { input: { invokeModel: { body: string } } };
    expect(JSON.parse(Buffer.from(input.invokeModel.body, 'base64').toString('utf8'))).toEqual({
      max_tokens: 3024,
      messages: [],
      thinking: { type: 'enabled', budget_tokens: 2000 },
      anthropic_version: 'bedrock-2023-05-31',
    });
  });

  it('lists the models of its maker, which is its probe too', async () => {
    const list = { modelSummaries: [{ modelId: 'anthropic.claude-sonnet-4-6', modelName: 'Claude Sonnet 4.6' }] };
    await using server = await serve((response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(list)),
    );
    const provider = connect(BEDROCK_ANTHROPIC, server.url);
    expect(await provider.listModels?.(AbortSignal.timeout(20_000))).toMatchObject([
      { model: 'anthropic.claude-sonnet-4-6', displayName: 'Claude Sonnet 4.6' },
    ]);
    await provider.probe(AbortSignal.timeout(20_000));
    expect(server.asked.map(({ path }) => path)).toEqual([
      '/foundation-models?byProvider=anthropic',
      '/foundation-models?byProvider=anthropic',
    ]);
  });
});
