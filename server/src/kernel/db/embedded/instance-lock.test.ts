import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DatabaseSetupError } from '../setup-error.ts';
import { lockFolder } from './instance-lock.ts';
import { isRoot } from './os-user.ts';

describe('the lock of a data folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'antiphon-lock-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is held once, also within one process, and can be taken again after its release', () => {
    const lock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(DatabaseSetupError);
    expect(() => lockFolder(folder)).toThrow(`Another Antiphon (process ${process.pid}) is using ${folder}. Stop it first`);
    lock.release();
    lock.release();
    lockFolder(folder).release();
  });

  it('says what is wrong with a folder that is not there', () => {
    expect(() => lockFolder(join(folder, 'none'))).toThrow(/^Cannot lock the data folder .*ANTIPHON_DATA_DIR\.$/);
  });

  it.skipIf(isRoot())('says what is wrong with a folder that cannot be written to', async () => {
    await chmod(folder, 0o500);
    expect(() => lockFolder(folder)).toThrow(/^Cannot lock the data folder .*ANTIPHON_DATA_DIR\.$/);
    await chmod(folder, 0o700);
  });
});
