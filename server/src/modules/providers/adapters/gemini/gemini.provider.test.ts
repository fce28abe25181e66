import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { openHttpClient } from '../../../../../../test/testkit/http-client.ts';
import { serveHttp } from '../../../../../../test/testkit/loopback.ts';
import { systemClock } from '../../../../kernel/clock/index.ts';
import { Secret } from '../../../../kernel/crypto/index.ts';
import { ChoiceBuilder } from '../../shared/choice-builder.ts';
import { ProviderError, type JsonObject, type Provider, type ProviderCall, type RelayFacts, type StreamPart } from '../../contract.ts';
import { apiKeyCredential, createGeminiProvider, type GeminiSettings } from './index.ts';

const FIXTURE = readFileSync(new URL('__fixtures__/made-2026-11.stream.txt', import.meta.url));
const EVENTS = { 'content-type': 'text/event-stream', 'server-timing': 'gfet4t7; dur=9', 'retry-after': '9' };
const JSON_TYPE = { 'content-type': 'application/json; charset=UTF-8' };
const UPSTREAM = { httpStatus: 200, requestId: null, headers: { 'server-timing': 'gfet4t7; dur=9' } };

const client = openHttpClient();
afterAll(() => client[Symbol.asyncDispose]());

function providerAt(baseUrl: string, settings: Partial<GeminiSettings> = {}): Provider {
  return createGeminiProvider({
    id: 'google-gemini',
    displayName: 'Google Gemini',
    flavour: 'gemini',
    baseUrl,
    credential: apiKeyCredential(new Secret('key-of-the-test')),
    httpClient: client,
    egress: 'operator',
    clock: systemClock,
    ...settings,
  });
}

function callOf(overrides: Partial<ProviderCall> = {}, signal = new AbortController().signal, remainingMs = 10_000): ProviderCall {
  return {
    model: 'gemini-made-1',
    request: () => ({ messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }], maxOutputTokens: 50 }),
    wire: null,
    context: { attemptId: '0198c0de-0000-7000-8000-00000000abcd', signal, remainingMs, traceHeaders: { traceparent: '00-1-2-01' } },
    ...overrides,
  };
}

const chunk = (parts: readonly JsonObject[], fields: JsonObject = {}): JsonObject => ({
  candidates: [{ content: { parts, role: 'model' }, index: 0, ...fields }],
});
const event = (data: JsonObject): string => `data: ${JSON.stringify(data)}\r\n\r\n`;
const STOP = { finishReason: 'STOP' };

interface Run {
  readonly parts: readonly StreamPart[];
  readonly error: unknown;
}

/** Streams what `answer` writes; the parts that came and the error that ended it. */
async function run(answer: (response: ServerResponse) => void, call = callOf()): Promise<Run> {
  await using server = await serveHttp((_request, response) => answer(response));
  const parts: StreamPart[] = [];
  const error: unknown = await providerAt(server.url)
    .stream(call, { part: (part) => void parts.push(part) })
    .then(
      () => null,
      (failure: unknown) => failure,
    );
  return { parts, error };
}

/** Relays what `answer` writes. */
async function relay(answer: (response: ServerResponse) => void) {
  await using server = await serveHttp((_request, response) => answer(response));
  const bytes: Buffer[] = [];
  const facts: RelayFacts[] = [];
  const call = callOf({ wire: { dialect: 'gemini', body: { contents: [] } } });
  const outcome = await providerAt(server.url)
    .relay?.(call, { start: () => undefined, events: (piece, fact) => void (bytes.push(piece), facts.push(fact)) })
    .catch((error: unknown) => error);
  return { text: Buffer.concat(bytes).toString('utf8'), facts, outcome };
}

/** Answers every request whole. */
async function complete(body: unknown, status = 200, call = callOf(), headers: Record<string, string> = JSON_TYPE) {
  await using server = await serveHttp((_request, response) => void response.writeHead(status, headers).end(JSON.stringify(body)));
  return await providerAt(server.url).complete(call);
}

const typesOf = (parts: readonly StreamPart[]): string[] => parts.map(({ type }) => type);
const HEAD = { systemFingerprint: null, createdAtSeconds: Date.UTC(2026, 10, 25, 10) / 1000, id: 'resp_made_1', model: 'gemini-made-1' };
const BUCKETS = { cachedReadTokens: 12, cacheWriteTokens: 0, audioInputTokens: 8, imageInputTokens: 7 };

describe('a streamed answer', () => {
  it('becomes parts in order', async () => {
    const { parts, error } = await run((response) => response.writeHead(200, EVENTS).end(FIXTURE));
    expect(error).toBeNull();
    const id = 'call_gemini_7000800000000000abcd_0';
    expect(parts.map((part) => (part.type === 'usage' ? { ...part, usage: { ...part.usage, raw: null } } : part))).toEqual([
      { type: 'response-start', ...HEAD, serviceTier: 'standard', upstream: UPSTREAM, warnings: [] },
      { type: 'reasoning-delta', choice: 0, text: 'Größe ' },
      {
        type: 'usage',
        usage: { inputTokens: 13, ...BUCKETS, outputTokens: 0, reasoningTokens: 4, audioOutputTokens: 0, totalTokens: 44, raw: null },
      },
      { type: 'reasoning-delta', choice: 0, text: 'unklar' },
      { type: 'reasoning-end', choice: 0 },
      { type: 'text-delta', choice: 0, text: '日本 🗾 ' },
      { type: 'text-delta', choice: 0, text: 'it is.' },
      {
        type: 'tool-call-start',
        choice: 0,
        index: 0,
        id,
        name: 'weigh',
        extra: { extra_content: { google: { thought_signature: 'c2lnbmF0dXJl' } } },
      },
      { type: 'tool-call-delta', choice: 0, index: 0, argumentsText: '{"grams":1.0,"id":12345678901234567890}' },
      { type: 'tool-call-start', choice: 0, index: 1, id: 'own-1', name: 'now' },
      { type: 'tool-call-delta', choice: 0, index: 1, argumentsText: '{}' },
      { type: 'reasoning-end', choice: 0, signature: 'dGV4dA==' },
      {
        type: 'usage',
        usage: { inputTokens: 22, ...BUCKETS, outputTokens: 24, reasoningTokens: 11, audioOutputTokens: 6, totalTokens: 90, raw: null },
      },
      { type: 'extra', choice: 0, extra: { content_parts: [{ executableCode: { language: 'PYTHON', code: 'print(1)' } }] } },
      {
        type: 'extra',
        choice: 0,
        scope: 'choice',
        extra: {
          citationMetadata: {
            citationSources: [
              { startIndex: 0, endIndex: 2, uri: 'https://a.example' },
              { startIndex: 3, endIndex: 5, uri: 'https://b.example' },
            ],
          },
          safetyRatings: [{ category: 'HARM_CATEGORY_HARASSMENT', probability: 'NEGLIGIBLE' }],
        },
      },
      { type: 'choice-finish', choice: 0, finishReason: 'tool-calls', rawFinishReason: 'STOP' },
    ]);
  });

  it('keeps its choices apart', async () => {
    const two = {
      candidates: [
        { content: { parts: [{ text: 'a' }] }, index: 0 },
        { content: { parts: [{ text: 'b' }] }, index: 1, finishReason: 'MAX_TOKENS' },
      ],
    };
    const { parts } = await run((response) => response.writeHead(200, EVENTS).end(event(two) + event(chunk([{ text: 'c' }], STOP))));
    const builder = new ChoiceBuilder();
    for (const part of parts) builder.add(part);
    expect(builder.build().map(({ index, text, finishReason }) => [index, text, finishReason])).toEqual([
      [0, 'ac', 'stop'],
      [1, 'b', 'length'],
    ]);
  });

  it('puts arguments together that come piece by piece', async () => {
    const piece = (partialArgs: readonly JsonObject[], willContinue = true): string =>
      event(chunk([{ functionCall: { partialArgs, ...(willContinue ? { willContinue } : {}) } }]));
    const text =
      event(chunk([{ functionCall: { name: 'book', willContinue: true }, thoughtSignature: 'c2ln' }])) +
      piece([{ jsonPath: '$.city', stringValue: 'Bos', willContinue: true }]) +
      piece([{ jsonPath: '$.city', stringValue: 'ton' }]) +
      piece([
        { jsonPath: '$.guests[0].age', numberValue: 41 },
        { jsonPath: "$.guests[1]['full name']", stringValue: 'Ada' },
      ]) +
      piece([
        { jsonPath: '$.quiet', boolValue: true },
        { jsonPath: '$.until', nullValue: 'NULL_VALUE' },
      ]) +
      event(chunk([{ functionCall: {} }])) +
      event(chunk([{ functionCall: { name: 'now', args: {} } }], STOP));
    const { parts } = await run((response) => response.writeHead(200, EVENTS).end(text));
    const deltas = parts.flatMap((part) =>
      part.type === 'tool-call-delta' ? [[part.index, JSON.parse(part.argumentsText) as unknown]] : [],
    );
    expect(deltas).toEqual([
      [0, { city: 'Boston', guests: [{ age: 41 }, { 'full name': 'Ada' }], quiet: true, until: null }],
      [1, {}],
    ]);
    expect(parts.at(-1)).toMatchObject({ type: 'choice-finish', finishReason: 'tool-calls' });
  });

  it.each(['$.list.push', '$.a[0].__proto__.x', 'city', '$[', '$.a[99999999]'])(
    'fails as malformed when a piece of arguments has no place: %s',
    async (jsonPath) => {
      const start = event(
        chunk([{ functionCall: { name: 'book', partialArgs: [{ jsonPath: '$.list[0]', stringValue: 'x' }], willContinue: true } }]),
      );
      const bad = event(
        chunk([
          {
            functionCall: {
              partialArgs: [
                { jsonPath: '$.a[0][0]', stringValue: 'x' },
                { jsonPath, stringValue: 'x' },
              ],
            },
          },
        ]),
      );
      const { error } = await run((response) => response.writeHead(200, EVENTS).end(start + bad));
      expect(error).toMatchObject({ errorClass: 'malformed' });
      expect(([] as unknown as Record<string, unknown>)['x']).toBeUndefined();
    },
  );

  it('gives what came before an error in mid stream, then fails by its body', async () => {
    const overloaded = { error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } };
    for (const tail of [event(overloaded), `\n${JSON.stringify(overloaded, null, 2)}\n`, JSON.stringify([overloaded])]) {
      const { parts, error } = await run((response) => response.writeHead(200, EVENTS).end(event(chunk([{ text: 'Hel' }])) + tail));
      expect(typesOf(parts)).toEqual(['response-start', 'text-delta']);
      expect(error).toMatchObject({ errorClass: 'overloaded', httpStatus: 200, callerMessage: null });
    }
  });

  it('is refused before its first part when the prompt is blocked', async () => {
    const blocked = { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata: { promptTokenCount: 4, totalTokenCount: 4 } };
    const { parts, error } = await run((response) => response.writeHead(200, EVENTS).end(event(blocked)));
    expect(parts).toEqual([]);
    expect(error).toMatchObject({ errorClass: 'blocked', callerMessage: 'Google Gemini blocked the prompt (PROHIBITED_CONTENT).' });
  });

  it.each([
    ['nothing', '', /before the answer began/],
    ['no candidates', event({ usageMetadata: { promptTokenCount: 1, totalTokenCount: 1 } }), /no candidates/],
    ['neither content nor a reason', event(chunk([])), /without content and without a finish reason/],
    ['text that is no JSON', 'data: hello\n\n', /not a JSON object/],
    ['too many candidates', event({ candidates: Array.from({ length: 65 }, (_, index) => ({ index })) }), /more than 64/],
  ])('fails as malformed when it holds %s', async (_name, text, detail) => {
    const { error } = await run((response) => response.writeHead(200, EVENTS).end(text));
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ errorClass: 'malformed', message: expect.stringMatching(detail) as string });
  });

  it('ends with what it held when it ends cleanly without a reason, and takes the end marker of a proxy', async () => {
    const { parts, error } = await run((response) =>
      response.writeHead(200, EVENTS).end(`${event(chunk([{ text: 'Hi' }]))}data: [DONE]\n\n`),
    );
    expect(error).toBeNull();
    expect(parts.at(-1)).toEqual({ type: 'choice-finish', choice: 0, finishReason: 'other', rawFinishReason: null });
  });

  it('counts as whole when the connection breaks after its reason, and as broken before', async () => {
    const breaking = (text: string) => (response: ServerResponse) => {
      response.writeHead(200, EVENTS).write(text, () => setTimeout(() => response.socket?.resetAndDestroy(), 50));
    };
    expect((await run(breaking(event(chunk([{ text: 'Hi' }], STOP))))).error).toBeNull();
    const { parts, error } = await run(breaking(event(chunk([{ text: 'Hi' }]))));
    expect(typesOf(parts)).toEqual(['response-start', 'text-delta']);
    expect(error).toMatchObject({ errorClass: 'transport' });
  });

  it('is read as one JSON list too, however it is cut, and is broken when the list ends within an object', async () => {
    const chunks = [chunk([{ text: 'a "{[' }]), chunk([{ text: '\\"b]}' }], STOP)];
    const list = JSON.stringify(chunks, null, 2);
    const byByte = (text: string) => (response: ServerResponse) => {
      response.writeHead(200, JSON_TYPE);
      for (const byte of Buffer.from(text)) response.write(Buffer.from([byte]));
      response.end();
    };
    const { parts, error } = await run(byByte(list));
    expect(error).toBeNull();
    expect(parts.flatMap((part) => (part.type === 'text-delta' ? [part.text] : []))).toEqual(['a "{[', '\\"b]}']);
    expect((await run(byByte(list.slice(0, -20)))).error).toMatchObject({ errorClass: 'malformed' });
    const relayed = await relay(byByte(list));
    expect(
      relayed.text
        .split('\n\n')
        .slice(0, -1)
        .map((text) => JSON.parse(text.slice('data: '.length)) as unknown),
    ).toEqual(chunks);
    expect((await relay(byByte(list.slice(0, -20)))).outcome).toMatchObject({ errorClass: 'malformed' });
  });

  it('waits for whoever takes the parts', async () => {
    await using server = await serveHttp((_request, response) => response.writeHead(200, EVENTS).end(FIXTURE));
    let taking = 0;
    const seen: string[] = [];
    await providerAt(server.url).stream(callOf(), {
      part: async ({ type }) => {
        expect((taking += 1)).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
        seen.push(type);
        taking -= 1;
      },
    });
    expect(seen).toHaveLength(16);
  });

  it('ends when its caller goes, and when its time is up', async () => {
    const hanging = (response: ServerResponse): void => void response.writeHead(200, EVENTS).write(event(chunk([{ text: 'Hi' }])));
    const leaving = new AbortController();
    setTimeout(() => leaving.abort(), 50);
    expect((await run(hanging, callOf({}, leaving.signal))).error).toMatchObject({ errorClass: 'cancelled' });
    expect((await run(hanging, callOf({}, undefined, 150))).error).toMatchObject({ errorClass: 'timeout' });
  });
});

describe('a relayed stream', () => {
  it('passes as it came; what must be known is read on the way', async () => {
    const { text, outcome, facts } = await relay((response) => response.writeHead(200, EVENTS).end(FIXTURE));
    expect(text).toBe(FIXTURE.toString('utf8'));
    expect(outcome).toMatchObject({
      id: 'resp_made_1',
      model: 'gemini-made-1',
      usage: { totalTokens: 90 },
      finishReasons: [{ choice: 0, finishReason: 'tool-calls', rawFinishReason: 'STOP' }],
    });
    expect(facts.map(({ hasOutput, isEnd }) => [hasOutput, isEnd])).toEqual([
      ...Array.from({ length: 4 }, () => [true, false]),
      [true, true],
    ]);
  });

  it('finds the counts in chunks that it passed on unread', async () => {
    const usage = (total: number): JsonObject => ({
      usageMetadata: { promptTokenCount: 1, candidatesTokenCount: total - 1, totalTokenCount: total },
    });
    const { outcome } = await relay((response) => {
      response.writeHead(200, EVENTS).write(event({ ...chunk([{ text: 'a' }]), ...usage(2) }));
      setTimeout(
        () => response.end(event({ ...chunk([{ text: 'b' }]), ...usage(3) }) + event({ ...chunk([{ text: 'c' }]), ...usage(4) })),
        50,
      );
    });
    expect(outcome).toMatchObject({
      usage: { totalTokens: 4 },
      finishReasons: [{ choice: 0, finishReason: 'other', rawFinishReason: null }],
    });
  });

  it('calls everything the end from where all choices have told their reason, so that nothing overtakes it', async () => {
    const late = event({ usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 } });
    const two = { candidates: [{ content: { parts: [{ text: 'a' }] } }, { content: { parts: [{ text: 'b' }] }, ...STOP }] };
    const { facts, outcome } = await relay((response) =>
      response.writeHead(200, EVENTS).end(event(two) + event(chunk([{ text: 'c' }])) + event(chunk([{ text: 'd' }], STOP)) + late),
    );
    expect(facts.map(({ isEnd }) => isEnd)).toEqual([false, false, true, true]);
    expect(outcome).toMatchObject({ usage: { totalTokens: 2 }, finishReasons: [{ rawFinishReason: 'STOP' }, { rawFinishReason: 'STOP' }] });
  });

  it('does not go on without end after its end', async () => {
    const more = event(chunk([{ text: 'x'.repeat(1024 * 1024) }]));
    const { outcome } = await relay((response) => {
      response.writeHead(200, EVENTS).write(event(chunk([{ text: 'a' }], STOP)));
      for (let count = 0; count < 40; count += 1) response.write(more);
      response.end();
    });
    expect(outcome).toMatchObject({ errorClass: 'malformed' });
  });

  it('fails before anything was passed on when it begins with an error, and after what came before it otherwise', async () => {
    const failed = event({ error: { code: 500, message: 'Internal', status: 'INTERNAL' } });
    expect(await relay((response) => response.writeHead(200, EVENTS).end(failed))).toMatchObject({
      text: '',
      outcome: { errorClass: 'overloaded' },
    });
    const first = event(chunk([{ text: 'a' }]));
    const broken = await relay((response) => response.writeHead(200, EVENTS).end(first + failed));
    expect(broken).toMatchObject({ text: first, outcome: { errorClass: 'overloaded' } });
  });
});

describe('a whole answer', () => {
  it('holds what the same stream holds', async () => {
    const result = await complete({
      ...chunk(
        [
          { text: 'Why', thought: true },
          { text: 'So.', thoughtSignature: 'c2ln' },
        ],
        { ...STOP, avgLogprobs: -0.5 },
      ),
      modelStatus: { modelStage: 'PREVIEW' },
      usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 2, totalTokenCount: 5 },
    });
    expect(result).toMatchObject({
      choices: [
        {
          index: 0,
          text: 'So.',
          reasoning: [{ text: 'Why' }, { text: '', signature: 'c2ln' }],
          finishReason: 'stop',
          choiceExtra: { avgLogprobs: -0.5 },
        },
      ],
      extra: { modelStatus: { modelStage: 'PREVIEW' } },
      usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 },
    });
  });

  it('tells log probabilities as the OpenAI wire does, ids of tokens beside', async () => {
    const logprobsResult = {
      chosenCandidates: [{ token: 'So', tokenId: 7, logProbability: -0.25 }],
      topCandidates: [
        {
          candidates: [
            { token: 'So', tokenId: 7, logProbability: -0.25 },
            { token: 'No', tokenId: 9, logProbability: -1.5 },
          ],
        },
      ],
    };
    const { choices } = await complete(chunk([{ text: 'So' }], { ...STOP, logprobsResult }));
    const token = { token: 'So', logprob: -0.25, bytes: null, token_id: 7 };
    expect(choices[0]?.logprobs).toEqual({
      content: [{ ...token, top_logprobs: [token, { token: 'No', logprob: -1.5, bytes: null, token_id: 9 }] }],
      refusal: null,
    });
  });

  it.each([
    ['SAFETY', 'content-filter'],
    ['MODEL_ARMOR', 'content-filter'],
    ['UNEXPECTED_TOOL_CALL', 'error'],
    ['MALFORMED_FUNCTION_CALL', 'error'],
    ['OTHER', 'other'],
    ['WORD_OF_TOMORROW', 'other'],
    [1, 'stop'],
    [2, 'length'],
    [10, 'error'],
  ] as const)('ended by %s is %s', async (finishReason, expected) => {
    const { choices } = await complete(chunk([], { finishReason }));
    expect(choices).toMatchObject([{ finishReason: expected, rawFinishReason: String(finishReason), text: '' }]);
  });

  it('numbers reasons as the API does that answers: 10 is another at Vertex AI', async () => {
    await using server = await serveHttp(
      (_request, response) => void response.writeHead(200, JSON_TYPE).end(JSON.stringify(chunk([], { finishReason: 10 }))),
    );
    const { choices } = await providerAt(server.url, { flavour: 'vertex' }).complete(callOf());
    expect(choices).toMatchObject([{ finishReason: 'content-filter', rawFinishReason: '10' }]);
  });

  it.each([['<html>'], [[]], [{}], [{ candidates: [] }]])('that is %j is malformed', async (body) => {
    await expect(complete(body)).rejects.toMatchObject({ errorClass: 'malformed' });
  });
});

describe('what is sent', () => {
  it('names the model in the URL and the key in a header', async () => {
    const seen: unknown[] = [];
    await using server = await serveHttp((request, response) => {
      seen.push([
        request.method,
        request.url,
        request.headers['x-goog-api-key'],
        request.headers['x-request-id'],
        request.headers['traceparent'],
      ]);
      response
        .writeHead(200, request.url?.includes('alt=sse') === true ? EVENTS : JSON_TYPE)
        .end(
          request.url?.includes('alt=sse') === true ? event(chunk([{ text: 'Hi' }], STOP)) : JSON.stringify(chunk([{ text: 'Hi' }], STOP)),
        );
    });
    const provider = providerAt(`${server.url}/v1beta/`);
    await provider.complete(callOf());
    await provider.stream(callOf({ model: 'tunedModels/mine' }), { part: () => undefined });
    const rest = ['key-of-the-test', '0198c0de-0000-7000-8000-00000000abcd', '00-1-2-01'];
    expect(seen).toEqual([
      ['POST', '/v1beta/models/gemini-made-1:generateContent', ...rest],
      ['POST', '/v1beta/tunedModels/mine:streamGenerateContent?alt=sse', ...rest],
    ]);
    expect(inspect(provider, { depth: 9 })).not.toContain('key-of-the-test');
  });

  it.each(['../secrets', 'a//b', './x', ''])('never leaves the API for a model named %j', async (model) => {
    let served = 0;
    await using server = await serveHttp((_request, response) => void ((served += 1), response.end()));
    await expect(providerAt(server.url).complete(callOf({ model }))).rejects.toMatchObject({ errorClass: 'not-found', param: 'model' });
    expect(served).toBe(0);
  });

  it('is a list of one model when the provider is probed, and fails by its answer', async () => {
    const seen: unknown[] = [];
    let status = 200;
    await using server = await serveHttp((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      response
        .writeHead(status, JSON_TYPE)
        .end(JSON.stringify(status === 200 ? { models: [] } : { error: { code: 403, status: 'PERMISSION_DENIED' } }));
    });
    await providerAt(server.url).probe(new AbortController().signal);
    status = 403;
    await expect(providerAt(server.url).probe(new AbortController().signal)).rejects.toMatchObject({ errorClass: 'auth' });
    expect(seen).toEqual(['GET /models?pageSize=1', 'GET /models?pageSize=1']);
  });

  it('asks page by page for the models, with an end', async () => {
    const seen: unknown[] = [];
    await using server = await serveHttp((request, response) => {
      seen.push(request.url);
      const page = {
        models: [{ name: `models/gemini-${seen.length}`, inputTokenLimit: 10, outputTokenLimit: 5 }, { name: 7 }],
        nextPageToken: 'more&',
      };
      response.writeHead(200, JSON_TYPE).end(JSON.stringify(page));
    });
    const models = await providerAt(server.url).listModels?.(new AbortController().signal);
    expect(models?.map(({ model }) => model)).toEqual(['gemini-1', 'gemini-2', 'gemini-3', 'gemini-4', 'gemini-5']);
    expect(seen.slice(0, 2)).toEqual(['/models?pageSize=1000', '/models?pageSize=1000&pageToken=more%26']);
  });
});

describe('embeddings', () => {
  async function embed(flavour: 'gemini' | 'vertex', inputs: readonly (string | number[])[], model = 'embedding-made') {
    const bodies: JsonObject[] = [];
    await using server = await serveHttp((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (data: Buffer) => chunks.push(data));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { requests?: unknown[]; instances?: unknown[] };
        bodies.push(body as JsonObject);
        const embeddings = body.requests?.map(() => ({ values: [bodies.length, 0.5] }));
        const predictions = body.instances?.map(() => ({
          embeddings: { values: [bodies.length], statistics: { token_count: 2, truncated: bodies.length === 2 } },
        }));
        response.writeHead(200, JSON_TYPE).end(JSON.stringify(predictions === undefined ? { embeddings } : { predictions }));
      });
    });
    const request = {
      inputs,
      dimensions: 2,
      endUserId: 'u',
      extra: { task_type: 'RETRIEVAL_QUERY', autoTruncate: true, encoding_format: 'float' },
    };
    const result = await providerAt(server.url, { flavour }).embed?.(model, request, callOf().context);
    return { bodies, result };
  }

  it('go in batches as large as the API takes, and come in order', async () => {
    const { bodies, result } = await embed(
      'gemini',
      Array.from({ length: 130 }, (_, index) => `text ${index}`),
    );
    expect(bodies.map((body) => (body['requests'] as unknown[]).length)).toEqual([100, 30]);
    expect(((bodies[0] as JsonObject)['requests'] as unknown[])[0]).toEqual({
      model: 'models/embedding-made',
      content: { parts: [{ text: 'text 0' }] },
      outputDimensionality: 2,
      task_type: 'RETRIEVAL_QUERY',
      autoTruncate: true,
    });
    expect(result?.vectors.map(([batch]) => batch)).toEqual([
      ...Array.from({ length: 100 }, () => 1),
      ...Array.from({ length: 30 }, () => 2),
    ]);
    expect([result?.usage, result?.warnings.length]).toEqual([null, 1]);
  });

  it('go one by one to Gemini models of Vertex AI, whose counts are added', async () => {
    const { bodies, result } = await embed('vertex', ['a', 'b'], 'gemini-embedding-made');
    expect(bodies).toEqual(
      ['a', 'b'].map((content) => ({
        instances: [{ content, task_type: 'RETRIEVAL_QUERY' }],
        parameters: { autoTruncate: true, outputDimensionality: 2 },
      })),
    );
    expect(result).toMatchObject({ vectors: [[1], [2]], usage: { inputTokens: 4, totalTokens: 4 } });
    expect(result?.warnings).toContain('An input was longer than the model takes: its end was left out.');
  });

  it('take no token ids', async () => {
    await expect(embed('gemini', [[1, 2]])).rejects.toMatchObject({ errorClass: 'invalid', param: 'input' });
  });

  it('are malformed when a vector is missing', async () => {
    await using server = await serveHttp(
      (_request, response) => void response.writeHead(200, JSON_TYPE).end('{"embeddings":[{"values":[1]}]}'),
    );
    const embedding = providerAt(server.url).embed?.('m', { inputs: ['a', 'b'] }, callOf().context);
    await expect(embedding).rejects.toMatchObject({ errorClass: 'malformed' });
  });
});
