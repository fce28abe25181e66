import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import { estimateInputTokens, estimateTokens } from './token-estimate.ts';

const PARAGRAPH =
  'The quick brown fox, aged 7½, jumps over “lazy” dogs:\n\n\tconst answer = await find({ id: 42 }); // 答えは四十二です。\n';

describe('an estimate of tokens', () => {
  it.each(['', 'Hello', ' leading blank', PARAGRAPH, PARAGRAPH.repeat(200), '<|endoftext|>'])(
    'is exact for ordinary text: %j',
    async (text) => {
      expect(await estimateTokens(text)).toBe(countTokens(text, { allowedSpecial: 'all' }));
    },
  );

  it.each([
    ['one letter', 'x'.repeat(20_000)],
    ['blanks', ' '.repeat(20_000)],
    ['Chinese without a stop', '漢字仮名交じり文'.repeat(250)],
    ['base64', Buffer.from(PARAGRAPH.repeat(200)).toString('base64')],
    ['long lines of words', PARAGRAPH.repeat(2000)],
  ])('is close for %s', async (_name, text) => {
    const exact = countTokens(text, { allowedSpecial: 'all' });
    const estimate = await estimateTokens(text);
    expect(estimate).toBeGreaterThanOrEqual(exact * 0.98);
    expect(estimate).toBeLessThanOrEqual(exact + Math.ceil(text.length / 64));
  });

  it.each([
    ['one letter', 'x'],
    ['blanks', ' '],
    ['Chinese', '漢字'],
    ['emoji', '👩‍👩‍👧‍👦'],
  ])('of megabytes of %s takes little time, and never long at once', async (_name, unit) => {
    const text = unit.repeat((4 * 1024 * 1024) / unit.length);
    await estimateTokens('warm');
    let longestMs = 0;
    let lastAt = performance.now();
    const watch = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - lastAt);
      lastAt = performance.now();
    }, 1);
    const began = performance.now();
    const tokens = await estimateTokens(text);
    const tookMs = performance.now() - began;
    clearInterval(watch);
    expect(tokens).toBeGreaterThan(text.length / 200);
    // The tokenizer alone takes minutes, all of it at once; the margins are for a loaded machine.
    expect(tookMs).toBeLessThan(10_000);
    expect(longestMs).toBeLessThan(1000);
  });

  it('takes the rest of a very long text to be like its beginning', async () => {
    const part = await estimateTokens('word '.repeat(100_000));
    expect(await estimateTokens('word '.repeat(1_000_000))).toBeCloseTo(part * 10, -4);
  });

  it('of a request counts tools, texts and calls, and four for each message', async () => {
    const tools = [{ name: 'find', parameters: { type: 'object' } }];
    const tokens = await estimateInputTokens({
      tools,
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
        { role: 'user', content: [{ type: 'image', source: { kind: 'url', url: 'https://example.com/a.png' } }] },
        { role: 'user', content: [{ type: 'document', source: { kind: 'text', text: ' Twelve.' } }] },
        { role: 'assistant', content: [], toolCalls: [{ id: 'call_1', name: 'find', argumentsText: '{"a":1}' }] },
      ],
    });
    expect(tokens).toBe(countTokens(`${JSON.stringify(tools)}Be brief. Twelve.find{"a":1}`) + 16);
  });
});
