/**
 * Latency histogram in the manner of HdrHistogram: exact below 256 µs, above it 128 buckets per power of two, so that a reported value
 * is at most 0.8 % above the true one. Fixed memory whatever is recorded.
 */

const SUB_BUCKETS = 128;
const EXACT_BELOW = SUB_BUCKETS * 2;
const EXACT_BITS = 8;
/** 2^36 µs is 19 hours; longer values are counted in the last bucket. */
const MAX_BITS = 36;
const BUCKETS = EXACT_BELOW + (MAX_BITS - EXACT_BITS) * SUB_BUCKETS;

/** Latencies in milliseconds. `count` 0 leaves every figure at 0. */
export interface LatencySummary {
  count: number;
  meanMs: number;
  p50Ms: number;
  p90Ms: number;
  p99Ms: number;
  p999Ms: number;
  maxMs: number;
}

export class Histogram {
  readonly #counts = new Float64Array(BUCKETS);
  #count = 0;
  #sum = 0;
  #max = 0;

  get count(): number {
    return this.#count;
  }

  /** Record one duration in microseconds; negative values (clock granularity) count as 0. */
  record(microseconds: number): void {
    const value = Math.max(0, Math.round(microseconds));
    const bucket = bucketOf(value);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#count += 1;
    this.#sum += value;
    if (value > this.#max) this.#max = value;
  }

  /** Smallest recorded value (upper edge of its bucket) that `fraction` of the recorded values do not exceed. 0 when empty. */
  quantile(fraction: number): number {
    if (this.#count === 0) return 0;
    const rank = Math.max(1, Math.ceil(fraction * this.#count));
    let seen = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      seen += this.#counts[bucket] ?? 0;
      if (seen >= rank) return Math.min(upperEdgeOf(bucket), this.#max);
    }
    return this.#max;
  }

  summary(): LatencySummary {
    const toMs = (microseconds: number): number => Math.round(microseconds) / 1000;
    return {
      count: this.#count,
      meanMs: toMs(this.#count === 0 ? 0 : this.#sum / this.#count),
      p50Ms: toMs(this.quantile(0.5)),
      p90Ms: toMs(this.quantile(0.9)),
      p99Ms: toMs(this.quantile(0.99)),
      p999Ms: toMs(this.quantile(0.999)),
      maxMs: toMs(this.#max),
    };
  }
}

function bucketOf(value: number): number {
  if (value < EXACT_BELOW) return value;
  const bits = Math.min(MAX_BITS - 1, Math.floor(Math.log2(value)));
  const within = Math.min(SUB_BUCKETS - 1, Math.floor(value / 2 ** (bits - 7)) - SUB_BUCKETS);
  return EXACT_BELOW + (bits - EXACT_BITS) * SUB_BUCKETS + within;
}

function upperEdgeOf(bucket: number): number {
  if (bucket < EXACT_BELOW) return bucket;
  const bits = EXACT_BITS + Math.floor((bucket - EXACT_BELOW) / SUB_BUCKETS);
  const within = (bucket - EXACT_BELOW) % SUB_BUCKETS;
  return (SUB_BUCKETS + within + 1) * 2 ** (bits - 7) - 1;
}
