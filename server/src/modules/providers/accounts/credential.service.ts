import type { PoolClient } from 'pg';
import type { Vendor } from '../vendors/index.ts';
import { checkDraft } from './account-draft.ts';
import type { AccountRow } from './account.store.ts';
import type { Tenant } from './account.ts';
import { conflict, InvalidAccountError, notFound, readOnly, refuseIfAny } from './account.errors.ts';
import { DEFAULT_OVERLAP_SECONDS, hintOf, MAX_CREDENTIALS, problemsOfName, problemsOfOverlap } from './account.policy.ts';
import type { ConnectedAccount } from './connected-account.ts';
import {
  deleteCredential,
  deleteRetired,
  findCredential,
  findCredentialsOf,
  findRetiring,
  insertCredential,
  updateCredential,
  type CredentialRow,
} from './credential.store.ts';
import { rememberKey } from './encryption-key.store.ts';
import { accountOf, change, ownAccount, type ManagementDeps } from './management-deps.ts';
import { sealFields, secretsPlace, toSecretFields } from './sealed-fields.ts';

/** Values as they were given. */
export type GivenSecrets = Readonly<Record<string, string>>;

/** An account and the credential of it that was made or changed. */
export interface ChangedCredential {
  readonly account: ConnectedAccount;
  readonly credentialId: string;
}

/** Credentials of accounts. Their secrets come in here and never go out again. */
export class CredentialService {
  readonly #deps: ManagementDeps;

  constructor(deps: ManagementDeps) {
    this.#deps = deps;
  }

  /** Another credential beside those that are there; they share the calls. */
  async add(tenant: Tenant, input: { accountId: string; name: string; secrets: GivenSecrets }): Promise<ChangedCredential> {
    refuseIfAny(problemsOfName(input.name, 'name'));
    const { accountId, name, secrets } = input;
    const credentialId = await change(this.#deps, tenant.projectId, async (client) => {
      const account = await ownAccount(client, this.#deps, tenant, accountId, 'accountId');
      return this.#insert(client, tenant, { account, name, secrets });
    });
    return { account: accountOf(this.#deps, tenant, accountId, 'accountId'), credentialId };
  }

  /**
   * Puts a new credential in the place of one that goes when the overlap is over. New calls take the new one and fall back on the old
   * one while it lasts; no call fails. An overlap of 0 deletes the old one at once.
   */
  async rotate(
    tenant: Tenant,
    input: { credentialId: string; name: string | null; secrets: GivenSecrets; overlapSeconds: number | null },
  ): Promise<ChangedCredential> {
    const overlapSeconds = input.overlapSeconds ?? DEFAULT_OVERLAP_SECONDS;
    refuseIfAny([...problemsOfOverlap(overlapSeconds), ...(input.name === null ? [] : problemsOfName(input.name, 'name'))]);
    return this.#change(tenant, input.credentialId, async (client, old) => {
      if (old.retiresAt !== null)
        throw conflict('This credential is being replaced already. Rotate the one that takes its place.', 'credentialId');
      const account = await ownAccount(client, this.#deps, tenant, old.accountId, 'credentialId');
      const retiresAt = new Date(this.#deps.clock.nowMs() + overlapSeconds * 1000);
      if (overlapSeconds === 0) await deleteCredential(client, tenant.projectId, old.id);
      else await updateCredential(client, { ...old, retiresAt });
      return this.#insert(client, tenant, { account, name: input.name ?? old.name, secrets: input.secrets });
    });
  }

  setEnabled(tenant: Tenant, credentialId: string, isEnabled: boolean): Promise<ChangedCredential> {
    return this.#change(tenant, credentialId, async (client, row) => {
      await updateCredential(client, { ...row, isEnabled });
      return row.id;
    });
  }

  /** For good; calls in flight end as they would have. */
  delete(tenant: Tenant, credentialId: string): Promise<ChangedCredential> {
    return this.#change(tenant, credentialId, async (client, row) => {
      await deleteCredential(client, tenant.projectId, row.id);
      return row.id;
    });
  }

  /** Deletes what has been out of use since its overlap ended. Safe to run twice, and at the same time. */
  async deleteRetired(): Promise<number> {
    const at = new Date(this.#deps.clock.nowMs());
    let deleted = 0;
    for (const projectId of await findRetiring(this.#deps.pool, at))
      deleted += await change(this.#deps, projectId, (client) => deleteRetired(client, projectId, at));
    return deleted;
  }

  async #change(
    tenant: Tenant,
    credentialId: string,
    work: (client: PoolClient, row: CredentialRow) => Promise<string>,
  ): Promise<ChangedCredential> {
    const changed = await change(this.#deps, tenant.projectId, async (client) => {
      const row = await findCredential(client, tenant.projectId, credentialId);
      if (row === null) throw this.#missing(tenant, credentialId);
      return { accountId: row.accountId, credentialId: await work(client, row) };
    });
    return { account: accountOf(this.#deps, tenant, changed.accountId, 'credentialId'), credentialId: changed.credentialId };
  }

  #missing({ projectId }: Tenant, credentialId: string): Error {
    const shared = this.#deps.live
      .accountsOf(projectId)
      .find(({ spec }) => spec.source !== 'MANAGED' && spec.credentials.some(({ id }) => id === credentialId));
    const source = shared?.spec.source;
    return source === 'ENVIRONMENT' || source === 'FILE' ? readOnly(source, 'credentialId') : notFound('credential', 'credentialId');
  }

  async #insert(
    client: PoolClient,
    { projectId }: Tenant,
    made: { account: AccountRow; name: string; secrets: GivenSecrets },
  ): Promise<string> {
    const { box, ids, clock } = this.#deps;
    const { account, secrets } = made;
    const vendor = checkSecrets(account, secrets, this.#deps);
    if ((await findCredentialsOf(client, account.id)).length >= MAX_CREDENTIALS)
      throw conflict(`An account has at most ${MAX_CREDENTIALS} credentials. Delete one first.`, 'secrets');
    const id = ids.uuidv7();
    await rememberKey(client, box, clock);
    await insertCredential(client, {
      id,
      accountId: account.id,
      projectId,
      name: made.name,
      hint: hintOf(vendor, secrets),
      sealedSecrets: await sealFields(box, toSecretFields(secrets), secretsPlace(projectId, id)),
      isEnabled: true,
      createdAt: new Date(clock.nowMs()),
      retiresAt: null,
    });
    return id;
  }
}

/** Vendors have rules between secrets and settings, so the account is looked at as a whole; what is to blame are the secrets. */
function checkSecrets(account: AccountRow, secrets: GivenSecrets, deps: ManagementDeps): Vendor {
  try {
    return checkDraft({ ...account, headers: [], secrets }, deps).vendor;
  } catch (error) {
    if (!(error instanceof InvalidAccountError)) throw error;
    throw new InvalidAccountError(error.problems.map(({ message }) => ({ path: ['secrets'], message })));
  }
}
