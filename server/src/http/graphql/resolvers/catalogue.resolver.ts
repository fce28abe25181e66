import { Args, Resolver } from 'type-graphql';
import * as M from '../../../generated/schema.ts';
import type { ModelListing } from '../../../modules/providers/index.ts';
import type { GraphqlServices } from './context.ts';
import { toModel, toProvider } from './model.mapping.ts';
import { pageOfList, readPage } from './pagination.ts';

const { Sdl } = M;

@Resolver()
export class CatalogueResolver {
  readonly #services: GraphqlServices;

  constructor(services: GraphqlServices) {
    this.#services = services;
  }

  @Sdl.Query.models()
  models(@Args(() => M.QueryModelsArgs) args: M.QueryModelsArgs): M.ModelConnection {
    const { providers, clock } = this.#services;
    const matching = providers.listModels(clock.nowMs()).filter((model) => matches(model, args.filter ?? {}));
    return pageOfList(
      matching,
      readPage(args),
      ({ modelId }) => modelId,
      (model) => toModel(model, providers),
    ) as M.ModelConnection;
  }

  @Sdl.Query.providers()
  providers(@Args(() => M.QueryProvidersArgs) args: M.QueryProvidersArgs): M.ProviderConnection {
    const all = this.#services.providers.listProviders();
    return pageOfList(all, readPage(args), ({ providerId }) => providerId, toProvider) as M.ProviderConnection;
  }
}

function matches(model: ModelListing, { search, provider, isAvailable }: M.ModelFilter): boolean {
  if (provider != null && model.providerId !== provider) return false;
  if (isAvailable != null && model.isAvailable !== isAvailable) return false;
  if (search == null) return true;
  const wanted = search.toLowerCase();
  return model.modelId.toLowerCase().includes(wanted) || model.displayName.toLowerCase().includes(wanted);
}
