import { describe, expect, it } from 'vitest';
import type { StreamPart } from '../providers/index.ts';
import { ChoiceAssembler, producedTextOf } from './choice-assembler.ts';

function assemble(parts: readonly StreamPart[], maxCharacters = 10_000): ChoiceAssembler {
  const assembler = new ChoiceAssembler(maxCharacters);
  for (const part of parts) assembler.add(part);
  return assembler;
}

const words = (count: number): StreamPart[] => Array.from({ length: count }, () => ({ type: 'text-delta', choice: 0, text: 'word ' }));

describe('the choices of a stream', () => {
  it('are put together from every kind of part, in order of index', () => {
    const choices = assemble([
      { type: 'text-delta', choice: 1, text: 'B' },
      { type: 'reasoning-delta', choice: 0, text: 'I ' },
      { type: 'reasoning-delta', choice: 0, text: 'think.' },
      { type: 'reasoning-end', choice: 0, signature: 'signed' },
      { type: 'reasoning-end', choice: 0, redactedData: 'sealed' },
      { type: 'text-delta', choice: 0, text: 'Hel' },
      { type: 'text-delta', choice: 0, text: 'lo' },
      { type: 'refusal-delta', choice: 1, text: 'No.' },
      { type: 'tool-call-start', choice: 0, index: 1, id: 'call_2', name: 'second' },
      { type: 'tool-call-start', choice: 0, index: 0, id: 'call_1', name: 'first', extra: { mark: 1 } },
      { type: 'tool-call-delta', choice: 0, index: 0, argumentsText: '{"a":' },
      { type: 'tool-call-delta', choice: 0, index: 1, argumentsText: '{}' },
      { type: 'tool-call-delta', choice: 0, index: 0, argumentsText: '1}' },
      { type: 'logprobs', choice: 0, logprobs: { content: [{ token: 'Hel' }], refusal: null } },
      { type: 'logprobs', choice: 0, logprobs: { content: [{ token: 'lo' }], refusal: null } },
      { type: 'extra', choice: 0, extra: { citations: ['a'] } },
      { type: 'extra', choice: 0, scope: 'choice', extra: { content_filter_results: {} } },
      { type: 'extra', choice: 0, scope: 'response', extra: { of_the_answer: true } },
      { type: 'choice-finish', choice: 0, finishReason: 'tool-calls', rawFinishReason: 'tool_calls' },
    ]).choices();
    expect(choices).toEqual([
      {
        index: 0,
        text: 'Hello',
        reasoning: [
          { text: 'I think.', signature: 'signed' },
          { text: '', redactedData: 'sealed' },
        ],
        refusal: null,
        toolCalls: [
          { id: 'call_1', name: 'first', argumentsText: '{"a":1}', extra: { mark: 1 } },
          { id: 'call_2', name: 'second', argumentsText: '{}' },
        ],
        logprobs: { content: [{ token: 'Hel' }, { token: 'lo' }], refusal: null },
        finishReason: 'tool-calls',
        rawFinishReason: 'tool_calls',
        extra: { citations: ['a'] },
        choiceExtra: { content_filter_results: {} },
      },
      {
        index: 1,
        text: 'B',
        reasoning: [],
        refusal: 'No.',
        toolCalls: [],
        logprobs: null,
        finishReason: 'other',
        rawFinishReason: null,
        extra: {},
      },
    ]);
    expect(producedTextOf(choices)).toBe('I think.Hellofirst{"a":1}second{}BNo.');
  });

  it('keep reasoning that was never closed', () => {
    expect(assemble([{ type: 'reasoning-delta', choice: 0, text: 'hm' }]).choices()[0]?.reasoning).toEqual([{ text: 'hm' }]);
  });

  it('are bounded: beyond it only length and number of parts are known', () => {
    const assembler = assemble(words(100), 50);
    expect([assembler.isOverflowed, assembler.characters, assembler.droppedParts]).toEqual([true, 500, 90]);
    expect(producedTextOf(assembler.choices())).toBe('word '.repeat(10));
  });

  it.each<[string, StreamPart]>([
    ['signatures', { type: 'reasoning-end', choice: 0, signature: 'x'.repeat(20) }],
    ['withheld reasoning', { type: 'reasoning-end', choice: 0, redactedData: 'x'.repeat(20) }],
    ['empty reasoning', { type: 'reasoning-end', choice: 0 }],
    ['fields of the vendor', { type: 'extra', choice: 0, extra: { blob: 'x'.repeat(20) } }],
    ['log probabilities', { type: 'logprobs', choice: 0, logprobs: { content: ['x'.repeat(20)] } }],
    ['ids of tool calls', { type: 'tool-call-start', choice: 0, index: 0, id: 'x'.repeat(20), name: '' }],
  ])('count %s too, so that they cannot pile up', (_name, part) => {
    const assembler = assemble(
      Array.from({ length: 1000 }, () => part),
      100,
    );
    expect(assembler.isOverflowed).toBe(true);
    expect(JSON.stringify(assembler.choices()).length).toBeLessThan(2500);
  });

  it('count tool calls without id and name, and choices without content', () => {
    const calls = Array.from({ length: 1000 }, (_, index): StreamPart => ({ type: 'tool-call-start', choice: 0, index, id: '', name: '' }));
    expect(assemble(calls, 100).choices()[0]?.toolCalls).toHaveLength(100);
    const finishes = Array.from({ length: 1000 }, (_, choice): StreamPart => ({
      type: 'choice-finish',
      choice,
      finishReason: 'stop',
      rawFinishReason: null,
    }));
    const assembler = assemble(finishes, 100);
    expect([assembler.choices().length, assembler.droppedParts]).toEqual([101, 0]);
  });
});
