import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RoutingPolicy } from '../../../server/src/modules/routing/index.ts';
import { Chance } from './chance.ts';
import type { Measures } from './measures.ts';
import { policyFor, type Trial } from './trial.ts';
import { HEALTHY, type MeasuredAnswer, type UpstreamSettings } from './upstream.ts';
import { World, type Arrival } from './world.ts';

/** What stands beside a checkout where recorded loads, latencies and outages are kept; where it does not, these trials are left out. */
const FOLDER = join(import.meta.dirname, '../../../../shared/data');
const LOAD = join(FOLDER, 'llm-traces-azure/AzureLLMInferenceTrace_code.csv');
const LATENCY = join(FOLDER, 'provider-latency/llmperf_requests.csv');
const OUTAGES = join(FOLDER, 'provider-outages/incidents.csv');

const END_MS = 600_000;
/** Long answers of slow providers take more than a minute. */
const DEADLINE_MS = 120_000;
/** What a failed call counts as. */
const FAILURE_MS = 30_000;
/** An outage lasts a hundredth of what it did: hours become minutes. */
const TIME_SCALE = 0.01;

const rowsOf = (path: string): string[][] =>
  readFileSync(path, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));

/** The first ten minutes of a production service: arrivals and lengths as they were. */
function recordedLoad(): Arrival[] {
  const rows = rowsOf(LOAD).map(([time, input, output]) => ({
    atMs: Date.parse(`${(time ?? '').slice(0, 23).replace(' ', 'T')}Z`),
    inputTokens: Number(input),
    outputTokens: Number(output),
  }));
  const startMs = rows[0]?.atMs ?? 0;
  return rows.map((row) => ({ ...row, atMs: row.atMs - startMs })).filter(({ atMs }) => atMs < END_MS);
}

/** Providers of one model of 70 billion parameters, each with the answers that were measured of it. */
function measuredUpstreams(): UpstreamSettings[] {
  const rows = rowsOf(LATENCY).filter(([, model]) => model?.includes('70b'));
  return [...Map.groupBy(rows, ([provider]) => provider ?? '')].map(([name, own]) => ({
    name,
    firstTokenMs: 1_000,
    msPerToken: 20,
    conditionAt: () => HEALTHY,
    measured: own.flatMap(toMeasured),
  }));
}

/** Column 9 is the error code: 429, -100 for too few tokens (an answer all the same), -1 for others. */
function toMeasured(row: readonly string[]): MeasuredAnswer[] {
  const errorClass = row[9] === '429' ? ('rate-limit' as const) : row[9] === '-1' ? ('transport' as const) : null;
  const firstTokenMs = Number(row[5]) * 1_000;
  const msPerToken = Number(row[7]) * 1_000;
  if (errorClass === null && !(firstTokenMs > 0 && msPerToken > 0)) return [];
  return [{ firstTokenMs, msPerToken, errorClass }];
}

/** Lengths of real incidents of impact 2 and 3, in scaled time. */
function outageLengthsMs(): number[] {
  return rowsOf(OUTAGES)
    .filter(([, , level, start, , , , resolved]) => Number(level) >= 2 && Boolean(start) && Boolean(resolved))
    .map((row) => (Date.parse(row[7] ?? '') - Date.parse(row[3] ?? '')) * TIME_SCALE)
    .filter((lengthMs) => lengthMs > 5_000 && lengthMs < END_MS / 4);
}

/** Each upstream has an outage of real length now and then, a minute and a half after the other on the mean. */
function withOutages(upstreams: readonly UpstreamSettings[], seed: number): UpstreamSettings[] {
  const lengths = outageLengthsMs();
  return upstreams.map((upstream, index) => {
    const chance = new Chance(seed, 300 + index);
    const outages: (readonly [number, number])[] = [];
    for (let atMs = chance.exponential(90_000); atMs < END_MS; atMs += chance.exponential(90_000)) {
      const endMs = atMs + (lengths[Math.floor(chance.unit() * lengths.length)] ?? 0);
      outages.push([atMs, endMs]);
      atMs = endMs;
    }
    const isOut = (atMs: number): boolean => outages.some(([fromMs, toMs]) => atMs >= fromMs && atMs < toMs);
    return { ...upstream, conditionAt: (atMs: number) => (isOut(atMs) ? { ...HEALTHY, failureShare: 1, failureMs: 200 } : HEALTHY) };
  });
}

function run(seed: number, upstreams: readonly UpstreamSettings[], load: readonly Arrival[], changes: Partial<RoutingPolicy>): Measures {
  const { calls } = new World({
    seed,
    upstreams,
    policy: policyFor(upstreams, changes),
    isGuarded: true,
    deadlineMs: DEADLINE_MS,
    arrivals: load,
    endMs: END_MS,
  }).run();
  const sum = calls.reduce((total, { isSuccess, atMs, endedAtMs }) => total + (isSuccess ? endedAtMs - atMs : FAILURE_MS), 0);
  return {
    'mean ms, failures as 30 s': sum / calls.length,
    success: calls.filter(({ isSuccess }) => isSuccess).length / calls.length,
    'attempts a call': calls.reduce((total, { attempts }) => total + attempts.length, 0) / calls.length,
  };
}

/** By fixed priority: each provider is tried in the order of the list, as a hand-written configuration would. */
function byPriority(upstreams: readonly UpstreamSettings[]): Partial<RoutingPolicy> {
  const { targets } = policyFor(upstreams);
  return { strategy: 'round-robin', targets: targets.map((target, priority) => ({ ...target, priority })) };
}

/** Trials on recorded loads, latencies and outages; none where those are not at hand. */
export function createTraceTrials(): Trial[] {
  if (![LOAD, LATENCY, OUTAGES].every((path) => existsSync(path))) return [];
  const load = recordedLoad();
  const upstreams = measuredUpstreams();
  const variants: Readonly<Record<string, Partial<RoutingPolicy>>> = {
    adaptive: { strategy: 'adaptive' },
    'response-time': { strategy: 'response-time' },
    'least-connections': { strategy: 'least-connections' },
    'round-robin': { strategy: 'round-robin' },
    'fixed priority': byPriority(upstreams),
  };
  return Object.entries(variants).flatMap(([variant, changes]) => [
    { scenario: 'recorded load, measured providers', variant, run: (seed: number) => run(seed, upstreams, load, changes) },
    {
      scenario: 'the same with outages of real length',
      variant,
      run: (seed: number) => run(seed, withOutages(upstreams, seed), load, changes),
    },
  ]);
}
