/** How long and how wide a run is. */
import type { CallSettings, StreamSettings } from './cost-phase.ts';
import type { MemorySettings } from './memory-phase.ts';

export interface BenchSettings {
  warmUpMs: number;
  calls: CallSettings;
  streams: StreamSettings;
  latency: { rounds: number; turnMs: number; upstreamLatenciesMs: number[] };
  memory: MemorySettings;
}

/** About four minutes. The warm-up is long enough for the hot functions of the server to be compiled, as they are in a server that runs. */
export const FULL: BenchSettings = {
  warmUpMs: 8000,
  calls: { rounds: 5, turnMs: 2500, concurrency: 32 },
  streams: { rounds: 3, streams: 100, chunks: 300, intervalMs: 10, rampMs: 500 },
  // 0 ms shows all of our own time, 50 ms what is left of it when the provider takes a realistic moment.
  latency: { rounds: 3, turnMs: 2300, upstreamLatenciesMs: [0, 50] },
  memory: { streams: 1000, chunks: 40, intervalMs: 200, rampMs: 6000, durationMs: 36_000 },
};

/** Under a minute; wider spread, same bars. */
export const QUICK: BenchSettings = {
  warmUpMs: 700,
  calls: { rounds: 3, turnMs: 1000, concurrency: 32 },
  streams: { rounds: 2, streams: 100, chunks: 100, intervalMs: 10, rampMs: 400 },
  latency: { rounds: 1, turnMs: 1500, upstreamLatenciesMs: [0] },
  memory: { streams: 1000, chunks: 15, intervalMs: 200, rampMs: 2500, durationMs: 9500 },
};
