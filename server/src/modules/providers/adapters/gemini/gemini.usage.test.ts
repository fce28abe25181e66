import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Usage } from '../../contract.ts';
import { fromUsage, toUsage } from './gemini.usage.ts';

const count = fc.integer({ min: 0, max: 1_000_000 });
const details = fc.array(
  fc.record({ modality: fc.constantFrom('TEXT', 'AUDIO', 'IMAGE', 'VIDEO', 'DOCUMENT', 1, 2, 3, 4, 5, 'NEW'), tokenCount: count }),
  { maxLength: 6 },
);
const metadata = fc.record(
  {
    promptTokenCount: count,
    cachedContentTokenCount: count,
    candidatesTokenCount: count,
    thoughtsTokenCount: count,
    toolUsePromptTokenCount: count,
    promptTokensDetails: details,
    cacheTokensDetails: details,
    candidatesTokensDetails: details,
  },
  { requiredKeys: ['promptTokenCount'] },
);

function bucketsOf(usage: Usage): number[] {
  const { raw: _raw, totalTokens: _total, units: _units, ...buckets } = usage;
  return Object.values(buckets);
}

describe('the buckets of a call', () => {
  it('are whole, never negative, and add up to what the wire counted, whatever it says', () => {
    fc.assert(
      fc.property(metadata, (raw) => {
        const usage = toUsage(raw) as Usage;
        const told = [raw.promptTokenCount, raw.candidatesTokenCount, raw.thoughtsTokenCount, raw.toolUsePromptTokenCount];
        for (const bucket of bucketsOf(usage)) expect(Number.isSafeInteger(bucket) && bucket >= 0).toBe(true);
        expect(bucketsOf(usage).reduce((sum, bucket) => sum + bucket, 0)).toBe(usage.totalTokens);
        expect(usage.totalTokens).toBe(told.reduce<number>((sum, tokens) => sum + (tokens ?? 0), 0));
      }),
    );
  });

  it('tell the cached share of every modality from the rest', () => {
    const usage = toUsage({
      promptTokenCount: 100,
      cachedContentTokenCount: 30,
      candidatesTokenCount: 20,
      thoughtsTokenCount: 5,
      toolUsePromptTokenCount: 7,
      totalTokenCount: 132,
      promptTokensDetails: [
        { modality: 'TEXT', tokenCount: 50 },
        { modality: 'AUDIO', tokenCount: 20 },
        { modality: 'VIDEO', tokenCount: 10 },
        { modality: 2, tokenCount: 20 },
      ],
      cacheTokensDetails: [
        { modality: 'TEXT', tokenCount: 15 },
        { modality: 'AUDIO', tokenCount: 5 },
        { modality: 'IMAGE', tokenCount: 10 },
      ],
      candidatesTokensDetails: [{ modality: 'AUDIO', tokenCount: 8 }],
    });
    expect(usage).toMatchObject({
      inputTokens: 35 + 7,
      cachedReadTokens: 30,
      audioInputTokens: 15,
      imageInputTokens: 20,
      outputTokens: 12,
      audioOutputTokens: 8,
      reasoningTokens: 5,
      totalTokens: 132,
    });
  });

  it('are unknown where nothing was counted', () => {
    expect(toUsage({ trafficType: 'ON_DEMAND' })).toBeNull();
    expect(toUsage(null)).toBeNull();
  });
});

describe('the counts that our own door tells', () => {
  it('are the raw ones where the answer came over this wire, and read the same again otherwise', () => {
    fc.assert(
      fc.property(metadata, (raw) => {
        const usage = toUsage(raw) as Usage;
        expect(fromUsage(usage)).toBe(raw);
        const told = toUsage(fromUsage({ ...usage, raw: null })) as Usage;
        expect(told.totalTokens).toBe(usage.totalTokens);
        expect(told.reasoningTokens).toBe(usage.reasoningTokens);
        expect(told.cachedReadTokens).toBe(usage.cachedReadTokens);
      }),
    );
  });
});
