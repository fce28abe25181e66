import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { CALLERS } from '../../test/matrix/callers.ts';
import { FAMILIES } from '../../test/matrix/families.ts';
import { renderDialectsPage } from './dialects-page.content.ts';

const PAGE = new URL('../../docs/dialects.md', import.meta.url);

describe('docs/dialects.md', () => {
  it('is what `npm run docs:dialects` would write', async () => {
    const options = await resolveConfig(PAGE);
    expect(await readFile(PAGE, 'utf8')).toBe(await format(renderDialectsPage(), { ...options, parser: 'markdown' }));
  });

  it('names every dialect and every wire of the matrix', async () => {
    const page = await readFile(PAGE, 'utf8');
    for (const { name } of [...CALLERS, ...FAMILIES]) expect(page).toContain(`| ${name} `);
  });
});
