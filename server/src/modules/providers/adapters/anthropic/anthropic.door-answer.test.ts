import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ProviderError, type Choice, type CompletionResult, type StreamPart, type Usage } from '../../contract.ts';
import { readEvents } from '../../shared/event-cutter.ts';
import { MessagesEventEncoder } from './anthropic.door-events.ts';
import { toMessagesResponse } from './anthropic.door-response.ts';
import { choicesOfRecordedEvents } from './anthropic.recorded.ts';
import { StreamTranslator } from './anthropic.stream.ts';

const UPSTREAM = { httpStatus: 200, requestId: null, headers: {} };
const USAGE: Usage = {
  inputTokens: 7,
  cachedReadTokens: 3,
  cacheWriteTokens: 2,
  outputTokens: 5,
  reasoningTokens: 4,
  audioInputTokens: 0,
  audioOutputTokens: 0,
  imageInputTokens: 1,
  totalTokens: 22,
  raw: null,
};
const WIRE_USAGE = {
  input_tokens: 8,
  cache_creation_input_tokens: 2,
  cache_read_input_tokens: 3,
  output_tokens: 9,
  output_tokens_details: { thinking_tokens: 4 },
};
const IDENTITY = { id: 'msg_1', model: 'openai/gpt-4.1-mini' };
const START: StreamPart = {
  type: 'response-start',
  id: 'c',
  model: 'm',
  createdAtSeconds: null,
  systemFingerprint: null,
  serviceTier: null,
  upstream: UPSTREAM,
  warnings: [],
};

function resultOf(choice: Partial<Choice>): CompletionResult {
  const whole: Choice = {
    index: 0,
    text: '',
    reasoning: [],
    refusal: null,
    toolCalls: [],
    logprobs: null,
    finishReason: 'stop',
    rawFinishReason: null,
    extra: {},
    ...choice,
  };
  return {
    id: 'c',
    model: 'm',
    createdAtSeconds: null,
    choices: [whole],
    usage: USAGE,
    serviceTier: null,
    systemFingerprint: null,
    upstream: UPSTREAM,
    warnings: [],
    wire: null,
  };
}

const contentOf = (choice: Partial<Choice>): unknown => toMessagesResponse(resultOf(choice), IDENTITY)['content'];

describe('an answer of the Messages wire', () => {
  it('holds thinking, text and tool uses in this order, with usage', () => {
    const answer = toMessagesResponse(
      resultOf({
        text: 'I look.',
        reasoning: [{ text: 'Hm.', signature: 'sig' }, { text: '', redactedData: 'opaque' }, { text: 'unsigned' }],
        toolCalls: [
          { id: 'a', name: 'look', argumentsText: '{"at":[1,2]}' },
          { id: 'b', name: 'rest', argumentsText: '' },
        ],
        finishReason: 'tool-calls',
        rawFinishReason: 'tool_calls',
      }),
      IDENTITY,
    );
    expect(answer).toEqual({
      ...IDENTITY,
      type: 'message',
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'Hm.', signature: 'sig' },
        { type: 'redacted_thinking', data: 'opaque' },
        { type: 'thinking', thinking: 'unsigned', signature: '' },
        { type: 'text', text: 'I look.' },
        { type: 'tool_use', id: 'a', name: 'look', input: { at: [1, 2] } },
        { type: 'tool_use', id: 'b', name: 'rest', input: {} },
      ],
      stop_reason: 'tool_use',
      stop_sequence: null,
      usage: WIRE_USAGE,
    });
  });

  it('keeps arguments that are no object, and the digits of numbers', () => {
    const toolCalls = [
      { id: 'a', name: 'x', argumentsText: '{"broken' },
      { id: 'b', name: 'x', argumentsText: '{"n":12345678901234567890,"m":1.0}' },
    ];
    const text = JSON.stringify(contentOf({ toolCalls }));
    expect(text).toContain('"input":{"arguments_text":"{\\"broken"}');
    expect(text).toContain('"input":{"n":12345678901234567890,"m":1.0}');
  });

  it.each([
    ['stop', null, 'end_turn'],
    ['stop', 'pause_turn', 'pause_turn'],
    ['length', 'max_tokens', 'max_tokens'],
    ['content-filter', 'content_filter', 'refusal'],
    ['refusal', null, 'refusal'],
    ['other', 'eos', 'end_turn'],
    ['error', null, 'end_turn'],
  ] as const)('says why it ended: %s (%s)', (finishReason, rawFinishReason, stopReason) => {
    expect(toMessagesResponse(resultOf({ finishReason, rawFinishReason }), IDENTITY)['stop_reason']).toBe(stopReason);
  });

  it('shows a refusal as text, and what the vendor said beside its message', () => {
    const answer = toMessagesResponse(
      resultOf({ refusal: 'No.', finishReason: 'refusal', extra: { annotations: [1], id: 'x' } }),
      IDENTITY,
    );
    expect(answer).toMatchObject({ id: 'msg_1', content: [{ type: 'text', text: 'No.' }], stop_reason: 'refusal', annotations: [1] });
  });

  it('puts blocks of the vendor where they stood', () => {
    const extra = { content_blocks: [{ index: 0, type: 'server_tool_use', id: 's' }], stop_sequence: 'END' };
    const answer = toMessagesResponse(resultOf({ text: 'x', extra }), IDENTITY);
    expect(answer['content']).toEqual([
      { type: 'server_tool_use', id: 's' },
      { type: 'text', text: 'x' },
    ]);
    expect([answer['stop_reason'], answer['stop_sequence']]).toEqual(['stop_sequence', 'END']);
  });
});

function eventsOf(parts: readonly StreamPart[]): Record<string, unknown>[] {
  const encoder = new MessagesEventEncoder(IDENTITY);
  const text = parts.map((part) => encoder.encode(part)).join('') + encoder.end();
  return readEvents(Buffer.from(text)).map(({ type, data }) => {
    const event = JSON.parse(data) as Record<string, unknown>;
    expect(event['type']).toBe(type);
    return event;
  });
}

const toolStart = (index: number): StreamPart => ({ type: 'tool-call-start', choice: 0, index, id: `t${index}`, name: 'look' });
const toolDelta = (index: number, argumentsText: string): StreamPart => ({ type: 'tool-call-delta', choice: 0, index, argumentsText });

/** Blocks as a client puts them together; fails where they overlap. */
function blocksOf(events: readonly Record<string, unknown>[]): unknown[] {
  const blocks: { block: Record<string, unknown>; text: string }[] = [];
  let open: number | null = null;
  for (const event of events) {
    if (event['type'] === 'content_block_start') {
      expect([open, event['index']]).toEqual([null, blocks.length]);
      open = blocks.length;
      blocks.push({ block: event['content_block'] as Record<string, unknown>, text: '' });
    } else if (event['type'] === 'content_block_delta') {
      expect(event['index']).toBe(open);
      const { type: _type, ...delta } = event['delta'] as Record<string, string>;
      (blocks[open ?? -1] as { text: string }).text += Object.values(delta).join('');
    } else if (event['type'] === 'content_block_stop') {
      expect(event['index']).toBe(open);
      open = null;
    }
  }
  expect(open).toBeNull();
  return blocks.map(({ block, text }) => [block['type'], block['id'] ?? block['data'] ?? '', text]);
}

describe('a stream of the Messages wire', () => {
  it('has every event in the order that clients expect', () => {
    const events = eventsOf([
      START,
      { type: 'reasoning-delta', choice: 0, text: 'Hm' },
      { type: 'reasoning-end', choice: 0, signature: 'sig' },
      { type: 'text-delta', choice: 0, text: 'I ' },
      { type: 'text-delta', choice: 0, text: 'look.' },
      toolStart(0),
      toolDelta(0, '{"at"'),
      toolDelta(0, ':1}'),
      { type: 'choice-finish', choice: 0, finishReason: 'tool-calls', rawFinishReason: 'tool_calls' },
      { type: 'usage', usage: USAGE },
    ]);
    expect(events.map(({ type }) => type)).toEqual([
      'message_start',
      'ping',
      'content_block_start',
      'content_block_delta',
      'content_block_delta',
      'content_block_stop',
      'content_block_start',
      'content_block_delta',
      'content_block_delta',
      'content_block_stop',
      'content_block_start',
      'content_block_delta',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
    expect(events[0]).toMatchObject({
      message: { ...IDENTITY, role: 'assistant', content: [], stop_reason: null, usage: { input_tokens: 0 } },
    });
    expect(events[3]).toEqual({ type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Hm' } });
    expect(events[4]).toEqual({ type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'sig' } });
    expect(events[10]).toEqual({
      type: 'content_block_start',
      index: 2,
      content_block: { type: 'tool_use', id: 't0', name: 'look', input: {} },
    });
    expect(events.at(-2)).toEqual({ type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: WIRE_USAGE });
    expect(blocksOf(events)).toEqual([
      ['thinking', '', 'Hmsig'],
      ['text', '', 'I look.'],
      ['tool_use', 't0', '{"at":1}'],
    ]);
  });

  it('tells the input’s tokens at the start where the provider does', () => {
    const [start] = eventsOf([START, { type: 'usage', usage: USAGE }, { type: 'text-delta', choice: 0, text: 'x' }]);
    expect(start).toMatchObject({ message: { usage: WIRE_USAGE } });
  });

  it('keeps blocks apart where a provider writes several tool calls at once, and loses nothing', () => {
    const events = eventsOf([
      START,
      toolStart(0),
      toolStart(1),
      toolDelta(1, '{"b"'),
      toolDelta(0, '{"a":'),
      toolStart(2),
      toolDelta(0, '1}'),
      toolDelta(1, ':2}'),
      toolDelta(2, '{}'),
      { type: 'text-delta', choice: 0, text: 'after' },
    ]);
    expect(blocksOf(events)).toEqual([
      ['tool_use', 't0', '{"a":1}'],
      ['tool_use', 't1', '{"b":2}'],
      ['tool_use', 't2', '{}'],
      ['text', '', 'after'],
    ]);
  });

  it('opens calls without arguments, redacted thinking and blocks of the vendor', () => {
    const events = eventsOf([
      START,
      { type: 'reasoning-delta', choice: 0, text: 'open' },
      { type: 'reasoning-end', choice: 0, redactedData: 'opaque' },
      { type: 'reasoning-end', choice: 0 },
      toolStart(0),
      toolStart(1),
      { type: 'extra', choice: 0, extra: { content_blocks: [{ index: 0, type: 'server_tool_use', id: 's' }], stop_sequence: 'END' } },
      { type: 'choice-finish', choice: 0, finishReason: 'stop', rawFinishReason: 'stop' },
    ]);
    expect(blocksOf(events)).toEqual([
      ['thinking', '', 'open'],
      ['redacted_thinking', 'opaque', ''],
      ['tool_use', 't0', ''],
      ['tool_use', 't1', ''],
      ['server_tool_use', 's', ''],
    ]);
    expect(events.at(-2)).toMatchObject({ delta: { stop_reason: 'stop_sequence', stop_sequence: 'END' } });
  });

  it('shows the first choice only, and an empty answer as a message without blocks', () => {
    const events = eventsOf([START, { type: 'text-delta', choice: 1, text: 'other' }]);
    expect(events.map(({ type }) => type)).toEqual(['message_start', 'ping', 'message_delta', 'message_stop']);
  });

  it('says the same as the stream of this wire that it was made from', () => {
    const fixture = readFileSync(new URL('__fixtures__/made-2026-11.stream.txt', import.meta.url));
    const fail = (): ProviderError => new ProviderError('malformed', 'no');
    const translator = new StreamTranslator({ upstream: UPSTREAM, warnings: [], toEventError: fail, toMalformedError: fail });
    for (const { data } of readEvents(fixture)) translator.event(data);
    translator.end();
    const encoder = new MessagesEventEncoder(IDENTITY);
    const text =
      translator
        .takeParts()
        .map((part) => encoder.encode(part))
        .join('') + encoder.end();
    const [before, after] = [choicesOfRecordedEvents(fixture.toString()), choicesOfRecordedEvents(text)];
    // Citations stand at their text in the original; blocks of the vendor move to the end.
    const comparable = ({ extra: _extra, ...choice }: Choice): unknown => choice;
    expect(after.map(comparable)).toEqual(before.map(comparable));
  });
});
