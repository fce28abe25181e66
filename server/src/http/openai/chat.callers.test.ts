import { describe, expect, it } from 'vitest';
import { chatCallerOf, type ChatCaller } from './chat.callers.ts';
import { openAiDialect } from './openai.dialect.ts';
import { openRouterDialect } from './openrouter.dialect.ts';

type Asked = Parameters<typeof chatCallerOf>[0];

function callerOf(dialect: Asked['dialect'], userAgent?: string): ChatCaller {
  const headers = userAgent === undefined ? {} : { 'user-agent': userAgent };
  return chatCallerOf({ dialect, exchange: { request: { headers } } as Asked['exchange'] });
}

const MISTRAL = callerOf(openAiDialect, 'mistral-client-typescript/2.7.0');
const OPENROUTER = callerOf(openRouterDialect);
const fit = ({ createFit }: ChatCaller, ...events: string[]): string => {
  const fitEvents = createFit?.() ?? ((text: string) => text);
  return events.map(fitEvents).join('');
};
const event = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`;
const DONE = 'data: [DONE]\n\n';

describe('callers of the chat wire', () => {
  it('get streams as they are unless they are known to refuse them', () => {
    expect(callerOf(openAiDialect)).toEqual({ expectsUsage: false, createFit: null });
    expect(callerOf(openAiDialect, 'OpenAI/JS 7.57.0')).toEqual({ expectsUsage: false, createFit: null });
  });

  it.each([
    ['{"choices":[{"index":0}],"usage":null}', '{"choices":[{"index":0}]}'],
    ['{"choices": [{"index": 0}], "usage": null, "id": "x"}', '{"choices": [{"index": 0}], "id": "x"}'],
    ['{"usage":null,"choices":[{"index":0}]}', '{"choices":[{"index":0}]}'],
  ])('of Mistral and of OpenRouter get no usage that is null: %s', (chunk, fitted) => {
    for (const caller of [MISTRAL, OPENROUTER]) expect(fit(caller, `data: ${chunk}\n\n`)).toBe(`data: ${fitted}\n\n`);
  });

  it('get text that looks like a member as it was said', () => {
    const content = 'so {"usage":null,"choices":[]} and ,"usage":null} or data: [DONE]';
    const said = event({ choices: [{ index: 0, delta: { content } }] });
    for (const caller of [MISTRAL, OPENROUTER]) expect(fit(caller, said)).toBe(said);
  });

  it('of Mistral get the usage without asking, in a chunk that has a choice as all of theirs', () => {
    expect([MISTRAL.expectsUsage, OPENROUTER.expectsUsage]).toEqual([true, false]);
    const usage = { total_tokens: 3 };
    const last = event({ id: 'x', choices: [], usage }) + DONE;
    expect(fit(MISTRAL, last)).toBe(event({ id: 'x', usage, choices: [{ index: 0, delta: { content: '' }, finish_reason: null }] }) + DONE);
    expect(fit(OPENROUTER, last)).toBe(last);
  });
});

describe('tool calls for callers of Mistral', () => {
  const chunk = (delta: unknown, finish: string | null = null): string =>
    event({ id: 'x', choices: [{ index: 0, delta, finish_reason: finish }] });
  const begun = chunk({ tool_calls: [{ index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: '' } }] });
  const piece = (index: number, text: string): string => chunk({ tool_calls: [{ index, function: { arguments: text } }] });

  it('come whole, where their choice ends', () => {
    const second = chunk({ tool_calls: [{ index: 1, id: 'b', function: { name: 'g', arguments: '{}' } }] });
    const told = fit(
      MISTRAL,
      chunk({ role: 'assistant', content: null }),
      begun,
      piece(0, '{"a"') + piece(0, ':1}'),
      second,
      chunk({}, 'tool_calls'),
      DONE,
    );
    const calls = [
      { index: 0, function: { name: 'f', arguments: '{"a":1}' }, id: 'a' },
      { index: 1, function: { name: 'g', arguments: '{}' }, id: 'b' },
    ];
    const end = event({ id: 'x', choices: [{ index: 0, finish_reason: 'tool_calls', delta: { tool_calls: calls } }] });
    expect(told).toBe(chunk({ role: 'assistant', content: null }) + end + DONE);
  });

  it('come before the end of a stream whose choice never ended', () => {
    const calls = [{ index: 0, function: { name: 'f', arguments: '{}' }, id: 'a' }];
    expect(fit(MISTRAL, begun, piece(0, '{}'), DONE)).toBe(
      event({ id: 'x', choices: [{ index: 0, delta: { tool_calls: calls }, finish_reason: null }] }) + DONE,
    );
  });

  it('keep the text that comes with their pieces', () => {
    const mixed = chunk({ content: 'so ', tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }] });
    const [said] = fit(MISTRAL, mixed, chunk({}, 'tool_calls')).split('\n\n');
    expect(JSON.parse((said ?? '').slice('data: '.length))).toEqual({
      id: 'x',
      choices: [{ index: 0, finish_reason: null, delta: { content: 'so ' } }],
    });
  });
});
