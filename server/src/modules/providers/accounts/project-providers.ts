import type { Clock } from '../../../kernel/clock/index.ts';
import { ProviderDirectory } from '../provider-directory.ts';
import type { SharedProviders } from '../provider-registry.ts';
import { VENDORS } from '../vendors/index.ts';
import type { Alias } from './account.ts';
import type { ConnectedAccount } from './connected-account.ts';
import { toKnown } from './known-account.ts';

/** What one project has beside what all share. Immutable: a change makes another one. */
export interface ProjectProviders {
  readonly projectId: string;
  readonly accounts: readonly ConnectedAccount[];
  readonly aliases: ReadonlyMap<string, Alias>;
  /** Its own accounts first, then the shared ones. */
  readonly directory: ProviderDirectory;
}

export function toProjectProviders(
  made: Pick<ProjectProviders, 'projectId' | 'accounts' | 'aliases'>,
  shared: SharedProviders,
  clock: Pick<Clock, 'nowMs'>,
): ProjectProviders {
  return { ...made, directory: made.accounts.length === 0 ? shared.directory : toDirectory(made.accounts, shared, clock) };
}

/** In the order of the vendors, as shared accounts are. An account of a vendor that is no more cannot be called. */
function toDirectory(
  accounts: readonly ConnectedAccount[],
  { directory: base }: SharedProviders,
  clock: Pick<Clock, 'nowMs'>,
): ProviderDirectory {
  const known = VENDORS.flatMap((vendor) =>
    accounts.filter(({ spec }) => spec.vendorId === vendor.id).map((account) => toKnown(account, vendor, base.catalogue)),
  );
  return new ProviderDirectory(base.catalogue, known, { clock, base });
}
