/**
 * `npm run drill:routing [-- --seeds N] [-- --write]`: the real routing code against simulated upstreams in virtual time. Every scenario
 * with every seed; every bar must hold and every control must miss its own. `--write` puts the tables into docs/operations/routing.md.
 */
import { parseArgs } from 'node:util';
import { createTraceTrials } from './traces.ts';
import type { Trial } from './trial.ts';
import { writeTables } from './report.ts';
import { allBars, allTrials, compareWithAdaptive, judgeBars, meanOf, runTrials } from './verdict.ts';

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '200' }, write: { type: 'boolean', default: false } } });
const seeds = Number(values.seeds);
if (!Number.isInteger(seeds) || seeds < 1) throw new Error('--seeds takes a whole number from 1.');
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const byScenario = (left: Trial, right: Trial): number => left.scenario.localeCompare(right.scenario);

const startedAt = performance.now();
const results = runTrials([...allTrials, ...createTraceTrials().sort(byScenario)], seeds, (result) => {
  const means = Object.keys(result.bySeed[0] ?? {}).map((measure) => `${measure} ${meanOf(result, measure).toPrecision(4)}`);
  say(`${result.trial.scenario} / ${result.trial.variant}: ${means.join(', ')}`);
});
const verdicts = judgeBars(allBars, results);
const comparisons = compareWithAdaptive(results);
for (const { text, value, isMet } of verdicts) say(`${isMet ? 'ok    ' : 'MISSED'} ${text}: ${value.toPrecision(4)}`);
for (const { text, value, isMet } of comparisons) say(`${isMet ? 'better' : 'WORSE '} ${text}: ${value.toPrecision(3)}`);
if (values.write) await writeTables(seeds, results, verdicts, comparisons);
say(`${seeds} seeds in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
if (verdicts.some(({ isMet }) => !isMet)) process.exitCode = 1;
