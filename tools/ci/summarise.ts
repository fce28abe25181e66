/** Adds up the reports of all suites and prints the one line that tells how they went; exits 1 when anything failed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numFailedTestSuites: number;
}

const [folder = '', ...failedSteps] = process.argv.slice(2);
let passed = 0;
let failed = 0;
let skipped = 0;
const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
for (const name of names) {
  const report = JSON.parse(readFileSync(join(folder, name), 'utf8')) as VitestReport;
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  skipped += report.numPendingTests + report.numTodoTests;
}
// A step that failed without a failing test (types, a file that could not be loaded, a missing report) counts as one failure.
const stepsWithoutTest = failed === 0 ? failedSteps.length : failedSteps.filter((step) => !step.endsWith('tests')).length;
failed += stepsWithoutTest;
if (failedSteps.length > 0) process.stdout.write(`failed steps: ${failedSteps.join(', ')}\n`);
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
