import { makeExecutableSchema } from '@graphql-tools/schema';
import type { IResolvers } from '@graphql-tools/utils';
import { buildSchema, isAbstractType, isObjectType } from 'graphql';
import type { GraphQLScalarType, GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { createFieldHandlers } from './dispatch.ts';
import type { FieldHandler, FieldResolver, ResolverClass } from './dispatch.ts';
import * as scalars from './scalars.ts';
import { nameOfType, subscriptionSourcesOf } from './sdl-runtime.ts';

/** Holds the one instance of each resolver class. */
export interface ResolverContainer {
  /** The instance. Asked once for each class, when the schema is built. */
  get(resolverClass: ResolverClass): object;
}

export interface SdlSchemaOptions {
  /** The contract; `sdlText` of `generated/sdl.ts`. */
  readonly sdlText: string;
  /** The classes printed from the same contract: `import * as generated from '…/generated/schema.ts'`. */
  readonly generated: { readonly objectTypes: readonly object[]; readonly lazyFields: readonly string[] };
  /** Every class with resolvers. */
  readonly resolverClasses: readonly ResolverClass[];
  readonly container: ResolverContainer;
}

type FieldResolvers = Record<string, FieldResolver | { subscribe: FieldResolver; resolve: FieldResolver }>;

/**
 * The schema to serve: the SDL, directives and `@oneOf` included, executed by the resolver classes. Fields without a resolver take the
 * property of the same name. Throws when a root field, a field with arguments or a lazy field has no resolver, and when a class resolves
 * what the SDL does not have.
 */
export function buildSdlSchema(options: SdlSchemaOptions): GraphQLSchema {
  const contract = buildSchema(options.sdlText);
  buildClassSchema(options); // fills TypeGraphQL's metadata, which the handlers are read from
  const instances = new Map(options.resolverClasses.map((resolverClass) => [resolverClass, options.container.get(resolverClass)]));
  const instanceOf = (resolverClass: ResolverClass): object => instances.get(resolverClass) ?? options.container.get(resolverClass);
  const handlers = createFieldHandlers(options.resolverClasses, instanceOf);
  refuseGaps(contract, handlers, options.generated.lazyFields);
  const resolvers = { ...scalarResolvers(contract), ...abstractTypeResolvers(contract), ...objectResolvers(handlers, instanceOf) };
  return makeExecutableSchema({
    typeDefs: options.sdlText,
    resolvers,
    resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
  });
}

/** TypeGraphQL's own view of the resolver classes. It lacks what decorators cannot say; compare it with the SDL, do not serve it. */
export function buildClassSchema(options: SdlSchemaOptions): GraphQLSchema {
  const [first, ...others] = options.resolverClasses;
  if (first === undefined) throw new Error('There are no resolver classes. Pass every class that carries Sdl decorators.');
  const nothing = { publish: () => undefined, subscribe: refuseTopics };
  return buildSchemaSync({
    resolvers: [first, ...others],
    orphanedTypes: [...options.generated.objectTypes] as (new () => object)[],
    container: options.container,
    pubSub: nothing,
    validate: false,
    disableInferringDefaultValues: true,
    skipCheck: true,
  });
}

/** TypeGraphQL demands an event bus where there are subscriptions; ours open their own sources. */
function refuseTopics(): never {
  throw new Error('Subscriptions by topic are not used. Give the source to Sdl.Subscription.<field>(source).');
}

function scalarResolvers(contract: GraphQLSchema): IResolvers {
  const known: Readonly<Record<string, GraphQLScalarType>> = scalars;
  return Object.fromEntries(Object.entries(known).filter(([name]) => contract.getType(name) !== undefined));
}

function abstractTypeResolvers(contract: GraphQLSchema): IResolvers {
  const types = Object.values(contract.getTypeMap()).filter(isAbstractType);
  return Object.fromEntries(types.map((type) => [type.name, { __resolveType: nameOfType }]));
}

function objectResolvers(handlers: readonly FieldHandler[], instanceOf: (resolverClass: ResolverClass) => object): IResolvers {
  const resolvers: Record<string, FieldResolvers> = {};
  for (const { typeName, fieldName, resolverClass, resolve } of handlers) {
    const source = typeName === 'Subscription' ? subscriptionSourcesOf(resolverClass).get(fieldName) : undefined;
    const resolver = instanceOf(resolverClass);
    const subscribe: FieldResolver = (_root, args, context, info) => source?.({ args, context, info, resolver } as never);
    const ofType = (resolvers[typeName] ??= {});
    if (ofType[fieldName] !== undefined) throw new Error(`${typeName}.${fieldName} has two resolvers. Keep one of them.`);
    ofType[fieldName] = source === undefined ? resolve : { subscribe, resolve };
  }
  return resolvers;
}

/** A forgotten resolver would answer null, or break the first caller; it stops the start instead. */
function refuseGaps(contract: GraphQLSchema, handlers: readonly FieldHandler[], lazyFields: readonly string[]): void {
  const resolved = new Set(handlers.map(({ typeName, fieldName }) => `${typeName}.${fieldName}`));
  const roots = new Set<unknown>([contract.getQueryType(), contract.getMutationType(), contract.getSubscriptionType()]);
  const missing = Object.values(contract.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !type.name.startsWith('__'))
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field, name: `${type.name}.${field.name}` })))
    .filter(({ type, field, name }) => roots.has(type) || field.args.length > 0 || lazyFields.includes(name))
    .filter(({ name }) => !resolved.has(name));
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).join(', ');
  throw new Error(`No resolver class has ${names}. Add a method with @Sdl.<Type>.<field>() and list its class.`);
}
