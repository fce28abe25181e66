const NANO_DIGITS = 9;
const DECIMAL = /^(\d{1,12})(?:\.(\d{1,9}))?$/;

/** Nano-USD as decimal text in USD, always with nine decimals. */
export function formatUsd(nanoUsd: bigint): string {
  const digits = (nanoUsd < 0n ? -nanoUsd : nanoUsd).toString().padStart(NANO_DIGITS + 1, '0');
  return `${nanoUsd < 0n ? '-' : ''}${digits.slice(0, -NANO_DIGITS)}.${digits.slice(-NANO_DIGITS)}`;
}

/** Decimal text in USD as nano-USD; null when it is negative, finer than a nano-dollar or not a number. */
export function parseUsd(text: string): bigint | null {
  const match = DECIMAL.exec(text);
  if (match === null) return null;
  return BigInt(match[1] as string) * 1_000_000_000n + BigInt((match[2] ?? '').padEnd(NANO_DIGITS, '0'));
}
