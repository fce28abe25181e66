import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../server/src/kernel/clock/index.ts';
import { Secret } from '../../server/src/kernel/crypto/index.ts';
import { createCohereProvider } from '../../server/src/modules/providers/adapters/cohere/index.ts';
import {
  COMPATIBLE_CAPABILITIES,
  COMPATIBLE_WIRE,
  createOpenAiCompatibleProvider,
} from '../../server/src/modules/providers/adapters/openai-compatible/index.ts';
import {
  ProviderError,
  type Choice,
  type JsonObject,
  type JsonValue,
  type Provider,
  type StreamPart,
  type Usage,
} from '../../server/src/modules/providers/contract.ts';
import { callOf, collect, contextOf, createTestClient, errorOf, partsOf, PLAIN_REQUEST, sumOfBuckets } from '../testkit/provider-calls.ts';
import type { Splitting } from '../testkit/replay-server.ts';
import { foldEvents, toCompletionRequest, toNormalForm } from './cohere.reader.ts';
import { CUTS, HAS_RECORDINGS, readWireCases, replayCase, type RecordedWireCase } from './recorded-wires.ts';

/** Answers of the vendor's older wire, which the adapter does not speak; the errors of that wire have the same form and are replayed. */
const OLDER_WIRE = ['v1-chat.cached-tokens.01', 'v1-chat.cached-tokens.02', 'v1-chat.text.01', 'v1-chat.text.02'];
/** v2 answers whose request was not kept by the source. */
const RESPONSE_ONLY = ['v2-chat.citations.01', 'v2-chat.length-stop.02', 'v2-chat.stream-tool-call.03'];

const httpClient = createTestClient();
afterAll(() => httpClient.close());

const cases = readWireCases('cohere');
const chats = cases.filter(({ api }) => api === 'v2-chat');
const withRequest = chats.filter(({ request }) => request !== null);
const answers = chats.filter(({ status, body }) => status === 200 && body !== null);
const streams = chats.filter(({ stream }) => stream !== null);
const failures = cases.filter(({ status }) => status !== 200);
const named = (list: readonly RecordedWireCase[]) => list.map((recorded) => [recorded.name, recorded] as const);

type Fields = Record<string, JsonValue>;

function providerAt(baseUrl: string): Provider {
  return createCohereProvider({
    id: 'cohere',
    displayName: 'Cohere',
    baseUrl,
    apiKey: new Secret('key-of-the-test'),
    httpClient,
    clock: systemClock,
    egress: 'operator',
  });
}

async function streamed(recorded: RecordedWireCase, splitting: Splitting): Promise<readonly StreamPart[]> {
  await using server = await replayCase(recorded, { path: '/v2/chat' }, splitting);
  return await partsOf(providerAt(server.url), callOf('model-of-the-test', PLAIN_REQUEST));
}

describe.skipIf(!HAS_RECORDINGS)('the Cohere adapter over recorded traffic', () => {
  it('knows every recorded case', () => {
    const counts: Record<string, number> = {};
    for (const { api } of cases) counts[api] = (counts[api] ?? 0) + 1;
    expect(counts).toEqual({ chat: 2, embeddings: 3, rerank: 2, 'v1-chat': 6, 'v2-chat': 30 });
    expect([answers.length, streams.length, failures.length]).toEqual([20, 8, 5]);
    expect(chats.filter(({ request }) => request === null).map(({ name }) => name)).toEqual(RESPONSE_ONLY);
    expect(cases.filter(({ api, status }) => api === 'v1-chat' && status === 200).map(({ name }) => name)).toEqual(OLDER_WIRE);
  });

  describe('sends what was recorded, by way of the neutral form', () => {
    it.each(named(withRequest))('%s', async (_name, recorded) => {
      const { body, path } = recorded.request as { body: JsonObject; path: string };
      await using server = await replayCase(recorded, {
        path,
        requestHeaders: { authorization: 'Bearer key-of-the-test', 'x-request-id': 'attempt-1' },
        requestBody: body,
        normalize: (sent) => toNormalForm(sent as JsonObject),
      });
      const call = callOf(body['model'] as string, toCompletionRequest(body));
      const running = body['stream'] === true ? partsOf(providerAt(server.url), call) : providerAt(server.url).complete(call);
      const error = await errorOf(running);
      expect([server.mismatches, server.served]).toEqual([[], 1]);
      expect(error === null).toBe(recorded.status === 200);
    });
  });

  describe('gives everything a whole answer held', () => {
    it.each(named(answers))('%s', async (_name, recorded) => {
      const answer = recorded.body as Fields;
      await using server = await replayCase(recorded, { path: '/v2/chat' });
      const result = await providerAt(server.url).complete(callOf('model-of-the-test', PLAIN_REQUEST));
      expect(result.choices).toEqual([expectedChoice(answer)]);
      expectUsage(result.usage, answer['usage'] as Fields);
      expect(result).toMatchObject({ id: answer['id'], model: null, warnings: [], wire: null });
      expect(result.extra).toBeUndefined();
      expect(result.upstream).toEqual(expectedUpstream(recorded));
    });
  });

  describe('gives everything a stream held, cut anywhere', () => {
    it.each(named(streams))('%s', async (_name, recorded) => {
      const answer = foldEvents(recorded.stream as Buffer);
      const parts = await streamed(recorded, 'whole');
      expect(parts[0]).toMatchObject({ type: 'response-start', id: answer['id'], upstream: expectedUpstream(recorded) });
      expect(parts.filter(({ type }) => type === 'response-start')).toHaveLength(1);
      const { choices, usage } = collect(parts);
      expect(choices).toEqual([expectedChoice(answer)]);
      expectUsage(usage, answer['usage'] as Fields);
      for (const splitting of CUTS) expect(await streamed(recorded, splitting)).toEqual(parts);
      expect(await streamed(recorded, recorded.chunkLengths ?? 'whole')).toEqual(parts);
      expect(await streamed(withCarriageReturns(recorded), 'bytes')).toEqual(parts);
    });

    it.each(named(streams))('%s equals the same answer given whole', async (_name, recorded) => {
      const body = foldEvents(recorded.stream as Buffer);
      await using server = await replayCase({ ...recorded, body, stream: null, headers: {} }, { path: '/v2/chat' });
      const result = await providerAt(server.url).complete(callOf('model-of-the-test', PLAIN_REQUEST));
      const collected = collect(await streamed(recorded, 'whole'));
      expect(collected.choices).toEqual(result.choices);
      expect(collected.usage).toEqual(result.usage);
      // A server that answers a streamed request with a document has given the same.
      const document = collect(await partsOf(providerAt(server.url), callOf('model-of-the-test', PLAIN_REQUEST)));
      expect(document.choices).toEqual(result.choices);
    });

    it.each(named(streams))('%s is no answer when it breaks off', async (_name, recorded) => {
      const text = (recorded.stream as Buffer).toString('utf8');
      const cut = Buffer.from(text.slice(0, text.indexOf('event: message-end')));
      expect(await errorOf(streamed({ ...recorded, stream: cut }, 'whole'))).toMatchObject({ errorClass: 'malformed' });
    });
  });

  describe('embeds', () => {
    it.each(named(cases.filter(({ api, status }) => api === 'embeddings' && status === 200)))('%s', async (_name, recorded) => {
      const { body } = recorded.request as { body: JsonObject };
      await using server = await replayCase(recorded, { path: '/v2/embed', requestBody: body });
      const dimensions = body['output_dimension'] as number | undefined;
      const embedded = await (providerAt(server.url).embed as NonNullable<Provider['embed']>)(
        body['model'] as string,
        {
          inputs: body['texts'] as string[],
          ...(dimensions === undefined ? {} : { dimensions }),
          extra: { input_type: body['input_type'] as string },
        },
        contextOf(),
      );
      expect(server.mismatches).toEqual([]);
      const answer = recorded.body as Fields;
      expect(embedded.vectors).toEqual((answer['embeddings'] as Fields)['float']);
      expect(embedded).toMatchObject({ warnings: [], usage: { inputTokens: 7, totalTokens: 7, raw: answer['meta'] } });
    });
  });

  describe('ranks', () => {
    it.each(named(cases.filter(({ api }) => api === 'rerank')))('%s', async (_name, recorded) => {
      const { body } = recorded.request as { body: JsonObject };
      await using server = await replayCase(recorded, { path: '/v2/rerank', requestBody: body });
      const documents = body['documents'] as string[];
      const ranked = await (providerAt(server.url).rerank as NonNullable<Provider['rerank']>)(
        body['model'] as string,
        { query: body['query'] as string, documents, topN: body['top_n'] as number, returnDocuments: true },
        contextOf(),
      );
      expect(server.mismatches).toEqual([]);
      const rows = (recorded.body as Fields)['results'] as Fields[];
      expect(ranked.results).toEqual(
        rows.map(({ index, relevance_score: score }) => ({ index, score, document: documents[index as number] })),
      );
      expect(ranked).toMatchObject({ searchUnits: 1, rawUsage: { search_units: 1 }, usage: null, warnings: [] });
    });
  });

  describe('classifies failures by body and status', () => {
    const EXPECTED: Readonly<Record<string, string>> = {
      'embeddings.error-404.01': 'not-found',
      'v1-chat.error-404.01': 'not-found',
      'v1-chat.error-404.02': 'not-found',
      'v2-chat.context-length-error.01': 'too-long',
      'v2-chat.error-404.01': 'not-found',
    };
    const ways = failures.flatMap((recorded) => [false, true].map((isStream) => [recorded.name, isStream, recorded] as const));

    it.each(ways)('%s (streamed: %s)', async (name, isStream, recorded) => {
      await using server = await replayCase(recorded, { path: '/v2/chat' });
      const call = callOf('model-of-the-test', PLAIN_REQUEST);
      const error = await errorOf(isStream ? partsOf(providerAt(server.url), call) : providerAt(server.url).complete(call));
      expect(error).toBeInstanceOf(ProviderError);
      const { message, id } = recorded.body as Fields;
      expect(error).toMatchObject({ errorClass: EXPECTED[name], httpStatus: recorded.status, callerMessage: message, retryAfterMs: null });
      expect((error as ProviderError).upstream?.requestId).toBe(id);
    });
  });

  describe('has an OpenAI face, which the OpenAI adapter speaks', () => {
    const compatibleAt = (baseUrl: string): Provider =>
      createOpenAiCompatibleProvider({
        id: 'cohere-compatible',
        displayName: 'Cohere',
        baseUrl: `${baseUrl}/compatibility/v1`,
        apiKey: new Secret('key-of-the-test'),
        capabilities: COMPATIBLE_CAPABILITIES,
        wire: COMPATIBLE_WIRE,
        httpClient,
        clock: systemClock,
        egress: 'operator',
      });

    it.each(named(cases.filter(({ api }) => api === 'chat')))('%s', async (_name, recorded) => {
      await using server = await replayCase(recorded, { path: (recorded.request as { path: string }).path });
      const parts = await partsOf(compatibleAt(server.url), callOf('command-r7b-12-2024', PLAIN_REQUEST));
      const [choice] = collect(parts).choices;
      expect(choice?.text).toBe(recorded.stream === null ? 'One plus one is equal to two.' : 'This is a test.');
      expect(choice?.rawFinishReason).toBe('stop');
      expect(server.mismatches).toEqual([]);
    });
  });
});

const FINISH_REASONS: Readonly<Record<string, Choice['finishReason']>> = {
  COMPLETE: 'stop',
  MAX_TOKENS: 'length',
  TOOL_CALL: 'tool-calls',
};

/** What a recorded answer must become, read from it without the adapter. */
function expectedChoice(answer: Fields): unknown {
  const { content, tool_calls: calls, role: _role, ...extra } = answer['message'] as Fields;
  const blocks = (content ?? []) as Fields[];
  const thinking = blocks.map((block) => (block['thinking'] as string | undefined) ?? '').join('');
  return {
    index: 0,
    text: blocks.map((block) => (block['text'] as string | undefined) ?? '').join(''),
    reasoning: thinking === '' ? [] : [{ text: thinking }],
    refusal: null,
    toolCalls: ((calls ?? []) as Fields[]).map(({ id, function: definition }) => ({
      id,
      name: (definition as Fields)['name'],
      argumentsText: (definition as Fields)['arguments'],
    })),
    logprobs: null,
    finishReason: FINISH_REASONS[answer['finish_reason'] as string],
    rawFinishReason: answer['finish_reason'],
    extra,
  };
}

/** What is billed, with images and thinking told apart. */
function expectUsage(usage: Usage | null, raw: Fields): void {
  const [billed, tokens] = [raw['billed_units'] as Record<string, number>, raw['tokens'] as Record<string, number>];
  const [images, thinking] = [tokens['image_tokens'] ?? 0, tokens['reasoning_tokens'] ?? 0];
  const [input, output] = [billed['input_tokens'] as number, billed['output_tokens'] as number];
  expect(usage).toEqual({
    inputTokens: input - images,
    cachedReadTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: output - thinking,
    reasoningTokens: thinking,
    audioInputTokens: 0,
    audioOutputTokens: 0,
    imageInputTokens: images,
    totalTokens: input + output,
    raw,
  });
  expect(sumOfBuckets(usage as Usage)).toBe(usage?.totalTokens);
}

function expectedUpstream(recorded: RecordedWireCase): unknown {
  const kept = Object.entries(recorded.headers).filter(([name]) =>
    /^x-(?:trial-endpoint-|endpoint-monthly|envoy-upstream|api-warning)/.test(name),
  );
  const [limit, remaining] = [recorded.headers['x-trial-endpoint-call-limit'], recorded.headers['x-trial-endpoint-call-remaining']];
  const headroom =
    remaining === undefined ? {} : { headroom: { requests: { limit: Number(limit), remaining: Number(remaining), resetMs: null } } };
  return { httpStatus: 200, requestId: null, headers: Object.fromEntries(kept), ...headroom };
}

function withCarriageReturns(recorded: RecordedWireCase): RecordedWireCase {
  return { ...recorded, stream: Buffer.from((recorded.stream as Buffer).toString('utf8').replaceAll('\n', '\r\n')) };
}
