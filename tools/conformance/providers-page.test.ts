import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { VENDORS } from '../../server/src/modules/providers/index.ts';
import { readManifest } from './manifest.ts';
import { renderProvidersPage } from './providers-page.content.ts';

const PAGE = new URL('../../docs/providers.md', import.meta.url);
const rows = readManifest();

describe('docs/providers.md', () => {
  it.skipIf(rows === null)('is what `npm run docs:providers` would write', async () => {
    const options = await resolveConfig(PAGE);
    expect(await readFile(PAGE, 'utf8')).toBe(await format(renderProvidersPage(rows ?? []), { ...options, parser: 'markdown' }));
  });

  it('has a row for every vendor, also where there are no recordings', () => {
    const page = renderProvidersPage([]);
    for (const { id } of VENDORS) expect(page).toContain(`(\`${id}\`) | yes`);
  });

  it('counts what was recorded of each', () => {
    const row = { provider: 'groq', case: 'chat.stream-tool-call.01', api: 'chat', kind: 'stream-tool-call', status: 200 };
    const page = renderProvidersPage([{ ...row, tags: ['stream', 'tool-call'] }]);
    expect(page).toContain('| Groq (`groq`) | yes | yes 1 | yes 1 |');
  });
});
