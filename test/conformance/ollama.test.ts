import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../server/src/kernel/clock/index.ts';
import { createOllamaProvider } from '../../server/src/modules/providers/adapters/ollama/index.ts';
import {
  fromOllamaChatBody,
  fromOllamaGenerateBody,
  OllamaChunkEncoder,
  ProviderError,
  toOllamaChatResponse,
  type Choice,
  type JsonObject,
  type JsonValue,
  type OllamaAnswerOptions,
  type Provider,
  type StreamPart,
  type Usage,
} from '../../server/src/modules/providers/index.ts';
import type { Splitting } from '../testkit/replay-server.ts';
import { callOf, collect, createTestClient, errorOf, partsOf, PLAIN_REQUEST, sumOfBuckets } from '../testkit/provider-calls.ts';
import { CUTS, HAS_RECORDINGS, readWireCases, replayCase, type RecordedWireCase } from './recorded-wires.ts';

/** Other surfaces of the server, replayed by the suites of their wires (`messages.*` hold no body of a request). */
const OTHER_SURFACES = { chat: 25, completions: 5, embeddings: 1, messages: 7, models: 1 };
/** Answers whose request was not kept by the source. */
const RESPONSE_ONLY = ['native-chat.stream-reasoning.01'];

const httpClient = createTestClient();
afterAll(() => httpClient.close());

const cases = readWireCases('ollama');
const chats = cases.filter(({ api }) => api === 'native-chat');
const generations = cases.filter(({ api }) => api === 'native-generate');
const answers = chats.filter(({ status, body }) => status === 200 && body !== null);
const streams = chats.filter(({ stream }) => stream !== null);
const failures = chats.filter(({ status }) => status !== 200);
const named = (list: readonly RecordedWireCase[]) => list.map((recorded) => [recorded.name, recorded] as const);

type Fields = Record<string, JsonValue>;

function providerAt(baseUrl: string): Provider {
  return createOllamaProvider({
    id: 'ollama',
    displayName: 'Ollama',
    baseUrl,
    apiKey: null,
    httpClient,
    clock: systemClock,
    egress: 'operator',
  });
}

async function streamed(recorded: RecordedWireCase, splitting: Splitting): Promise<readonly StreamPart[]> {
  await using server = await replayCase(recorded, { path: '/api/chat' }, splitting);
  return await partsOf(providerAt(server.url), callOf('model-of-the-test', PLAIN_REQUEST));
}

describe.skipIf(!HAS_RECORDINGS)('the Ollama adapter over recorded traffic', () => {
  it('knows every recorded case', () => {
    const others: Record<string, number> = {};
    for (const { api } of cases) if (!api.startsWith('native-')) others[api] = (others[api] ?? 0) + 1;
    expect(others).toEqual(OTHER_SURFACES);
    expect([answers.length, streams.length, failures.length, generations.length]).toEqual([13, 10, 1, 4]);
    expect(chats.filter(({ request }) => request === null).map(({ name }) => name)).toEqual(RESPONSE_ONLY);
  });

  describe('sends what was recorded, by way of the door and the neutral form', () => {
    it.each(named(chats.filter(({ request }) => request !== null)))('%s', async (_name, recorded) => {
      const { body, path } = recorded.request as { body: JsonObject; path: string };
      await using server = await replayCase(recorded, { path, requestBody: body, normalize: (sent) => toNormalForm(sent as JsonObject) });
      const call = callOf(body['model'] as string, fromOllamaChatBody(body));
      await errorOf(
        body['stream'] === false ? providerAt(server.url).complete(call) : providerAt(server.url).stream(call, { part: () => undefined }),
      );
      expect(server.mismatches).toEqual([]);
      expect(server.served).toBe(1);
    });
  });

  describe('gives everything a whole answer held', () => {
    it.each(named(answers))('%s', async (_name, recorded) => {
      const answer = recorded.body as Fields;
      await using server = await replayCase(recorded, { path: '/api/chat' });
      const result = await providerAt(server.url).complete(callOf('model-of-the-test', PLAIN_REQUEST));
      expect(result.choices).toEqual([expectedChoice([answer], result.choices[0])]);
      expect(result).toMatchObject({ id: null, model: answer['model'], warnings: [], upstream: { httpStatus: 200 } });
      expect(result.createdAtSeconds).toBe(Math.floor(Date.parse(answer['created_at'] as string) / 1000));
      expect(result.extra).toEqual(expectedExtra(answer));
      expectUsage(result.usage, answer);
    });
  });

  describe('gives everything a stream held, cut anywhere', () => {
    it.each(named(streams))('%s', async (_name, recorded) => {
      const lines = linesOf(recorded.stream as Buffer);
      const last = lines.at(-1) as Fields;
      const parts = await streamed(recorded, 'whole');
      expect(parts[0]).toMatchObject({ type: 'response-start', id: null, model: last['model'], warnings: [] });
      expect(parts.filter(({ type }) => type === 'response-start')).toHaveLength(1);
      const { choices, usage, extra } = collect(parts);
      expect(choices).toEqual([expectedChoice(lines, choices[0])]);
      expect(extra).toEqual(expectedExtra(last));
      expectUsage(usage, last);
      for (const splitting of CUTS) expect(await streamed(recorded, splitting)).toEqual(parts);
      expect(await streamed(recorded, recorded.chunkLengths ?? 'whole')).toEqual(parts);
      expect(await streamed(withoutLastLineFeed(recorded), 'bytes')).toEqual(parts);
    });

    it.each(named(streams))('%s is no answer when it breaks off', async (_name, recorded) => {
      const stream = recorded.stream as Buffer;
      const cut = stream.subarray(0, stream.lastIndexOf('\n', stream.length - 2) + 1);
      const error = await errorOf(streamed({ ...recorded, stream: cut }, 'whole'));
      expect(error).toMatchObject({ errorClass: 'malformed' });
    });
  });

  describe('hands on through its own door what it was given', () => {
    it.each(named(answers))('%s, whole', async (_name, recorded) => {
      const answer = recorded.body as Fields;
      await using server = await replayCase(recorded, { path: '/api/chat' });
      const result = await providerAt(server.url).complete(callOf('model-of-the-test', PLAIN_REQUEST));
      const given = toOllamaChatResponse(result, optionsOf(answer, 'chat'));
      expect(toComparable(given)).toEqual(toComparable(answer));
    });

    it.each(named(streams))('%s, streamed', async (_name, recorded) => {
      const lines = linesOf(recorded.stream as Buffer);
      const encoder = new OllamaChunkEncoder(optionsOf(lines.at(-1) as Fields, 'chat'));
      const text = (await streamed(recorded, 'whole')).map((part) => encoder.encode(part)).join('') + encoder.end();
      const given = linesOf(Buffer.from(text));
      expect(given.map(toComparable)).toEqual(lines.map(toComparable));
    });
  });

  describe('reads generations at the door', () => {
    it.each(named(generations))('%s', (_name, recorded) => {
      const body = recorded.request?.body as Fields;
      const request = fromOllamaGenerateBody(body);
      expect(request.messages).toEqual([{ role: 'user', content: [{ type: 'text', text: body['prompt'] }] }]);
      expect(request.responseFormat).toEqual(body['format'] === 'json' ? { type: 'json-object' } : undefined);
      const options = (body['options'] ?? {}) as Fields;
      expect([request.maxOutputTokens, request.temperature]).toEqual([options['num_predict'], options['temperature']]);
      expect(request.extra).toBeUndefined();
    });
  });

  it('models.models.01: every installed model is found', async () => {
    const recorded = cases.find(({ name }) => name === 'models.models.01') as RecordedWireCase;
    await using server = await replayCase(recorded, { method: 'GET', path: '/api/tags' });
    const provider = providerAt(server.url);
    const installed = recorded.body?.['models'] as Fields[];
    expect((await provider.listModels?.(AbortSignal.timeout(20_000)))?.map(({ model }) => model)).toEqual(
      installed.map(({ name }) => name),
    );
    await provider.probe(AbortSignal.timeout(20_000));
    expect([server.mismatches, server.served]).toEqual([[], 2]);
  });

  it.each(failures.flatMap((recorded) => [false, true].map((isStream) => [recorded.name, isStream, recorded] as const)))(
    '%s has its class (streamed: %s)',
    async (_name, isStream, recorded) => {
      await using server = await replayCase(recorded, { path: '/api/chat' });
      const call = callOf('nonexistent-model:latest', PLAIN_REQUEST);
      const provider = providerAt(server.url);
      const error = await errorOf(isStream ? partsOf(provider, call) : provider.complete(call));
      expect(error).toBeInstanceOf(ProviderError);
      expect(error).toMatchObject({
        errorClass: 'not-found',
        httpStatus: 404,
        retryAfterMs: null,
        callerMessage: "model 'nonexistent-model:latest' not found",
      });
    },
  );
});

function linesOf(stream: Buffer): Fields[] {
  return stream
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Fields);
}

function withoutLastLineFeed(recorded: RecordedWireCase): RecordedWireCase {
  return { ...recorded, stream: Buffer.from((recorded.stream as Buffer).toString('utf8').trimEnd()) };
}

/** What lines must add up to, read without the adapter; ids that the wire left out are made up by us. */
function expectedChoice(lines: readonly Fields[], got: Choice | undefined): unknown {
  const messages = lines.map(({ message }) => message as Fields);
  const joined = (name: string): string => messages.map((message) => (message[name] as string | undefined) ?? '').join('');
  const calls = messages.flatMap((message) => (message['tool_calls'] as Fields[] | undefined) ?? []);
  const reason = lines.at(-1)?.['done_reason'] as string;
  const thinking = joined('thinking');
  return {
    index: 0,
    text: joined('content'),
    reasoning: thinking === '' ? [] : [{ text: thinking }],
    refusal: null,
    toolCalls: calls.map((call, index) => {
      const definition = call['function'] as Fields;
      const id = call['id'] ?? got?.toolCalls[index]?.id;
      return { id, name: definition['name'], argumentsText: JSON.stringify(definition['arguments']) };
    }),
    logprobs: null,
    finishReason: reason === 'length' ? 'length' : calls.length > 0 ? 'tool-calls' : 'stop',
    rawFinishReason: reason,
    extra: {},
  };
}

function expectedExtra(last: Fields): JsonObject {
  return Object.fromEntries(Object.entries(last).filter(([name]) => name.endsWith('_duration')));
}

function expectUsage(usage: Usage | null, last: Fields): void {
  const [input, output] = [(last['prompt_eval_count'] as number | undefined) ?? 0, last['eval_count'] as number];
  expect(usage).toMatchObject({ inputTokens: input, outputTokens: output, totalTokens: input + output });
  expect(sumOfBuckets(usage as Usage)).toBe(usage?.totalTokens);
}

function optionsOf(answer: Fields, kind: OllamaAnswerOptions['kind']): OllamaAnswerOptions {
  return { model: answer['model'] as string, kind, nowMs: () => 1000, startedAtMs: 0 };
}

/** Times are the door's own. */
function toComparable({ created_at: _created, total_duration: _total, ...answer }: JsonObject): JsonObject {
  return answer;
}

/** Strings that say nothing go, as do ids that older clients leave out. */
function toNormalForm(body: JsonObject): JsonObject {
  const { format, keep_alive: keepAlive, options, tools, stream, messages, ...rest } = body;
  return {
    ...rest,
    ...(format === '' || format == null ? {} : { format }),
    ...(keepAlive == null ? {} : { keep_alive: keepAlive }),
    ...(Object.keys((options ?? {}) as Fields).length === 0 ? {} : { options: options as JsonValue }),
    ...((tools as JsonValue[] | undefined)?.length ? { tools: tools as JsonValue } : {}),
    stream: stream ?? true,
    messages: (messages as Fields[]).map(toNormalMessage),
  };
}

function toNormalMessage({ tool_call_id: _id, tool_name: _name, tool_calls: calls, ...message }: Fields): Fields {
  if (calls === undefined) return message;
  return {
    ...message,
    tool_calls: (calls as Fields[]).map((call) => {
      const { index: _index, ...definition } = call['function'] as Fields;
      return { function: definition };
    }),
  };
}
