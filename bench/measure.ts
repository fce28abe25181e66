/** Turns: one load job on one subject, with the CPU it cost. Always alternating, so that a slow minute of the machine hits both sides. */
import type { LoadJob, LoadResult } from './load-run.ts';
import type { Generator, Subject } from './subjects.ts';

export interface Turn {
  /** Row that the turn belongs to. */
  label: string;
  subject: Subject;
  job: (firstNonce: number) => LoadJob;
}

export interface TurnSample {
  label: string;
  subjectName: string;
  result: LoadResult;
  /** From the start of this turn to the end of the *next* one: work that the subject put off until after its answers is in it. */
  cpuMicroseconds: number;
  postgresCpuMicroseconds: number;
}

/** Time after the last turn in which put-off work may still run, ms. */
const SETTLE_MS = 500;
const NONCES_PER_TURN = 10_000_000;

/** Hands out disjoint ranges, so that no two calls of a run are alike. */
export class NonceRanges {
  #next = 0;

  take(): number {
    const first = this.#next;
    this.#next += NONCES_PER_TURN;
    return first;
  }
}

/**
 * Runs turns one after another. Two neighbouring turns must have different subjects, otherwise their CPU windows would overlap.
 * Throws on the first turn with a wrong answer: figures over errors mean nothing.
 */
export async function runTurns(turns: readonly Turn[], generator: Generator, nonces: NonceRanges): Promise<TurnSample[]> {
  const samples: TurnSample[] = [];
  let closePrevious: (() => void) | undefined;
  let previousName: string | undefined;
  for (const turn of turns) {
    const { subject } = turn;
    if (subject.name === previousName) throw new Error(`Two neighbouring turns of ${subject.name}: their CPU windows would overlap.`);
    const cpuBefore = subject.cpuMicroseconds();
    const postgresBefore = subject.postgresCpuMicroseconds();
    const result = await generator.run(turn.job(nonces.take()));
    refuseWrongAnswers(turn, result);
    const sample: TurnSample = { label: turn.label, subjectName: subject.name, result, cpuMicroseconds: 0, postgresCpuMicroseconds: 0 };
    samples.push(sample);
    closePrevious?.();
    closePrevious = () => {
      sample.cpuMicroseconds = subject.cpuMicroseconds() - cpuBefore;
      sample.postgresCpuMicroseconds = subject.postgresCpuMicroseconds() - postgresBefore;
    };
    previousName = subject.name;
  }
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  closePrevious?.();
  return samples;
}

/** Throws unless every answer of the turn was right and there was at least one. */
export function refuseWrongAnswers(turn: Pick<Turn, 'label' | 'subject'>, result: LoadResult): void {
  if (result.failed === 0 && result.right > 0) return;
  const reasons = result.failures.map((reason) => `  - ${reason}`).join('\n');
  throw new Error(`${turn.label} on ${turn.subject.name}: ${result.failed} of ${result.sent} answers were wrong.\n${reasons}`);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
