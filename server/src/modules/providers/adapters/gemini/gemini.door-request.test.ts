import { describe, expect, it } from 'vitest';
import { AntiphonError } from '../../../../kernel/errors/index.ts';
import type { JsonObject } from '../../contract.ts';
import { fromGeminiBody } from './index.ts';

const USER = { role: 'user', parts: [{ text: 'Hello' }] };

function refusalOf(body: JsonObject): unknown {
  try {
    fromGeminiBody(body);
  } catch (error) {
    return error instanceof AntiphonError ? { code: error.code, param: error.details.param } : error;
  }
  return null;
}

describe('a request of the Gemini dialect in the neutral form', () => {
  it('reads a whole tool conversation, results by name and order where there are no ids', () => {
    const request = fromGeminiBody({
      systemInstruction: { parts: [{ text: 'Be brief.' }], role: 'user' },
      contents: [
        { role: 'user', parts: [{ text: 'Weather?' }, { inlineData: { mimeType: 'image/png', data: 'aWNvbg==' } }] },
        {
          role: 'model',
          parts: [
            { text: 'Two cities.', thought: true, thoughtSignature: 'c2ln' },
            { functionCall: { name: 'weather', args: { city: 'Oslo' } }, thoughtSignature: 'Y2FsbA==' },
            { functionCall: { name: 'weather', args: { city: 'Bergen' } } },
            { functionCall: { id: 'own', name: 'now' } },
          ],
        },
        {
          role: 'user',
          parts: [
            { functionResponse: { name: 'weather', response: { output: 'rain' } } },
            { functionResponse: { name: 'weather', response: { error: 'no such city' } } },
            { functionResponse: { id: 'own', name: 'now', response: { hour: 9 } } },
          ],
        },
      ],
    });
    expect(request).toEqual({
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Weather?' },
            { type: 'image', source: { kind: 'data', mediaType: 'image/png', data: 'aWNvbg==' } },
          ],
        },
        {
          role: 'assistant',
          content: [],
          reasoning: [{ text: 'Two cities.', signature: 'c2ln' }],
          toolCalls: [
            {
              id: 'call_gemini_0',
              name: 'weather',
              argumentsText: '{"city":"Oslo"}',
              extra: { extra_content: { google: { thought_signature: 'Y2FsbA==' } } },
            },
            { id: 'call_gemini_1', name: 'weather', argumentsText: '{"city":"Bergen"}' },
            { id: 'own', name: 'now', argumentsText: '{}' },
          ],
        },
        { role: 'tool', toolCallId: 'call_gemini_0', content: [{ type: 'text', text: 'rain' }] },
        {
          role: 'tool',
          toolCallId: 'call_gemini_1',
          content: [{ type: 'text', text: 'no such city' }],
          isError: true,
        },
        { role: 'tool', toolCallId: 'own', content: [{ type: 'text', text: '{"hour":9}' }] },
      ],
    });
  });

  it('keeps the name of a result whose call the conversation does not hold', () => {
    const request = fromGeminiBody({
      contents: [{ role: 'user', parts: [{ functionResponse: { id: 'lost', name: 'now', response: { output: '9' } } }] }],
    });
    expect(request.messages).toEqual([
      { role: 'tool', toolCallId: 'lost', content: [{ type: 'text', text: '9' }], extra: { name: 'now' } },
    ]);
  });

  it('joins a thought that comes back in the pieces of its stream, so that its signature is that of all of it', () => {
    const thought = (text: string, thoughtSignature?: string): JsonObject => ({
      text,
      thought: true,
      ...(thoughtSignature === undefined ? {} : { thoughtSignature }),
    });
    const parts = [thought('The city '), thought('is Paris.'), thought('', 'c2ln'), thought('Again.', 'bW9yZQ=='), { text: 'Paris.' }];
    const request = fromGeminiBody({ contents: [USER, { role: 'model', parts }] });
    expect(request.messages[1]).toEqual({
      role: 'assistant',
      content: [{ type: 'text', text: 'Paris.' }],
      reasoning: [
        { text: 'The city is Paris.', signature: 'c2ln' },
        { text: 'Again.', signature: 'bW9yZQ==' },
      ],
    });
  });

  it('reads parameters in both spellings and keeps the others for providers of this wire', () => {
    const request = fromGeminiBody({
      model: 'models/other',
      contents: [USER],
      generation_config: {
        max_output_tokens: 100,
        temperature: 0.5,
        topP: 0.9,
        topK: 40,
        stopSequences: ['END'],
        seed: 7,
        candidateCount: 2,
        responseLogprobs: true,
        logprobs: 3,
        responseMimeType: 'application/json',
        responseSchema: {
          type: 'OBJECT',
          title: 'My answer',
          properties: { n: { type: 'INTEGER', nullable: true } },
          propertyOrdering: ['n'],
        },
        thinkingConfig: { thinkingBudget: 512, includeThoughts: true },
        speechConfig: { languageCode: 'de' },
      },
      tools: [
        { functionDeclarations: [{ name: 'now', description: 'The time', parameters: { type: 'OBJECT', properties: {} } }] },
        { googleSearch: {} },
      ],
      toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['now'] } },
      safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_NONE' }],
      cachedContent: 'cachedContents/1',
    });
    expect(request).toEqual({
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
      maxOutputTokens: 100,
      temperature: 0.5,
      topP: 0.9,
      topK: 40,
      stop: ['END'],
      seed: 7,
      choiceCount: 2,
      logprobs: { topCount: 3 },
      responseFormat: {
        type: 'json-schema',
        name: 'My_answer',
        schema: { type: 'object', title: 'My answer', properties: { n: { type: ['integer', 'null'] } } },
      },
      reasoning: { budgetTokens: 512 },
      tools: [{ name: 'now', description: 'The time', parameters: { type: 'object', properties: {} } }],
      toolChoice: { mode: 'tool', name: 'now' },
      extra: {
        gemini: {
          tools: [{ googleSearch: {} }],
          generationConfig: { speechConfig: { languageCode: 'de' } },
          safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_NONE' }],
          cachedContent: 'cachedContents/1',
        },
      },
    });
  });

  it.each([
    [{ thinkingLevel: 'LOW' }, { effort: 'low' }],
    [{ thinkingBudget: 0 }, { effort: 'none' }],
    [{ thinkingBudget: -1 }, undefined],
  ])('keeps %j as it came beside its meaning, since it is silent about showing thoughts', (thinkingConfig, reasoning) => {
    const request = fromGeminiBody({ contents: [USER], generationConfig: { thinkingConfig } });
    expect(request.reasoning).toEqual(reasoning);
    expect(request.extra).toEqual({ gemini: { generationConfig: { thinkingConfig } } });
  });

  it('takes contents in the short forms that the wire takes', () => {
    const messages = [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }];
    for (const contents of ['Hello', { parts: { text: 'Hello' } }, [{ parts: [{ text: 'Hello' }] }]])
      expect(fromGeminiBody({ contents })).toEqual({ messages });
  });

  it('keeps files, sound and parts without a neutral form', () => {
    const uploaded = 'https://generativelanguage.googleapis.com/v1beta/files/abc';
    const request = fromGeminiBody({
      contents: [
        {
          parts: [
            { fileData: { fileUri: uploaded, mimeType: 'application/pdf' } },
            { file_data: { file_uri: 'gs://bucket/a.png', mime_type: 'image/png' } },
            { inlineData: { mimeType: 'audio/wav', data: 'UklGRg==' } },
          ],
        },
        { role: 'model', parts: [{ executableCode: { language: 'PYTHON', code: '1' } }, { text: 'one' }] },
      ],
    });
    expect(request.messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'document', source: { kind: 'file', fileId: uploaded }, extra: { mimeType: 'application/pdf' } },
          { type: 'image', source: { kind: 'url', url: 'gs://bucket/a.png' } },
          { type: 'audio', data: 'UklGRg==', format: 'wav' },
        ],
      },
      {
        role: 'assistant',
        content: [{ type: 'text', text: 'one' }],
        extra: { content_parts: [{ executableCode: { language: 'PYTHON', code: '1' } }] },
      },
    ]);
  });

  it.each([
    [{}, 'contents'],
    [{ contents: [] }, 'contents'],
    [{ contents: [7] }, 'contents[0]'],
    [{ contents: [{ role: 'robot', parts: [{ text: 'x' }] }] }, 'contents[0].role'],
    [{ contents: [{ parts: [{}] }] }, 'contents[0].parts[0]'],
    [{ contents: [{ parts: [{ text: 7 }] }] }, 'contents[0].parts[0].text'],
    [{ contents: [{ parts: [{ inlineData: { data: 'x' } }] }] }, 'contents[0].parts[0].inlineData'],
    [{ contents: [{ role: 'model', parts: [{ functionCall: {} }] }] }, 'contents[0].parts[0].functionCall.name'],
    [{ contents: [USER], generationConfig: { temperature: 'hot' } }, 'generationConfig.temperature'],
    [{ contents: [USER], generationConfig: { maxOutputTokens: 0 } }, 'generationConfig.maxOutputTokens'],
    [{ contents: [USER], generationConfig: [] }, 'generationConfig'],
    [{ contents: [USER], tools: [{ functionDeclarations: [{}] }] }, 'tools[0].functionDeclarations[0].name'],
  ])('refuses %j and names the offender', (body, param) => {
    expect(refusalOf(body as unknown as JsonObject)).toEqual({ code: 'INVALID_INPUT', param });
  });
});
