import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeRawUsage, toUsage } from './anthropic.usage.ts';

describe('usage', () => {
  it('counts input, cache reads and cache writes side by side and tells thinking from output', () => {
    const raw = {
      input_tokens: 3,
      cache_read_input_tokens: 1217,
      cache_creation_input_tokens: 10,
      cache_creation: { ephemeral_5m_input_tokens: 4, ephemeral_1h_input_tokens: 6 },
      output_tokens: 34,
      output_tokens_details: { thinking_tokens: 7 },
    };
    expect(toUsage(raw)).toEqual({
      inputTokens: 3,
      cachedReadTokens: 1217,
      cacheWriteTokens: 10,
      cacheWriteHourTokens: 6,
      outputTokens: 27,
      reasoningTokens: 7,
      audioInputTokens: 0,
      audioOutputTokens: 0,
      imageInputTokens: 0,
      totalTokens: 1264,
      raw,
    });
  });

  it('never tells more of the cache writes to be for an hour than there were', () => {
    const written = (hour: number) =>
      toUsage({ output_tokens: 1, cache_creation_input_tokens: 5, cache_creation: { ephemeral_1h_input_tokens: hour } });
    expect(written(9)?.cacheWriteHourTokens).toBe(5);
    expect(written(5)?.cacheWriteHourTokens).toBe(5);
    expect(written(0)).not.toHaveProperty('cacheWriteHourTokens');
  });

  it('adds what a compaction cost, which the top-level numbers leave out', () => {
    const iterations = [
      { type: 'compaction', input_tokens: 60_385, output_tokens: 522, cache_read_input_tokens: 1, cache_creation_input_tokens: 2 },
      { type: 'message', input_tokens: 612, output_tokens: 2819 },
    ];
    expect(toUsage({ input_tokens: 612, output_tokens: 2819, iterations })).toMatchObject({
      inputTokens: 60_997,
      cachedReadTokens: 1,
      cacheWriteTokens: 2,
      outputTokens: 3341,
      totalTokens: 64_341,
    });
  });

  it('is null when nothing was told', () => {
    expect(toUsage(null)).toBeNull();
    expect(toUsage({ service_tier: 'standard' })).toBeNull();
  });

  it('always has buckets that are counts and sum to the total, whatever the wire says', () => {
    const count = fc.oneof(fc.nat(1e9), fc.constantFrom(null, -1, 1.5, 'x'));
    const part = fc.record(
      {
        input_tokens: count,
        output_tokens: fc.nat(1e9),
        cache_read_input_tokens: count,
        cache_creation_input_tokens: count,
        output_tokens_details: fc.record({ thinking_tokens: count }),
      },
      { requiredKeys: ['output_tokens'] },
    );
    const iteration = part.chain((fields) => fc.constantFrom('compaction', 'message').map((type) => ({ ...fields, type })));
    fc.assert(
      fc.property(part, fc.array(iteration, { maxLength: 3 }), (fields, iterations) => {
        const usage = toUsage({ ...fields, iterations });
        if (usage === null) throw new Error('usage expected');
        const { totalTokens, raw: _raw, units: _units, ...buckets } = usage;
        const counts = Object.values(buckets);
        expect(counts.every((value) => Number.isSafeInteger(value) && value >= 0)).toBe(true);
        expect(counts.reduce((sum, value) => sum + value, 0)).toBe(totalTokens);
      }),
    );
  });

  it('lets later counts of a stream replace earlier ones and keeps what they leave out', () => {
    const start = { input_tokens: 43, output_tokens: 1, service_tier: 'standard' };
    expect(mergeRawUsage(start, { input_tokens: 61, output_tokens: 2, service_tier: null })).toEqual({
      input_tokens: 61,
      output_tokens: 2,
      service_tier: 'standard',
    });
    expect(mergeRawUsage(null, start)).toBe(start);
    expect(mergeRawUsage(start, null)).toBe(start);
  });
});
