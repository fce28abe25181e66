import { join } from 'node:path';
import type { Clock } from '../../kernel/clock/index.ts';
import type { HttpClient } from '../../kernel/http-client/index.ts';
import { createIds, type Ids } from '../../kernel/ids/index.ts';
import type { Logger } from '../../kernel/telemetry/index.ts';
import { createLocalEchoProvider, LOCAL_ECHO_MODEL } from './adapters/local-echo/index.ts';
import { createLocalSmollm2Provider, LOCAL_SMOLLM2_MODEL } from './adapters/local-smollm2/index.ts';
import { loadCatalogue, type Catalogue } from './catalog/catalogue.ts';
import { combineProviders, type ServedModels } from './composite-provider.ts';
import type { NamedConnection } from './connections.ts';
import { ProviderDirectory, type KnownProvider } from './provider-directory.ts';
import type { Providers } from './providers.ts';
import { findVendor, VENDORS, VendorSettingError, type Vendor, type VendorDeps } from './vendors/index.ts';

export interface ProvidersDeps {
  /** Whom to connect; each under a `providerId` of its own. */
  readonly connections: readonly NamedConnection[];
  readonly httpClient: HttpClient;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info'>;
  /** Folder of all state; optional components are looked for in `components/`. Left out: none is used. */
  readonly dataDir?: string;
  /** Default: made from the clock. */
  readonly ids?: Ids;
  /** Providers made elsewhere; ids may repeat, then the model's name decides. */
  readonly extraProviders?: readonly ServedModels[];
  /** Default: the one that comes with the server. */
  readonly catalogue?: Catalogue;
}

const LOCAL_HINT = 'Install it with `npm run component:install -- smollm2` and restart.';

/**
 * Connects whom `connections` names, beside the local providers, which need nothing. Sends nothing by itself.
 * Throws one error that lists every connection that cannot be made, with what to change.
 */
export function createProviders(deps: ProvidersDeps): Providers {
  const catalogue = deps.catalogue ?? loadCatalogue();
  const connected = connectAll(deps, catalogue);
  const taken = new Set(connected.map(({ providerId }) => providerId));
  const known = VENDORS.flatMap((vendor) => {
    const own = connected.filter(({ vendorId }) => vendorId === vendor.id);
    return taken.has(vendor.id) ? own : [...own, toUnconnected(vendor, catalogue)];
  });
  deps.log.info({ providers: [...taken, 'local'] }, 'model providers are connected');
  return new ProviderDirectory(catalogue, [...known, ...toLocal(deps)]);
}

type ConnectedProvider = KnownProvider & { readonly vendorId: string };

function connectAll(deps: ProvidersDeps, catalogue: Catalogue): readonly ConnectedProvider[] {
  const problems: string[] = [];
  const connected = new Map<string, ConnectedProvider>();
  for (const named of deps.connections) {
    const { providerId } = named.connection;
    try {
      if (connected.has(providerId) || providerId === 'local')
        throw new VendorSettingError('providerId', `The name ${providerId} is taken: connect it under another one.`);
      connected.set(providerId, connect(named, deps, catalogue));
    } catch (error) {
      if (!(error instanceof VendorSettingError)) throw error;
      problems.push(`${providerId}: ${error.message}`);
    }
  }
  if (problems.length > 0) throw new Error(['Some providers cannot be connected:', ...problems].join('\n  '));
  return [...connected.values()];
}

function connect({ vendorId, connection, models }: NamedConnection, deps: ProvidersDeps, catalogue: Catalogue): ConnectedProvider {
  const vendor = findVendor(vendorId);
  if (vendor === null)
    throw new VendorSettingError('vendorId', `There is no vendor ${vendorId}; there are ${VENDORS.map(({ id }) => id).join(', ')}.`);
  const { httpClient, clock, ids = createIds(clock) } = deps;
  const { providerId } = connection;
  const maxOutputTokensOf: VendorDeps['maxOutputTokensOf'] = (model) =>
    (catalogue.find(`${providerId}/${model}`) ?? catalogue.find(`${vendorId}/${model}`))?.maxOutputTokens ?? null;
  return {
    ...toUnconnected(vendor, catalogue),
    vendorId,
    providerId,
    displayName: connection.displayName,
    provider: vendor.connect(connection, { httpClient, clock, ids, maxOutputTokensOf }),
    models: [...new Set([...catalogued(providerId, catalogue), ...models])],
  };
}

function toUnconnected(vendor: Vendor, catalogue: Catalogue): KnownProvider {
  return {
    providerId: vendor.id,
    displayName: vendor.displayName,
    provider: null,
    models: catalogued(vendor.id, catalogue),
    // Vendors serve more than the catalogue knows.
    isOpen: true,
    capabilities: vendor.capabilities,
    connectHint: connectHintOf(vendor),
  };
}

function catalogued(providerId: string, catalogue: Catalogue): readonly string[] {
  return catalogue.list().flatMap((model) => (model.providerId === providerId ? [model.model] : []));
}

/** The least that the environment has to say. */
function connectHintOf({ displayName, defaultBaseUrl, baseUrlVariable, settings }: Vendor): string {
  const required = settings.flatMap(({ isRequired, variables }) => (isRequired ? variables.slice(0, 1) : []));
  const isUrlNeeded = baseUrlVariable !== null && (defaultBaseUrl === null || required.length === 0);
  const variables = isUrlNeeded ? [baseUrlVariable, ...required] : required;
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
