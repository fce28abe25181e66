import { describe, expect, it } from 'vitest';
import { NO_USAGE_BUCKETS } from './__fixtures__/made.ts';
import type { CompletionResult, JsonObject, StreamPart, Usage } from '../../contract.ts';
import { toParts } from '../openai-compatible/openai.parts.ts';
import { fromGeminiBody, GeminiChunkEncoder, toGeminiResponse } from './index.ts';

const IDENTITY = { id: 'resp-1', model: 'anthropic/claude-made-1' };
const USAGE: Usage = {
  ...NO_USAGE_BUCKETS,
  inputTokens: 10,
  cachedReadTokens: 4,
  imageInputTokens: 2,
  outputTokens: 5,
  reasoningTokens: 3,
  totalTokens: 24,
};
const WIRE_USAGE = {
  promptTokenCount: 16,
  cachedContentTokenCount: 4,
  candidatesTokenCount: 5,
  thoughtsTokenCount: 3,
  totalTokenCount: 24,
  promptTokensDetails: [
    { modality: 'TEXT', tokenCount: 14 },
    { modality: 'IMAGE', tokenCount: 2 },
  ],
};
const RESULT: CompletionResult = {
  id: 'msg_1',
  model: 'claude-made-1',
  createdAtSeconds: null,
  choices: [
    {
      index: 0,
      text: 'It rains.',
      reasoning: [
        { text: 'Look outside.', signature: 'c2ln' },
        { text: '', redactedData: 'closed!' },
      ],
      refusal: null,
      toolCalls: [{ id: 'toolu_1', name: 'now', argumentsText: '{"zone":1.0}' }],
      logprobs: { content: [{ token: 'It', logprob: -0.5, bytes: null, top_logprobs: [] }], refusal: null },
      finishReason: 'tool-calls',
      rawFinishReason: 'tool_use',
      extra: {},
      choiceExtra: { safetyRatings: [] },
    },
  ],
  usage: USAGE,
  serviceTier: null,
  systemFingerprint: null,
  upstream: { httpStatus: 200, requestId: null, headers: {} },
  warnings: [],
  wire: null,
};

const closed = Buffer.from('antiphon:redacted:closed!').toString('base64');

describe('an answer of any provider in the Gemini dialect', () => {
  it('holds everything the neutral one holds', () => {
    const body = toGeminiResponse(RESULT, IDENTITY);
    expect(JSON.parse(JSON.stringify(body))).toEqual({
      candidates: [
        {
          content: {
            role: 'model',
            parts: [
              { text: 'Look outside.', thought: true, thoughtSignature: 'c2ln' },
              { text: 'It rains.', thoughtSignature: closed },
              { functionCall: { id: 'toolu_1', name: 'now', args: { zone: 1 } } },
            ],
          },
          finishReason: 'STOP',
          index: 0,
          logprobsResult: { topCandidates: [{ candidates: [] }], chosenCandidates: [{ token: 'It', logProbability: -0.5 }] },
          safetyRatings: [],
        },
      ],
      usageMetadata: WIRE_USAGE,
      modelVersion: 'anthropic/claude-made-1',
      responseId: 'resp-1',
    });
    expect(JSON.stringify(body)).toContain('"zone":1.0');
  });

  it('comes back from the caller as what it was', () => {
    const [candidate] = toGeminiResponse(RESULT, IDENTITY)['candidates'] as JsonObject[];
    const { messages } = fromGeminiBody({ contents: [candidate?.['content'] ?? null] });
    expect(messages).toEqual([
      {
        role: 'assistant',
        content: [{ type: 'text', text: 'It rains.' }],
        reasoning: RESULT.choices[0]?.reasoning,
        toolCalls: RESULT.choices[0]?.toolCalls,
      },
    ]);
  });

  it.each([
    ['length', null, 'MAX_TOKENS'],
    ['content-filter', 'content_filter', 'SAFETY'],
    ['refusal', null, 'SAFETY'],
    ['error', null, 'OTHER'],
    ['content-filter', 'RECITATION', 'RECITATION'],
    ['tool-calls', 'STOP', 'STOP'],
  ] as const)('tells %s (%s) as %s', (finishReason, rawFinishReason, word) => {
    const [choice] = RESULT.choices;
    const choices = choice === undefined ? [] : [{ ...choice, finishReason, rawFinishReason }];
    expect(toGeminiResponse({ ...RESULT, choices }, IDENTITY)['candidates']).toMatchObject([{ finishReason: word }]);
  });
});

/** What a client of this dialect reads of the chunks: their parts in order, and the last word of everything else. */
function fold(chunks: readonly JsonObject[]): { parts: JsonObject[]; last: JsonObject } {
  const candidates = chunks.flatMap((chunk) => (chunk['candidates'] as JsonObject[]) ?? []);
  const parts = candidates.flatMap((candidate) => (candidate['content'] as { parts: JsonObject[] }).parts);
  return { parts, last: chunks.at(-1) ?? {} };
}

const EXPECTED_PARTS = [
  { text: 'Look outside.', thought: true },
  { text: '', thought: true, thoughtSignature: 'c2ln' },
  { text: '', thought: true, thoughtSignature: closed },
  { text: 'It rains.' },
  { functionCall: { id: 'toolu_1', name: 'now', args: { zone: 1 } } },
];

describe('a stream of any provider in the Gemini dialect', () => {
  const parts: StreamPart[] = toParts(RESULT);

  it('is chunks of events, the finish and the usage in the last', () => {
    const encoder = new GeminiChunkEncoder({ ...IDENTITY, framing: 'sse' });
    const text = parts.map((part) => encoder.encode(part)).join('') + encoder.end();
    const events = text.split('\r\n\r\n');
    expect(events.pop()).toBe('');
    const { parts: seen, last } = fold(events.map((event) => JSON.parse(event.slice('data: '.length)) as JsonObject));
    expect(seen).toEqual(EXPECTED_PARTS);
    expect(last).toMatchObject({
      candidates: [{ finishReason: 'STOP', index: 0, safetyRatings: [] }],
      usageMetadata: WIRE_USAGE,
      modelVersion: 'anthropic/claude-made-1',
      responseId: 'resp-1',
    });
  });

  it('is one JSON list where events were not asked for', () => {
    const encoder = new GeminiChunkEncoder({ ...IDENTITY, framing: 'array' });
    const text = parts.map((part) => encoder.encode(part)).join('') + encoder.end();
    expect(fold(JSON.parse(text) as JsonObject[]).parts).toEqual(EXPECTED_PARTS);
  });

  it('holds tool calls until they are whole, and not without end', () => {
    const encoder = new GeminiChunkEncoder({ ...IDENTITY, framing: 'sse' });
    expect(encoder.encode({ type: 'tool-call-start', choice: 0, index: 0, id: 'a', name: 'now' })).toBe('');
    const argumentsText = 'x'.repeat(9 * 1024 * 1024);
    expect(encoder.encode({ type: 'tool-call-delta', choice: 0, index: 0, argumentsText })).toBe('');
    expect(() => encoder.encode({ type: 'tool-call-delta', choice: 0, index: 0, argumentsText })).toThrow(/larger than this server holds/);
  });
});
