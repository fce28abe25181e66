import { spawn } from 'node:child_process';

export interface CheckStep {
  readonly name: string;
  readonly command: string;
  readonly parameters: readonly string[];
}

export interface StepResult {
  readonly name: string;
  readonly isPassed: boolean;
  /** What it printed on both streams, in order of arrival. */
  readonly output: string;
  readonly durationMs: number;
}

/**
 * Runs every step, `atOnce` of them side by side, and never stops at the first that fails: all problems are told in one go.
 * Results come in the order of `steps`. A step that cannot be started counts as failed.
 */
export async function runSteps(steps: readonly CheckStep[], atOnce: number): Promise<StepResult[]> {
  const results: StepResult[] = [];
  const waiting = steps.entries();
  const work = async (): Promise<void> => {
    for (const [index, step] of waiting) results[index] = await runStep(step);
  };
  await Promise.all(Array.from({ length: Math.max(1, atOnce) }, work));
  return results;
}

function runStep({ name, command, parameters }: CheckStep): Promise<StepResult> {
  const startedAtMs = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const finish = (isPassed: boolean): void => resolve({ name, isPassed, output, durationMs: performance.now() - startedAtMs });
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', (error) => {
      output += `${command} could not be started: ${error.message}\n`;
      finish(false);
    });
    child.once('close', (code) => finish(code === 0));
  });
}

/** The problems of the steps that failed, then one line a step. */
export function renderReport(results: readonly StepResult[]): string {
  const failed = results.filter(({ isPassed }) => !isPassed);
  const problems = failed.map(({ name, output }) => `── ${name}\n${output.trimEnd() || '(it printed nothing)'}\n`);
  const lines = results.map(
    ({ name, isPassed, durationMs }) =>
      `${isPassed ? 'ok    ' : 'FAILED'} ${name.padEnd(16)} ${(durationMs / 1000).toFixed(1).padStart(5)} s`,
  );
  return [...problems, ...lines, ''].join('\n');
}
