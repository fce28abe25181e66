import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { serveHttp } from '../../../../../../test/testkit/loopback.ts';
import type { CompletionResult, StreamPart } from '../../contract.ts';
import { readEvents } from '../../shared/event-cutter.ts';
import { OpenAiChunkEncoder, toOpenAiChatResponse } from './index.ts';

const identity = { id: 'chatcmpl-1', model: 'local/echo', createdAtSeconds: 7 };
const usage = {
  inputTokens: 3,
  cachedReadTokens: 1,
  cacheWriteTokens: 0,
  outputTokens: 2,
  reasoningTokens: 4,
  audioInputTokens: 0,
  audioOutputTokens: 0,
  imageInputTokens: 0,
  totalTokens: 10,
  raw: null,
};
const upstream = { httpStatus: 200, requestId: null, headers: {} };
const start: StreamPart = {
  type: 'response-start',
  id: 'up',
  model: 'up',
  createdAtSeconds: 1,
  systemFingerprint: 'fp',
  serviceTier: null,
  upstream,
  warnings: [],
};

function render(parts: readonly StreamPart[], includeUsage = false): unknown[] {
  const encoder = new OpenAiChunkEncoder({ ...identity, includeUsage });
  const text = parts.map((part) => encoder.encode(part)).join('') + encoder.end();
  return readEvents(Buffer.from(text)).map(({ data }) => (data === '[DONE]' ? data : (JSON.parse(data) as unknown)));
}

const chunk = (choices: unknown, more: object = {}): unknown => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 7,
  model: 'local/echo',
  system_fingerprint: 'fp',
  choices,
  ...more,
});
const choice = (index: number, delta: object, finishReason: string | null = null, more: object = {}): unknown => [
  { index, delta, logprobs: null, finish_reason: finishReason, ...more },
];

describe('chunks of the OpenAI dialect', () => {
  it('open each choice with its role, have null finish reasons in the middle, and end', () => {
    const parts: StreamPart[] = [
      start,
      { type: 'text-delta', choice: 0, text: 'a"\n\u2028' },
      { type: 'text-delta', choice: 1, text: 'b' },
      { type: 'choice-finish', choice: 0, finishReason: 'stop', rawFinishReason: 'end_turn' },
      { type: 'choice-finish', choice: 1, finishReason: 'length', rawFinishReason: null },
      { type: 'usage', usage },
    ];
    expect(render(parts)).toEqual([
      chunk(choice(0, { role: 'assistant', content: '', refusal: null })),
      chunk(choice(0, { content: 'a"\n\u2028' })),
      chunk(choice(1, { role: 'assistant', content: '', refusal: null })),
      chunk(choice(1, { content: 'b' })),
      chunk(choice(0, {}, 'stop')),
      chunk(choice(1, {}, 'length')),
      '[DONE]',
    ]);
  });

  it('carry usage only when asked for, null until the last one', () => {
    const parts: StreamPart[] = [
      start,
      { type: 'usage', usage },
      { type: 'choice-finish', choice: 0, finishReason: 'stop', rawFinishReason: null },
    ];
    expect(render(parts, true)).toEqual([
      chunk(choice(0, { role: 'assistant', content: '', refusal: null }), { usage: null }),
      chunk(choice(0, {}, 'stop'), { usage: null }),
      chunk([], {
        usage: {
          prompt_tokens: 4,
          completion_tokens: 6,
          total_tokens: 10,
          prompt_tokens_details: { cached_tokens: 1, audio_tokens: 0 },
          completion_tokens_details: { reasoning_tokens: 4, audio_tokens: 0 },
        },
      }),
      '[DONE]',
    ]);
  });

  it('number tool calls and leave the content null when a call comes first', () => {
    const parts: StreamPart[] = [
      start,
      { type: 'tool-call-start', choice: 0, index: 0, id: 'c1', name: 'f' },
      { type: 'tool-call-delta', choice: 0, index: 0, argumentsText: '{"a":' },
      { type: 'tool-call-start', choice: 0, index: 1, id: 'c2', name: 'g', extra: { extra_content: 1 } },
      { type: 'choice-finish', choice: 0, finishReason: 'tool-calls', rawFinishReason: 'tool_use' },
    ];
    expect(render(parts).slice(0, -1)).toEqual([
      chunk(choice(0, { role: 'assistant', content: null, refusal: null })),
      chunk(choice(0, { tool_calls: [{ index: 0, id: 'c1', type: 'function', function: { name: 'f', arguments: '' } }] })),
      chunk(choice(0, { tool_calls: [{ index: 0, function: { arguments: '{"a":' } }] })),
      chunk(
        choice(0, { tool_calls: [{ index: 1, id: 'c2', type: 'function', function: { name: 'g', arguments: '' }, extra_content: 1 }] }),
      ),
      chunk(choice(0, {}, 'tool_calls')),
    ]);
  });

  it('keep log probabilities with their text, signatures, and vendor fields in their place', () => {
    const parts: StreamPart[] = [
      start,
      { type: 'reasoning-delta', choice: 0, text: 'hm' },
      { type: 'reasoning-end', choice: 0, signature: 'sig' },
      { type: 'reasoning-end', choice: 0 },
      { type: 'reasoning-end', choice: 0, redactedData: 'xyz' },
      { type: 'logprobs', choice: 0, logprobs: { content: [1] } },
      { type: 'text-delta', choice: 0, text: 'a' },
      { type: 'refusal-delta', choice: 0, text: 'no' },
      { type: 'extra', choice: 0, extra: { annotations: [1] } },
      { type: 'extra', choice: 0, extra: { native_finish_reason: 'x' }, scope: 'choice' },
      { type: 'extra', choice: 0, extra: { citations: ['c'] }, scope: 'response' },
      { type: 'extra', choice: 0, extra: {} },
      { type: 'choice-finish', choice: 0, finishReason: 'refusal', rawFinishReason: 'refusal' },
    ];
    expect(render(parts).slice(1, -1)).toEqual([
      chunk(choice(0, { reasoning_content: 'hm' })),
      chunk(choice(0, { reasoning_details: [{ type: 'reasoning.text', text: '', signature: 'sig', index: 0 }] })),
      chunk(choice(0, { reasoning_details: [{ type: 'reasoning.encrypted', data: 'xyz', index: 2 }] })),
      chunk([{ index: 0, delta: { content: 'a' }, logprobs: { content: [1] }, finish_reason: null }]),
      chunk(choice(0, { refusal: 'no' })),
      chunk(choice(0, { annotations: [1] })),
      chunk(choice(0, {}, null, { native_finish_reason: 'x' })),
      chunk([], { citations: ['c'] }),
      chunk(choice(0, {}, 'content_filter')),
    ]);
  });

  it('are understood by the official client', async () => {
    const encoder = new OpenAiChunkEncoder({ ...identity, includeUsage: true });
    const parts: StreamPart[] = [
      start,
      { type: 'text-delta', choice: 0, text: 'Hel' },
      { type: 'text-delta', choice: 0, text: 'lo' },
      { type: 'tool-call-start', choice: 0, index: 0, id: 'c1', name: 'f' },
      { type: 'tool-call-delta', choice: 0, index: 0, argumentsText: '{"a":1}' },
      { type: 'choice-finish', choice: 0, finishReason: 'tool-calls', rawFinishReason: null },
      { type: 'usage', usage },
    ];
    const text = parts.map((part) => encoder.encode(part)).join('') + encoder.end();
    await using server = await serveHttp((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(text),
    );
    const client = new OpenAI({ apiKey: 'x', baseURL: server.url, maxRetries: 0 });
    const completion = await client.chat.completions
      .stream({ model: 'm', messages: [{ role: 'user', content: 'x' }] })
      .finalChatCompletion();
    expect(completion.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: {
        role: 'assistant',
        content: 'Hello',
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
      },
    });
    expect(completion.usage?.total_tokens).toBe(10);
  });
});

describe('whole answers of the OpenAI dialect', () => {
  const result: CompletionResult = {
    id: 'up',
    model: 'up',
    createdAtSeconds: 1,
    choices: [
      {
        index: 0,
        text: '',
        reasoning: [{ text: 'hm', signature: 'sig' }],
        refusal: null,
        toolCalls: [{ id: 'c1', name: 'f', argumentsText: '' }],
        logprobs: null,
        finishReason: 'tool-calls',
        rawFinishReason: 'tool_use',
        extra: { annotations: [] },
        choiceExtra: { native_finish_reason: 'tool_use' },
      },
    ],
    usage,
    serviceTier: 'flex',
    systemFingerprint: null,
    extra: { citations: [] },
    upstream,
    warnings: [],
    wire: null,
  };

  it('hold everything the neutral answer holds', () => {
    expect(toOpenAiChatResponse(result, identity)).toEqual({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 7,
      model: 'local/echo',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: null,
            refusal: null,
            reasoning_content: 'hm',
            reasoning_details: [{ type: 'reasoning.text', text: 'hm', signature: 'sig', index: 0 }],
            tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '' } }],
            annotations: [],
          },
          logprobs: null,
          finish_reason: 'tool_calls',
          native_finish_reason: 'tool_use',
        },
      ],
      usage: expect.objectContaining({ prompt_tokens: 4, completion_tokens: 6, total_tokens: 10 }) as unknown,
      service_tier: 'flex',
      system_fingerprint: null,
      citations: [],
    });
  });

  it('say nothing of usage that nobody counted', () => {
    expect(toOpenAiChatResponse({ ...result, usage: null }, identity)).not.toHaveProperty('usage');
  });
});
