/** One past call: how much likelier the other policy was to send it where it went, and what came of it. */
export interface WeighedValue {
  readonly weight: number;
  readonly value: number;
}

export interface Interval {
  readonly estimate: number;
  /** The 95 % interval. */
  readonly lower: number;
  readonly upper: number;
}

export interface MeanComparison {
  /** What happened. */
  readonly actual: number;
  /** What would have happened. */
  readonly other: Interval;
  /** The second less the first. */
  readonly change: Interval;
}

const Z = 1.96;

/** How many equally weighted calls would tell as much (Kish). */
export function effectiveCount(samples: readonly WeighedValue[]): number {
  const sum = samples.reduce((total, { weight }) => total + weight, 0);
  const squares = samples.reduce((total, { weight }) => total + weight * weight, 0);
  return squares === 0 ? 0 : (sum * sum) / squares;
}

/**
 * The self-normalised mean of the values under the other policy and its change against the plain mean; intervals by the delta method.
 * `isShare`: values are 0 or 1, and the interval is Wilson's, which holds for rare events too. Needs a weight above 0.
 */
export function compareMeans(samples: readonly WeighedValue[], isShare: boolean): MeanComparison {
  const count = samples.length;
  const weights = samples.reduce((total, { weight }) => total + weight, 0);
  const actual = samples.reduce((total, { value }) => total + value, 0) / count;
  const estimate = samples.reduce((total, { weight, value }) => total + weight * value, 0) / weights;
  let variance = 0;
  let changeVariance = 0;
  for (const { weight, value } of samples) {
    const influence = (weight * (value - estimate)) / weights;
    variance += influence * influence;
    changeVariance += (influence - (value - actual) / count) ** 2;
  }
  return {
    actual,
    other: isShare ? wilsonInterval(estimate, variance, effectiveCount(samples)) : normalInterval(estimate, variance),
    change: normalInterval(estimate - actual, changeVariance),
  };
}

function normalInterval(estimate: number, variance: number): Interval {
  const margin = Z * Math.sqrt(variance);
  return { estimate, lower: estimate - margin, upper: estimate + margin };
}

/** Wilson's interval with as many calls as would give this variance. */
function wilsonInterval(share: number, variance: number, effective: number): Interval {
  const count = variance > 0 ? Math.min(effective, (share * (1 - share)) / variance) : effective;
  const square = Z * Z;
  const centre = (share + square / (2 * count)) / (1 + square / count);
  const margin = (Z * Math.sqrt((share * (1 - share)) / count + square / (4 * count * count))) / (1 + square / count);
  return { estimate: share, lower: Math.max(0, centre - margin), upper: Math.min(1, centre + margin) };
}
