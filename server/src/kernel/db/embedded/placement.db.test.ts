import { execFileSync } from 'node:child_process';
import { chmod, chown, cp, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorkplace, queryOnce, type Workplace } from '../../../../../test/testkit/embedded-server.ts';
import { findBinaryPackage, type BinaryPackage } from './binaries.ts';
import { chownTree } from './files.ts';
import { chooseUser, findBarrier, isRoot, type OsUser } from './os-user.ts';
import { isRunning } from './processes.ts';

const NOBODY: OsUser = { name: 'nobody', uid: 65_534, gid: 65_534, isSwitched: true };

/** Lines of /proc/<pid>/status look like `Uid: real effective saved file`. */
async function userOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]);
}

let place: Workplace;
beforeEach(async () => {
  place = await openWorkplace();
});
afterEach(() => place.remove());

describe('the programs', () => {
  /** As `npm install --ignore-scripts` leaves them: without symbolic links. */
  async function installWithoutScripts(): Promise<BinaryPackage> {
    const { nativeDir, version } = findBinaryPackage();
    const copy = join(place.folder, 'closed', 'native');
    await mkdir(join(place.folder, 'closed'), { mode: 0o700 });
    await cp(nativeDir, copy, { recursive: true, filter: async (path) => !(await isLink(path)) });
    return { nativeDir: copy, version };
  }
  const isLink = async (path: string): Promise<boolean> => {
    const entries = await readdir(join(path, '..'), { withFileTypes: true });
    return entries.some((entry) => entry.isSymbolicLink() && join(path, '..', entry.name) === path);
  };

  it('run though their install script did not, and though only we can enter their folder', async () => {
    const binaryPackage = await installWithoutScripts();
    const server = await place.start({ binaryPackage, binariesRoot: place.folder });
    expect(await queryOnce(server.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it.runIf(process.platform === 'linux')('do not run from there by themselves (control)', async () => {
    const { nativeDir } = await installWithoutScripts();
    expect(() => execFileSync(join(nativeDir, 'bin', 'postgres'), ['--version'], { stdio: 'pipe' })).toThrow(/libicu\w+\.so\.\d+/);
  });
});

describe.runIf(isRoot())('as root', () => {
  it('the server runs as another user, who owns the files', async () => {
    const server = await place.start();
    const { uid } = await chooseUser();
    expect(uid).not.toBe(0);
    expect(await userOf(server.pid() ?? 0)).toBe(uid);
    expect((await stat(server.connection.host)).uid).toBe(uid);
  });

  it('the umask does not close folders to that user', async () => {
    const before = process.umask(0o077);
    try {
      expect((await place.start({ dataDir: join(place.folder, 'narrow') })).isUp()).toBe(true);
    } finally {
      process.umask(before);
    }
  });

  describe('with a data folder that the user of the server may not enter', () => {
    let dataDir: string;
    beforeEach(async () => {
      await mkdir(join(place.folder, 'closed'), { mode: 0o700 });
      dataDir = join(place.folder, 'closed', 'data');
    });

    it('the database goes to the system folder, and the data folder says where', async () => {
      const server = await place.start({ dataDir });
      const [home = ''] = (await readdir(place.systemDir)).filter((name) => !name.startsWith('postgresql-'));
      expect(server.connection.host).toBe(join(place.systemDir, home, 'data'));
      const pointer = JSON.parse(await readFile(join(dataDir, 'postgresql.location.json'), 'utf8')) as object;
      expect(pointer).toMatchObject({ home: join(place.systemDir, home), isInitialized: true });
      await queryOnce(server.connection, 'create table kept as select 42 as answer');
      await server.stop();
      // It stays where it is, even if the folder could be entered now.
      await chmod(join(place.folder, 'closed'), 0o755);
      const again = await place.start({ dataDir });
      expect(await queryOnce(again.connection, 'select answer from kept')).toEqual([{ answer: 42 }]);
    });

    it('a database that is gone is reported, not replaced by an empty one', async () => {
      const server = await place.start({ dataDir });
      await server.stop();
      await rename(place.systemDir, `${place.systemDir}.away`);
      await expect(place.start({ dataDir })).rejects.toThrow(/was kept in .* and is not there any more\. Restore that folder/);
      await rm(place.systemDir, { recursive: true, force: true });
      await rename(`${place.systemDir}.away`, place.systemDir);
      expect((await place.start({ dataDir })).isUp()).toBe(true);
    });

    it('a copied data folder cannot open the same database at the same time', async () => {
      await place.start({ dataDir });
      const copy = join(place.folder, 'closed', 'copy');
      await cp(dataDir, copy, { recursive: true });
      await expect(place.start({ dataDir: copy })).rejects.toThrow(/Another Antiphon \(process \d+\) is using .*system/);
    });

    it('a new data folder of the same name starts empty and ends the server of the old one', async () => {
      const first = place.spawnHolder({ dataDir });
      const up = await first.next();
      if (up.kind !== 'up') throw new Error(JSON.stringify(up));
      await queryOnce(up.connection, 'create table old ()');
      await first.end('SIGKILL');
      await rm(dataDir, { recursive: true });
      const server = await place.start({ dataDir });
      expect(await queryOnce(server.connection, `select to_regclass('old') as found`)).toEqual([{ found: null }]);
      expect(await isRunning(up.serverPid)).toBe(false);
      expect(await stat(up.connection.host).then((status) => status.isDirectory())).toBe(true);
    });
  });

  it('a folder that was closed afterwards is named, with the command that opens it', async () => {
    const server = await place.start();
    await server.stop();
    await chmod(place.dataDir, 0o700);
    await expect(place.start()).rejects.toThrow(
      `may not enter ${place.dataDir}, below which the database lies. Allow it with: chmod o+x ${place.dataDir}.`,
    );
    await chmod(place.dataDir, 0o711);
    expect((await place.start()).isUp()).toBe(true);
  });

  it('files restored by root, or owned by a number without a name, are given back to the user of the server', async () => {
    const server = await place.start();
    await server.stop();
    for (const uid of [0, 61_234]) {
      await chownTree(server.connection.host, { ...NOBODY, uid, gid: uid });
      const restored = await place.start();
      expect((await stat(join(server.connection.host, 'base'))).uid).toBe((await chooseUser()).uid);
      await restored.stop();
    }
  });

  it('a database keeps the user who made it', async () => {
    const server = await place.start();
    await server.stop();
    await chownTree(server.connection.host, NOBODY);
    const again = await place.start();
    expect(await userOf(again.pid() ?? 0)).toBe(NOBODY.uid);
  });
});

describe.runIf(isRoot())('as a plain user', () => {
  beforeEach(async (context) => {
    if ((await findBarrier(import.meta.dirname, NOBODY)) !== null) context.skip('other users cannot read this repository');
    await mkdir(place.dataDir, { mode: 0o700 });
    await chown(place.dataDir, NOBODY.uid, NOBODY.gid);
  });
  const asNobody = { uid: NOBODY.uid, gid: NOBODY.gid, env: {} };

  it('everything runs as that user, in a folder closed to all others, and without LANG the database is UTF-8 all the same', async () => {
    // The copy of the programs is made by that user too.
    const first = place.spawnHolder({ ...asNobody, binariesRoot: null });
    const up = await first.next();
    if (up.kind !== 'up') throw new Error(JSON.stringify(up));
    expect(await userOf(up.serverPid)).toBe(NOBODY.uid);
    expect(await queryOnce(up.connection, 'show server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
    await queryOnce(up.connection, 'create table kept as select 42 as answer');
    await first.end('SIGKILL');
    const second = place.spawnHolder({ ...asNobody, binariesRoot: null });
    const again = await second.next();
    if (again.kind !== 'up') throw new Error(JSON.stringify(again));
    expect(await isRunning(up.serverPid)).toBe(false);
    expect(await queryOnce(again.connection, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await second.end('SIGTERM');
    expect(second.process.exitCode).toBe(0);
  });

  it('a folder of another user is refused', async () => {
    await chown(place.dataDir, 0, 0);
    const holder = place.spawnHolder(asNobody);
    expect(await holder.next()).toMatchObject({
      kind: 'refused',
      name: 'DatabaseSetupError',
      message: expect.stringContaining('Cannot lock') as string,
    });
  });

  it('a user without an entry in /etc/passwd is told what to add', async () => {
    await chown(place.dataDir, 61_234, 61_234);
    const holder = place.spawnHolder({ uid: 61_234, gid: 61_234, env: {} });
    expect(await holder.next()).toMatchObject({
      kind: 'refused',
      name: 'DatabaseSetupError',
      message: expect.stringContaining('no entry in /etc/passwd. Add a line such as "antiphon:x:61234:61234') as string,
    });
  });
});

it('a pointer that cannot be read is reported', async () => {
  await mkdir(place.dataDir);
  await writeFile(join(place.dataDir, 'postgresql.location.json'), '{}');
  await expect(place.start()).rejects.toThrow(/does not say where the database is/);
});
