import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, describe, expect, it } from 'vitest';
import { serveHttp, type LoopbackServer } from '../../../../../../test/testkit/loopback.ts';
import { serveRecorded, type RecordedExchange } from '../../../../../../test/testkit/replay-server.ts';
import { systemClock } from '../../../../kernel/clock/index.ts';
import { Secret } from '../../../../kernel/crypto/index.ts';
import { createHttpClient } from '../../../../kernel/http-client/index.ts';
import { createLogger } from '../../../../kernel/telemetry/index.ts';
import type { CompletionRequest, JsonObject, Provider, ProviderCall, RelayFacts, StreamPart } from '../../contract.ts';
import { createOpenAiCompatibleProvider, OPENAI_CAPABILITIES, OPENAI_WIRE, type OpenAiWireRules } from './index.ts';

const httpClient = createHttpClient({ log: createLogger({ level: 'silent' }), clock: systemClock });
afterAll(() => httpClient.close());

const providerAt = (url: string, wire: Partial<OpenAiWireRules> = {}): Provider =>
  createOpenAiCompatibleProvider({
    id: 'openai',
    displayName: 'OpenAI',
    baseUrl: `${url}/v1`,
    apiKey: new Secret('sk-secret-key-1234'),
    capabilities: OPENAI_CAPABILITIES,
    wire: { ...OPENAI_WIRE, ...wire },
    egress: 'operator',
    httpClient,
    clock: systemClock,
    requestIdHeader: 'x-client-request-id',
  });

const neutral: CompletionRequest = { messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }] };

function callOf(options: { request?: CompletionRequest; body?: JsonObject; signal?: AbortSignal } = {}): ProviderCall {
  return {
    model: 'gpt-4.1-mini',
    request: () =>
      options.request ?? (options.body === undefined ? neutral : expect.fail('a same-dialect call must not build the neutral request')),
    wire: options.body === undefined ? null : { dialect: 'openai', body: options.body },
    context: {
      attemptId: 'attempt-1',
      signal: options.signal ?? new AbortController().signal,
      remainingMs: 10_000,
      traceHeaders: { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' },
    },
  };
}

const chunk = (delta: JsonObject, finish: string | null = null, more: JsonObject = {}): string =>
  `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 7, model: 'gpt-x', choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }], ...more })}\n\n`;
const ROLE = chunk({ role: 'assistant', content: '', refusal: null });
const USAGE = `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 7, model: 'gpt-x', choices: [], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } })}\n\n`;
const DONE = 'data: [DONE]\n\n';
const EVENT_STREAM = {
  'content-type': 'text/event-stream',
  'x-request-id': 'req_1',
  'set-cookie': 'a=b',
  'x-ratelimit-limit-requests': '9',
  'openai-organization': 'acme',
};

const streamExchange = (text: string, more: Partial<RecordedExchange> = {}): RecordedExchange => ({
  method: 'POST',
  path: '/v1/chat/completions',
  status: 200,
  responseHeaders: EVENT_STREAM,
  responseBody: Buffer.from(text),
  ...more,
});

const serve = (listener: (request: IncomingMessage, response: ServerResponse) => void): Promise<LoopbackServer> => serveHttp(listener);

async function collect(provider: Provider, call: ProviderCall): Promise<{ parts: StreamPart[]; error: unknown }> {
  const parts: StreamPart[] = [];
  const error = await provider.stream(call, { part: (part) => void parts.push(part) }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return { parts, error };
}

interface Relayed {
  readonly started: boolean;
  readonly pieces: { readonly text: string; readonly facts: RelayFacts }[];
  readonly outcome: unknown;
  readonly error: unknown;
}

async function relay(provider: Provider, call: ProviderCall): Promise<Relayed> {
  const pieces: { text: string; facts: RelayFacts }[] = [];
  let started = false;
  const sink = {
    start: () => void (started = true),
    events: (bytes: Buffer, facts: RelayFacts) => void pieces.push({ text: bytes.toString(), facts }),
  };
  try {
    return { pieces, outcome: await provider.relay?.(call, sink), error: null, started };
  } catch (error) {
    return { pieces, outcome: null, error, started };
  }
}

describe('what is sent', () => {
  const body = {
    model: 'ours',
    messages: [{ role: 'user', content: 'hi' }],
    new_parameter: { deep: [1] },
    stream_options: { include_obfuscation: false },
  };

  it('is the caller\u2019s body with only the model replaced, and usage asked for in streams', async () => {
    await using server = await serveRecorded(streamExchange(ROLE + chunk({ content: 'x' }, 'stop') + DONE));
    await relay(providerAt(server.url), callOf({ body: { ...body, stream: true } }));
    expect(server.received).toEqual([
      {
        model: 'gpt-4.1-mini',
        messages: [{ role: 'user', content: 'hi' }],
        new_parameter: { deep: [1] },
        stream: true,
        stream_options: { include_obfuscation: false, include_usage: true },
      },
    ]);
  });

  it('leaves the caller\u2019s body as it was', async () => {
    const frozen = Object.freeze({ ...body, stream: true });
    await using server = await serveRecorded(streamExchange(ROLE + chunk({ content: 'x' }, 'stop') + DONE));
    await relay(providerAt(server.url), callOf({ body: frozen }));
    expect(frozen).toEqual({ ...body, stream: true });
  });

  it('carries the key, our attempt id and the caller\u2019s trace', async () => {
    await using server = await serveRecorded(
      streamExchange(ROLE + chunk({ content: 'x' }, 'stop') + DONE, {
        requestHeaders: {
          authorization: 'Bearer sk-secret-key-1234',
          'x-client-request-id': 'attempt-1',
          traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
          accept: 'text/event-stream',
        },
      }),
    );
    await relay(providerAt(server.url), callOf({ body }));
    expect(server.mismatches).toEqual([]);
  });

  it('is translated from the neutral form, with a warning for each thing left out', async () => {
    const answer = {
      id: 'c',
      object: 'chat.completion',
      created: 1,
      model: 'm',
      choices: [{ index: 0, message: { role: 'assistant', content: 'ok' }, finish_reason: 'stop' }],
    };
    await using server = await serveRecorded(
      streamExchange(JSON.stringify(answer), { responseHeaders: { 'content-type': 'application/json' } }),
    );
    const result = await providerAt(server.url).complete(
      callOf({
        request: {
          ...neutral,
          topK: 5,
          maxOutputTokens: 9,
          reasoning: { effort: 'low', budgetTokens: 100 },
          logprobs: { topCount: 0 },
          extra: { service_tier: 'flex' },
        },
      }),
    );
    expect(server.received).toEqual([
      {
        model: 'gpt-4.1-mini',
        messages: [{ role: 'user', content: 'hi' }],
        service_tier: 'flex',
        max_completion_tokens: 9,
        reasoning_effort: 'low',
        logprobs: true,
      },
    ]);
    expect(result.warnings).toEqual([
      'OpenAI takes no reasoning budget in tokens; it was left out. Use the reasoning effort instead.',
      'OpenAI does not support top_k; it was left out.',
    ]);
  });

  it('is nothing when the request holds what the wire cannot carry', async () => {
    await using server = await serveRecorded(streamExchange(''));
    const request: CompletionRequest = {
      messages: [{ role: 'user', content: [{ type: 'document', source: { kind: 'url', url: 'https://example.com/a.pdf' } }] }],
    };
    const { error } = await collect(providerAt(server.url), callOf({ request }));
    expect(error).toMatchObject({
      errorClass: 'invalid',
      callerMessage: 'OpenAI does not take a document given as a URL: send data, a file id or text instead.',
    });
    expect(server.served).toBe(0);
  });

  it('spells parameters as the provider does', async () => {
    await using server = await serveRecorded(streamExchange(ROLE + chunk({ content: 'x' }, 'stop') + DONE));
    const provider = providerAt(server.url, { renamedParameters: { seed: 'random_seed' }, streamUsage: 'always' });
    await relay(provider, callOf({ body: { messages: [], seed: 4 } }));
    expect(server.received).toEqual([{ messages: [], random_seed: 4, model: 'gpt-4.1-mini', stream: true }]);
  });
});

describe('a stream in parts', () => {
  it('begins with the head, without cookies or account names', async () => {
    await using server = await serveRecorded(streamExchange(ROLE + chunk({ content: 'x' }, 'stop') + USAGE + DONE));
    const { parts } = await collect(providerAt(server.url), callOf());
    expect(parts).toEqual([
      {
        type: 'response-start',
        id: 'c1',
        model: 'gpt-x',
        createdAtSeconds: 7,
        systemFingerprint: null,
        serviceTier: null,
        upstream: { httpStatus: 200, requestId: 'req_1', headers: { 'x-ratelimit-limit-requests': '9' } },
        warnings: [],
      },
      { type: 'text-delta', choice: 0, text: 'x' },
      { type: 'choice-finish', choice: 0, finishReason: 'stop', rawFinishReason: 'stop' },
      { type: 'usage', usage: expect.objectContaining({ inputTokens: 3, outputTokens: 2, totalTokens: 5 }) },
    ]);
  });

  it('does not pass for whole when it ends cleanly within the answer', async () => {
    await using server = await serveRecorded(streamExchange(ROLE + chunk({ content: 'a' })));
    const { parts, error } = await collect(providerAt(server.url), callOf());
    expect(error).toMatchObject({ errorClass: 'malformed' });
    expect(parts.slice(1)).toEqual([{ type: 'text-delta', choice: 0, text: 'a' }]);
  });

  it('ends each choice even where the wire names no reason before the end marker', async () => {
    const other = chunk({ content: 'b' }).replace('"index":0', '"index":1');
    await using server = await serveRecorded(streamExchange((ROLE + chunk({ content: 'a' }) + other + DONE).trimEnd()));
    const { parts, error } = await collect(providerAt(server.url), callOf());
    expect(error).toBeNull();
    expect(parts.slice(1)).toEqual([
      { type: 'text-delta', choice: 0, text: 'a' },
      { type: 'text-delta', choice: 1, text: 'b' },
      { type: 'choice-finish', choice: 0, finishReason: 'other', rawFinishReason: null },
      { type: 'choice-finish', choice: 1, finishReason: 'other', rawFinishReason: null },
    ]);
  });

  it('tells calls apart that a server numbers alike, and makes up ids it left out', async () => {
    const call = (id: string | null, name: string, text: string | null): string =>
      chunk({ role: null, content: null, tool_calls: [{ index: 0, id, type: 'function', function: { name, arguments: text } }] });
    await using server = await serveRecorded(
      streamExchange(call('a', 'one', '{}') + call('b', 'two', null) + chunk({}, 'tool_call') + DONE),
    );
    const { parts } = await collect(providerAt(server.url), callOf());
    expect(parts.slice(1)).toEqual([
      { type: 'tool-call-start', choice: 0, index: 0, id: 'a', name: 'one' },
      { type: 'tool-call-delta', choice: 0, index: 0, argumentsText: '{}' },
      { type: 'tool-call-start', choice: 0, index: 1, id: 'b', name: 'two' },
      { type: 'choice-finish', choice: 0, finishReason: 'tool-calls', rawFinishReason: 'tool_call' },
    ]);
    await using nameless = await serveRecorded(streamExchange(call(null, 'one', '{}') + chunk({}, 'tool_calls')));
    expect((await collect(providerAt(nameless.url), callOf())).parts[1]).toMatchObject({ type: 'tool-call-start', id: 'call_0_0' });
  });

  it('gives signatures and hidden reasoning of details, and vendor fields with their place', async () => {
    const text =
      chunk({ reasoning: 'think', reasoning_details: [{ type: 'reasoning.text', text: 'think' }] }) +
      chunk({
        reasoning_details: [
          { type: 'reasoning.text', signature: 'sig' },
          { type: 'reasoning.encrypted', data: 'xyz' },
        ],
      }) +
      chunk({ content: 'x', annotations: [{ a: 1 }] }, 'stop', { provider: 'someone' }) +
      chunk({}, null, { provider: 'someone' }) +
      DONE;
    await using server = await serveRecorded(streamExchange(text));
    const { parts } = await collect(providerAt(server.url), callOf());
    expect(parts.slice(1)).toEqual([
      { type: 'reasoning-delta', choice: 0, text: 'think' },
      { type: 'reasoning-end', choice: 0, signature: 'sig' },
      { type: 'reasoning-end', choice: 0, redactedData: 'xyz' },
      { type: 'extra', choice: 0, extra: { provider: 'someone' }, scope: 'response' },
      { type: 'text-delta', choice: 0, text: 'x' },
      { type: 'extra', choice: 0, extra: { annotations: [{ a: 1 }] } },
      { type: 'choice-finish', choice: 0, finishReason: 'stop', rawFinishReason: 'stop' },
    ]);
  });

  it('takes an answer that a server sent whole although a stream was asked for', async () => {
    const answer = {
      id: 'c',
      created: 1,
      model: 'm',
      choices: [{ index: 0, message: { role: 'assistant', content: 'ok', reasoning_content: 'hm' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    };
    const whole = streamExchange(JSON.stringify(answer), { responseHeaders: { 'content-type': 'application/json; charset=utf-8' } });
    await using server = await serveRecorded(whole, 'bytes');
    const { parts } = await collect(providerAt(server.url), callOf());
    expect(parts.map(({ type }) => type)).toEqual(['response-start', 'reasoning-delta', 'text-delta', 'choice-finish', 'usage']);
    const relayed = await relay(providerAt(server.url), callOf({ body: { messages: [] } }));
    expect(relayed.pieces.map(({ facts }) => [facts.isUsageEvent, facts.isEnd])).toEqual([
      [false, false],
      [true, false],
      [false, true],
    ]);
    expect(relayed.pieces[0]?.text).toContain('"content":"ok"');
    expect(relayed.outcome).toMatchObject({ usage: { totalTokens: 2 }, finishReasons: [{ choice: 0, finishReason: 'stop' }], id: 'c' });
  });

  it('waits for a slow reader and keeps the order', async () => {
    const text = Array.from({ length: 50 }, (_, index) => chunk({ content: `${index} ` })).join('') + chunk({}, 'stop') + DONE;
    await using server = await serveRecorded(streamExchange(text), { seed: 3, mostBytes: 400 });
    let pending = 0;
    let mostPending = 0;
    let spoken = '';
    await providerAt(server.url).stream(callOf(), {
      part: async (part) => {
        pending += 1;
        mostPending = Math.max(mostPending, pending);
        await new Promise((resolve) => setImmediate(resolve));
        if (part.type === 'text-delta') spoken += part.text;
        pending -= 1;
      },
    });
    expect(mostPending).toBe(1);
    expect(spoken).toBe(Array.from({ length: 50 }, (_, index) => `${index} `).join(''));
  });

  it('ends with the error of a reader that throws, and hangs up', async () => {
    await using server = await serve((_request, response) => {
      response.writeHead(200, EVENT_STREAM);
      response.write(ROLE + chunk({ content: 'x' }));
    });
    const own = new RangeError('full');
    const stream = providerAt(server.url).stream(callOf(), {
      part: () => {
        throw own;
      },
    });
    await expect(stream).rejects.toBe(own);
    await server.drained();
  });

  it('stops at once when the call is aborted, and hangs up', async () => {
    await using server = await serve((_request, response) => {
      response.writeHead(200, EVENT_STREAM);
      response.write(ROLE + chunk({ content: 'x' }));
    });
    const controller = new AbortController();
    const stream = providerAt(server.url).stream(callOf({ signal: controller.signal }), {
      part: (part) => {
        if (part.type === 'text-delta') controller.abort();
      },
    });
    await expect(stream).rejects.toMatchObject({ name: 'ProviderError', errorClass: 'cancelled' });
    await server.drained();
  });
});

describe('a stream that fails', () => {
  const errorEvent = 'data: {"error":{"message":"The server is overloaded","type":"server_error","code":null}}\n\n';

  it('shows nothing when an error comes in the place of the first event', async () => {
    await using server = await serveRecorded(streamExchange(errorEvent));
    const { parts, error } = await collect(providerAt(server.url), callOf());
    expect(parts).toEqual([]);
    expect(error).toMatchObject({ errorClass: 'overloaded', httpStatus: 200 });
    const relayed = await relay(providerAt(server.url), callOf({ body: { messages: [] } }));
    expect({ ...relayed, error: null }).toEqual({ started: false, pieces: [], outcome: null, error: null });
    expect(relayed.error).toMatchObject({ errorClass: 'overloaded' });
  });

  it.each([
    ['an error object', errorEvent, 'overloaded'],
    ['a named event', 'event: error\ndata: {"message":"tool call failed","code":"tool_use_failed"}\n\n', 'invalid'],
    ['a choice with an error', chunk({}, 'error', { error: { code: 429, message: 'Rate limit exceeded' } }), 'rate-limit'],
  ])('gives what came before %s in mid stream, then fails', async (_name, text, errorClass) => {
    await using server = await serveRecorded(streamExchange(ROLE + chunk({ content: 'x' }) + text));
    const { parts, error } = await collect(providerAt(server.url), callOf());
    expect(parts.map(({ type }) => type)).toEqual(['response-start', 'text-delta']);
    expect(error).toMatchObject({ errorClass });
    const relayed = await relay(providerAt(server.url), callOf({ body: { messages: [] } }));
    expect(relayed.pieces.map((piece) => piece.text).join('')).toBe(ROLE + chunk({ content: 'x' }));
    expect(relayed.error).toMatchObject({ errorClass });
  });

  it('is malformed when it ends before it says anything', async () => {
    for (const text of ['', ': nothing\n\n']) {
      await using server = await serveRecorded(streamExchange(text));
      expect((await collect(providerAt(server.url), callOf())).error).toMatchObject({ errorClass: 'malformed' });
      expect((await relay(providerAt(server.url), callOf({ body: {} }))).error).toMatchObject({ errorClass: 'malformed' });
    }
  });

  it('is malformed when an event is no JSON or never ends', async () => {
    for (const text of ['data: {oops\n\n', `data: ${'x'.repeat(5 * 1024 * 1024)}`]) {
      await using server = await serveRecorded(streamExchange(text));
      expect((await collect(providerAt(server.url), callOf())).error).toMatchObject({ errorClass: 'malformed' });
    }
  });

  it('is a failure of transport when the connection breaks before its end, and none after it', async () => {
    const breakAfter = (text: string): Promise<LoopbackServer> =>
      serve((_request, response) => {
        response.writeHead(200, EVENT_STREAM);
        response.write(text, () => response.socket?.destroy());
      });
    await using early = await breakAfter(ROLE + chunk({ content: 'x' }));
    expect((await collect(providerAt(early.url), callOf())).error).toMatchObject({ errorClass: 'transport' });
    await using late = await breakAfter(ROLE + chunk({ content: 'x' }, 'stop') + DONE);
    expect((await collect(providerAt(late.url), callOf())).error).toBeNull();
    expect((await relay(providerAt(late.url), callOf({ body: {} }))).error).toBeNull();
  });

  it('reads the body of an error status, however it is sent', async () => {
    const failure = { error: { message: 'Rate limit reached', type: 'requests', code: 'rate_limit_exceeded' } };
    const exchange = streamExchange(JSON.stringify(failure), {
      status: 429,
      responseHeaders: { 'content-type': 'application/json', 'retry-after-ms': '1500' },
    });
    await using server = await serveRecorded(exchange, 'bytes');
    const { parts, error } = await collect(providerAt(server.url), callOf());
    expect(parts).toEqual([]);
    expect(error).toMatchObject({ errorClass: 'rate-limit', httpStatus: 429, retryAfterMs: 1500, callerMessage: null });
  });

  it('takes no notice of retry-after beside a 200', async () => {
    await using server = await serveRecorded(
      streamExchange(ROLE + chunk({ content: 'x' }, 'stop') + DONE, { responseHeaders: { ...EVENT_STREAM, 'retry-after': '60' } }),
    );
    expect((await collect(providerAt(server.url), callOf())).error).toBeNull();
  });
});

describe('a relayed stream', () => {
  it('marks the first output, the usage event and the end, each in a piece of its own', async () => {
    const events = [ROLE, chunk({ content: 'a' }), chunk({ content: 'b' }), chunk({}, 'stop'), USAGE, DONE];
    await using server = await serveRecorded(streamExchange(events.join('')));
    const { pieces, outcome } = await relay(providerAt(server.url), callOf({ body: {} }));
    expect(pieces).toEqual([
      { text: ROLE, facts: { hasOutput: false, isUsageEvent: false, isEnd: false } },
      { text: events.slice(1, 4).join(''), facts: { hasOutput: true, isUsageEvent: false, isEnd: false } },
      { text: USAGE, facts: { hasOutput: true, isUsageEvent: true, isEnd: false } },
      { text: DONE, facts: { hasOutput: true, isUsageEvent: false, isEnd: true } },
    ]);
    expect(outcome).toMatchObject({
      id: 'c1',
      model: 'gpt-x',
      usage: { totalTokens: 5 },
      finishReasons: [{ choice: 0, finishReason: 'stop', rawFinishReason: 'stop' }],
    });
  });

  it('is not led astray by the marks inside of text', async () => {
    const tricky = '"usage":{"prompt_tokens":1} "finish_reason":"stop" data: [DONE] "error":{"message":"x"} event: error';
    const events = [ROLE, chunk({ content: 'a' }), chunk({ content: tricky }), chunk({ content: 'b' }, 'length'), DONE];
    await using server = await serveRecorded(streamExchange(events.join('')), [ROLE.length, 40, 400]);
    const { pieces, outcome, error } = await relay(providerAt(server.url), callOf({ body: {} }));
    expect(error).toBeNull();
    expect(pieces.map(({ text }) => text).join('')).toBe(events.join(''));
    expect(pieces.filter(({ facts }) => facts.isEnd || facts.isUsageEvent)).toHaveLength(1);
    expect(outcome).toMatchObject({ usage: null, finishReasons: [{ choice: 0, finishReason: 'length' }] });
  });

  it('passes usage that comes with choices on as output', async () => {
    const last = chunk({ content: 'a' }, 'stop', { usage: { prompt_tokens: 3, completion_tokens: 2 } });
    await using server = await serveRecorded(streamExchange(ROLE + last));
    const { pieces, outcome } = await relay(providerAt(server.url), callOf({ body: {} }));
    expect(pieces.map(({ facts }) => facts.isUsageEvent)).toEqual([false, false]);
    expect(outcome).toMatchObject({ usage: { totalTokens: 5 } });
  });

  it('completes a last event that lacks its blank line', async () => {
    await using server = await serveRecorded(streamExchange((ROLE + chunk({ content: 'a' }, 'stop')).trimEnd()));
    const { pieces } = await relay(providerAt(server.url), callOf({ body: {} }));
    expect(pieces.map(({ text }) => text).join('')).toBe(ROLE + chunk({ content: 'a' }, 'stop'));
  });

  it('would lose the event that a read cut in two without the cutter (control)', async () => {
    const { OpenAiRelayReader } = await import('./openai.relay.ts');
    const reader = new OpenAiRelayReader({ displayName: 'OpenAI', wire: OPENAI_WIRE }, { httpStatus: 200, requestId: null, headers: {} });
    expect(() => reader.read(Buffer.from(ROLE.slice(0, 50)), [])).toThrow('an event is not a JSON object');
  });
});

describe('embeddings and the probe', () => {
  const embeddings = (data: unknown): RecordedExchange => ({
    method: 'POST',
    path: '/v1/embeddings',
    status: 200,
    responseHeaders: { 'content-type': 'application/json' },
    responseBody: Buffer.from(JSON.stringify({ model: 'e', data, usage: { prompt_tokens: 4, total_tokens: 4 } })),
  });

  it('reads base64 and plain vectors in the order of the inputs', async () => {
    const packed = Buffer.from(new Float32Array([0.5, -2]).buffer).toString('base64');
    await using server = await serveRecorded(
      embeddings([
        { index: 1, embedding: packed },
        { index: 0, embedding: [1, 2] },
      ]),
    );
    const result = await providerAt(server.url).embed?.('text-embedding-3-small', { inputs: ['a', 'b'], dimensions: 2 }, callOf().context);
    expect(result?.vectors).toEqual([
      [1, 2],
      [0.5, -2],
    ]);
    expect(result?.usage).toMatchObject({ inputTokens: 4, outputTokens: 0, totalTokens: 4 });
    expect(server.received).toEqual([{ model: 'text-embedding-3-small', input: ['a', 'b'], encoding_format: 'base64', dimensions: 2 }]);
  });

  it('refuses an answer that lacks a vector', async () => {
    await using server = await serveRecorded(embeddings([{ index: 1, embedding: [1] }]));
    await expect(providerAt(server.url).embed?.('m', { inputs: ['a', 'b'] }, callOf().context)).rejects.toMatchObject({
      errorClass: 'malformed',
    });
  });

  it('probes with the list of models', async () => {
    await using server = await serve((request, response) => {
      response.writeHead(request.url === '/v1/models' && request.headers.authorization === 'Bearer sk-secret-key-1234' ? 200 : 401);
      response.end('{}');
    });
    await providerAt(server.url).probe(new AbortController().signal);
    await using refusing = await serve((_request, response) => response.writeHead(401).end());
    await expect(providerAt(refusing.url).probe(new AbortController().signal)).rejects.toMatchObject({ errorClass: 'auth' });
    await expect(providerAt('http://127.0.0.1:1').probe(new AbortController().signal)).rejects.toMatchObject({ errorClass: 'transport' });
    await using page = await serve((_request, response) => response.writeHead(200).end('<html>Welcome</html>'));
    await expect(providerAt(page.url).probe(new AbortController().signal)).rejects.toMatchObject({ errorClass: 'malformed' });
  });
});
