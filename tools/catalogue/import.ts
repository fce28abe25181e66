/**
 * Makes the catalogue files of `server/src/modules/providers/catalog/` from a copy of the public data (models.dev as one JSON file):
 *
 *   npm run catalogue:import -- --from <folder> [--commit <commit> --date <YYYY-MM-DD>] [--to <folder>] [--report]
 *
 * `<folder>` holds `catalogue.json`; its `README.md` says which state it is, unless `--commit` and `--date` do. Takes facts only (names,
 * limits, abilities, prices), and every price names where it comes from. Running it again with the same data changes nothing.
 * `--report` prints every model whose price is unknown and every difference between sources, and by which rule it was settled.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import type { CatalogueFile } from '../../server/src/modules/providers/index.ts';
import type { Finding, Origin, SourceCatalogue } from './models-dev.ts';
import { toCatalogueFile, type Import } from './to-catalogue-file.ts';
import { VENDOR_SOURCES, VENDORS_WITHOUT_SOURCE } from './vendors.ts';

export const CATALOG_FOLDER = fileURLToPath(new URL('../../server/src/modules/providers/catalog/', import.meta.url));

/** The state of the data that the folder's README tells of; null when it tells none. */
export function readOrigin(folder: string): Origin | null {
  const path = join(folder, 'README.md');
  const told = existsSync(path) ? /commit ([0-9a-f]{7,40}) \((\d{4}-\d{2}-\d{2})\)/.exec(readFileSync(path, 'utf8')) : null;
  return told === null ? null : { commit: told[1] as string, date: told[2] as string };
}

/** Every vendor's file as it would be written, with the text of it. `earlierFolder` holds the files whose prices are gone on from. */
export async function makeFiles(folder: string, origin: Origin, earlierFolder: string): Promise<(Import & { text: string })[]> {
  const source = JSON.parse(readFileSync(join(folder, 'catalogue.json'), 'utf8')) as SourceCatalogue;
  const made: (Import & { text: string })[] = [];
  for (const vendor of VENDOR_SOURCES) {
    const path = join(earlierFolder, `${vendor.vendorId}.json`);
    const earlier = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as CatalogueFile) : null;
    const result = toCatalogueFile(source, vendor, origin, earlier);
    made.push({ ...result, text: await format(JSON.stringify(result.file), { parser: 'json', printWidth: 140 }) });
  }
  return made;
}

function fail(problem: string): never {
  process.stderr.write(
    `${problem}\nusage: npm run catalogue:import -- --from <folder> [--commit <commit> --date <YYYY-MM-DD>] [--to <folder>] [--report]\n`,
  );
  process.exit(2);
}

function readArguments() {
  const options = {
    from: { type: 'string' },
    to: { type: 'string' },
    commit: { type: 'string' },
    date: { type: 'string' },
    report: { type: 'boolean' },
  } as const;
  const { from, to = CATALOG_FOLDER, commit, date, report = false } = parseArgs({ options }).values;
  if (from === undefined) return fail('Say where the data is.');
  if (!existsSync(join(from, 'catalogue.json'))) return fail(`There is no catalogue.json in ${from}.`);
  const told = readOrigin(from);
  const origin = { commit: commit ?? told?.commit, date: date ?? told?.date };
  if (origin.commit === undefined || origin.date === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(origin.date))
    return fail('The README of the data does not say which state it is. Give --commit and --date.');
  return { from, to, origin: origin as Origin, report };
}

function summarise(findings: readonly Finding[]): string {
  const counts = Map.groupBy(findings, ({ kind }) => kind);
  return [...counts].map(([kind, found]) => `${found.length} ${kind}`).join(', ');
}

async function main(): Promise<void> {
  const { from, to, origin, report } = readArguments();
  mkdirSync(to, { recursive: true });
  for (const { file, findings, text } of await makeFiles(from, origin, to)) {
    writeFileSync(join(to, `${file.providerId}.json`), text);
    const priced = file.models.filter(({ prices = [] }) => prices.length > 0).length;
    process.stdout.write(
      `${file.providerId}: ${file.models.length} models, ${priced} with a price${findings.length > 0 ? ` (${summarise(findings)})` : ''}\n`,
    );
    if (report) for (const { modelId, kind, text: why } of findings) process.stdout.write(`  ${kind}  ${modelId}: ${why}\n`);
  }
  process.stdout.write(`Not in the source, so unknown: ${VENDORS_WITHOUT_SOURCE.join(', ')}\n`);
}

if (import.meta.main) await main();
