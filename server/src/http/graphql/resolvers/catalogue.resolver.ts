import { Args, Resolver } from 'type-graphql';
import {
  QueryModelsArgs,
  QueryProvidersArgs,
  Sdl,
  type ModelConnection,
  type ModelFilter,
  type ProviderConnection,
} from '../../../generated/schema.ts';
import type { Clock } from '../../../kernel/clock/index.ts';
import type { ModelListing, Providers } from '../../../modules/providers/index.ts';
import { pageOf, readPage, toCursor, toPageInfo } from './connection.ts';
import { createModelMapping, toProvider } from './model.mapping.ts';

/** Models and providers, from the catalogue in memory. */
@Resolver()
export class CatalogueResolver {
  readonly #providers: Providers;
  readonly #clock: Clock;

  constructor(deps: { providers: Providers; clock: Clock }) {
    this.#providers = deps.providers;
    this.#clock = deps.clock;
  }

  @Sdl.Query.models()
  models(@Args(() => QueryModelsArgs) args: QueryModelsArgs): ModelConnection {
    const page = readPage(args);
    const matching = this.#providers.listModels(this.#clock.nowMs()).filter((model) => matches(model, args.filter ?? {}));
    const found = pageOf(matching, page, (model) => model.modelId);
    const toModel = createModelMapping(this.#providers);
    const edges = found.items.map((listing) => ({ cursor: toCursor(listing.modelId), node: toModel(listing) }));
    return { edges, nodes: edges.map(({ node }) => node), pageInfo: toPageInfo(edges, found), totalCount: matching.length };
  }

  @Sdl.Query.providers()
  providers(@Args(() => QueryProvidersArgs) args: QueryProvidersArgs): ProviderConnection {
    const page = readPage(args);
    const all = this.#providers.listProviders();
    const found = pageOf(all, page, (provider) => provider.providerId);
    const edges = found.items.map((listing) => ({ cursor: toCursor(listing.providerId), node: toProvider(listing) }));
    return { edges, nodes: edges.map(({ node }) => node), pageInfo: toPageInfo(edges, found), totalCount: all.length };
  }
}

function matches(model: ModelListing, { search, provider, isAvailable }: ModelFilter): boolean {
  if (provider != null && model.providerId !== provider) return false;
  if (isAvailable != null && model.isAvailable !== isAvailable) return false;
  if (search == null) return true;
  const text = search.toLowerCase();
  return model.modelId.toLowerCase().includes(text) || model.displayName.toLowerCase().includes(text);
}
