import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { createEncryptionKey, findEncryptionKey, keyIdOf, LocalSecretBox, Secret, SealedValueError, type SecretPlace } from './index.ts';

const KEY = Buffer.alloc(32, 7);
const PLACE: SecretPlace = { tenantId: 'tenant-1', rowId: 'row-1', field: 'table.column' };
const box = new LocalSecretBox(KEY, randomBytes);

async function reasonOf(opening: Promise<Secret>): Promise<string> {
  const error = await opening.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SealedValueError);
  return (error as SealedValueError).reason;
}

describe('LocalSecretBox', () => {
  it('gives back what it sealed, at the same place', async () => {
    for (const text of ['', 'key-of-the-test', 'ключ 🔑', 'x'.repeat(100_000)])
      expect((await box.open(await box.seal(new Secret(text), PLACE), PLACE)).reveal()).toBe(text);
  });

  it('seals the same value differently each time and tells nothing of it', async () => {
    const sealed = await Promise.all(Array.from({ length: 50 }, () => box.seal(new Secret('marker-in-the-value'), PLACE)));
    expect(new Set(sealed).size).toBe(50);
    for (const text of sealed) {
      expect(text).toMatch(new RegExp(`^a1\\.${box.keyId}\\.[A-Za-z0-9_-]+$`));
      expect(text).not.toContain('marker');
      expect(Buffer.from(text.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('marker');
    }
  });

  it('opens nowhere but at its place', async () => {
    const sealed = await box.seal(new Secret('value'), PLACE);
    for (const moved of [{ tenantId: 'tenant-2' }, { rowId: 'row-2' }, { field: 'table.other' }])
      expect(await reasonOf(box.open(sealed, { ...PLACE, ...moved }))).toBe('damaged');
    // Parts that run into each other are still other places.
    expect(await reasonOf(box.open(sealed, { tenantId: 'tenant-1row-1', rowId: '', field: 'table.column' }))).toBe('damaged');
  });

  it('notices every changed byte', async () => {
    const [format, keyId, body = ''] = (await box.seal(new Secret('value'), PLACE)).split('.');
    const bytes = Buffer.from(body, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] as number) ^ 1;
      expect(await reasonOf(box.open(`${format}.${keyId}.${changed.toString('base64url')}`, PLACE))).toBe('damaged');
    }
  });

  it('says which key is missing', async () => {
    const other = new LocalSecretBox(Buffer.alloc(32, 8), randomBytes);
    const sealed = await other.seal(new Secret('value'), PLACE);
    expect(await reasonOf(box.open(sealed, PLACE))).toBe('other-key');
    await expect(box.open(sealed, PLACE)).rejects.toThrow(`sealed with the key ${other.keyId}; this process has the key ${box.keyId}`);
  });

  it('refuses what is no sealed value, without repeating it', async () => {
    for (const text of ['', 'sk-marker-in-clear', 'a1.', `a1.${box.keyId}.AAAA`, `a2.${box.keyId}.${'A'.repeat(60)}`]) {
      expect(await reasonOf(box.open(text, PLACE))).toBe('format');
      await expect(box.open(text, PLACE)).rejects.not.toThrow('marker');
    }
  });

  it('keeps its key out of every text', () => {
    expect(inspect(box, { depth: 9 }) + JSON.stringify(box)).not.toContain(KEY.toString('base64url').slice(0, 8));
  });
});

describe('the encryption key', () => {
  const folders: string[] = [];
  const newFolder = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'antiphon-key-'));
    folders.push(folder);
    return folder;
  };
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  it('is made once, readable by its owner alone, and never replaced', () => {
    const dataDir = newFolder();
    expect(findEncryptionKey({ dataDir, given: null })).toBeNull();
    const made = createEncryptionKey(dataDir, randomBytes);
    const path = join(dataDir, 'secrets', 'encryption-key');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(createEncryptionKey(dataDir, randomBytes)).toEqual(made);
    expect(findEncryptionKey({ dataDir, given: null })).toEqual(made);
    expect(readFileSync(path, 'utf8')).toBe(made.toString('base64url'));
  });

  it('is taken from the setting when it is given, whatever the file holds', () => {
    const dataDir = newFolder();
    createEncryptionKey(dataDir, randomBytes);
    const given = new Secret(KEY.toString('base64url'));
    expect(keyIdOf(findEncryptionKey({ dataDir, given }) as Buffer)).toBe(box.keyId);
  });

  it('is refused when it is damaged, by the name of its place and not by its value', () => {
    const dataDir = newFolder();
    createEncryptionKey(dataDir, randomBytes);
    const path = join(dataDir, 'secrets', 'encryption-key');
    chmodSync(path, 0o600);
    writeFileSync(path, 'short');
    expect(() => findEncryptionKey({ dataDir, given: null })).toThrow(`${path} is damaged`);
    const given = new Secret('marker!'.repeat(7));
    expect(() => findEncryptionKey({ dataDir, given })).toThrow('ANTIPHON_ENCRYPTION_KEY does not hold an encryption key');
    expect(() => findEncryptionKey({ dataDir, given })).not.toThrow('marker');
  });
});
