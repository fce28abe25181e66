/* `npm run docs:configuration`: writes the table of settings into docs/operations/configuration.md. */
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { configVariables } from '../../server/src/kernel/config/index.ts';
import { VENDORS } from '../../server/src/modules/providers/index.ts';

const PAGE = new URL('../../docs/operations/configuration.md', import.meta.url);

const page = await readFile(PAGE, 'utf8');
const rows = configVariables(VENDORS).map(
  ({ name, fallback, expects }) => `| \`${name}\` | ${expects.replaceAll('|', '\\|')} | ${fallback === null ? '—' : `\`${fallback}\``} |`,
);
const table = ['| variable | takes | default |', '| --- | --- | --- |', ...rows].join('\n');
const written = page.replace(/^\|[^]*?(?=\n\n)/m, () => table);
const options = await resolveConfig(PAGE);
await writeFile(PAGE, await format(written, { ...options, parser: 'markdown' }));
console.log(`docs/operations/configuration.md lists ${rows.length} settings.`);
