/** What a call takes longer through the server than through the bare proxy, both at the same arrival rate: half of what the server can do. */
import type { AnswerPlan } from './fake-upstream-plan.ts';
import { median, runTurns, type NonceRanges, type Turn, type TurnSample } from './measure.ts';
import { chatJob, graphqlJob } from './scenarios.ts';
import type { Generator, Subject } from './subjects.ts';

export interface LatencyRow {
  name: string;
  upstreamLatencyMs: number;
  ratePerSecond: number;
  proxy: LatencyPoint;
  server: LatencyPoint;
  /** Server minus proxy. */
  addedP50Ms: number;
  addedP99Ms: number;
  /** CPU per call at this rate, µs. */
  proxyMicroseconds: number;
  serverMicroseconds: number;
}

export interface LatencyPoint {
  p50Ms: number;
  p90Ms: number;
  p99Ms: number;
  /** How late the generator sent, p99; part of the latencies on both sides. */
  sendLagP99Ms: number;
}

export interface LatencyDoor {
  name: 'chat/completions' | 'completionCreate';
  ratePerSecond: number;
}

export interface LatencySettings {
  rounds: number;
  turnMs: number;
  plan: AnswerPlan;
}

/** Runs every door at its rate, proxy first, `rounds` times. `measured` without GraphQL can only be asked for chat. */
export async function measureLatency(
  limit: Subject,
  measured: Subject,
  doors: readonly LatencyDoor[],
  settings: LatencySettings,
  tools: { generator: Generator; nonces: NonceRanges },
): Promise<LatencyRow[]> {
  const round = doors.flatMap((door) => [turnOf(limit, door, settings), turnOf(measured, door, settings)]);
  const samples = await runTurns(Array.from({ length: settings.rounds }, () => round).flat(), tools.generator, tools.nonces);
  return doors.map((door) => rowOf(door, settings, samples, limit.name));
}

function turnOf(subject: Subject, door: LatencyDoor, settings: LatencySettings): Turn {
  const loop = { mode: 'open', ratePerSecond: door.ratePerSecond, durationMs: settings.turnMs } as const;
  const graphql = door.name === 'completionCreate' ? subject.graphql : undefined;
  const job: Turn['job'] =
    graphql === undefined
      ? (firstNonce) => chatJob(subject.openai, settings.plan, loop, firstNonce)
      : (firstNonce) => graphqlJob(graphql, settings.plan, loop, firstNonce);
  return { label: door.name, subject, job };
}

function rowOf(door: LatencyDoor, settings: LatencySettings, samples: readonly TurnSample[], limitName: string): LatencyRow {
  const ofDoor = samples.filter((sample) => sample.label === door.name);
  const proxySamples = ofDoor.filter((sample) => sample.subjectName === limitName);
  const serverSamples = ofDoor.filter((sample) => sample.subjectName !== limitName);
  const proxy = pointOf(proxySamples);
  const server = pointOf(serverSamples);
  return {
    name: door.name,
    upstreamLatencyMs: settings.plan.latencyMs,
    ratePerSecond: door.ratePerSecond,
    proxy,
    server,
    addedP50Ms: server.p50Ms - proxy.p50Ms,
    addedP99Ms: server.p99Ms - proxy.p99Ms,
    proxyMicroseconds: median(proxySamples.map(cpuPerCall)),
    serverMicroseconds: median(serverSamples.map(cpuPerCall)),
  };
}

function cpuPerCall(sample: TurnSample): number {
  return sample.cpuMicroseconds / sample.result.right;
}

function pointOf(samples: readonly TurnSample[]): LatencyPoint {
  const medianOf = (read: (sample: TurnSample) => number): number => median(samples.map(read));
  return {
    p50Ms: medianOf((sample) => sample.result.latency.p50Ms),
    p90Ms: medianOf((sample) => sample.result.latency.p90Ms),
    p99Ms: medianOf((sample) => sample.result.latency.p99Ms),
    sendLagP99Ms: medianOf((sample) => sample.result.sendLag.p99Ms),
  };
}
