import { availableParallelism } from 'node:os';
import { renderReport, runSteps } from './check.steps.ts';

/** `npm run check`: everything a tool can say about the code without running it. Each step is an npm script of its own. */
const scripts = ['check:types', 'check:lint', 'check:format', 'check:boundaries', 'codegen:check', 'lint:schema'];

const results = await runSteps(
  scripts.map((name) => ({ name, command: 'npm', parameters: ['run', '--silent', name] })),
  availableParallelism(),
);
process.stdout.write(renderReport(results));
if (results.some(({ isPassed }) => !isPassed)) process.exitCode = 1;
