/** Which recorded cases the suites ran: a test claims the cases that its name names. */
import { basename } from 'node:path';
import { nameOf, type RecordedRow } from './manifest.ts';

/** A test that ran. */
export interface RanTest {
  readonly file: string;
  readonly fullName: string;
  readonly state: 'passed' | 'failed' | 'skipped' | 'pending';
}

export interface CaseOutcome {
  readonly row: RecordedRow;
  readonly passed: number;
  readonly failed: number;
}

export interface Coverage {
  readonly outcomes: readonly CaseOutcome[];
  /** Run by no test, and not among the exceptions. */
  readonly unclaimed: readonly string[];
  /** Run, and all the same among the exceptions. */
  readonly needlesslyExcepted: readonly string[];
  /** Beginnings in the list of exceptions that no case has. */
  readonly staleExceptions: readonly string[];
}

/**
 * Cases by what their tests came to. A name is `<provider>/<case>` anywhere in a test's name, or the case alone in a file that is named
 * after the provider (`bedrock.test.ts`, `bedrock-wires.test.ts`).
 */
export function coverageOf(rows: readonly RecordedRow[], tests: readonly RanTest[], notRun: Readonly<Record<string, string>>): Coverage {
  const known = new Map(rows.map((row) => [nameOf(row), { row, passed: 0, failed: 0 }]));
  const providers = [...new Set(rows.map(({ provider }) => provider))];
  for (const test of tests) {
    const { state } = test;
    if (state !== 'passed' && state !== 'failed') continue;
    for (const name of new Set(claimedBy(test, known, providers))) {
      const outcome = known.get(name);
      if (outcome !== undefined) outcome[state] += 1;
    }
  }
  const outcomes = [...known.values()];
  const exceptions = Object.keys(notRun);
  const isExcepted = ({ row }: CaseOutcome): boolean => exceptions.some((beginning) => nameOf(row).startsWith(beginning));
  const wasRun = ({ passed, failed }: CaseOutcome): boolean => passed + failed > 0;
  return {
    outcomes,
    unclaimed: outcomes.filter((outcome) => !wasRun(outcome) && !isExcepted(outcome)).map(({ row }) => nameOf(row)),
    needlesslyExcepted: outcomes.filter((outcome) => wasRun(outcome) && isExcepted(outcome)).map(({ row }) => nameOf(row)),
    staleExceptions: exceptions.filter((beginning) => !outcomes.some(({ row }) => nameOf(row).startsWith(beginning))),
  };
}

function claimedBy(test: RanTest, known: ReadonlyMap<string, unknown>, providers: readonly string[]): string[] {
  const own = providers.filter((provider) => isNamedAfter(basename(test.file), provider));
  return test.fullName.split(/[\s,:;()]+/).flatMap((word) => {
    if (known.has(word)) return [word];
    return own.flatMap((provider) => [`${provider}/${word}`, `${provider}/sigv4/${word}`].filter((name) => known.has(name)));
  });
}

/** Also by the family: `gemini.test.ts` runs what was recorded of `google-gemini`. */
function isNamedAfter(file: string, provider: string): boolean {
  const stem = /^([a-z0-9-]+)\./.exec(file)?.[1] ?? '';
  return stem === provider || stem.startsWith(`${provider}-`) || provider === `google-${stem}`;
}
