import { describe, expect, it, afterAll } from 'vitest';
import { systemClock } from '../../server/src/kernel/clock/index.ts';
import { Secret } from '../../server/src/kernel/crypto/index.ts';
import { createHttpClient } from '../../server/src/kernel/http-client/index.ts';
import { createLogger } from '../../server/src/kernel/telemetry/index.ts';
import { createAnthropicProvider } from '../../server/src/modules/providers/adapters/anthropic/index.ts';
import {
  ProviderError,
  type Choice,
  type CompletionRequest,
  type JsonObject,
  type JsonValue,
  type Provider,
  type ProviderCall,
  type ReasoningPart,
  type StreamPart,
  type ToolCall,
  type UpstreamResponse,
  type Usage,
} from '../../server/src/modules/providers/contract.ts';
import {
  HAS_RECORDINGS,
  argumentTextsOf,
  eventsOf,
  foldEvents,
  readCases,
  replay,
  withCarriageReturns,
  type RecordedCase,
} from './anthropic.cases.ts';
import type { Splitting } from '../testkit/replay-server.ts';
import { toCompletionRequest } from './anthropic.reader.ts';

/** Other surfaces of the vendor: the list of models, its OpenAI-shaped door (replayed through the OpenAI adapter). */
const NOT_THIS_ADAPTER = ['chat.text.01', 'models.models.01', 'openai-compat.error-429.01'];
/** Messages answers whose request was not kept by the source. */
const RESPONSE_ONLY = [
  'messages.error-529.01',
  'messages.refusal-or-filter.01',
  'messages.stream-compaction.01',
  'messages.stream-duplicate-message-start.01',
  'messages.stream-fallback.01',
  'messages.stream-message-delta-usage.01',
  'messages.stream-refusal-or-filter.01',
  'messages.structured.03',
  'messages.tool-no-args.01',
  // The recorder kept the method and the place of these, and no body.
  'ollama/messages.length-stop.01',
  'ollama/messages.length-stop.02',
  'ollama/messages.reasoning.01',
  'ollama/messages.reasoning.02',
  'ollama/messages.stream-reasoning.01',
  'ollama/messages.text.01',
  'ollama/messages.tool-call.01',
];

/** Where streams are cut beside nowhere and where they were. */
const CUTS = ['bytes', { seed: 7, mostBytes: 400 }, { seed: 1913, mostBytes: 40 }] as const satisfies readonly Splitting[];

const client = createHttpClient({ log: createLogger({ level: 'silent' }), clock: systemClock });
afterAll(() => client.close());

const cases = readCases();
const messages = cases.filter((recorded) => /(?:^|\/)messages\./.test(recorded.name));
const withRequest = messages.filter((recorded) => recorded.request !== null);
/** A body of an error under a status of success. */
const failuresWithin = messages.filter((recorded) => recorded.status === 200 && recorded.body?.['type'] === 'error');
const answers = messages.filter((recorded) => recorded.status === 200 && recorded.body !== null && !failuresWithin.includes(recorded));
const streams = messages.filter((recorded) => recorded.stream !== null);
const counts = cases.filter((recorded) => recorded.name.startsWith('count-tokens.'));
const failures = messages.filter((recorded) => recorded.status !== 200);

describe.skipIf(!HAS_RECORDINGS)('the Anthropic adapter over recorded traffic', () => {
  it('knows every recorded case', () => {
    expect(cases.map(({ name }) => name).filter((name) => !/(?:^|\/)(?:messages|count-tokens)\./.test(name))).toEqual(NOT_THIS_ADAPTER);
    expect(counts.length).toBe(3);
    expect(messages.filter(({ request }) => request === null).map(({ name }) => name)).toEqual(RESPONSE_ONLY);
    expect([answers.length, streams.length, failures.length, failuresWithin.length]).toEqual([42, 30, 8, 1]);
  });

  describe('sends what was recorded, by way of the neutral form', () => {
    it.each(withRequest.map((recorded) => [recorded.name, recorded] as const))('%s', async (_name, recorded) => {
      const { body, headers } = recorded.request as NonNullable<RecordedCase['request']>;
      const betas = headers['anthropic-beta'];
      const sent = {
        'x-api-key': 'key-of-the-test',
        'anthropic-version': '2023-06-01',
        'content-type': 'application/json',
        'x-request-id': 'attempt-1',
        ...(betas === undefined ? {} : { 'anthropic-beta': betas }),
      };
      await using server = await replay(recorded, 'whole', { headers: sent, body });
      const neutral = toCompletionRequest(body);
      const request = betas === undefined ? neutral : { ...neutral, extra: { ...neutral.extra, anthropic_beta: betas } };
      await outcomeOf(providerAt(server.url), toCall(body['model'] as string, request), body['stream'] === true);
      expect(server.mismatches).toEqual([]);
      expect(server.served).toBe(1);
    });
  });

  describe('counts tokens as it was recorded', () => {
    it.each(counts.map((recorded) => [recorded.name, recorded] as const))('%s', async (_name, recorded) => {
      const { body } = recorded.request as NonNullable<RecordedCase['request']>;
      await using server = await replay(recorded, 'whole', { path: '/v1/messages/count_tokens', body });
      const counting = providerAt(server.url).countTokens?.(toCall(body['model'] as string, toCompletionRequest(body)));
      if (recorded.status === 200) expect(await counting).toBe(recorded.body?.['input_tokens']);
      else await expect(counting).rejects.toMatchObject({ errorClass: 'not-found', httpStatus: recorded.status });
      expect(server.mismatches).toEqual([]);
      expect(server.served).toBe(1);
    });
  });

  describe('gives everything a whole answer held', () => {
    it.each(answers.map((recorded) => [recorded.name, recorded] as const))('%s', async (_name, recorded) => {
      const message = recorded.body as JsonObject;
      await using server = await replay(recorded);
      const result = await providerAt(server.url).complete(toCall('claude-test', PLAIN));
      expect(result.choices).toEqual([expectedChoice(message)]);
      expect(result.usage).toEqual(expectedUsage(message['usage'] as Fields));
      expect(result).toMatchObject({ id: message['id'], model: message['model'], createdAtSeconds: null, systemFingerprint: null });
      expect(result.serviceTier).toBe((message['usage'] as Fields)['service_tier'] ?? null);
      expect(withoutHeadroom(result.upstream)).toEqual(expectedUpstream(recorded));
      expect(JSON.parse((result.wire as { body: Buffer }).body.toString('utf8'))).toEqual(message);
      expect(result.warnings).toEqual([]);
    });
  });

  describe('gives everything a stream held, cut anywhere', () => {
    it.each(streams.map((recorded) => [recorded.name, recorded] as const))('%s', async (_name, recorded) => {
      const message = foldEvents(eventsOf(recorded.stream as Buffer));
      const parts = await partsOf(recorded, 'whole');
      expect(parts[0]).toMatchObject({
        type: 'response-start',
        id: message['id'],
        model: message['model'],
        serviceTier: (message['usage'] as Fields)['service_tier'] ?? null,
        upstream: expectedUpstream(recorded),
      });
      expect(parts.filter(({ type }) => type === 'response-start')).toHaveLength(1);
      const collected = collect(parts);
      expect(collected.choice).toEqual(expectedChoice(message, argumentTextsOf(eventsOf(recorded.stream as Buffer))));
      expect(collected.usage).toEqual(expectedUsage(message['usage'] as Fields));
      for (const splitting of CUTS) expect(await partsOf(recorded, splitting)).toEqual(parts);
      expect(await partsOf(recorded, recorded.chunkLengths ?? 'whole')).toEqual(parts);
      expect(await partsOf({ ...recorded, stream: withCarriageReturns(recorded.stream as Buffer) }, 'bytes')).toEqual(parts);
    });

    it.each(streams.map((recorded) => [recorded.name, recorded] as const))(
      '%s equals the same answer given whole',
      async (_name, recorded) => {
        const message = foldEvents(eventsOf(recorded.stream as Buffer));
        await using server = await replay({ status: 200, headers: {}, body: message, stream: null });
        const result = await providerAt(server.url).complete(toCall('claude-test', PLAIN));
        const collected = collect(await partsOf(recorded, 'whole'));
        expect(withParsedArguments(collected.choice)).toEqual(withParsedArguments(result.choices[0] as Choice));
        expect(collected.usage).toEqual(result.usage);
      },
    );

    it.each(streams.map((recorded) => [recorded.name, recorded] as const))(
      '%s passes byte for byte to a caller of this dialect',
      async (_name, recorded) => {
        const stream = recorded.stream as Buffer;
        const message = foldEvents(eventsOf(stream));
        for (const splitting of ['whole', ...CUTS] as const) {
          await using server = await replay(recorded, splitting);
          const bytes: Buffer[] = [];
          const call = { ...toCall('claude-test', PLAIN), wire: { dialect: 'anthropic' as const, body: { model: 'x', messages: [] } } };
          const outcome = await providerAt(server.url).relay?.(call, {
            start: (upstream) => expect(withoutHeadroom(upstream)).toEqual(expectedUpstream(recorded)),
            events: (piece) => void bytes.push(piece),
          });
          expect(Buffer.concat(bytes).equals(stream)).toBe(true);
          expect(outcome?.usage).toEqual(expectedUsage(message['usage'] as Fields));
          expect(outcome?.finishReasons).toMatchObject([{ choice: 0, rawFinishReason: message['stop_reason'] }]);
          expect(server.received[0]).toEqual({ model: 'claude-test', messages: [], stream: true });
        }
      },
    );
  });

  it('is put to the test by cuts that arrive as cuts: a reader of single reads finds no event in them', async () => {
    const recorded = streams.find(({ name }) => name === 'messages.stream-text.01') as RecordedCase;
    await using server = await replay(recorded, 'bytes');
    const reads: Buffer[] = [];
    const timeouts = { connectMs: 5000, headersMs: 5000, idleMs: 5000, totalMs: 20_000 };
    await client.stream(
      { method: 'POST', url: `${server.url}/v1/messages`, headers: {}, timeouts, egress: 'operator' },
      { onHead: () => undefined, onData: (chunk) => void reads.push(chunk) },
    );
    expect(reads).toHaveLength(recorded.stream?.length ?? 0);
    expect(reads.flatMap(eventsOf)).toEqual([]);
  });

  it.skipIf(!HAS_RECORDINGS)('takes the list of models.models.01 as a sign of life', async () => {
    const recorded = cases.find(({ name }) => name === 'models.models.01') as RecordedCase;
    await using server = await replay(recorded, 'whole', { method: 'GET', path: '/v1/models' });
    await providerAt(server.url).probe(AbortSignal.timeout(10_000));
    expect(server.mismatches).toEqual([]);
    const { body } = recorded;
    const listed = ((body ?? {})['data'] as readonly JsonObject[]).map(({ id }) => id);
    const models = (await providerAt(server.url).listModels?.(AbortSignal.timeout(10_000))) ?? [];
    expect(models.map(({ model }) => model)).toEqual(listed);
  });

  describe('classifies failures by body and status', () => {
    const EXPECTED: Readonly<Record<string, Partial<ProviderError>>> = {
      'messages.context-length-error.01': { errorClass: 'too-long', callerMessage: 'prompt is too long: 3333404 tokens > 200000 maximum' },
      'messages.error-400.01': {
        errorClass: 'invalid',
        callerMessage: 'This model does not support assistant message prefill. The conversation must end with a user message.',
      },
      'messages.error-400.02': {
        errorClass: 'invalid',
        callerMessage: "This model does not support effort level 'xhigh'. Supported levels: high, low, max, medium.",
      },
      'messages.error-401.01': { errorClass: 'auth', callerMessage: null },
      'messages.error-401.02': { errorClass: 'auth', callerMessage: null },
      'messages.error-404.01': { errorClass: 'not-found', callerMessage: 'model: there-is-no-such-model', param: 'model' },
      'messages.error-404.02': { errorClass: 'not-found', callerMessage: 'model: claude-sonet-4-5', param: 'model' },
      'messages.error-529.01': { errorClass: 'overloaded', callerMessage: null },
    };
    const ways = failures.flatMap((recorded) =>
      [false, true].map((isStream) => [recorded.name, isStream ? 'streamed' : 'whole', recorded] as const),
    );

    it.each(failuresWithin.map((recorded) => [recorded.name, recorded] as const))(
      '%s, under a status of success',
      async (_name, recorded) => {
        await using server = await replay(recorded);
        const error = await outcomeOf(providerAt(server.url), toCall('claude-test', PLAIN), false);
        expect(error).toMatchObject({ errorClass: 'invalid', httpStatus: 200, callerMessage: 'messages is required' });
      },
    );

    it.each(ways)('%s, %s', async (name, way, recorded) => {
      await using server = await replay(recorded);
      const error = await outcomeOf(providerAt(server.url), toCall('claude-test', PLAIN), way === 'streamed');
      expect(error).toBeInstanceOf(ProviderError);
      expect(error).toMatchObject({ ...EXPECTED[name], httpStatus: recorded.status, retryAfterMs: null });
      const { upstream, upstreamBody } = error as ProviderError;
      expect(JSON.parse((upstreamBody as { reveal(): string }).reveal())).toEqual(recorded.body);
      expect(upstream?.requestId).toBe(recorded.headers['request-id'] ?? (recorded.body as Fields)['request_id']);
    });
  });
});

const PLAIN: CompletionRequest = { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }], maxOutputTokens: 100 };

type Fields = Record<string, JsonValue>;

function providerAt(baseUrl: string): Provider {
  const apiKey = new Secret('key-of-the-test');
  return createAnthropicProvider({ id: 'anthropic', displayName: 'Anthropic', baseUrl, apiKey, httpClient: client, egress: 'operator' });
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
  await providerAt(server.url).stream(toCall('claude-test', PLAIN), { part: (part) => void parts.push(part) });
  return parts;
}

/** A choice put together from parts, as a door would. */
function collect(parts: readonly StreamPart[]): { choice: Choice; usage: Usage | null } {
  let text = '';
  let refusal: string | null = null;
  let thought = '';
  let usage: Usage | null = null;
  let finish: Pick<Choice, 'finishReason' | 'rawFinishReason'> | null = null;
  const reasoning: ReasoningPart[] = [];
  const toolCalls: { -readonly [Key in keyof ToolCall]: ToolCall[Key] }[] = [];
  const extra: Fields = {};
  for (const part of parts) {
    expect(finish).toBeNull();
    if (part.type === 'text-delta') text += part.text;
    else if (part.type === 'reasoning-delta') thought += part.text;
    else if (part.type === 'reasoning-end') {
      const { type: _type, choice: _choice, ...opaque } = part;
      reasoning.push({ text: thought, ...opaque });
      thought = '';
    } else if (part.type === 'refusal-delta') refusal = (refusal ?? '') + part.text;
    else if (part.type === 'tool-call-start') {
      expect(part.index).toBe(toolCalls.length);
      toolCalls.push({ id: part.id, name: part.name, argumentsText: '', ...(part.extra === undefined ? {} : { extra: part.extra }) });
    } else if (part.type === 'tool-call-delta') (toolCalls[part.index] as { argumentsText: string }).argumentsText += part.argumentsText;
    else if (part.type === 'extra') Object.assign(extra, part.extra);
    else if (part.type === 'usage') usage = part.usage;
    else if (part.type === 'choice-finish') finish = { finishReason: part.finishReason, rawFinishReason: part.rawFinishReason };
  }
  expect(thought).toBe('');
  const { finishReason, rawFinishReason } = finish ?? { finishReason: 'error', rawFinishReason: null };
  return { choice: { index: 0, text, reasoning, refusal, toolCalls, logprobs: null, finishReason, rawFinishReason, extra }, usage };
}

const NEUTRAL_BLOCKS = new Set<JsonValue | undefined>(['text', 'thinking', 'redacted_thinking', 'tool_use']);
const FINISH_REASONS: Readonly<Record<string, Choice['finishReason']>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  tool_use: 'tool-calls',
  refusal: 'refusal',
};

/** What a recorded message must become, read from it without the adapter. */
function expectedChoice(message: JsonObject, streamedArguments?: readonly string[]): unknown {
  const content = message['content'] as Fields[];
  // Fragments keep the model's white space, a parsed input does not.
  const argumentTexts = streamedArguments ?? content.filter(({ type }) => type === 'tool_use').map(({ input }) => JSON.stringify(input));
  const details = message['stop_details'] as Fields | null | undefined;
  const told = (['stop_sequence', 'stop_details', 'container', 'context_management'] as const).filter(
    (name) => (message[name] ?? null) !== null,
  );
  const citations = content.flatMap((block, index) =>
    ((block['citations'] as Fields[] | null | undefined) ?? []).map((citation) => ({ block_index: index, ...citation })),
  );
  const vendorBlocks = content.map((block, index): Fields => ({ index, ...block })).filter((block) => !NEUTRAL_BLOCKS.has(block['type']));
  return {
    index: 0,
    text: content.map((block) => (block['type'] === 'text' ? (block['text'] as string) : '')).join(''),
    reasoning: content.flatMap((block): ReasoningPart[] => {
      if (block['type'] === 'redacted_thinking') return [{ text: '', redactedData: block['data'] as string }];
      return block['type'] === 'thinking' ? [{ text: block['thinking'] as string, signature: block['signature'] as string }] : [];
    }),
    refusal: details?.['type'] === 'refusal' ? (details['explanation'] as string) : null,
    toolCalls: content
      .filter((block) => block['type'] === 'tool_use')
      .map(({ type: _type, id, name, input: _input, ...extra }, position) => ({
        id,
        name,
        argumentsText: argumentTexts[position],
        ...(Object.keys(extra).length === 0 ? {} : { extra }),
      })),
    logprobs: null,
    finishReason: FINISH_REASONS[message['stop_reason'] as string],
    rawFinishReason: message['stop_reason'],
    extra: {
      ...Object.fromEntries(told.map((name) => [name, message[name]])),
      ...(citations.length === 0 ? {} : { citations }),
      ...(vendorBlocks.length === 0 ? {} : { content_blocks: vendorBlocks }),
    },
  };
}

function expectedUsage(raw: Fields): Usage {
  const count = (fields: Fields, name: string): number => (fields[name] as number | undefined) ?? 0;
  const compactions = ((raw['iterations'] as Fields[] | undefined) ?? []).filter((iteration) => iteration['type'] === 'compaction');
  const sum = (name: string): number => [raw, ...compactions].reduce((total, fields) => total + count(fields, name), 0);
  const hourly = count((raw['cache_creation'] as Fields | undefined) ?? {}, 'ephemeral_1h_input_tokens');
  const thinking = count((raw['output_tokens_details'] as Fields | undefined) ?? {}, 'thinking_tokens');
  return {
    inputTokens: sum('input_tokens'),
    cachedReadTokens: sum('cache_read_input_tokens'),
    cacheWriteTokens: sum('cache_creation_input_tokens'),
    ...(hourly > 0 ? { cacheWriteHourTokens: hourly } : {}),
    outputTokens: sum('output_tokens') - thinking,
    reasoningTokens: thinking,
    audioInputTokens: 0,
    audioOutputTokens: 0,
    imageInputTokens: 0,
    totalTokens: sum('input_tokens') + sum('cache_read_input_tokens') + sum('cache_creation_input_tokens') + sum('output_tokens'),
    raw,
  };
}

/** What the headers mean is tested over all of them in anthropic.rate-limits.test.ts. */
function withoutHeadroom({ headroom: _headroom, ...rest }: UpstreamResponse): unknown {
  return rest;
}

/** Request id and rate limits as they came; neither the server's software nor our organisation. */
function expectedUpstream(recorded: RecordedCase): unknown {
  const kept = Object.entries(recorded.headers).filter(([name]) =>
    /^anthropic-ratelimit-|^x-envoy-upstream-service-time$|^server-timing$/.test(name),
  );
  return {
    httpStatus: 200,
    requestId: recorded.headers['request-id'] ?? recorded.headers['cf-ray'] ?? null,
    headers: Object.fromEntries(kept),
  };
}

function withParsedArguments(choice: Choice): unknown {
  return {
    ...choice,
    toolCalls: choice.toolCalls.map((call) => ({ ...call, argumentsText: JSON.parse(call.argumentsText) as JsonValue })),
  };
}
