import { describe, expect, it } from 'vitest';
import { systemClock } from '../../server/src/kernel/clock/index.ts';
import { Secret } from '../../server/src/kernel/crypto/index.ts';
import { createHttpClient, type HttpClient } from '../../server/src/kernel/http-client/index.ts';
import { createLogger } from '../../server/src/kernel/telemetry/index.ts';
import { createIds } from '../../server/src/kernel/ids/index.ts';
import {
  fromOpenAiChatBody,
  fromOpenAiEmbeddingsBody,
  OpenAiChunkEncoder,
  ProviderError,
  toOpenAiChatResponse,
  type Choice,
  type JsonObject,
  type Provider,
  type ProviderCall,
  type RateLimitWindow,
  type RelayFacts,
  type StreamPart,
  type UpstreamResponse,
  type Usage,
} from '../../server/src/modules/providers/index.ts';
import { ChoiceBuilder } from '../../server/src/modules/providers/shared/choice-builder.ts';
import { differences, serveRecorded, type RecordedExchange, type Splitting } from '../testkit/replay-server.ts';
import { HAS_RECORDINGS, OTHER_BASES, readCases, vendorOf, type RecordedCase } from './openai.cases.ts';
import { MADE_CASES, MADE_ERROR_CLASSES } from './openai.made.ts';
import { ERROR_CLASSES, MALFORMED_STREAMS, NOT_A_CHAT, REQUEST_EXCEPTIONS } from './openai.expectations.ts';
import { commonAnswer, commonRequest, eventsOf, foldAnswer, foldStream, lastUsage, type FoldedChoice } from './openai.fold.ts';

/** Recordings where they stand beside the repository, and always what we made in their shapes. */
const cases = [...readCases(), ...MADE_CASES];
const chats = cases.filter(({ api, name }) => api === 'chat' && !NOT_A_CHAT.has(name));
const answers = chats.filter(({ status, body }) => status === 200 && body !== null);
const streams = chats.filter(({ status, stream, name }) => status === 200 && stream !== null && MALFORMED_STREAMS[name] === undefined);
const malformedStreams = chats.filter(({ name }) => MALFORMED_STREAMS[name] !== undefined);
const failures = cases.filter(({ api, status, name }) => (api === 'chat' || api === 'other') && status >= 400 && !NOT_A_CHAT.has(name));
const httpClient = createHttpClient({ log: createLogger({ level: 'silent' }), clock: systemClock });

const ids = createIds(systemClock);
const KEY = 'key-of-the-test';

const ANY_REQUEST: JsonObject = { model: 'any', messages: [{ role: 'user', content: 'hello' }] };

function requestBodyOf(recorded: RecordedCase): JsonObject {
  return recorded.requestBody !== null && Array.isArray(recorded.requestBody['messages']) && !REQUEST_EXCEPTIONS.has(recorded.name)
    ? recorded.requestBody
    : ANY_REQUEST;
}

function providerAt(recorded: RecordedCase, baseUrl: string, client: HttpClient = httpClient): Provider {
  const vendor = vendorOf(recorded.provider) ?? never(recorded.provider);
  const isDeployment = recorded.path?.includes('/deployments/') === true;
  const connection = {
    providerId: recorded.provider,
    displayName: recorded.provider,
    baseUrl: baseUrl + basePathOf(recorded),
    settings: recorded.provider === 'azure-openai' && isDeployment ? { apiVersion: '2024-10-21' } : {},
    secrets: { apiKey: new Secret(KEY) },
    headers: {},
    egress: 'operator',
  } as const;
  return vendor.connect(connection, { httpClient: client, clock: systemClock, ids, maxOutputTokensOf: () => null });
}

const CHAT_PATH = '/chat/completions';
/** What follows the base in a vendor's URLs. */
const PATHS = /\/(?:chat\/completions|embeddings|models|moderations)$/;

/** What stands before the path of the API in the recorded URL; the vendor's usual base where none was recorded. */
function basePathOf({ path, provider }: RecordedCase): string {
  if (provider === 'perplexity') return '';
  if (path !== null && PATHS.test(path)) return path.replace(PATHS, '').replace(/\/openai\/deployments\/.*$/, '');
  const usual = vendorOf(provider)?.defaultBaseUrl ?? 'http://any/v1';
  return new URL(usual).pathname.replace(/\/$/, '');
}

/** Where the vendor must send a chat: where it was recorded. */
function chatPathOf(recorded: RecordedCase): string {
  if (recorded.path?.endsWith(CHAT_PATH) === true) return recorded.path;
  return `${basePathOf(recorded)}${recorded.provider === 'azure-openai' ? '/openai/v1' : ''}${CHAT_PATH}`;
}

function modelOf(recorded: RecordedCase, body: JsonObject): string {
  const deployment = /\/deployments\/([^/]+)\//.exec(recorded.path ?? '')?.[1];
  return deployment ?? (typeof body['model'] === 'string' ? body['model'] : 'any');
}

function never(provider: string): never {
  throw new Error(`no wire for ${provider}`);
}

/** A call whose request goes through the neutral form, or verbatim in the dialect. */
function callOf(recorded: RecordedCase, body: JsonObject, lane: 'neutral' | 'verbatim'): ProviderCall {
  return {
    model: modelOf(recorded, body),
    request: () => fromOpenAiChatBody(body),
    wire: lane === 'verbatim' ? { dialect: 'openai', body } : null,
    context: { attemptId: 'attempt-1', signal: new AbortController().signal, remainingMs: 20_000, traceHeaders: {} },
  };
}

function exchangeOf(recorded: RecordedCase, body: JsonObject): RecordedExchange {
  return {
    method: 'POST',
    path: chatPathOf(recorded),
    requestHeaders: {
      ...(recorded.provider === 'azure-openai' ? { 'api-key': KEY } : { authorization: `Bearer ${KEY}` }),
      'content-type': 'application/json',
    },
    // Azure's recordings name the model in the URL.
    requestBody: { ...body, model: modelOf(recorded, body) },
    normalize: commonRequest,
    status: recorded.status,
    responseHeaders: recorded.headers,
    responseBody: recorded.stream ?? recorded.body ?? Buffer.alloc(0),
  };
}

async function completeCase(recorded: RecordedCase) {
  const body = { ...requestBodyOf(recorded) };
  delete (body as Record<string, unknown>)['stream'];
  await using server = await serveRecorded(exchangeOf(recorded, body));
  const result = await providerAt(recorded, server.url).complete(callOf(recorded, body, 'neutral'));
  expect(server.mismatches).toEqual([]);
  return result;
}

async function streamParts(recorded: RecordedCase, splitting: Splitting): Promise<StreamPart[]> {
  const body = { ...requestBodyOf(recorded), stream: true };
  await using server = await serveRecorded(exchangeOf(recorded, body), splitting);
  const parts: StreamPart[] = [];
  await providerAt(recorded, server.url).stream(callOf(recorded, body, 'neutral'), { part: (part) => void parts.push(part) });
  expect(server.mismatches).toEqual([]);
  return parts;
}

/** Feeds bytes in pieces without a socket, where thousands of one-byte reads would only measure the network. */
function feedingClient(recorded: RecordedCase, bytes: Buffer, pieceBytes: number): HttpClient {
  return {
    send: () => Promise.reject(new Error('not a stream')),
    stream: async (_request, receiver) => {
      receiver.onHead(200, { 'content-type': 'text/event-stream', ...recorded.headers });
      for (let at = 0; at < bytes.length; at += pieceBytes) {
        const pending = receiver.onData(bytes.subarray(at, at + pieceBytes));
        if (pending !== undefined) await pending;
      }
    },
    close: () => Promise.resolve(),
  };
}

function foldChoices(choices: readonly Choice[]): FoldedChoice[] {
  return choices.map((choice) => ({
    index: choice.index,
    text: choice.text,
    reasoning: choice.reasoning.map((part) => part.text).join(''),
    refusal: choice.refusal ?? '',
    calls: choice.toolCalls.map(({ id, name, argumentsText }) => ({ id, name, arguments: argumentsText })),
    finishReason: choice.rawFinishReason,
    logprobTokens: (choice.logprobs as { content?: unknown[] } | null)?.content?.length ?? 0,
  }));
}

/** Ids that the wire left out are made up by us. */
function comparable(folded: readonly FoldedChoice[]): unknown {
  return folded.map((choice) => ({
    ...choice,
    finishReason: choice.finishReason === null ? null : String(choice.finishReason),
    calls: choice.calls.map((call) => ({ ...call, id: call.id === '' || /^call_\d$|^call_\d_\d$/.test(call.id) ? 'made up' : call.id })),
  }));
}

function foldParts(parts: readonly StreamPart[]): FoldedChoice[] {
  const builder = new ChoiceBuilder();
  for (const part of parts) builder.add(part);
  return foldChoices(builder.build());
}

function checkUsage(recorded: RecordedCase, usage: Usage | null, wire: Record<string, unknown> | null): void {
  if (wire === null) {
    expect(usage).toBeNull();
    return;
  }
  const count = (value: unknown): number => (typeof value === 'number' ? value : 0);
  const details = (wire['prompt_tokens_details'] ?? {}) as Record<string, unknown>;
  const { totalTokens, raw, units: _units, ...buckets } = usage ?? never('usage');
  expect(raw).toEqual(wire);
  for (const bucket of Object.values(buckets)) expect(Number.isSafeInteger(bucket) && bucket >= 0).toBe(true);
  expect(Object.values(buckets).reduce((sum, bucket) => sum + bucket, 0)).toBe(totalTokens);
  // Whatever the vendor's arithmetic: what it calls the total is the sum of our buckets.
  // Grok in Azure leaves what it read from its cache out of prompt and total.
  const cached = count(details['cached_tokens']);
  const beside = recorded.provider === 'azure-openai' && cached > count(wire['prompt_tokens']) ? cached : 0;
  if (wire['total_tokens'] !== undefined) expect(totalTokens).toBe(count(wire['total_tokens']) + beside);
  const input =
    buckets.inputTokens + buckets.cachedReadTokens + buckets.cacheWriteTokens + buckets.audioInputTokens + buckets.imageInputTokens;
  expect(input).toBe(count(wire['prompt_tokens']) + beside + (recorded.provider === 'mistral' ? count(details['audio_tokens']) : 0));
  if (recorded.provider === 'xai') expect(buckets.outputTokens).toBe(count(wire['completion_tokens']));
  else if (recorded.provider !== 'google-gemini')
    expect(buckets.outputTokens + buckets.reasoningTokens + buckets.audioOutputTokens).toBe(count(wire['completion_tokens']));
}

/** Where a vendor puts its own id of a request, when it is not `x-request-id`. */
const ANSWER_IDS: Readonly<Record<string, string>> = {
  'azure-openai': 'apim-request-id',
  deepseek: 'x-ds-trace-id',
  minimax: 'minimax-request-id',
  mistral: 'mistral-correlation-id',
  'nvidia-nim': 'nvcf-reqid',
  openrouter: 'x-generation-id',
};

function checkHead(recorded: RecordedCase, { requestId, headroom }: UpstreamResponse): void {
  const header = ANSWER_IDS[recorded.provider] ?? 'x-request-id';
  if (recorded.headers[header] !== undefined) expect(requestId).toBe(recorded.headers[header]);
  checkLeft(recorded, /remaining(?:-req.*)?$/, headroom?.requests);
  checkLeft(recorded, /remaining-tokens/, headroom?.tokens);
}

/** Every number of what is left that a vendor documents is told; the smallest share where there are several. */
function checkLeft(recorded: RecordedCase, names: RegExp, window: RateLimitWindow | undefined): void {
  const isForeign = recorded.provider === 'anthropic';
  const left = Object.entries(recorded.headers).filter(
    ([name, value]) => name.startsWith('x-ratelimit-') && names.test(name) && /^\d+$/.test(value) && !isForeign,
  );
  if (left.length === 0) return;
  expect(left.map(([, value]) => Number(value))).toContain(window?.remaining);
  const reset = left.some(([name]) => recorded.headers[name.replace('remaining', 'reset')] !== undefined);
  if (reset) expect(window?.resetMs).toBeGreaterThanOrEqual(0);
}

describe('recorded chat answers of the OpenAI wire', () => {
  it.skipIf(!HAS_RECORDINGS)('are all replayed', () => {
    const recordedOf = (all: readonly RecordedCase[]): number => all.filter((one) => !MADE_CASES.includes(one)).length;
    expect({ answers: recordedOf(answers), streams: recordedOf(streams), failures: recordedOf(failures) }).toEqual({
      answers: 271,
      streams: 212,
      failures: 55,
    });
  });

  it.each(answers)('keeps everything of $name, asked through the neutral form', async (recorded) => {
    const wire = JSON.parse((recorded.body ?? Buffer.alloc(0)).toString()) as Record<string, unknown>;
    const result = await completeCase(recorded);
    expect(comparable(foldChoices(result.choices))).toEqual(comparable(foldAnswer(wire)));
    checkUsage(recorded, result.usage, lastUsage([wire]));
    checkHead(recorded, result.upstream);
    expect(result.wire?.body.equals(recorded.body ?? Buffer.alloc(0))).toBe(true);
    const identity = { id: String(wire['id']), model: String(wire['model']), createdAtSeconds: Number(wire['created']) };
    const rendered = toOpenAiChatResponse(result, identity) as Record<string, unknown>;
    expect(differences(commonAnswer(rendered), commonAnswer(wire), 'answer')).toEqual([]);
  });
});

describe.skipIf(!HAS_RECORDINGS)('the usual base URLs of vendors', () => {
  const located = cases.filter(
    ({ url, provider, api }) => api !== 'other' && url?.startsWith('/') === false && vendorOf(provider)?.defaultBaseUrl != null,
  );
  const bases = new Map(located.map(({ url, provider }) => [(url ?? '').replace(PATHS, ''), provider]));

  it('are those that were recorded', () => {
    const usual = [...bases].filter(([base, provider]) => base === vendorOf(provider)?.defaultBaseUrl?.replace(/^https?:\/\//, ''));
    const others = [...bases].filter(([base]) => !usual.some(([known]) => known === base));
    expect(new Set(usual.map(([, provider]) => provider)).size).toBeGreaterThanOrEqual(20);
    expect(
      others.map(([base]) => base).filter((base) => !Object.keys(OTHER_BASES).some((beginning) => base.startsWith(beginning))),
    ).toEqual([]);
  });
});

describe('recorded chat streams of the OpenAI wire', () => {
  it.each(streams)('gives all of $name in parts, in the pieces it came in and at random ones', async (recorded) => {
    const events = eventsOf(recorded.stream ?? Buffer.alloc(0));
    const parts = await streamParts(recorded, recorded.chunkLengths ?? 'whole');
    expect(parts[0]?.type).toBe('response-start');
    expect(comparable(foldParts(parts))).toEqual(comparable(foldStream(events)));
    const usages = parts.filter((part) => part.type === 'usage');
    checkUsage(recorded, usages.at(-1)?.usage ?? null, lastUsage(events));
    const start = parts[0]?.type === 'response-start' ? parts[0] : never('start');
    checkHead(recorded, start.upstream);
    expect(await streamParts(recorded, { seed: 7, mostBytes: 900 })).toEqual(parts);
    const byteByByte: StreamPart[] = [];
    const client = feedingClient(recorded, recorded.stream ?? Buffer.alloc(0), 1);
    await providerAt(recorded, 'http://feeding', client).stream(callOf(recorded, requestBodyOf(recorded), 'neutral'), {
      part: (part) => void byteByByte.push(part),
    });
    expect(withoutUpstream(byteByByte)).toEqual(withoutUpstream(parts));
  });

  it.each(streams)('relays $name byte for byte, knowing its usage and end', async (recorded) => {
    const bytes = recorded.stream ?? Buffer.alloc(0);
    const events = eventsOf(bytes);
    for (const pieceBytes of [1, 97, 4096, bytes.length]) {
      const passed: Buffer[] = [];
      const facts: { facts: RelayFacts; text: string }[] = [];
      const client = feedingClient(recorded, bytes, pieceBytes);
      const provider = providerAt(recorded, 'http://feeding', client);
      const outcome = await provider.relay?.(callOf(recorded, requestBodyOf(recorded), 'verbatim'), {
        start: (upstream) => checkHead(recorded, upstream),
        events: (piece, seen) => {
          passed.push(piece);
          facts.push({ facts: seen, text: piece.toString('utf8') });
        },
      });
      const all = Buffer.concat(passed).toString('utf8');
      expect(all.trimEnd()).toBe(bytes.toString('utf8').trimEnd());
      expect(all.endsWith('\n\n') || all.endsWith('\r\n\r\n')).toBe(true);
      checkUsage(recorded, outcome?.usage ?? null, lastUsage(events));
      const finishes = foldStream(events).filter(({ finishReason }) => finishReason !== null);
      expect(
        outcome?.finishReasons
          .filter(({ rawFinishReason }) => rawFinishReason !== null)
          .map(({ choice, rawFinishReason }) => ({ choice, rawFinishReason })),
      ).toEqual(finishes.map(({ index, finishReason }) => ({ choice: index, rawFinishReason: String(finishReason) })));
      checkFacts(facts, events);
    }
  });

  it.each(streams)('renders the parts of $name as chunks that add up to the same', async (recorded) => {
    const bytes = recorded.stream ?? Buffer.alloc(0);
    const encoder = new OpenAiChunkEncoder({ id: 'x', model: 'm', createdAtSeconds: 1, includeUsage: true });
    let text = '';
    const client = feedingClient(recorded, bytes, 512);
    await providerAt(recorded, 'http://feeding', client).stream(callOf(recorded, requestBodyOf(recorded), 'neutral'), {
      part: (part) => void (text += encoder.encode(part)),
    });
    text += encoder.end();
    const rendered = eventsOf(Buffer.from(text));
    expect(comparable(withoutFinish(foldStream(rendered)))).toEqual(comparable(withoutFinish(foldStream(eventsOf(bytes)))));
    expect(lastUsage(rendered) === null).toBe(lastUsage(eventsOf(bytes)) === null);
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
  });
});

describe.skipIf(!HAS_RECORDINGS)('recorded streams that are broken', () => {
  it.each(malformedStreams)('refuses the end of $name as malformed', async (recorded) => {
    const client = feedingClient(recorded, recorded.stream ?? Buffer.alloc(0), 512);
    const parts: StreamPart[] = [];
    const provider = providerAt(recorded, 'http://feeding', client);
    await expect(
      provider.stream(callOf(recorded, ANY_REQUEST, 'neutral'), { part: (part) => void parts.push(part) }),
    ).rejects.toMatchObject({
      errorClass: 'malformed',
    });
    expect(foldParts(parts)[0]?.text).toBe('This is a test.');
  });
});

function withoutUpstream(parts: readonly StreamPart[]): unknown[] {
  return parts.map((part) => (part.type === 'response-start' ? { ...part, upstream: null } : part));
}

/** The neutral reasons are fewer than the vendors' words. */
function withoutFinish(folded: readonly FoldedChoice[]): FoldedChoice[] {
  return folded.map((choice) => ({ ...choice, finishReason: null, calls: choice.calls.map((call) => ({ ...call, id: call.id || 'x' })) }));
}

function checkFacts(
  seen: readonly { readonly facts: RelayFacts; readonly text: string }[],
  events: readonly Record<string, unknown>[],
): void {
  const firstOutput = seen.findIndex(({ facts }) => facts.hasOutput);
  const before = (firstOutput === -1 ? seen : seen.slice(0, firstOutput)).map(({ text }) => text).join('');
  for (const choice of foldStream(eventsOf(Buffer.from(before)))) {
    expect(choice.text + choice.reasoning + choice.refusal).toBe('');
    expect(choice.calls).toEqual([]);
  }
  if (firstOutput !== -1) expect(seen.slice(firstOutput).every(({ facts }) => facts.hasOutput)).toBe(true);
  const usageOnly = events.filter((event) => event['usage'] != null && Array.isArray(event['choices']) && event['choices'].length === 0);
  expect(seen.filter(({ facts }) => facts.isUsageEvent).map(({ text }) => eventsOf(Buffer.from(text)))).toEqual(
    usageOnly.map((event) => [event]),
  );
  for (const { facts, text } of seen) expect(facts.isEnd).toBe(/^\s*data: ?\[DONE\]\s*$/.test(text));
}

describe('recorded errors of the OpenAI wire', () => {
  it.each(failures)('classes $name by its body', async (recorded) => {
    await using server = await serveRecorded({ ...exchangeOf(recorded, ANY_REQUEST), requestBody: undefined });
    const error = await providerAt(recorded, server.url)
      .complete(callOf(recorded, ANY_REQUEST, 'neutral'))
      .then(
        () => null,
        (thrown: unknown) => thrown,
      );
    const failure = error instanceof ProviderError ? error : never('error');
    expect({ errorClass: failure.errorClass, httpStatus: failure.httpStatus }).toEqual({
      errorClass: ERROR_CLASSES[recorded.name] ?? MADE_ERROR_CLASSES[recorded.name],
      httpStatus: recorded.status,
    });
    const isCallers = ['invalid', 'too-long', 'blocked', 'not-found'].includes(failure.errorClass);
    expect(failure.callerMessage !== null).toBe(isCallers);
    expect(failure.message).not.toContain('sk-');
    const streamed = await providerAt(recorded, server.url)
      .stream(callOf(recorded, ANY_REQUEST, 'neutral'), { part: () => never('a part of an error') })
      .then(
        () => null,
        (thrown: unknown) => thrown,
      );
    expect(streamed).toMatchObject({
      errorClass: failure.errorClass,
      httpStatus: failure.httpStatus,
      callerMessage: failure.callerMessage,
    });
  });
});

describe('recorded embeddings and models of the OpenAI wire', () => {
  const embeddings = cases.filter(({ api, status }) => api === 'embeddings' && status === 200);
  it.each(embeddings)('reads the vectors of $name', async (recorded) => {
    const wire = JSON.parse((recorded.body ?? Buffer.alloc(0)).toString()) as {
      data: { embedding: unknown }[];
      usage?: Record<string, unknown>;
    };
    const request = fromOpenAiEmbeddingsBody(recorded.requestBody ?? { input: wire.data.map(() => 'x') });
    await using server = await serveRecorded({
      ...exchangeOf(recorded, {}),
      path: recorded.path ?? '/v1/embeddings',
      requestBody: undefined,
    });
    const provider = providerAt(recorded, server.url);
    const result = await provider.embed?.(modelOf(recorded, {}), request, callOf(recorded, ANY_REQUEST, 'neutral').context);
    expect(result?.vectors.length).toBe(wire.data.length);
    for (const [index, { embedding }] of wire.data.entries()) {
      const expected = typeof embedding === 'string' ? decode(embedding, recorded.requestBody?.['dimensions']) : embedding;
      expect(result?.vectors[index]).toEqual(expected);
    }
    expect(server.mismatches).toEqual([]);
    if (wire.usage?.['prompt_tokens'] !== undefined) expect(result?.usage?.totalTokens).toBe(wire.usage['prompt_tokens']);
  });

  const refused = cases.filter(({ api, status }) => (api === 'embeddings' || api === 'models') && status >= 400);
  it.each(refused)('classes the failure of $name by its body', async (recorded) => {
    await using server = await serveRecorded({ ...exchangeOf(recorded, {}), requestBody: undefined });
    const provider = providerAt(recorded, server.url);
    const { context } = callOf(recorded, ANY_REQUEST, 'neutral');
    const failed =
      recorded.api === 'models'
        ? provider.listModels?.(context.signal)
        : provider.embed?.(modelOf(recorded, recorded.requestBody ?? {}), { inputs: ['x'] }, context);
    await expect(failed).rejects.toMatchObject({
      errorClass: ERROR_CLASSES[recorded.name] ?? MADE_ERROR_CLASSES[recorded.name],
      httpStatus: recorded.status,
    });
  });

  it.each(cases.filter(({ api }) => api === 'moderations'))('gives every verdict of $name', async (recorded) => {
    const wire = JSON.parse((recorded.body ?? Buffer.alloc(0)).toString()) as { id: string; model: string; results: JsonObject[] };
    const body = recorded.requestBody ?? never('a request');
    const inputs = [body['input']].flat() as string[];
    await using server = await serveRecorded({ ...exchangeOf(recorded, body), path: recorded.path ?? never('a path') });
    const provider = providerAt(recorded, server.url);
    const result = await provider.moderate?.(modelOf(recorded, body), { inputs }, callOf(recorded, ANY_REQUEST, 'neutral').context);
    expect(server.mismatches).toEqual([]);
    expect({ id: result?.id, model: result?.model }).toEqual({ id: wire.id, model: wire.model });
    expect(
      result?.verdicts.map(({ isFlagged, categories, scores, extra }) => ({
        flagged: isFlagged,
        categories,
        category_scores: scores,
        ...extra,
      })),
    ).toEqual(wire.results);
  });

  const models = cases.filter(({ api, status }) => api === 'models' && status === 200);
  it.each(models)('takes $name as a sign of life', async (recorded) => {
    await using server = await serveRecorded({
      ...exchangeOf(recorded, {}),
      method: 'GET',
      path: recorded.provider === 'openrouter' ? `${basePathOf(recorded)}/key` : `${basePathOf(recorded)}/models`,
      requestBody: undefined,
      requestHeaders: {},
    });
    await providerAt(recorded, server.url).probe(new AbortController().signal);
    expect(server.mismatches).toEqual([]);
  });
});

/** Floats of four bytes, or signed bytes where there is one for each dimension that was asked for. */
function decode(base64: string, dimensions: unknown): number[] {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
  if (bytes.byteLength === dimensions) return [...new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)];
  return [...new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)];
}

describe('the comparison itself (control)', () => {
  const answer = {
    id: 'c',
    choices: [{ index: 0, message: { role: 'assistant', content: 'x', annotations: [1] }, finish_reason: 'stop' }],
  };

  it('notices a field, a token or a parameter that went missing', () => {
    const [choice] = answer.choices;
    const poorer = { ...answer, choices: [{ ...choice, message: { role: 'assistant', content: 'x' } }] };
    expect(differences(commonAnswer(poorer), commonAnswer(answer), 'answer')).toEqual([
      'answer.choices[0].message.annotations: sent nothing, recorded [1]',
    ]);
    expect(foldAnswer({ choices: [{ ...choice, message: { content: '' } }] })).not.toEqual(foldAnswer(answer));
    expect(differences(commonRequest({ messages: [], seed: 1 }), commonRequest({ messages: [], seed: 1, n: 2 }), 'body')).toEqual([
      'body.n: sent nothing, recorded 2',
    ]);
  });

  it('takes two spellings of one meaning as the same', () => {
    const left = { messages: [{ role: 'user', content: 'x' }], max_tokens: 1, stop: 'a', stream: false };
    const right = {
      messages: [{ role: 'user', content: [{ type: 'text', text: 'x' }], name: null }],
      max_completion_tokens: 1,
      stop: ['a'],
    };
    expect(differences(commonRequest(left), commonRequest(right), 'body')).toEqual([]);
  });
});
