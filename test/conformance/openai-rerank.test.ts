import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../server/src/kernel/clock/index.ts';
import { createHttpClient } from '../../server/src/kernel/http-client/index.ts';
import { createLogger } from '../../server/src/kernel/telemetry/index.ts';
import {
  COMPATIBLE_CAPABILITIES,
  COMPATIBLE_WIRE,
  createOpenAiCompatibleProvider,
} from '../../server/src/modules/providers/adapters/openai-compatible/index.ts';
import { ProviderError, type JsonObject, type Provider, type RerankRequest } from '../../server/src/modules/providers/index.ts';
import { serveRecorded, type ReplayServer } from '../testkit/replay-server.ts';
import { HAS_RECORDINGS } from './openai.cases.ts';

const FIXTURES = new URL('../../../shared/fixtures/providers/', import.meta.url);
const httpClient = createHttpClient({ log: createLogger({ level: 'silent' }), clock: systemClock });
afterAll(() => httpClient.close());

interface Recorded {
  readonly request: JsonObject;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

function read(name: string): Recorded {
  const parse = (part: string): JsonObject => JSON.parse(readFileSync(new URL(`${name}.${part}.json`, FIXTURES), 'utf8')) as JsonObject;
  const response = parse('response') as unknown as Recorded;
  return { ...response, request: parse('request')['body'] as JsonObject };
}

function replay({ request, status, headers, body }: Recorded): Promise<ReplayServer> {
  return serveRecorded({
    method: 'POST',
    path: '/v1/rerank',
    requestBody: request,
    status,
    responseHeaders: { 'content-type': 'application/json', ...headers },
    responseBody: Buffer.from(JSON.stringify(body)),
  });
}

function providerAt(url: string): Provider {
  return createOpenAiCompatibleProvider({
    id: 'compatible',
    displayName: 'A server',
    baseUrl: `${url}/v1`,
    apiKey: null,
    capabilities: COMPATIBLE_CAPABILITIES,
    wire: COMPATIBLE_WIRE,
    rerankPath: '/rerank',
    egress: 'operator',
    httpClient,
    clock: systemClock,
  });
}

function rank(url: string, model: string, request: RerankRequest) {
  const context = { attemptId: 'attempt-1', signal: new AbortController().signal, remainingMs: 20_000, traceHeaders: {} };
  return (providerAt(url).rerank as NonNullable<Provider['rerank']>)(model, request, context);
}

function requestOf({ request }: Recorded): RerankRequest {
  return { query: request['query'] as string, documents: request['documents'] as string[], returnDocuments: true };
}

describe.skipIf(!HAS_RECORDINGS)('reranking over the OpenAI-compatible base, recorded', () => {
  it.each(['llama-cpp/rerank.rerank.01', 'openrouter/rerank.rerank.01'])('%s: every row comes with its document', async (name) => {
    const recorded = read(name);
    await using server = await replay(recorded);
    const result = await rank(server.url, recorded.request['model'] as string, requestOf(recorded));
    expect(server.mismatches).toEqual([]);
    const rows = recorded.body['results'] as JsonObject[];
    const documents = recorded.request['documents'] as string[];
    expect(result.results).toEqual(
      rows.map(({ index, relevance_score: score }) => ({ index, score, document: documents[index as number] })),
    );
    expect(result).toMatchObject({ id: recorded.body['id'] ?? null, model: recorded.body['model'], searchUnits: null, warnings: [] });
    const usage = recorded.body['usage'] as JsonObject;
    expect(result.rawUsage).toEqual(usage);
    expect(result.usage).toMatchObject({ inputTokens: usage['total_tokens'], outputTokens: 0, totalTokens: usage['total_tokens'] });
  });

  it.each([
    ['llama-cpp/rerank.error-400.01', { errorClass: 'invalid', callerMessage: '"documents" must be a non-empty string array' }],
    ['llama-cpp/rerank.error-501.01', { errorClass: 'invalid' }],
  ])('%s has its class', async (name, expected) => {
    const recorded = read(name);
    await using server = await replay(recorded);
    const error = await rank(server.url, recorded.request['model'] as string, requestOf(recorded)).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ ...expected, httpStatus: recorded.status });
    expect(server.mismatches).toEqual([]);
  });
});

describe('reranking over the OpenAI-compatible base', () => {
  const answer = (results: unknown): Recorded => ({
    request: { model: 'ranker', query: 'q', documents: ['one', 'two', '{"text":"three","title":"III"}'], top_n: 2 },
    status: 200,
    headers: {},
    body: { results } as JsonObject,
  });
  const request: RerankRequest = { query: 'q', documents: ['one', { text: 'two' }, { text: 'three', title: 'III' }], topN: 2 };

  it('gives the best first, no more than asked for, and says what became of objects', async () => {
    const rows = [
      { index: 0, relevance_score: -3 },
      { index: 1, score: 0.5 },
      { index: 2, relevance_score: 7 },
    ];
    await using server = await replay(answer(rows));
    const result = await rank(server.url, 'ranker', request);
    expect(server.mismatches).toEqual([]);
    expect(result.results).toEqual([
      { index: 2, score: 7, document: null },
      { index: 1, score: 0.5, document: null },
    ]);
    expect(result.warnings).toEqual(['Documents that are objects with more than `text` were sent as their JSON text.']);
    expect(result.usage).toBeNull();
  });

  it.each([
    ['a document that was not sent', [{ index: 3, relevance_score: 1 }]],
    [
      'one document twice',
      [
        { index: 1, relevance_score: 1 },
        { index: 1, relevance_score: 2 },
      ],
    ],
    ['a row without a score', [{ index: 1 }]],
    ['no rows', undefined],
  ])('refuses an answer with %s', async (_what, rows) => {
    await using server = await replay(answer(rows));
    await expect(rank(server.url, 'ranker', request)).rejects.toMatchObject({ errorClass: 'malformed' });
  });

  it('is not there where the provider ranks nothing', () => {
    const provider = createOpenAiCompatibleProvider({
      id: 'compatible',
      displayName: 'A server',
      baseUrl: 'http://localhost',
      apiKey: null,
      capabilities: COMPATIBLE_CAPABILITIES,
      wire: COMPATIBLE_WIRE,
      egress: 'operator',
      httpClient,
      clock: systemClock,
    });
    expect(provider.rerank).toBeUndefined();
  });
});
