/**
 * Stands for `npm`, an outside program: `install --prefix <folder> …` puts a small engine there instead of fetching one.
 * FAKE_NPM_FAILURE makes it fail with these words, FAKE_NPM_INTEGRITY makes it install something unpinned,
 * FAKE_NPM_ENGINE is the engine's code. FAKE_LOG collects the calls.
 */
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const args = process.argv.slice(2);
const folder = args[args.indexOf('--prefix') + 1];
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
appendFileSync(process.env.FAKE_LOG, `npm ${args[0]} ${Object.keys(manifest.dependencies).join(' ')}\n`);
if (process.env.FAKE_NPM_FAILURE) {
  console.error(process.env.FAKE_NPM_FAILURE);
  process.exit(1);
}
const lockfile = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
const name = 'node_modules/node-llama-cpp';
const integrity = process.env.FAKE_NPM_INTEGRITY ?? lockfile.packages[name].integrity;
mkdirSync(join(folder, name, 'dist'), { recursive: true });
writeFileSync(join(folder, name, 'package.json'), '{"type":"module"}');
writeFileSync(join(folder, name, 'dist/index.js'), process.env.FAKE_NPM_ENGINE);
writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: { [name]: { integrity } } }));
