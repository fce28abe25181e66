import type { ResolverClass, ResolverContainer } from '../../../kernel/graphql-sdl/index.ts';
import { AccountingResolver } from './accounting.resolver.ts';
import { CatalogueResolver } from './catalogue.resolver.ts';
import { CompletionActResolver, type CompletionActDeps } from './completion-act.resolver.ts';
import { CompletionFieldResolver, CompletionResolver } from './completion.resolver.ts';
import { NodeResolver, type NodeDeps } from './node.resolver.ts';
import { TaskResolver } from './task.resolver.ts';
import { ModelAliasResolver } from './model-alias.resolver.ts';
import { ProviderAccountResolver } from './provider-account.resolver.ts';
import { ProviderCredentialResolver } from './provider-credential.resolver.ts';
import { PriceResolver } from './price.resolver.ts';
import { ReratingResolver } from './rerating.resolver.ts';
import { ViewerResolver } from './viewer.resolver.ts';
import type { Jobs } from '../../../kernel/jobs/index.ts';
import type { Ledger } from '../../../modules/ledger/index.ts';
import type { PriceList, ProviderManagement } from '../../../modules/providers/index.ts';

/** Every class that resolves a field of the schema. */
export const resolverClasses: readonly ResolverClass[] = [
  ViewerResolver,
  NodeResolver,
  CatalogueResolver,
  CompletionResolver,
  CompletionFieldResolver,
  CompletionActResolver,
  TaskResolver,
  AccountingResolver,
  ProviderAccountResolver,
  ProviderCredentialResolver,
  ModelAliasResolver,
  PriceResolver,
  ReratingResolver,
];

export interface ResolverDeps extends CompletionActDeps, NodeDeps {
  readonly ledger: Ledger;
  readonly management: ProviderManagement;
  readonly prices: PriceList;
  readonly jobs: Pick<Jobs, 'enqueue'>;
}

/** Builds the resolvers with what they need. */
export function createResolverContainer(deps: ResolverDeps): ResolverContainer {
  const instances = new Map<ResolverClass, object>([
    [ViewerResolver, new ViewerResolver(deps)],
    [NodeResolver, new NodeResolver(deps)],
    [CatalogueResolver, new CatalogueResolver(deps)],
    [CompletionResolver, new CompletionResolver(deps)],
    [CompletionFieldResolver, new CompletionFieldResolver()],
    [CompletionActResolver, new CompletionActResolver(deps)],
    [TaskResolver, new TaskResolver(deps)],
    [AccountingResolver, new AccountingResolver(deps)],
    [ProviderAccountResolver, new ProviderAccountResolver(deps)],
    [ProviderCredentialResolver, new ProviderCredentialResolver(deps)],
    [ModelAliasResolver, new ModelAliasResolver(deps)],
    [PriceResolver, new PriceResolver(deps)],
    [ReratingResolver, new ReratingResolver(deps)],
  ]);
  return {
    get(resolverClass) {
      const instance = instances.get(resolverClass);
      if (instance === undefined) throw new Error(`${resolverClass.name} has no instance. Build it in createResolverContainer.`);
      return instance;
    },
  };
}
