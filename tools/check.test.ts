import { expect, it } from 'vitest';
import { renderReport, runSteps, type CheckStep } from './check.steps.ts';

const step = (name: string, script: string): CheckStep => ({ name, command: process.execPath, parameters: ['-e', script] });

it('runs every step, tells the problems of all that fail and passes over the noise of those that do not', async () => {
  const results = await runSteps(
    [
      step('first', 'console.log("first problem"); process.exit(1)'),
      step('second', 'console.log("noise")'),
      step('third', 'console.error("third problem"); process.exit(2)'),
      { name: 'fourth', command: '/no/such/program', parameters: [] },
    ],
    2,
  );
  expect(results.map(({ name, isPassed }) => [name, isPassed])).toEqual([
    ['first', false],
    ['second', true],
    ['third', false],
    ['fourth', false],
  ]);
  const report = renderReport(results);
  expect(report).toContain('── first\nfirst problem\n');
  expect(report).toContain('── third\nthird problem\n');
  expect(report).toContain('/no/such/program could not be started');
  expect(report).not.toContain('noise');
});

it('counts a step that is ended by a signal as failed', async () => {
  const [result] = await runSteps([step('killed', 'process.kill(process.pid, "SIGKILL")')], 1);
  expect(result?.isPassed).toBe(false);
});
