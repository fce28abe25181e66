import type { Coverage } from './claims.ts';

/** What was run of each provider, and what keeps the suite from being whole. */
export function renderCoverage({ outcomes, unclaimed, needlesslyExcepted, staleExceptions }: Coverage): string {
  const providers = [...new Set(outcomes.map(({ row }) => row.provider))].sort();
  const lines = providers.map((provider) => {
    const own = outcomes.filter(({ row }) => row.provider === provider);
    const ran = own.filter(({ passed, failed }) => passed + failed > 0);
    const failed = own.filter((outcome) => outcome.failed > 0);
    const note = failed.length === 0 ? '' : `   failed: ${failed.map(({ row }) => row.case).join(', ')}`;
    return `${provider.padEnd(28)}${String(ran.length).padStart(5)} of ${String(own.length).padStart(4)}${note}`;
  });
  const total = outcomes.filter(({ passed, failed }) => passed + failed > 0).length;
  const failedCount = outcomes.filter(({ failed }) => failed > 0).length;
  return [
    'recorded cases that were run',
    ...lines,
    `${'all'.padEnd(28)}${String(total).padStart(5)} of ${String(outcomes.length).padStart(4)}, ${failedCount} failed`,
    ...section('No suite runs these: name them in a test, or in tools/conformance/exceptions.ts with the reason.', unclaimed),
    ...section('These are run: take them out of tools/conformance/exceptions.ts.', needlesslyExcepted),
    ...section('No case has these beginnings: take them out of tools/conformance/exceptions.ts.', staleExceptions),
    '',
  ].join('\n');
}

function section(title: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : ['', title, ...names.map((name) => `  ${name}`)];
}

/** Whether every recorded case was run and passed, or is excepted with a reason. */
export function isWhole({ outcomes, unclaimed, needlesslyExcepted, staleExceptions }: Coverage): boolean {
  return (
    [unclaimed, needlesslyExcepted, staleExceptions].every(({ length }) => length === 0) && outcomes.every(({ failed }) => failed === 0)
  );
}
