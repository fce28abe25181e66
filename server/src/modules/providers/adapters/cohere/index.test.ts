import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../kernel/clock/index.ts';
import { Secret } from '../../../../kernel/crypto/index.ts';
import { serveHttp, type LoopbackServer } from '../../../../../../test/testkit/loopback.ts';
import {
  callOf,
  collect,
  contextOf,
  createTestClient,
  errorOf,
  partsOf,
  PLAIN_REQUEST,
} from '../../../../../../test/testkit/provider-calls.ts';
import type { EmbeddingsRequest, JsonObject, Provider, RerankRequest, StreamPart } from '../../contract.ts';
import { createCohereProvider, type CohereSettings } from './index.ts';

const httpClient = createTestClient();
afterAll(() => httpClient.close());
const CALL = callOf('command-a', PLAIN_REQUEST);
const EVENTS = { 'content-type': 'text/event-stream' };

function providerAt(baseUrl: string, settings: Partial<CohereSettings> = {}): Provider {
  const apiKey = new Secret('key-of-the-test');
  return createCohereProvider({
    id: 'cohere',
    displayName: 'Cohere',
    baseUrl,
    apiKey,
    httpClient,
    clock: systemClock,
    egress: 'operator',
    ...settings,
  });
}

function serve(answer: (response: ServerResponse, path: string) => void): Promise<LoopbackServer> {
  return serveHttp((request, response) => {
    request.resume();
    request.once('end', () => answer(response, request.url ?? ''));
  });
}

const event = (type: string, fields: JsonObject = {}): string => `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
const START = event('message-start', { id: 'm', delta: { message: { role: 'assistant' } } });
const text = (piece: string, fields: JsonObject = {}): string =>
  event('content-delta', { index: 0, delta: { message: { content: { text: piece } } }, ...fields });
const end = (fields: JsonObject = {}): string => event('message-end', { delta: { finish_reason: 'COMPLETE', ...fields } });

describe('the Cohere adapter', () => {
  it('makes a whole choice of a made stream: plan, fragments of arguments, citations, log probabilities', async () => {
    await using server = await serve((response) => {
      response.writeHead(200, EVENTS);
      response.write(START);
      response.write(event('tool-plan-delta', { delta: { message: { tool_plan: 'I will ' } } }));
      response.write(event('tool-plan-delta', { delta: { message: { tool_plan: 'look.' } } }));
      const call = { id: 'c', type: 'function', function: { name: 'look', arguments: '' } };
      response.write(event('tool-call-start', { index: 0, delta: { message: { tool_calls: call } } }));
      for (const piece of ['{"at"', ':1.0}'])
        response.write(event('tool-call-delta', { index: 0, delta: { message: { tool_calls: { function: { arguments: piece } } } } }));
      response.write(event('tool-call-end', { index: 0 }));
      response.write(event('tool-call-start', { index: 1, delta: { message: { tool_calls: { ...call, id: 'd' } } } }));
      response.write(text('é', { logprobs: { text: 'é', token_ids: [1, 2], logprobs: [-0.5, -0.25] } }));
      response.write(event('citation-start', { index: 0, delta: { message: { citations: { start: 0, end: 1 } } } }));
      response.write(event('something-new', { delta: { message: { content: { text: 'unheard of' } } } }));
      response.end(`${end({ finish_reason: 'NEW_REASON' })}data: [DONE]\n\n`);
    });
    const { choices, usage } = collect(await partsOf(providerAt(server.url), CALL));
    expect(choices).toEqual([
      {
        index: 0,
        text: 'é',
        reasoning: [],
        refusal: null,
        toolCalls: [
          { id: 'c', name: 'look', argumentsText: '{"at":1.0}' },
          { id: 'd', name: 'look', argumentsText: '{}' },
        ],
        logprobs: { content: [{ token: 'é', logprob: -0.75, token_ids: [1, 2], logprobs: [-0.5, -0.25] }] },
        finishReason: 'other',
        rawFinishReason: 'NEW_REASON',
        extra: { tool_plan: 'I will look.', citations: [{ start: 0, end: 1 }] },
      },
    ]);
    expect(usage).toBeNull();
  });

  it('gives what came before an error within a stream, then the error', async () => {
    await using server = await serve((response) =>
      response.writeHead(200, EVENTS).end(START + text('Hi') + end({ finish_reason: 'ERROR', error: 'too many tokens: no' })),
    );
    const parts: StreamPart[] = [];
    const error = await errorOf(providerAt(server.url).stream(CALL, { part: (part) => void parts.push(part) }));
    expect(parts.map(({ type }) => type)).toEqual(['response-start', 'text-delta']);
    expect(error).toMatchObject({ errorClass: 'too-long', callerMessage: 'too many tokens: no', httpStatus: 200 });
  });

  it.each([
    ['that breaks off', START + text('Hi')],
    ['that is empty', ''],
    ['that begins in the middle', text('Hi') + end()],
    ['with an event that is no JSON', 'data: Hello\n\n'],
    [
      'with citations without end',
      START + event('citation-start', { delta: { message: { citations: Array.from({ length: 10_001 }, () => ({})) } } }) + end(),
    ],
  ])('refuses a stream %s', async (_what, body) => {
    await using server = await serve((response) => response.writeHead(200, EVENTS).end(body));
    expect(await errorOf(partsOf(providerAt(server.url), CALL))).toMatchObject({ errorClass: 'malformed' });
  });

  it('ends with the caller', async () => {
    const controller = new AbortController();
    await using server = await serve((response) => void response.writeHead(200, EVENTS).write(START));
    const call = { ...CALL, context: contextOf(controller.signal) };
    const error = await errorOf(providerAt(server.url).stream(call, { part: () => controller.abort() }));
    expect(error).toMatchObject({ errorClass: 'cancelled' });
    await server.drained();
  });

  it.each([
    [400, { message: 'invalid request: message must be at least 1 token long' }, 'invalid', null],
    [400, { message: 'no', error_type: 'TOO_MANY_TOKENS' }, 'too-long', null],
    [400, { message: 'blocked output: please adjust your prompt' }, 'blocked', null],
    [401, { message: 'invalid api token' }, 'auth', null],
    [402, { message: 'Please add or update your payment method' }, 'quota', 3000],
    [429, { message: 'You are using a Trial key, which is limited to 10 API calls / minute.' }, 'rate-limit', 3000],
    [429, { message: 'You are using a Trial key, which is limited to 1000 API calls / month.' }, 'quota', 3000],
    [498, { message: 'no' }, 'blocked', null],
    [500, { message: 'internal server error, this has been reported to our developers. model x not found' }, 'overloaded', 3000],
    [503, '', 'overloaded', 3000],
    [504, {}, 'timeout', null],
  ] as const)('an answer of %i with %j is of its class: %s', async (status, body, errorClass, retryAfterMs) => {
    await using server = await serve((response) => {
      response.writeHead(status, { 'retry-after': '3' }).end(typeof body === 'string' ? body : JSON.stringify({ id: 'e', ...body }));
    });
    const error = await errorOf(providerAt(server.url).complete(CALL));
    expect(error).toMatchObject({ errorClass, httpStatus: status, retryAfterMs });
    expect(inspect(error)).not.toContain('key-of-the-test');
  });

  it('embeds by base64 where it is set so, and says what it added', async () => {
    const bytes = Buffer.alloc(8);
    bytes.writeFloatLE(0.5, 0);
    bytes.writeFloatLE(-2, 4);
    await using server = await serve((response) =>
      response.end(JSON.stringify({ embeddings: { base64: [bytes.toString('base64')] }, meta: {} })),
    );
    const provider = providerAt(`${server.url}/v2/`, { embeddingEncoding: 'base64' });
    const embed = (request: EmbeddingsRequest) => (provider.embed as NonNullable<Provider['embed']>)('embed-v4.0', request, contextOf());
    const result = await embed({ inputs: ['Hello'], extra: { embedding_types: ['int8'] } });
    expect(result).toMatchObject({ vectors: [[0.5, -2]], usage: null });
    expect(result.warnings).toEqual([
      'Embeddings are asked for as floats: other embedding_types were not sent.',
      "Cohere demands an input_type and none was given: 'search_document' was sent.",
    ]);
    expect(await errorOf(embed({ inputs: [[1]] }))).toMatchObject({ errorClass: 'invalid', param: 'input' });
    expect(await errorOf(embed({ inputs: ['a', 'b'] }))).toMatchObject({ errorClass: 'malformed' });
  });

  it('ranks objects by their fields, and refuses rows about nothing that was sent', async () => {
    let index = 1;
    await using server = await serve((response) => response.end(JSON.stringify({ results: [{ index, relevance_score: 0.5 }] })));
    const provider = providerAt(server.url);
    const rerank = (request: RerankRequest) => (provider.rerank as NonNullable<Provider['rerank']>)('rerank-v3.5', request, contextOf());
    const documents = ['one', { title: 'II', text: 'two' }];
    const result = await rerank({ query: 'q', documents, returnDocuments: true, extra: { top_k: 2 } });
    expect(result).toMatchObject({ results: [{ index: 1, score: 0.5, document: { title: 'II', text: 'two' } }], searchUnits: null });
    expect(result.warnings).toHaveLength(1);
    index = 2;
    expect(await errorOf(rerank({ query: 'q', documents }))).toMatchObject({ errorClass: 'malformed' });
  });

  it('lists the models of the account and probes with the same', async () => {
    const paths: string[] = [];
    await using server = await serve((response, path) => {
      paths.push(path);
      response.end(JSON.stringify({ models: [{ name: 'command-a', context_length: 288_000 }, { name: '' }, { name: 'command-a' }] }));
    });
    const provider = providerAt(`${server.url}/compatibility/v1`);
    expect(await provider.listModels?.(AbortSignal.timeout(20_000))).toEqual([
      { model: 'command-a', displayName: null, createdAtSeconds: null, contextTokens: 288_000, maxOutputTokens: null },
    ]);
    await provider.probe(AbortSignal.timeout(20_000));
    expect(paths).toEqual(['/v1/models?page_size=1000', '/v1/models?page_size=1']);
  });
});
