/**
 * Makes the catalogue files of `server/src/modules/providers/catalog/` from a models.dev-shaped `catalogue.json`:
 *
 *   npx tsx tools/catalogue/import.ts <catalogue.json> <commit> <date, YYYY-MM-DD>
 *
 * Takes facts only (names, limits, abilities, prices); the files name where they come from. Running it again with the same input
 * changes nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { toCatalogueFile, type SourceCatalogue } from './models-dev.ts';

const PROVIDERS = ['openai', 'anthropic'] as const;
const CATALOG_FOLDER = fileURLToPath(new URL('../../server/src/modules/providers/catalog/', import.meta.url));

const [path, commit, date] = process.argv.slice(2);
if (path === undefined || commit === undefined || date === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(date)) {
  process.stderr.write('usage: npx tsx tools/catalogue/import.ts <catalogue.json> <commit> <YYYY-MM-DD>\n');
  process.exit(2);
}

const source = JSON.parse(readFileSync(path, 'utf8')) as SourceCatalogue;
for (const provider of PROVIDERS) {
  const file = toCatalogueFile(source, provider, { commit, date });
  const text = await format(JSON.stringify(file), { parser: 'json', printWidth: 140 });
  writeFileSync(`${CATALOG_FOLDER}${provider}.json`, text);
  process.stdout.write(`${provider}: ${file.models.length} models\n`);
}
