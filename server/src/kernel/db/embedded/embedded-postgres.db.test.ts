import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorkplace, queryOnce, type Workplace } from '../../../../../test/testkit/embedded-server.ts';
import { DatabaseSetupError } from '../setup-error.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';

describe('the embedded PostgreSQL', () => {
  let place: Workplace;
  beforeEach(async () => {
    place = await openWorkplace();
  });
  afterEach(() => place.remove());

  it('creates a UTF-8 database that is durable, lean and has no open port', async () => {
    const server = await place.start();
    const names = [
      'server_encoding',
      'fsync',
      'synchronous_commit',
      'full_page_writes',
      'data_checksums',
      'listen_addresses',
      'jit',
      'autovacuum',
    ];
    const columns = names.map((name) => `current_setting('${name}') as ${name}`).join(', ');
    const [row] = await queryOnce(
      server.connection,
      `select ${columns}, datlocprovider as provider, datlocale as locale, lower('ÄŞ') as lower
      from pg_database where datname = current_database()`,
    );
    expect(row).toEqual({
      server_encoding: 'UTF8',
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      data_checksums: 'on',
      listen_addresses: '',
      jit: 'off',
      autovacuum: 'on',
      provider: 'b',
      locale: 'C.UTF-8',
      lower: 'äş',
    });
    expect(server.connection).toEqual({
      host: join(place.dataDir, 'postgresql', 'data'),
      port: 5432,
      user: 'postgres',
      database: 'antiphon',
    });
    expect((await stat(server.connection.host)).mode & 0o777).toBe(0o700);
    expect(server.isUp()).toBe(true);
  });

  it('keeps its data over a stop and a second start', async () => {
    const before = await place.start();
    await queryOnce(before.connection, 'create table kept as select 42 as answer');
    await before.stop();
    expect(before.isUp()).toBe(false);
    const after = await place.start();
    expect(await queryOnce(after.connection, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('leaves no process, and stops twice without harm', async () => {
    const server = await place.start();
    const pid = server.pid();
    await Promise.all([server.stop(), server.stop()]);
    await server.stop();
    expect(pid).not.toBeNull();
    expect(() => process.kill(pid ?? 0, 0)).toThrow(/ESRCH/);
  });

  it('takes a folder with blanks, commas and quotes in its name', async () => {
    const dataDir = join(place.folder, `it's a, b (ü) %d`);
    const server = await place.start({ dataDir, binariesRoot: place.folder });
    expect(await queryOnce(server.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('takes a folder whose name a shell would read, when the programs are elsewhere; else it refuses', async () => {
    const dataDir = join(place.folder, `"a", $(touch oops) \`touch oops\``);
    const server = await place.start({ dataDir });
    expect(await queryOnce(server.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    await expect(startEmbeddedPostgres({ dataDir, log: console })).rejects.toThrow(/cannot run from .*ANTIPHON_DATA_DIR/);
  });

  it('puts its socket into a short private folder when the path is too long, and removes that', async () => {
    const server = await place.start({ dataDir: join(place.folder, 'x'.repeat(120)) });
    expect(server.connection.host).toMatch(/^\/tmp\/antiphon-\w{6}$/);
    expect((await stat(server.connection.host)).mode & 0o777).toBe(0o700);
    expect(await queryOnce(server.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    await expect(stat(server.connection.host)).rejects.toThrow(/ENOENT/);
  });

  it('refuses to lose data unless a test asks for it', async () => {
    await expect(startEmbeddedPostgres({ dataDir: place.dataDir, log: console, unsafeNoSync: true })).rejects.toThrow(
      /Only tests may ask for it/,
    );
    await expect(stat(place.dataDir)).rejects.toThrow(/ENOENT/);
    const server = await place.start({ unsafeNoSync: true, allowDataLoss: 'only-in-a-test' });
    expect(await queryOnce(server.connection, 'show fsync')).toEqual([{ fsync: 'off' }]);
  });

  it('refuses a database of another major version and says what to do', async () => {
    const server = await place.start();
    await server.stop();
    const versionFile = join(server.connection.host, 'PG_VERSION');
    await writeFile(versionFile, '17\n');
    const refused = place.start();
    await expect(refused).rejects.toThrow(DatabaseSetupError);
    await expect(refused).rejects.toThrow(/was made by PostgreSQL 17; this Antiphon embeds PostgreSQL 18.*pg_dump.*Nothing was changed/);
    await writeFile(versionFile, '18\n');
    expect((await place.start()).isUp()).toBe(true);
  });

  it('refuses a folder that is no database instead of creating one over it', async () => {
    await mkdir(join(place.dataDir, 'postgresql', 'data'), { recursive: true });
    await writeFile(join(place.dataDir, 'postgresql', 'data', 'notes.txt'), 'mine');
    await expect(place.start()).rejects.toThrow(/holds none \(it has no readable PG_VERSION\)/);
    expect(await readdir(join(place.dataDir, 'postgresql', 'data'))).toEqual(['notes.txt']);
  });

  it('says what the server said when it does not start, and frees the folder', async () => {
    const server = await place.start();
    await server.stop();
    const control = join(server.connection.host, 'global', 'pg_control');
    await rename(control, `${control}.away`);
    await expect(place.start()).rejects.toThrow(
      /does not start: the database server ended with code \d; it said:[^]*pg_control[^]*postgresql\.log/,
    );
    await rename(`${control}.away`, control);
    expect((await place.start()).isUp()).toBe(true);
  });

  it('removes the programs of other versions, and mends a copy that a crash cut short', async () => {
    const home = join(place.dataDir, 'postgresql');
    await mkdir(home, { recursive: true });
    const server = await place.start({ binariesRoot: home });
    await server.stop();
    const [current = ''] = (await readdir(home)).filter((name) => name.startsWith('postgresql-'));
    await mkdir(join(home, 'postgresql-17.1.0'));
    await writeFile(join(home, current, 'bin', 'postgres'), '');
    expect((await place.start({ binariesRoot: home })).isUp()).toBe(true);
    expect((await readdir(home)).filter((name) => name.startsWith('postgresql-'))).toEqual([current]);
  });

  it('does not write rows of people into its log', async () => {
    const server = await place.start();
    await queryOnce(server.connection, 'create table person (email text primary key)');
    await queryOnce(server.connection, `insert into person values ('alice@example.org')`);
    await expect(queryOnce(server.connection, `insert into person values ('alice@example.org')`)).rejects.toThrow(/duplicate key/);
    const text = await readFile(join(place.dataDir, 'postgresql', 'postgresql.log'), 'utf8');
    expect(text).toContain('duplicate key value violates unique constraint "person_pkey"');
    expect(text).not.toContain('alice');
  });

  it('uses the folder again after it was deleted', async () => {
    const server = await place.start();
    await queryOnce(server.connection, 'create table gone ()');
    await server.stop();
    await rm(place.dataDir, { recursive: true });
    const after = await place.start();
    expect(await queryOnce(after.connection, `select to_regclass('gone') as found`)).toEqual([{ found: null }]);
  });
});
