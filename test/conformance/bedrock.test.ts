import { afterAll, describe, expect, it } from 'vitest';
import { ManualClock, systemClock } from '../../server/src/kernel/clock/index.ts';
import { Secret } from '../../server/src/kernel/crypto/index.ts';
import { createHttpClient } from '../../server/src/kernel/http-client/index.ts';
import { createLogger } from '../../server/src/kernel/telemetry/index.ts';
import { createBedrockProvider } from '../../server/src/modules/providers/adapters/bedrock/index.ts';
import {
  ProviderError,
  type Choice,
  type CompletionRequest,
  type JsonObject,
  type JsonValue,
  type Provider,
  type ProviderCall,
  type StreamPart,
  type Usage,
} from '../../server/src/modules/providers/contract.ts';
import { ChoiceBuilder } from '../../server/src/modules/providers/shared/choice-builder.ts';
import type { Splitting } from '../testkit/replay-server.ts';
import { foldMessages, HAS_RECORDINGS, messagesOf, modelOf, readCases, replay, type RecordedCase } from './bedrock.cases.ts';
import { toCompletionRequest, toNormalForm } from './bedrock.reader.ts';

/** Answers of models asked natively that have Converse's own shape: read by its reader; their request has Converse's form too. */
const NATIVE_IN_CONVERSE_SHAPE = ['invoke.text.01', 'invoke.tool-call.01'];
/** Of `count-tokens.error-400.02` the input is Anthropic's own: it is asked by that wire, in `bedrock-wires.test.ts`. */
const COUNTED_NATIVELY = 'count-tokens.error-400.02';
const RESPONSE_ONLY = ['converse.error-503.01'];

/** Where streams are cut beside nowhere and where they were. */
const CUTS = ['bytes', { seed: 7, mostBytes: 400 }, { seed: 1913, mostBytes: 40 }] as const satisfies readonly Splitting[];

const client = createHttpClient({ log: createLogger({ level: 'silent' }), clock: systemClock });
afterAll(() => client.close());

const cases = readCases();
const isConverse = ({ api }: RecordedCase): boolean => api === 'converse' || api === 'converse-stream';
const converses = cases.filter(isConverse);
const answers = cases.filter(
  (recorded) => recorded.status === 200 && recorded.body !== null && (isConverse(recorded) || isNative(recorded)),
);
const streams = converses.filter(({ stream }) => stream !== null);
const failures = converses.filter(({ status }) => status !== 200);
const counts = cases.filter(({ api, name }) => api === 'count-tokens' && name !== COUNTED_NATIVELY);

function isNative({ name }: RecordedCase): boolean {
  return NATIVE_IN_CONVERSE_SHAPE.includes(name);
}

describe.skipIf(!HAS_RECORDINGS)('the Bedrock adapter over recorded traffic', () => {
  it('knows every recorded case of its wire', () => {
    expect(converses.filter(({ request }) => request === null).map(({ name }) => name)).toEqual(RESPONSE_ONLY);
    expect([converses.length, answers.length, streams.length, failures.length, counts.length]).toEqual([38, 20, 13, 7, 3]);
  });

  describe('sends what was recorded, by way of the neutral form', () => {
    const asked = converses.flatMap((recorded) => (recorded.request === null ? [] : [[recorded.name, recorded] as const]));
    it.each(asked)('%s', async (_name, recorded) => {
      const { path, body } = recorded.request as NonNullable<RecordedCase['request']>;
      const requestHeaders = { authorization: 'Bearer key-of-the-test', 'content-type': 'application/json' };
      await using server = await replay(recorded, { path, requestBody: body, requestHeaders, normalize: toNormalForm });
      await outcomeOf(providerAt(server.url), toCall(modelOf(recorded), toCompletionRequest(body)), recorded.api === 'converse-stream');
      expect(server.mismatches).toEqual([]);
      expect(server.served).toBe(1);
    });
  });

  it('is put to the test by a comparison that sees one word changed', async () => {
    const recorded = converses.find(({ name }) => name === 'converse.tool-result.01') as RecordedCase;
    const { path, body } = recorded.request as NonNullable<RecordedCase['request']>;
    const changed = JSON.parse(JSON.stringify(body).replace('Processed: test data', 'Processed: other data')) as JsonObject;
    await using server = await replay(recorded, { path, requestBody: body, normalize: toNormalForm });
    await outcomeOf(providerAt(server.url), toCall(modelOf(recorded), toCompletionRequest(changed)), false);
    expect(server.mismatches).toEqual([
      'body.messages[2].content[0].toolResult.content[0].text: sent "Processed: other data", recorded "Processed: test data"',
    ]);
  });

  describe('gives everything a whole answer held', () => {
    it.each(answers.map((recorded) => [recorded.name, recorded] as const))('%s', async (_name, recorded) => {
      const answer = recorded.body as JsonObject;
      const model = modelOf(recorded);
      await using server = await replay(recorded, { path: `/model/${encodeURIComponent(model)}/converse` });
      const result = await providerAt(server.url).complete(toCall(model, PLAIN));
      expect(result.choices).toEqual([expectedChoice(answer)]);
      expect(result.usage).toEqual(expectedUsage(answer['usage'] as Fields));
      expect(result.extra ?? {}).toEqual(expectedExtra(answer));
      expect(result).toMatchObject({
        id: null,
        model: null,
        createdAtSeconds: null,
        serviceTier: null,
        systemFingerprint: null,
        wire: null,
      });
      expect(result.upstream.requestId).toBe(recorded.headers['x-amzn-requestid'] ?? null);
      expect(result.warnings).toEqual([]);
      expect(server.mismatches).toEqual([]);
    });
  });

  describe('gives everything a stream held, cut anywhere', () => {
    it.each(streams.map((recorded) => [recorded.name, recorded] as const))('%s', async (_name, recorded) => {
      const answer = foldMessages(messagesOf(recorded.stream as Buffer));
      const parts = await partsOf(recorded, 'whole');
      expect(parts[0]).toMatchObject({
        type: 'response-start',
        upstream: { httpStatus: 200, requestId: recorded.headers['x-amzn-requestid'] ?? null },
        warnings: [],
      });
      expect(parts.filter(({ type }) => type === 'response-start')).toHaveLength(1);
      expect(parts.at(-1)).toMatchObject({ type: 'choice-finish', rawFinishReason: answer['stopReason'] });
      expect(collect(parts)).toEqual({
        choices: [expectedChoice(answer)],
        usage: expectedUsage(answer['usage'] as Fields),
        extra: expectedExtra(answer),
      });
      for (const splitting of CUTS) expect(await partsOf(recorded, splitting)).toEqual(parts);
      expect(await partsOf(recorded, recorded.chunkLengths ?? 'whole')).toEqual(parts);
    });

    it.each(streams.map((recorded) => [recorded.name, recorded] as const))(
      '%s equals the same answer given whole',
      async (_name, recorded) => {
        const body = withParsedInputs(foldMessages(messagesOf(recorded.stream as Buffer)));
        const path = `/model/${encodeURIComponent(modelOf(recorded))}/converse`;
        await using server = await replay({ status: 200, headers: {}, body, stream: null }, { path });
        const result = await providerAt(server.url).complete(toCall(modelOf(recorded), PLAIN));
        const collected = collect(await partsOf(recorded, 'whole'));
        expect(collected.choices.map(withParsedArguments)).toEqual(result.choices.map(withParsedArguments));
        expect(collected.usage).toEqual(result.usage);
        expect(collected.extra).toEqual(result.extra);
      },
    );

    it.each(streams.map((recorded) => [recorded.name, recorded] as const))(
      '%s with one damaged byte is no answer',
      async (_name, recorded) => {
        const stream = Buffer.from(recorded.stream as Buffer);
        const middle = Math.floor(stream.length / 2);
        stream.writeUInt8(stream.readUInt8(middle) ^ 1, middle);
        const path = `/model/${encodeURIComponent(modelOf(recorded))}/converse-stream`;
        await using server = await replay({ ...recorded, stream }, { path });
        const error = await outcomeOf(providerAt(server.url), toCall(modelOf(recorded), PLAIN), true);
        expect(error).toMatchObject({ name: 'ProviderError', errorClass: 'malformed' });
      },
    );
  });

  it('keeps buckets disjoint: they sum to the total that the wire names, in every recording', () => {
    const recorded = [...answers.map(({ body }) => body), ...streams.map(({ stream }) => foldMessages(messagesOf(stream as Buffer)))];
    for (const answer of recorded) {
      const usage = expectedUsage((answer as JsonObject)['usage'] as Fields);
      expect(usage.totalTokens).toBe(((answer as JsonObject)['usage'] as Fields)['totalTokens']);
    }
    expect(recorded).toHaveLength(33);
  });

  describe('counts tokens', () => {
    it.each(counts.map((recorded) => [recorded.name, recorded] as const))('%s', async (name, recorded) => {
      const { path, body } = recorded.request as NonNullable<RecordedCase['request']>;
      const asked = (body['input'] as Fields)['converse'] as JsonObject;
      await using server = await replay(recorded, { path, requestBody: body, normalize: toNormalForm });
      const counting = providerAt(server.url).countTokens?.(toCall(modelOf(recorded), toCompletionRequest(asked)));
      if (recorded.status === 200) expect(await counting).toBe((recorded.body as JsonObject)['inputTokens']);
      else
        await expect(counting).rejects.toMatchObject({
          errorClass: 'not-found',
          callerMessage: 'The provided model identifier is invalid.',
        });
      expect(server.mismatches, name).toEqual([]);
    });
  });

  it('embeds: embeddings.embeddings.01', async () => {
    const recorded = cases.find(({ api }) => api === 'embeddings') as RecordedCase;
    const { path, body } = recorded.request as NonNullable<RecordedCase['request']>;
    await using server = await replay(recorded, { path, requestBody: body });
    const result = await providerAt(server.url).embed?.(
      modelOf(recorded),
      {
        inputs: ["Ruby is a programmer's best friend"],
        dimensions: 256,
        extra: { truncationMode: 'END', embeddingPurpose: 'GENERIC_INDEX' },
      },
      CONTEXT,
    );
    const [embedding] = (recorded.body as JsonObject)['embeddings'] as Fields[];
    expect(result?.vectors).toEqual([embedding?.['embedding']]);
    expect(result?.usage).toMatchObject({ inputTokens: 10, outputTokens: 0, totalTokens: 10 });
    expect(server.mismatches).toEqual([]);
  });

  describe('classifies failures by type, wording and status', () => {
    const EXPECTED: Readonly<Record<string, Partial<ProviderError>>> = {
      'converse.context-length-error.01': { errorClass: 'too-long' },
      'converse.error-400.01': { errorClass: 'invalid' },
      'converse.error-400.02': { errorClass: 'invalid', param: 'messages.2.content.0' },
      'converse.error-403.01': { errorClass: 'auth', callerMessage: null },
      'converse.error-404.01': { errorClass: 'not-found', param: 'model' },
      'converse.error-503.01': { errorClass: 'rate-limit', callerMessage: null },
      'converse-stream.error-400.01': { errorClass: 'not-found', callerMessage: 'The provided model identifier is invalid.' },
    };
    const ways = failures.flatMap((recorded) =>
      [false, true].map((isStream) => [recorded.name, isStream ? 'streamed' : 'whole', recorded] as const),
    );

    it.each(ways)('%s, %s', async (name, way, recorded) => {
      const isStream = way === 'streamed';
      const path = `/model/${encodeURIComponent(modelOf(recorded))}/${isStream ? 'converse-stream' : 'converse'}`;
      await using server = await replay(recorded, { path });
      const error = await outcomeOf(providerAt(server.url), toCall(modelOf(recorded), PLAIN), isStream);
      expect(error).toBeInstanceOf(ProviderError);
      expect(error).toMatchObject({ ...EXPECTED[name], httpStatus: recorded.status, retryAfterMs: null });
      const { upstream, upstreamBody, errorClass, callerMessage } = error as ProviderError;
      expect(JSON.parse((upstreamBody as { reveal(): string }).reveal())).toEqual(recorded.body);
      if (['invalid', 'too-long', 'not-found'].includes(errorClass)) expect(callerMessage).toBe((recorded.body as JsonObject)['message']);
      expect(upstream?.requestId).toBe(recorded.headers['x-amzn-requestid'] ?? null);
      expect(server.mismatches).toEqual([]);
    });
  });
});

const PLAIN: CompletionRequest = { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }] };
const CONTEXT = { attemptId: 'attempt-1', signal: new AbortController().signal, remainingMs: 20_000, traceHeaders: {} };

type Fields = Record<string, JsonValue>;

function providerAt(baseUrl: string): Provider {
  return createBedrockProvider({
    id: 'bedrock',
    displayName: 'Amazon Bedrock',
    baseUrl,
    region: 'us-east-1',
    credentials: { kind: 'bearer', token: new Secret('key-of-the-test') },
    httpClient: client,
    clock: new ManualClock(),
    egress: 'operator',
  });
}

function toCall(model: string, request: CompletionRequest): ProviderCall {
  return { model, request: () => request, wire: null, context: CONTEXT };
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
  await using server = await replay(recorded, { path: `/model/${encodeURIComponent(modelOf(recorded))}/converse-stream` }, splitting);
  const parts: StreamPart[] = [];
  await providerAt(server.url).stream(toCall(modelOf(recorded), PLAIN), { part: (part) => void parts.push(part) });
  expect(server.mismatches).toEqual([]);
  return parts;
}

/** What a door would put together from parts. */
function collect(parts: readonly StreamPart[]): { choices: readonly Choice[]; usage: Usage | null; extra: JsonObject } {
  const builder = new ChoiceBuilder();
  let usage: Usage | null = null;
  const extra: Fields = {};
  for (const part of parts) {
    builder.add(part);
    if (part.type === 'usage') usage = part.usage;
    if (part.type === 'extra' && part.scope === 'response') Object.assign(extra, part.extra);
  }
  return { choices: builder.build(), usage, extra };
}

const FINISH_REASONS: Readonly<Record<string, Choice['finishReason']>> = {
  end_turn: 'stop',
  max_tokens: 'length',
  tool_use: 'tool-calls',
  guardrail_intervened: 'content-filter',
};

/** What a recorded answer must become, read from it without the adapter. */
function expectedChoice(answer: JsonObject): unknown {
  const content = ((answer['output'] as Fields)['message'] as Fields)['content'] as Fields[];
  return {
    index: 0,
    text: content.map((block) => (block['text'] as string | undefined) ?? '').join(''),
    reasoning: content.flatMap((block) => expectedReasoning(block['reasoningContent'] as Fields | undefined)),
    refusal: null,
    toolCalls: content.flatMap((block) => {
      const toolUse = block['toolUse'] as Fields | undefined;
      if (toolUse === undefined) return [];
      // Fragments keep the model's white space, a parsed input does not.
      const argumentsText = toolUse['inputText'] ?? JSON.stringify(toolUse['input']);
      return [{ id: toolUse['toolUseId'], name: toolUse['name'], argumentsText }];
    }),
    logprobs: null,
    finishReason: FINISH_REASONS[answer['stopReason'] as string],
    rawFinishReason: answer['stopReason'],
    extra: {},
  };
}

function expectedReasoning(reasoning: Fields | undefined): unknown[] {
  if (reasoning === undefined) return [];
  if (reasoning['redactedContent'] !== undefined) return [{ text: '', redactedData: reasoning['redactedContent'] }];
  return [reasoning['reasoningText']];
}

function expectedUsage(raw: Fields): Usage {
  const cachedReadTokens = (raw['cacheReadInputTokens'] ?? raw['cacheReadInputTokenCount'] ?? 0) as number;
  const cacheWriteTokens = (raw['cacheWriteInputTokens'] ?? raw['cacheWriteInputTokenCount'] ?? 0) as number;
  const inputTokens = raw['inputTokens'] as number;
  const outputTokens = raw['outputTokens'] as number;
  return {
    inputTokens,
    cachedReadTokens,
    cacheWriteTokens,
    outputTokens,
    reasoningTokens: 0,
    audioInputTokens: 0,
    audioOutputTokens: 0,
    imageInputTokens: 0,
    totalTokens: inputTokens + cachedReadTokens + cacheWriteTokens + outputTokens,
    raw,
  };
}

/** Measurements and the guardrail's trace. */
function expectedExtra({ output: _output, stopReason: _stop, usage: _usage, ...extra }: JsonObject): JsonObject {
  return extra;
}

function withParsedInputs(answer: JsonObject): JsonObject {
  const { message } = answer['output'] as { message: Fields };
  const content = (message['content'] as Fields[]).map((block) => {
    if (block['toolUse'] === undefined) return block;
    const { inputText, ...toolUse } = block['toolUse'] as Fields;
    return { toolUse: { ...toolUse, input: JSON.parse((inputText as string | undefined) ?? '{}') as JsonValue } };
  });
  return { ...answer, output: { message: { ...message, content } } };
}

function withParsedArguments(choice: Choice): unknown {
  return {
    ...choice,
    toolCalls: choice.toolCalls.map((call) => ({ ...call, argumentsText: JSON.parse(call.argumentsText) as JsonValue })),
  };
}
