/* `npm run docs:providers`: writes docs/providers.md from the table of vendors and the list of recordings. */
import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { readManifest } from './manifest.ts';
import { renderProvidersPage } from './providers-page.content.ts';

const PAGE = new URL('../../docs/providers.md', import.meta.url);

const rows = readManifest();
if (rows === null) {
  console.error('The recordings are not beside the repository (../shared/fixtures/providers): the page cannot be counted without them.');
  process.exitCode = 1;
} else {
  const options = await resolveConfig(PAGE);
  await writeFile(PAGE, await format(renderProvidersPage(rows), { ...options, parser: 'markdown' }));
  console.log(`docs/providers.md is written from ${rows.length} recorded cases.`);
}
