/* `npm run docs:dialects`: writes docs/dialects.md from the matrix of dialects and wires. */
import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { renderDialectsPage } from './dialects-page.content.ts';

const PAGE = new URL('../../docs/dialects.md', import.meta.url);
const options = await resolveConfig(PAGE);
await writeFile(PAGE, await format(renderDialectsPage(), { ...options, parser: 'markdown' }));
console.log('docs/dialects.md is written.');
