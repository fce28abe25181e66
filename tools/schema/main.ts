/* `npm run schema:diff` and `npm run schema:release`; both need an up-to-date schema/schema.graphql. */
import { readFileSync, writeFileSync } from 'node:fs';
import { compareSchemas, hasRisenEnough, levelOf, parseReleased, printReleased } from './compare-schema.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const { version } = JSON.parse(read('package.json')) as { version: string };
const released = parseReleased(read('schema/released.graphql'));
const current = read('schema/schema.graphql');

if (process.argv[2] === 'release') {
  writeFileSync(new URL('schema/released.graphql', root), printReleased(version, current));
  console.log(`schema/released.graphql is now the contract of ${version}.`);
} else {
  const changes = await compareSchemas(released.sdlText, current);
  for (const change of changes) console.log(`${change.level.padEnd(5)}  ${change.message}`);
  const level = levelOf(changes);
  const since = released.version ?? 'the seed (nothing is released yet)';
  console.log(`${changes.length} changes since ${since}; level: ${level}.`);
  if (released.version !== null && !hasRisenEnough(released.version, version, level)) {
    console.error(`Version ${version} is too low for a ${level} change over ${released.version}. Raise it in package.json.`);
    process.exitCode = 1;
  }
}
