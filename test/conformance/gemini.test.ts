import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../server/src/kernel/clock/index.ts';
import { Secret } from '../../server/src/kernel/crypto/index.ts';
import { createHttpClient } from '../../server/src/kernel/http-client/index.ts';
import { createLogger } from '../../server/src/kernel/telemetry/index.ts';
import {
  accessTokenCredential,
  apiKeyCredential,
  createGeminiProvider,
  fromGeminiBody,
  GeminiChunkEncoder,
  toGeminiResponse,
} from '../../server/src/modules/providers/adapters/gemini/index.ts';
import {
  ProviderError,
  type CompletionRequest,
  type JsonObject,
  type JsonValue,
  type Provider,
  type ProviderCall,
  type RelayFacts,
  type StreamPart,
  type Usage,
} from '../../server/src/modules/providers/contract.ts';
import { ChoiceBuilder } from '../../server/src/modules/providers/shared/choice-builder.ts';
import type { Splitting } from '../testkit/replay-server.ts';
import {
  asJsonList,
  chunksOf,
  HAS_RECORDINGS,
  modelOf,
  prefixOf,
  readCases,
  replay,
  TEST_PATHS,
  type Flavour,
  type RecordedCase,
} from './gemini.cases.ts';
import { expectedChoice, expectedExtra, expectedHead, expectedUpstream, expectedUsage } from './gemini.fold.ts';
import { toCompletionRequest } from './gemini.reader.ts';

/** Surfaces of the vendor that this adapter does not speak, with the reason. */
const NOT_THIS_ADAPTER: Readonly<Record<string, string>> = {
  'google-gemini/cached-contents.cached-contents.01': 'caches are made and renewed by their owner; calls only name them',
  'google-gemini/cached-contents.cached-contents.02': 'caches are made and renewed by their owner; calls only name them',
  'google-gemini/interactions.stream-text.01': 'the Interactions API is another wire with state of its own',
  'google-gemini/interactions.stream-tool-call.01': 'the Interactions API is another wire with state of its own',
  'google-gemini/interactions.stream-vision.01': 'the Interactions API is another wire with state of its own',
  'google-gemini/interactions.text.01': 'the Interactions API is another wire with state of its own',
  'google-gemini/interactions.tool-call.01': 'the Interactions API is another wire with state of its own',
  'google-gemini/openai-compat.text.01': 'the list of models in the form of another wire, rebuilt from objects of a client',
  'google-gemini/openai-compat.text.02': 'the list of models in the form of another wire, rebuilt from objects of a client',
  'google-gemini/openai-compat.tool-call.01': 'the OpenAI-shaped door is replayed through the OpenAI adapter',
  'google-gemini/openai-compat.tool-result.01': 'the OpenAI-shaped door is replayed through the OpenAI adapter',
  'google-vertex/cached-contents.cached-contents.01': 'caches are made and renewed by their owner; calls only name them',
  'google-vertex/cached-contents.cached-contents.02': 'caches are made and renewed by their owner; calls only name them',
};

/** Requests that the neutral form cannot hold: what was recorded is their refusal. */
const UNSPEAKABLE: Readonly<Record<string, string>> = {
  'google-vertex/generate-content.error-400.01': 'a content of the role `invalid_role`',
};

/** Recorded with status 200, and no answer all the same. */
const REFUSED_WITHIN_200: Readonly<Record<string, Partial<ProviderError>>> = {
  'google-gemini/generate-content.edge-failure-only-prompt-feedback.01': {
    errorClass: 'blocked',
    callerMessage: 'Google Gemini blocked the prompt (Message).',
  },
  'google-vertex/generate-content.edge-failure-prompt-blocked-safety.01': {
    errorClass: 'blocked',
    callerMessage: 'Vertex AI blocked the prompt (SAFETY).',
  },
  'google-vertex/generate-content.edge-failure-empty-content.01': { errorClass: 'malformed', callerMessage: null },
  'google-vertex/generate-content.edge-failure-malformed-content.01': { errorClass: 'malformed', callerMessage: null },
  'google-vertex/generate-content.stream-edge-failure-malformed-content.01': { errorClass: 'malformed', callerMessage: null },
  // "The operation was cancelled.", code 499, bare after the events: by them, not by us.
  'google-vertex/generate-content.stream-edge-failure-error-mid-stream.01': { errorClass: 'overloaded', callerMessage: null },
};

const CUTS = ['bytes', { seed: 7, mostBytes: 400 }, { seed: 1913, mostBytes: 40 }] as const;

const client = createHttpClient({ log: createLogger({ level: 'silent' }), clock: systemClock });
afterAll(() => client.close());

const cases = readCases();
const claude = cases.filter(({ api }) => api === 'anthropic-on-vertex');
const generating = cases.filter(({ api }) => api === 'generate-content');
const withRequest = generating.filter(({ request, name }) => request !== null && UNSPEAKABLE[name] === undefined);
const succeeded = generating.filter(({ status, name }) => status === 200 && REFUSED_WITHIN_200[name] === undefined);
const answers = succeeded.filter(({ body }) => body !== null);
const streams = succeeded.filter(({ stream }) => stream !== null);
const failures = generating.filter(({ status }) => status !== 200);
const named = (list: readonly RecordedCase[]): (readonly [string, RecordedCase])[] => list.map((recorded) => [recorded.name, recorded]);

describe.skipIf(!HAS_RECORDINGS)('the Gemini adapter over recorded traffic', () => {
  it('knows every recorded case', () => {
    const spoken = cases.filter(({ name }) => NOT_THIS_ADAPTER[name] === undefined);
    const byApi = Object.groupBy(spoken, ({ api }) => api);
    expect(Object.fromEntries(Object.entries(byApi).map(([api, list]) => [api, list?.length]))).toEqual({
      'anthropic-on-vertex': 18,
      'cached-contents': 2,
      'count-tokens': 5,
      embeddings: 6,
      'generate-content': 103,
      models: 1,
    });
    expect(cases.length).toBe(148);
    expect(claude.length).toBe(18);
    expect([answers.length, streams.length, failures.length, Object.keys(REFUSED_WITHIN_200).length]).toEqual([49, 35, 13, 6]);
  });

  describe('sends what was recorded, by way of the neutral form', () => {
    it.each(named(withRequest))('%s', async (_name, recorded) => {
      const { path, body } = recorded.request as NonNullable<RecordedCase['request']>;
      const headers = { ...credentialOf(recorded.flavour), 'content-type': 'application/json', 'x-request-id': 'attempt-1' };
      await using server = await replay(recorded, 'whole', { path, body, headers });
      const call = toCall(modelOf(path), toCompletionRequest(body));
      await outcomeOf(providerAt(recorded, server.url), call, path.endsWith(':streamGenerateContent'));
      expect(server.mismatches).toEqual([]);
      expect(server.served).toBe(1);
    });
  });

  describe('sends what a caller of this dialect wrote, as it is and by way of the door', () => {
    it.each(named(generating.filter(({ request }) => request !== null)))('%s', async (name, recorded) => {
      const { path, body } = recorded.request as NonNullable<RecordedCase['request']>;
      const isStream = path.endsWith(':streamGenerateContent');
      await using server = await replay(recorded, 'whole', { path, body });
      const provider = providerAt(recorded, server.url);
      await outcomeOf(provider, { ...toCall(modelOf(path), PLAIN), wire: { dialect: 'gemini', body } }, isStream);
      const { model: _model, ...sent } = body;
      expect(server.received).toEqual([sent]);
      if (UNSPEAKABLE[name] === undefined) await outcomeOf(provider, toCall(modelOf(path), fromGeminiBody(body)), isStream);
      expect(server.mismatches).toEqual([]);
    });
  });

  describe('gives everything a whole answer held', () => {
    it.each(named(answers))('%s', async (_name, recorded) => {
      const body = recorded.body as JsonObject;
      await using server = await replay(recorded);
      const result = await providerAt(recorded, server.url).complete(toCall('gemini-test', PLAIN));
      expect(result.choices).toEqual([expectedChoice([body])]);
      expect(result.usage).toEqual(expectedUsage([body]));
      expect(result).toMatchObject(expectedHead([body]));
      expect(result.extra ?? {}).toEqual(expectedExtra([body]));
      expect(result.upstream).toEqual(expectedUpstream(recorded.headers));
      expect(JSON.parse((result.wire as { body: Buffer }).body.toString('utf8'))).toEqual(body);
      expect(result.warnings).toEqual([]);
      const atTheDoor = toGeminiResponse(result, { id: 'r', model: 'm' });
      expect(asAtTheDoor(expectedChoice([withoutMadeIds(atTheDoor)]))).toEqual(asAtTheDoor(expectedChoice([body])));
      expect(atTheDoor['usageMetadata'] ?? null).toEqual(expectedUsage([body])?.raw ?? null);
    });
  });

  describe('gives everything a stream held, cut anywhere', () => {
    it.each(named(streams))('%s', async (_name, recorded) => {
      const chunks = chunksOf(recorded.stream as Buffer);
      const parts = await partsOf(recorded, 'whole');
      expect(parts[0]).toMatchObject({ type: 'response-start', ...expectedHead(chunks), upstream: expectedUpstream(recorded.headers) });
      expect(parts.filter(({ type }) => type === 'response-start')).toHaveLength(1);
      const collected = collect(parts);
      expect(collected.choices).toEqual([expectedChoice(chunks)]);
      expect(collected.usage).toEqual(expectedUsage(chunks));
      expect(collected.extra).toEqual(expectedExtra(chunks));
      for (const splitting of CUTS) expect(await partsOf(recorded, splitting)).toEqual(parts);
      expect(await partsOf(recorded, recorded.chunkLengths ?? 'whole')).toEqual(parts);
      expect(await partsOf({ ...recorded, stream: withOtherLineEnds(recorded.stream as Buffer) }, 'bytes')).toEqual(parts);
    });

    it.each(named(streams))('%s is the same when it comes as one JSON list', async (_name, recorded) => {
      const headers = { ...recorded.headers, 'content-type': 'application/json; charset=UTF-8' };
      const list = { ...recorded, headers, stream: asJsonList(chunksOf(recorded.stream as Buffer)) };
      const parts = await partsOf(recorded, 'whole');
      for (const splitting of ['whole', ...CUTS] as const) expect(await partsOf(list, splitting)).toEqual(parts);
    });

    it.each(named(streams))('%s passes byte for byte to a caller of this dialect', async (_name, recorded) => {
      const stream = recorded.stream as Buffer;
      const chunks = chunksOf(stream);
      for (const splitting of ['whole', ...CUTS] as const) {
        const relayed = await relayOf(recorded, splitting);
        expect(relayed.bytes.toString('utf8').trimEnd()).toBe(stream.toString('utf8').trimEnd());
        expect(relayed.outcome?.usage).toEqual(expectedUsage(chunks));
        expect(relayed.outcome).toMatchObject({ id: expectedHead(chunks)['id'], model: expectedHead(chunks)['model'] });
        const { finishReason, rawFinishReason } = expectedChoice(chunks) as Record<string, unknown>;
        expect(relayed.outcome?.finishReasons).toEqual([{ choice: 0, finishReason, rawFinishReason }]);
        expect(relayed.facts.at(-1)).toMatchObject({ hasOutput: true, isUsageEvent: false, isEnd: rawFinishReason !== null });
      }
    });

    it.each(named(streams))('%s comes out of the door as what it was', async (_name, recorded) => {
      const chunks = chunksOf(recorded.stream as Buffer);
      const encoder = new GeminiChunkEncoder({ id: 'r', model: 'm', framing: 'sse' });
      const parts = await partsOf(recorded, 'whole');
      const written = chunksOf(Buffer.from(parts.map((part) => encoder.encode(part)).join('') + encoder.end())).map(withoutMadeIds);
      expect(asAtTheDoor(expectedChoice(written))).toEqual(asAtTheDoor(expectedChoice(chunks)));
      expect(expectedUsage(written)?.raw ?? null).toEqual(expectedUsage(chunks)?.raw ?? null);
    });
  });

  describe('tells a refusal that comes with status 200', () => {
    const refused = generating.filter(({ name }) => REFUSED_WITHIN_200[name] !== undefined);

    it.each(named(refused))('%s', async (name, recorded) => {
      for (const splitting of ['whole', ...CUTS] as const) {
        await using server = await replay(recorded, splitting);
        const provider = providerAt(recorded, server.url);
        const error = await outcomeOf(provider, toCall('gemini-test', PLAIN), recorded.stream !== null);
        expect(error).toBeInstanceOf(ProviderError);
        expect(error).toMatchObject({ ...REFUSED_WITHIN_200[name], httpStatus: 200, retryAfterMs: null });
      }
    });

    it('after what came before it', async () => {
      const recorded = refused.find(({ name }) => name.includes('error-mid-stream')) as RecordedCase;
      for (const splitting of ['whole', ...CUTS] as const) {
        await using server = await replay(recorded, splitting);
        const parts: StreamPart[] = [];
        const streaming = providerAt(recorded, server.url).stream(toCall('gemini-test', PLAIN), { part: (part) => void parts.push(part) });
        await expect(streaming).rejects.toMatchObject({ errorClass: 'overloaded' });
        expect(parts.map((part) => (part.type === 'text-delta' ? part.text : part.type))).toEqual(['response-start', 'First ', 'Second ']);
        await expect(relayOf(recorded, splitting)).rejects.toMatchObject({ errorClass: 'overloaded' });
      }
    });
  });

  describe('classifies failures by body and status', () => {
    const EXPECTED: Readonly<Record<string, Partial<ProviderError>>> = {
      'google-gemini/generate-content.edge-failure-image-rejected.01': {
        errorClass: 'invalid',
        callerMessage: 'Request contains an invalid argument.',
      },
      'google-gemini/generate-content.error-400.01': { errorClass: 'auth', callerMessage: null },
      'google-gemini/generate-content.error-403.01': { errorClass: 'auth', callerMessage: null },
      'google-gemini/generate-content.error-404.01': { errorClass: 'not-found' },
      'google-gemini/generate-content.error-404.02': { errorClass: 'not-found' },
      'google-gemini/generate-content.error-429.01': { errorClass: 'rate-limit', retryAfterMs: 48_000, callerMessage: null },
      'google-gemini/generate-content.error-429.02': { errorClass: 'rate-limit', retryAfterMs: 34_400, callerMessage: null },
      'google-gemini/cached-contents.error-400.01': {
        errorClass: 'invalid',
        callerMessage: 'Cached content is too small. total_token_count=97, min_total_token_count=1024',
      },
      'google-gemini/cached-contents.error-403.01': {
        errorClass: 'not-found',
        callerMessage: 'CachedContent not found (or permission denied)',
      },
      'google-vertex/generate-content.context-length-error.01': {
        errorClass: 'too-long',
        callerMessage: 'The input token count (1250074) exceeds the maximum number of tokens allowed (1048576).',
      },
      'google-vertex/generate-content.edge-failure-iam-permission-denied.01': { errorClass: 'auth', callerMessage: null },
      'google-vertex/generate-content.edge-failure-quota-exceeded.01': { errorClass: 'rate-limit', callerMessage: null },
      'google-vertex/generate-content.error-400.01': { errorClass: 'invalid', callerMessage: 'Please use a valid role: user, model.' },
      'google-vertex/generate-content.error-400.02': { errorClass: 'invalid' },
      'google-vertex/generate-content.error-404.01': { errorClass: 'not-found' },
    };
    const all = [...failures, ...cases.filter(({ name }) => name.startsWith('google-gemini/cached-contents.error'))];
    const ways = all.flatMap((recorded) =>
      [false, true].map((isStream) => [recorded.name, isStream ? 'streamed' : 'whole', recorded] as const),
    );

    it('all of them', () => {
      expect(all.map(({ name }) => name).toSorted()).toEqual(Object.keys(EXPECTED).toSorted());
    });

    it.each(ways)('%s, %s', async (name, way, recorded) => {
      await using server = await replay(recorded);
      const error = await outcomeOf(providerAt(recorded, server.url), toCall('gemini-test', PLAIN), way === 'streamed');
      expect(error).toBeInstanceOf(ProviderError);
      expect(error).toMatchObject({ retryAfterMs: null, ...EXPECTED[name], httpStatus: recorded.status });
      expect(JSON.parse(((error as ProviderError).upstreamBody as { reveal(): string }).reveal())).toEqual(recorded.body);
    });

    it.each(named(all))('%s, as the list that Vertex AI makes of it', async (name, recorded) => {
      await using server = await replay({ ...recorded, body: [recorded.body] as unknown as JsonObject });
      const error = await outcomeOf(providerAt(recorded, server.url), toCall('gemini-test', PLAIN), true);
      expect(error).toMatchObject({ retryAfterMs: null, ...EXPECTED[name], httpStatus: recorded.status });
    });
  });

  describe('counts tokens as it was recorded', () => {
    it.each(named(cases.filter(({ api }) => api === 'count-tokens')))('%s', async (_name, recorded) => {
      const { path, body } = recorded.request as NonNullable<RecordedCase['request']>;
      for (const wire of [null, { dialect: 'gemini' as const, body }]) {
        await using server = await replay(recorded, 'whole', { path, body, headers: credentialOf(recorded.flavour) });
        const call = { ...toCall(modelOf(path), toCompletionRequest(body)), wire };
        const counting = providerAt(recorded, server.url).countTokens?.(call);
        if (recorded.status === 200) expect(await counting).toBe(recorded.body?.['totalTokens']);
        else await expect(counting).rejects.toMatchObject({ errorClass: 'not-found', httpStatus: 404, retryAfterMs: null });
        expect(server.mismatches).toEqual([]);
      }
    });
  });

  describe('makes embeddings as they were recorded', () => {
    it.each(named(cases.filter(({ api }) => api === 'embeddings')))('%s', async (_name, recorded) => {
      const { path, body } = recorded.request as NonNullable<RecordedCase['request']>;
      await using server = await replay(recorded, 'whole', { path, headers: credentialOf(recorded.flavour) });
      const { inputs, dimensions, taskType } = readEmbeddingRequest(body);
      const { context } = toCall('', PLAIN);
      const request = {
        inputs,
        ...(dimensions === undefined ? {} : { dimensions }),
        extra: taskType === undefined ? {} : { task_type: taskType },
      };
      const embedding = providerAt(recorded, server.url).embed?.(modelOf(path), request, context);
      if (recorded.status !== 200)
        await expect(embedding).rejects.toMatchObject({ errorClass: 'auth', httpStatus: 401, callerMessage: null });
      else {
        const { vectors, counted } = readEmbeddingAnswer(recorded.body as JsonObject);
        const result = await embedding;
        expect(result?.vectors).toEqual(vectors);
        expect(result?.usage?.inputTokens ?? null).toBe(counted);
        expect(result?.usage?.totalTokens ?? null).toBe(counted);
      }
      expect(server.mismatches).toEqual([]);
      expect(server.received).toEqual([body]);
    });
  });

  it('lists the models that were recorded', async () => {
    const recorded = cases.find(({ api }) => api === 'models') as RecordedCase;
    await using server = await replay(recorded);
    const models = await providerAt(recorded, server.url).listModels?.(new AbortController().signal);
    const expected = ((recorded.body as JsonObject)['models'] as Fields[]).map((model) => ({
      model: (model['name'] as string).slice('models/'.length),
      displayName: model['displayName'],
      createdAtSeconds: null,
      contextTokens: model['inputTokenLimit'],
      maxOutputTokens: model['outputTokenLimit'],
    }));
    expect(models).toEqual(expected);
    expect(server.mismatches).toEqual(['method: sent GET, recorded POST', 'path: sent /v1beta/models, recorded /']);
  });

  it('is put to the test by cuts that arrive as cuts: a reader of single reads finds no chunk in them', async () => {
    const recorded = streams.find(({ name }) => name === 'google-gemini/generate-content.stream-text.01') as RecordedCase;
    await using server = await replay(recorded, 'bytes');
    const reads: Buffer[] = [];
    const timeouts = { connectMs: 5000, headersMs: 5000, idleMs: 5000, totalMs: 20_000 };
    await client.stream(
      { method: 'POST', url: `${server.url}/`, headers: {}, timeouts, egress: 'operator' },
      { onHead: () => undefined, onData: (chunk) => void reads.push(chunk) },
    );
    expect(reads).toHaveLength(recorded.stream?.length ?? 0);
    expect(reads.flatMap(chunksOf)).toEqual([]);
  });
});

type Fields = Record<string, JsonValue>;

const PLAIN: CompletionRequest = { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }], maxOutputTokens: 100 };

function credentialOf(flavour: Flavour): Readonly<Record<string, string>> {
  return flavour === 'gemini' ? { 'x-goog-api-key': 'key-of-the-test' } : { authorization: 'Bearer token-of-the-test' };
}

function providerAt(recorded: Pick<RecordedCase, 'flavour' | 'request'>, url: string): Provider {
  const { flavour, request } = recorded;
  const isGemini = flavour === 'gemini';
  const path = request?.path ?? TEST_PATHS[flavour];
  return createGeminiProvider({
    id: isGemini ? 'google-gemini' : 'google-vertex',
    displayName: isGemini ? 'Google Gemini' : 'Vertex AI',
    flavour,
    baseUrl: url + (path.includes('/models/') ? prefixOf(path) : isGemini ? '/v1beta' : ''),
    credential: isGemini ? apiKeyCredential(new Secret('key-of-the-test')) : accessTokenCredential(new Secret('token-of-the-test')),
    httpClient: client,
    egress: 'operator',
    clock: systemClock,
  });
}

function toCall(model: string, request: CompletionRequest): ProviderCall {
  const signal = new AbortController().signal;
  return { model, request: () => request, wire: null, context: { attemptId: 'attempt-1', signal, remainingMs: 20_000, traceHeaders: {} } };
}

/** The error of the call, or null when it succeeded. */
function outcomeOf(provider: Provider, call: ProviderCall, isStream: boolean): Promise<unknown> {
  const running: Promise<unknown> = isStream ? provider.stream(call, { part: () => undefined }) : provider.complete(call);
  return running.then(
    () => null,
    (error: unknown) => error,
  );
}

async function partsOf(recorded: RecordedCase, splitting: Splitting): Promise<readonly StreamPart[]> {
  await using server = await replay(recorded, splitting);
  const parts: StreamPart[] = [];
  await providerAt(recorded, server.url).stream(toCall('gemini-test', PLAIN), { part: (part) => void parts.push(part) });
  return parts;
}

async function relayOf(recorded: RecordedCase, splitting: Splitting) {
  await using server = await replay(recorded, splitting);
  const pieces: Buffer[] = [];
  const facts: RelayFacts[] = [];
  const call: ProviderCall = { ...toCall('gemini-test', PLAIN), wire: { dialect: 'gemini', body: { contents: [] } } };
  const outcome = await providerAt(recorded, server.url).relay?.(call, {
    start: (upstream) => expect(upstream).toEqual(expectedUpstream(recorded.headers)),
    events: (bytes, fact) => {
      pieces.push(bytes);
      facts.push(fact);
    },
  });
  return { bytes: Buffer.concat(pieces), facts, outcome };
}

function collect(parts: readonly StreamPart[]): { choices: unknown; usage: Usage | null; extra: JsonObject } {
  const builder = new ChoiceBuilder();
  let usage: Usage | null = null;
  let extra: JsonObject = {};
  for (const part of parts) {
    builder.add(part);
    if (part.type === 'usage') ({ usage } = part);
    else if (part.type === 'extra' && part.scope === 'response') ({ extra } = part);
  }
  expect(parts.at(-1)?.type).toBe('choice-finish');
  return { choices: builder.build(), usage, extra };
}

/** Line feeds where the recording has CR LF, and the other way round. */
function withOtherLineEnds(stream: Buffer): Buffer {
  const text = stream.toString('utf8');
  return Buffer.from(text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\n', '\r\n'));
}

/** Ids that the adapter made are told at the door, where the recording has none. */
function withoutMadeIds(answer: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(answer).replaceAll(/"id":"call_gemini_attempt1_\d+",/g, '')) as JsonObject;
}

/** Words that the door tells in its own: a number, a word nobody knows, none at all. Its clients wait for a word they know. */
const WORDS_AT_THE_DOOR: Readonly<Record<string, string>> = { '1': 'STOP', FAKE_ENUM: 'OTHER', null: 'OTHER' };
/** What the door puts around a signature that is no base64, such as the placeholder of a recorder. */
const WRAPPED = 'antiphon:signature:';

/** A choice without what the door may say otherwise: a signature without text stands before or after its text. */
function asAtTheDoor(choice: unknown): unknown {
  const { reasoning, rawFinishReason, ...rest } = choice as {
    reasoning: { text: string; signature?: string }[];
    rawFinishReason: string | null;
  };
  const signatures = reasoning
    .flatMap(({ signature }) => signature ?? [])
    .map((signature) => {
      const text = Buffer.from(signature, 'base64').toString('utf8');
      return text.startsWith(WRAPPED) ? text.slice(WRAPPED.length) : signature;
    });
  const word = WORDS_AT_THE_DOOR[String(rawFinishReason)] ?? rawFinishReason;
  return { ...rest, rawFinishReason: word, thoughts: reasoning.map(({ text }) => text).join(''), signatures };
}

function readEmbeddingRequest(body: JsonObject): { inputs: string[]; dimensions?: number; taskType?: string } {
  const requests = body['requests'] as Fields[] | undefined;
  if (requests !== undefined) {
    const inputs = requests.map((request) => (((request['content'] as Fields)['parts'] as Fields[])[0] as Fields)['text'] as string);
    return { inputs, dimensions: requests[0]?.['outputDimensionality'] as number };
  }
  const instances = body['instances'] as Fields[];
  const taskType = instances[0]?.['task_type'] as string | undefined;
  const dimensions = (body['parameters'] as Fields | undefined)?.['outputDimensionality'] as number | undefined;
  return {
    inputs: instances.map(({ content }) => content as string),
    ...(dimensions === undefined ? {} : { dimensions }),
    ...(taskType === undefined ? {} : { taskType }),
  };
}

function readEmbeddingAnswer(body: JsonObject): { vectors: JsonValue[]; counted: number | null } {
  const predictions = body['predictions'] as Fields[] | undefined;
  const items = predictions?.map(({ embeddings }) => embeddings as Fields) ?? (body['embeddings'] as Fields[]);
  const statistics = items.map((item) => (item['statistics'] as Fields | undefined)?.['token_count'] as number | undefined);
  const counted = predictions === undefined ? (body['usageMetadata'] as Fields | undefined)?.['promptTokenCount'] : statistics[0];
  return { vectors: items.map(({ values }) => values as JsonValue), counted: (counted as number | undefined) ?? null };
}
