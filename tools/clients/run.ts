/**
 * `npm run test:clients`: installs what is missing, then runs programs of others against the doors and writes docs/clients.md. What cannot
 * be installed is skipped by its name; with `--no-install` nothing is installed. Other parameters go to the test runner.
 */
import { spawnSync } from 'node:child_process';
import { installClients } from './install-clients.ts';
import { INSTALLATIONS, isCurrent } from './installations.ts';

const parameters = process.argv.slice(2);
if (!parameters.includes('--no-install')) installClients();
const skipped = INSTALLATIONS.filter((installation) => !isCurrent(installation)).map(({ name }) => name);
if (skipped.length > 0) process.stdout.write(`not installed as pinned: ${skipped.join(', ')}. npm run clients:install installs them.\n`);

const run = (program: string, ...rest: readonly string[]): boolean =>
  spawnSync(program, rest, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
/** Kept out of `npm run check`, which must not need these packages. */
const isChecked =
  skipped.includes('JavaScript clients') ||
  (run('tsc', '--noEmit', '-p', 'test/clients/js/tsconfig.json') &&
    run('oxlint', '--config', 'test/clients/js/oxlint.json', '--type-aware', 'test/clients/js'));
const reporters = ['--reporter=default', '--reporter=./tools/clients/reporter.ts'];
const rest = parameters.filter((parameter) => parameter !== '--no-install');
const isPassed = run('vitest', 'run', '--config', 'vitest.clients.config.ts', ...reporters, ...rest);
if (!isChecked || !isPassed) process.exitCode = 1;
