/** 1,000 slow streams that come and go for a while: resident memory must stay flat once all of them are open. */
import { DEFAULT_PLAN } from './fake-upstream-plan.ts';
import { MAX_MEMORY_GROWTH } from './cost-row.ts';
import { refuseWrongAnswers, type NonceRanges } from './measure.ts';
import { residentBytesOf } from './process-stat.ts';
import { chatStreamJob, graphqlStreamJob } from './scenarios.ts';
import type { Generator, Subject } from './subjects.ts';
import type { LoadJob, LoadResult, LoopPlan } from './load-run.ts';

export interface MemorySettings {
  streams: number;
  /** Content chunks of one stream and the pause between them: a stream lives chunks × intervalMs. */
  chunks: number;
  intervalMs: number;
  /** Time over which the first streams are opened. */
  rampMs: number;
  durationMs: number;
}

export interface MemorySample {
  atMs: number;
  bytes: number;
}

export interface MemoryVerdict {
  idleBytes: number;
  /** Means over the first, middle and last quarter of the steady time. */
  startBytes: number;
  midBytes: number;
  endBytes: number;
  peakBytes: number;
  /** end ÷ start − 1. */
  growth: number;
  isFlat: boolean;
  streams: number;
  streamsServed: number;
  samples: MemorySample[];
}

const SAMPLE_EVERY_MS = 250;

/** Loads `subject` through both streaming doors (OpenAI only when it has no GraphQL) and watches its memory. */
export async function measureMemory(
  subject: Subject,
  settings: MemorySettings,
  tools: { generators: readonly [Generator, Generator]; nonces: NonceRanges },
): Promise<MemoryVerdict> {
  const idleBytes = residentBytesOf(subject.pid);
  const samples: MemorySample[] = [];
  const startedAt = performance.now();
  const timer = setInterval(() => {
    samples.push({ atMs: performance.now() - startedAt, bytes: residentBytesOf(subject.pid) });
  }, SAMPLE_EVERY_MS);
  let results: LoadResult[];
  try {
    results = await Promise.all(
      jobsOf(subject, settings, tools.nonces).map((job, index) => tools.generators[index === 0 ? 0 : 1].run(job)),
    );
  } finally {
    clearInterval(timer);
  }
  for (const result of results) refuseWrongAnswers({ label: `${settings.streams} slow streams`, subject }, result);
  const streamsServed = results.reduce((sum, result) => sum + result.right, 0);
  const steadyFromMs = settings.rampMs + settings.chunks * settings.intervalMs;
  const steady = samples.filter((sample) => sample.atMs >= steadyFromMs && sample.atMs <= settings.durationMs);
  return { ...memoryVerdict(steady), idleBytes, streams: settings.streams, streamsServed, samples };
}

function jobsOf(subject: Subject, settings: MemorySettings, nonces: NonceRanges): LoadJob[] {
  const plan = { ...DEFAULT_PLAN, chunks: settings.chunks, intervalMs: settings.intervalMs };
  const { graphql } = subject;
  const loop = (concurrency: number): LoopPlan => ({
    mode: 'closed',
    concurrency,
    durationMs: settings.durationMs,
    rampMs: settings.rampMs,
  });
  if (graphql === undefined) return [chatStreamJob(subject.openai, plan, loop(settings.streams), nonces.take())];
  const half = Math.floor(settings.streams / 2);
  return [
    chatStreamJob(subject.openai, plan, loop(settings.streams - half), nonces.take()),
    graphqlStreamJob(graphql, plan, loop(half), nonces.take()),
  ];
}

/** Judges samples of the steady time; needs at least 8 of them. */
export function memoryVerdict(
  steady: readonly MemorySample[],
): Pick<MemoryVerdict, 'startBytes' | 'midBytes' | 'endBytes' | 'peakBytes' | 'growth' | 'isFlat'> {
  if (steady.length < 8) throw new Error(`${steady.length} memory samples in the steady time; the phase is too short to judge.`);
  const bytes = steady.map((sample) => sample.bytes);
  const quarter = Math.floor(bytes.length / 4);
  const middle = Math.floor((bytes.length - quarter) / 2);
  const startBytes = mean(bytes.slice(0, quarter));
  const endBytes = mean(bytes.slice(-quarter));
  const growth = endBytes / startBytes - 1;
  return {
    startBytes,
    midBytes: mean(bytes.slice(middle, middle + quarter)),
    endBytes,
    peakBytes: Math.max(...bytes),
    growth,
    isFlat: growth <= MAX_MEMORY_GROWTH,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
