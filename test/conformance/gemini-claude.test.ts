/** Claude as Vertex AI serves it: Anthropic's own wire, carried by `rawPredict`. */
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../server/src/kernel/clock/index.ts';
import { Secret } from '../../server/src/kernel/crypto/index.ts';
import { createIds } from '../../server/src/kernel/ids/index.ts';
import {
  findVendor,
  type ProviderError,
  type Choice,
  type JsonObject,
  type JsonValue,
  type Provider,
  type ProviderCall,
  type StreamPart,
} from '../../server/src/modules/providers/index.ts';
import { ChoiceBuilder } from '../../server/src/modules/providers/shared/choice-builder.ts';
import { openHttpClient } from '../testkit/http-client.ts';
import { serveRecorded, type ReplayServer, type Splitting } from '../testkit/replay-server.ts';
import { argumentTextsOf, eventsOf, foldEvents } from './anthropic.cases.ts';
import { toCompletionRequest, toNormalForm } from './anthropic.reader.ts';
import { HAS_RECORDINGS, modelOf, prefixOf, readCases, type RecordedCase } from './gemini.cases.ts';

const CUTS = ['whole', 'bytes', { seed: 7, mostBytes: 400 }] as const satisfies readonly Splitting[];

const httpClient = openHttpClient();
afterAll(() => httpClient[Symbol.asyncDispose]());

const cases = readCases().filter(({ api }) => api === 'anthropic-on-vertex');
const named = (list: readonly RecordedCase[]): (readonly [string, RecordedCase])[] => list.map((recorded) => [recorded.name, recorded]);
const answers = cases.filter(({ body }) => body !== null);
const streams = cases.filter(({ stream }) => stream !== null);

describe.skipIf(!HAS_RECORDINGS)('Claude on Vertex AI over recorded traffic', () => {
  it('has these cases, each with its request', () => {
    expect([answers.length, streams.length, cases.filter(({ request }) => request === null).length]).toEqual([11, 7, 0]);
  });

  describe('sends what was recorded', () => {
    it.each(named(cases))('%s, as its caller wrote it and by way of the neutral form', async (_name, recorded) => {
      const body = bodyOf(recorded);
      const isStream = recorded.stream !== null;
      const { anthropic_version: _version, ...native } = body;
      for (const wire of [{ dialect: 'anthropic' as const, body: native }, null]) {
        await using server = await replay(recorded, 'whole', body);
        const asking = callOf(recorded, wire);
        await (isStream
          ? providerAt(server.url, recorded).stream(asking, { part: () => undefined })
          : providerAt(server.url, recorded).complete(asking));
        expect(server.mismatches).toEqual([]);
      }
    });
  });

  describe('gives everything a whole answer held', () => {
    it.each(named(answers))('%s', async (_name, recorded) => {
      const message = recorded.body as JsonObject;
      await using server = await replay(recorded);
      const result = await providerAt(server.url, recorded).complete(callOf(recorded));
      expectMessage(result.choices[0], message);
      expect(result).toMatchObject({ id: message['id'], model: message['model'] });
      expect(result.usage?.totalTokens).toBe(totalOf(message));
      expect(JSON.parse((result.wire as { body: Buffer }).body.toString('utf8'))).toEqual(message);
      expect(result.upstream.requestId).toBe(recorded.headers['request-id'] ?? null);
    });
  });

  describe('gives everything a stream held, cut anywhere', () => {
    it.each(named(streams))('%s', async (_name, recorded) => {
      const stream = recorded.stream as Buffer;
      const events = eventsOf(stream);
      const message = foldEvents(events);
      for (const splitting of [...CUTS, recorded.chunkLengths ?? 'whole'] as const) {
        const builder = new ChoiceBuilder();
        const parts: StreamPart[] = [];
        const bytes: Buffer[] = [];
        await using server = await replay(recorded, splitting);
        const provider = providerAt(server.url, recorded);
        await provider.stream(callOf(recorded), { part: (part) => void parts.push(part) });
        for (const part of parts) builder.add(part);
        expectMessage(builder.build()[0], message, argumentTextsOf(events));
        const outcome = await provider.relay?.(callOf(recorded, { dialect: 'anthropic', body: bodyOf(recorded) }), {
          start: () => undefined,
          events: (piece) => void bytes.push(piece),
        });
        expect(Buffer.concat(bytes).equals(stream)).toBe(true);
        expect(outcome?.usage?.totalTokens).toBe(totalOf(message));
        expect(outcome?.finishReasons).toMatchObject([{ choice: 0, rawFinishReason: message['stop_reason'] }]);
      }
    });
  });

  it('tells refusals of Vertex AI itself like those of Anthropic, whole and streamed', async () => {
    const refusals: readonly (readonly [number, JsonValue, Partial<ProviderError>])[] = [
      [
        403,
        { error: { code: 403, message: 'Permission denied', status: 'PERMISSION_DENIED' } },
        { errorClass: 'auth', callerMessage: null },
      ],
      [
        429,
        [
          {
            error: {
              code: 429,
              message: 'Quota exceeded',
              status: 'RESOURCE_EXHAUSTED',
              details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '7s' }],
            },
          },
        ],
        { errorClass: 'rate-limit', retryAfterMs: 7000 },
      ],
      [
        400,
        { type: 'error', error: { type: 'invalid_request_error', message: 'max_tokens: Field required' } },
        { errorClass: 'invalid', callerMessage: 'max_tokens: Field required', param: 'max_tokens' },
      ],
    ];
    const [recorded] = cases as [RecordedCase];
    for (const [status, body, expected] of refusals)
      for (const isStream of [false, true]) {
        await using server = await replay({ ...recorded, status, headers: {}, body: body as JsonObject, stream: null });
        const provider = providerAt(server.url, recorded);
        const call = callOf(recorded);
        const asking: Promise<unknown> = isStream ? provider.stream(call, { part: () => undefined }) : provider.complete(call);
        await expect(asking).rejects.toMatchObject({ ...expected, httpStatus: status });
      }
  });

  it('counts tokens where Vertex AI counts them for all of its Claude models', async () => {
    const [recorded] = cases as [RecordedCase];
    const prefix = prefixOf(pathOf(recorded));
    await using server = await serveRecorded({
      method: 'POST',
      path: `${prefix}/publishers/anthropic/models/count-tokens:rawPredict`,
      requestBody: {
        model: modelOf(pathOf(recorded)),
        messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
        anthropic_version: 'vertex-2023-10-16',
      },
      status: 200,
      responseHeaders: { 'content-type': 'application/json' },
      responseBody: Buffer.from('{"input_tokens":8}'),
    });
    const hello = { messages: [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Hello' }] }], maxOutputTokens: 9 };
    const call = { ...callOf(recorded), request: () => hello };
    expect(await providerAt(server.url, recorded).countTokens?.(call)).toBe(8);
    expect(server.mismatches).toEqual([]);
  });
});

type Fields = Record<string, JsonValue>;

function pathOf({ request }: RecordedCase): string {
  return (request as NonNullable<typeof request>).path;
}

function bodyOf({ request }: RecordedCase): JsonObject {
  return (request as NonNullable<typeof request>).body;
}

function providerAt(url: string, recorded: RecordedCase): Provider {
  const vendor = findVendor('google-vertex-anthropic');
  if (vendor === null) throw new Error('the vendor is not in the table');
  return vendor.connect(
    {
      providerId: vendor.id,
      displayName: vendor.displayName,
      baseUrl: url + prefixOf(pathOf(recorded)),
      settings: {},
      secrets: { accessToken: new Secret('token-of-the-test') },
      headers: {},
      egress: 'operator',
    },
    { httpClient, clock: systemClock, ids: createIds(systemClock), maxOutputTokensOf: () => null },
  );
}

function callOf(recorded: RecordedCase, wire: ProviderCall['wire'] = null): ProviderCall {
  const { anthropic_version: _version, ...body } = bodyOf(recorded);
  const context = { attemptId: 'attempt-1', signal: new AbortController().signal, remainingMs: 20_000, traceHeaders: {} };
  return { model: modelOf(pathOf(recorded)), request: () => toCompletionRequest(body), wire, context };
}

function replay(recorded: RecordedCase, splitting: Splitting = 'whole', requestBody?: JsonObject): Promise<ReplayServer> {
  const { status, headers, body, stream } = recorded;
  return serveRecorded(
    {
      method: 'POST',
      path: pathOf(recorded),
      requestHeaders: { authorization: 'Bearer token-of-the-test', 'x-request-id': 'attempt-1' },
      ...(requestBody === undefined ? {} : { requestBody }),
      normalize: (sent) => withoutDefault(toNormalForm(sent as JsonObject)),
      status,
      responseHeaders: { 'content-type': stream === null ? 'application/json' : 'text/event-stream; charset=utf-8', ...headers },
      responseBody: stream ?? Buffer.from(JSON.stringify(body)),
    },
    splitting,
  );
}

/** `disable_parallel_tool_use: false` says what is so anyway. */
function withoutDefault({ tool_choice: choice, ...rest }: JsonObject): JsonObject {
  if (choice === undefined) return rest;
  const { disable_parallel_tool_use: isSerial, ...written } = choice as Fields;
  return { ...rest, tool_choice: { ...written, ...(isSerial === true ? { disable_parallel_tool_use: true } : {}) } };
}

/** What a recorded message must become, read from it without the adapter. */
function expectMessage(choice: Choice | undefined, message: JsonObject, streamedArguments?: readonly string[]): void {
  const content = message['content'] as Fields[];
  const tools = content.filter(({ type }) => type === 'tool_use');
  expect(choice).toMatchObject({
    text: content.map(({ type, text }) => (type === 'text' ? (text as string) : '')).join(''),
    reasoning: content.filter(({ type }) => type === 'thinking').map(({ thinking, signature }) => ({ text: thinking, signature })),
    toolCalls: tools.map(({ id, name, input }, index) => ({
      id,
      name,
      argumentsText: streamedArguments?.[index] ?? JSON.stringify(input),
    })),
    rawFinishReason: message['stop_reason'],
  });
}

function totalOf(message: JsonObject): number {
  const usage = message['usage'] as Fields;
  const names = ['input_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens', 'output_tokens'];
  return names.reduce((sum, name) => sum + ((usage[name] as number | undefined) ?? 0), 0);
}
