import { comparedMeasures, contestBars, contestTrials } from './contest.ts';
import { guardedBars, guardedTrials } from './guarded.ts';
import type { Measures } from './measures.ts';
import { tradeOffBars, tradeOffTrials } from './trade-off.ts';
import type { Bar, Trial } from './trial.ts';

/** One strategy against another on one measure. */
export interface Comparison extends Verdict {
  readonly isEqual: boolean;
}

export interface TrialResult {
  readonly trial: Trial;
  readonly bySeed: readonly Measures[];
}

export interface Verdict {
  readonly text: string;
  readonly value: number;
  readonly isMet: boolean;
}

export const allTrials: readonly Trial[] = [...contestTrials, ...guardedTrials, ...tradeOffTrials];
export const allBars: readonly Bar[] = [...contestBars, ...guardedBars, ...tradeOffBars];

export function runTrials(
  trials: readonly Trial[],
  seeds: number,
  onTrial: (result: TrialResult) => void = () => undefined,
): TrialResult[] {
  return trials.map((trial) => {
    const result = { trial, bySeed: Array.from({ length: seeds }, (_, seed) => trial.run(seed)) };
    onTrial(result);
    return result;
  });
}

export function meanOf({ bySeed }: TrialResult, measure: string): number {
  return bySeed.reduce((sum, measures) => sum + (measures[measure] ?? NaN), 0) / bySeed.length;
}

const find = (results: readonly TrialResult[], scenario: string, variant: string): TrialResult | undefined =>
  results.find(({ trial }) => trial.scenario === scenario && trial.variant === variant);

/** Holds the bars against what was measured. A control is met when it misses its bar. */
export function judgeBars(bars: readonly Bar[], results: readonly TrialResult[]): Verdict[] {
  return bars.flatMap((expected) => {
    const result = find(results, expected.scenario, expected.variant);
    if (result === undefined) return [];
    const values = result.bySeed.map((measures) => measures[expected.measure] ?? NaN);
    const worst = expected.comparison === 'at most' ? Math.max(...values) : Math.min(...values);
    const value = expected.over === 'worst' ? worst : meanOf(result, expected.measure);
    const isWithin = expected.comparison === 'at most' ? value <= expected.limit : value >= expected.limit;
    const who = `${expected.scenario}, ${expected.variant}: ${expected.measure}`;
    const kept = `${expected.comparison} ${expected.limit} (${expected.over === 'worst' ? 'every seed' : 'mean'})`;
    return [
      { text: expected.isControl ? `control, must miss: ${who} ${kept}` : `${who} ${kept}`, value, isMet: isWithin !== expected.isControl },
    ];
  });
}

/** One line a pair: whether the adaptive strategy does better than another on a measure, by its mean. */
export function compareWithAdaptive(results: readonly TrialResult[]): Comparison[] {
  const adaptive = results.filter(({ trial }) => trial.variant === 'adaptive');
  return adaptive.flatMap((own) =>
    results
      .filter(({ trial }) => trial.scenario === own.trial.scenario && trial.variant !== 'adaptive')
      .flatMap((other) =>
        comparedMeasures
          .filter((measure) => measure in (own.bySeed[0] ?? {}))
          .map((measure) => {
            const [mine, theirs] = [meanOf(own, measure), meanOf(other, measure)];
            return {
              text: `${own.trial.scenario}: adaptive against ${other.trial.variant} on ${measure} (${theirs.toPrecision(3)})`,
              value: mine,
              isMet: mine <= theirs,
              isEqual: mine === theirs,
            };
          }),
      ),
  );
}
