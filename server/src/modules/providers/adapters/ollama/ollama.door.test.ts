import { describe, expect, it } from 'vitest';
import type { CompletionResult, JsonObject, StreamPart } from '../../contract.ts';
import {
  fromOllamaChatBody,
  fromOllamaEmbedBody,
  fromOllamaGenerateBody,
  OllamaChunkEncoder,
  toOllamaChatResponse,
  toOllamaEmbedResponse,
  toOllamaErrorLine,
} from './index.ts';

const USER = { role: 'user', content: 'Hello' };
const UPSTREAM = { httpStatus: 200, requestId: null, headers: {} };
const USAGE = {
  inputTokens: 3,
  cachedReadTokens: 4,
  cacheWriteTokens: 0,
  outputTokens: 5,
  reasoningTokens: 6,
  audioInputTokens: 0,
  audioOutputTokens: 0,
  imageInputTokens: 0,
  totalTokens: 18,
  raw: null,
};
const OPTIONS = { model: 'gpt-4.1-mini', kind: 'chat', nowMs: () => Date.UTC(2026, 0, 1), startedAtMs: Date.UTC(2026, 0, 1) - 3 } as const;
const HEAD = { model: 'gpt-4.1-mini', created_at: '2026-01-01T00:00:00.000Z' };

describe('what the Ollama door receives', () => {
  it('becomes the neutral form', () => {
    const request = fromOllamaChatBody({
      model: 'm',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { ...USER, images: ['/9j/4A=='] },
      ],
      tools: [{ type: 'function', function: { name: 'add', description: 'Adds.', parameters: { type: 'object' } } }],
      format: { type: 'object' },
      options: { temperature: 0, num_predict: 7, num_ctx: 4096, stop: 'END' },
      think: 'high',
      keep_alive: 0,
      logprobs: true,
      top_logprobs: 2,
    });
    expect(request).toEqual({
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Hello' },
            { type: 'image', source: { kind: 'data', mediaType: 'image/jpeg', data: '/9j/4A==' } },
          ],
        },
      ],
      tools: [{ name: 'add', description: 'Adds.', parameters: { type: 'object' } }],
      responseFormat: { type: 'json-schema', name: 'answer', schema: { type: 'object' } },
      temperature: 0,
      maxOutputTokens: 7,
      stop: ['END'],
      reasoning: { effort: 'high' },
      logprobs: { topCount: 2 },
      extra: { options: { num_ctx: 4096 }, keep_alive: 0 },
    });
  });

  it('takes an absent bound for none', () => {
    for (const bound of [-1, -2, 0, null])
      expect(fromOllamaChatBody({ messages: [USER], options: { num_predict: bound } })).not.toHaveProperty('maxOutputTokens');
  });

  it('ties results to calls without ids by name, then by order', () => {
    const call = (name: string): JsonObject => ({ function: { name, arguments: { x: 1 } } });
    const { messages } = fromOllamaChatBody({
      messages: [
        USER,
        { role: 'assistant', content: '', tool_calls: [call('add'), call('sub'), call('mul')] },
        { role: 'tool', content: 'two', tool_name: 'sub' },
        { role: 'tool', content: 'one' },
        { role: 'tool', content: 'three', tool_call_id: 'call_1_2' },
      ],
    });
    expect(messages[1]).toMatchObject({
      toolCalls: [{ id: 'call_1_0', argumentsText: '{"x":1}' }, { id: 'call_1_1' }, { id: 'call_1_2' }],
    });
    expect(messages.slice(2).map((message) => (message as { toolCallId?: string }).toolCallId)).toEqual([
      'call_1_1',
      'call_1_0',
      'call_1_2',
    ]);
  });

  it.each<[string, JsonObject]>([
    ['messages', {}],
    ['messages', { messages: [] }],
    ['messages[0].role', { messages: [{ role: 'robot', content: '' }] }],
    ['messages[0].content', { messages: [{ role: 'user', content: [] }] }],
    ['messages[0].images[0]', { messages: [{ ...USER, images: ['not an image'] }] }],
    ['messages[0].tool_calls[0].function.name', { messages: [{ role: 'assistant', tool_calls: [{}] }] }],
    ['tools[0].function.name', { messages: [USER], tools: [{}] }],
    ['options', { messages: [USER], options: 'fast' }],
    ['options.temperature', { messages: [USER], options: { temperature: 'hot' } }],
    ['options.stop', { messages: [USER], options: { stop: [1] } }],
    ['format', { messages: [USER], format: 5 }],
    ['think', { messages: [USER], think: 5 }],
  ])('is refused with the name of the offender: %s', (param, body) => {
    expect(() => fromOllamaChatBody(body)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ param }) as unknown }),
    );
  });

  it('takes a generation as a conversation of one turn', () => {
    expect(fromOllamaGenerateBody({ prompt: 'Go', system: 'Be brief.', raw: false, template: '', context: [1], think: false })).toEqual({
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
        { role: 'user', content: [{ type: 'text', text: 'Go' }] },
      ],
      reasoning: { effort: 'none' },
      extra: { context: [1] },
    });
    expect(() => fromOllamaGenerateBody({})).toThrow('`prompt`');
  });

  it('takes texts to embed in both forms', () => {
    expect(fromOllamaEmbedBody({ model: 'm', input: ['a', 'b'], dimensions: 8, truncate: true })).toEqual({
      inputs: ['a', 'b'],
      dimensions: 8,
      extra: { truncate: true },
    });
    expect(fromOllamaEmbedBody({ prompt: 'a' })).toEqual({ inputs: ['a'] });
    expect(() => fromOllamaEmbedBody({ input: [[1]] })).toThrow('`input`');
  });
});

const RESULT: CompletionResult = {
  id: 'x',
  model: 'y',
  createdAtSeconds: 1,
  choices: [
    {
      index: 0,
      text: 'Hi',
      reasoning: [{ text: 'Hm' }],
      refusal: null,
      toolCalls: [{ id: 'c', name: 'add', argumentsText: '{"x":12345678901234567890}' }],
      logprobs: null,
      finishReason: 'tool-calls',
      rawFinishReason: 'tool_calls',
      extra: {},
    },
  ],
  usage: USAGE,
  serviceTier: null,
  systemFingerprint: null,
  extra: { load_duration: 9, provider: 'z' },
  upstream: UPSTREAM,
  warnings: [],
  wire: null,
};
const DONE = { done: true, done_reason: 'stop', load_duration: 9, total_duration: 3e6, prompt_eval_count: 7, eval_count: 11 };

describe('what the Ollama door sends', () => {
  it('is a whole answer of any provider', () => {
    expect(JSON.stringify(toOllamaChatResponse(RESULT, OPTIONS))).toBe(
      '{"model":"gpt-4.1-mini","created_at":"2026-01-01T00:00:00.000Z","message":{"role":"assistant","content":"Hi","thinking":"Hm",' +
        '"tool_calls":[{"id":"c","function":{"index":0,"name":"add","arguments":{"x":12345678901234567890}}}]},"done":true,' +
        '"done_reason":"stop","load_duration":9,"total_duration":3000000,"prompt_eval_count":7,"eval_count":11}',
    );
    expect(toOllamaChatResponse(RESULT, { ...OPTIONS, kind: 'generate' })).toEqual({ ...HEAD, response: 'Hi', thinking: 'Hm', ...DONE });
  });

  it('is a line for each part of a stream, whole calls among them', () => {
    const parts: StreamPart[] = [
      {
        type: 'response-start',
        id: 'x',
        model: 'y',
        createdAtSeconds: 1,
        systemFingerprint: null,
        serviceTier: null,
        upstream: UPSTREAM,
        warnings: [],
      },
      { type: 'reasoning-delta', choice: 0, text: 'Hm' },
      { type: 'reasoning-end', choice: 0, signature: 's' },
      { type: 'text-delta', choice: 0, text: 'Hi' },
      { type: 'text-delta', choice: 1, text: 'elsewhere' },
      { type: 'tool-call-start', choice: 0, index: 0, id: 'c', name: 'add' },
      { type: 'tool-call-delta', choice: 0, index: 0, argumentsText: '{"x"' },
      { type: 'tool-call-delta', choice: 0, index: 0, argumentsText: ':1}' },
      { type: 'tool-call-start', choice: 0, index: 1, id: 'd', name: 'now' },
      { type: 'extra', choice: 0, extra: { load_duration: 9 }, scope: 'response' },
      { type: 'choice-finish', choice: 0, finishReason: 'tool-calls', rawFinishReason: 'tool_calls' },
      { type: 'usage', usage: USAGE },
    ];
    const encoder = new OllamaChunkEncoder(OPTIONS);
    const text = parts.map((part) => encoder.encode(part)).join('') + encoder.end();
    const said = (message: JsonObject): JsonObject => ({ ...HEAD, message: { role: 'assistant', content: '', ...message }, done: false });
    const calling = (index: number, id: string, name: string, input: JsonObject): JsonObject =>
      said({ tool_calls: [{ id, function: { index, name, arguments: input } }] });
    expect(text.endsWith('\n')).toBe(true);
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      said({ thinking: 'Hm' }),
      said({ content: 'Hi' }),
      calling(0, 'c', 'add', { x: 1 }),
      calling(1, 'd', 'now', {}),
      { ...HEAD, message: { role: 'assistant', content: '' }, ...DONE },
    ]);
  });

  it('tells arguments that are no object as text, and a failure as a line', () => {
    const choice = {
      ...(RESULT.choices[0] as CompletionResult['choices'][number]),
      toolCalls: [{ id: 'c', name: 'add', argumentsText: '{"x":' }],
    };
    expect(toOllamaChatResponse({ ...RESULT, choices: [choice] }, OPTIONS)).toMatchObject({
      message: { tool_calls: [{ function: { arguments: { arguments_text: '{"x":' } } }] },
    });
    expect(toOllamaErrorLine('No.')).toBe('{"error":"No."}\n');
  });

  it('is the vectors of embeddings', () => {
    const result = { model: 'm', vectors: [[1, 2]], usage: { ...USAGE, outputTokens: 0 }, upstream: UPSTREAM, warnings: [] };
    expect(toOllamaEmbedResponse(result, OPTIONS)).toEqual({
      model: 'gpt-4.1-mini',
      embeddings: [[1, 2]],
      total_duration: 3e6,
      prompt_eval_count: 7,
    });
  });
});
