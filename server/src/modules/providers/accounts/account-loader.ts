import type { Pool, PoolClient } from 'pg';
import { SealedValueError, type SecretBox } from '../../../kernel/crypto/index.ts';
import type { Logger } from '../../../kernel/telemetry/index.ts';
import { findVendor } from '../vendors/index.ts';
import type { AccountSpec, Alias, CredentialSpec, Discovery } from './account.ts';
import { findAccounts, type AccountRow } from './account.store.ts';
import { findAliases, type AliasRow } from './alias.store.ts';
import { decideAccountUrl } from './base-url.ts';
import { currentRevision, readTogether, SHARED_PROJECT_ID } from './change.store.ts';
import { findCredentials, type CredentialRow } from './credential.store.ts';
import { findDiscoveries, type DiscoveryRow } from './discovery.store.ts';
import { headersPlace, openFields, secretsPlace, type SecretFields } from './sealed-fields.ts';

/** A project as the database has it. */
export interface LoadedProject {
  readonly projectId: string;
  readonly accounts: readonly AccountSpec[];
  readonly aliases: readonly Alias[];
}

export interface LoadedState {
  /** The projects that were asked for, also those that have nothing (any more). */
  readonly projects: readonly LoadedProject[];
  /** Discoveries at accounts that all share, by account; null when they were not asked for. */
  readonly sharedDiscoveries: ReadonlyMap<string, Discovery> | null;
  readonly revision: bigint;
}

interface Rows {
  readonly accounts: readonly AccountRow[];
  readonly credentials: readonly CredentialRow[];
  readonly discoveries: readonly DiscoveryRow[];
  readonly aliases: readonly AliasRow[];
  readonly revision: bigint;
}

export interface AccountLoaderDeps {
  readonly pool: Pool;
  readonly box: SecretBox;
  /** Origins that are not public and may be called all the same. */
  readonly privateOrigins: ReadonlySet<string>;
  readonly log: Pick<Logger, 'error'>;
}

/** Reads accounts out of the database and opens what is sealed. A value that does not open spoils its own credential and nothing else. */
export class AccountLoader {
  readonly #deps: AccountLoaderDeps;

  constructor(deps: AccountLoaderDeps) {
    this.#deps = deps;
  }

  /** Null: everything. */
  async load(projectIds: readonly string[] | null): Promise<LoadedState> {
    const rows = await readTogether(this.#deps.pool, (client) => readRows(client, projectIds));
    const credentials = Map.groupBy(rows.credentials, ({ accountId }) => accountId);
    const discoveries = new Map(rows.discoveries.map((row) => [row.accountId, row]));
    const accounts = await Promise.all(
      rows.accounts.map(async (row) => ({
        projectId: row.projectId,
        spec: await this.#toSpec(row, credentials.get(row.id) ?? [], discoveries.get(row.id) ?? null),
      })),
    );
    const accountsOf = Map.groupBy(accounts, ({ projectId }) => projectId);
    const aliasesOf = Map.groupBy(rows.aliases, ({ projectId }) => projectId);
    const ids = new Set(projectIds ?? [...accountsOf.keys(), ...aliasesOf.keys()]);
    const isSharedAsked = projectIds === null || ids.delete(SHARED_PROJECT_ID);
    const shared = rows.discoveries.filter(({ projectId }) => projectId === SHARED_PROJECT_ID);
    return {
      projects: [...ids].map((projectId) => ({
        projectId,
        accounts: (accountsOf.get(projectId) ?? []).map(({ spec }) => spec),
        aliases: (aliasesOf.get(projectId) ?? []).map((row) => ({ ...row, source: 'MANAGED' })),
      })),
      sharedDiscoveries: isSharedAsked ? new Map(shared.map((row) => [row.accountId, row])) : null,
      revision: rows.revision,
    };
  }

  async #toSpec(row: AccountRow, credentials: readonly CredentialRow[], discovery: Discovery | null): Promise<AccountSpec> {
    const headers = await this.#openHeaders(row);
    const { egress, problem } = this.#decideEgress(row);
    return {
      ...row,
      source: 'MANAGED',
      headers: headers ?? {},
      egress,
      credentials: await Promise.all(credentials.map((credential) => this.#toCredential(credential))),
      discovery,
      problem: headers === null ? UNOPENED : problem,
    };
  }

  /** Decided anew at every start: what the operator allows may have changed since the account was connected. */
  #decideEgress({ baseUrl, vendorId }: AccountRow): Pick<AccountSpec, 'egress' | 'problem'> {
    const vendor = findVendor(vendorId);
    if (vendor === null) return { egress: 'public', problem: null };
    const decision = decideAccountUrl(baseUrl, vendor, this.#deps.privateOrigins);
    if (decision.kind === 'accepted') return { egress: decision.egress, problem: null };
    return { egress: 'public', problem: decision.message };
  }

  async #toCredential(row: CredentialRow): Promise<CredentialSpec> {
    const secrets = await this.#open(row.sealedSecrets, secretsPlace(row.projectId, row.id));
    return { ...row, secrets, problem: secrets === null ? UNOPENED : null };
  }

  #openHeaders({ sealedHeaders, projectId, id }: AccountRow): Promise<SecretFields | null> {
    return sealedHeaders === null ? Promise.resolve({}) : this.#open(sealedHeaders, headersPlace(projectId, id));
  }

  async #open(sealed: string, place: ReturnType<typeof secretsPlace>): Promise<SecretFields | null> {
    try {
      return await openFields(this.#deps.box, sealed, place);
    } catch (error) {
      if (!(error instanceof SealedValueError)) throw error;
      this.#deps.log.error({ error, field: place.field, rowId: place.rowId }, 'a sealed value cannot be opened; give it anew');
      return null;
    }
  }
}

const UNOPENED = 'Its secrets cannot be opened: they were changed, or sealed with another key. Give them anew.';

async function readRows(client: PoolClient, projectIds: readonly string[] | null): Promise<Rows> {
  return {
    accounts: await findAccounts(client, projectIds),
    credentials: await findCredentials(client, projectIds),
    discoveries: await findDiscoveries(client, projectIds),
    aliases: await findAliases(client, projectIds),
    revision: await currentRevision(client),
  };
}
