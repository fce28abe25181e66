import type { GraphQLResolveInfo, GraphQLScalarType } from 'graphql';
import { Args, Directive, Subscription, getMetadataStorage } from 'type-graphql';

type MaybePromise<T> = T | Promise<T>;
/** What a type is to TypeGraphQL: a class, an enum object, a scalar, or a list of one of them. */
export type SdlTypeValue = GraphQLScalarType | object | SdlTypeValue[];
type KindDecorator = (type: () => SdlTypeValue, options: SdlFieldOptions) => MethodDecorator;

/** What the schema says of a field beyond its type. Written by the code generator only. */
export interface SdlFieldOptions {
  readonly name: string;
  readonly nullable?: boolean | 'items' | 'itemsAndList';
  readonly description?: string;
  readonly deprecationReason?: string;
}

/** A method decorator that accepts only methods returning what the schema promises; anything else is a compile error. */
export type OperationDecorator<TReturn> = <TMethod extends (...parameters: never[]) => MaybePromise<TReturn>>(
  target: object,
  key: string,
  descriptor: TypedPropertyDescriptor<TMethod>,
) => void;

/** What the source of a subscription is called with. */
export interface SubscriptionSourceData<TArgs, TContext = unknown, TResolver = unknown> {
  readonly args: TArgs;
  readonly context: TContext;
  readonly info: GraphQLResolveInfo;
  /** Instance of the class that holds the decorated method, from the container. */
  readonly resolver: TResolver;
}

/** Opens a subscription. What it yields is handed to the decorated method as `@Root()`, one event at a time. */
export type SubscriptionSource<TArgs, TContext, TResolver> = (
  data: SubscriptionSourceData<TArgs, TContext, TResolver>,
) => MaybePromise<AsyncIterable<unknown>>;

/** Parameters from this index on exist for TypeGraphQL's schema only; the method does not get them. */
export const SCHEMA_ONLY_INDEX = 1000;

/** What the code generator knows of one field. */
export interface SdlField {
  readonly type: () => SdlTypeValue;
  readonly options: SdlFieldOptions;
  /** The schema's own directives as SDL text, in order. */
  readonly directives: readonly string[];
  /** Class of the field's arguments, where it has any. */
  readonly args?: () => abstract new () => object;
}

type RegisteredSource = SubscriptionSource<never, never, never>;
const sourcesByResolverClass = new WeakMap<object, Map<string, RegisteredSource>>();

/** Makes the decorators of one field of `Query`, `Mutation` or an object type. */
export function operation<TReturn>(kind: KindDecorator, field: SdlField) {
  return (): OperationDecorator<TReturn> => (target, key, descriptor) => {
    declareField(field, target, key, descriptor);
    kind(field.type, field.options)(target, key, descriptor);
  };
}

/** Makes the decorators of one field of `Subscription`. The decorated method turns one event into what is sent. */
export function subscription<TArgs, TReturn>(field: SdlField) {
  return <TContext, TResolver extends object>(source: SubscriptionSource<TArgs, TContext, TResolver>) =>
    <TMethod extends (...parameters: never[]) => MaybePromise<TReturn>>(
      target: TResolver,
      key: string,
      descriptor: TypedPropertyDescriptor<TMethod>,
    ): void => {
      declareField(field, target, key, descriptor);
      Subscription(field.type, { ...field.options, subscribe: refuseUnbound })(target, key, descriptor);
      const sources = sourcesByResolverClass.get(target.constructor) ?? new Map<string, RegisteredSource>();
      sourcesByResolverClass.set(target.constructor, sources.set(field.options.name, source as RegisteredSource));
    };
}

/** Sources that the class's subscription decorators registered, by field name. */
export function subscriptionSourcesOf(resolverClass: object): ReadonlyMap<string, RegisteredSource> {
  return sourcesByResolverClass.get(resolverClass) ?? new Map<string, RegisteredSource>();
}

function declareField(field: SdlField, target: object, key: string, descriptor: PropertyDescriptor): void {
  requireNameOfField(field.options.name, target, key);
  // TypeGraphQL applies decorators bottom-up and would turn the directives' order round.
  for (const directive of field.directives.toReversed()) Directive(directive)(target, key, descriptor);
  declareArguments(field, target, key);
}

/** TypeGraphQL finds the resolver of a declared field by the method's name and would silently ignore another one. */
function requireNameOfField(field: string, target: object, key: string): void {
  if (key === field) return;
  throw new Error(`${target.constructor.name}.${key} resolves the field ${field}. Rename the method to ${field}.`);
}

/** TypeGraphQL knows a field's arguments from the method's parameters; a method that does not use them need not name them. */
function declareArguments(field: SdlField, target: object, key: string): void {
  if (field.args === undefined) return;
  const isDeclared = getMetadataStorage().params.some(
    (parameter) =>
      parameter.target === target.constructor && parameter.methodName === key && (parameter.kind === 'args' || parameter.kind === 'arg'),
  );
  if (!isDeclared) Args(field.args)(target, key, SCHEMA_ONLY_INDEX);
}

function refuseUnbound(): never {
  throw new Error('This schema is for comparison only. Serve the one from buildSdlSchema.');
}

/** Name of the object type of a value behind an interface or a union. Values say it by `__typename`, or by their class. */
export function nameOfType(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    if ('__typename' in value && typeof value.__typename === 'string') return value.__typename;
    if (value.constructor !== Object && typeof value.constructor === 'function') return value.constructor.name;
  }
  throw new Error('A resolver returned a value for an interface or a union without saying what it is. Set its __typename.');
}
