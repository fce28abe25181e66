import type { Reporter, TestModule } from 'vitest/node';
import { coverageOf, type RanTest } from './claims.ts';
import { NOT_RUN } from './exceptions.ts';
import { readManifest } from './manifest.ts';
import { isWhole, renderCoverage } from './report.ts';

/** Beside the usual report: whether every recorded case was run. */
export class CoverageReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = readManifest();
    if (rows === null) {
      process.stdout.write('The recordings are not beside the repository: only the cases made by us were run.\n');
      return;
    }
    // The oracle compares two readers; what a reading must be is said by the suites.
    const suites = modules.filter(({ moduleId }) => !moduleId.includes('/oracle/'));
    const coverage = coverageOf(rows, suites.flatMap(testsOf), NOT_RUN);
    process.stdout.write(`\n${renderCoverage(coverage)}`);
    if (!isWhole(coverage)) process.exitCode = 1;
  }
}

function testsOf(module: TestModule): RanTest[] {
  return [...module.children.allTests()].map((test) => ({
    file: module.moduleId,
    fullName: test.fullName,
    state: test.result().state,
  }));
}
