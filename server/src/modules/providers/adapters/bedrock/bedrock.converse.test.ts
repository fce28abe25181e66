import { describe, expect, it } from 'vitest';
import { ProviderError, type CompletionRequest, type ContentPart, type Message } from '../../contract.ts';
import { toConverseRequest, toCountBody } from './bedrock.converse.ts';

const CLAUDE = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const NOVA = 'us.amazon.nova-2-lite-v1:0';
const USER: Message = { role: 'user', content: [{ type: 'text', text: 'Hello' }] };
const HELLO = { role: 'user', content: [{ text: 'Hello' }] };

function convert(request: Partial<CompletionRequest>, model = CLAUDE): ReturnType<typeof toConverseRequest> {
  return toConverseRequest({ messages: [USER], ...request }, model);
}

function contentOf(...parts: ContentPart[]): unknown {
  return (convert({ messages: [{ role: 'user', content: parts }] }).body['messages'] as { content: unknown }[])[0]?.content;
}

describe('a Converse body', () => {
  it('holds nothing that was not asked for', () => {
    expect(convert({})).toEqual({ body: { messages: [HELLO] }, warnings: [], reading: { structuredTool: null, serviceTier: null } });
  });

  it('bounds, tunes and stops', () => {
    const { body, warnings } = convert({ maxOutputTokens: 10, temperature: 0.5, topP: 0.9, topK: 7, stop: ['\n', ''] });
    expect(body).toEqual({
      messages: [HELLO],
      inferenceConfig: { maxTokens: 10, temperature: 0.5, topP: 0.9, stopSequences: ['\n'] },
      additionalModelRequestFields: { top_k: 7 },
    });
    expect(warnings).toEqual([]);
  });

  it('puts what Converse does not name where the family of the model takes it', () => {
    expect(convert({ topK: 5 }, NOVA).body['additionalModelRequestFields']).toEqual({ inferenceConfig: { topK: 5 } });
    expect(convert({ topK: 5, seed: 1, frequencyPenalty: 0.1 }, 'cohere.command-r-v1:0').body['additionalModelRequestFields']).toEqual({
      k: 5,
      seed: 1,
      frequency_penalty: 0.1,
    });
    const { body, warnings } = convert({ topK: 5, seed: 1, presencePenalty: 0 }, 'meta.llama3-1-70b-instruct-v1:0');
    expect(body).toEqual({ messages: [HELLO] });
    expect(warnings).toEqual([
      'top_k was not sent: this model takes none at Bedrock.',
      'seed was not sent: this model takes none at Bedrock.',
    ]);
  });

  it('lowers a temperature that no model takes, and says so', () => {
    const { body, warnings } = convert({ temperature: 1.5 });
    expect(body['inferenceConfig']).toEqual({ temperature: 1 });
    expect(warnings).toEqual(['temperature 1.5 was lowered to 1, the highest that Bedrock takes.']);
  });

  it('says what Bedrock does not offer', () => {
    const { warnings } = convert({ choiceCount: 2, logprobs: { topCount: 1 }, endUserId: 'u', responseFormat: { type: 'json-object' } });
    expect(warnings).toEqual([
      'Bedrock does not offer more than one choice (n): it was not sent.',
      'Bedrock does not offer logprobs: it was not sent.',
      'Bedrock does not offer an id of the end user: it was not sent.',
      'Bedrock has no JSON mode without a schema: the answer may not be JSON. Ask for it in the prompt or give a schema.',
    ]);
  });

  const schema = { type: 'object', properties: { city: { type: 'string' } } };
  const format = { type: 'json-schema', name: 'a city', schema, description: 'of the world' } as const;

  it('carries a schema as text where the model has structured output', () => {
    const { body, reading } = convert({ responseFormat: format });
    expect(body['outputConfig']).toEqual({
      textFormat: {
        type: 'json_schema',
        structure: { jsonSchema: { schema: JSON.stringify(schema), name: 'a city', description: 'of the world' } },
      },
    });
    expect(reading.structuredTool).toBeNull();
  });

  it('makes the model call a tool in its place where it has none', () => {
    const { body, reading, warnings } = convert({ responseFormat: format }, NOVA);
    expect(body['toolConfig']).toEqual({
      tools: [{ toolSpec: { name: 'a_city', description: 'of the world', inputSchema: { json: schema } } }],
      toolChoice: { tool: { name: 'a_city' } },
    });
    expect(reading.structuredTool).toBe('a_city');
    expect(warnings).toEqual([]);
  });

  it.each([
    ['us.meta.llama3-3-70b-instruct-v1:0', {}, 'cannot be made to call a tool in its place'],
    [NOVA, { tools: [{ name: 'f' }] }, 'a tool in its place would keep it from calling yours'],
    [NOVA, { reasoning: { effort: 'low' as const } }, 'cannot be made to call a tool in its place while it reasons'],
  ])('says that %s with %j can do neither', (model, request, why) => {
    const { body, reading, warnings } = convert({ responseFormat: format, ...request }, model);
    expect(warnings).toEqual([`The response format was not sent: ${model} has no structured output at Bedrock, and ${why}.`]);
    expect([body['outputConfig'], reading.structuredTool]).toEqual([undefined, null]);
  });
});

describe('messages', () => {
  it('lifts system messages out, merges turns of one side and puts results first', () => {
    const { body, warnings } = convert({
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
        USER,
        {
          role: 'assistant',
          content: [{ type: 'text', text: 'I look.' }],
          reasoning: [
            { text: 'hm', signature: 's' },
            { text: '', redactedData: 'cmVk' },
          ],
          toolCalls: [{ id: 'call.1', name: 'get', argumentsText: '{"n":1.0,"id":12345678901234567890}' }],
        },
        { role: 'user', content: [{ type: 'text', text: 'Well?' }] },
        { role: 'tool', toolCallId: 'call.1', content: [{ type: 'text', text: '15' }], isError: true },
      ],
    });
    expect(JSON.parse(JSON.stringify(body['messages']))).toEqual([
      HELLO,
      {
        role: 'assistant',
        content: [
          { reasoningContent: { reasoningText: { text: 'hm', signature: 's' } } },
          { reasoningContent: { redactedContent: 'cmVk' } },
          { text: 'I look.' },
          { toolUse: { toolUseId: 'call_1', name: 'get', input: { n: 1, id: 12_345_678_901_234_567_000 } } },
        ],
      },
      { role: 'user', content: [{ toolResult: { toolUseId: 'call_1', content: [{ text: '15' }], status: 'error' } }, { text: 'Well?' }] },
    ]);
    expect(JSON.stringify(body)).toContain('"input":{"n":1.0,"id":12345678901234567890}');
    expect(body['system']).toEqual([{ text: 'Be brief.' }]);
    expect(warnings).toEqual([]);
  });

  it('renames ids of other vendors to ones that the API takes, call and result alike, never two to one', () => {
    const ids = [`resp_${'a'.repeat(60)}:call_0`, `resp_${'a'.repeat(60)}:call_1`];
    const { body } = convert({
      messages: [
        USER,
        { role: 'assistant', content: [], toolCalls: ids.map((id) => ({ id, name: 'f', argumentsText: '' })) },
        ...ids.map((id): Message => ({ role: 'tool', toolCallId: id, content: [] })),
      ],
    });
    const sent = [...JSON.stringify(body).matchAll(/"toolUseId":"([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(sent).size).toBe(2);
    expect(sent.slice(0, 2)).toEqual(sent.slice(2));
    for (const id of sent) expect(id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
  });

  it('marks the prompt cache behind what is marked, in either spelling', () => {
    const point = { cachePoint: { type: 'default' } };
    const { body } = convert({
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'Long.', extra: { cache_control: { type: 'ephemeral', ttl: '1h' } } }] },
        { role: 'user', content: [{ type: 'text', text: 'Hello' }], extra: { cachePoint: { type: 'default' } } },
      ],
      tools: [{ name: 'f', extra: { cache_control: { type: 'ephemeral' } } }],
    });
    expect(body['system']).toEqual([{ text: 'Long.' }, { cachePoint: { type: 'default', ttl: '1h' } }]);
    expect(body['messages']).toEqual([{ role: 'user', content: [{ text: 'Hello' }, point] }]);
    expect((body['toolConfig'] as { tools: unknown[] }).tools[1]).toEqual(point);
  });

  it('sends back blocks of an earlier answer of its own and says of others that it cannot', () => {
    const blocks = [
      { index: 0, toolUse: { toolUseId: 't', name: 'nova_grounding', input: {}, type: 'server_tool_use' } },
      { index: 1, type: 'server_tool_use', id: 'x' },
    ];
    const { body, warnings } = convert({
      messages: [USER, { role: 'assistant', content: [{ type: 'text', text: 'Found.' }], extra: { content_blocks: blocks } }],
    });
    expect((body['messages'] as { content: unknown }[])[1]?.content).toEqual([
      { toolUse: { toolUseId: 't', name: 'nova_grounding', input: {}, type: 'server_tool_use' } },
      { text: 'Found.' },
    ]);
    expect(warnings).toEqual(["A block of another vendor's answer was not sent back: Bedrock does not know it."]);
  });

  it('gives reasoning back unsigned to models that sign none, and not to those that do', () => {
    const messages: Message[] = [USER, { role: 'assistant', content: [{ type: 'text', text: 'Hi' }], reasoning: [{ text: 'hm' }] }];
    const sentTo = (model: string): unknown => (convert({ messages }, model).body['messages'] as { content: unknown }[])[1]?.content;
    expect(sentTo(NOVA)).toEqual([{ reasoningContent: { reasoningText: { text: 'hm' } } }, { text: 'Hi' }]);
    expect(sentTo(CLAUDE)).toEqual([{ text: 'Hi' }]);
    expect(convert({ messages }).warnings).toEqual(['Reasoning without a signature was not sent back: Claude takes only what it signed.']);
  });

  it('leaves out blank text and empty messages, and says so', () => {
    const { body, warnings } = convert({
      messages: [
        USER,
        { role: 'assistant', content: [{ type: 'text', text: ' \n' }] },
        { role: 'user', content: [{ type: 'text', text: '' }] },
      ],
    });
    expect(body['messages']).toEqual([HELLO]);
    expect(warnings).toEqual([
      'Text of white space only was not sent: Bedrock refuses it.',
      'An empty assistant message was not sent: Bedrock refuses empty content.',
      'An empty user message was not sent: Bedrock refuses empty content.',
    ]);
  });

  it('hands arguments that are no JSON back as text', () => {
    const { body, warnings } = convert({
      messages: [USER, { role: 'assistant', content: [], toolCalls: [{ id: 'a', name: 'f', argumentsText: '{broken' }] }],
    });
    expect(JSON.stringify(body['messages'])).toContain('"input":{"arguments_text":"{broken"}');
    expect(warnings).toHaveLength(1);
  });
});

describe('media', () => {
  it('goes as bytes or as a place in S3', () => {
    const image = (url: string): ContentPart => ({ type: 'image', source: { kind: 'url', url } });
    expect(contentOf(image('data:image/jpg;base64,AAAA'), image('s3://bucket/cat.webp'))).toEqual([
      { image: { format: 'jpeg', source: { bytes: 'AAAA' } } },
      { image: { format: 'webp', source: { s3Location: { uri: 's3://bucket/cat.webp' } } } },
    ]);
    expect(contentOf({ type: 'audio', data: 'AAAA', format: 'mp3' })).toEqual([{ audio: { format: 'mp3', source: { bytes: 'AAAA' } } }]);
  });

  it('names documents as the API demands, each by another name', () => {
    const pdf = (name?: string): ContentPart => ({
      type: 'document',
      source: { kind: 'data', mediaType: 'application/pdf', data: 'AAAA' },
      ...(name === undefined ? {} : { name }),
    });
    const names = (contentOf(pdf(), pdf(), pdf('Q3 report v1.2.pdf'), pdf('Q3  report_v1.2.pdf')) as { document: { name: string } }[]).map(
      ({ document }) => document.name,
    );
    expect(names).toEqual(['document', 'document (2)', 'Q3 report v1-2', 'Q3 report-v1-2']);
    expect(contentOf({ type: 'document', source: { kind: 'text', text: 'Hi' }, extra: { citations: { enabled: true } } })).toEqual([
      { document: { format: 'txt', name: 'document', source: { bytes: 'SGk=' }, citations: { enabled: true } } },
    ]);
  });

  const unsendable: readonly (readonly [string, ContentPart])[] = [
    ['An image given by a web address', { type: 'image', source: { kind: 'url', url: 'https://example.org/cat.png' } }],
    ['A document given as a file id', { type: 'document', source: { kind: 'file', fileId: 'file_1' } }],
    ['Bedrock takes images as', { type: 'image', source: { kind: 'data', mediaType: 'image/tiff', data: 'AAAA' } }],
    ['Bedrock takes documents as', { type: 'document', source: { kind: 'data', mediaType: 'application/zip', data: 'AAAA' } }],
  ];
  it.each(unsendable)('is refused before anything is sent: %s', (words, part) => {
    expect(() => contentOf(part)).toThrow(ProviderError);
    expect(() => contentOf(part)).toThrow(words);
  });
});

describe('tools', () => {
  const tools = [{ name: 'f', description: 'does', parameters: { type: 'object' }, strict: true }, { name: 'g' }];
  const specifications = [
    { toolSpec: { name: 'f', description: 'does', inputSchema: { json: { type: 'object' } }, strict: true } },
    { toolSpec: { name: 'g', inputSchema: { json: { type: 'object', properties: {} } } } },
  ];

  it.each([
    [undefined, {}],
    [{ mode: 'auto' }, { toolChoice: { auto: {} } }],
    [{ mode: 'required' }, { toolChoice: { any: {} } }],
    [{ mode: 'tool', name: 'g' }, { toolChoice: { tool: { name: 'g' } } }],
  ] as const)('with the choice %j', (toolChoice, expected) => {
    const { body, warnings } = convert({ tools, ...(toolChoice === undefined ? {} : { toolChoice }) });
    expect(body['toolConfig']).toEqual({ tools: specifications, ...expected });
    expect(warnings).toEqual([]);
  });

  it('are left out when none may be called, unless the conversation has calls in it', () => {
    expect(convert({ tools, toolChoice: { mode: 'none' } }).body).toEqual({ messages: [HELLO] });
    const called: Message = { role: 'assistant', content: [], toolCalls: [{ id: 'a', name: 'f', argumentsText: '{}' }] };
    const { body, warnings } = convert({ messages: [USER, called], tools, toolChoice: { mode: 'none' } });
    expect(body['toolConfig']).toEqual({ tools: specifications });
    expect(warnings).toEqual(["Bedrock cannot forbid tools in a conversation that has tool calls: tool_choice 'none' was not sent."]);
  });

  it('of the model’s host pass, those of other vendors do not', () => {
    const { body, warnings } = convert({
      tools: [
        { name: 'grounding', extra: { systemTool: { name: 'nova_grounding' } } },
        { name: 'web_search', extra: { type: 'web_search_20250305' } },
      ],
      parallelToolCalls: false,
    });
    expect(body['toolConfig']).toEqual({ tools: [{ systemTool: { name: 'nova_grounding' } }] });
    expect(warnings).toEqual([
      'Bedrock cannot forbid parallel tool calls: parallel_tool_calls was not sent.',
      "The tool 'web_search' of type 'web_search_20250305' was not sent: another vendor runs it.",
    ]);
  });
});

describe('reasoning', () => {
  it.each([
    [CLAUDE, { budgetTokens: 4000 }, { thinking: { type: 'enabled', budget_tokens: 4000 } }],
    [CLAUDE, { effort: 'medium' }, { thinking: { type: 'enabled', budget_tokens: 8192 } }],
    ['anthropic.claude-opus-4-6-v1', { effort: 'high' }, { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } }],
    ['global.anthropic.claude-opus-4-7-v1', { effort: 'xhigh' }, { thinking: { type: 'adaptive' }, output_config: { effort: 'xhigh' } }],
    [NOVA, { effort: 'low' }, { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'low' } }],
    ['openai.gpt-oss-20b-1:0', { effort: 'high' }, { reasoning_effort: 'high' }],
    [
      'arn:aws:bedrock:us-east-1:1:inference-profile/us.amazon.nova-2-lite-v1:0',
      { effort: 'low' },
      { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'low' } },
    ],
  ] as const)('is asked of %s for %j in its own form', (model, reasoning, fields) => {
    expect(convert({ reasoning }, model)).toMatchObject({
      body: { messages: [HELLO], additionalModelRequestFields: fields },
      warnings: [],
    });
  });

  it('leaves room for the answer within the bound on the output', () => {
    expect(convert({ reasoning: { effort: 'high' }, maxOutputTokens: 4000 }).body['additionalModelRequestFields']).toEqual({
      thinking: { type: 'enabled', budget_tokens: 2000 },
    });
    const { body, warnings } = convert({ reasoning: { effort: 'high' }, maxOutputTokens: 500 });
    expect(body['additionalModelRequestFields']).toBeUndefined();
    expect(warnings).toHaveLength(1);
  });

  it.each([
    ['amazon.titan-text-express-v1', { effort: 'low' }, /no way is known/],
    ['arn:aws:bedrock:us-east-1:1:application-inference-profile/abc', { budgetTokens: 2000 }, /no way is known/],
    [NOVA, { effort: 'xhigh' }, /sent as 'high'/],
    ['anthropic.claude-opus-4-7-v1', { effort: 'none' }, /decides by itself/],
  ] as const)('says of %s with %j what becomes of it', (model, reasoning, words) => {
    expect(convert({ reasoning }, model).warnings).toEqual([expect.stringMatching(words)]);
  });
});

describe('what has no neutral name', () => {
  it('passes where Converse has it, and as a field of the model where it is no parameter of another API', () => {
    const guardrailConfig = { guardrailIdentifier: 'g', guardrailVersion: '1' };
    const { body, warnings, reading } = convert({
      extra: {
        guardrailConfig,
        bedrock: { requestMetadata: { team: 'a' }, additionalModelRequestFields: { nested: 1 } },
        additionalModelRequestFields: { thinking: { type: 'disabled' } },
        anthropic_beta: 'context-1m, other',
        service_tier: 'flex',
        novel: true,
        store: false,
        stream_options: { include_usage: true },
      },
    });
    expect(body).toEqual({
      messages: [HELLO],
      additionalModelRequestFields: { thinking: { type: 'disabled' }, anthropic_beta: ['context-1m', 'other'], novel: true, nested: 1 },
      guardrailConfig,
      requestMetadata: { team: 'a' },
      serviceTier: { type: 'flex' },
    });
    expect(warnings).toEqual([]);
    expect(reading.serviceTier).toBe('flex');
  });

  it('cannot lift the bound that was reserved, nor change the model or the price', () => {
    const { body, warnings } = convert({
      extra: {
        additionalModelRequestFields: { max_tokens: 9999, speed: 'fast' },
        bedrock: { inferenceConfig: { maxTokens: 9999 }, serviceTier: { type: 'priority' } },
        performanceConfig: { latency: 'optimized' },
        serviceTier: { type: 'priority' },
        metadata: { a: 'b' },
      },
    });
    expect(body).toEqual({ messages: [HELLO] });
    expect(warnings).toEqual([
      "'metadata' has no counterpart at Bedrock and was not sent.",
      'additionalModelRequestFields.max_tokens was not sent: it cannot be set this way.',
      'additionalModelRequestFields.speed was not sent: it cannot be set this way.',
      'bedrock.inferenceConfig was not sent: it cannot be set this way.',
      'bedrock.serviceTier was not sent: it cannot be set this way.',
      "'performanceConfig' was not sent: it changes the price in a way that cannot be accounted for.",
      `service_tier {"type":"priority"} was not sent: Bedrock knows 'default', 'flex', 'priority' and 'reserved'.`,
    ]);
  });

  it('of Anthropic is Claude’s here too, and nobody else’s', () => {
    const extra = { anthropic: { context_management: { edits: [] }, container: 'c', speed: 'fast' } };
    const { body, warnings } = convert({ extra });
    expect(body['additionalModelRequestFields']).toEqual({ context_management: { edits: [] } });
    expect(warnings).toEqual([
      "'anthropic.container' has no counterpart at Bedrock and was not sent.",
      'anthropic.speed was not sent: it cannot be set this way.',
    ]);
    expect(convert({ extra }, NOVA)).toMatchObject({
      body: { messages: [HELLO] },
      warnings: ["'anthropic' has no counterpart at Bedrock and was not sent."],
    });
  });

  it('marks text that a guardrail assesses', () => {
    expect(contentOf({ type: 'text', text: 'Tokyo.', extra: { guardContent: { qualifiers: ['grounding_source'] } } })).toEqual([
      { guardContent: { text: { text: 'Tokyo.', qualifiers: ['grounding_source'] } } },
    ]);
  });
});

it('a count asks about the prompt only', () => {
  const request = convert({
    tools: [{ name: 'f' }],
    maxOutputTokens: 5,
    reasoning: { budgetTokens: 2000 },
    extra: { requestMetadata: { a: 'b' } },
  });
  const { messages, toolConfig, additionalModelRequestFields } = request.body;
  expect(toCountBody(request)).toEqual({ input: { converse: { messages, toolConfig, additionalModelRequestFields } } });
});
