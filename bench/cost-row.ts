/** From samples to one row of the table: what one call or one relayed chunk costs the limit and the server, and whether that passes. */
import { median, type TurnSample } from './measure.ts';

/** Most that a row may cost, as a multiple of what the bare proxy needs for the same work. */
export const BARS = { chat: 1.7, completionCreate: 2.2, relayedChunk: 1.3 } as const;
/** Most that resident memory may grow while 1,000 streams come and go. */
export const MAX_MEMORY_GROWTH = 0.1;

export interface CostRow {
  name: string;
  unit: 'call' | 'chunk';
  rounds: number;
  /** Medians over the rounds, µs of CPU per unit. */
  proxyMicroseconds: number;
  serverMicroseconds: number;
  postgresMicroseconds: number;
  /** Median over the rounds of server ÷ mean of the proxy turns before and after it, with its extremes. */
  ratio: number;
  ratioLow: number;
  ratioHigh: number;
  /** Undefined: the row is information. */
  bar: number | undefined;
  isMet: boolean;
  /** Units per second that came through, medians. With closed loop and the database on the same cores. */
  proxyRate: number;
  serverRate: number;
}

/** How many units one right answer stands for: 1 per call, or the chunks of a stream. */
export interface RowSpec {
  name: string;
  /** Label of the measured turns in the samples. */
  label: string;
  unit: 'call' | 'chunk';
  unitsPerAnswer: number;
  bar: number | undefined;
}

/**
 * Builds a row from alternating samples: every sample with `spec.label` that is not the proxy's is compared with its neighbours, which
 * must be the proxy's. Throws when a neighbour is missing, because an unpaired sample would compare different minutes of the machine.
 */
export function costRow(spec: RowSpec, samples: readonly TurnSample[], proxyName: string): CostRow {
  const measured = samples.flatMap((sample, index) => {
    if (sample.label !== spec.label || sample.subjectName === proxyName) return [];
    const neighbours = [samples[index - 1], samples[index + 1]].filter((other) => other?.subjectName === proxyName);
    const [before, after] = neighbours;
    if (before === undefined || after === undefined) throw new Error(`Sample ${index} (${spec.name}) has no proxy turn on both sides.`);
    const units = (of: TurnSample): number => of.result.right * spec.unitsPerAnswer;
    const proxy = (before.cpuMicroseconds / units(before) + after.cpuMicroseconds / units(after)) / 2;
    const server = sample.cpuMicroseconds / units(sample);
    return [
      {
        proxy,
        server,
        ratio: server / proxy,
        postgres: sample.postgresCpuMicroseconds / units(sample),
        proxyRate: ((before.result.ratePerSecond + after.result.ratePerSecond) / 2) * spec.unitsPerAnswer,
        serverRate: sample.result.ratePerSecond * spec.unitsPerAnswer,
      },
    ];
  });
  if (measured.length === 0) throw new Error(`No sample for ${spec.name}.`);
  const ratio = median(measured.map((round) => round.ratio));
  return {
    name: spec.name,
    unit: spec.unit,
    rounds: measured.length,
    proxyMicroseconds: median(measured.map((round) => round.proxy)),
    serverMicroseconds: median(measured.map((round) => round.server)),
    postgresMicroseconds: median(measured.map((round) => round.postgres)),
    ratio,
    ratioLow: Math.min(...measured.map((round) => round.ratio)),
    ratioHigh: Math.max(...measured.map((round) => round.ratio)),
    bar: spec.bar,
    isMet: spec.bar === undefined || ratio <= spec.bar,
    proxyRate: median(measured.map((round) => round.proxyRate)),
    serverRate: median(measured.map((round) => round.serverRate)),
  };
}
