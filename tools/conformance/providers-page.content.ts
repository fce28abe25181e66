import { VENDORS, type Vendor } from '../../server/src/modules/providers/index.ts';
import { renderCapabilityTable } from './capability-table.ts';
import { NOT_RUN } from './exceptions.ts';
import type { RecordedRow } from './manifest.ts';

/** The page `docs/providers.md`, before the formatter. */
export function renderProvidersPage(rows: readonly RecordedRow[]): string {
  const excepted = Object.keys(NOT_RUN).map(
    (beginning) => rows.filter((row) => `${row.provider}/${row.case}`.startsWith(beginning)).length,
  );
  const notRunCount = excepted.reduce((sum, count) => sum + count, 0);
  return `# Providers

Written by \`npm run docs:providers\`; do not edit it here.

${VENDORS.length} vendors can be connected by the environment (below), beside \`local\`, which is always there. Any number of further
connections to them, under names of their own, can be made while the server runs.

## What each can do

\`yes\` and \`no\` are what the vendor is declared to do; a model may do less. A number is how many recorded cases of its traffic show it,
whole or in pieces, all of which \`npm run conformance\` replays over sockets: ${rows.length - notRunCount} of ${rows.length}. A vendor without numbers
rests on its documents.

${renderCapabilityTable(VENDORS, rows)}

## Recorded cases that are not replayed

${renderExceptions(rows)}

## How to connect each

| provider | variables | usual base URL |
| --- | --- | --- |
${VENDORS.map(renderConnection).join('\n')}
`;
}

function renderExceptions(rows: readonly RecordedRow[]): string {
  const lines = Object.entries(NOT_RUN).map(([beginning, reason]) => {
    const count = rows.filter((row) => `${row.provider}/${row.case}`.startsWith(beginning)).length;
    return `| \`${beginning}\` | ${count} | ${reason} |`;
  });
  return ['| cases | count | reason |', '| --- | --- | --- |', ...lines].join('\n');
}

function renderConnection({ displayName, id, settings, baseUrlVariable, defaultBaseUrl }: Vendor): string {
  const ofUrl = baseUrlVariable === null ? [] : [`\`${baseUrlVariable}\`${defaultBaseUrl === null ? '' : ' (optional)'}`];
  const ofSettings = settings.map(
    ({ variables, isRequired }) => variables.map((name) => `\`${name}\``).join(' or ') + (isRequired ? '' : ' (optional)'),
  );
  const base = defaultBaseUrl === null ? '—' : `\`${defaultBaseUrl}\``;
  return `| ${displayName} (\`${id}\`) | ${[...ofSettings, ...ofUrl].filter((text) => text !== '' && text !== ' (optional)').join(', ')} | ${base} |`;
}
