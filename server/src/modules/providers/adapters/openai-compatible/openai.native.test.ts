import { describe, expect, it } from 'vitest';
import type { CompletionRequest } from '../../contract.ts';
import { OPENAI_WIRE } from './openai.capabilities.ts';
import { toNativeRequest } from './openai.native.ts';

const MARK = { cache_control: { type: 'ephemeral' } };
const settings = { displayName: 'OpenAI', wire: OPENAI_WIRE };

const REQUEST: CompletionRequest = {
  messages: [
    { role: 'system', content: [{ type: 'text', text: 'Be brief.', extra: MARK }] },
    { role: 'user', content: [{ type: 'text', text: 'Hi', extra: { ...MARK, vendor_hint: 1 } }], extra: { vendor_mark: true } },
    {
      role: 'assistant',
      content: [],
      toolCalls: [{ id: 'a', name: 'look', argumentsText: '{}', extra: { caller: { type: 'direct' } } }],
      extra: { content_blocks: [{ index: 0, type: 'server_tool_use' }] },
    },
  ],
  tools: [
    { name: 'look', extra: { ...MARK, defer_loading: true } },
    { name: 'web_search', extra: { type: 'web_search_20250305' } },
  ],
  extra: { anthropic: { mcp_servers: [] }, anthropic_beta: ['x'], logit_bias: {} },
};

describe('a request for the OpenAI wire', () => {
  it('goes without what belongs to another vendor’s wire, each kind with a warning', () => {
    const { request, warnings } = toNativeRequest(REQUEST, settings);
    expect(request).toEqual({
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
        { role: 'user', content: [{ type: 'text', text: 'Hi', extra: { vendor_hint: 1 } }], extra: { vendor_mark: true } },
        { role: 'assistant', content: [], toolCalls: [{ id: 'a', name: 'look', argumentsText: '{}' }] },
      ],
      tools: [{ name: 'look' }],
      extra: { logit_bias: {} },
    });
    expect([...warnings].sort()).toEqual(
      [
        "OpenAI has no counterpart of 'cache_control'; it was left out.",
        "OpenAI has no counterpart of 'defer_loading'; it was left out.",
        "OpenAI does not run the tool 'web_search'; it was left out.",
        "OpenAI has no counterpart of 'caller'; it was left out.",
        "OpenAI has no counterpart of 'content_blocks'; it was left out.",
        "OpenAI has no counterpart of 'anthropic'; it was left out.",
        "OpenAI has no counterpart of 'anthropic_beta'; it was left out.",
      ].sort(),
    );
  });

  it('keeps cache marks where the server takes them', () => {
    const { request } = toNativeRequest(REQUEST, { ...settings, wire: { ...OPENAI_WIRE, takesCacheMarks: true } });
    expect(request.messages[0]?.content).toEqual([{ type: 'text', text: 'Be brief.', extra: MARK }]);
    expect(request.tools).toEqual([{ name: 'look', extra: MARK }]);
  });

  it('keeps signatures of tool calls where the server takes them', () => {
    const extra = { extra_content: { google: { thought_signature: 'c2ln' } } };
    const toolCalls = [{ id: 'a', name: 'look', argumentsText: '{}', extra }];
    const signed: CompletionRequest = { messages: [{ role: 'assistant', content: [], toolCalls }] };
    expect(toNativeRequest(signed, settings).warnings).toEqual(["OpenAI has no counterpart of 'extra_content'; it was left out."]);
    const { request, warnings } = toNativeRequest(signed, { ...settings, wire: { ...OPENAI_WIRE, takesCallSignatures: true } });
    expect([request, warnings]).toEqual([signed, []]);
  });

  it('shortens the id of an end user that servers would refuse, always to the same', () => {
    const long = 'user_'.repeat(30);
    const { request, warnings } = toNativeRequest({ messages: [], endUserId: long }, settings);
    expect(request.endUserId).toMatch(/^[0-9a-f]{64}$/);
    expect(toNativeRequest({ messages: [], endUserId: long }, settings).request.endUserId).toBe(request.endUserId);
    expect(warnings).toHaveLength(1);
    expect(toNativeRequest({ messages: [], endUserId: 'short' }, settings)).toMatchObject({
      request: { endUserId: 'short' },
      warnings: [],
    });
  });

  it.each([
    ['gpt-4.1-mini', { effort: 'high', budgetTokens: 2048 }, undefined, 1],
    ['gpt-4o', { effort: 'none' }, undefined, 0],
    ['gpt-5-mini', { effort: 'high' }, { effort: 'high' }, 0],
    ['o4-mini', { effort: 'low' }, { effort: 'low' }, 0],
  ] as const)('asks for reasoning only where the model takes it: %s', (model, reasoning, sent, warningCount) => {
    const { request, warnings } = toNativeRequest(
      { messages: [], reasoning },
      { ...settings, wire: { ...OPENAI_WIRE, modelsWithoutReasoning: ['gpt-4'] } },
      model,
    );
    expect(request.reasoning).toEqual(sent);
    expect(warnings).toHaveLength(warningCount);
  });

  it('sends the images of a tool’s result after the last result of the turn', () => {
    const image = { type: 'image', source: { kind: 'url', url: 'https://x/1.png' } } as const;
    const { request, warnings } = toNativeRequest(
      {
        messages: [
          { role: 'tool', toolCallId: 'a', content: [{ type: 'text', text: 'seen' }, image] },
          { role: 'tool', toolCallId: 'b', content: [{ type: 'text', text: 'plain' }] },
          { role: 'user', content: [{ type: 'text', text: 'go on' }] },
        ],
      },
      settings,
    );
    expect(request.messages).toEqual([
      { role: 'tool', toolCallId: 'a', content: [{ type: 'text', text: 'seen' }] },
      { role: 'tool', toolCallId: 'b', content: [{ type: 'text', text: 'plain' }] },
      { role: 'user', content: [{ type: 'text', text: 'Result of the tool call a:' }, image] },
      { role: 'user', content: [{ type: 'text', text: 'go on' }] },
    ]);
    expect(warnings).toHaveLength(1);
  });
});
