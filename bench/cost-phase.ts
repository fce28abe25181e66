/** The turns behind the table of CPU per call and per relayed chunk. */
import { BARS, costRow, type CostRow, type RowSpec } from './cost-row.ts';
import { DEFAULT_PLAN, type AnswerPlan } from './fake-upstream-plan.ts';
import type { LoopPlan } from './load-run.ts';
import { median, runTurns, type NonceRanges, type Turn, type TurnSample } from './measure.ts';
import { chatJob, chatStreamJob, graphqlJob, graphqlStreamJob } from './scenarios.ts';
import type { Generator, Subject } from './subjects.ts';

export interface CallSettings {
  rounds: number;
  turnMs: number;
  concurrency: number;
}

export interface StreamSettings {
  rounds: number;
  streams: number;
  chunks: number;
  intervalMs: number;
  /** The first chunks are spread over this time, so that streams do not tick in step. */
  rampMs: number;
}

export interface CostTools {
  limit: Subject;
  measured: Subject;
  generator: Generator;
  nonces: NonceRanges;
}

/** Warms both sides up through every door: neither is measured while its code is still being compiled. */
export async function warmUp(tools: CostTools, durationMs: number): Promise<void> {
  const { limit, measured } = tools;
  const loop = { mode: 'closed', concurrency: 32, durationMs } as const;
  const stream = { ...DEFAULT_PLAN, chunks: 20, intervalMs: 5 };
  const openAi = (subject: Subject): Turn[] => [
    { label: 'warm-up', subject, job: (nonce) => chatJob(subject.openai, DEFAULT_PLAN, loop, nonce) },
    { label: 'warm-up stream', subject, job: (nonce) => chatStreamJob(subject.openai, stream, loop, nonce) },
  ];
  const { graphql } = measured;
  const ofServer = openAi(measured);
  if (graphql !== undefined) {
    ofServer.push(
      { label: 'warm-up GraphQL', subject: measured, job: (nonce) => graphqlJob(graphql, DEFAULT_PLAN, loop, nonce) },
      { label: 'warm-up GraphQL stream', subject: measured, job: (nonce) => graphqlStreamJob(graphql, stream, loop, nonce) },
    );
  }
  const ofProxy = openAi(limit);
  const turns = ofServer.flatMap((turn, index) => [...ofProxy.slice(index % 2, (index % 2) + 1), turn]);
  await runTurns(turns, tools.generator, tools.nonces);
}

/** Closed loop, answers not streamed, upstream without latency. */
export async function measureCalls(tools: CostTools, settings: CallSettings): Promise<{ rows: CostRow[]; samples: TurnSample[] }> {
  const loop = { mode: 'closed', concurrency: settings.concurrency, durationMs: settings.turnMs } as const;
  const plan = DEFAULT_PLAN;
  const { limit, measured } = tools;
  const { graphql } = measured;
  const proxyTurn: Turn = { label: 'chat', subject: limit, job: (nonce) => chatJob(limit.openai, plan, loop, nonce) };
  const serverTurns: Turn[] = [{ label: 'chat', subject: measured, job: (nonce) => chatJob(measured.openai, plan, loop, nonce) }];
  if (graphql !== undefined) {
    serverTurns.push({ label: 'graphql', subject: measured, job: (nonce) => graphqlJob(graphql, plan, loop, nonce) });
  }
  const samples = await runTurns(alternating(proxyTurn, serverTurns, settings.rounds), tools.generator, tools.nonces);
  const specs: RowSpec[] = [{ name: 'chat/completions', label: 'chat', unit: 'call', unitsPerAnswer: 1, bar: BARS.chat }];
  if (graphql !== undefined)
    specs.push({ name: 'completionCreate', label: 'graphql', unit: 'call', unitsPerAnswer: 1, bar: BARS.completionCreate });
  return { rows: specs.map((spec) => costRow(spec, samples, limit.name)), samples };
}

/**
 * Long streams whose chunks arrive one by one at the pace of the upstream, so that both sides relay the same chunks at the same rate.
 * CPU per chunk is the whole CPU of the turn ÷ chunks: opening and recording the call is in it, at 1 ÷ chunks of its cost.
 */
export async function measureStreams(tools: CostTools, settings: StreamSettings): Promise<{ rows: CostRow[]; samples: TurnSample[] }> {
  const plan: AnswerPlan = { ...DEFAULT_PLAN, chunks: settings.chunks, intervalMs: settings.intervalMs };
  // Each caller makes one stream: the loop is over before the first of them ends.
  const loop: LoopPlan = { mode: 'closed', concurrency: settings.streams, durationMs: settings.rampMs + 1, rampMs: settings.rampMs };
  const { limit, measured } = tools;
  const { graphql } = measured;
  const proxyTurn: Turn = { label: 'stream', subject: limit, job: (nonce) => chatStreamJob(limit.openai, plan, loop, nonce) };
  const serverTurns: Turn[] = [{ label: 'stream', subject: measured, job: (nonce) => chatStreamJob(measured.openai, plan, loop, nonce) }];
  if (graphql !== undefined) {
    serverTurns.push({ label: 'graphql-stream', subject: measured, job: (nonce) => graphqlStreamJob(graphql, plan, loop, nonce) });
  }
  const samples = await runTurns(alternating(proxyTurn, serverTurns, settings.rounds), tools.generator, tools.nonces);
  const common = { unit: 'chunk', unitsPerAnswer: settings.chunks } as const;
  const specs: RowSpec[] = [{ ...common, name: 'chat/completions stream', label: 'stream', bar: BARS.relayedChunk }];
  // The bar is on the pass-through; a GraphQL event is made anew from each chunk, so its row is information.
  if (graphql !== undefined) specs.push({ ...common, name: 'completionStream (SSE)', label: 'graphql-stream', bar: undefined });
  return { rows: specs.map((spec) => costRow(spec, samples, limit.name)), samples };
}

/** P S₁ P S₂ P … P: every turn of the server has a turn of the proxy on both sides. */
export function alternating(proxyTurn: Turn, serverTurns: readonly Turn[], rounds: number): Turn[] {
  const turns: Turn[] = [proxyTurn];
  for (let round = 0; round < rounds; round += 1) for (const turn of serverTurns) turns.push(turn, proxyTurn);
  return turns;
}

/** Median first-byte time of the measured subject minus the proxy's, per streaming door. */
export function addedFirstToken(samples: readonly TurnSample[], limitName: string): { door: string; p50Ms: number }[] {
  const p50Of = (label: string, isProxy: boolean): number =>
    median(
      samples
        .filter((sample) => sample.label === label && (sample.subjectName === limitName) === isProxy)
        .map((sample) => sample.result.firstByte.p50Ms),
    );
  const labels = [...new Set(samples.filter((sample) => sample.subjectName !== limitName).map((sample) => sample.label))];
  return labels.map((door) => ({ door, p50Ms: p50Of(door, false) - p50Of('stream', true) }));
}
