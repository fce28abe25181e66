import { describe, expect, it } from 'vitest';
import type { Choice, CompletionRequest, JsonObject, StreamPart } from '../../contract.ts';
import { ChoiceBuilder } from '../../shared/choice-builder.ts';
import { createOpenAiCompatibleProvider, OPENAI_CAPABILITIES, OPENAI_WIRE } from '../openai-compatible/index.ts';
import { toResponseBase, toListedItems } from './responses.door-base.ts';
import { ResponseEventEncoder } from './responses.door-events.ts';
import { toReplayedEvents } from './responses.door-replay.ts';
import { fromResponsesBody } from './responses.door-request.ts';
import { toPortableItems } from './responses.door-portable.ts';
import { ResponsesStreamReader } from './responses.stream.ts';

type Json = Record<string, unknown>;

const UPSTREAM = { httpStatus: 200, requestId: null, headers: {} };
const START: StreamPart = {
  type: 'response-start',
  id: 'upstream-1',
  model: 'model-1',
  createdAtSeconds: 7,
  systemFingerprint: null,
  serviceTier: 'default',
  upstream: UPSTREAM,
  warnings: [],
};
const text = (value: string): StreamPart => ({ type: 'text-delta', choice: 0, text: value });
const think = (value: string): StreamPart => ({ type: 'reasoning-delta', choice: 0, text: value });
const finish = (finishReason: Choice['finishReason']): StreamPart => ({
  type: 'choice-finish',
  choice: 0,
  finishReason,
  rawFinishReason: null,
});
const call = (index: number, name: string, extra?: JsonObject): StreamPart => ({
  type: 'tool-call-start',
  choice: 0,
  index,
  id: `call_${index}`,
  name,
  ...(extra === undefined ? {} : { extra }),
});
const piece = (index: number, argumentsText: string): StreamPart => ({ type: 'tool-call-delta', choice: 0, index, argumentsText });

function encoderOf(body: JsonObject = {}, isQueued = false): ResponseEventEncoder {
  const base = toResponseBase(body, { id: 'resp_1', isStored: true, isBackground: isQueued });
  return new ResponseEventEncoder({ id: 'resp_1', model: 'asked', createdAtSeconds: 7, base, nowSeconds: () => 9, isQueued });
}

function eventsOf(stream: string): Json[] {
  const events = stream.split('\n\n').filter((event) => event !== '');
  return events.map((event) => {
    const [name, data] = event.split('\n');
    const parsed = JSON.parse((data ?? '').slice('data: '.length)) as Json;
    expect(name).toBe(`event: ${String(parsed['type'])}`);
    return parsed;
  });
}

function encode(parts: readonly StreamPart[], encoder = encoderOf()): Json[] {
  const events = eventsOf([START, ...parts].map((part) => encoder.encode(part)).join('') + encoder.end());
  expect(events.map((event) => event['sequence_number'])).toEqual(events.map((_, index) => index));
  return events;
}

const typesOf = (events: readonly Json[]): unknown[] => events.map((event) => String(event['type']).replace(/^response\./, ''));

/** What the adapter reads of what the door writes. */
function readBack(stream: string): Choice | undefined {
  const parts: StreamPart[] = [];
  const reader = new ResponsesStreamReader({ displayName: 'Test', upstream: UPSTREAM, warnings: [] });
  reader.read(Buffer.from(stream), parts);
  reader.finish();
  const builder = new ChoiceBuilder();
  for (const part of parts) builder.add(part);
  return builder.build()[0];
}

describe('the events of a response', () => {
  it('come in the order that OpenAI keeps', () => {
    const events = encode([
      think('Hm. '),
      think('Yes.'),
      { type: 'reasoning-end', choice: 0, signature: 'signed' },
      text('Good '),
      text('day.'),
      call(0, 'look'),
      piece(0, '{"a"'),
      piece(0, ':1}'),
      call(1, 'look'),
      finish('tool-calls'),
    ]);
    expect(typesOf(events)).toEqual([
      'created',
      'in_progress',
      'output_item.added',
      'reasoning_summary_part.added',
      'reasoning_summary_text.delta',
      'reasoning_summary_text.delta',
      'reasoning_summary_text.done',
      'reasoning_summary_part.done',
      'output_item.done',
      'output_item.added',
      'content_part.added',
      'output_text.delta',
      'output_text.delta',
      'output_text.done',
      'content_part.done',
      'output_item.done',
      'output_item.added',
      'function_call_arguments.delta',
      'function_call_arguments.delta',
      'function_call_arguments.done',
      'output_item.done',
      'output_item.added',
      'function_call_arguments.done',
      'output_item.done',
      'completed',
    ]);
    const { response } = events.at(-1) as { response: Json };
    expect(response).toMatchObject({ id: 'resp_1', status: 'completed', model: 'model-1', completed_at: 9, service_tier: 'default' });
    expect(response['output']).toMatchObject([
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm. Yes.' }], encrypted_content: 'antiphon-signature:signed' },
      { type: 'message', status: 'completed', content: [{ type: 'output_text', text: 'Good day.', annotations: [], logprobs: [] }] },
      { type: 'function_call', call_id: 'call_0', name: 'look', arguments: '{"a":1}' },
      { type: 'function_call', call_id: 'call_1', name: 'look', arguments: '{}' },
    ]);
    const ids = (response['output'] as Json[]).map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
  });

  it('say which text a log probability, a citation and a refusal belong to', () => {
    const token = { token: 'Hi', logprob: -0.1, bytes: null, top_logprobs: [] };
    const events = encode([
      { type: 'logprobs', choice: 0, logprobs: { content: [token], refusal: null } },
      text('Hi'),
      {
        type: 'extra',
        choice: 0,
        extra: { annotations: [{ type: 'url_citation', url_citation: { url: 'https://a.example', title: 'A' } }] },
      },
      { type: 'refusal-delta', choice: 0, text: 'No.' },
      finish('refusal'),
    ]);
    expect(events.find(({ type }) => type === 'response.output_text.delta')).toMatchObject({
      delta: 'Hi',
      logprobs: [token],
      content_index: 0,
    });
    const { response } = events.at(-1) as { response: { output: Json[] } };
    expect(response.output).toMatchObject([
      {
        content: [
          {
            type: 'output_text',
            text: 'Hi',
            logprobs: [token],
            annotations: [{ type: 'url_citation', url: 'https://a.example', title: 'A' }],
          },
          { type: 'refusal', refusal: 'No.' },
        ],
      },
    ]);
  });

  it.each([
    ['length', 'max_output_tokens'],
    ['content-filter', 'content_filter'],
  ] as const)('end incomplete where the answer ended by %s', (reason, told) => {
    const events = encode([text('Half'), finish(reason)]);
    expect(events.at(-1)).toMatchObject({
      type: 'response.incomplete',
      response: {
        status: 'incomplete',
        incomplete_details: { reason: told },
        completed_at: null,
        output: [{ content: [{ text: 'Half' }] }],
      },
    });
  });

  it('end with an error and what had come when they fail', () => {
    const encoder = encoderOf();
    const begun = encoder.encode(START) + encoder.encode(text('Half'));
    const error = { message: 'It broke.', type: 'server_error', param: null, code: 'provider_failed' };
    const events = eventsOf(begun + encoder.fail(error));
    expect(typesOf(events).slice(-2)).toEqual(['error', 'failed']);
    expect(events.at(-2)).toMatchObject({ type: 'error', error, sequence_number: 5 });
    expect(events.at(-1)).toMatchObject({ response: { status: 'failed', error: { code: 'provider_failed', message: 'It broke.' } } });
  });

  it('begin in the queue where the response waits for nobody', () => {
    const events = encode([text('x'), finish('stop')], encoderOf({}, true));
    expect(typesOf(events).slice(0, 3)).toEqual(['created', 'queued', 'in_progress']);
    expect(events[0]).toMatchObject({ response: { status: 'queued', background: true } });
  });

  it('repeat the request and add nothing to it', () => {
    const body = {
      instructions: 'Be kind.',
      temperature: 0.5,
      tools: [{ type: 'function', name: 'f' }],
      metadata: { a: 'b' },
      text: { verbosity: 'low' },
    };
    const [created] = encode([finish('stop')], encoderOf(body));
    expect(created?.['response']).toMatchObject({
      ...body,
      text: { verbosity: 'low', format: { type: 'text' } },
      top_p: null,
      store: true,
    });
  });

  it('come to an end where a provider does not', () => {
    const encoder = encoderOf();
    const sayOn = (): void => {
      for (let at = 0; at < 20; at += 1) encoder.encode(text('x'.repeat(1024 * 1024)));
    };
    expect(sayOn).toThrow(expect.objectContaining({ errorClass: 'malformed' }) as Error);
    const other = encoderOf();
    const callOn = (): void => {
      for (let at = 0; at < 5000; at += 1) other.encode(call(at, 'look'));
    };
    expect(callOn).toThrow(expect.objectContaining({ errorClass: 'malformed' }) as Error);
  });

  it('tell nothing of choices that this wire does not have', () => {
    const events = encode([text('one'), { type: 'text-delta', choice: 1, text: 'two' }, finish('stop')]);
    expect(JSON.stringify(events)).not.toContain('two');
  });

  it('are read by our own adapter as what they were made of', () => {
    const encoder = encoderOf();
    const usage = { inputTokens: 5, cachedReadTokens: 2, cacheWriteTokens: 0, outputTokens: 3, reasoningTokens: 1 };
    const parts: StreamPart[] = [
      START,
      think('Hm.'),
      { type: 'reasoning-end', choice: 0, signature: 'signed' },
      text('Good day.'),
      call(0, 'run', { type: 'custom', custom: { name: 'run', input: '' } }),
      piece(0, 'ls -l'),
      finish('tool-calls'),
      { type: 'usage', usage: { ...usage, audioInputTokens: 0, audioOutputTokens: 0, imageInputTokens: 0, totalTokens: 11, raw: null } },
    ];
    const choice = readBack(parts.map((part) => encoder.encode(part)).join('') + encoder.end());
    expect(choice).toMatchObject({
      text: 'Good day.',
      reasoning: [{ text: 'Hm.', signature: 'signed' }],
      toolCalls: [{ id: 'call_0', name: 'run', argumentsText: 'ls -l', extra: { type: 'custom' } }],
      finishReason: 'tool-calls',
    });
    expect(encoder.response()['usage']).toEqual({
      input_tokens: 7,
      input_tokens_details: { cached_tokens: 2 },
      output_tokens: 4,
      output_tokens_details: { reasoning_tokens: 1 },
      total_tokens: 11,
    });
  });

  it('carry what another vendor ties to a call in an item before it, which comes back to the call and goes to no Responses API', () => {
    const tied = { extra_content: { google: { thought_signature: 'c2ln' } } };
    const events = encode([think('Hm.'), call(0, 'look', tied), piece(0, '{}'), call(1, 'look'), finish('tool-calls')]);
    const output = (events.at(-1) as { response: { output: JsonObject[] } }).response.output;
    expect(output.map(({ type }) => type)).toEqual(['reasoning', 'reasoning', 'function_call', 'function_call']);
    const { messages } = fromResponsesBody({ input: [{ role: 'user', content: 'go' }, ...output] });
    expect(messages[1]).toMatchObject({
      reasoning: [{ text: 'Hm.' }],
      toolCalls: [
        { id: 'call_0', name: 'look', argumentsText: '{}', extra: tied },
        { id: 'call_1', name: 'look', argumentsText: '{}' },
      ],
    });
    expect(messages[1]).not.toHaveProperty('toolCalls.1.extra');
    expect(JSON.stringify(toPortableItems(output))).not.toContain('antiphon-call');
  });

  it('are the same answer when they are made again from the whole response', () => {
    const encoder = encoderOf();
    const parts = [START, think('Hm.'), text('Good day.'), call(0, 'look'), piece(0, '{}'), finish('tool-calls')];
    const first = parts.map((part) => encoder.encode(part)).join('') + encoder.end();
    const again = toReplayedEvents(encoder.response());
    expect(readBack(again)).toEqual(readBack(first));
    expect(typesOf(eventsOf(again))).toEqual(typesOf(eventsOf(first)));
  });
});

describe('a request of the Responses wire', () => {
  it('becomes messages, one for each side’s turn', () => {
    const request = fromResponsesBody({
      instructions: 'Be kind.',
      input: [
        { role: 'user', content: 'Weather?' },
        { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm.' }], encrypted_content: 'antiphon-signature:signed' },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Looking.', annotations: [] }] },
        { type: 'function_call', call_id: 'call_1', name: 'look', arguments: '{}' },
        { type: 'function_call_output', call_id: 'call_1', output: [{ type: 'input_text', text: 'Rain' }] },
        { role: 'developer', content: [{ type: 'input_image', image_url: 'data:image/png;base64,AAAA', detail: 'low' }] },
      ],
    });
    expect(request.messages).toEqual([
      { role: 'system', content: [{ type: 'text', text: 'Be kind.' }] },
      { role: 'user', content: [{ type: 'text', text: 'Weather?' }] },
      {
        role: 'assistant',
        content: [{ type: 'text', text: 'Looking.' }],
        reasoning: [{ text: 'Hm.', signature: 'signed' }],
        toolCalls: [{ id: 'call_1', name: 'look', argumentsText: '{}' }],
      },
      { role: 'tool', toolCallId: 'call_1', content: [{ type: 'text', text: 'Rain' }] },
      { role: 'developer', content: [{ type: 'image', source: { kind: 'data', mediaType: 'image/png', data: 'AAAA' }, detail: 'low' }] },
    ]);
    expect(request.extra).toBeUndefined();
  });

  it('keeps what has no neutral name, each where it belongs', () => {
    const request = fromResponsesBody({
      input: 'x',
      max_output_tokens: 9,
      reasoning: { effort: 'low', summary: 'auto' },
      text: { verbosity: 'low', format: { type: 'json_schema', name: 'a', schema: { type: 'object' }, strict: true } },
      include: ['reasoning.encrypted_content', 'message.output_text.logprobs', 'web_search_call.action.sources'],
      top_logprobs: 2,
      max_tool_calls: 3,
      truncation: 'auto',
      vendor_switch: true,
      tools: [
        { type: 'function', name: 'f', parameters: { type: 'object' }, strict: false },
        { type: 'custom', name: 'c', format: { type: 'grammar', syntax: 'lark', definition: 'x' } },
        { type: 'web_search' },
      ],
      tool_choice: { type: 'custom', name: 'c' },
      store: true,
      metadata: { a: 'b' },
    });
    expect(request).toEqual({
      messages: [{ role: 'user', content: [{ type: 'text', text: 'x' }] }],
      maxOutputTokens: 9,
      reasoning: { effort: 'low' },
      responseFormat: { type: 'json-schema', name: 'a', schema: { type: 'object' }, strict: true },
      logprobs: { topCount: 2 },
      tools: [{ name: 'f', parameters: { type: 'object' }, strict: false }],
      extra: {
        vendor_switch: true,
        verbosity: 'low',
        tools: [{ type: 'custom', custom: { name: 'c', format: { type: 'grammar', grammar: { syntax: 'lark', definition: 'x' } } } }],
        tool_choice: { type: 'custom', custom: { name: 'c' } },
        openai_responses: {
          max_tool_calls: 3,
          truncation: 'auto',
          include: ['web_search_call.action.sources'],
          tools: [{ type: 'web_search' }],
        },
      },
    } satisfies CompletionRequest);
  });

  it.each([
    [{ input: [] }, 'input'],
    [{ input: 7 }, 'input'],
    [{ input: [{ role: 'robot', content: 'x' }] }, 'input[0].role'],
    [{ input: [{ role: 'user', content: [{ type: 'video' }] }] }, 'input[0].content[0].type'],
    [{ input: [{ type: 'function_call_output', output: 'x' }] }, 'input[0].call_id'],
    [{ input: [{ type: 'function_call', name: 'f' }] }, 'input[0].call_id'],
    [{ input: 'x', tools: [{ name: 'f' }] }, 'tools[0].type'],
    [{ input: 'x', text: { format: { type: 'xml' } } }, 'text.format.type'],
    [{ input: 'x', max_output_tokens: 0.5 }, 'max_output_tokens'],
    [{ input: 'x', reasoning: 'high' }, 'reasoning'],
  ] as readonly [JsonObject, string][])('is refused by the name of what is wrong: %j', (body, param) => {
    let thrown: unknown = null;
    try {
      fromResponsesBody(body);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: 'INVALID_INPUT', details: { param } });
  });

  it('says nothing of how to use tools where there are none', () => {
    const use = { tool_choice: 'auto', parallel_tool_calls: false };
    expect(fromResponsesBody({ input: 'x', ...use, tools: [] })).toEqual({
      messages: [{ role: 'user', content: [{ type: 'text', text: 'x' }] }],
    });
    expect(fromResponsesBody({ input: 'x', ...use, tools: [{ type: 'function', name: 'f' }] })).toMatchObject({
      toolChoice: { mode: 'auto' },
      parallelToolCalls: false,
    });
  });

  it('tells a provider of the chat wire what it left out', async () => {
    const sent: JsonObject[] = [];
    const provider = createOpenAiCompatibleProvider({
      id: 'p',
      displayName: 'Chat only',
      baseUrl: 'http://nowhere',
      apiKey: null,
      capabilities: OPENAI_CAPABILITIES,
      wire: OPENAI_WIRE,
      egress: 'operator',
      httpClient: {
        send: ({ body }) => {
          sent.push(JSON.parse(String(body)) as JsonObject);
          const message = { role: 'assistant', content: 'ok' };
          const answer = { id: 'c', choices: [{ index: 0, message, finish_reason: 'stop' }] };
          return Promise.resolve({ status: 200, headers: {}, body: Buffer.from(JSON.stringify(answer)) });
        },
        stream: () => Promise.reject(new Error('no stream was asked for')),
        close: () => Promise.resolve(),
      },
      clock: { nowMs: () => 0, monotonicMs: () => 0 },
    });
    const body = {
      input: [
        { type: 'message', role: 'assistant', phase: 'commentary', content: 'x' },
        { role: 'user', content: 'y' },
      ],
      max_tool_calls: 3,
    };
    const result = await provider.complete({
      model: 'm',
      request: () => fromResponsesBody(body),
      wire: null,
      context: { attemptId: 'a', signal: new AbortController().signal, remainingMs: 1000, traceHeaders: {} },
    });
    expect(sent).toEqual([
      {
        model: 'm',
        messages: [
          { role: 'assistant', content: 'x' },
          { role: 'user', content: 'y' },
        ],
      },
    ]);
    expect(result.warnings).toHaveLength(2);
    expect(result.warnings.join(' ')).toContain("'max_tool_calls'");
  });
});

describe('items that are kept and sent on', () => {
  it('get ids of their own and the long form', () => {
    expect(toListedItems('hello', 'resp_1')).toEqual([
      { type: 'message', role: 'user', id: 'msg_1in0000', status: 'completed', content: [{ type: 'input_text', text: 'hello' }] },
    ]);
    const given = { type: 'message', id: 'msg_own', role: 'assistant', content: 'x' };
    expect(toListedItems([given], 'resp_1')).toMatchObject([{ id: 'msg_own', content: [{ type: 'output_text', text: 'x' }] }]);
  });

  it('lose what another provider could not know', () => {
    const items = [
      { type: 'reasoning', id: 'rs_1', summary: [] },
      { type: 'reasoning', id: 'rs_2', summary: [], encrypted_content: 'antiphon-redacted:x' },
      { type: 'reasoning', id: 'rs_3', summary: [], encrypted_content: 'gAAAA' },
      { type: 'message', id: 'msg_1', role: 'assistant', content: [] },
    ];
    expect(toPortableItems(items)).toEqual([
      { type: 'reasoning', summary: [], encrypted_content: 'gAAAA' },
      { type: 'message', role: 'assistant', content: [] },
    ]);
  });
});
