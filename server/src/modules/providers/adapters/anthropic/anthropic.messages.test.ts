import { describe, expect, it } from 'vitest';
import type { CompletionRequest, ContentPart, JsonObject, Message } from '../../contract.ts';
import { toMessagesRequest, toVerbatimRequest, type MessagesOptions } from './anthropic.messages.ts';

const HELLO: Message = { role: 'user', content: [{ type: 'text', text: 'Hello' }] };
const OPTIONS: MessagesOptions = { model: 'claude-sonnet-4-5', isStream: false, modelMaxOutputTokens: 64_000 };

function translate(request: Partial<CompletionRequest>, options: Partial<MessagesOptions> = {}): ReturnType<typeof toMessagesRequest> {
  return toMessagesRequest({ messages: [HELLO], ...request }, { ...OPTIONS, ...options });
}

function text(value: string, extra?: JsonObject): ContentPart {
  return { type: 'text', text: value, ...(extra === undefined ? {} : { extra }) };
}

describe('the body of a Messages request', () => {
  it('holds nothing the caller did not ask for, but for max_tokens', () => {
    expect(translate({})).toEqual({
      body: { model: 'claude-sonnet-4-5', max_tokens: 64_000, messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }] },
      betas: [],
      warnings: [],
    });
  });

  it('asks for 4096 tokens, and says so, when no bound is known', () => {
    const { body, warnings } = translate({}, { modelMaxOutputTokens: null });
    expect(body['max_tokens']).toBe(4096);
    expect(warnings).toEqual(['No bound on the output was given and Anthropic demands one: 4096 tokens were asked for.']);
  });

  it("keeps the caller's bound", () => {
    expect(translate({ maxOutputTokens: 7 }).body['max_tokens']).toBe(7);
  });

  it('lifts instructions, merges the turns of one side and puts tool results first', () => {
    const { body, warnings } = translate({
      messages: [
        { role: 'system', content: [text('Be brief.', { cache_control: { type: 'ephemeral' } })] },
        { role: 'developer', content: [text('Be kind.')] },
        { role: 'user', content: [text('Add 1 and 2.'), text('')] },
        {
          role: 'assistant',
          content: [],
          toolCalls: [{ id: 'functions.add:0', name: 'add', argumentsText: '{"a": 1.0, "b": 12345678901234567890}' }],
        },
        { role: 'user', content: [text('Hurry.')] },
        {
          role: 'tool',
          toolCallId: 'functions.add:0',
          content: [text('3')],
          isError: false,
          extra: { cache_control: { type: 'ephemeral' } },
        },
        { role: 'user', content: [text('And?')] },
      ],
    });
    expect(warnings).toEqual([]);
    expect(body['system']).toEqual([
      { type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } },
      { type: 'text', text: 'Be kind.' },
    ]);
    expect(JSON.stringify(body['messages'])).toBe(
      '[{"role":"user","content":[{"type":"text","text":"Add 1 and 2."}]},' +
        '{"role":"assistant","content":[{"type":"tool_use","id":"functions_add_0","name":"add","input":{"a":1.0,"b":12345678901234567890}}]},' +
        '{"role":"user","content":[{"type":"tool_result","tool_use_id":"functions_add_0","content":[{"type":"text","text":"3"}],"is_error":false,' +
        '"cache_control":{"type":"ephemeral"}},{"type":"text","text":"Hurry."},{"type":"text","text":"And?"}]}]',
    );
  });

  it('sends images and documents in the form of their source', () => {
    const { body, warnings } = translate({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: { kind: 'url', url: 'https://example.org/a.png' }, detail: 'auto' },
            { type: 'image', source: { kind: 'url', url: 'data:image/png;base64,AAAA' } },
            {
              type: 'image',
              source: { kind: 'data', mediaType: 'image/jpeg', data: 'BBBB' },
              extra: { cache_control: { type: 'ephemeral' } },
            },
            { type: 'image', source: { kind: 'file', fileId: 'file_1' } },
            { type: 'document', source: { kind: 'data', mediaType: 'application/pdf', data: 'CCCC' }, name: 'a.pdf' },
            { type: 'document', source: { kind: 'data', mediaType: 'text/plain', data: Buffer.from('Größe').toString('base64') } },
            { type: 'document', source: { kind: 'text', text: 'plain' }, extra: { citations: { enabled: true } } },
            { type: 'document', source: { kind: 'url', url: 'https://example.org/b.pdf' } },
          ],
        },
      ],
    });
    expect(warnings).toEqual([]);
    expect((body['messages'] as unknown as { content: unknown }[])[0]?.content).toEqual([
      { type: 'image', source: { type: 'url', url: 'https://example.org/a.png' } },
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
      { type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: 'BBBB' }, cache_control: { type: 'ephemeral' } },
      { type: 'image', source: { type: 'file', file_id: 'file_1' } },
      { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'CCCC' }, title: 'a.pdf' },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Größe' } },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'plain' }, citations: { enabled: true } },
      { type: 'document', source: { type: 'url', url: 'https://example.org/b.pdf' } },
    ]);
  });

  it('gives signed thinking and vendor blocks back in the order tool loops demand', () => {
    const { body, warnings } = translate({
      messages: [
        HELLO,
        {
          role: 'assistant',
          content: [text('I look.')],
          reasoning: [{ text: 'Hm', signature: 'sig' }, { text: '', redactedData: 'opaque' }, { text: 'unsigned' }],
          toolCalls: [{ id: 'toolu_1', name: 'look', argumentsText: '', extra: { caller: { type: 'direct' } } }],
          extra: {
            content_blocks: [
              { index: 0, type: 'compaction', content: 'so far' },
              { index: 3, type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} },
            ],
          },
        },
        { role: 'tool', toolCallId: 'toolu_1', content: [] },
      ],
    });
    expect((body['messages'] as unknown as { content: unknown }[])[1]?.content).toEqual([
      { type: 'compaction', content: 'so far' },
      { type: 'thinking', thinking: 'Hm', signature: 'sig' },
      { type: 'redacted_thinking', data: 'opaque' },
      { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} },
      { type: 'text', text: 'I look.' },
      { type: 'tool_use', id: 'toolu_1', name: 'look', input: {}, caller: { type: 'direct' } },
    ]);
    expect(warnings).toEqual(['Reasoning without a signature was not sent back: Anthropic takes only what it signed.']);
  });

  it('sends functions, tools of the vendor and the choice between them', () => {
    const { body } = translate({
      tools: [
        {
          name: 'add',
          description: 'Adds.',
          parameters: { type: 'object' },
          strict: true,
          extra: { cache_control: { type: 'ephemeral' } },
        },
        { name: 'now' },
        { name: 'web_search', extra: { type: 'web_search_20250305', max_uses: 2 } },
      ],
      toolChoice: { mode: 'required' },
      parallelToolCalls: false,
    });
    expect(body['tools']).toEqual([
      { name: 'add', description: 'Adds.', input_schema: { type: 'object' }, strict: true, cache_control: { type: 'ephemeral' } },
      { name: 'now', input_schema: { type: 'object', properties: {} } },
      { name: 'web_search', type: 'web_search_20250305', max_uses: 2 },
    ]);
    expect(body['tool_choice']).toEqual({ type: 'any', disable_parallel_tool_use: true });
    const tools = [{ name: 'now' }];
    expect(translate({ tools, toolChoice: { mode: 'none' }, parallelToolCalls: false }).body['tool_choice']).toEqual({ type: 'none' });
    expect(translate({ tools, toolChoice: { mode: 'tool', name: 'now' } }).body['tool_choice']).toEqual({ type: 'tool', name: 'now' });
    expect(translate({ tools, parallelToolCalls: false }).body['tool_choice']).toEqual({ type: 'auto', disable_parallel_tool_use: true });
    expect(translate({ tools }).body).not.toHaveProperty('tool_choice');
    expect(translate({ parallelToolCalls: false }).body).not.toHaveProperty('tool_choice');
  });

  it('warns of everything it cannot say, and sends none of it', () => {
    const { body, warnings } = translate({
      messages: [
        {
          role: 'user',
          name: 'ann',
          content: [text('a'), { type: 'audio', data: 'AAAA', format: 'wav' }],
          extra: { cache_control: null, mood: 'good' },
        },
        { role: 'system', content: [text('late')] },
        { role: 'assistant', content: [], toolCalls: [{ id: '1', name: 'f', argumentsText: '{"a":' }] },
        { role: 'user', content: [{ type: 'image', source: { kind: 'url', url: 'https://example.org/a.png' }, detail: 'high' }] },
        { role: 'assistant', content: [text('')] },
      ],
      choiceCount: 2,
      logprobs: { topCount: 1 },
      seed: 1,
      frequencyPenalty: 0.5,
      presencePenalty: 0.5,
      temperature: 1.5,
      stop: ['\n', 'END'],
      responseFormat: { type: 'json-object' },
      extra: {
        logit_bias: { 1: 2 },
        store: false,
        service_tier: 'flex',
        metadata: { team: 'x', user_id: 'u' },
        anthropic: { model: 'dearer', speed: 'fast' },
      },
    });
    expect(new Set(warnings)).toEqual(
      new Set([
        'Anthropic has one system prompt: a system message inside the conversation was moved to it.',
        'Anthropic does not offer more than one choice (n): it was not sent.',
        'Anthropic does not offer logprobs: it was not sent.',
        'Anthropic does not offer seed: it was not sent.',
        'Anthropic does not offer frequency_penalty: it was not sent.',
        'Anthropic does not offer presence_penalty: it was not sent.',
        'Names of message authors were not sent: Anthropic has no place for them.',
        'Anthropic takes no audio: an audio part was not sent.',
        "user message: 'mood' has no counterpart in Anthropic's Messages API and was not sent.",
        `Arguments of the tool call 'f' are not a JSON object; they were sent as {"arguments_text": …}.`,
        "Image detail 'high' was not sent: Anthropic has no such setting.",
        'An empty assistant message was not sent: Anthropic refuses empty content.',
        'temperature 1.5 was lowered to 1, the highest that Anthropic takes.',
        'Stop sequences of white space only were not sent: Anthropic refuses them.',
        'Anthropic has no JSON mode without a schema: the answer may not be JSON. Ask for it in the prompt or give a schema.',
        'metadata other than user_id was not sent: Anthropic has no place for it.',
        "service_tier 'flex' was not sent: Anthropic knows 'auto' and 'standard_only'.",
        "request: 'logit_bias' has no counterpart in Anthropic's Messages API and was not sent.",
        'anthropic.model was not sent: it cannot be set this way.',
        'anthropic.speed was not sent: it cannot be set this way.',
      ]),
    );
    expect(body).toEqual({
      model: 'claude-sonnet-4-5',
      max_tokens: 64_000,
      system: [{ type: 'text', text: 'late' }],
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'a', cache_control: null }] },
        { role: 'assistant', content: [{ type: 'tool_use', id: '1', name: 'f', input: { arguments_text: '{"a":' } }] },
        { role: 'user', content: [{ type: 'image', source: { type: 'url', url: 'https://example.org/a.png' } }] },
      ],
      temperature: 1,
      stop_sequences: ['END'],
      metadata: { user_id: 'u' },
    });
  });

  it('bounds the warnings', () => {
    const extra = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`unknown_${index}`, 1]));
    expect(translate({ extra }).warnings).toHaveLength(50);
  });

  it('passes the parameters of the vendor, newer ones by its name', () => {
    const { body, betas, warnings } = translate({
      extra: {
        context_management: { edits: [] },
        cache_control: { type: 'ephemeral' },
        service_tier: 'standard_only',
        anthropic_beta: ['context-management-2025-06-27', 'bad\r\nname: x'],
        anthropic: { novelty: 1, max_tokens: 9 },
      },
      responseFormat: { type: 'json-schema', name: 'a', schema: { type: 'object' }, description: 'An a.' },
      endUserId: 'user-1',
    });
    expect(body).toMatchObject({
      max_tokens: 64_000,
      context_management: { edits: [] },
      cache_control: { type: 'ephemeral' },
      service_tier: 'standard_only',
      novelty: 1,
      output_config: { format: { type: 'json_schema', schema: { type: 'object', description: 'An a.' } } },
      metadata: { user_id: 'user-1' },
    });
    expect(betas).toEqual(['context-management-2025-06-27']);
    expect(warnings).toEqual([
      'anthropic.max_tokens was not sent: it cannot be set this way.',
      'Some names in anthropic_beta are not names of betas and were not sent.',
    ]);
  });

  it('drops sampling parameters where the model refuses them, and says so', () => {
    const { body, warnings } = translate({ temperature: 0, topP: 0.5, topK: 3 }, { model: 'claude-opus-4-8' });
    expect(Object.keys(body)).toEqual(['model', 'max_tokens', 'messages']);
    expect(warnings).toEqual(['temperature, top_p and top_k were not sent: claude-opus-4-8 refuses sampling parameters.']);
    expect(translate({ temperature: 0, topP: 0.5, topK: 3 }).body).toMatchObject({ temperature: 0, top_p: 0.5, top_k: 3 });
  });
});

describe('reasoning settings', () => {
  const cases: readonly (readonly [string, CompletionRequest['reasoning'] & object, number, JsonObject, string[]])[] = [
    ['claude-sonnet-4-5', { budgetTokens: 3000 }, 8000, { thinking: { type: 'enabled', budget_tokens: 3000 } }, []],
    ['claude-sonnet-4-5', { effort: 'high' }, 64_000, { thinking: { type: 'enabled', budget_tokens: 16_384 } }, []],
    ['claude-sonnet-4-5', { effort: 'high' }, 8000, { thinking: { type: 'enabled', budget_tokens: 4000 } }, []],
    ['claude-sonnet-4-5', { effort: 'low' }, 1100, { thinking: { type: 'enabled', budget_tokens: 1024 } }, []],
    [
      'claude-sonnet-4-5',
      { effort: 'low' },
      1024,
      {},
      ["Reasoning effort 'low' was not sent: thinking needs a bound on the output above 1024 tokens."],
    ],
    ['claude-sonnet-4-5', { effort: 'none' }, 8000, {}, []],
    ['claude-opus-4-6', { budgetTokens: 2000 }, 8000, { thinking: { type: 'enabled', budget_tokens: 2000 } }, []],
    [
      'claude-opus-4-6',
      { effort: 'xhigh' },
      8000,
      { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } },
      ["Reasoning effort 'xhigh' was sent as 'high', the nearest that claude-opus-4-6 takes."],
    ],
    ['claude-opus-4-8', { effort: 'xhigh' }, 8000, { thinking: { type: 'adaptive' }, output_config: { effort: 'xhigh' } }, []],
    [
      'claude-sonnet-9',
      { effort: 'minimal', budgetTokens: 2000 },
      8000,
      { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } },
      [
        'claude-sonnet-9 takes no thinking budget: it was not sent, the model decides by itself.',
        "Reasoning effort 'minimal' was sent as 'low', the nearest that claude-sonnet-9 takes.",
      ],
    ],
    ['claude-opus-4-8', { effort: 'none' }, 8000, {}, ['claude-opus-4-8 decides by itself whether to think: reasoning may still happen.']],
    [
      'claude-3-haiku-20240307',
      { effort: 'low' },
      4000,
      {},
      ['claude-3-haiku-20240307 has no extended thinking: the reasoning settings were not sent.'],
    ],
  ];
  it.each(cases)('of %s, %j under %i tokens', (model, reasoning, maxOutputTokens, expected, warnings) => {
    const translated = translate({ reasoning, maxOutputTokens }, { model });
    const { model: _model, max_tokens: _maxTokens, messages: _messages, ...rest } = translated.body;
    expect(rest).toEqual(expected);
    expect(translated.warnings).toEqual(warnings);
  });

  it('leaves room for a budget when nobody bounds the output', () => {
    expect(translate({ reasoning: { budgetTokens: 10_000 } }, { modelMaxOutputTokens: null }).body['max_tokens']).toBe(14_096);
  });

  it("gives way to the vendor's own words", () => {
    const extra = { thinking: { type: 'enabled', budget_tokens: 1 }, output_config: { effort: 'max' } };
    expect(translate({ reasoning: { effort: 'low' }, extra }, { model: 'claude-opus-4-8' }).body).toMatchObject(extra);
  });
});

describe('a body written for this wire', () => {
  it('passes verbatim but for model, stream flag, betas and what would change the price', () => {
    const body = {
      model: 'ours/claude',
      max_tokens: 5,
      messages: [],
      novelty: { a: 1 },
      speed: 'fast',
      fallbacks: [],
      anthropic_beta: ['b-1'],
    };
    expect(toVerbatimRequest(body, { model: 'claude-x', isStream: true })).toEqual({
      body: { model: 'claude-x', max_tokens: 5, messages: [], novelty: { a: 1 }, stream: true },
      betas: ['b-1'],
      warnings: [
        "'fallbacks' was not sent: it changes the price in a way that cannot be accounted for.",
        "'speed' was not sent: it changes the price in a way that cannot be accounted for.",
      ],
    });
    expect(body.model).toBe('ours/claude');
  });
});
