import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../../test/testkit/database.ts';
import {
  accountInput,
  deploymentsOf,
  ids,
  newEncryptionKey,
  newTenant,
  openManagement,
  OTHER_KEY,
  serveKeyedUpstream,
  textBy,
  type KeyedUpstream,
} from '../../../../../test/testkit/provider-management.ts';
import { openSecretBox } from './encryption-key.store.ts';

const MODEL = 'openai/gpt-4.1-mini';
let upstream: KeyedUpstream;
let database: TestDatabase;
beforeAll(async () => {
  upstream = await serveKeyedUpstream();
  database = await createTestDatabase();
});
afterAll(async () => {
  await upstream[Symbol.asyncDispose]();
  await database.drop();
});

describe('the encryption key of an installation', () => {
  it('is made at the first start, and may be replaced while nothing is sealed', async () => {
    await using fresh = await createTestDatabase();
    const dataDir = mkdtempSync(join(tmpdir(), 'antiphon-box-'));
    try {
      const box = await openSecretBox(fresh.pools.general, { dataDir, given: null }, ids);
      expect(readdirSync(join(dataDir, 'secrets'))).toEqual(['encryption-key']);
      expect((await openSecretBox(fresh.pools.general, { dataDir, given: null }, ids)).keyId).toBe(box.keyId);
      expect((await openSecretBox(fresh.pools.general, { dataDir, given: newEncryptionKey() }, ids)).keyId).not.toBe(box.keyId);
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });

  it('that is missing or another one stops the start, says what to do and changes nothing', async () => {
    await using own = await createTestDatabase();
    const [right, wrong] = [newEncryptionKey(), newEncryptionKey()];
    const tenant = newTenant();
    {
      await using management = await openManagement(own, { encryptionKey: right, privateOrigins: [upstream.origin] });
      await management.accounts.connect(tenant, accountInput(upstream));
    }
    const rowsOf = async (): Promise<unknown> =>
      (await own.pools.general.query('select id, sealed_secrets, (select key_id from encryption_key) from provider_credential')).rows;
    const before = await rowsOf();
    await expect(openManagement(own, { encryptionKey: wrong })).rejects.toThrow(
      /^The credentials in this database are sealed with the encryption key [0-9a-f]{16}\. This process has the key [0-9a-f]{16}\. Restore .*encryption-key from a backup, or set ANTIPHON_ENCRYPTION_KEY to that key\. Nothing was changed\.$/,
    );
    const dataDir = mkdtempSync(join(tmpdir(), 'antiphon-box-'));
    try {
      await expect(openSecretBox(own.pools.general, { dataDir, given: null }, ids)).rejects.toThrow('It is missing. Restore');
      // Not made anew: the next start must not mistake it for the right one.
      expect(readdirSync(dataDir)).toEqual([]);
    } finally {
      rmSync(dataDir, { recursive: true });
    }
    expect(await rowsOf()).toEqual(before);
    await using management = await openManagement(own, { encryptionKey: right, privateOrigins: [upstream.origin] });
    expect(await textBy(management, MODEL, tenant)).toBe('by 1111');
  });

  it('of two processes must be the same before the second seals anything', async () => {
    await using own = await createTestDatabase();
    await using first = await openManagement(own, { encryptionKey: newEncryptionKey(), privateOrigins: [upstream.origin] });
    await using second = await openManagement(own, { encryptionKey: newEncryptionKey(), privateOrigins: [upstream.origin] });
    await first.accounts.connect(newTenant(), accountInput(upstream));
    const tenant = newTenant();
    await expect(second.accounts.connect(tenant, accountInput(upstream))).rejects.toThrow(
      'Give all processes the same ANTIPHON_ENCRYPTION_KEY',
    );
    const { rows } = await own.pools.general.query('select id from provider_account where project_id = $1', [tenant.projectId]);
    expect(rows).toEqual([]);
  });
});

describe('a sealed credential', () => {
  it('opens in no other row, project or column: swapped ones are unusable and the rest goes on', async () => {
    const [mine, theirs, third] = [newTenant(), newTenant(), newTenant()];
    {
      await using management = await openManagement(database, { privateOrigins: [upstream.origin] });
      await management.accounts.connect(mine, accountInput(upstream));
      await management.accounts.connect(theirs, accountInput(upstream, { secrets: { apiKey: OTHER_KEY } }));
      await management.accounts.connect(third, accountInput(upstream));
      expect(await textBy(management, MODEL, theirs)).toBe('by 2222');
    }
    // As somebody with the database, but without the key, might try it.
    await database.pools.general.query(
      `update provider_credential mine set sealed_secrets = theirs.sealed_secrets from provider_credential theirs
        where mine.project_id = $1 and theirs.project_id = $2`,
      [mine.projectId, theirs.projectId],
    );
    await using management = await openManagement(database, { privateOrigins: [upstream.origin] });
    expect(deploymentsOf(management, MODEL, mine)).toEqual([]);
    expect(management.providers.resolve(MODEL, mine.projectId)).toMatchObject({
      kind: 'unavailable',
      reasons: [expect.stringContaining('cannot be opened') as string],
    });
    expect(await textBy(management, MODEL, theirs)).toBe('by 2222');
    expect(await textBy(management, MODEL, third)).toBe('by 1111');
  });

  it('can be given anew when it does not open', async () => {
    const tenant = newTenant();
    {
      await using management = await openManagement(database, { privateOrigins: [upstream.origin] });
      await management.accounts.connect(tenant, accountInput(upstream));
    }
    await database.pools.general.query(`update provider_credential set sealed_secrets = 'a1.broken' where project_id = $1`, [
      tenant.projectId,
    ]);
    await using management = await openManagement(database, { privateOrigins: [upstream.origin] });
    const [account] = management.providers.accountsOf(tenant.projectId);
    const credentialId = account?.spec.credentials[0]?.id ?? '';
    await management.credentials.rotate(tenant, { credentialId, name: null, secrets: { apiKey: OTHER_KEY }, overlapSeconds: 0 });
    expect(await textBy(management, MODEL, tenant)).toBe('by 2222');
  });
});
