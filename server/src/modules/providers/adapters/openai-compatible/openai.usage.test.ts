import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromUsage, toUsage } from './openai.usage.ts';

const bucketsOf = (usage: NonNullable<ReturnType<typeof toUsage>>) => {
  const { raw: _raw, totalTokens, units: _units, ...buckets } = usage;
  return { totalTokens, sum: Object.values(buckets).reduce((sum, count) => sum + count, 0), buckets };
};

describe('token buckets of the OpenAI wire', () => {
  it('takes cached, audio and image tokens out of the prompt, reasoning and audio out of the completion', () => {
    const raw = {
      prompt_tokens: 100,
      completion_tokens: 50,
      total_tokens: 150,
      prompt_tokens_details: { cached_tokens: 40, audio_tokens: 10, image_tokens: 5, cache_write_tokens: 3 },
      completion_tokens_details: { reasoning_tokens: 30, audio_tokens: 5, accepted_prediction_tokens: 2 },
    };
    expect(toUsage(raw, 'within')).toEqual({
      inputTokens: 42,
      cachedReadTokens: 40,
      cacheWriteTokens: 3,
      outputTokens: 15,
      reasoningTokens: 30,
      audioInputTokens: 10,
      audioOutputTokens: 5,
      imageInputTokens: 5,
      totalTokens: 150,
      raw,
    });
  });

  it('adds reasoning beside the completion where the provider counts so', () => {
    const raw = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 35, completion_tokens_details: { reasoning_tokens: 20 } };
    expect(toUsage(raw, 'beside')).toMatchObject({ outputTokens: 5, reasoningTokens: 20, totalTokens: 35 });
    expect(toUsage(raw, 'by-total')).toMatchObject({ outputTokens: 5, reasoningTokens: 20, totalTokens: 35 });
    expect(toUsage({ ...raw, completion_tokens: 25 }, 'by-total')).toMatchObject({ outputTokens: 5, reasoningTokens: 20, totalTokens: 35 });
  });

  it('counts a cache that stands beside the prompt when the total says so, and within it otherwise', () => {
    const raw = { prompt_tokens: 10, completion_tokens: 5, cache_read_input_tokens: 100, cache_creation_input_tokens: 20 };
    const expected = { inputTokens: 10, cachedReadTokens: 100, cacheWriteTokens: 20, outputTokens: 5, totalTokens: 135 };
    expect(toUsage({ ...raw, total_tokens: 135 }, 'within')).toMatchObject(expected);
    expect(toUsage({ ...raw, prompt_tokens: 130, total_tokens: 135 }, 'within')).toMatchObject(expected);
    expect(toUsage({ prompt_tokens: 617, completion_tokens: 53, total_tokens: 670, cache_read_input_tokens: 0 }, 'within')).toMatchObject({
      inputTokens: 617,
      cachedReadTokens: 0,
      totalTokens: 670,
    });
  });

  it('is null when nothing was counted, never zero', () => {
    for (const value of [undefined, null, {}, { total_tokens: 7 }, { prompt_tokens: -1, completion_tokens: 1.5 }, 'many'])
      expect(toUsage(value, 'within')).toBeNull();
  });

  it('reads the arithmetic of single vendors off the answer itself', () => {
    const mistral = {
      prompt_tokens: 9,
      completion_tokens: 201,
      total_tokens: 585,
      prompt_tokens_details: { audio_tokens: 375, cached_tokens: 0 },
    };
    expect(toUsage(mistral, 'within')).toMatchObject({ inputTokens: 9, audioInputTokens: 375, outputTokens: 201, totalTokens: 585 });
    const grokInAzure = {
      prompt_tokens: 7,
      completion_tokens: 1,
      total_tokens: 8,
      prompt_tokens_details: { text_tokens: 7, cached_tokens: 163 },
    };
    expect(toUsage(grokInAzure, 'by-total')).toMatchObject({ inputTokens: 7, cachedReadTokens: 163, outputTokens: 1, totalTokens: 171 });
    const geminiAsOpenAi = { prompt_tokens: 35, completion_tokens: 12, total_tokens: 109 };
    expect(toUsage(geminiAsOpenAi, 'by-total')).toMatchObject({ inputTokens: 35, outputTokens: 12, reasoningTokens: 62, totalTokens: 109 });
    expect(toUsage(geminiAsOpenAi, 'within')).toMatchObject({ reasoningTokens: 0, totalTokens: 47 });
    const venice = {
      prompt_tokens: 1670,
      completion_tokens: 18,
      prompt_tokens_details: { cached_tokens: 1661, cache_creation_input_tokens: 6 },
    };
    expect(toUsage(venice, 'within')).toMatchObject({ inputTokens: 3, cachedReadTokens: 1661, cacheWriteTokens: 6, totalTokens: 1688 });
    const repeated = {
      prompt_tokens: 1599,
      completion_tokens: 90,
      prompt_tokens_details: { cached_tokens: 1597, cache_creation_input_tokens: 1597 },
    };
    expect(toUsage(repeated, 'within')).toMatchObject({ inputTokens: 2, cachedReadTokens: 1597, cacheWriteTokens: 0, totalTokens: 1689 });
  });

  it('keeps the buckets disjoint and their sum right for any counts, overlapping ones too', () => {
    const count = fc.integer({ min: 0, max: 1_000_000 });
    const details = fc.record({ cached_tokens: count, audio_tokens: count, image_tokens: count, reasoning_tokens: count });
    fc.assert(
      fc.property(count, count, details, (prompt, completion, parts) => {
        const raw = {
          prompt_tokens: prompt,
          completion_tokens: completion,
          prompt_tokens_details: parts,
          completion_tokens_details: parts,
        };
        const { totalTokens, sum, buckets } = bucketsOf(toUsage(raw, 'within') ?? expect.fail());
        expect(totalTokens).toBe(prompt + completion);
        expect(sum).toBe(totalTokens);
        for (const value of Object.values(buckets)) expect(value).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('survives being written as OpenAI writes it and read again', () => {
    const count = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(fc.array(count, { minLength: 8, maxLength: 8 }), (counts) => {
        const [
          inputTokens,
          cachedReadTokens,
          cacheWriteTokens,
          outputTokens,
          reasoningTokens,
          audioInputTokens,
          audioOutputTokens,
          imageInputTokens,
        ] = counts as [number, number, number, number, number, number, number, number];
        const totalTokens = counts.reduce((sum, value) => sum + value, 0);
        const usage = {
          inputTokens,
          cachedReadTokens,
          cacheWriteTokens,
          outputTokens,
          reasoningTokens,
          audioInputTokens,
          audioOutputTokens,
          imageInputTokens,
          totalTokens,
        };
        expect(toUsage(fromUsage({ ...usage, raw: null }), 'within')).toMatchObject(usage);
      }),
    );
  });
});
