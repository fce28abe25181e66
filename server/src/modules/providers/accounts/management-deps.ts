import type { Pool } from 'pg';
import type { Clock } from '../../../kernel/clock/index.ts';
import type { SecretBox } from '../../../kernel/crypto/index.ts';
import { AntiphonError } from '../../../kernel/errors/index.ts';
import type { Ids } from '../../../kernel/ids/index.ts';
import type { Tenant } from './account.ts';
import { findAccount, type AccountRow } from './account.store.ts';
import { changeProject } from './change.store.ts';
import type { ConnectDeps } from './connect-account.ts';
import type { ConnectedAccount } from './connected-account.ts';
import { notFound, readOnly } from './account.errors.ts';
import type { LiveProviders } from './live-providers.ts';
import type { PoolClient } from 'pg';
import type { AccountReloader } from './account-reloader.ts';

/** What the use cases of this folder work with. */
export interface ManagementDeps {
  readonly pool: Pool;
  readonly box: SecretBox;
  readonly live: LiveProviders;
  readonly reloader: Pick<AccountReloader, 'changed'>;
  readonly connect: ConnectDeps;
  /** Origins that are not public and may be called all the same. */
  readonly privateOrigins: ReadonlySet<string>;
  readonly ids: Ids;
  readonly clock: Clock;
}

/** Commits a change of a project and resolves when this process works with it; the others are told. */
export async function change<Result>(
  { pool, reloader }: ManagementDeps,
  projectId: string,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const result = await changeProject(pool, projectId, work);
  await reloader.changed(projectId).catch((cause: unknown) => {
    throw new AntiphonError(
      'UNAVAILABLE',
      'The change was made, but this server could not read it back yet. It comes into force by itself.',
      {
        cause,
      },
    );
  });
  return result;
}

/** The account as this process works with it. Throws NOT_FOUND when the project has no such account and shares none. */
export function accountOf({ live }: ManagementDeps, { projectId }: Tenant, id: string, path: string): ConnectedAccount {
  const account = live.accountsOf(projectId).find(({ spec }) => spec.id === id);
  if (account === undefined) throw notFound('account', path);
  return account;
}

/** The row of an account that may be changed here. Throws NOT_FOUND, or CONFLICT for one of the environment or the file. */
export async function ownAccount(
  client: PoolClient,
  deps: ManagementDeps,
  { projectId }: Tenant,
  id: string,
  path: string,
): Promise<AccountRow> {
  const row = await findAccount(client, projectId, id);
  if (row !== null) return row;
  const shared = deps.live.accountsOf(projectId).find(({ spec }) => spec.id === id);
  const source = shared?.spec.source;
  throw source === 'ENVIRONMENT' || source === 'FILE' ? readOnly(source, path) : notFound('account', path);
}
