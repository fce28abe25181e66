import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/testkit/database.ts';
import { ManualClock } from '../../kernel/clock/index.ts';
import { createPools } from '../../kernel/db/index.ts';
import { MemoryCoordination } from '../../kernel/coordination/index.ts';
import { createIds } from '../../kernel/ids/index.ts';
import { createLogger } from '../../kernel/telemetry/index.ts';
import { generateApiKey } from './api-key.policy.ts';
import { createIdentity, type Identity } from './create-identity.ts';
import { SCOPES } from './principal.ts';

const log = createLogger({ level: 'silent' });
const init = { organizationName: 'Acme', projectName: 'Main', apiKey: null };

describe('identity', () => {
  let database: TestDatabase;
  let dataDir: string;
  let clock: ManualClock;
  let identity: Identity;

  const build = (pool = database.pools.admission): Identity =>
    createIdentity({
      pool,
      coordination: new MemoryCoordination({ clock }),
      dataDir,
      limits: { defaultRequestsPerMinute: 2, defaultConcurrency: 1 },
      ids: createIds(clock),
      clock,
      log,
    });

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.pools.general.query('truncate installation, login_link, api_key, project, organization');
    dataDir = mkdtempSync(join(tmpdir(), 'antiphon-identity-'));
    clock = new ManualClock(Date.UTC(2026, 10, 25));
    identity = build();
    return async () => {
      await identity.close();
      rmSync(dataDir, { recursive: true });
    };
  });

  const first = async (): Promise<string> => ((await identity.bootstrap(init)) ?? expect.fail('no secrets')).apiKey.reveal();

  it('makes one tenant and one key, once, and shows the secrets only then', async () => {
    expect(await first()).toMatch(/^antp_live_[0-9A-Za-z]{36}$/);
    expect(await identity.bootstrap(init)).toBeNull();
    expect(await build().bootstrap(init)).toBeNull();
    const { rows } = await database.pools.general.query(
      'select (select count(*) from organization) + (select count(*) from project) + (select count(*) from api_key) as n',
    );
    expect(Number(rows[0].n)).toBe(3);
  });

  it('makes one installation when two processes start at once', async () => {
    const results = await Promise.all([identity.bootstrap(init), build().bootstrap(init)]);
    expect(results.filter((secrets) => secrets !== null)).toHaveLength(1);
  });

  it('keeps neither the key nor the login token in the database', async () => {
    const secrets = (await identity.bootstrap(init)) ?? expect.fail('no secrets');
    for (const table of ['installation', 'organization', 'project', 'api_key', 'login_link']) {
      const { rows } = await database.pools.general.query(`select coalesce(string_agg(t::text, ' '), '') as dump from ${table} t`);
      const dump = rows[0].dump as string;
      for (const secret of [secrets.apiKey.reveal(), secrets.loginToken.reveal()]) {
        expect(dump).not.toContain(secret);
        expect(dump).not.toContain(Buffer.from(secret).toString('hex'));
      }
    }
  });

  it('makes further keys that work at once, with the scopes they were given', async () => {
    await first();
    const key = (await identity.apiKeys.create({ name: 'Reader', scopes: ['MODELS_READ'], kind: 'test' })).reveal();
    expect(key).toMatch(/^antp_test_[0-9A-Za-z]{36}$/);
    expect((await identity.authenticator.authenticate(key)).scopes).toEqual(new Set(['MODELS_READ']));
    const { rows } = await database.pools.general.query('select name from api_key order by created_at, id');
    expect(rows).toEqual([{ name: 'First key' }, { name: 'Reader' }]);
  });

  it('makes no key where there is no installation, or one of another pepper', async () => {
    await expect(identity.apiKeys.create({ name: 'Too early' })).rejects.toThrow('Start Antiphon once with: npm start');
    await first();
    writeFileSync(join(dataDir, 'secrets', 'pepper'), 'x'.repeat(43));
    await expect(build().apiKeys.create({ name: 'Never matches' })).rejects.toThrow('hashed with another pepper');
    const { rows } = await database.pools.general.query('select name from api_key');
    expect(rows).toEqual([{ name: 'First key' }]);
  });

  it('adds a key given by the operator once, however often it boots', async () => {
    const apiKey = generateApiKey(createIds(clock));
    await identity.bootstrap({ ...init, apiKey });
    await identity.bootstrap({ ...init, apiKey });
    expect([...(await identity.authenticator.authenticate(apiKey.reveal())).scopes]).toEqual([...SCOPES]);
    expect((await database.pools.general.query('select 1 from api_key')).rowCount).toBe(1);
  });

  it('refuses to start on a database whose keys were hashed with another pepper', async () => {
    await first();
    writeFileSync(join(dataDir, 'secrets', 'pepper'), 'x'.repeat(43));
    await expect(build().bootstrap(init)).rejects.toThrow('hashed with another pepper');
  });

  it('keeps the pepper readable by its owner alone and never replaces it', async () => {
    const path = join(dataDir, 'secrets', 'pepper');
    const before = readFileSync(path, 'utf8');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await build().close();
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('answers a malformed key without asking the database, and an unknown one with 401', async () => {
    await first();
    await expect(identity.authenticator.authenticate('sk-1234')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    const unknown = generateApiKey(createIds(clock)).reveal();
    await expect(identity.authenticator.authenticate(unknown)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: expect.stringContaining('not known'),
    });
    const mistyped = unknown.slice(0, -1) + (unknown.endsWith('0') ? '1' : '0');
    await expect(identity.authenticator.authenticate(mistyped)).rejects.toMatchObject({
      message: expect.stringContaining('not copied whole'),
    });
  });

  it('answers from memory while fresh, and stops accepting a revoked key within a second', async () => {
    const key = await first();
    await identity.authenticator.authenticate(key);
    expect(identity.authenticator.authenticate(key)).not.toBeInstanceOf(Promise);
    await database.pools.general.query('update api_key set revoked_at = now()');
    clock.advance(1001);
    await expect(identity.authenticator.authenticate(key)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('stops accepting a key at its expiry, also from memory', async () => {
    const key = await first();
    await database.pools.general.query('update api_key set expires_at = $1', [new Date(clock.nowMs() + 300)]);
    await identity.authenticator.authenticate(key);
    clock.advance(300);
    expect(() => identity.authenticator.authenticate(key)).toThrow('expired');
  });

  it('goes on accepting known keys while the database is away, and answers 503 for unknown ones', async () => {
    const key = await first();
    await identity.authenticator.authenticate(key);
    const broken = await createTestDatabase();
    await broken.drop();
    const away = createIdentity({
      pool: broken.pools.admission,
      coordination: new MemoryCoordination({ clock }),
      dataDir,
      limits: { defaultRequestsPerMinute: 2, defaultConcurrency: 1 },
      ids: createIds(clock),
      clock,
      log,
    });
    await expect(away.authenticator.authenticate(key)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await away.close();
  });

  it('lets a known key wait once for a database that hangs, and not again with every call', async () => {
    const key = await first();
    const pools = createPools(database.connection, { log, sizes: { admission: { max: 1, statementTimeoutMs: 2000 } } });
    const patient = build(pools.admission);
    const locker = await database.pools.general.connect();
    try {
      const principal = await patient.authenticator.authenticate(key);
      await locker.query('begin');
      await locker.query('lock table api_key in access exclusive mode');
      clock.advance(1001);
      expect(await patient.authenticator.authenticate(key)).toEqual(principal);
      const answered = patient.authenticator.authenticate(key);
      const waited = await Promise.race([Promise.resolve(answered).then(() => 'answered'), sleep(1500, 'waited')]);
      expect(waited).toBe('answered');
      expect(await answered).toEqual(principal);
      // Once it answers again, revoking reaches this process within a second as ever.
      await locker.query('rollback');
      await vi.waitFor(() => expect(patient.authenticator.authenticate(key)).not.toBeInstanceOf(Promise), 4000);
      await database.pools.general.query('update api_key set revoked_at = now()');
      clock.advance(1001);
      await expect(patient.authenticator.authenticate(key)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    } finally {
      locker.release(true);
      await patient.close();
      await pools.end();
    }
  });

  it('opens one session from a login link, and none from a used, expired or wrong one', async () => {
    const { loginToken } = (await identity.bootstrap(init)) ?? expect.fail('no secrets');
    expect(await identity.sessions.redeemLoginLink('wrong')).toBeNull();
    const attempts = await Promise.all([
      identity.sessions.redeemLoginLink(loginToken.reveal()),
      identity.sessions.redeemLoginLink(loginToken.reveal()),
    ]);
    const sessions = attempts.filter((session) => session !== null);
    expect(sessions).toHaveLength(1);
    const principal = await identity.sessions.authenticate((sessions[0] ?? expect.fail('no session')).reveal());
    expect(principal.apiKeyId).toBeNull();
    await expect(identity.sessions.authenticate('wrong')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('does not open a session from a link older than 30 minutes', async () => {
    const { loginToken } = (await identity.bootstrap(init)) ?? expect.fail('no secrets');
    clock.advance(30 * 60_000);
    expect(await identity.sessions.redeemLoginLink(loginToken.reveal())).toBeNull();
  });

  it('admits within the limits and says when to come back beyond them', async () => {
    const principal = await identity.authenticator.authenticate(await first());
    const one = await identity.admission.admit(principal, 'call-1', 1000);
    await expect(identity.admission.admit(principal, 'call-2', 1000)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      message: expect.stringContaining('in flight'),
    });
    one.release();
    one.release();
    (await identity.admission.admit(principal, 'call-3', 1000)).release();
    await expect(identity.admission.admit(principal, 'call-4', 1000)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      message: expect.stringContaining('2 requests a minute'),
    });
  });

  it('shows a caller its own tenant and nobody else’s', async () => {
    const principal = await identity.authenticator.authenticate(await first());
    const viewer = await identity.tenancy.viewer(principal);
    expect(viewer?.organization.name).toBe('Acme');
    expect(viewer?.apiKey?.displayPrefix).toMatch(/^antp_live_.{4}$/);
    const stranger = { ...principal, organizationId: createIds(clock).uuidv7(), projectId: createIds(clock).uuidv7() };
    expect(await identity.tenancy.organization(stranger, principal.organizationId)).toBeNull();
    expect(await identity.tenancy.project(stranger, principal.projectId)).toBeNull();
    expect(await identity.tenancy.apiKey(stranger, principal.apiKeyId ?? '')).toBeNull();
  });
});
