import type { PoolClient } from 'pg';
import { Secret } from '../../../kernel/crypto/index.ts';
import { findVendor } from '../vendors/index.ts';
import { checkDraft, type AccountDraft, type CheckedDraft } from './account-draft.ts';
import type { Tenant } from './account.ts';
import { conflict, notFound, refuseIfAny } from './account.errors.ts';
import { hintOf, MAX_ACCOUNTS, problemsOfName } from './account.policy.ts';
import { countAccounts, deleteAccount, insertAccount, updateAccount, type AccountRow } from './account.store.ts';
import type { ConnectedAccount } from './connected-account.ts';
import { deleteCredential, findCredentialsOf, insertCredential } from './credential.store.ts';
import { rememberKey } from './encryption-key.store.ts';
import type { HeaderInput } from './header.policy.ts';
import { accountOf, change, ownAccount, type ManagementDeps } from './management-deps.ts';
import { headersPlace, sealFields, secretsPlace, toSecretFields } from './sealed-fields.ts';

export interface ConnectAccountInput {
  readonly vendorId: string;
  /** Default: the vendor's id. */
  readonly providerId: string | null;
  /** Default: the vendor's name. */
  readonly displayName: string | null;
  /** Null: the vendor's usual one. */
  readonly baseUrl: string | null;
  readonly settings: Readonly<Record<string, string>>;
  readonly headers: readonly HeaderInput[];
  readonly models: readonly string[];
  readonly secrets: Readonly<Record<string, string>>;
  /** Default: `first`. */
  readonly credentialName: string | null;
}

/** What is left out stays as it is. */
export interface UpdateAccountInput {
  readonly displayName?: string | null;
  readonly baseUrl?: string | null;
  readonly settings?: Readonly<Record<string, string>> | null;
  readonly headers?: readonly HeaderInput[] | null;
  readonly models?: readonly string[] | null;
  /** Take the place of all credentials; demanded when `baseUrl` or `settings` change. */
  readonly secrets?: Readonly<Record<string, string>> | null;
}

const FIRST_CREDENTIAL = 'first';

/** Connecting accounts and changing them. Every act comes into force in this process before it resolves. */
export class AccountService {
  readonly #deps: ManagementDeps;

  constructor(deps: ManagementDeps) {
    this.#deps = deps;
  }

  /** Sends nothing to the provider. Throws INVALID_INPUT, or CONFLICT when the project has an account of that name. */
  async connect(tenant: Tenant, input: ConnectAccountInput): Promise<ConnectedAccount> {
    const { ids } = this.#deps;
    const credentialName = input.credentialName ?? FIRST_CREDENTIAL;
    const draft: AccountDraft = {
      ...input,
      providerId: input.providerId ?? input.vendorId,
      displayName: input.displayName ?? findVendor(input.vendorId)?.displayName ?? input.vendorId,
    };
    const checked = checkDraft(draft, this.#deps);
    refuseIfAny(problemsOfName(credentialName, 'credentialName'));
    const id = ids.uuidv7();
    await change(this.#deps, tenant.projectId, async (client) => {
      if ((await countAccounts(client, tenant.projectId)) >= MAX_ACCOUNTS)
        throw conflict(`A project has at most ${MAX_ACCOUNTS} accounts. Delete one first.`, 'name');
      const isNew = await insertAccount(client, await this.#toRow(tenant, id, draft, checked));
      if (!isNew) throw conflict(`This project has an account named ${draft.providerId}. Choose another name.`, 'name');
      await this.#insertCredential(client, tenant, { accountId: id, name: credentialName, secrets: input.secrets, checked });
    });
    return accountOf(this.#deps, tenant, id, 'id');
  }

  /**
   * A credential was given for one place: where requests go changes only together with it. Otherwise whoever may write accounts
   * could have a credential that he cannot read sent to a server of his own.
   */
  async update(tenant: Tenant, id: string, input: UpdateAccountInput): Promise<ConnectedAccount> {
    const secrets = input.secrets ?? null;
    await change(this.#deps, tenant.projectId, async (client) => {
      const row = await ownAccount(client, this.#deps, tenant, id, 'accountId');
      const draft = toDraft(row, input);
      const checked = checkDraft(draft, this.#deps);
      const changed = await this.#toRow(tenant, id, draft, checked, row);
      const before = await findCredentialsOf(client, id);
      if (secrets === null && before.length > 0 && hasMoved(row, changed))
        refuseIfAny([{ path: ['secrets'], message: 'Where requests go changes only together with the secrets. Give them again.' }]);
      if (changed.sealedHeaders !== null) await rememberKey(client, this.#deps.box, this.#deps.clock);
      // Headers that are kept stay sealed as they are.
      await updateAccount(
        client,
        input.headers === undefined ? { ...changed, sealedHeaders: row.sealedHeaders, headerNames: row.headerNames } : changed,
      );
      if (secrets === null) return;
      for (const credential of before) await deleteCredential(client, tenant.projectId, credential.id);
      await this.#insertCredential(client, tenant, { accountId: id, name: before[0]?.name ?? FIRST_CREDENTIAL, secrets, checked });
    });
    return accountOf(this.#deps, tenant, id, 'accountId');
  }

  /** A disabled account keeps its name: calls to it are refused and do not go to a shared account of the same name. */
  async setEnabled(tenant: Tenant, id: string, isEnabled: boolean): Promise<ConnectedAccount> {
    await change(this.#deps, tenant.projectId, async (client) => {
      const row = await ownAccount(client, this.#deps, tenant, id, 'accountId');
      await updateAccount(client, { ...row, isEnabled, updatedAt: this.#now() });
    });
    return accountOf(this.#deps, tenant, id, 'accountId');
  }

  /** With its credentials, for good; calls in flight end as they would have. Returns what it was. */
  async delete(tenant: Tenant, id: string): Promise<ConnectedAccount> {
    const account = accountOf(this.#deps, tenant, id, 'accountId');
    await change(this.#deps, tenant.projectId, async (client) => {
      await ownAccount(client, this.#deps, tenant, id, 'accountId');
      await deleteAccount(client, tenant.projectId, id);
    });
    return account;
  }

  async #toRow(tenant: Tenant, id: string, draft: AccountDraft, { baseUrl }: CheckedDraft, before?: AccountRow): Promise<AccountRow> {
    const { box } = this.#deps;
    const headers = draft.headers.map(({ name, value }) => [name.toLowerCase(), new Secret(value)] as const);
    return {
      id,
      organizationId: tenant.organizationId,
      projectId: tenant.projectId,
      vendorId: draft.vendorId,
      providerId: draft.providerId,
      displayName: draft.displayName,
      baseUrl,
      settings: draft.settings,
      headerNames: headers.map(([name]) => name),
      sealedHeaders: headers.length === 0 ? null : await sealFields(box, Object.fromEntries(headers), headersPlace(tenant.projectId, id)),
      models: [...new Set(draft.models)],
      isEnabled: before?.isEnabled ?? true,
      createdAt: before?.createdAt ?? this.#now(),
      updatedAt: this.#now(),
    };
  }

  async #insertCredential(
    client: PoolClient,
    { projectId }: Tenant,
    made: { accountId: string; name: string; secrets: Readonly<Record<string, string>>; checked: CheckedDraft },
  ): Promise<void> {
    const { box, ids, clock } = this.#deps;
    const id = ids.uuidv7();
    await rememberKey(client, box, clock);
    await insertCredential(client, {
      id,
      accountId: made.accountId,
      projectId,
      name: made.name,
      hint: hintOf(made.checked.vendor, made.secrets),
      sealedSecrets: await sealFields(box, toSecretFields(made.secrets), secretsPlace(projectId, id)),
      isEnabled: true,
      createdAt: this.#now(),
      retiresAt: null,
    });
  }

  #now(): Date {
    return new Date(this.#deps.clock.nowMs());
  }
}

function toDraft(row: AccountRow, input: UpdateAccountInput): AccountDraft {
  const vendor = findVendor(row.vendorId);
  if (vendor === null) throw notFound('account', 'accountId');
  return {
    vendorId: row.vendorId,
    providerId: row.providerId,
    displayName: input.displayName === undefined ? row.displayName : (input.displayName ?? vendor.displayName),
    baseUrl: input.baseUrl === undefined ? row.baseUrl : input.baseUrl,
    settings: input.settings === undefined ? row.settings : (input.settings ?? {}),
    headers: input.headers ?? [],
    models: input.models === undefined ? row.models : (input.models ?? []),
    secrets: input.secrets ?? null,
  };
}

function hasMoved(before: AccountRow, after: AccountRow): boolean {
  const settingsOf = ({ settings }: AccountRow): string =>
    JSON.stringify(Object.entries(settings).sort(([left], [right]) => (left < right ? -1 : 1)));
  return before.baseUrl !== after.baseUrl || settingsOf(before) !== settingsOf(after);
}
