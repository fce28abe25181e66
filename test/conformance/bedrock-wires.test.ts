/** The wires of other makers that Bedrock carries, its signatures, and the account of every recorded case. */
import { afterAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../server/src/kernel/clock/index.ts';
import { Secret } from '../../server/src/kernel/crypto/index.ts';
import { createIds } from '../../server/src/kernel/ids/index.ts';
import {
  authorizationOf,
  canonicalRequestOf,
  stringToSignOf,
  type SignableRequest,
} from '../../server/src/modules/providers/adapters/bedrock/bedrock.sigv4.ts';
import {
  findVendor,
  fromOpenAiChatBody,
  ProviderError,
  type JsonObject,
  type JsonValue,
  type Provider,
  type ProviderCall,
  type StreamPart,
  type Usage,
} from '../../server/src/modules/providers/index.ts';
import { ChoiceBuilder } from '../../server/src/modules/providers/shared/choice-builder.ts';
import { openHttpClient } from '../testkit/http-client.ts';
import type { Splitting } from '../testkit/replay-server.ts';
import { argumentTextsOf, foldEvents } from './anthropic.cases.ts';
import {
  HAS_RECORDINGS,
  modelOf,
  nativeEventsOf,
  readCases,
  readSignatureVectors,
  replay,
  type RecordedCase,
  type SignatureVector,
} from './bedrock.cases.ts';

/** Bodies of Claude's own wire. */
const ANTHROPIC_ANSWERS = ['invoke.cached-tokens.01', 'invoke.cached-tokens.02', 'invoke.parallel-tools.01', 'invoke.vision.01'];
const ANTHROPIC_STREAMS = ['invoke-stream.stream-tool-result.01', 'invoke-stream.stream-vision.01'];
/** OpenAI's chat wire: at its own path, and one answer of a model that was invoked with its native body, which is the same. */
const OPENAI_INVOKED = 'invoke.tool-result.01';
const MODEL_LISTS = ['models.models.01', 'openai-compat.text.02'];
/** OpenAI's Responses wire, whose adapter has a suite of its own: here it matters that they go to the right place and come as they are. */
const RESPONSES_WIRE = [
  'openai-compat.stream-tool-call.01',
  'openai-compat.stream-tool-result.01',
  'openai-compat.stream-tool-result.02',
  'openai-compat.structured.01',
  'openai-compat.tool-call.01',
  'openai-compat.tool-result.01',
  'openai-compat.tool-result.02',
  'openai-responses.reasoning.01',
  'openai-responses.stream-reasoning.01',
  'openai-responses.tool-call.01',
  'openai-responses.tool-result.01',
];
/** Read by `bedrock.test.ts`: they have Converse's shape. */
const CONVERSE_SHAPED = ['invoke.text.01', 'invoke.tool-call.01'];
/**
 * Text-completion bodies of models of 2023 (`prompt`, `inputText`): a wire per maker, without roles or tools. We reach the same models by
 * Converse, which Bedrock translates for them, and so send and read none of these bodies.
 */
const NOT_SPOKEN = ['invoke.length-stop.01', 'invoke.stop-sequence.01', 'invoke-stream.stream-text.01'];
const INVOKE_FAILURES = ['invoke.error-403.01'];
const COUNT_FAILURES = ['count-tokens.error-400.02'];

const CUTS = ['whole', 'bytes', { seed: 7, mostBytes: 400 }] as const satisfies readonly Splitting[];

const httpClient = openHttpClient();
afterAll(() => httpClient[Symbol.asyncDispose]());

const cases = readCases();
const vectors = readSignatureVectors();
const chats = cases.filter(({ api, name }) => api === 'openai-compat' && !RESPONSES_WIRE.includes(name) && !MODEL_LISTS.includes(name));
const named = (names: readonly string[]): readonly (readonly [string, RecordedCase])[] =>
  cases.filter(({ name }) => names.includes(name)).map((recorded) => [recorded.name, recorded]);

describe.skipIf(!HAS_RECORDINGS)('what Bedrock carries beside Converse', () => {
  it('accounts for every recorded case', () => {
    const here = [
      ...RESPONSES_WIRE,
      ...ANTHROPIC_ANSWERS,
      ...ANTHROPIC_STREAMS,
      OPENAI_INVOKED,
      ...MODEL_LISTS,
      ...INVOKE_FAILURES,
      ...COUNT_FAILURES,
    ];
    const elsewhere = [...CONVERSE_SHAPED, ...NOT_SPOKEN];
    const byConverse = cases.filter(({ api }) => ['converse', 'converse-stream', 'count-tokens', 'embeddings'].includes(api));
    const accounted = new Set([...here, ...elsewhere, ...[...chats, ...byConverse].map(({ name }) => name)]);
    expect(cases.filter(({ name }) => !accounted.has(name))).toEqual([]);
    expect([cases.length, vectors.length, chats.length]).toEqual([79, 19, 10]);
    expect(cases.length + vectors.length).toBe(98);
  });

  describe('Claude over its own wire', () => {
    it.each(named(ANTHROPIC_ANSWERS))('%s goes and comes as it was recorded', async (_name, recorded) => {
      const { path, body } = requestOf(recorded);
      await using server = await replay(recorded, { path, requestBody: body, requestHeaders: SIGNED });
      const result = await connect('bedrock-anthropic', server.url).complete(anthropicCall(recorded));
      expect(server.mismatches).toEqual([]);
      expect(JSON.parse((result.wire as { body: Buffer }).body.toString('utf8'))).toEqual(recorded.body);
      expectMessage(recorded.body as JsonObject, result.choices[0]);
      expect(result.usage).toMatchObject(usageOf((recorded.body as JsonObject)['usage'] as Fields));
      expect(result.upstream.requestId).toBe(recorded.headers['x-amzn-requestid'] ?? null);
    });

    it.each(named(ANTHROPIC_STREAMS))('%s is relayed event by event, cut anywhere', async (_name, recorded) => {
      const { path, body } = requestOf(recorded);
      const events = nativeEventsOf(recorded.stream as Buffer);
      const message = foldEvents(events);
      for (const splitting of CUTS) {
        await using server = await replay(recorded, { path, requestBody: body }, splitting);
        const bytes: Buffer[] = [];
        const outcome = await connect('bedrock-anthropic', server.url).relay?.(anthropicCall(recorded), {
          start: () => undefined,
          events: (piece) => void bytes.push(piece),
        });
        expect(server.mismatches).toEqual([]);
        expect(eventsIn(Buffer.concat(bytes))).toEqual(events.map((event) => [event['type'], event]));
        expect(outcome?.usage).toMatchObject(usageOf(message['usage'] as Fields));
        expect(outcome?.finishReasons).toMatchObject([{ choice: 0, rawFinishReason: message['stop_reason'] }]);
      }
    });

    it.each(named(ANTHROPIC_STREAMS))('%s reaches callers of other dialects whole', async (_name, recorded) => {
      await using server = await replay(recorded, { path: requestOf(recorded).path });
      const events = nativeEventsOf(recorded.stream as Buffer);
      const parts = await partsOf(connect('bedrock-anthropic', server.url), anthropicCall(recorded));
      expectMessage(foldEvents(events), choicesOf(parts)[0], argumentTextsOf(events));
    });

    it.each(named(INVOKE_FAILURES))('%s is a refusal of our credentials, whole and streamed', async (_name, recorded) => {
      for (const isStream of [false, true]) {
        const path = requestOf(recorded).path.replace(/invoke$/, isStream ? 'invoke-with-response-stream' : 'invoke');
        await using server = await replay(recorded, { path });
        const provider = connect('bedrock-anthropic', server.url);
        const call = anthropicCall(recorded);
        const asking: Promise<unknown> = isStream ? provider.stream(call, { part: () => undefined }) : provider.complete(call);
        const error = await asking.catch((failure: unknown) => failure);
        expect(error).toBeInstanceOf(ProviderError);
        expect(error).toMatchObject({ errorClass: 'auth', httpStatus: 403, callerMessage: null });
        expect((error as ProviderError).upstream?.requestId).toBe(recorded.headers['x-amzn-requestid']);
        expect(server.mismatches).toEqual([]);
      }
    });

    it.each(named(COUNT_FAILURES))('%s: a count that the vendor refuses names what it refuses', async (_name, recorded) => {
      const { path, body } = requestOf(recorded);
      const native = Buffer.from(((body['input'] as Fields)['invokeModel'] as Fields)['body'] as string, 'base64').toString('utf8');
      await using server = await replay(recorded, { path, requestBody: body, normalize: withParsedInvocation });
      const call = anthropicCall(recorded, JSON.parse(native) as JsonObject);
      const counting = connect('bedrock-anthropic', server.url).countTokens?.(call);
      await expect(counting).rejects.toMatchObject({ errorClass: 'invalid', callerMessage: (recorded.body as JsonObject)['message'] });
      expect(server.mismatches).toEqual([]);
    });
  });

  describe('the OpenAI wire', () => {
    const all = [...chats.map((recorded) => [recorded.name, recorded] as const), ...named([OPENAI_INVOKED])];

    it.each(all)('%s goes as it was recorded and gives what it held', async (_name, recorded) => {
      const { body } = requestOf(recorded);
      const lane = { path: '/v1/chat/completions', requestBody: toCommonRequest(body), normalize: toCommonRequest, requestHeaders: SIGNED };
      await using server = await replay(sseOf(recorded), lane);
      const provider = connect('bedrock-openai', `${server.url}/v1`);
      const call = openAiCall(body);
      const choices = recorded.stream === null ? (await provider.complete(call)).choices : choicesOf(await partsOf(provider, call));
      expect(server.mismatches).toEqual([]);
      const expected = recorded.stream === null ? wholeAnswer(recorded.body as JsonObject) : foldedAnswer(recorded.stream);
      expect(
        choices.map(({ text, reasoning, rawFinishReason }) => ({
          text,
          reasoning: reasoning.map((part) => part.text).join(''),
          rawFinishReason,
        })),
      ).toEqual([{ text: expected.text, reasoning: expected.reasoning, rawFinishReason: expected.finishReason }]);
      expect(choices[0]?.toolCalls.map(({ name, argumentsText }) => ({ name, argumentsText }))).toEqual(expected.toolCalls);
    });

    it.each(named(MODEL_LISTS))('%s is a list of models', async (_name, recorded) => {
      await using server = await replay(recorded, { method: 'GET', path: '/v1/models' });
      const models = await connect('bedrock-openai', `${server.url}/v1`).listModels?.(AbortSignal.timeout(20_000));
      const listed = (Array.isArray(recorded.body) ? recorded.body : (recorded.body as JsonObject)['data']) as Fields[];
      expect(models?.map(({ model }) => model)).toEqual([...new Set(listed.map(({ id }) => id))]);
      expect(server.mismatches).toEqual([]);
    });
  });

  describe('the Responses wire', () => {
    it.each(named(RESPONSES_WIRE))('%s goes where its model is and comes as it was recorded', async (_name, recorded) => {
      const { path, body } = requestOf(recorded);
      await using server = await replay(sseOf(recorded), { path, requestBody: body, requestHeaders: SIGNED, normalize: withoutNoStream });
      const provider = connect('bedrock-openai', `${server.url}/v1`);
      const call: ProviderCall = { ...openAiCall(body), wire: { dialect: 'openai-responses', body } };
      if (recorded.stream === null) {
        const result = await provider.complete(call);
        expect(JSON.parse((result.wire as { body: Buffer }).body.toString('utf8'))).toEqual(recorded.body);
      } else {
        const bytes: Buffer[] = [];
        await provider.relay?.(call, { start: () => undefined, events: (piece) => void bytes.push(piece) });
        expect(Buffer.concat(bytes).equals(recorded.stream)).toBe(true);
      }
      expect(server.mismatches).toEqual([]);
    });

    it('is the only one of models that are served by no other', async () => {
      const recorded = cases.find(({ name }) => name === 'openai-compat.tool-result.02') as RecordedCase;
      await using server = await replay(recorded, { path: '/openai/v1/responses' });
      const request = { messages: [{ role: 'user' as const, content: [{ type: 'text' as const, text: '"model":"openai.gpt-oss"' }] }] };
      const call: ProviderCall = { model: 'openai.gpt-5.5', request: () => request, wire: null, context: CONTEXT };
      const result = await connect('bedrock-openai', `${server.url}/v1`).complete(call);
      expect(result.choices[0]?.text).toBe('First tool result: first result  \nSecond tool result: second result');
      expect(server.mismatches).toEqual([]);
    });
  });

  describe('signatures', () => {
    it.each(vectors.map((vector) => [vector.name, vector] as const))('%s', (_name, vector) => {
      const request = toSignable(vector);
      expect(canonicalRequestOf(request)).toBe(vector.canonicalRequest);
      expect(stringToSignOf(vector.canonicalRequest, SCOPE, SIGNED_AT_MS)).toBe(vector.stringToSign);
      expect(authorizationOf(request, KEYS, SCOPE, SIGNED_AT_MS)).toBe(vector.authorization);
    });
  });
});

type Fields = Record<string, JsonValue>;

/** The example identity that the vectors are made with. */
const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: new Secret('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'), sessionToken: null };
const SCOPE = { region: 'us-east-1', service: 'service' };
const SIGNED_AT_MS = Date.UTC(2015, 7, 30, 12, 36, 0);
const SIGNED = { 'content-type': 'application/json', 'x-amz-date': '20260101T000000Z', 'x-amz-security-token': 'token-of-the-test' };

/** The request line and headers of a vector, with nothing encoded or ordered yet. */
function toSignable({ request }: SignatureVector): SignableRequest {
  const [head = '', body = ''] = request.split('\n\n');
  const [line = '', ...headerLines] = head.split('\n');
  const [, method = '', target = ''] = /^(\S+) (.*) HTTP\/1\.1$/.exec(line) ?? [];
  const [path = '', query = ''] = target.split('?');
  const headers = headerLines.map((text) => [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)] as const);
  return { method, path, query: [...new URLSearchParams(query)], headers, body };
}

function connect(vendorId: string, baseUrl: string): Provider {
  const vendor = findVendor(vendorId);
  if (vendor === null) throw new Error(`There is no vendor ${vendorId}.`);
  const clock = new ManualClock();
  const settings = { region: 'us-east-1' };
  const secrets = {
    accessKeyId: new Secret('AKIAOFTHETEST'),
    secretAccessKey: new Secret('secret-of-the-test'),
    sessionToken: new Secret('token-of-the-test'),
  };
  const connection = {
    providerId: vendorId,
    displayName: vendor.displayName,
    baseUrl,
    settings,
    secrets,
    headers: {},
    egress: 'operator',
  } as const;
  return vendor.connect(connection, { httpClient, clock, ids: createIds(clock), maxOutputTokensOf: () => null });
}

function requestOf(recorded: RecordedCase): { path: string; body: JsonObject } {
  if (recorded.request === null) throw new Error(`${recorded.name} has no request.`);
  return recorded.request;
}

const CONTEXT = { attemptId: 'attempt-1', signal: new AbortController().signal, remainingMs: 20_000, traceHeaders: {} };

function anthropicCall(recorded: RecordedCase, native: JsonObject = requestOf(recorded).body): ProviderCall {
  const { anthropic_version: _version, ...body } = native;
  const request = (): never => {
    throw new Error('A call of the same dialect needs no neutral form.');
  };
  return { model: modelOf(recorded), request, wire: { dialect: 'anthropic', body: { model: 'any', ...body } }, context: CONTEXT };
}

function openAiCall(body: JsonObject): ProviderCall {
  return { model: String(body['model']), request: () => fromOpenAiChatBody(body), wire: null, context: CONTEXT };
}

async function partsOf(provider: Provider, call: ProviderCall): Promise<readonly StreamPart[]> {
  const parts: StreamPart[] = [];
  await provider.stream(call, { part: (part) => void parts.push(part) });
  return parts;
}

function choicesOf(parts: readonly StreamPart[]): ReturnType<ChoiceBuilder['build']> {
  const builder = new ChoiceBuilder();
  for (const part of parts) builder.add(part);
  return builder.build();
}

function expectMessage(
  message: JsonObject,
  choice: ReturnType<ChoiceBuilder['build']>[number] | undefined,
  streamed?: readonly string[],
): void {
  const content = message['content'] as Fields[];
  const tools = content.filter(({ type }) => type === 'tool_use');
  expect(choice?.text).toBe(content.map(({ text }) => (text as string | undefined) ?? '').join(''));
  expect(choice?.toolCalls).toEqual(
    tools.map(({ id, name, input }, position) => ({ id, name, argumentsText: streamed?.[position] ?? JSON.stringify(input) })),
  );
  expect(choice?.rawFinishReason).toBe(message['stop_reason']);
}

function usageOf(raw: Fields): Partial<Usage> {
  const count = (name: string): number => (raw[name] as number | undefined) ?? 0;
  return {
    inputTokens: count('input_tokens'),
    cachedReadTokens: count('cache_read_input_tokens'),
    cacheWriteTokens: count('cache_creation_input_tokens'),
    outputTokens: count('output_tokens'),
  };
}

/** Type and data of each relayed event. */
function eventsIn(bytes: Buffer): unknown[] {
  return bytes
    .toString('utf8')
    .split('\n\n')
    .filter((event) => event !== '')
    .map((event) => {
      const [type = '', data = ''] = event.split('\n');
      return [type.replace('event: ', ''), JSON.parse(data.replace('data: ', '')) as JsonValue];
    });
}

function withParsedInvocation(sent: unknown): unknown {
  const invocation = ((sent as Fields)['input'] as Fields)['invokeModel'] as Fields;
  return JSON.parse(Buffer.from(invocation['body'] as string, 'base64').toString('utf8'));
}

/** What a body says whatever its spelling: one text is a string or a part, and `stream: false` is nothing. */
function toCommonRequest(sent: unknown): JsonObject {
  const { stream, stream_options: _options, messages, ...rest } = sent as Fields;
  return {
    ...rest,
    ...(stream === true ? { stream } : {}),
    messages: (messages as Fields[]).map(({ content, ...message }) => ({
      ...message,
      content: toCommonContent(content),
      ...withoutIndex(message),
    })),
  };
}

/** Not to stream is what a body says that says nothing of it. */
function withoutNoStream(sent: unknown): JsonObject {
  const { stream, ...rest } = sent as Fields;
  return stream === true ? { ...rest, stream } : rest;
}

function toCommonContent(content: JsonValue | undefined): JsonValue {
  const parts = Array.isArray(content) ? (content as Fields[]) : [];
  if (parts.length === 1 && parts[0]?.['type'] === 'text') return parts[0]['text'] as string;
  return parts.length > 0 ? parts : (typeof content === 'string' && content) || null;
}

/** A client had left the position within its stream in the calls it sent back. */
function withoutIndex({ tool_calls: calls }: Fields): Fields {
  if (calls === undefined) return {};
  return { tool_calls: (calls as Fields[]).map(({ index: _index, ...call }) => call) };
}

/** The recorder put the framing of streams back without their end marker, which a wire of this kind sends. */
function sseOf(recorded: RecordedCase): RecordedCase {
  return recorded.stream === null ? recorded : { ...recorded, headers: { ...recorded.headers, 'content-type': 'text/event-stream' } };
}

interface Folded {
  text: string;
  reasoning: string;
  finishReason: JsonValue;
  toolCalls: { name: string; argumentsText: string }[];
}

function wholeAnswer(answer: JsonObject): Folded {
  const [choice] = answer['choices'] as { message: Fields; finish_reason: JsonValue }[];
  const { message, finish_reason: finishReason } = choice as { message: Fields; finish_reason: JsonValue };
  return {
    text: (message['content'] as string | null) ?? '',
    reasoning: (message['reasoning'] as string | undefined) ?? '',
    finishReason,
    toolCalls: [],
  };
}

function foldedAnswer(stream: Buffer): Folded {
  const folded: Folded = { text: '', reasoning: '', finishReason: null, toolCalls: [] };
  for (const line of stream.toString('utf8').split('\n')) {
    if (!line.startsWith('data: {')) continue;
    const [choice] = (JSON.parse(line.slice('data: '.length)) as { choices: { delta: Fields; finish_reason: JsonValue }[] }).choices;
    if (choice === undefined) continue;
    folded.text += (choice.delta['content'] as string | null) ?? '';
    folded.reasoning += (choice.delta['reasoning'] as string | null | undefined) ?? '';
    folded.finishReason = choice.finish_reason ?? folded.finishReason;
    for (const call of (choice.delta['tool_calls'] ?? []) as {
      index: number;
      function: { name: string | null; arguments: string | null };
    }[]) {
      const open = (folded.toolCalls[call.index] ??= { name: '', argumentsText: '' });
      open.name += call.function.name ?? '';
      open.argumentsText += call.function.arguments ?? '';
    }
  }
  return folded;
}
