import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../kernel/clock/index.ts';
import { Secret } from '../../../../kernel/crypto/index.ts';
import { serveHttp } from '../../../../../../test/testkit/loopback.ts';
import {
  callOf,
  collect,
  contextOf,
  createTestClient,
  errorOf,
  partsOf,
  PLAIN_REQUEST,
} from '../../../../../../test/testkit/provider-calls.ts';
import type { JsonObject, Provider, StreamPart } from '../../contract.ts';
import { createReplicateProvider } from './index.ts';

const httpClient = createTestClient();
afterAll(() => httpClient.close());
const CALL = callOf('meta/llama', PLAIN_REQUEST);
const METRICS = { input_token_count: 3, output_token_count: 4, predict_time: 0.5 };

interface Asked {
  readonly line: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: JsonObject;
}

/** Answers each `METHOD path` with what a test says, the last answer of a list again and again. */
async function serve(answers: Readonly<Record<string, readonly ((response: ServerResponse, baseUrl: string) => void)[]>>) {
  const asked: Asked[] = [];
  const counts = new Map<string, number>();
  const server = await serveHttp((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const line = `${request.method} ${request.url}`;
      asked.push({ line, headers: request.headers, body: (text === '' ? {} : JSON.parse(text)) as JsonObject });
      const count = counts.get(line) ?? 0;
      counts.set(line, count + 1);
      const answer = answers[line]?.[Math.min(count, (answers[line]?.length ?? 1) - 1)];
      if (answer === undefined) response.writeHead(404).end();
      else answer(response, server.url);
    });
  });
  return { url: server.url, asked, drained: () => server.drained(), [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

const told =
  (status: string, fields: JsonObject = {}, httpStatus = 200) =>
  (response: ServerResponse): void => {
    const created = '2026-01-01T00:00:01.5Z';
    response.writeHead(httpStatus, { 'content-type': 'application/json', 'ratelimit-remaining': '599', 'ratelimit-reset': '1' });
    response.end(JSON.stringify({ id: 'p1', model: 'meta/llama', version: 'v', status, created_at: created, urls: {}, ...fields }));
  };
const startedWithStream = (response: ServerResponse, baseUrl: string): void =>
  told('starting', { urls: { stream: `${baseUrl}/stream/p1` } }, 201)(response);
const events =
  (text: string) =>
  (response: ServerResponse): void =>
    void response.writeHead(200, { 'content-type': 'text/event-stream' }).end(text);

function providerAt(baseUrl: string): Provider {
  return createReplicateProvider({
    id: 'replicate',
    displayName: 'Replicate',
    baseUrl,
    apiKey: new Secret('key-of-the-test'),
    pollIntervalMs: 1,
    httpClient,
    clock: systemClock,
    egress: 'operator',
  });
}

const CREATE = 'POST /v1/models/meta/llama/predictions';
const GET = 'GET /v1/predictions/p1';
const CANCEL = 'POST /v1/predictions/p1/cancel';
const STREAM = 'GET /stream/p1';
const OUTPUT = 'event: output\nid: 1\ndata: Hi\n\nevent: output\ndata:  there\ndata: \ndata: é\n\n';
const DONE = 'event: done\ndata: {}\n\n';

describe('a whole answer of Replicate', () => {
  it('is waited for in the request that makes the prediction', async () => {
    await using server = await serve({ [CREATE]: [told('succeeded', { output: ['Hi', ' there'], metrics: METRICS }, 201)] });
    const result = await providerAt(`${server.url}/v1`).complete(CALL);
    expect(result).toMatchObject({
      id: 'p1',
      model: 'meta/llama',
      createdAtSeconds: Date.UTC(2026, 0, 1) / 1000 + 1,
      choices: [{ text: 'Hi there', finishReason: 'stop', rawFinishReason: 'succeeded' }],
      usage: { inputTokens: 3, outputTokens: 4, totalTokens: 7, raw: METRICS },
      extra: { version: 'v', metrics: METRICS },
      warnings: [],
    });
    expect(result.upstream.headroom).toEqual({ requests: { limit: null, remaining: 599, resetMs: 1000 } });
    expect(server.asked.map(({ line }) => line)).toEqual([CREATE]);
    expect(server.asked[0]?.body).toEqual({ input: { prompt: 'Hello' } });
    expect(server.asked[0]?.headers).toMatchObject({ authorization: 'Bearer key-of-the-test', prefer: 'wait=20', 'cancel-after': '20s' });
  });

  it('is looked for until the prediction is over', async () => {
    await using server = await serve({
      [CREATE]: [told('starting', {}, 201)],
      [GET]: [told('processing'), told('processing'), told('succeeded', { output: 'Hi', metrics: { predict_time: 1 } })],
    });
    const result = await providerAt(server.url).complete(CALL);
    expect(result).toMatchObject({ choices: [{ text: 'Hi' }], usage: null });
    expect(server.asked.map(({ line }) => line)).toEqual([CREATE, GET, GET, GET]);
  });

  it('is cancelled when time is up', async () => {
    await using server = await serve({ [CREATE]: [told('starting', {}, 201)], [GET]: [told('processing')], [CANCEL]: [told('canceled')] });
    const error = await errorOf(providerAt(server.url).complete({ ...CALL, context: { ...contextOf(), remainingMs: 100 } }));
    expect(error).toMatchObject({ errorClass: 'timeout' });
    await expect.poll(() => server.asked.at(-1)?.line).toBe(CANCEL);
  });

  it('is cancelled when the caller leaves', async () => {
    const controller = new AbortController();
    await using server = await serve({
      [CREATE]: [told('starting', {}, 201)],
      [GET]: [
        (response) => {
          told('processing')(response);
          controller.abort();
        },
      ],
      [CANCEL]: [told('canceled')],
    });
    const error = await errorOf(providerAt(server.url).complete({ ...CALL, context: contextOf(controller.signal) }));
    expect(error).toMatchObject({ errorClass: 'cancelled' });
    await expect.poll(() => server.asked.at(-1)?.line).toBe(CANCEL);
  });

  it.each([
    ['failed', 'Prompt length exceeds maximum input length', 'too-long', 'Prompt length exceeds maximum input length'],
    ['failed', 'The input or output was flagged as sensitive. (E005)', 'blocked', 'The input or output was flagged as sensitive. (E005)'],
    ['failed', 'CUDA out of memory', 'overloaded', null],
    ['canceled', null, 'overloaded', null],
  ] as const)('that %s with %j is an error of its class: %s', async (status, message, errorClass, callerMessage) => {
    await using server = await serve({ [CREATE]: [told(status, { error: message })] });
    expect(await errorOf(providerAt(server.url).complete(CALL))).toMatchObject({ errorClass, callerMessage });
    expect(server.asked).toHaveLength(1);
  });

  it('is refused when it is no prediction, or its id would leave its place in a path', async () => {
    await using server = await serve({ [CREATE]: [told('starting', { id: '../account' }), (response) => void response.end('[]')] });
    for (let count = 0; count < 2; count += 1)
      expect(await errorOf(providerAt(server.url).complete(CALL))).toMatchObject({ errorClass: 'malformed' });
    expect(server.asked).toHaveLength(2);
  });
});

describe('a streamed answer of Replicate', () => {
  it('is read where the prediction says, and closed by what the prediction then says', async () => {
    await using server = await serve({
      [CREATE]: [startedWithStream],
      [STREAM]: [events(OUTPUT + DONE)],
      [GET]: [told('processing'), told('succeeded', { metrics: METRICS })],
    });
    const parts = await partsOf(providerAt(server.url), CALL);
    expect(parts.map(({ type }) => type)).toEqual(['response-start', 'text-delta', 'text-delta', 'choice-finish', 'usage']);
    const { choices, usage } = collect(parts);
    expect(choices).toMatchObject([{ text: 'Hi there\n\né', finishReason: 'stop', rawFinishReason: 'succeeded' }]);
    expect(usage).toMatchObject({ totalTokens: 7 });
    expect(server.asked.map(({ line }) => line)).toEqual([CREATE, STREAM, GET, GET]);
    expect(server.asked[0]?.headers).not.toHaveProperty('prefer');
    expect(server.asked[1]?.headers['authorization']).toBe('Bearer key-of-the-test');
  });

  it('comes whole from a model without a stream, and from one whose stream lies with a stranger', async () => {
    const strange = told('starting', { urls: { stream: 'https://example.com/stream' } }, 201);
    await using server = await serve({
      [CREATE]: [told('starting', {}, 201), strange],
      [GET]: [told('succeeded', { output: ['H', 'i'] })],
    });
    for (let count = 0; count < 2; count += 1)
      expect(collect(await partsOf(providerAt(server.url), CALL)).choices).toMatchObject([{ text: 'Hi', finishReason: 'stop' }]);
    expect(server.asked.map(({ line }) => line)).toEqual([CREATE, GET, CREATE, GET]);
  });

  it('gives what came before an error, then the error, and cancels nothing', async () => {
    await using server = await serve({
      [CREATE]: [startedWithStream],
      [STREAM]: [events(`${OUTPUT}event: error\ndata: {"detail":"Prompt length exceeds maximum input length"}\n\n`)],
    });
    const parts: StreamPart[] = [];
    const error = await errorOf(providerAt(server.url).stream(CALL, { part: (part) => void parts.push(part) }));
    expect(parts).toHaveLength(3);
    expect(error).toMatchObject({ errorClass: 'too-long', callerMessage: 'Prompt length exceeds maximum input length' });
    expect(server.asked.map(({ line }) => line)).toEqual([CREATE, STREAM]);
  });

  it('that ended badly is an error although its stream looked well', async () => {
    await using server = await serve({
      [CREATE]: [startedWithStream],
      [STREAM]: [events(OUTPUT + DONE)],
      [GET]: [told('failed', { error: 'interrupted' })],
    });
    expect(await errorOf(partsOf(providerAt(server.url), CALL))).toMatchObject({ errorClass: 'overloaded' });
  });

  it('whose numbers do not come is whole all the same', async () => {
    await using server = await serve({ [CREATE]: [startedWithStream], [STREAM]: [events(OUTPUT + DONE)] });
    const { choices, usage } = collect(await partsOf(providerAt(server.url), CALL));
    expect([choices[0]?.text, choices[0]?.finishReason, usage]).toEqual(['Hi there\n\né', 'stop', null]);
  });

  it('that breaks off, or whose reader leaves, is cancelled', async () => {
    const controller = new AbortController();
    await using server = await serve({
      [CREATE]: [startedWithStream],
      [STREAM]: [events(OUTPUT), (response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).write(OUTPUT)],
      [CANCEL]: [told('canceled')],
    });
    const provider = providerAt(server.url);
    expect(await errorOf(partsOf(provider, CALL))).toMatchObject({ errorClass: 'malformed' });
    await expect.poll(() => server.asked.at(-1)?.line).toBe(CANCEL);
    const leaving = provider.stream({ ...CALL, context: contextOf(controller.signal) }, { part: () => controller.abort() });
    expect(await errorOf(leaving)).toMatchObject({ errorClass: 'cancelled' });
    await expect.poll(() => server.asked.filter(({ line }) => line === CANCEL).length).toBe(2);
  });
});

describe('what Replicate is asked', () => {
  const VERSION = 'a'.repeat(64);
  it.each([
    [`meta/llama:${VERSION}`, '/v1/predictions', VERSION],
    [VERSION, '/v1/predictions', VERSION],
    ['deployments/me/mine', '/v1/deployments/me/mine/predictions', undefined],
  ])('of %s goes to %s', async (model, path, version) => {
    await using server = await serve({ [`POST ${path}`]: [told('succeeded', { output: 'Hi' })] });
    await providerAt(server.url).complete(callOf(model, PLAIN_REQUEST));
    expect(server.asked[0]?.body['version']).toBe(version);
  });

  it.each(['llama', '../account', 'a/b/c', 'a/b?c', ''])('of a model named %j is refused before anything is sent', async (model) => {
    await using server = await serve({});
    expect(await errorOf(providerAt(server.url).complete(callOf(model, PLAIN_REQUEST)))).toMatchObject({
      errorClass: 'not-found',
      param: 'model',
    });
    expect(server.asked).toEqual([]);
  });

  it('is a prompt, a system prompt, an image and sampling; the rest is warned of', async () => {
    await using server = await serve({ [CREATE]: [told('succeeded', { output: 'Hi' })] });
    const result = await providerAt(server.url).complete(
      callOf('meta/llama', {
        messages: [
          { role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'What is it?' },
              { type: 'image', source: { kind: 'data', mediaType: 'image/png', data: 'iVBORw0=' } },
            ],
          },
          { role: 'assistant', content: [{ type: 'text', text: 'A dot.' }] },
          { role: 'user', content: [{ type: 'text', text: 'Sure?' }] },
        ],
        maxOutputTokens: 5,
        temperature: 0.5,
        topP: 0.9,
        topK: 40,
        seed: 7,
        stop: ['a', 'b'],
        frequencyPenalty: 0.1,
        presencePenalty: 0.2,
        tools: [{ name: 'add' }],
        responseFormat: { type: 'json-object' },
        extra: { input: { min_tokens: 1, prompt: 'no' }, logit_bias: {} },
      }),
    );
    expect(server.asked[0]?.body['input']).toEqual({
      min_tokens: 1,
      prompt: 'User: What is it?\n\nAssistant: A dot.\n\nUser: Sure?\n\nAssistant:',
      system_prompt: 'Be brief.',
      image: 'data:image/png;base64,iVBORw0=',
      max_tokens: 5,
      temperature: 0.5,
      top_p: 0.9,
      top_k: 40,
      seed: 7,
      frequency_penalty: 0.1,
      presence_penalty: 0.2,
      stop_sequences: 'a,b',
    });
    expect(result.warnings).toEqual([
      'Replicate does not offer tools: it was not sent.',
      'Replicate does not offer a format of the answer: it was not sent.',
      "request: 'logit_bias' has no counterpart at Replicate and was not sent.",
      'input.prompt was not sent: it cannot be set this way.',
      'Replicate has one prompt: the conversation was sent as a transcript.',
    ]);
  });

  it('first is who we are', async () => {
    await using server = await serve({ 'GET /v1/account': [(response) => void response.end('{}')] });
    await providerAt(server.url).probe(AbortSignal.timeout(20_000));
    expect(server.asked).toHaveLength(1);
  });
});

describe('refusals of Replicate', () => {
  it.each([
    [401, { title: 'Unauthenticated', detail: 'You did not pass a valid authentication token' }, 'auth', null],
    [402, { title: 'Insufficient credit', detail: 'You have insufficient credit to run this model.' }, 'quota', 2000],
    [404, { detail: 'The requested resource could not be found.' }, 'not-found', null],
    [429, { detail: 'Request was throttled. Expected available in 1 second.' }, 'rate-limit', 2000],
    [500, '<html>', 'overloaded', 2000],
  ] as const)('HTTP %i with %j is of its class: %s', async (status, body, errorClass, retryAfterMs) => {
    const refuse = (response: ServerResponse): void => {
      response.writeHead(status, { 'retry-after': '2', 'content-type': 'application/problem+json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    await using server = await serve({ [CREATE]: [refuse] });
    expect(await errorOf(providerAt(server.url).complete(CALL))).toMatchObject({ errorClass, httpStatus: status, retryAfterMs });
  });

  it('are waited out as long as the limit says where nothing else is said', async () => {
    const limits = { 'ratelimit-limit': '600', 'ratelimit-remaining': '0', 'ratelimit-reset': '7' };
    await using server = await serve({ [CREATE]: [(response) => void response.writeHead(429, limits).end('{"detail":"throttled"}')] });
    expect(await errorOf(providerAt(server.url).complete(CALL))).toMatchObject({
      errorClass: 'rate-limit',
      retryAfterMs: 7000,
      upstream: { headroom: { requests: { limit: 600, remaining: 0, resetMs: 7000 } } },
    });
  });
});
