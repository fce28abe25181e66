import type { Vendor } from '../vendors/index.ts';
import type { AccountSpec, Discovery } from './account.ts';
import type { ConnectedCredential } from './connected-credential.ts';

/** An account with what was made of its credentials. A change makes another one; only the turn of its credentials moves on. */
export class ConnectedAccount {
  readonly spec: AccountSpec;
  /** Null when there is no vendor of that id (any more). */
  readonly vendor: Vendor | null;
  /** Newest first; those that could be connected. */
  readonly credentials: readonly ConnectedCredential[];
  /** Why a credential, or the whole account, cannot be used; by id. */
  readonly problems: ReadonlyMap<string, string>;
  #turn = 0;

  constructor(made: Pick<ConnectedAccount, 'spec' | 'vendor' | 'credentials' | 'problems'>) {
    this.spec = made.spec;
    this.vendor = made.vendor;
    this.credentials = made.credentials;
    this.problems = made.problems;
  }

  /**
   * Credentials that may serve a call now, best first: those that nothing is known against take turns, then those that are about to
   * go, then those that were refused or limited a moment ago.
   */
  candidates(nowMs: number): readonly ConnectedCredential[] {
    if (!this.spec.isEnabled) return NONE;
    const { credentials } = this;
    const [only] = credentials;
    if (only !== undefined && credentials.length === 1) return only.isUsable(nowMs) ? credentials : NONE;
    const usable = credentials.filter((credential) => credential.isUsable(nowMs));
    const rested = usable.filter(({ health }) => !health.isResting(nowMs));
    return [
      ...this.#inTurn(rested.filter(({ isRetiring }) => !isRetiring)),
      ...rested.filter(({ isRetiring }) => isRetiring),
      ...usable.filter(({ health }) => health.isResting(nowMs)),
    ];
  }

  /** The same account after its provider was asked for its models. */
  withDiscovery(discovery: Discovery | null): ConnectedAccount {
    const { spec, vendor, credentials, problems } = this;
    return new ConnectedAccount({ spec: { ...spec, discovery }, vendor, credentials, problems });
  }

  #inTurn(credentials: readonly ConnectedCredential[]): readonly ConnectedCredential[] {
    if (credentials.length < 2) return credentials;
    this.#turn = (this.#turn + 1) % credentials.length;
    return [...credentials.slice(this.#turn), ...credentials.slice(0, this.#turn)];
  }
}

const NONE: readonly ConnectedCredential[] = [];
