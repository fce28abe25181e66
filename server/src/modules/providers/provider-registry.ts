import { join } from 'node:path';
import type { Clock } from '../../kernel/clock/index.ts';
import type { ProviderConfig } from '../../kernel/config/index.ts';
import type { HttpClient } from '../../kernel/http-client/index.ts';
import { createIds, type Ids } from '../../kernel/ids/index.ts';
import type { Logger } from '../../kernel/telemetry/index.ts';
import { ANTHROPIC_CAPABILITIES, createAnthropicProvider } from './adapters/anthropic/index.ts';
import { createLocalEchoProvider, LOCAL_ECHO_MODEL } from './adapters/local-echo/index.ts';
import { createLocalSmollm2Provider, LOCAL_SMOLLM2_MODEL } from './adapters/local-smollm2/index.ts';
import {
  COMPATIBLE_CAPABILITIES,
  COMPATIBLE_WIRE,
  createOpenAiCompatibleProvider,
  OPENAI_CAPABILITIES,
  OPENAI_WIRE,
} from './adapters/openai-compatible/index.ts';
import { loadCatalogue, type Catalogue } from './catalog/catalogue.ts';
import { combineProviders, type ServedModels } from './composite-provider.ts';
import type { Provider, ProviderCapabilities } from './contract.ts';
import { ProviderDirectory, type KnownProvider } from './provider-directory.ts';
import type { Providers } from './providers.ts';

export interface ProvidersDeps {
  /** What the environment connects. */
  readonly providers: readonly ProviderConfig[];
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

/** What can be connected by the environment, in the order in which a bare model name is looked up. */
const VENDORS: readonly {
  readonly id: string;
  readonly displayName: string;
  readonly variable: string;
  readonly capabilities: ProviderCapabilities;
}[] = [
  { id: 'openai', displayName: 'OpenAI', variable: 'OPENAI_API_KEY', capabilities: OPENAI_CAPABILITIES },
  { id: 'anthropic', displayName: 'Anthropic', variable: 'ANTHROPIC_API_KEY', capabilities: ANTHROPIC_CAPABILITIES },
  {
    id: 'compatible',
    displayName: 'OpenAI-compatible server',
    variable: 'ANTIPHON_COMPATIBLE_BASE_URL and ANTIPHON_COMPATIBLE_MODELS',
    capabilities: COMPATIBLE_CAPABILITIES,
  },
];

const LOCAL_HINT = 'Install it with `npm run component:install -- smollm2` and restart.';

/** Connects what the configuration names, beside the local providers, which need nothing. Sends nothing by itself. */
export function createProviders(deps: ProvidersDeps): Providers {
  const catalogue = deps.catalogue ?? loadCatalogue();
  const connected = new Map(deps.providers.map((config) => [config.id as string, connect(config, deps, catalogue)]));
  const vendors = VENDORS.map(({ id, displayName, variable, capabilities }): KnownProvider => {
    const config = deps.providers.find((candidate) => candidate.id === id);
    const listed = catalogue.list().filter((model) => model.providerId === id);
    return {
      providerId: id,
      displayName,
      provider: connected.get(id) ?? null,
      models: [...new Set([...listed.map(({ model }) => model), ...(config?.models ?? [])])],
      // Vendors serve more than the catalogue knows.
      isOpen: true,
      capabilities,
      connectHint: `Set ${variable} and restart to connect ${displayName}.`,
    };
  });
  deps.log.info({ providers: [...connected.keys(), 'local'] }, 'model providers are connected');
  return new ProviderDirectory(catalogue, [...vendors, ...toLocal(deps)]);
}

function connect(config: ProviderConfig, { httpClient, clock }: ProvidersDeps, catalogue: Catalogue): Provider {
  const common = { id: config.id, baseUrl: config.baseUrl, httpClient, clock, egress: 'operator' as const };
  switch (config.id) {
    case 'openai':
      return createOpenAiCompatibleProvider({
        ...common,
        displayName: 'OpenAI',
        apiKey: config.apiKey,
        requestIdHeader: 'x-client-request-id',
        capabilities: OPENAI_CAPABILITIES,
        wire: OPENAI_WIRE,
      });
    case 'compatible':
      return createOpenAiCompatibleProvider({
        ...common,
        displayName: 'OpenAI-compatible server',
        apiKey: config.apiKey,
        capabilities: COMPATIBLE_CAPABILITIES,
        wire: COMPATIBLE_WIRE,
        rerankPath: '/rerank',
      });
    case 'anthropic':
      if (config.apiKey === null) throw new Error('Anthropic was configured without a key.');
      return createAnthropicProvider({
        ...common,
        displayName: 'Anthropic',
        apiKey: config.apiKey,
        maxOutputTokensOf: (model) => catalogue.find(`anthropic/${model}`)?.maxOutputTokens ?? null,
      });
  }
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
