import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import { SCHEMA_ONLY_INDEX } from './sdl-runtime.ts';

/** A class whose methods carry `Sdl` decorators. */
export type ResolverClass = abstract new (...dependencies: never[]) => object;

export type FieldResolver = GraphQLFieldResolver<unknown, unknown>;
type Handlers = ReturnType<typeof getMetadataStorage>['queries' | 'mutations' | 'fieldResolvers'][number];
type Parameter = NonNullable<Handlers['params']>[number];
type ParameterReader = (root: unknown, args: Record<string, unknown>, context: unknown, info: GraphQLResolveInfo) => unknown;

/** A method that resolves a field, ready to be called. */
export interface FieldHandler {
  /** Name of the object type that has the field. */
  readonly typeName: string;
  readonly fieldName: string;
  readonly resolverClass: ResolverClass;
  readonly resolve: FieldResolver;
}

/**
 * The methods of the resolver classes as field resolvers, read from TypeGraphQL's metadata; its schema must have been built before.
 *
 * TypeGraphQL's own handlers would copy every input into class instances on each call: 17 µs for a completion with one message and
 * 460 µs with a hundred, on a path whose whole budget is under 100 µs. Here arguments reach the method as graphql-js coerced them.
 */
export function createFieldHandlers(
  resolverClasses: readonly ResolverClass[],
  instanceOf: (resolverClass: ResolverClass) => object,
): FieldHandler[] {
  const { queries, mutations, subscriptions, fieldResolvers, objectTypes } = getMetadataStorage();
  const toHandler = (typeName: string, handler: Handlers): FieldHandler[] => {
    const resolverClass = resolverClasses.find((one) => one === handler.target);
    if (resolverClass === undefined) return [];
    return [{ typeName, fieldName: handler.schemaName, resolverClass, resolve: createResolve(handler, instanceOf(resolverClass)) }];
  };
  return [
    ...queries.flatMap((handler) => toHandler('Query', handler)),
    ...mutations.flatMap((handler) => toHandler('Mutation', handler)),
    ...subscriptions.flatMap((handler) => toHandler('Subscription', handler)),
    ...fieldResolvers.flatMap((handler) => {
      const objectClass = handler.getObjectType?.();
      return toHandler(objectTypes.find((type) => type.target === objectClass)?.name ?? '', handler);
    }),
  ];
}

function createResolve(handler: Handlers, instance: object): FieldResolver {
  const name = `${handler.target.name}.${handler.methodName}`;
  if ((handler.middlewares?.length ?? 0) > 0 || handler.roles !== undefined) {
    throw new Error(
      `${name} uses @UseMiddleware or @Authorized. Rules that cut across fields belong in the executor and in the SDL's directives.`,
    );
  }
  const method: unknown = Reflect.get(instance, handler.methodName);
  if (typeof method !== 'function') throw new Error(`${name} is not a method of the instance that the container gave.`);
  const readers = (handler.params ?? [])
    .filter((parameter) => parameter.index < SCHEMA_ONLY_INDEX)
    .toSorted((one, other) => one.index - other.index)
    .map((parameter) => createReader(parameter, name));
  return (root, args, context, info) =>
    Reflect.apply(
      method,
      instance,
      readers.map((read) => read(root, args, context, info)),
    );
}

function createReader(parameter: Parameter, name: string): ParameterReader {
  switch (parameter.kind) {
    case 'args':
      return (_root, args) => args;
    case 'arg': {
      const argument = parameter.name;
      return (_root, args) => args[argument];
    }
    case 'root': {
      const property = parameter.propertyName;
      return (root) => (property === undefined ? root : propertyOf(root, property));
    }
    case 'context': {
      const property = parameter.propertyName;
      return (_root, _args, context) => (property === undefined ? context : propertyOf(context, property));
    }
    case 'info':
      return (_root, _args, _context, info) => info;
    case 'custom':
    case 'pubSub':
      throw new Error(`${name} uses a parameter decorator that is not served. Use @Args, @Arg, @Root, @Ctx or @Info.`);
  }
}

function propertyOf(value: unknown, property: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, property) : undefined;
}
