import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { findStale, generateInMemory } from './generated-files.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'antiphon-codegen-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('generated files', () => {
  it('are what codegen writes now, and it writes the same each time', async () => {
    const files = await generateInMemory(repository);
    expect(files.map(({ filename }) => filename).toSorted()).toEqual([
      'schema/schema.graphql',
      'sdk-js/src/generated.ts',
      'sdk-python/antiphon/_generated.py',
      'server/src/generated/schema.ts',
      'server/src/generated/sdl.ts',
    ]);
    expect(findStale(repository, files)).toEqual([]);
    expect(await generateInMemory(repository)).toEqual(files);
  });

  it('are stale when they differ by a byte or are missing (control)', () => {
    writeFileSync(join(folder, 'same.ts'), 'a\n');
    writeFileSync(join(folder, 'other.ts'), 'a');
    const files = ['same.ts', 'other.ts', 'missing.ts'].map((filename) => ({ filename, content: 'a\n' }));
    expect(findStale(folder, files)).toEqual(['other.ts', 'missing.ts']);
  });
});
