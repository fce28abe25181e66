import { describe, expect, it } from 'vitest';
import type { CompletionRequest, JsonObject } from '../../contract.ts';
import { toChatBody } from './cohere.messages.ts';

const HELLO = [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }] as const;
const WIRE_HELLO = { role: 'user', content: [{ type: 'text', text: 'Hello' }] };

function bodyOf(request: Partial<CompletionRequest>): { body: JsonObject; warnings: readonly string[] } {
  return toChatBody({ messages: HELLO, ...request }, 'command-a', false);
}

describe('a completion as a body of Cohere', () => {
  it('says no more than was asked', () => {
    expect(bodyOf({})).toEqual({ body: { model: 'command-a', messages: [WIRE_HELLO], stream: false }, warnings: [] });
  });

  it('spells sampling in the words of the wire', () => {
    const { body, warnings } = bodyOf({
      maxOutputTokens: 5,
      temperature: 0.5,
      topP: 0.9,
      topK: 40,
      seed: 7,
      stop: ['END'],
      frequencyPenalty: 0.1,
      presencePenalty: 0.2,
      logprobs: { topCount: 0 },
      extra: { safety_mode: 'STRICT', cohere: { priority: 3, max_tokens: 9 } },
    });
    expect(body).toEqual({
      model: 'command-a',
      messages: [WIRE_HELLO],
      stream: false,
      max_tokens: 5,
      temperature: 0.5,
      p: 0.9,
      k: 40,
      seed: 7,
      stop_sequences: ['END'],
      frequency_penalty: 0.1,
      presence_penalty: 0.2,
      logprobs: true,
      safety_mode: 'STRICT',
      priority: 3,
    });
    expect(warnings).toEqual(['cohere.max_tokens was not sent: it cannot be set this way.']);
  });

  it('sends plans, citations and thinking of an earlier turn back', () => {
    const citations = [{ start: 0, end: 1, text: 'a', sources: [] }];
    const { body } = bodyOf({
      messages: [
        ...HELLO,
        {
          role: 'assistant',
          content: [],
          reasoning: [{ text: 'Hm' }],
          toolCalls: [{ id: 'c', name: 'now', argumentsText: '' }],
          extra: { tool_plan: 'I will look.', citations },
        },
        {
          role: 'tool',
          toolCallId: 'c',
          content: [
            { type: 'text', text: 'one' },
            { type: 'text', text: 'two' },
          ],
        },
      ],
    });
    expect((body['messages'] as JsonObject[]).slice(1)).toEqual([
      {
        role: 'assistant',
        content: [{ type: 'thinking', thinking: 'Hm' }],
        tool_calls: [{ id: 'c', type: 'function', function: { name: 'now', arguments: '{}' } }],
        tool_plan: 'I will look.',
        citations,
      },
      { role: 'tool', tool_call_id: 'c', content: 'one\ntwo' },
    ]);
  });

  it('puts text documents beside the messages, where the model cites from', () => {
    const { body, warnings } = bodyOf({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Who?' },
            { type: 'document', source: { kind: 'text', text: 'Facts.' }, name: 'facts.txt' },
            { type: 'document', source: { kind: 'data', mediaType: 'text/plain', data: Buffer.from('More.').toString('base64') } },
            { type: 'document', source: { kind: 'data', mediaType: 'application/pdf', data: 'JVBERg==' } },
            { type: 'image', source: { kind: 'data', mediaType: 'image/png', data: 'iVBORw0=' }, detail: 'low' },
          ],
        },
      ],
      extra: { documents: ['Given.', { id: 'd', title: 'T', text: 'Flat.' }, { id: 'e', data: { text: 'Whole.' } }] },
    });
    expect(body['documents']).toEqual([
      { data: { text: 'Given.' } },
      { id: 'd', data: { title: 'T', text: 'Flat.' } },
      { id: 'e', data: { text: 'Whole.' } },
      { id: 'part:0', data: { title: 'facts.txt', text: 'Facts.' } },
      { id: 'part:1', data: { text: 'More.' } },
    ]);
    expect(body['messages']).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Who?' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0=', detail: 'low' } },
        ],
      },
    ]);
    expect(warnings).toEqual(['Cohere takes documents as text only: a document that is not text was not sent.']);
  });

  it('demands, forbids or leaves calls', () => {
    const tools = [{ name: 'a', strict: true }, { name: 'b' }] as const;
    expect(bodyOf({ tools, toolChoice: { mode: 'required' } }).body['tool_choice']).toBe('REQUIRED');
    expect(bodyOf({ tools, toolChoice: { mode: 'none' } }).body['tool_choice']).toBe('NONE');
    expect(bodyOf({ tools, toolChoice: { mode: 'auto' } }).body).not.toHaveProperty('tool_choice');
    const made = bodyOf({ tools, toolChoice: { mode: 'tool', name: 'a' } });
    expect(made.body).toMatchObject({ tool_choice: 'REQUIRED', strict_tools: true, tools: [{ function: { name: 'a' } }] });
    expect(made.warnings).toHaveLength(1);
    expect(bodyOf({ tools }).warnings).toEqual(["Cohere holds all tools to their schemas or none: 'strict' was not sent."]);
  });

  it.each([
    [{ effort: 'none' }, { type: 'disabled' }, 0],
    [{ effort: 'high' }, { type: 'enabled' }, 0],
    [{ effort: 'low' }, { type: 'enabled' }, 1],
    [{ effort: 'low', budgetTokens: 500 }, { type: 'enabled', token_budget: 500 }, 0],
  ] as const)('turns %j into %j', (reasoning, thinking, warningCount) => {
    const made = bodyOf({ reasoning });
    expect(made.body['thinking']).toEqual(thinking);
    expect(made.warnings).toHaveLength(warningCount);
  });

  it('warns of whatever the wire has no word for', () => {
    const made = bodyOf({
      choiceCount: 2,
      parallelToolCalls: false,
      endUserId: 'user-1',
      logprobs: { topCount: 3 },
      extra: { logit_bias: { 5: 1 } },
      messages: [
        {
          role: 'user',
          content: [
            { type: 'audio', data: 'AAAA', format: 'wav' },
            { type: 'image', source: { kind: 'file', fileId: 'f' } },
          ],
        },
        { role: 'tool', toolCallId: 'c', content: [], isError: true },
      ],
    });
    expect(made.body['messages']).toEqual([{ role: 'tool', tool_call_id: 'c', content: '' }]);
    expect(made.warnings).toHaveLength(9);
  });
});
