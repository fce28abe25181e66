import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { Clock } from '../../kernel/clock/index.ts';
import { Secret } from '../../kernel/crypto/index.ts';
import type { Ids } from '../../kernel/ids/index.ts';
import { generateApiKey, isWellFormedApiKey } from './api-key.policy.ts';
import { insertApiKey } from './api-key.store.ts';
import { fingerprintOf, isInstalled } from './installation.store.ts';
import { SCOPES } from './principal.ts';

const LOGIN_LINK_TTL_MS = 30 * 60_000;
const LOGIN_TOKEN_BYTES = 32;
/** Arbitrary constant that names the lock in this database; two processes that start at once make one installation. */
const BOOTSTRAP_LOCK = 0x616e_7470;

/** Secrets that exist in clear only here; the banner shows them once. */
export interface BootstrapSecrets {
  readonly apiKey: Secret;
  readonly loginToken: Secret;
}

export interface BootstrapDeps {
  readonly pool: Pool;
  readonly pepper: Secret;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly init: { readonly organizationName: string; readonly projectName: string; readonly apiKey: Secret | null };
}

/**
 * Makes the first organization, project, key and login link, once; later starts change nothing and get null.
 * A key given by the operator is added when it is not there yet, so that a headless boot can be repeated.
 * Throws when the database belongs to an installation with another pepper, for then no key would ever match.
 */
export async function bootstrap(deps: BootstrapDeps): Promise<BootstrapSecrets | null> {
  const client = await deps.pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [BOOTSTRAP_LOCK]);
    const secrets = (await isInstalled(client, deps.pepper)) ? await ensureOperatorKey(client, deps) : await install(client, deps);
    await client.query('commit');
    return secrets;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function install(client: PoolClient, deps: BootstrapDeps): Promise<BootstrapSecrets> {
  const { ids, clock, init, pepper } = deps;
  const nowMs = clock.nowMs();
  const now = new Date(nowMs).toISOString();
  const organizationId = ids.uuidv7();
  const projectId = ids.uuidv7();
  await client.query('insert into installation (created_at, pepper_fingerprint) values ($1, $2)', [now, fingerprintOf(pepper)]);
  await client.query('insert into organization (id, name, created_at) values ($1, $2, $3)', [organizationId, init.organizationName, now]);
  await client.query('insert into project (id, organization_id, name, created_at) values ($1, $2, $3, $4)', [
    projectId,
    organizationId,
    init.projectName,
    now,
  ]);
  const apiKey = init.apiKey ?? generateApiKey(ids);
  await insertKey(client, deps, { organizationId, projectId, apiKey });
  const loginToken = ids.secretBytes(LOGIN_TOKEN_BYTES).toString('base64url');
  await client.query('insert into login_link (token_hash, organization_id, project_id, expires_at) values ($1, $2, $3, $4)', [
    createHash('sha256').update(loginToken).digest(),
    organizationId,
    projectId,
    new Date(nowMs + LOGIN_LINK_TTL_MS).toISOString(),
  ]);
  return { apiKey, loginToken: new Secret(loginToken) };
}

async function ensureOperatorKey(client: PoolClient, deps: BootstrapDeps): Promise<null> {
  const { apiKey } = deps.init;
  if (apiKey === null) return null;
  const { rows } = await client.query<{ organizationId: string; projectId: string }>(
    'select organization_id as "organizationId", id as "projectId" from project order by created_at, id limit 1',
  );
  const owner = rows[0];
  if (owner !== undefined) await insertKey(client, deps, { ...owner, apiKey });
  return null;
}

async function insertKey(
  client: PoolClient,
  deps: BootstrapDeps,
  key: { organizationId: string; projectId: string; apiKey: Secret },
): Promise<void> {
  if (!isWellFormedApiKey(key.apiKey.reveal()))
    throw new Error('ANTIPHON_INIT_API_KEY has a wrong checksum. Make one with: npm run key:generate');
  const { organizationId, projectId, apiKey: secret } = key;
  const createdAtMs = deps.clock.nowMs();
  await insertApiKey(
    client,
    { id: deps.ids.uuidv7(), organizationId, projectId, name: 'First key', secret, scopes: SCOPES, createdAtMs },
    deps.pepper,
  );
}
