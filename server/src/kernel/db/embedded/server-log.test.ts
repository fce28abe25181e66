import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openServerLog } from './server-log.ts';

const USER = { name: 'me', uid: 0, gid: 0, isSwitched: false };

describe("the server's log", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'antiphon-log-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('gives the newest lines since a point in time', async () => {
    const log = await openServerLog(folder, USER);
    const file = await log.open();
    await file.write('before\n');
    const start = await log.sizeBytes();
    await file.write('1\n2\n3\n4\n5\n6\n');
    expect(await log.tail(start)).toBe('2\n3\n4\n5\n6');
    expect(await log.tail(await log.sizeBytes())).toBe('');
    await file.close();
    log.close();
  });

  it('is closed to other users', async () => {
    const log = await openServerLog(folder, USER);
    await (await log.open()).close();
    expect((await stat(log.path)).mode & 0o777).toBe(0o600);
    log.close();
  });

  it('is turned over when it is large, and keeps one predecessor', async () => {
    const path = join(folder, 'postgresql.log');
    await writeFile(`${path}.1`, 'older');
    await writeFile(path, 'x'.repeat(8 * 1024 * 1024 + 1));
    const log = await openServerLog(folder, USER);
    expect(await log.sizeBytes()).toBe(0);
    expect((await stat(`${path}.1`)).size).toBe(8 * 1024 * 1024 + 1);
    const file = await log.open();
    await file.write('new');
    expect(await readFile(path, 'utf8')).toBe('new');
    await file.close();
    log.close();
  });
});
