import { expect, it } from 'vitest';
import { migrations } from '../../../../migrations/index.ts';
import { createTestDatabase } from '../../../../../test/testkit/database.ts';
import { migrate } from '../../../kernel/db/index.ts';
import { createLogger } from '../../../kernel/telemetry/index.ts';

const BEFORE = ['COMPLETIONS_WRITE', 'COMPLETIONS_READ', 'MODELS_READ', 'PROVIDERS_READ', 'ACCOUNTING_READ', 'SCHEMA_READ'];

it('a key that might do everything before there were accounts still may, and others got nothing', async () => {
  await using database = await createTestDatabase({ isMigrated: false });
  const log = createLogger({ level: 'silent' });
  await migrate(database.connection, { migrations: migrations.slice(0, 1), log });
  const { general } = database.pools;
  await general.query(
    `insert into organization (id, name, created_at) values ('00000000-0000-7000-8000-000000000001', 'o', now());
     insert into project (id, organization_id, name, created_at)
       values ('00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', 'p', now())`,
  );
  for (const [name, scopes] of [
    ['all', BEFORE],
    ['some', BEFORE.slice(1)],
  ] as const)
    await general.query(
      `insert into api_key (id, organization_id, project_id, name, display_prefix, secret_hash, scopes, created_at)
       values (gen_random_uuid(), '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002', $1, 'x', $2, $3, now())`,
      [name, Buffer.from(name), scopes],
    );
  await migrate(database.connection, { migrations, log });
  const { rows } = await general.query<{ name: string; scopes: string[] }>('select name, scopes from api_key order by name');
  expect(rows.map(({ name, scopes }) => [name, scopes.includes('PROVIDERS_WRITE')])).toEqual([
    ['all', true],
    ['some', false],
  ]);
  expect(rows[1]?.scopes).toEqual(BEFORE.slice(1));
});
