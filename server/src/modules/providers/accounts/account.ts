/** An account at a vendor as this server knows it, wherever it was written down. */
import type { Secret } from '../../../kernel/crypto/index.ts';
import type { DiscoveredModel } from '../contract.ts';

/**
 * Where an account was written down. Of several with one provider id the one of the project counts, then the file's, then the
 * environment's: what is nearer to whoever calls wins.
 */
export type AccountSource = 'ENVIRONMENT' | 'FILE' | 'MANAGED';

/** Whose accounts and aliases are meant. */
export interface Tenant {
  readonly organizationId: string;
  readonly projectId: string;
}

/** Everything that is needed to connect an account. */
export interface AccountSpec {
  /** UUID; of accounts without a row derived from source and provider id, so that it is the same in every process and after every start. */
  readonly id: string;
  readonly source: AccountSource;
  readonly vendorId: string;
  /** The part of a model id before the slash. */
  readonly providerId: string;
  readonly displayName: string;
  /** Null: the vendor's usual one. */
  readonly baseUrl: string | null;
  readonly settings: Readonly<Record<string, string>>;
  /** Lower-case names; values may hold keys of a proxy in front of the vendor. */
  readonly headers: Readonly<Record<string, Secret>>;
  /** Models that are named with the account; the vendor may serve more. */
  readonly models: readonly string[];
  readonly isEnabled: boolean;
  readonly egress: 'public' | 'operator';
  readonly credentials: readonly CredentialSpec[];
  readonly discovery: Discovery | null;
  /** Null for accounts of the environment and of the file. */
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
  /** Why it cannot be connected, as a sentence; null where nothing is known to be in the way. */
  readonly problem: string | null;
}

export interface CredentialSpec {
  readonly id: string;
  readonly name: string;
  /** Last characters of its first secret, enough to recognise it; null where it has none or they would tell too much. */
  readonly hint: string | null;
  /** Null when they could not be opened; `problem` says why. */
  readonly secrets: Readonly<Record<string, Secret>> | null;
  readonly isEnabled: boolean;
  readonly createdAt: Date | null;
  /** From when on it is not used any more; null: it stays. */
  readonly retiresAt: Date | null;
  readonly problem: string | null;
}

/** What a provider listed when it was last asked. */
export interface Discovery {
  readonly discoveredAt: Date;
  readonly models: readonly DiscoveredModel[];
}

/** A name of a project for one or more models, best first. */
export interface Alias {
  readonly id: string;
  readonly source: 'FILE' | 'MANAGED';
  readonly name: string;
  readonly targets: readonly string[];
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
}
