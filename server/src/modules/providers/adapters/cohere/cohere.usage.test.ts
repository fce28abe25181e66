import { describe, expect, it } from 'vitest';
import { sumOfBuckets } from '../../../../../../test/testkit/provider-calls.ts';
import type { JsonObject, Usage } from '../../contract.ts';
import { toEmbeddingUsage, toUsage } from './cohere.usage.ts';

describe('usage of Cohere', () => {
  it.each<[string, JsonObject, Partial<Usage>]>([
    [
      'what is billed, images and thinking told apart',
      {
        billed_units: { input_tokens: 267, output_tokens: 50 },
        tokens: { input_tokens: 34, output_tokens: 55, reasoning_tokens: 38, image_tokens: 259 },
        cached_tokens: 16,
      },
      { inputTokens: 8, imageInputTokens: 259, outputTokens: 12, reasoningTokens: 38, cachedReadTokens: 0, totalTokens: 317 },
    ],
    [
      'tokens where nothing is said of the bill',
      { tokens: { input_tokens: 500, output_tokens: 20, reasoning_tokens: 5, image_tokens: 100 }, cached_tokens: 480 },
      { inputTokens: 20, cachedReadTokens: 480, imageInputTokens: 100, outputTokens: 15, reasoningTokens: 5, totalTokens: 620 },
    ],
    [
      'no more thinking than output, and no more images than input',
      { billed_units: { input_tokens: 2, output_tokens: 3 }, tokens: { reasoning_tokens: 9, image_tokens: 9 } },
      { inputTokens: 0, imageInputTokens: 2, outputTokens: 0, reasoningTokens: 3, totalTokens: 5 },
    ],
  ])('is %s', (_what, raw, expected) => {
    const usage = toUsage(raw) as Usage;
    expect(usage).toMatchObject({ ...expected, raw });
    expect(sumOfBuckets(usage)).toBe(usage.totalTokens);
  });

  it('is not known where nothing is counted', () => {
    expect(toUsage(null)).toBeNull();
    expect(toUsage({ billed_units: { search_units: 1 } })).toBeNull();
    expect(toUsage({ tokens: { input_tokens: -1 } })).toBeNull();
    expect(toEmbeddingUsage({ api_version: {} })).toBeNull();
  });

  it('of embeddings is texts and images', () => {
    const meta = { billed_units: { input_tokens: 7, image_tokens: 3 } };
    expect(toEmbeddingUsage(meta)).toMatchObject({ inputTokens: 7, imageInputTokens: 3, totalTokens: 10, raw: meta });
  });
});
