import { makeExecutableSchema } from '@graphql-tools/schema';
import type { IResolvers } from '@graphql-tools/utils';
import { buildSchema, isAbstractType, isObjectType } from 'graphql';
import type { GraphQLField, GraphQLFieldResolver, GraphQLObjectType, GraphQLScalarType, GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import * as scalars from './scalars.ts';
import { nameOfType, subscriptionSourcesOf } from './sdl-runtime.ts';

/** A class whose methods carry `Sdl` decorators. */
export type ResolverClass = abstract new (...dependencies: never[]) => object;

/** Holds the one instance of each resolver class. */
export interface ResolverContainer {
  /** The instance; must give the same one each time and be cheap, for it is asked on every call. */
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

type FieldResolver = GraphQLFieldResolver<unknown, unknown>;
type FieldResolvers = Record<string, FieldResolver | { subscribe: FieldResolver; resolve?: FieldResolver }>;

/**
 * The schema to serve: the SDL, directives and `@oneOf` included, executed by the resolver classes. Fields without a resolver take the
 * property of the same name. Throws when a root field, a field with arguments or a lazy field has no resolver, and when a class resolves
 * what the SDL does not have.
 */
export function buildSdlSchema(options: SdlSchemaOptions): GraphQLSchema {
  const contract = buildSchema(options.sdlText);
  const classSchema = buildClassSchema(options);
  const resolvers = { ...scalarResolvers(contract), ...abstractTypeResolvers(contract) };
  for (const type of Object.values(classSchema.getTypeMap())) {
    if (isObjectType(type) && !type.name.startsWith('__')) Object.assign(resolvers, { [type.name]: fieldResolversOf(type) });
  }
  Object.assign(resolvers, subscriptionResolvers(options, classSchema));
  refuseGaps(contract, classSchema, options.generated.lazyFields);
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
    directives: [...buildSchema(options.sdlText).getDirectives()],
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

function fieldResolversOf(type: GraphQLObjectType): FieldResolvers {
  const resolvers: FieldResolvers = {};
  for (const field of Object.values(type.getFields())) if (field.resolve !== undefined) resolvers[field.name] = field.resolve;
  return resolvers;
}

function subscriptionResolvers(options: SdlSchemaOptions, classSchema: GraphQLSchema): IResolvers {
  const type = classSchema.getSubscriptionType();
  if (!type) return {};
  const resolvers: FieldResolvers = {};
  for (const resolverClass of options.resolverClasses) {
    for (const [name, source] of subscriptionSourcesOf(resolverClass)) {
      const subscribe: FieldResolver = (_root, args, context, info) =>
        source({ args, context, info, resolver: options.container.get(resolverClass) } as never);
      const resolve = type.getFields()[name]?.resolve;
      resolvers[name] = resolve === undefined ? { subscribe } : { subscribe, resolve };
    }
  }
  return { [type.name]: resolvers };
}

/** A forgotten resolver would answer null, or break the first caller; it stops the start instead. */
function refuseGaps(contract: GraphQLSchema, classSchema: GraphQLSchema, lazyFields: readonly string[]): void {
  const roots = new Set<unknown>([contract.getQueryType(), contract.getMutationType(), contract.getSubscriptionType()]);
  const missing: string[] = [];
  for (const type of Object.values(contract.getTypeMap()).filter(isObjectType)) {
    if (type.name.startsWith('__')) continue;
    const resolved = classSchema.getType(type.name);
    const fields: Readonly<Record<string, GraphQLField<unknown, unknown>>> = isObjectType(resolved) ? resolved.getFields() : {};
    for (const field of Object.values(type.getFields())) {
      const needsResolver = roots.has(type) || field.args.length > 0 || lazyFields.includes(`${type.name}.${field.name}`);
      if (needsResolver && fields[field.name]?.resolve === undefined) missing.push(`${type.name}.${field.name}`);
    }
  }
  if (missing.length === 0) return;
  throw new Error(`No resolver class has ${missing.join(', ')}. Add a method with @Sdl.<Type>.<field>() and list its class.`);
}
