import { describe, expect, it } from 'vitest';
import { AntiphonError } from '../../../../kernel/errors/index.ts';
import type { JsonObject } from '../../contract.ts';
import { fromMessagesBody } from './anthropic.door-request.ts';
import { toMessagesRequest } from './anthropic.messages.ts';

const MARK = { cache_control: { type: 'ephemeral' } };

/** Into the neutral form and out again, as a call does that cannot go as it came. */
function roundTrip(body: JsonObject): JsonObject {
  const request = fromMessagesBody(body);
  const result = toMessagesRequest(request, { model: 'claude-sonnet-4-6', isStream: false, modelMaxOutputTokens: null });
  expect(result.warnings).toEqual([]);
  return result.body;
}

const base = { model: 'claude-sonnet-4-6', max_tokens: 100 };
const user = (content: JsonObject['x']): JsonObject => ({ role: 'user', content });

describe('a Messages body in the neutral form', () => {
  it('has a neutral name for what every vendor knows', () => {
    const request = fromMessagesBody({
      ...base,
      system: 'Be brief.',
      messages: [user('Hi')],
      temperature: 0.5,
      top_p: 0.9,
      top_k: 5,
      stop_sequences: ['END'],
      metadata: { user_id: 'u1' },
      thinking: { type: 'enabled', budget_tokens: 2048 },
      tools: [{ name: 'look', description: 'Looks.', input_schema: { type: 'object' } }],
      tool_choice: { type: 'any', disable_parallel_tool_use: true },
      output_config: { effort: 'max', format: { type: 'json_schema', schema: { type: 'object' } } },
    });
    expect(request).toEqual({
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
        { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
      ],
      maxOutputTokens: 100,
      temperature: 0.5,
      topP: 0.9,
      topK: 5,
      stop: ['END'],
      endUserId: 'u1',
      reasoning: { budgetTokens: 2048, effort: 'xhigh' },
      tools: [{ name: 'look', description: 'Looks.', parameters: { type: 'object' } }],
      toolChoice: { mode: 'required' },
      parallelToolCalls: false,
      responseFormat: { type: 'json-schema', name: 'answer', schema: { type: 'object' } },
    });
  });

  it.each([
    ['no thinking', { thinking: { type: 'disabled' } }, { reasoning: { effort: 'none' } }],
    ['a choice of a tool', { tool_choice: { type: 'tool', name: 'look' } }, { toolChoice: { mode: 'tool', name: 'look' } }],
    ['no tools', { tool_choice: { type: 'none' } }, { toolChoice: { mode: 'none' } }],
    ['what is for this vendor only', { container: 'c', mcp_servers: [] }, { extra: { anthropic: { container: 'c', mcp_servers: [] } } }],
    ['betas', { anthropic_beta: ['a'] }, { extra: { anthropic_beta: ['a'] } }],
    ['nulls', { temperature: null, tools: null, system: null, thinking: null, stop_sequences: null }, {}],
  ])('reads %s', (_name, fields, expected) => {
    const { messages: _messages, ...rest } = fromMessagesBody({ ...base, messages: [user('Hi')], ...fields });
    expect(rest).toEqual({ maxOutputTokens: 100, ...expected });
  });

  it('makes messages of their own of the results of tools, in their order', () => {
    const { messages } = fromMessagesBody({
      ...base,
      messages: [
        user([
          { type: 'tool_result', tool_use_id: 'a', content: 'sunny', is_error: false },
          { type: 'tool_result', tool_use_id: 'b', is_error: true },
          { type: 'text', text: 'Go on.' },
        ]),
      ],
    });
    expect(messages).toEqual([
      { role: 'tool', toolCallId: 'a', content: [{ type: 'text', text: 'sunny' }], isError: false },
      { role: 'tool', toolCallId: 'b', content: [], isError: true },
      { role: 'user', content: [{ type: 'text', text: 'Go on.' }] },
    ]);
  });

  it.each<[string, JsonObject]>([
    [
      'a conversation with marks',
      { system: [{ type: 'text', text: 'S', ...MARK }], messages: [user([{ type: 'text', text: 'Hi', ...MARK }])] },
    ],
    [
      'a tool loop with thinking and a server tool',
      {
        tools: [
          { name: 'look', input_schema: { type: 'object', properties: {} }, ...MARK },
          { type: 'web_search_20250305', name: 'web_search', max_uses: 1 },
        ],
        messages: [
          user([{ type: 'text', text: 'Look' }]),
          {
            role: 'assistant',
            content: [
              { type: 'server_tool_use', id: 's1', name: 'web_search', input: { query: 'x' } },
              { type: 'thinking', thinking: 'Hm.', signature: 'sig' },
              { type: 'redacted_thinking', data: 'opaque' },
              { type: 'text', text: 'I look.' },
              { type: 'tool_use', id: 't1', name: 'look', input: { at: [1, 2] }, caller: { type: 'direct' } },
            ],
          },
          user([
            { type: 'tool_result', tool_use_id: 't1', content: [{ type: 'text', text: 'seen' }], ...MARK },
            { type: 'text', text: 'And?' },
          ]),
        ],
      },
    ],
    [
      'images and documents',
      {
        messages: [
          user([
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
            { type: 'image', source: { type: 'url', url: 'https://x/y.png' } },
            { type: 'document', source: { type: 'file', file_id: 'f1' }, title: 'T', citations: { enabled: true } },
            { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'words' } },
          ]),
        ],
      },
    ],
  ])('comes back whole for a provider that is told in this wire: %s', (_name, fields) => {
    expect(roundTrip({ ...base, ...fields })).toEqual({ ...base, ...fields });
  });

  it.each<[string, JsonObject, string]>([
    ['messages', { messages: 'Hi' }, 'messages'],
    ['messages', { messages: [] }, 'messages'],
    ['a role', { messages: [{ role: 'oracle', content: 'x' }] }, 'messages[0].role'],
    ['content', { messages: [user(null)] }, 'messages[0].content'],
    ['a block', { messages: [user(['x'])] }, 'messages[0].content[0]'],
    ['a tool result', { messages: [user([{ type: 'tool_result' }])] }, 'messages[0].content[0].tool_use_id'],
    ['a source', { messages: [user([{ type: 'image', source: { type: 'x' } }])] }, 'messages[0].content[0].source.type'],
    ['a block of no known type', { messages: [user([{ type: 'container_upload' }])] }, 'messages[0].content[0].type'],
    ['a system prompt', { messages: [user('x')], system: 5 }, 'system'],
    ['a number', { messages: [user('x')], temperature: 'hot' }, 'temperature'],
    ['tools', { messages: [user('x')], tools: [{ input_schema: {} }] }, 'tools[0].name'],
    ['a schema', { messages: [user('x')], tools: [{ name: 'x', input_schema: 'y' }] }, 'tools[0].input_schema'],
    ['a tool choice', { messages: [user('x')], tool_choice: 'auto' }, 'tool_choice.type'],
    ['a thinking budget', { messages: [user('x')], thinking: { type: 'enabled' } }, 'thinking.budget_tokens'],
    ['a format', { messages: [user('x')], output_config: { format: { type: 'xml' } } }, 'output_config.format'],
  ])('names what is wrong: %s', (_name, body, param) => {
    const refusal = expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ param }) as unknown }) as Error;
    expect(() => fromMessagesBody({ ...base, ...body })).toThrow(AntiphonError);
    expect(() => fromMessagesBody({ ...base, ...body })).toThrow(refusal);
  });
});
