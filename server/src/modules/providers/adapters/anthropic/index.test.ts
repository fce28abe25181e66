import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../kernel/clock/index.ts';
import { Secret } from '../../../../kernel/crypto/index.ts';
import { createHttpClient } from '../../../../kernel/http-client/index.ts';
import { createLogger } from '../../../../kernel/telemetry/index.ts';
import { serveHttp } from '../../../../../../test/testkit/loopback.ts';
import { ProviderError, type JsonObject, type Provider, type ProviderCall, type StreamPart } from '../../contract.ts';
import { createAnthropicProvider, type AnthropicSettings } from './index.ts';

const FIXTURE = readFileSync(new URL('__fixtures__/made-2026-11.stream.txt', import.meta.url));
const EVENTS = { 'content-type': 'text/event-stream; charset=utf-8', 'request-id': 'req_made', 'retry-after': '9' };
const UPSTREAM = { httpStatus: 200, requestId: 'req_made', headers: {} };
const USAGE_ZEROS = { audioInputTokens: 0, audioOutputTokens: 0, imageInputTokens: 0 };

const client = createHttpClient({ log: createLogger({ level: 'silent' }), clock: systemClock });
afterAll(() => client.close());

function providerAt(baseUrl: string, settings: Partial<AnthropicSettings> = {}): Provider {
  const apiKey = new Secret('sk-ant-test-key');
  return createAnthropicProvider({
    id: 'anthropic',
    displayName: 'Anthropic',
    baseUrl,
    apiKey,
    httpClient: client,
    egress: 'operator',
    ...settings,
  });
}

function toCall(signal = new AbortController().signal, remainingMs = 10_000): ProviderCall {
  return {
    model: 'claude-made-1',
    request: () => ({ messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }], maxOutputTokens: 50 }),
    wire: null,
    context: { attemptId: 'attempt-1', signal, remainingMs, traceHeaders: { traceparent: '00-1-2-01' } },
  };
}

const event = (data: JsonObject): string => `event: ${String(data['type'])}\ndata: ${JSON.stringify(data)}\n\n`;
const START = event({
  type: 'message_start',
  message: { id: 'm', type: 'message', model: 'c', content: [], usage: { input_tokens: 4, output_tokens: 1 } },
});
const TEXT_START = event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } });
const textDelta = (text: string): string => event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } });
const END =
  event({ type: 'content_block_stop', index: 0 }) +
  event({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 3 } }) +
  event({ type: 'message_stop' });
const OVERLOADED = event({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } });

interface Run {
  readonly parts: readonly StreamPart[];
  readonly error: unknown;
}

/** Streams what `answer` writes; the parts that came and the error that ended it. */
async function run(answer: (response: ServerResponse, request: IncomingMessage) => void): Promise<Run> {
  await using server = await serveHttp((request, response) => answer(response, request));
  const parts: StreamPart[] = [];
  const error: unknown = await providerAt(server.url)
    .stream(toCall(), { part: (part) => void parts.push(part) })
    .then(
      () => null,
      (failure: unknown) => failure,
    );
  return { parts, error };
}

const typesOf = (parts: readonly StreamPart[]): string[] => parts.map(({ type }) => type);

describe('a streamed answer', () => {
  it('becomes parts in order', async () => {
    const { parts, error } = await run((response) => response.writeHead(200, EVENTS).end(FIXTURE));
    expect(error).toBeNull();
    const startUsage = {
      input_tokens: 21,
      cache_creation_input_tokens: 7,
      cache_read_input_tokens: 5,
      output_tokens: 1,
      service_tier: 'standard',
    };
    const endUsage = { ...startUsage, input_tokens: 22, output_tokens: 40, output_tokens_details: { thinking_tokens: 11 } };
    const cached = { cachedReadTokens: 5, cacheWriteTokens: 7 };
    expect(parts).toEqual([
      {
        type: 'response-start',
        id: 'msg_made_1',
        model: 'claude-made-1',
        createdAtSeconds: null,
        systemFingerprint: null,
        serviceTier: 'standard',
        upstream: UPSTREAM,
        warnings: [],
      },
      {
        type: 'usage',
        usage: { inputTokens: 21, ...cached, outputTokens: 1, reasoningTokens: 0, ...USAGE_ZEROS, totalTokens: 34, raw: startUsage },
      },
      { type: 'reasoning-delta', choice: 0, text: 'Größe ' },
      { type: 'reasoning-delta', choice: 0, text: 'unklar' },
      { type: 'reasoning-end', choice: 0, signature: 'c2lnbmF0dXJl' },
      { type: 'reasoning-end', choice: 0, redactedData: 'b3BhcXVl' },
      { type: 'text-delta', choice: 0, text: '日本 🗾 ' },
      { type: 'text-delta', choice: 0, text: 'it is.' },
      { type: 'tool-call-start', choice: 0, index: 0, id: 'toolu_1', name: 'weigh' },
      { type: 'tool-call-delta', choice: 0, index: 0, argumentsText: '{"grams": 1.0}' },
      { type: 'tool-call-start', choice: 0, index: 1, id: 'toolu_2', name: 'now', extra: { caller: { type: 'direct' } } },
      { type: 'tool-call-delta', choice: 0, index: 1, argumentsText: '{}' },
      {
        type: 'usage',
        usage: { inputTokens: 22, ...cached, outputTokens: 29, reasoningTokens: 11, ...USAGE_ZEROS, totalTokens: 74, raw: endUsage },
      },
      {
        type: 'extra',
        choice: 0,
        extra: {
          citations: [{ block_index: 3, type: 'char_location', cited_text: 'x', document_index: 0 }],
          content_blocks: [{ index: 2, type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: '日本' } }],
        },
      },
      { type: 'choice-finish', choice: 0, finishReason: 'tool-calls', rawFinishReason: 'tool_use' },
    ]);
  });

  it('is the same cut into single bytes', async () => {
    const whole = await run((response) => response.writeHead(200, EVENTS).end(FIXTURE));
    const bytewise = await run((response) => {
      response.writeHead(200, EVENTS);
      for (const byte of FIXTURE) response.write(Buffer.of(byte));
      response.end();
    });
    expect(bytewise).toEqual(whole);
  });

  it('may be retried when it fails before its first output', async () => {
    const first = await run((response) => response.writeHead(200, EVENTS).end(OVERLOADED));
    expect(first.parts).toEqual([]);
    expect(first.error).toMatchObject({ errorClass: 'overloaded', httpStatus: 200, upstream: UPSTREAM });
    const second = await run((response) => response.writeHead(200, EVENTS).end(START + OVERLOADED));
    expect(typesOf(second.parts)).toEqual(['response-start', 'usage']);
    expect(second.error).toMatchObject({ errorClass: 'overloaded' });
  });

  it('keeps what came before an error event, and never finishes the choice', async () => {
    const { parts, error } = await run((response) =>
      response.writeHead(200, EVENTS).end(START + TEXT_START + textDelta('Half') + OVERLOADED + END),
    );
    expect(typesOf(parts)).toEqual(['response-start', 'usage', 'text-delta']);
    expect(error).toMatchObject({ errorClass: 'overloaded' });
  });

  it('ends as other when the end marker comes without a reason', async () => {
    const marker = event({ type: 'message_stop' });
    const { parts, error } = await run((response) => response.writeHead(200, EVENTS).end(START + TEXT_START + textDelta('Half') + marker));
    expect(error).toBeNull();
    expect(parts.at(-1)).toEqual({ type: 'choice-finish', choice: 0, finishReason: 'other', rawFinishReason: null });
  });

  it('does not pass for whole when its input ends cleanly within the answer', async () => {
    const { parts, error } = await run((response) => response.writeHead(200, EVENTS).end(START + TEXT_START + textDelta('Half')));
    expect(error).toMatchObject({ errorClass: 'malformed' });
    expect(typesOf(parts)).toEqual(['response-start', 'usage', 'text-delta']);
  });

  it.each([
    ['is the end marker', START + TEXT_START + textDelta('Yes') + END],
    ['tells the reason', (START + TEXT_START + textDelta('Yes') + END).replace(event({ type: 'message_stop' }), '')],
  ])('needs no blank line behind its last event when that %s', async (_what, stream) => {
    const { parts, error } = await run((response) => response.writeHead(200, EVENTS).end(stream.trimEnd()));
    expect(error).toBeNull();
    expect(typesOf(parts)).toEqual(['response-start', 'usage', 'text-delta', 'usage', 'choice-finish']);
    expect(parts.at(-1)).toMatchObject({ finishReason: 'stop' });
  });

  it.each([
    ['nothing', ''],
    ['a beginning only', START],
    ['content before the beginning', TEXT_START + textDelta('x')],
    ['an event that is not JSON', `${START}data: {"type":\n\n`],
    ['an event over the limit', `${START}data: "${'x'.repeat(5 * 1024 * 1024)}"\n\n`],
  ])('is malformed when it holds %s', async (_what, stream) => {
    const { parts, error } = await run((response) => response.writeHead(200, EVENTS).end(stream));
    expect(error).toMatchObject({ errorClass: 'malformed' });
    expect(typesOf(parts)).not.toContain('choice-finish');
  });

  it('is a transport failure when the connection breaks off, unless everything had come', async () => {
    const broken = await run((response) => {
      response.writeHead(200, EVENTS).write(START + TEXT_START + textDelta('Half'), () => response.destroy());
    });
    expect(broken.error).toMatchObject({ errorClass: 'transport' });
    const complete = await run((response) => {
      response.writeHead(200, EVENTS).write(START + TEXT_START + textDelta('All') + END, () => response.destroy());
    });
    expect(complete.error).toBeNull();
    expect(complete.parts.at(-1)).toMatchObject({ type: 'choice-finish', finishReason: 'stop' });
  });

  it('is taken from one JSON document when a proxy does not stream', async () => {
    const content = [
      { type: 'thinking', thinking: 'Hm', signature: 's' },
      { type: 'text', text: 'Hi' },
      { type: 'tool_use', id: 't', name: 'f', input: { a: 1 } },
    ];
    const message = {
      type: 'message',
      id: 'm',
      model: 'c',
      content,
      stop_reason: 'tool_use',
      usage: { input_tokens: 1, output_tokens: 2 },
    };
    const { parts, error } = await run((response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(message)),
    );
    expect(error).toBeNull();
    expect(parts.slice(1)).toMatchObject([
      { type: 'reasoning-delta', text: 'Hm' },
      { type: 'reasoning-end', signature: 's' },
      { type: 'text-delta', text: 'Hi' },
      { type: 'tool-call-start', index: 0, id: 't', name: 'f' },
      { type: 'tool-call-delta', index: 0, argumentsText: '{"a":1}' },
      { type: 'usage', usage: { totalTokens: 3 } },
      { type: 'choice-finish', finishReason: 'tool-calls' },
    ]);
  });

  it('waits for a sink that asks for it and keeps the order', async () => {
    const words = Array.from({ length: 200 }, (_, index) => `w${index} `);
    await using server = await serveHttp((_request, response) => {
      response.writeHead(200, EVENTS).end(START + TEXT_START + words.map(textDelta).join('') + END);
    });
    let isBusy = false;
    const taken: string[] = [];
    await providerAt(server.url).stream(toCall(), {
      part: (part) => {
        expect(isBusy).toBe(false);
        if (part.type !== 'text-delta') return undefined;
        isBusy = true;
        return new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
          taken.push(part.text);
          isBusy = false;
        });
      },
    });
    expect(taken).toEqual(words);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('sink is full');
      },
    ],
    ['rejects', () => Promise.reject(new Error('sink is full'))],
  ] as const)('ends with the error of a sink that %s, and closes the connection', async (_how, fail) => {
    await using server = await serveHttp(
      (_request, response) => void response.writeHead(200, EVENTS).write(START + TEXT_START + textDelta('x')),
    );
    const streaming = providerAt(server.url).stream(toCall(), { part: (part) => (part.type === 'text-delta' ? fail() : undefined) });
    await expect(streaming).rejects.toThrow(new Error('sink is full'));
    await server.drained();
    expect(server.open).toBe(0);
  });

  it('stops the call upstream when the caller leaves', async () => {
    await using server = await serveHttp(
      (_request, response) => void response.writeHead(200, EVENTS).write(START + TEXT_START + textDelta('x')),
    );
    const controller = new AbortController();
    const streaming = providerAt(server.url).stream(toCall(controller.signal), {
      part: (part) => (part.type === 'text-delta' ? controller.abort() : undefined),
    });
    await expect(streaming).rejects.toMatchObject({ errorClass: 'cancelled' });
    await server.drained();
    expect(server.open).toBe(0);
  });
});

describe('a relayed answer', () => {
  it('starts nothing when its first event is an error', async () => {
    await using server = await serveHttp((_request, response) => response.writeHead(200, EVENTS).end(OVERLOADED));
    const seen: string[] = [];
    const relaying = providerAt(server.url).relay?.(toCall(), {
      start: () => void seen.push('start'),
      events: () => void seen.push('events'),
    });
    await expect(relaying).rejects.toMatchObject({ errorClass: 'overloaded' });
    expect(seen).toEqual([]);
  });

  it('says when output has begun, never hides an event and tells usage and finish', async () => {
    await using server = await serveHttp((_request, response) =>
      response.writeHead(200, EVENTS).end(START + TEXT_START + textDelta('"error"') + END),
    );
    const facts: unknown[] = [];
    const outcome = await providerAt(server.url).relay?.(toCall(), {
      start: () => undefined,
      events: (_bytes, seen) => void facts.push(seen),
    });
    const before = { hasOutput: false, isUsageEvent: false, isEnd: false };
    const after = { ...before, hasOutput: true };
    expect(facts).toEqual([before, after, after, after, after, { ...after, isEnd: true }]);
    expect(outcome).toMatchObject({ id: 'm', model: 'c', usage: { inputTokens: 4, outputTokens: 3 } });
    expect(outcome?.finishReasons).toEqual([{ choice: 0, finishReason: 'stop', rawFinishReason: 'end_turn' }]);
  });

  it('passes on what came before an error event, then fails', async () => {
    await using server = await serveHttp((_request, response) =>
      response.writeHead(200, EVENTS).end(START + TEXT_START + textDelta('x') + OVERLOADED),
    );
    const passed: Buffer[] = [];
    const relaying = providerAt(server.url).relay?.(toCall(), { start: () => undefined, events: (bytes) => void passed.push(bytes) });
    await expect(relaying).rejects.toMatchObject({ errorClass: 'overloaded' });
    expect(Buffer.concat(passed).toString()).toBe(START + TEXT_START + textDelta('x'));
  });
});

describe('a whole answer', () => {
  const answer = async (body: string): Promise<unknown> => {
    await using server = await serveHttp((_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(body));
    return await providerAt(server.url).complete(toCall());
  };

  it("keeps every digit of a tool's arguments", async () => {
    const body =
      '{"type":"message","content":[{"type":"tool_use","id":"t","name":"f","input":{"a":1.0,"b":12345678901234567890,"c":"ü"}}],"stop_reason":"tool_use"}';
    expect(await answer(body)).toMatchObject({
      usage: null,
      choices: [{ toolCalls: [{ argumentsText: '{"a":1.0,"b":12345678901234567890,"c":"ü"}' }], finishReason: 'tool-calls' }],
    });
  });

  it.each([
    ['pause_turn', 'stop'],
    ['model_context_window_exceeded', 'length'],
    ['compaction', 'other'],
  ])('maps the stop reason %s and keeps it raw', async (raw, finishReason) => {
    expect(await answer(JSON.stringify({ type: 'message', content: [], stop_reason: raw }))).toMatchObject({
      choices: [{ finishReason, rawFinishReason: raw }],
    });
  });

  it.each(['', 'null', '{}', '<html>', '{"type":"message"}', '{"type":"completion","content":[]}'])(
    'is malformed when the body is %j',
    async (body) => {
      await expect(answer(body)).rejects.toMatchObject({ errorClass: 'malformed', httpStatus: 200 });
    },
  );

  it('is an error when the body is one, whatever the status says', async () => {
    const body = { type: 'error', error: { type: 'invalid_request_error', message: 'prompt is too long: 2 > 1' } };
    await expect(answer(JSON.stringify(body))).rejects.toMatchObject({ errorClass: 'too-long', httpStatus: 200 });
  });

  it('fails in time when nobody answers', async () => {
    await using server = await serveHttp(() => undefined);
    await expect(providerAt(server.url).complete(toCall(undefined, 50))).rejects.toMatchObject({ errorClass: 'timeout' });
  });

  it('is a transport failure where nobody listens', async () => {
    const server = await serveHttp(() => undefined);
    await server[Symbol.asyncDispose]();
    await expect(providerAt(server.url).complete(toCall())).rejects.toMatchObject({ errorClass: 'transport', httpStatus: null });
  });
});

describe('the provider', () => {
  it('sends the key, the version and our id, wherever the base URL ends', async () => {
    const seen: unknown[] = [];
    await using server = await serveHttp((request, response) => {
      const { 'x-api-key': key, 'anthropic-version': version, 'x-request-id': attempt, traceparent, authorization } = request.headers;
      seen.push([request.method, request.url, key, version, attempt, traceparent, authorization]);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"type":"message","content":[]}');
    });
    for (const ending of ['', '/', '/v1', '/v1/'])
      await providerAt(server.url + ending, { anthropicVersion: '2030-01-01' }).complete(toCall());
    expect(seen).toEqual(Array(4).fill(['POST', '/v1/messages', 'sk-ant-test-key', '2030-01-01', 'attempt-1', '00-1-2-01', undefined]));
  });

  it('probes with the list of models and tells why it fails', async () => {
    const asked: unknown[] = [];
    let status = 200;
    await using server = await serveHttp((request, response) => {
      asked.push([request.method, request.url, request.headers['x-api-key']]);
      const body = status === 200 ? { data: [] } : { type: 'error', error: { type: 'authentication_error', message: 'invalid x-api-key' } };
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    const provider = providerAt(server.url);
    await provider.probe(new AbortController().signal);
    status = 401;
    await expect(provider.probe(new AbortController().signal)).rejects.toMatchObject({ errorClass: 'auth', httpStatus: 401 });
    expect(asked).toEqual(Array(2).fill(['GET', '/v1/models?limit=1', 'sk-ant-test-key']));
  });

  it('asks for the largest output the catalogue knows, and keeps what it was told of a refusal out of sight', async () => {
    const bodies: unknown[] = [];
    await using server = await serveHttp((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => bodies.push((JSON.parse(text) as JsonObject)['max_tokens']));
      request.on('end', () => response.writeHead(403).end('{"error":{"type":"permission_error","message":"prompt: top secret"}}'));
    });
    const provider = providerAt(server.url, { maxOutputTokensOf: () => 8192 });
    const call = { ...toCall(), request: () => ({ messages: [] }) };
    const error: unknown = await provider.complete(call).catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(ProviderError);
    expect(`${inspect(error, { depth: 5 })}${JSON.stringify(error)}`).not.toMatch(/top secret|sk-ant/);
    expect(bodies).toEqual([8192]);
    await provider.close();
  });
});
