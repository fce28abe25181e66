import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { meanOf, type Comparison, type TrialResult, type Verdict } from './verdict.ts';

const PAGE = join(import.meta.dirname, '../../../docs/operations/routing.md');
const BEGIN = '<!-- drill:begin -->';
const END = '<!-- drill:end -->';

const round = (value: number): string => String(value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

/** Puts the results between the marks of the page. */
export async function writeTables(
  seeds: number,
  results: readonly TrialResult[],
  verdicts: readonly Verdict[],
  comparisons: readonly Comparison[],
): Promise<void> {
  const page = await readFile(PAGE, 'utf8');
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`${PAGE} needs the marks ${BEGIN} and ${END}.`);
  const text = [`Means over ${seeds} seeds.`, ...toTables(results), toBars(verdicts), toComparisons(comparisons)].join('\n\n');
  await writeFile(PAGE, `${before}${BEGIN}\n\n${text}\n\n${END}${after}`);
}

/** One table for each set of measures. */
function toTables(results: readonly TrialResult[]): string[] {
  const bySet = Map.groupBy(results, ({ bySeed }) => Object.keys(bySeed[0] ?? {}).join('|'));
  return [...bySet].map(([key, rows]) => {
    const measures = key.split('|');
    return [
      `| scenario | variant | ${measures.join(' | ')} |`,
      `| --- | --- | ${measures.map(() => '---').join(' | ')} |`,
      ...rows.map(
        (row) => `| ${row.trial.scenario} | ${row.trial.variant} | ${measures.map((measure) => round(meanOf(row, measure))).join(' | ')} |`,
      ),
    ].join('\n');
  });
}

function toBars(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ text, value, isMet }) => `| ${text} | ${round(value)} | ${isMet ? 'yes' : '**no**'} |`);
  return ['| bar | value | met |', '| --- | --- | --- |', ...rows].join('\n');
}

function toComparisons(comparisons: readonly Comparison[]): string {
  const worse = comparisons.filter(({ isMet }) => !isMet).map(({ text, value }) => `- ${text}: ${round(value)}`);
  const equalCount = comparisons.filter(({ isEqual }) => isEqual).length;
  const betterCount = comparisons.length - worse.length - equalCount;
  const summary = `Of ${comparisons.length} comparisons of p99 and errors with another strategy alone, adaptive is better in ${betterCount}, equal in ${equalCount} and worse in ${worse.length}.`;
  return worse.length === 0 ? summary : [summary, 'Worse in:', '', ...worse].join('\n');
}
