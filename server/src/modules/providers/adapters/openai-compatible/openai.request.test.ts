import { describe, expect, it } from 'vitest';
import { AntiphonError } from '../../../../kernel/errors/index.ts';
import type { JsonObject } from '../../contract.ts';
import { toChatBody } from './openai.messages.ts';
import { fromOpenAiChatBody, fromOpenAiEmbeddingsBody, OPENAI_WIRE, toOpenAiEmbeddingsResponse } from './index.ts';

const user = { role: 'user', content: 'hi' };

/** A body through the neutral form and back. */
function roundTrip(body: JsonObject): JsonObject {
  const call = {
    model: 'm',
    request: () => fromOpenAiChatBody(body),
    wire: null,
    context: { attemptId: 'a', signal: new AbortController().signal, remainingMs: 1, traceHeaders: {} },
  };
  // A server that takes every mark: what others refuse is left out with a warning (openai.native.test.ts).
  return toChatBody({ displayName: 'OpenAI', wire: { ...OPENAI_WIRE, takesCacheMarks: true, takesCallSignatures: true } }, call, false)
    .body;
}

describe('a chat body in the neutral form', () => {
  it('has a neutral name for what every vendor knows, and keeps the rest', () => {
    const body = {
      model: 'gpt-4.1-mini',
      messages: [user],
      stream: true,
      stream_options: { include_usage: true },
      max_completion_tokens: 5,
      max_tokens: 7,
      temperature: 0,
      top_p: 1,
      top_k: 3,
      frequency_penalty: 0.5,
      presence_penalty: -0.5,
      stop: 'END',
      seed: -4,
      n: 2,
      logprobs: true,
      top_logprobs: 2,
      reasoning_effort: 'xhigh',
      user: 'u1',
      parallel_tool_calls: false,
      tool_choice: { type: 'function', function: { name: 'f' } },
      tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'object' }, strict: true } }],
      response_format: { type: 'json_schema', json_schema: { name: 's', schema: { type: 'object' }, strict: true } },
      service_tier: 'flex',
      metadata: { a: 'b' },
      logit_bias: null,
    };
    expect(fromOpenAiChatBody(body)).toEqual({
      messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }],
      tools: [{ name: 'f', parameters: { type: 'object' }, strict: true }],
      toolChoice: { mode: 'tool', name: 'f' },
      parallelToolCalls: false,
      responseFormat: { type: 'json-schema', name: 's', schema: { type: 'object' }, strict: true },
      maxOutputTokens: 5,
      temperature: 0,
      topP: 1,
      topK: 3,
      frequencyPenalty: 0.5,
      presencePenalty: -0.5,
      stop: ['END'],
      seed: -4,
      choiceCount: 2,
      logprobs: { topCount: 2 },
      reasoning: { effort: 'xhigh' },
      endUserId: 'u1',
      extra: { service_tier: 'flex', metadata: { a: 'b' } },
    });
  });

  it.each<[string, JsonObject]>([
    [
      'parts of every kind',
      {
        messages: [
          {
            role: 'user',
            name: 'Ada',
            content: [
              { type: 'text', text: 'look', cache_control: { type: 'ephemeral' } },
              { type: 'image_url', image_url: { url: 'https://example.com/a.png', detail: 'low' } },
              { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA', detail: 'original' } },
              { type: 'input_audio', input_audio: { data: 'BBBB', format: 'wav' } },
              { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,CCCC' } },
              { type: 'file', file: { file_id: 'file-1' } },
            ],
          },
        ],
      },
    ],
    [
      'parts without a neutral form',
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'x' },
              { type: 'video_url', video_url: { url: 'https://e.com/v' } },
            ],
          },
        ],
      },
    ],
    [
      'a tool loop with extras',
      {
        messages: [
          { role: 'developer', content: 'be brief' },
          {
            role: 'assistant',
            content: null,
            reasoning: 'hm',
            reasoning_details: [{ type: 'reasoning.text', text: 'hm', signature: 's', format: 'f' }],
            tool_calls: [
              {
                id: '1',
                type: 'function',
                function: { name: 'f', arguments: '{"a":1}' },
                extra_content: { google: { thought_signature: 'x' } },
              },
              { id: '2', type: 'custom', custom: { name: 'g', input: 'raw' } },
            ],
          },
          {
            role: 'tool',
            tool_call_id: '1',
            content: [
              { type: 'text', text: 'a' },
              { type: 'text', text: 'b' },
            ],
          },
        ],
      },
    ],
    [
      'the form before tools',
      {
        messages: [
          { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{}' } },
          { role: 'function', name: 'f', content: '1' },
        ],
      },
    ],
    [
      'tools of other types',
      {
        messages: [user],
        tools: [{ type: 'function', function: { name: 'f' }, vendor: 1 }, { type: 'web_search' }],
        tool_choice: { type: 'allowed_tools', tools: [] },
      },
    ],
    [
      'formats and efforts of a vendor',
      { messages: [user], response_format: { type: 'grammar', grammar: 'x' }, reasoning_effort: 'extreme' },
    ],
  ])('comes back whole with %s', (_name, body) => {
    expect(roundTrip(body)).toEqual({ ...body, model: 'm' });
  });

  it('reads reasoning that came back, and ties a signature to its text', () => {
    const [message] = fromOpenAiChatBody({
      messages: [
        {
          role: 'assistant',
          content: 'x',
          reasoning_content: 'thought',
          reasoning_details: [{ type: 'reasoning.text', text: '', signature: 'sig' }],
        },
      ],
    }).messages;
    expect(message).toMatchObject({ reasoning: [{ text: 'thought', signature: 'sig' }] });
  });

  it.each<[JsonObject, string]>([
    [{}, 'messages'],
    [{ messages: [] }, 'messages'],
    [{ messages: ['hi'] }, 'messages[0]'],
    [{ messages: [{ role: 'king', content: 'x' }] }, 'messages[0].role'],
    [{ messages: [{ role: 'user' }] }, 'messages[0].content'],
    [{ messages: [{ role: 'user', content: [{ text: 'x' }] }] }, 'messages[0].content[0].type'],
    [{ messages: [{ role: 'user', content: [{ type: 'image_url' }] }] }, 'messages[0].content[0].image_url.url'],
    [{ messages: [{ role: 'tool', content: 'x' }] }, 'messages[0].tool_call_id'],
    [{ messages: [{ role: 'assistant', tool_calls: [{ function: { name: 'f' } }] }] }, 'messages[0].tool_calls[0].id'],
    [{ messages: [user], temperature: 'hot' }, 'temperature'],
    [{ messages: [user], max_tokens: 0 }, 'max_tokens'],
    [{ messages: [user], n: 1.5 }, 'n'],
    [{ messages: [user], stop: [1] }, 'stop'],
    [{ messages: [user], top_logprobs: 2 }, 'top_logprobs'],
    [{ messages: [user], tools: [{ type: 'function', function: {} }] }, 'tools[0].function.name'],
    [{ messages: [user], tool_choice: { type: 'function' } }, 'tool_choice.function.name'],
    [{ messages: [user], response_format: 'json' }, 'response_format'],
  ])('refuses %j, naming %s', (body, param) => {
    const refused = (): unknown => fromOpenAiChatBody(body);
    expect(refused).toThrow(AntiphonError);
    expect(refused).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ param }) as unknown }) as Error,
    );
  });
});

describe('embeddings at the door', () => {
  it.each<[JsonObject, unknown]>([
    [{ input: 'a' }, { inputs: ['a'] }],
    [
      { input: ['a', 'b'], dimensions: 4, user: 'u', encoding_format: 'base64' },
      { inputs: ['a', 'b'], dimensions: 4, endUserId: 'u', extra: { encoding_format: 'base64' } },
    ],
    [{ input: [1, 2] }, { inputs: [[1, 2]] }],
    [{ input: [[1], [2, 3]] }, { inputs: [[1], [2, 3]] }],
  ])('reads %j', (body, expected) => {
    expect(fromOpenAiEmbeddingsBody(body)).toEqual(expected);
  });

  it.each<[JsonObject, string]>([
    [{}, 'input'],
    [{ input: [] }, 'input'],
    [{ input: ['a', 1] }, 'input[1]'],
    [{ input: 'a', dimensions: 0 }, 'dimensions'],
    [{ input: 'a', encoding_format: 'hex' }, 'encoding_format'],
    [{ input: Array.from({ length: 2049 }, () => 'a') }, 'input'],
  ])('refuses %.60j, naming %s', (body, param) => {
    expect(() => fromOpenAiEmbeddingsBody(body)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ param }) as unknown }) as Error,
    );
  });

  it('answers with numbers or packed floats', () => {
    const result = {
      model: 'm',
      vectors: [[0.5, -2]],
      usage: null,
      upstream: { httpStatus: 200, requestId: null, headers: {} },
      warnings: [],
    };
    expect(toOpenAiEmbeddingsResponse(result, { model: 'openai/e', encodingFormat: 'float' })).toEqual({
      object: 'list',
      data: [{ object: 'embedding', index: 0, embedding: [0.5, -2] }],
      model: 'openai/e',
      usage: { prompt_tokens: 0, total_tokens: 0 },
    });
    const packed = toOpenAiEmbeddingsResponse(result, { model: 'm', encodingFormat: 'base64' });
    expect(packed['data']).toEqual([
      { object: 'embedding', index: 0, embedding: Buffer.from(new Float32Array([0.5, -2]).buffer).toString('base64') },
    ]);
  });
});
