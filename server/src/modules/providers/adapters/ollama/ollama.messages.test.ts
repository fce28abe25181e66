import { describe, expect, it } from 'vitest';
import type { CompletionRequest, JsonObject } from '../../contract.ts';
import { toChatBody } from './ollama.messages.ts';

const HELLO = [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }] as const;

function bodyOf(request: Partial<CompletionRequest>, model = 'qwen3'): { body: JsonObject; warnings: readonly string[] } {
  return toChatBody({ messages: HELLO, ...request }, model, false);
}

describe('a completion as a body of Ollama', () => {
  it('says no more than was asked', () => {
    expect(bodyOf({})).toEqual({
      body: { model: 'qwen3', messages: [{ role: 'user', content: 'Hello' }], stream: false },
      warnings: [],
    });
  });

  it('puts sampling into options, the written ones under the neutral ones', () => {
    const { body, warnings } = bodyOf({
      maxOutputTokens: 5,
      temperature: 0.5,
      topP: 0.9,
      topK: 40,
      seed: 7,
      stop: ['END'],
      frequencyPenalty: 0.1,
      presencePenalty: 0.2,
      extra: { min_p: 0.05, options: { num_ctx: 8192, num_predict: 9000 }, keep_alive: '5m' },
    });
    expect(body['options']).toEqual({
      num_ctx: 8192,
      num_predict: 5,
      min_p: 0.05,
      temperature: 0.5,
      top_p: 0.9,
      top_k: 40,
      frequency_penalty: 0.1,
      presence_penalty: 0.2,
      stop: ['END'],
      seed: 7,
    });
    expect(body['keep_alive']).toBe('5m');
    expect(warnings).toEqual([]);
  });

  it.each([
    ['qwen3', 'none', false, []],
    ['qwen3', 'medium', true, []],
    ['qwen3', 'high', true, ["qwen3 thinks or does not: reasoning effort 'high' was sent as 'think: true'."]],
    ['gpt-oss:20b', 'high', 'high', []],
    ['library/gpt-oss', 'minimal', 'low', ["Reasoning effort 'minimal' was sent as 'low', the nearest that library/gpt-oss takes."]],
  ] as const)('%s asked for effort %s gets think: %j', (model, effort, think, warnings) => {
    const made = bodyOf({ reasoning: { effort } }, model);
    expect(made.body['think']).toBe(think);
    expect(made.warnings).toEqual(warnings);
  });

  it('ties results to their calls by name and id, and keeps the digits of numbers', () => {
    const { body, warnings } = bodyOf({
      messages: [
        ...HELLO,
        {
          role: 'assistant',
          content: [],
          reasoning: [{ text: 'I add.' }],
          toolCalls: [{ id: 'call_1', name: 'add', argumentsText: '{"x":12345678901234567890,"y":1.0}' }],
        },
        { role: 'tool', toolCallId: 'call_1', content: [{ type: 'text', text: '5' }] },
      ],
    });
    expect(JSON.stringify((body['messages'] as JsonObject[]).slice(1))).toBe(
      '[{"role":"assistant","content":"","thinking":"I add.","tool_calls":[{"id":"call_1","type":"function","function":' +
        '{"index":0,"name":"add","arguments":{"x":12345678901234567890,"y":1.0}}}]},' +
        '{"role":"tool","content":"5","tool_name":"add","tool_call_id":"call_1"}]',
    );
    expect(warnings).toEqual([]);
  });

  it('sends images as base64 and text documents as text', () => {
    const { body, warnings } = bodyOf({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Look' },
            { type: 'image', source: { kind: 'data', mediaType: 'image/png', data: 'iVBORw0=' } },
            { type: 'image', source: { kind: 'url', url: 'data:image/jpeg;base64,/9j/4A==' } },
            { type: 'document', source: { kind: 'text', text: 'Facts.' }, name: 'facts.txt' },
          ],
        },
      ],
    });
    expect(body['messages']).toEqual([{ role: 'user', content: 'Look\nfacts.txt\nFacts.', images: ['iVBORw0=', '/9j/4A=='] }]);
    expect(warnings).toEqual(['Ollama takes no documents: a text document was sent as part of the message.']);
  });

  it('holds an answer to a schema or to JSON', () => {
    const schema = { type: 'object', properties: {} };
    expect(bodyOf({ responseFormat: { type: 'json-object' } }).body['format']).toBe('json');
    expect(bodyOf({ responseFormat: { type: 'json-schema', name: 'a', schema, description: 'A.' } }).body['format']).toEqual({
      ...schema,
      description: 'A.',
    });
  });

  it('keeps tools from being called by not sending them', () => {
    const made = bodyOf({ tools: [{ name: 'add' }], toolChoice: { mode: 'none' } });
    expect(made.body).not.toHaveProperty('tools');
    expect(made.warnings).toEqual(['Ollama has no tool choice: to keep tools from being called they were not sent.']);
  });

  it('warns of whatever the wire has no word for', () => {
    const made = bodyOf({
      tools: [{ name: 'add', strict: true }],
      toolChoice: { mode: 'required' },
      parallelToolCalls: false,
      choiceCount: 2,
      endUserId: 'user-1',
      reasoning: { budgetTokens: 100 },
      extra: { logit_bias: { 5: 1 }, ollama: { model: 'other', think: 'max' } },
      messages: [
        {
          role: 'user',
          content: [
            { type: 'audio', data: 'AAAA', format: 'wav' },
            { type: 'image', source: { kind: 'url', url: 'https://example.com/a.png' } },
            { type: 'document', source: { kind: 'file', fileId: 'f' } },
          ],
        },
      ],
    });
    expect(made.body).toMatchObject({ model: 'qwen3', think: 'max', messages: [{ role: 'user', content: '' }] });
    expect(made.body).not.toHaveProperty('logit_bias');
    expect(made.warnings).toHaveLength(11);
  });
});
