/** The resolvers of the graph: thin classes between the schema and the modules. */
import { AccountingResolver } from './accounting.resolver.ts';
import { CatalogueResolver } from './catalogue.resolver.ts';
import { CompletionResolver } from './completion.resolver.ts';
import type { GraphqlServices } from './context.ts';
import { ViewerResolver } from './viewer.resolver.ts';

export type { GraphqlContext, GraphqlServices } from './context.ts';

/** Every class with resolvers. */
export const resolverClasses = [AccountingResolver, CatalogueResolver, CompletionResolver, ViewerResolver] as const;

/** Builds the one instance of each resolver class. */
export function createResolverContainer(services: GraphqlServices): { get(resolverClass: unknown): object } {
  const instances = new Map<unknown, object>(resolverClasses.map((resolverClass) => [resolverClass, new resolverClass(services)]));
  return {
    get(resolverClass) {
      const instance = instances.get(resolverClass);
      if (instance === undefined) throw new Error('a resolver class is not in the list of resolverClasses');
      return instance;
    },
  };
}
