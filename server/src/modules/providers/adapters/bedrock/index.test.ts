import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, describe, expect, it } from 'vitest';
import { encodeEvent, encodeException } from '../../../../../../test/testkit/aws-event-stream.ts';
import { openHttpClient } from '../../../../../../test/testkit/http-client.ts';
import { serveHttp, type LoopbackServer } from '../../../../../../test/testkit/loopback.ts';
import { ManualClock } from '../../../../kernel/clock/index.ts';
import type { OutboundRequest } from '../../../../kernel/http-client/index.ts';
import { Secret } from '../../../../kernel/crypto/index.ts';
import type { CompletionRequest, JsonObject, Provider, ProviderCall, ProviderError, StreamPart } from '../../contract.ts';
import { ChoiceBuilder } from '../../shared/choice-builder.ts';
import { createBedrockProvider, type AwsCredentials } from './index.ts';
import { signatureHeadersOf } from './bedrock.sigv4.ts';

const MODEL = 'amazon.nova-lite-v1:0';
const PLAIN: CompletionRequest = { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }] };
const KEYS = {
  kind: 'keys',
  accessKeyId: 'AKIAOFTHETEST',
  secretAccessKey: new Secret('secret-of-the-test'),
  sessionToken: new Secret('token-of-the-test'),
} as const satisfies AwsCredentials;
const ANSWER = { output: { message: { role: 'assistant', content: [{ text: 'Hi' }] } }, stopReason: 'end_turn' };
const STOP = encodeEvent('messageStop', { stopReason: 'end_turn' });
const METADATA = encodeEvent('metadata', { usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 }, metrics: { latencyMs: 5 } });

const httpClient = openHttpClient();
afterAll(() => httpClient[Symbol.asyncDispose]());

function providerAt(baseUrl: string, credentials: AwsCredentials = KEYS): Provider {
  const place = { id: 'bedrock', displayName: 'Amazon Bedrock', baseUrl, region: 'us-east-1', egress: 'operator' } as const;
  return createBedrockProvider({ ...place, credentials, httpClient, clock: new ManualClock() });
}

function callOf(overrides: Partial<ProviderCall['context']> = {}, request = PLAIN): ProviderCall {
  const context = { attemptId: 'attempt-1', signal: new AbortController().signal, remainingMs: 20_000, traceHeaders: {}, ...overrides };
  return { model: MODEL, request: () => request, wire: null, context };
}

/** A server that keeps what it was asked and answers as `respond` says. */
async function serve(respond: (response: ServerResponse, request: IncomingMessage) => void): Promise<LoopbackServer & { asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = await serveHttp((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      asked.push({
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      });
      respond(response, request);
    });
  });
  return Object.assign(server, { asked });
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const json =
  (body: unknown, status = 200) =>
  (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-requestid': 'request-1' });
    response.end(JSON.stringify(body));
  };

const events =
  (...pieces: readonly Buffer[]) =>
  (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream', 'x-amzn-requestid': 'request-1' });
    response.end(Buffer.concat(pieces));
  };

const delta = (index: number, value: unknown): Buffer => encodeEvent('contentBlockDelta', { contentBlockIndex: index, delta: value });
const start = (index: number, value: unknown): Buffer => encodeEvent('contentBlockStart', { contentBlockIndex: index, start: value });
const stop = (index: number): Buffer => encodeEvent('contentBlockStop', { contentBlockIndex: index });

async function streamed(respond: (response: ServerResponse) => void): Promise<{ parts: StreamPart[]; error: unknown }> {
  await using server = await serve(respond);
  const parts: StreamPart[] = [];
  const error = await providerAt(server.url)
    .stream(callOf(), { part: (part) => void parts.push(part) })
    .then(
      () => null,
      (failure: unknown) => failure,
    );
  return { parts, error };
}

function choiceOf(parts: readonly StreamPart[]): ReturnType<ChoiceBuilder['build']>[number] | undefined {
  const builder = new ChoiceBuilder();
  for (const part of parts) builder.add(part);
  return builder.build()[0];
}

describe('a call', () => {
  it('is signed over what the server receives', async () => {
    await using server = await serve(json(ANSWER));
    const result = await providerAt(server.url).complete(callOf({ traceHeaders: { traceparent: '00-1' } }));
    expect(result.choices[0]?.text).toBe('Hi');
    const [{ method, path, headers, body }] = server.asked as [Asked];
    const url = `http://${headers.host}${path}`;
    const scope = { region: 'us-east-1', service: 'bedrock' };
    const expected = signatureHeadersOf(
      { method, url, contentType: headers['content-type'] ?? null, body },
      KEYS,
      scope,
      new ManualClock().nowMs(),
    );
    expect(headers).toMatchObject({ ...expected, traceparent: '00-1', 'x-amz-security-token': 'token-of-the-test' });
    expect(path).toBe('/model/amazon.nova-lite-v1%3A0/converse');
    expect(body).not.toContain('secret-of-the-test');
  });

  it('bears an API key instead where there is one', async () => {
    await using server = await serve(json(ANSWER));
    await providerAt(server.url, { kind: 'bearer', token: new Secret('key-of-the-test') }).complete(callOf());
    expect(server.asked[0]?.headers).toMatchObject({ authorization: 'Bearer key-of-the-test' });
    expect(server.asked[0]?.headers['x-amz-date']).toBeUndefined();
  });

  it.each([
    ['no JSON', 'hello'],
    ['no message', { stopReason: 'end_turn' }],
    ['a list', []],
  ])('answered with %s is malformed', async (_what, body) => {
    await using server = await serve((response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
    );
    await expect(providerAt(server.url).complete(callOf())).rejects.toMatchObject({ errorClass: 'malformed' });
  });

  it('that is throttled says for how long', async () => {
    await using server = await serve((response) => {
      response.writeHead(429, { 'x-amzn-errortype': 'ThrottlingException:http://internal/', 'retry-after': '7' });
      response.end('{"message":"Too many requests"}');
    });
    await expect(providerAt(server.url).complete(callOf())).rejects.toMatchObject({
      errorClass: 'rate-limit',
      retryAfterMs: 7000,
      callerMessage: null,
    });
  });

  it('keeps what the vendor adds: citations, tools of its host, service tier', async () => {
    const content = [
      { toolUse: { toolUseId: 't', name: 'nova_grounding', input: {}, type: 'server_tool_use' } },
      { toolResult: { toolUseId: 't', content: [{ json: { a: 1 } }] } },
      { citationsContent: { content: [{ text: 'Paris' }], citations: [{ title: 'Atlas' }] } },
      { toolUse: { toolUseId: 'u', name: 'f', input: { big: 1 } } },
    ];
    const answer = {
      output: { message: { content } },
      stopReason: 'tool_use',
      serviceTier: { type: 'flex' },
      additionalModelResponseFields: { x: 1 },
    };
    await using server = await serve((response) =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify(answer).replace('{"big":1}', '{"big":12345678901234567890}')),
    );
    const result = await providerAt(server.url).complete(callOf());
    expect(result.serviceTier).toBe('flex');
    expect(result.usage).toBeNull();
    expect(result.choices[0]).toMatchObject({
      text: 'Paris',
      toolCalls: [{ id: 'u', name: 'f', argumentsText: '{"big":12345678901234567890}' }],
      extra: {
        additionalModelResponseFields: { x: 1 },
        citations: [{ block_index: 2, title: 'Atlas' }],
        content_blocks: [
          { index: 0, ...content[0] },
          { index: 1, ...content[1] },
        ],
      },
    });
  });
});

describe('a stream', () => {
  it('gives what a whole answer would, tools of the host included', async () => {
    const { parts, error } = await streamed(
      events(
        encodeEvent('messageStart', { role: 'assistant' }),
        start(0, { toolUse: { toolUseId: 't', name: 'nova_grounding', type: 'server_tool_use' } }),
        delta(0, { toolUse: { input: '{"q":' } }),
        delta(0, { toolUse: { input: '1}' } }),
        stop(0),
        start(1, { toolResult: { toolUseId: 't', status: 'success' } }),
        delta(1, { toolResult: [{ text: 'a' }] }),
        delta(1, { toolResult: [{ text: 'b' }] }),
        stop(1),
        delta(2, { text: 'Paris' }),
        delta(2, { citation: { title: 'Atlas' } }),
        stop(2),
        start(3, { toolUse: { toolUseId: 'u', name: 'f' } }),
        stop(3),
        encodeEvent('novelEvent', { x: 1 }),
        encodeEvent('messageStop', { stopReason: 'tool_use', additionalModelResponseFields: { x: 1 } }),
        METADATA,
      ),
    );
    expect(error).toBeNull();
    expect(choiceOf(parts)).toEqual({
      index: 0,
      text: 'Paris',
      reasoning: [],
      refusal: null,
      toolCalls: [{ id: 'u', name: 'f', argumentsText: '{}' }],
      logprobs: null,
      finishReason: 'tool-calls',
      rawFinishReason: 'tool_use',
      extra: {
        additionalModelResponseFields: { x: 1 },
        citations: [{ block_index: 2, title: 'Atlas' }],
        content_blocks: [
          { index: 0, toolUse: { toolUseId: 't', name: 'nova_grounding', type: 'server_tool_use', input: { q: 1 } } },
          { index: 1, toolResult: { toolUseId: 't', status: 'success', content: [{ text: 'a' }, { text: 'b' }] } },
        ],
      },
    });
    expect(parts.slice(-4).map(({ type }) => type)).toEqual(['usage', 'extra', 'extra', 'choice-finish']);
  });

  it.each([
    ['throttlingException', { message: 'Too many requests' }, 'rate-limit', null],
    ['validationException', { message: 'Input is too long for requested model.' }, 'too-long', 'Input is too long for requested model.'],
    ['internalServerException', { message: 'Unexpected' }, 'overloaded', null],
  ])('that breaks with %s gives what came before it, then the error', async (type, body, errorClass, callerMessage) => {
    const { parts, error } = await streamed(
      events(encodeEvent('messageStart', { role: 'assistant' }), delta(0, { text: 'Once' }), encodeException(type, body)),
    );
    expect(parts.map((part) => part.type)).toEqual(['response-start', 'text-delta']);
    expect(error).toMatchObject({
      name: 'ProviderError',
      errorClass,
      callerMessage,
      httpStatus: 200,
      upstream: { requestId: 'request-1' },
    });
  });

  it('without its metadata still ends: only the count is missing', async () => {
    const { parts, error } = await streamed(events(delta(0, { text: 'Hi' }), stop(0), STOP));
    expect(error).toBeNull();
    expect(parts.map(({ type }) => type)).toEqual(['response-start', 'text-delta', 'choice-finish']);
  });

  it.each([
    ['within its answer', [delta(0, { text: 'Hi' })]],
    ['within a message', [delta(0, { text: 'Hi' }), STOP.subarray(0, 20)]],
    ['before the message began', []],
  ])('that ends %s is no answer', async (where, pieces) => {
    const { error } = await streamed(events(...pieces));
    expect(error).toMatchObject({ errorClass: 'malformed', message: expect.stringContaining(where) as unknown });
  });

  it('whose connection breaks after the stop is whole', async () => {
    const { parts, error } = await streamed((response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream', 'content-length': '100000' });
      response.write(Buffer.concat([delta(0, { text: 'Hi' }), STOP, METADATA]), () => setImmediate(() => response.destroy()));
    });
    expect(error).toBeNull();
    expect(parts.at(-1)).toMatchObject({ type: 'choice-finish', finishReason: 'stop' });
  });

  it('given as one document is taken as it is', async () => {
    const { parts, error } = await streamed(json(ANSWER));
    expect(error).toBeNull();
    expect(choiceOf(parts)).toMatchObject({ text: 'Hi', finishReason: 'stop' });
  });

  it('waits for a slow reader', async () => {
    await using server = await serve(events(delta(0, { text: 'a' }), delta(0, { text: 'b' }), STOP, METADATA));
    const order: string[] = [];
    await providerAt(server.url).stream(callOf(), {
      part: async (part) => {
        order.push(`${part.type} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        order.push(`${part.type} ends`);
      },
    });
    expect(order.filter((_, at) => at % 2 === 0).map((text) => text.replace(' begins', ''))).toEqual(
      order.filter((_, at) => at % 2 === 1).map((text) => text.replace(' ends', '')),
    );
  });

  it('is given up when its sink throws, with that very error', async () => {
    await using server = await serve(events(delta(0, { text: 'a' }), STOP));
    const mine = new Error('mine');
    const streaming = providerAt(server.url).stream(callOf(), {
      part: () => {
        throw mine;
      },
    });
    await expect(streaming).rejects.toBe(mine);
  });

  it('ends with the call that is aborted', async () => {
    const controller = new AbortController();
    await using server = await serve((response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
      response.write(delta(0, { text: 'a' }));
    });
    const streaming = providerAt(server.url).stream(callOf({ signal: controller.signal }), { part: () => controller.abort() });
    await expect(streaming).rejects.toMatchObject({ errorClass: 'cancelled' });
    await server.drained();
  });
});

describe('a schema that a tool stands in for', () => {
  const request: CompletionRequest = { ...PLAIN, responseFormat: { type: 'json-schema', name: 'city', schema: { type: 'object' } } };

  it('is answered as text, whole', async () => {
    const content = [{ toolUse: { toolUseId: 't', name: 'city', input: { name: 'Paris' } } }];
    await using server = await serve(json({ output: { message: { content } }, stopReason: 'tool_use' }));
    const { choices } = await providerAt(server.url).complete(callOf({}, request));
    expect(choices[0]).toMatchObject({ text: '{"name":"Paris"}', toolCalls: [], finishReason: 'stop', rawFinishReason: 'tool_use' });
  });

  it('is answered as text, streamed', async () => {
    const pieces = [
      start(0, { toolUse: { toolUseId: 't', name: 'city' } }),
      delta(0, { toolUse: { input: '{"name":' } }),
      delta(0, { toolUse: { input: '"Paris"}' } }),
      stop(0),
    ];
    await using server = await serve(events(...pieces, encodeEvent('messageStop', { stopReason: 'tool_use' }), METADATA));
    const parts: StreamPart[] = [];
    await providerAt(server.url).stream(callOf({}, request), { part: (part) => void parts.push(part) });
    expect(choiceOf(parts)).toMatchObject({ text: '{"name":"Paris"}', toolCalls: [], finishReason: 'stop', rawFinishReason: 'tool_use' });
  });
});

it('a service tier counts as asked for where the answer does not name one', async () => {
  const request = { ...PLAIN, extra: { service_tier: 'priority' } };
  await using server = await serve((response, { url }) =>
    (url?.endsWith('stream') === true ? events(delta(0, { text: 'a' }), STOP, METADATA) : json(ANSWER))(response),
  );
  expect((await providerAt(server.url).complete(callOf({}, request))).serviceTier).toBe('priority');
  const parts: StreamPart[] = [];
  await providerAt(server.url).stream(callOf({}, request), { part: (part) => void parts.push(part) });
  expect(parts[0]).toMatchObject({ type: 'response-start', serviceTier: 'priority' });
});

it('cache writes that are kept for an hour are told apart', async () => {
  const usage = {
    inputTokens: 1,
    outputTokens: 2,
    cacheWriteInputTokens: 30,
    cacheDetails: [
      { ttl: '1h', inputTokens: 20 },
      { ttl: '5m', inputTokens: 10 },
    ],
  };
  await using server = await serve(json({ ...ANSWER, usage }));
  const result = await providerAt(server.url).complete(callOf());
  expect(result.usage).toMatchObject({ inputTokens: 1, cacheWriteTokens: 30, cacheWriteHourTokens: 20, totalTokens: 33 });
});

describe('embeddings', () => {
  const embed = (server: LoopbackServer, model: string, request: Parameters<NonNullable<Provider['embed']>>[1]) =>
    providerAt(server.url).embed?.(model, request, callOf().context);

  it('of Titan go one text a request, and their tokens are summed', async () => {
    await using server = await serve((response, _request) =>
      json({ embedding: [server.asked.length, 0.5], inputTextTokenCount: 3 })(response),
    );
    const result = await embed(server, 'amazon.titan-embed-text-v2:0', { inputs: ['a', 'b'], dimensions: 256, extra: { normalize: true } });
    expect(server.asked.map(({ body }) => JSON.parse(body) as JsonObject)).toEqual([
      { normalize: true, inputText: 'a', dimensions: 256 },
      { normalize: true, inputText: 'b', dimensions: 256 },
    ]);
    expect(result).toMatchObject({
      vectors: [
        [1, 0.5],
        [2, 0.5],
      ],
      usage: { inputTokens: 6, totalTokens: 6 },
      warnings: [],
    });
  });

  it('are bounded in time together', async () => {
    const clock = new ManualClock();
    await using server = await serve((response) => {
      clock.advance(15_000);
      json({ embedding: [1], inputTextTokenCount: 1 })(response);
    });
    const place = { id: 'bedrock', displayName: 'Amazon Bedrock', baseUrl: server.url, region: 'us-east-1', egress: 'operator' } as const;
    const asked: number[] = [];
    const observed = {
      ...httpClient,
      send: (request: OutboundRequest) => (asked.push(request.timeouts.totalMs), httpClient.send(request)),
    };
    const provider = createBedrockProvider({ ...place, credentials: KEYS, httpClient: observed, clock });
    await provider.embed?.('amazon.titan-embed-text-v2:0', { inputs: ['a', 'b'] }, callOf().context);
    expect(asked).toEqual([20_000, 5000]);
  });

  it('of Cohere go in batches, with the input type it demands', async () => {
    await using server = await serve((response) => {
      const { texts } = JSON.parse(server.asked.at(-1)?.body ?? '{}') as { texts: string[] };
      response.setHeader('x-amzn-bedrock-input-token-count', '10');
      json({ embeddings: { float: texts.map(() => [1]) } })(response);
    });
    const result = await embed(server, 'us.cohere.embed-v4:0', { inputs: Array.from({ length: 100 }, () => 'x') });
    expect(server.asked.map(({ body }) => (JSON.parse(body) as { texts: string[] }).texts.length)).toEqual([96, 4]);
    expect(result?.vectors).toHaveLength(100);
    expect(result?.usage?.inputTokens).toBe(20);
    expect(result?.warnings).toEqual(["Cohere demands an input_type and none was given: 'search_document' was sent."]);
  });

  it('are refused for models of no known form and for tokens', async () => {
    await using server = await serve(json({}));
    await expect(embed(server, 'meta.llama3', { inputs: ['a'] })).rejects.toMatchObject({ errorClass: 'invalid', param: 'model' });
    await expect(embed(server, 'amazon.titan-embed-text-v1', { inputs: [[1, 2]] })).rejects.toMatchObject({ param: 'input' });
    await expect(embed(server, 'amazon.titan-embed-text-v1', { inputs: ['a'] })).rejects.toMatchObject({ errorClass: 'malformed' });
    expect(server.asked).toHaveLength(1);
  });
});

describe('reranking', () => {
  const rerank = (server: LoopbackServer, model: string) =>
    providerAt(server.url).rerank?.(
      model,
      { query: 'q', documents: ['a', { text: 'b' }, { title: 'c' }], topN: 2, returnDocuments: true },
      callOf().context,
    );

  it.each([
    ['cohere.rerank-v3-5:0', { api_version: 2 }],
    ['amazon.rerank-v1:0', {}],
  ])('of %s is asked by its native body', async (model, particular) => {
    await using server = await serve(
      json({
        results: [
          { index: 1, relevance_score: 0.9 },
          { index: 0, relevance_score: 0.1 },
        ],
      }),
    );
    const result = await rerank(server, model);
    expect(server.asked[0]?.path).toBe(`/model/${encodeURIComponent(model)}/invoke`);
    expect(JSON.parse(server.asked[0]?.body ?? '')).toEqual({
      query: 'q',
      documents: ['a', 'b', '{"title":"c"}'],
      top_n: 2,
      ...particular,
    });
    expect(result).toMatchObject({
      results: [
        { index: 1, score: 0.9, document: { text: 'b' } },
        { index: 0, score: 0.1, document: 'a' },
      ],
      usage: null,
      warnings: ['Documents that are objects with more than `text` were sent as their JSON text.'],
    });
  });

  it('is refused for models that are no rerankers, and of answers without rows', async () => {
    await using server = await serve(json({ results: [{ index: 7, relevance_score: 1 }] }));
    await expect(rerank(server, 'amazon.nova-lite-v1:0')).rejects.toMatchObject({ errorClass: 'invalid', param: 'model' });
    await expect(rerank(server, 'amazon.rerank-v1:0')).rejects.toMatchObject({ errorClass: 'malformed' });
    expect(server.asked).toHaveLength(1);
  });
});

it('the token of temporary keys is not kept from an answer that repeats what was signed', async () => {
  const message = `The Canonical String should have been 'POST\n/model\n\nhost:h\nx-amz-security-token:token-of-the-test\n\nhost'`;
  await using server = await serve((response) =>
    response.writeHead(403, { 'x-amzn-errortype': 'InvalidSignatureException:http://x/' }).end(JSON.stringify({ message })),
  );
  const error = (await providerAt(server.url)
    .complete(callOf())
    .catch((failure: unknown) => failure)) as ProviderError;
  expect(error.errorClass).toBe('auth');
  expect(error.upstreamBody?.reveal()).toContain('x-amz-security-token:[redacted]');
  expect(error.upstreamBody?.reveal()).not.toContain('token-of-the-test');
});

describe('the control plane', () => {
  const PAGES: Readonly<Record<string, unknown>> = {
    '/foundation-models': {
      modelSummaries: [
        { modelId: 'amazon.nova-lite-v1:0', modelName: 'Nova Lite', inferenceTypesSupported: ['ON_DEMAND'] },
        { modelId: 'anthropic.claude-sonnet-4-6', modelName: 'Claude', inferenceTypesSupported: ['INFERENCE_PROFILE'] },
      ],
    },
    '/inference-profiles?maxResults=1000': {
      inferenceProfileSummaries: [{ inferenceProfileId: 'us.anthropic.claude-sonnet-4-6', inferenceProfileName: 'US Claude' }],
      nextToken: 'a/b',
    },
    '/inference-profiles?maxResults=1000&nextToken=a%2Fb': {
      inferenceProfileSummaries: [{ inferenceProfileId: 'eu.x', inferenceProfileName: 'EU X' }],
    },
  };

  it('lists what can be called by name: models and inference profiles', async () => {
    await using server = await serve((response, request) => json(PAGES[request.url ?? ''])(response));
    const models = await providerAt(server.url).listModels?.(AbortSignal.timeout(20_000));
    expect(models?.map(({ model, displayName }) => [model, displayName])).toEqual([
      ['amazon.nova-lite-v1:0', 'Nova Lite'],
      ['us.anthropic.claude-sonnet-4-6', 'US Claude'],
      ['eu.x', 'EU X'],
    ]);
  });

  it('lists models alone when profiles may not be seen', async () => {
    await using server = await serve((response, request) =>
      request.url === '/foundation-models' ? json(PAGES[request.url])(response) : json({ message: 'not authorized' }, 403)(response),
    );
    expect(await providerAt(server.url).listModels?.(AbortSignal.timeout(20_000))).toHaveLength(1);
  });

  it('is what the probe asks, and a refused credential is told', async () => {
    await using server = await serve(json({ message: 'no' }, 403));
    await expect(providerAt(server.url).probe(AbortSignal.timeout(20_000))).rejects.toMatchObject({ errorClass: 'auth' });
    expect(server.asked[0]).toMatchObject({ method: 'GET', path: '/foundation-models' });
  });
});
