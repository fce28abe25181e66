import { describe, expect, it } from 'vitest';
import type { CompletionRequest, JsonObject, Message } from '../../contract.ts';
import { toCountBody, toGenerateRequest, toVerbatimRequest } from './gemini.request.ts';
import type { GeminiFlavour } from './gemini.wire.ts';

const HELLO: Message = { role: 'user', content: [{ type: 'text', text: 'Hello' }] };
const CONTENTS = [{ role: 'user', parts: [{ text: 'Hello' }] }];

interface Sent {
  readonly body: JsonObject;
  readonly warnings: readonly string[];
}

function sent(request: Partial<CompletionRequest>, model = 'gemini-2.5-flash', flavour: GeminiFlavour = 'gemini'): Sent {
  return toGenerateRequest({ messages: [HELLO], ...request }, model, flavour);
}

function partsOf(messages: readonly Message[], model?: string, flavour?: GeminiFlavour): Sent & { readonly contents: unknown } {
  const { body, warnings } = sent({ messages }, model, flavour);
  return { body, warnings, contents: body['contents'] };
}

describe('a request for a Gemini model', () => {
  it('holds nothing that was not asked for', () => {
    expect(sent({})).toEqual({ body: { contents: CONTENTS }, warnings: [] });
  });

  it('holds every setting under its own name', () => {
    const { body, warnings } = sent({
      maxOutputTokens: 100,
      temperature: 0.5,
      topP: 0.9,
      topK: 40,
      frequencyPenalty: 0.1,
      presencePenalty: 0.2,
      stop: ['END'],
      seed: 7,
      choiceCount: 2,
      logprobs: { topCount: 3 },
      responseFormat: { type: 'json-schema', name: 'n', description: 'An n', schema: { type: 'object' } },
      toolChoice: { mode: 'tool', name: 'now' },
      tools: [
        { name: 'now', description: 'The time' },
        { name: 'add', parameters: { type: 'object', additionalProperties: false } },
        { name: 'old', parameters: { type: 'OBJECT', properties: { n: { type: 'INTEGER' } } } },
      ],
    });
    expect(body).toEqual({
      contents: CONTENTS,
      tools: [
        {
          functionDeclarations: [
            { name: 'now', description: 'The time' },
            { name: 'add', parametersJsonSchema: { type: 'object', additionalProperties: false } },
            { name: 'old', parameters: { type: 'OBJECT', properties: { n: { type: 'INTEGER' } } } },
          ],
        },
      ],
      toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['now'] } },
      generationConfig: {
        temperature: 0.5,
        topP: 0.9,
        topK: 40,
        maxOutputTokens: 100,
        stopSequences: ['END'],
        seed: 7,
        candidateCount: 2,
        frequencyPenalty: 0.1,
        presencePenalty: 0.2,
        responseLogprobs: true,
        logprobs: 3,
        responseMimeType: 'application/json',
        responseJsonSchema: { type: 'object', description: 'An n' },
      },
    });
    expect(warnings).toEqual([]);
  });

  it.each([
    [{ mode: 'auto' }, { mode: 'AUTO' }],
    [{ mode: 'none' }, { mode: 'NONE' }],
    [{ mode: 'required' }, { mode: 'ANY' }],
  ] as const)('lets tools be used as asked: %j', (toolChoice, functionCallingConfig) => {
    expect(sent({ toolChoice, tools: [{ name: 'now' }] }).body['toolConfig']).toEqual({ functionCallingConfig });
  });

  it('says nothing of functions that are not there, unless one is demanded', () => {
    expect(sent({ toolChoice: { mode: 'auto' } }).body).toEqual({ contents: CONTENTS });
    expect(sent({ toolChoice: { mode: 'none' } }).body).toEqual({ contents: CONTENTS });
    expect(sent({ toolChoice: { mode: 'required' } }).body['toolConfig']).toEqual({ functionCallingConfig: { mode: 'ANY' } });
  });

  it('lifts instructions out of the conversation and merges turns of one side', () => {
    const text = (role: 'user' | 'developer' | 'system', said: string): Message => ({ role, content: [{ type: 'text', text: said }] });
    const { body, warnings } = sent({ messages: [text('system', 'A'), text('user', 'B'), text('developer', 'C'), text('user', 'D')] });
    expect(body).toEqual({
      systemInstruction: { parts: [{ text: 'A' }, { text: 'C' }] },
      contents: [{ role: 'user', parts: [{ text: 'B' }, { text: 'D' }] }],
    });
    expect(warnings).toEqual(['Gemini has one system instruction: a system message inside the conversation was moved to it.']);
  });

  it('sends a tool loop back with its signatures where they were', () => {
    const { contents, warnings } = partsOf([
      HELLO,
      {
        role: 'assistant',
        content: [{ type: 'text', text: 'Let me see.' }],
        reasoning: [
          { text: 'Hm.', signature: 'dA==' },
          { text: '', signature: 'dHh0' },
        ],
        toolCalls: [
          {
            id: 'call_gemini_1_0',
            name: 'weigh',
            argumentsText: '{"grams":1.0}',
            extra: { extra_content: { google: { thought_signature: 'c2ln' } } },
          },
          { id: 'own-1', name: 'now', argumentsText: '' },
        ],
        extra: { content_parts: [{ executableCode: { code: '1' } }] },
      },
      { role: 'tool', toolCallId: 'call_gemini_1_0', content: [{ type: 'text', text: '{"kilograms":0.001}' }] },
      { role: 'tool', toolCallId: 'own-1', content: [{ type: 'text', text: 'noon' }], isError: true },
    ]);
    expect(JSON.stringify(contents)).toContain('"grams":1.0');
    expect(JSON.parse(JSON.stringify(contents))).toEqual([
      ...CONTENTS,
      {
        role: 'model',
        parts: [
          { text: 'Hm.', thought: true, thoughtSignature: 'dA==' },
          { executableCode: { code: '1' } },
          { text: 'Let me see.', thoughtSignature: 'dHh0' },
          { functionCall: { name: 'weigh', args: { grams: 1 } }, thoughtSignature: 'c2ln' },
          { functionCall: { id: 'own-1', name: 'now', args: {} } },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { name: 'weigh', response: { kilograms: 0.001 } } },
          { functionResponse: { id: 'own-1', name: 'now', response: { error: 'noon' } } },
        ],
      },
    ]);
    expect(warnings).toEqual([]);
  });

  it('gives the signature of a text that never was an empty part of its own', () => {
    const { contents } = partsOf([{ role: 'assistant', content: [], reasoning: [{ text: '', signature: 'c2ln' }] }]);
    expect(contents).toEqual([{ role: 'model', parts: [{ text: '', thoughtSignature: 'c2ln' }] }]);
  });

  it('marks calls of another vendor for models that take only signed ones', () => {
    const messages: Message[] = [
      HELLO,
      {
        role: 'assistant',
        content: [],
        toolCalls: [
          { id: 'toolu_1', name: 'now', argumentsText: '{}' },
          { id: 'toolu_2', name: 'now', argumentsText: '{}' },
        ],
      },
    ];
    const newer = partsOf(messages, 'gemini-3-flash-preview', 'vertex');
    expect((newer.contents as JsonObject[])[1]).toEqual({
      role: 'model',
      parts: [
        { functionCall: { name: 'now', args: {} }, thoughtSignature: 'skip_thought_signature_validator' },
        { functionCall: { name: 'now', args: {} } },
      ],
    });
    expect(newer.warnings).toHaveLength(1);
    expect(JSON.stringify(partsOf(messages).body)).not.toContain('thoughtSignature');
  });

  it('puts pictures in results where the model takes them, and beside them where it does not', () => {
    const image = { type: 'image', source: { kind: 'data', mediaType: 'image/png', data: 'aQ==' } } as const;
    const messages: Message[] = [
      { role: 'assistant', content: [], toolCalls: [{ id: 'a', name: 'see', argumentsText: '{}' }] },
      { role: 'tool', toolCallId: 'a', content: [{ type: 'text', text: 'it' }, image] },
    ];
    const inlineData = { mimeType: 'image/png', data: 'aQ==' };
    const response = { id: 'a', name: 'see', response: { output: 'it' } };
    const turn = (model: string): unknown => (partsOf(messages, model).contents as JsonObject[])[1];
    expect(turn('gemini-3.1-pro')).toEqual({ role: 'user', parts: [{ functionResponse: { ...response, parts: [{ inlineData }] } }] });
    expect(turn('gemini-2.5-pro')).toEqual({ role: 'user', parts: [{ functionResponse: response }, { inlineData }] });
  });

  it('sends media by value or by place, with the type that is told or that the ending tells', () => {
    const { contents, warnings } = partsOf([
      {
        role: 'user',
        content: [
          { type: 'image', source: { kind: 'url', url: 'https://a.example/b.PNG?x=1' } },
          { type: 'image', source: { kind: 'url', url: 'data:image/webp;base64,aQ==' }, detail: 'high' },
          { type: 'document', source: { kind: 'file', fileId: 'files/1' }, name: 'f.pdf', extra: { mimeType: 'application/pdf' } },
          { type: 'document', source: { kind: 'text', text: 'plain' } },
          { type: 'audio', data: 'UQ==', format: 'wav' },
          { type: 'text', text: 'and', extra: { cache_control: { type: 'ephemeral' }, videoMetadata: { fps: 1 } } },
          { type: 'text', text: '' },
        ],
      },
    ]);
    expect(contents).toEqual([
      {
        role: 'user',
        parts: [
          { fileData: { mimeType: 'image/png', fileUri: 'https://a.example/b.PNG?x=1' } },
          { inlineData: { mimeType: 'image/webp', data: 'aQ==' } },
          { fileData: { mimeType: 'application/pdf', fileUri: 'files/1' } },
          { text: 'plain' },
          { inlineData: { mimeType: 'audio/wav', data: 'UQ==' } },
          { text: 'and', videoMetadata: { fps: 1 } },
        ],
      },
    ]);
    expect(warnings).toEqual([
      "Image detail 'high' was not sent: Gemini has no such setting for one image.",
      'Names of documents were not sent: Gemini has no place for them.',
      "text part: 'cache_control' has no counterpart at Google's Gemini models and was not sent.",
    ]);
  });

  it('warns of what it cannot say', () => {
    const { body, warnings } = sent({
      messages: [
        { role: 'user', name: 'Ada', content: [{ type: 'text', text: 'Hi' }] },
        { role: 'assistant', content: [], reasoning: [{ text: '', redactedData: 'closed' }] },
        { role: 'assistant', content: [], toolCalls: [{ id: 'a', name: 'f', argumentsText: '{"a":' }] },
        { role: 'tool', toolCallId: 'lost', content: [{ type: 'text', text: 'x' }] },
      ],
      parallelToolCalls: false,
      tools: [{ name: 'f', strict: true, extra: { cache_control: {} } }],
      endUserId: 'u-1',
      extra: { store: true, metadata: { a: 1 }, service_tier: 'flex', stream_options: {}, tools: [{ type: 'web_search' }] },
    });
    expect(body['contents']).toEqual([
      { role: 'user', parts: [{ text: 'Hi' }] },
      { role: 'model', parts: [{ functionCall: { id: 'a', name: 'f', args: { arguments_text: '{"a":' } } }] },
      { role: 'user', parts: [{ functionResponse: { id: 'lost', name: 'lost', response: { output: 'x' } } }] },
    ]);
    expect(body['tools']).toEqual([{ functionDeclarations: [{ name: 'f' }] }]);
    expect(Object.keys(body).toSorted()).toEqual(['contents', 'tools']);
    for (const word of [
      'authors',
      'keeps closed',
      'not a JSON object',
      'does not hold',
      'one tool call',
      'strict',
      'cache_control',
      'end user',
      'store',
      'metadata',
      'service_tier',
      'web_search',
      'empty assistant',
    ])
      expect(
        warnings.filter((warning) => warning.includes(word)),
        word,
      ).toHaveLength(1);
  });
});

describe('parameters without a neutral name', () => {
  it('pass as they are: known ones to their place, unknown ones on top', () => {
    const { body, warnings } = sent({
      temperature: 1,
      extra: {
        safety_settings: [{ category: 'C', threshold: 'T' }],
        thinking_config: { thinking_budget: 7 },
        field_of_tomorrow: { a: 1 },
        extra_body: { google: { cached_content: 'cachedContents/1' } },
        tools: [{ googleSearch: {} }],
        gemini: {
          labels: { team: 'a' },
          tools: [{ codeExecution: {} }],
          toolConfig: { retrievalConfig: { languageCode: 'de' } },
          generationConfig: { speechConfig: {}, maxOutputTokens: 9, temperature: 0.1 },
          contents: [],
          model: 'other',
        },
      },
    });
    expect(body).toEqual({
      safety_settings: [{ category: 'C', threshold: 'T' }],
      field_of_tomorrow: { a: 1 },
      cached_content: 'cachedContents/1',
      labels: { team: 'a' },
      contents: CONTENTS,
      tools: [{ googleSearch: {} }, { codeExecution: {} }],
      toolConfig: { retrievalConfig: { languageCode: 'de' } },
      generationConfig: { temperature: 0.1, speechConfig: {}, thinking_config: { thinking_budget: 7 } },
    });
    expect(warnings.map((warning) => warning.split(' ')[0])).toEqual(["'maxOutputTokens'", "'contents'", "'model'"]);
  });

  it('never replace what was checked before the call in a verbatim body but for the model', () => {
    expect(toVerbatimRequest({ model: 'models/dear', contents: [], anything: 1 }).body).toEqual({ contents: [], anything: 1 });
  });
});

describe('reasoning', () => {
  it.each([
    ['gemini-2.5-flash', { effort: 'none' }, { thinkingBudget: 0 }, 0],
    ['gemini-2.5-flash', { effort: 'medium' }, { thinkingBudget: 8192, includeThoughts: true }, 0],
    ['gemini-2.5-flash', { budgetTokens: 777 }, { thinkingBudget: 777, includeThoughts: true }, 0],
    ['gemini-2.5-pro', { effort: 'none' }, { thinkingBudget: 128 }, 1],
    ['gemini-3-flash-preview', { effort: 'minimal' }, { thinkingLevel: 'minimal', includeThoughts: true }, 0],
    ['gemini-3-flash-preview', { effort: 'none' }, { thinkingLevel: 'minimal' }, 1],
    ['gemini-3-pro-preview', { effort: 'medium' }, { thinkingLevel: 'high', includeThoughts: true }, 1],
    ['publishers/google/models/gemini-3.1-pro-preview', { effort: 'minimal' }, { thinkingLevel: 'low', includeThoughts: true }, 1],
    ['gemini-9', { effort: 'xhigh' }, { thinkingLevel: 'high', includeThoughts: true }, 1],
    ['gemini-9', { budgetTokens: 5 }, { thinkingBudget: 5, includeThoughts: true }, 0],
    ['gemini-2.0-flash', { effort: 'high' }, undefined, 1],
    ['gemini-2.0-flash', { effort: 'none' }, undefined, 0],
  ] as const)('of %s for %j is %j', (model, reasoning, thinkingConfig, warned) => {
    const { body, warnings } = sent({ reasoning }, model);
    expect(body['generationConfig']).toEqual(thinkingConfig === undefined ? undefined : { thinkingConfig });
    expect(warnings).toHaveLength(warned);
  });

  it("gives way to the caller's own setting of this wire", () => {
    const extra = { gemini: { generationConfig: { thinkingConfig: { thinkingBudget: -1 } } } };
    expect(sent({ reasoning: { effort: 'high' }, extra }).body['generationConfig']).toEqual({ thinkingConfig: { thinkingBudget: -1 } });
  });
});

describe('the body of a count', () => {
  const request = { body: { contents: CONTENTS, generationConfig: {}, safetySettings: [], cachedContent: 'c' }, warnings: [] };

  it('is the whole request for the Gemini API, and what it counts for Vertex AI', () => {
    expect(toCountBody(request, 'models/m', 'gemini')).toEqual({ generateContentRequest: { ...request.body, model: 'models/m' } });
    expect(toCountBody(request, 'publishers/google/models/m', 'vertex')).toEqual({ contents: CONTENTS, generationConfig: {} });
  });

  it('is unwrapped first when a caller of this dialect wrapped it', () => {
    const wrapped = { body: { generateContentRequest: { contents: CONTENTS, model: 'models/other' } }, warnings: [] };
    expect(toCountBody(wrapped, 'models/m', 'gemini')).toEqual({ generateContentRequest: { contents: CONTENTS, model: 'models/m' } });
    expect(toCountBody(wrapped, 'models/m', 'vertex')).toEqual({ contents: CONTENTS });
  });
});
