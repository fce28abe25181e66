import type { WorldRecord } from './world.ts';

/** Numbers of one run by name. */
export type Measures = Readonly<Record<string, number>>;

export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

const isWithin = ({ fromMs, toMs }: Stretch, atMs: number): boolean => atMs >= fromMs && atMs < toMs;

/** Share of attempts in a stretch that went to one upstream. */
export function trafficShare({ attempts }: WorldRecord, upstream: number, stretch: Stretch): number {
  let all = 0;
  let own = 0;
  for (const attempt of attempts) {
    if (!isWithin(stretch, attempt.atMs)) continue;
    all += 1;
    if (attempt.upstream === upstream) own += 1;
  }
  return all === 0 ? 0 : own / all;
}

/** Share of calls that arrived in a stretch and failed. */
export function errorShare({ calls }: WorldRecord, stretch: Stretch): number {
  const arrived = calls.filter(({ atMs }) => isWithin(stretch, atMs));
  return arrived.length === 0 ? 0 : arrived.filter(({ isSuccess }) => !isSuccess).length / arrived.length;
}

/** Time from arrival to answer that a share of the successful calls of a stretch keep. */
export function quantileMs({ calls }: WorldRecord, stretch: Stretch, quantile: number): number {
  const times = Float64Array.from(
    calls.filter(({ atMs, isSuccess }) => isSuccess && isWithin(stretch, atMs)),
    ({ atMs, endedAtMs }) => endedAtMs - atMs,
  ).sort();
  return times[Math.floor(times.length * quantile)] ?? 0;
}

/** Time that 99 of 100 calls of a stretch keep, where a call that failed took `failureMs`: who fails fast is not fast. */
export function p99Ms({ calls }: WorldRecord, stretch: Stretch, failureMs: number): number {
  const times = Float64Array.from(
    calls.filter(({ atMs }) => isWithin(stretch, atMs)),
    ({ atMs, endedAtMs, isSuccess }) => (isSuccess ? endedAtMs - atMs : failureMs),
  ).sort();
  return times[Math.floor(times.length * 0.99)] ?? 0;
}

/** Attempts per call that arrived in a stretch. */
export function amplification({ calls }: WorldRecord, stretch: Stretch): number {
  const arrived = calls.filter(({ atMs }) => isWithin(stretch, atMs));
  return arrived.reduce((sum, { attempts }) => sum + attempts.length, 0) / Math.max(arrived.length, 1);
}

/** Successful calls per second that ended in a stretch. */
export function goodput({ calls }: WorldRecord, stretch: Stretch): number {
  const good = calls.filter(({ endedAtMs, isSuccess }) => isSuccess && isWithin(stretch, endedAtMs)).length;
  return (good * 1000) / (stretch.toMs - stretch.fromMs);
}

/** The most probes of one upstream that ran within any 50 ms: more than one shows a herd at a half-open breaker. */
export function mostProbesAtOnce({ attempts }: WorldRecord, upstream: number): number {
  const probes = attempts.filter((attempt) => attempt.isProbe && attempt.upstream === upstream).map(({ atMs }) => atMs);
  return probes.reduce((most, atMs, index) => Math.max(most, probes.slice(index).filter((other) => other - atMs < 50).length), 0);
}
