import { Args, Ctx, Resolver } from 'type-graphql';
import { QueryModelsArgs, QueryProvidersArgs, Sdl, type ModelConnection, type ProviderConnection } from '../../../generated/schema.ts';
import type { Clock } from '../../../kernel/clock/index.ts';
import type { Providers } from '../../../modules/providers/index.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { pageOf, readPage, toCursor, toPageInfo } from './connection.ts';
import { filterModels } from './model-filter.ts';
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
  models(@Args(() => QueryModelsArgs) args: QueryModelsArgs, @Ctx() { principal: { projectId } }: GraphqlContext): ModelConnection {
    const page = readPage(args);
    const matching = filterModels(this.#providers.listModels(this.#clock.nowMs(), projectId), args.filter ?? {});
    const found = pageOf(matching, page, ({ key }) => key);
    const toModel = createModelMapping(this.#providers, projectId);
    const edges = found.items.map(({ model, key }) => ({ cursor: toCursor(key), node: toModel(model) }));
    return { edges, nodes: edges.map(({ node }) => node), pageInfo: toPageInfo(edges, found), totalCount: matching.length };
  }

  @Sdl.Query.providers()
  providers(@Args(() => QueryProvidersArgs) args: QueryProvidersArgs, @Ctx() { principal }: GraphqlContext): ProviderConnection {
    const page = readPage(args);
    const all = this.#providers.listProviders(principal.projectId);
    const found = pageOf(all, page, (provider) => provider.providerId);
    const edges = found.items.map((listing) => ({ cursor: toCursor(listing.providerId), node: toProvider(listing) }));
    return { edges, nodes: edges.map(({ node }) => node), pageInfo: toPageInfo(edges, found), totalCount: all.length };
  }
}
