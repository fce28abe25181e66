import { afterAll, describe, expect, it } from 'vitest';
import { openHttpClient } from '../../../../../../test/testkit/http-client.ts';
import { serveRecorded, type ReplayServer, type Splitting } from '../../../../../../test/testkit/replay-server.ts';
import { systemClock } from '../../../../kernel/clock/index.ts';
import { Secret } from '../../../../kernel/crypto/index.ts';
import type { CompletionRequest, JsonObject, Message, Provider, ProviderCall, RelayFacts, StreamPart } from '../../contract.ts';
import { createOpenAiCompatibleProvider, OPENAI_CAPABILITIES, OPENAI_WIRE } from '../openai-compatible/index.ts';
import { withResponsesApi, type ResponsesSettings } from './index.ts';

const httpClient = openHttpClient();
afterAll(() => httpClient[Symbol.asyncDispose]());

const user = (text: string): Message => ({ role: 'user', content: [{ type: 'text', text }] });

function providerAt(url: string, responses: ResponsesSettings['responses'] = {}): Provider {
  const settings = {
    id: 'openai',
    displayName: 'OpenAI',
    baseUrl: `${url}/v1`,
    apiKey: new Secret('key-of-the-test'),
    capabilities: OPENAI_CAPABILITIES,
    wire: OPENAI_WIRE,
    egress: 'operator',
    httpClient,
    clock: systemClock,
  } as const;
  return withResponsesApi(createOpenAiCompatibleProvider(settings), { ...settings, responses });
}

function callOf(request: Partial<CompletionRequest> = {}, model = 'o1-pro', wire: ProviderCall['wire'] = null): ProviderCall {
  return {
    model,
    request: () => ({ messages: [user('Hello')], ...request }),
    wire,
    context: { attemptId: 'attempt-1', signal: new AbortController().signal, remainingMs: 20_000, traceHeaders: {} },
  };
}

const MESSAGE = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text: 'Hi.', annotations: [] }],
};
const USAGE = {
  input_tokens: 9,
  input_tokens_details: { cached_tokens: 4 },
  output_tokens: 5,
  output_tokens_details: { reasoning_tokens: 2 },
  total_tokens: 14,
};
const RESPONSE = {
  id: 'resp_1',
  object: 'response',
  created_at: 7,
  status: 'completed',
  model: 'o1-pro-2025',
  output: [MESSAGE],
  usage: USAGE,
  error: null,
};

function serve(body: unknown, path = '/v1/responses', status = 200): Promise<ReplayServer> {
  return serveRecorded({
    method: 'POST',
    path,
    requestHeaders: { authorization: 'Bearer key-of-the-test' },
    status,
    responseHeaders: { 'content-type': 'application/json', 'x-request-id': 'req_1' },
    responseBody: Buffer.from(JSON.stringify(body)),
  });
}

const toStream = (events: readonly JsonObject[]): string =>
  events.map((event, at) => `event: ${String(event['type'])}\ndata: ${JSON.stringify({ ...event, sequence_number: at })}\n\n`).join('');

function serveStream(events: readonly JsonObject[], splitting: Splitting = 'whole'): Promise<ReplayServer> {
  const exchange = {
    method: 'POST',
    path: '/v1/responses',
    status: 200,
    responseHeaders: { 'content-type': 'text/event-stream' },
    responseBody: Buffer.from(toStream(events)),
  };
  return serveRecorded(exchange, splitting);
}

const BEGUN = { type: 'response.created', response: { ...RESPONSE, status: 'in_progress', output: [], usage: null } };
const STREAM: readonly JsonObject[] = [
  BEGUN,
  { type: 'response.output_item.added', output_index: 0, item: { ...MESSAGE, content: [] } },
  { type: 'response.output_text.delta', output_index: 0, content_index: 0, item_id: 'msg_1', delta: 'H' },
  { type: 'response.output_text.delta', output_index: 0, content_index: 0, item_id: 'msg_1', delta: 'i.' },
  { type: 'response.output_item.done', output_index: 0, item: MESSAGE },
  { type: 'response.completed', response: RESPONSE },
];

/** What is sent for a neutral request. */
async function sentFor(request: Partial<CompletionRequest>): Promise<{ body: JsonObject; warnings: readonly string[] }> {
  await using server = await serve(RESPONSE);
  const { warnings } = await providerAt(server.url).complete(callOf(request));
  expect(server.mismatches).toEqual([]);
  return { body: server.received[0] as JsonObject, warnings };
}

describe('a model that only the Responses API serves', () => {
  it('answers a call of another wire', async () => {
    await using server = await serve(RESPONSE);
    const result = await providerAt(server.url).complete(callOf());
    expect(result).toMatchObject({
      id: 'resp_1',
      model: 'o1-pro-2025',
      choices: [{ text: 'Hi.', finishReason: 'stop', rawFinishReason: 'completed' }],
      usage: { inputTokens: 5, cachedReadTokens: 4, outputTokens: 3, reasoningTokens: 2, totalTokens: 14 },
      upstream: { httpStatus: 200, requestId: 'req_1' },
      warnings: [],
    });
    expect(server.received).toEqual([
      {
        model: 'o1-pro',
        input: [{ type: 'message', role: 'user', content: 'Hello' }],
        store: false,
        include: ['reasoning.encrypted_content'],
      },
    ]);
  });

  it('answers a streamed chat call in chunks, usage and end marker apart', async () => {
    await using server = await serveStream(STREAM, { seed: 5, mostBytes: 40 });
    const seen: { text: string; facts: RelayFacts }[] = [];
    const wire = { dialect: 'openai', body: { messages: [] } } as const;
    const outcome = await providerAt(server.url).relay?.(callOf({}, 'gpt-5-pro', wire), {
      start: ({ httpStatus }) => {
        expect(httpStatus).toBe(200);
      },
      events: (bytes, facts) => void seen.push({ text: bytes.toString('utf8'), facts }),
    });
    expect(outcome).toMatchObject({ id: 'resp_1', usage: { totalTokens: 14 }, finishReasons: [{ choice: 0, finishReason: 'stop' }] });
    const text = seen.map((piece) => piece.text).join('');
    expect(text).toContain('"content":"H"');
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
    expect(seen.filter(({ facts }) => facts.isUsageEvent).map((piece) => piece.text.includes('"total_tokens":14'))).toEqual([true]);
    expect(seen.at(-1)?.facts.isEnd).toBe(true);
  });

  it('leaves other models to chat completions', async () => {
    const chat = { id: 'chatcmpl-1', choices: [{ index: 0, message: { role: 'assistant', content: 'Hi.' }, finish_reason: 'stop' }] };
    await using server = await serve(chat, '/v1/chat/completions');
    const result = await providerAt(server.url).complete(callOf({}, 'gpt-4.1-mini'));
    expect(result.choices[0]?.text).toBe('Hi.');
    expect(server.mismatches).toEqual([]);
  });

  it('is known by a setting where the settings say so', async () => {
    await using server = await serve(RESPONSE, '/other/responses');
    const provider = providerAt(server.url, { baseUrl: `${server.url}/other`, translates: (model) => model === 'mine' });
    await provider.complete(callOf({}, 'mine'));
    expect(server.mismatches).toEqual([]);
    expect(provider.dialects).toEqual(['openai', 'openai-responses']);
    expect(provider.countTokens).toBeUndefined();
    expect(provider.embed).toBeDefined();
  });
});

describe('a call of the Responses wire', () => {
  it('goes out as it came but for model and stream, and its answer stays bytes', async () => {
    await using server = await serve(RESPONSE);
    const body = { model: 'openai/gpt-5', input: 'x', store: true, brand_new: { a: [1] }, stream: true };
    const result = await providerAt(server.url).complete(callOf({}, 'gpt-5', { dialect: 'openai-responses', body }));
    expect(server.received).toEqual([{ model: 'gpt-5', input: 'x', store: true, brand_new: { a: [1] } }]);
    expect(result.wire?.body.toString()).toBe(JSON.stringify(RESPONSE));
  });

  it('is relayed byte for byte, wherever it is split', async () => {
    for (const splitting of ['bytes', 'whole', { seed: 9, mostBytes: 30 }] as const) {
      await using server = await serveStream(STREAM, splitting);
      const pieces: Buffer[] = [];
      const outcome = await providerAt(server.url).relay?.(callOf({}, 'gpt-5', { dialect: 'openai-responses', body: { input: 'x' } }), {
        start: () => undefined,
        events: (bytes) => void pieces.push(bytes),
      });
      expect(Buffer.concat(pieces).toString()).toBe(toStream(STREAM));
      expect(outcome).toMatchObject({
        usage: { totalTokens: 14 },
        finishReasons: [{ finishReason: 'stop', rawFinishReason: 'completed' }],
      });
    }
  });
});

describe('reasoning', () => {
  const reasoning = { id: 'rs_1', type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm.' }], encrypted_content: 'gAAAA' };
  const call = { id: 'fc_1', type: 'function_call', status: 'completed', call_id: 'call_1', name: 'look', arguments: '{}' };

  it('comes encrypted and goes back as the very same items', async () => {
    await using server = await serve({ ...RESPONSE, output: [reasoning, MESSAGE, call] });
    const [choice] = (await providerAt(server.url).complete(callOf())).choices;
    if (choice === undefined) expect.fail('no choice');
    expect(choice.reasoning).toEqual([{ text: 'Hm.', signature: 'openai-responses:gAAAA' }]);
    const { text, toolCalls, extra } = choice;
    const assistant: Message = { role: 'assistant', content: [{ type: 'text', text }], toolCalls, reasoning: choice.reasoning, extra };
    const result: Message = { role: 'tool', toolCallId: 'call_1', content: [{ type: 'text', text: 'Rain' }] };
    const { body, warnings } = await sentFor({ messages: [user('Weather?'), assistant, result] });
    expect(body['input']).toEqual([
      { type: 'message', role: 'user', content: 'Weather?' },
      reasoning,
      MESSAGE,
      call,
      { type: 'function_call_output', call_id: 'call_1', output: 'Rain' },
    ]);
    expect(warnings).toEqual([]);
  });

  it('is made anew where its caller kept the text and the signature only', async () => {
    const assistant: Message = {
      role: 'assistant',
      content: [],
      reasoning: [
        { text: 'Hm.', signature: 'openai-responses:gAAAA' },
        { text: '', redactedData: 'openai-responses:gBBBB' },
      ],
      toolCalls: [{ id: 'call_1', name: 'look', argumentsText: '' }],
    };
    const { body } = await sentFor({ messages: [user('Weather?'), assistant] });
    expect(body['input']).toMatchObject([
      {},
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm.' }], encrypted_content: 'gAAAA' },
      { type: 'reasoning', summary: [], encrypted_content: 'gBBBB' },
      { type: 'function_call', call_id: 'call_1', name: 'look', arguments: '{}' },
    ]);
    expect(body['include']).toEqual(['reasoning.encrypted_content']);
  });

  it('of another vendor is never sent', async () => {
    const assistant: Message = {
      role: 'assistant',
      content: [{ type: 'text', text: 'x' }],
      reasoning: [{ text: 'Hm.', signature: 'somebody-else' }],
    };
    const { body, warnings } = await sentFor({ messages: [user('y'), assistant] });
    expect(JSON.stringify(body)).not.toContain('somebody-else');
    expect(warnings).toEqual(['OpenAI takes back only reasoning that it encrypted itself; other reasoning was left out.']);
  });
});

describe('a request of another wire', () => {
  it('is said in the words of this one', async () => {
    const { body, warnings } = await sentFor({
      tools: [{ name: 'look', description: 'Looks', parameters: { type: 'object' } }],
      toolChoice: { mode: 'tool', name: 'look' },
      responseFormat: { type: 'json-schema', name: 'a', schema: { type: 'object' }, strict: true },
      logprobs: { topCount: 3 },
      reasoning: { effort: 'low' },
      maxOutputTokens: 50,
      parallelToolCalls: false,
      endUserId: 'u1',
      extra: { verbosity: 'low', service_tier: 'flex', tools: [{ type: 'custom', custom: { name: 'c' } }] },
    });
    expect(body).toMatchObject({
      tools: [
        { type: 'function', name: 'look', description: 'Looks', parameters: { type: 'object' }, strict: false },
        { type: 'custom', name: 'c' },
      ],
      tool_choice: { type: 'function', name: 'look' },
      text: { verbosity: 'low', format: { type: 'json_schema', name: 'a', schema: { type: 'object' }, strict: true } },
      include: ['message.output_text.logprobs', 'reasoning.encrypted_content'],
      top_logprobs: 3,
      reasoning: { effort: 'low' },
      max_output_tokens: 50,
      parallel_tool_calls: false,
      user: 'u1',
      service_tier: 'flex',
    });
    expect(warnings).toEqual([]);
  });

  it('says what was left out', async () => {
    const { body, warnings } = await sentFor({
      choiceCount: 2,
      stop: ['x'],
      seed: 1,
      topK: 4,
      frequencyPenalty: 1,
      presencePenalty: 1,
      reasoning: { budgetTokens: 100 },
      extra: { logit_bias: {}, anthropic: {} },
    });
    expect(Object.keys(body).sort()).toEqual(['include', 'input', 'model', 'store']);
    expect(warnings).toHaveLength(9);
    expect(warnings.every((warning) => warning.startsWith('OpenAI takes no '))).toBe(true);
  });

  it('sends images, documents and results of custom tools', async () => {
    const { body } = await sentFor({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: { kind: 'data', mediaType: 'image/png', data: 'AAAA' }, detail: 'high' },
            { type: 'document', source: { kind: 'url', url: 'https://a.example/a.pdf' }, name: 'a.pdf' },
            { type: 'document', source: { kind: 'file', fileId: 'file_1' } },
          ],
        },
        {
          role: 'assistant',
          content: [],
          toolCalls: [{ id: 'call_1', name: 'run', argumentsText: 'ls', extra: { type: 'custom', custom: { name: 'run', input: 'ls' } } }],
        },
        { role: 'tool', toolCallId: 'call_1', content: [{ type: 'text', text: 'a.txt' }] },
      ],
    });
    expect(body['input']).toEqual([
      {
        type: 'message',
        role: 'user',
        content: [
          { type: 'input_image', image_url: 'data:image/png;base64,AAAA', detail: 'high' },
          { type: 'input_file', filename: 'a.pdf', file_url: 'https://a.example/a.pdf' },
          { type: 'input_file', file_id: 'file_1' },
        ],
      },
      { type: 'custom_tool_call', call_id: 'call_1', name: 'run', input: 'ls' },
      { type: 'custom_tool_call_output', call_id: 'call_1', output: 'a.txt' },
    ]);
  });
});

describe('an answer', () => {
  it('keeps items of built-in tools, and citations in the form of the chat wire', async () => {
    const search = { id: 'ws_1', type: 'web_search_call', status: 'completed', action: { type: 'search', query: 'x' } };
    const citation = { type: 'url_citation', url: 'https://a.example', title: 'A', start_index: 0, end_index: 2 };
    const message = { ...MESSAGE, content: [{ type: 'output_text', text: 'Hi.', annotations: [citation] }] };
    await using server = await serve({ ...RESPONSE, output: [search, message] });
    const [choice] = (await providerAt(server.url).complete(callOf())).choices;
    const { type, ...rest } = citation;
    expect(choice?.extra['annotations']).toEqual([{ type, url_citation: rest }]);
    expect(choice?.extra['output_items']).toMatchObject([search, { type: 'message' }]);
  });

  it.each([
    [{ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }, 'length', 'max_output_tokens'],
    [{ status: 'incomplete', incomplete_details: { reason: 'content_filter' } }, 'content-filter', 'content_filter'],
    [{ output: [{ ...MESSAGE, content: [{ type: 'refusal', refusal: 'No.' }] }] }, 'refusal', 'completed'],
  ])('that is %j ends by %s', async (fields, finishReason, rawFinishReason) => {
    await using server = await serve({ ...RESPONSE, ...fields });
    const [choice] = (await providerAt(server.url).complete(callOf())).choices;
    expect(choice).toMatchObject({ finishReason, rawFinishReason });
  });

  it.each([
    ['rate_limit_exceeded', 'rate-limit'],
    ['insufficient_quota', 'quota'],
    ['server_error', 'overloaded'],
    ['invalid_prompt', 'invalid'],
    ['invalid_image_format', 'invalid'],
    ['image_content_policy_violation', 'blocked'],
    ['vector_store_timeout', 'timeout'],
  ])('that failed by %s is a failure of class %s, whole or streamed', async (code, errorClass) => {
    const failed = { ...RESPONSE, status: 'failed', output: [], usage: null, error: { code, message: 'It did not work.' } };
    await using whole = await serve(failed);
    await expect(providerAt(whole.url).complete(callOf())).rejects.toMatchObject({ errorClass, httpStatus: 200 });
    await using streamed = await serveStream([BEGUN, { type: 'response.failed', response: failed }]);
    await expect(providerAt(streamed.url).stream(callOf(), { part: () => undefined })).rejects.toMatchObject({ errorClass });
    await using flat = await serveStream([BEGUN, { type: 'error', code, message: 'It did not work.', param: null }]);
    await expect(providerAt(flat.url).stream(callOf(), { part: () => undefined })).rejects.toMatchObject({ errorClass });
  });

  it.each([
    ['before its first event', []],
    ['within its answer', STREAM.slice(0, 3)],
    ['within its answer, after an item was done', STREAM.slice(0, 5)],
  ])('that breaks off %s is malformed, not whole', async (_where, events) => {
    await using server = await serveStream(events);
    const parts: StreamPart[] = [];
    await expect(providerAt(server.url).stream(callOf(), { part: (part) => void parts.push(part) })).rejects.toMatchObject({
      errorClass: 'malformed',
    });
    await using again = await serveStream(events);
    const wire = { dialect: 'openai-responses', body: { input: 'x' } } as const;
    const sink = { start: () => undefined, events: () => undefined };
    await expect(providerAt(again.url).relay?.(callOf({}, 'gpt-5', wire), sink)).rejects.toMatchObject({ errorClass: 'malformed' });
  });

  it('that is not finished, or no response at all, is malformed', async () => {
    for (const body of [{ ...RESPONSE, status: 'queued' }, { choices: [] }, ['x']]) {
      await using server = await serve(body);
      await expect(providerAt(server.url).complete(callOf())).rejects.toMatchObject({ errorClass: 'malformed' });
    }
  });

  it('may hold an image that is larger than any event of another wire', async () => {
    const image = { id: 'ig_1', type: 'image_generation_call', status: 'completed', result: 'A'.repeat(5 * 1024 * 1024) };
    const events = [BEGUN, { type: 'response.completed', response: { ...RESPONSE, output: [image] } }];
    await using server = await serveStream(events);
    const wire = { dialect: 'openai-responses', body: { input: 'x' } } as const;
    let sizeBytes = 0;
    const sink = { start: () => undefined, events: (bytes: Buffer) => void (sizeBytes += bytes.length) };
    expect(await providerAt(server.url).relay?.(callOf({}, 'gpt-5', wire), sink)).toMatchObject({ usage: { totalTokens: 14 } });
    expect(sizeBytes).toBe(toStream(events).length);
  });

  it('is read from a server that sends whole items only', async () => {
    await using server = await serveStream([BEGUN, { type: 'response.completed', response: RESPONSE }]);
    const parts: StreamPart[] = [];
    await providerAt(server.url).stream(callOf(), { part: (part) => void parts.push(part) });
    expect(parts.filter((part) => part.type === 'text-delta')).toEqual([{ type: 'text-delta', choice: 0, text: 'Hi.' }]);
    expect(parts.at(-1)).toMatchObject({ type: 'usage', usage: { totalTokens: 14 } });
  });

  it('counts the tokens of an input where the vendor does', async () => {
    await using server = await serve({ object: 'response.input_tokens', input_tokens: 42 }, '/v1/responses/input_tokens');
    expect(await providerAt(server.url, { countsTokens: true }).countTokens?.(callOf({ temperature: 1, maxOutputTokens: 9 }))).toBe(42);
    expect(server.received).toEqual([{ model: 'o1-pro', input: [{ type: 'message', role: 'user', content: 'Hello' }] }]);
  });
});
