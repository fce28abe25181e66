/* `npm run codegen:check`: fails when a generated file is not what `npm run codegen` would write. Independent of the state of git. */
import { findStale, generateInMemory } from './generated-files.ts';

const folder = process.cwd();
const files = await generateInMemory(folder);
const stale = findStale(folder, files);
if (stale.length > 0) {
  console.error(`Not current: ${stale.join(', ')}. Run \`npm run codegen\` and commit what it writes.`);
  process.exitCode = 1;
} else {
  console.log(`${files.length} generated files are current.`);
}
