import type { FileRates } from '../../server/src/modules/providers/index.ts';
import type { SourceRates } from './models-dev.ts';

const NANO_PER_USD = 1_000_000_000;
/** Fields of `cost` that are read under their own name or another one's. */
const ALSO_CALLED: Readonly<Record<string, keyof SourceRates>> = {
  cache_input: 'cache_read',
  cached_input: 'cache_read',
  cached_write: 'cache_write',
};
const KNOWN = new Set(['input', 'output', 'cache_read', 'cache_write', 'reasoning', 'input_audio', 'output_audio', 'tiers', 'tier']);

/** The rates under the names that are read; `strange` are fields that no bucket stands for. */
export function readRates(cost: SourceRates): { readonly rates: SourceRates; readonly renamed: string[]; readonly strange: string[] } {
  const rates: Record<string, number> = {};
  const renamed: string[] = [];
  const strange: string[] = [];
  for (const [name, value] of Object.entries(cost) as [string, number][]) {
    const other = ALSO_CALLED[name];
    if (KNOWN.has(name)) rates[name] = value;
    else if (other === undefined) strange.push(name);
    else {
      rates[other] ??= value;
      renamed.push(name);
    }
  }
  return { rates, renamed, strange };
}

/**
 * Prices in nano-USD for a million tokens. A zero beside paid input means that nobody wrote the price down, so it is left out; the output
 * of what only reads (`isInputOnly`: embeddings, rerankers) is nothing, and free.
 */
export function toFileRates(rates: SourceRates, isInputOnly: boolean): FileRates | null {
  const { input, output } = rates;
  if (input === undefined || output === undefined || input === 0) return null;
  if (output === 0 && !isInputOnly) return null;
  const known = (usd: number | undefined): number | null => (usd === undefined || usd === 0 ? null : toNanoUsd(usd));
  return withoutNulls({
    input: toNanoUsd(input),
    output: toNanoUsd(output),
    cachedRead: known(rates.cache_read),
    cacheWrite: known(rates.cache_write),
    reasoning: known(rates.reasoning),
    audioInput: known(rates.input_audio),
    audioOutput: known(rates.output_audio),
  });
}

function withoutNulls(rates: Readonly<Record<string, number | null>>): FileRates {
  return Object.fromEntries(Object.entries(rates).filter(([, rate]) => rate !== null)) as unknown as FileRates;
}

/** Room for what a source lost by computing its figure in doubles, as in 0.049999999999999996. */
const FEW_ULPS = 2 ** -50;

/** Exact for up to nine decimals, which every list price has; refuses the rest instead of rounding money. */
export function toNanoUsd(usd: number): number {
  const nanoUsd = Math.round(usd * NANO_PER_USD);
  if (!Number.isSafeInteger(nanoUsd) || nanoUsd < 0 || Math.abs(nanoUsd / NANO_PER_USD - usd) > usd * FEW_ULPS)
    throw new Error(`The price ${usd} USD is no number of nano-USD.`);
  return nanoUsd;
}

/** Every rate times a ratio; refuses what does not come out whole. */
export function scaleRates(rates: FileRates, [numerator, denominator]: readonly [number, number]): FileRates {
  return Object.fromEntries(
    Object.entries(rates).map(([bucket, rate]) => {
      const scaled = ((rate as number) * numerator) / denominator;
      if (!Number.isSafeInteger(scaled)) throw new Error(`${rate} × ${numerator}/${denominator} is no whole number of nano-USD.`);
      return [bucket, scaled];
    }),
  ) as unknown as FileRates;
}
