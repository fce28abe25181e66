import type { Catalogue } from '../catalog/catalogue.ts';
import type { KnownProvider } from '../provider-directory.ts';
import type { Vendor } from '../vendors/index.ts';
import type { ConnectedAccount } from './connected-account.ts';

/** The account as the directory looks for models in it. */
export function toKnown(account: ConnectedAccount, vendor: Vendor, catalogue: Catalogue): KnownProvider {
  const { spec } = account;
  const discovered = spec.discovery?.models ?? [];
  return {
    providerId: spec.providerId,
    displayName: spec.displayName,
    provider: null,
    account,
    catalogueId: vendor.catalogueId ?? vendor.id,
    models: [...new Set([...spec.models, ...discovered.map(({ model }) => model)])],
    catalogued: cataloguedModels(vendor.id, catalogue),
    discovered: new Map(discovered.map((model) => [model.model, model])),
    // Vendors serve more than is known of them.
    isOpen: true,
    capabilities: vendor.capabilities,
    connectHint: hintOf(account),
  };
}

const catalogued = new WeakMap<Catalogue, ReadonlyMap<string, ReadonlySet<string>>>();
const NONE: ReadonlySet<string> = new Set();

/** The vendor's models that the catalogue lists, by its own names. Looked for once: there may be many accounts at one vendor. */
export function cataloguedModels(vendorId: string, catalogue: Catalogue): ReadonlySet<string> {
  let byVendor = catalogued.get(catalogue);
  if (byVendor === undefined) {
    const grouped = Map.groupBy(catalogue.list(), ({ providerId }) => providerId);
    byVendor = new Map([...grouped].map(([providerId, models]) => [providerId, new Set(models.map(({ model }) => model))]));
    catalogued.set(catalogue, byVendor);
  }
  return byVendor.get(vendorId) ?? NONE;
}

/** What is in the way of a call; only asked when something is. */
function hintOf({ spec, problems, credentials }: ConnectedAccount): string {
  const name = `The account ${spec.providerId} of this project`;
  if (!spec.isEnabled) return `${name} is disabled. Enable it by providerAccountEnable.`;
  const [problem] = problems.values();
  if (problem !== undefined) return `${name} cannot be used: ${problem}`;
  if (credentials.length === 0) return `${name} has no credential. Add one by providerCredentialAdd.`;
  return `${name} has no credential that may be used: they are disabled or retired. Enable one or add another.`;
}
