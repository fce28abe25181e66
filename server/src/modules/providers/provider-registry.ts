import { join } from 'node:path';
import type { Clock } from '../../kernel/clock/index.ts';
import type { HttpClient } from '../../kernel/http-client/index.ts';
import { createIds, type Ids } from '../../kernel/ids/index.ts';
import type { Logger } from '../../kernel/telemetry/index.ts';
import { createLocalEchoProvider, LOCAL_ECHO_MODEL } from './adapters/local-echo/index.ts';
import { createLocalSmollm2Provider, LOCAL_SMOLLM2_MODEL } from './adapters/local-smollm2/index.ts';
import { loadCatalogue, type Catalogue } from './catalog/catalogue.ts';
import { combineProviders, type ServedModels } from './composite-provider.ts';
import type { AccountSpec, Discovery } from './accounts/account.ts';
import { connectAccount } from './accounts/connect-account.ts';
import type { ConnectedAccount } from './accounts/connected-account.ts';
import { cataloguedModels, toKnown } from './accounts/known-account.ts';
import { toWrittenAccount } from './accounts/written-account.ts';
import type { NamedConnection } from './connections.ts';
import { PriceBook } from './price-book.ts';
import { ProviderDirectory, type KnownProvider } from './provider-directory.ts';
import { findVendor, VENDORS, type Vendor } from './vendors/index.ts';

export interface ProvidersDeps {
  /** Whom to connect; each under a `providerId` of its own. */
  readonly connections: readonly NamedConnection[];
  /** Further accounts, of the providers file; one with the provider id of a connection takes its place. */
  readonly accounts?: readonly AccountSpec[];
  readonly httpClient: HttpClient;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** Folder of all state; optional components are looked for in `components/`. Left out: none is used. */
  readonly dataDir?: string;
  /** Default: made from the clock. */
  readonly ids?: Ids;
  /** Providers made elsewhere; ids may repeat, then the model's name decides. */
  readonly extraProviders?: readonly ServedModels[];
  /** Default: the one that comes with the server. */
  readonly catalogue?: Catalogue;
  /** Prices that are set over those of the catalogue. Default: none. */
  readonly prices?: PriceBook;
}

const LOCAL_HINT = 'Install it with `npm run component:install -- smollm2` and restart.';

/** What all projects share, and the accounts behind it. */
export interface SharedProviders {
  readonly directory: ProviderDirectory;
  /** Also those that another of the same provider id takes precedence over. */
  readonly accounts: readonly ConnectedAccount[];
  /** The same with what was discovered at its accounts, by their ids. The providers stay as they are. */
  withDiscoveries(discoveries: ReadonlyMap<string, Discovery>): SharedProviders;
}

/**
 * Connects whom `connections` and `accounts` name, beside the local providers, which need nothing. Sends nothing by itself.
 * Throws one error that lists every connection that cannot be made, with what to change.
 */
export function connectProviders(deps: ProvidersDeps): SharedProviders {
  const { clock, ids = createIds(clock), httpClient, log } = deps;
  const catalogue = deps.catalogue ?? loadCatalogue();
  const specs = [...deps.connections.map((named) => toWrittenAccount(named)), ...(deps.accounts ?? [])];
  const accounts = specs.map((spec) => connectAccount(spec, { catalogue, clock, ids, httpClient, log }));
  refuseProblems(accounts);
  const local = toLocal(deps);
  deps.log.info({ providers: [...accounts.map(({ spec }) => spec.providerId), 'local'] }, 'model providers are connected');
  return toShared(accounts, { catalogue, clock, local, prices: deps.prices ?? new PriceBook() });
}

interface SharedParts {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly local: readonly KnownProvider[];
  readonly prices: PriceBook;
}

/** Of accounts with one provider id the last one counts. */
function toShared(accounts: readonly ConnectedAccount[], parts: SharedParts): SharedProviders {
  const { catalogue, clock, local, prices } = parts;
  const winners = new Map(accounts.map((account) => [account.spec.providerId, account]));
  const known = VENDORS.flatMap((vendor) => {
    const own = [...winners.values()]
      .filter(({ spec }) => spec.vendorId === vendor.id)
      .map((account) => toKnown(account, vendor, catalogue));
    return winners.has(vendor.id) ? own : [...own, toUnconnected(vendor, catalogue)];
  });
  return {
    directory: new ProviderDirectory(catalogue, [...known, ...local], { clock, prices }),
    accounts,
    withDiscoveries: (discoveries) => {
      const found = accounts.map((account) => account.withDiscovery(discoveries.get(account.spec.id) ?? null));
      return toShared(found, parts);
    },
  };
}

/** The directory alone, for whoever needs no management. */
export function createProviders(deps: ProvidersDeps): ProviderDirectory {
  return connectProviders(deps).directory;
}

/** What the operator wrote must all be right: a server that leaves half of it out would be a surprise. */
function refuseProblems(accounts: readonly ConnectedAccount[]): void {
  const taken = new Set<string>();
  const problems = accounts.flatMap(({ spec, problems: found }) => {
    const name = `${spec.source}:${spec.providerId}`;
    const repeated =
      taken.has(name) || spec.providerId === 'local' ? [`The name ${spec.providerId} is taken: connect it under another one.`] : [];
    taken.add(name);
    return [...repeated, ...found.values()].map((problem) => `${spec.providerId}: ${problem}${variablesIn(problem, spec)}`);
  });
  if (problems.length > 0) throw new Error(['Some providers cannot be connected:', ...problems].join('\n  '));
}

/** Where the environment says what a problem is about; nothing for accounts that were written elsewhere. */
function variablesIn(problem: string, { source, vendorId }: ConnectedAccount['spec']): string {
  if (source !== 'ENVIRONMENT') return '';
  const named = findVendor(vendorId)?.settings.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(problem)) ?? [];
  const places = named.flatMap(({ name, variables }) => (variables.length === 0 ? [] : [`${name} is read from ${variables.join(' or ')}`]));
  return places.length === 0 ? '' : ` (${places.join(', ')})`;
}

function toUnconnected(vendor: Vendor, catalogue: Catalogue): KnownProvider {
  return {
    providerId: vendor.id,
    displayName: vendor.displayName,
    provider: null,
    models: [],
    catalogued: cataloguedModels(vendor.id, catalogue),
    // Vendors serve more than the catalogue knows.
    isOpen: true,
    capabilities: vendor.capabilities,
    connectHint: connectHintOf(vendor),
  };
}

/** The least that the environment has to say. */
function connectHintOf({ displayName, defaultBaseUrl, baseUrlVariable, settings, neededVariables }: Vendor): string {
  const required = settings.flatMap(({ isRequired, variables }) => (isRequired ? variables.slice(0, 1) : []));
  const isUrlNeeded = baseUrlVariable !== null && (defaultBaseUrl === null || required.length === 0);
  const variables = neededVariables ?? (isUrlNeeded ? [baseUrlVariable, ...required] : required);
  return `Set ${variables.join(' and ')} and restart to connect ${displayName}.`;
}

/** The echo, the optional component and what was made elsewhere, grouped by id. They serve exactly the models they name. */
function toLocal({ clock, dataDir, ids, extraProviders = [] }: ProvidersDeps): KnownProvider[] {
  const echo: ServedModels = { provider: createLocalEchoProvider({ clock }), models: [LOCAL_ECHO_MODEL] };
  const smollm2 =
    dataDir === undefined
      ? null
      : createLocalSmollm2Provider({ componentsDir: join(dataDir, 'components'), clock, ids: ids ?? createIds(clock) });
  const optional: readonly ServedModels[] = smollm2 === null ? [] : [{ provider: smollm2, models: [LOCAL_SMOLLM2_MODEL] }];
  const groups = new Map<string, [ServedModels, ...ServedModels[]]>();
  for (const served of [echo, ...optional, ...extraProviders]) {
    const group = groups.get(served.provider.id);
    if (group === undefined) groups.set(served.provider.id, [served]);
    else group.push(served);
  }
  return [...groups].map(([providerId, members]) => {
    const provider = combineProviders(members);
    return {
      providerId,
      displayName: providerId === 'local' ? 'Local' : provider.displayName,
      provider,
      models: members.flatMap(({ models }) => models),
      isOpen: false,
      capabilities: provider.capabilities,
      connectHint: LOCAL_HINT,
    };
  });
}
