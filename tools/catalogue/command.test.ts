import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CatalogueFile } from '../../server/src/modules/providers/index.ts';
import { VENDOR_SOURCES } from './vendors.ts';

const COMMAND = fileURLToPath(new URL('./import.ts', import.meta.url));
const run = promisify(execFile);

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'antiphon-catalogue-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A copy of the data as a user would have it: every provider with one model. */
function writeSource(inputUsd: number): void {
  const model = { name: 'M', modalities: { input: ['text'], output: ['text'] }, cost: { input: inputUsd, output: 2 } };
  const providers = VENDOR_SOURCES.flatMap(({ sources }) => sources);
  const free = { ...model, cost: { input: 0, output: 0 } };
  const source = Object.fromEntries(providers.map((name) => [name, { name, models: { m: model, zero: free } }]));
  writeFileSync(join(folder, 'catalogue.json'), JSON.stringify(source));
}

const importCatalogue = (...options: string[]) =>
  run(process.execPath, [COMMAND, '--from', folder, '--to', join(folder, 'out'), ...options]);
const readOut = (vendor: string): string => readFileSync(join(folder, 'out', `${vendor}.json`), 'utf8');

describe('the command that imports a catalogue', () => {
  it('makes a file for every vendor, says what it left unknown, and changes nothing when it is run again', async () => {
    writeSource(1);
    const { stdout } = await importCatalogue('--commit', 'abc1234', '--date', '2026-08-01', '--report');
    expect(stdout).toContain('openai: 2 models, 1 with a price (1 no-price)');
    expect(stdout).toContain('no-price  openai/zero: the source says 0 for input and output');
    expect(stdout).toContain('Not in the source, so unknown: ai21,');
    for (const { vendorId } of VENDOR_SOURCES) expect(existsSync(join(folder, 'out', `${vendorId}.json`))).toBe(true);
    const before = readOut('groq');
    await importCatalogue('--commit', 'abc1234', '--date', '2026-08-01');
    expect(readOut('groq')).toBe(before);
  });

  it('takes the state of the data from its README, and keeps the history of a price', async () => {
    writeSource(1);
    writeFileSync(join(folder, 'README.md'), 'models.dev commit abc1234 (2026-08-01), MIT.');
    await importCatalogue();
    writeSource(3);
    writeFileSync(join(folder, 'README.md'), 'models.dev commit def5678 (2026-09-01), MIT.');
    await importCatalogue();
    const file = JSON.parse(readOut('groq')) as CatalogueFile;
    const prices = file.models.find(({ model }) => model === 'm')?.prices ?? [];
    expect(prices.map(({ effectiveFrom, source, nanoUsdPerMillion }) => [effectiveFrom, source, nanoUsdPerMillion?.input])).toEqual([
      ['2026-09-01', 'models.dev def5678', 3_000_000_000],
      ['2026-08-01', 'models.dev abc1234', 1_000_000_000],
    ]);
  });

  it('says what is missing and writes nothing', async () => {
    await expect(importCatalogue()).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no catalogue.json in') as string,
    });
    writeSource(1);
    await expect(importCatalogue()).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Give --commit and --date.') as string,
    });
    await expect(run(process.execPath, [COMMAND])).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Say where the data is.') as string,
    });
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });
});
