import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatUsd, parseUsd } from './money.ts';

describe('money at the border', () => {
  it('comes back as it went', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), (nanoUsd) => {
        expect(parseUsd(formatUsd(nanoUsd))).toBe(nanoUsd);
      }),
    );
  });

  it.each<[bigint, string]>([
    [0n, '0.000000000'],
    [1n, '0.000000001'],
    [1_234_567_890n, '1.234567890'],
    [-5n, '-0.000000005'],
  ])('of %s nano-USD is written %s', (nanoUsd, text) => {
    expect(formatUsd(nanoUsd)).toBe(text);
  });

  it.each(['', '.5', '5.', '-1', '+1', '1e3', '0x1', '1,5', ' 1', '1.0000000001', '1234567890123', 'NaN'])('is not %j', (text) => {
    expect(parseUsd(text)).toBeNull();
  });

  it.each([
    ['0.05', 50_000_000n],
    ['12', 12_000_000_000n],
    ['999999999999.999999999', 999_999_999_999_999_999_999n],
  ])('is %s', (text, nanoUsd) => {
    expect(parseUsd(text)).toBe(nanoUsd);
  });
});
