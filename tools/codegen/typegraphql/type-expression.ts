import { isInterfaceType, isListType, isNonNullType, isScalarType } from 'graphql';
import type { GraphQLNamedType, GraphQLType } from 'graphql';

/** Whether a value travels from the caller (`input`) or to him (`output`); scalars and abstract types differ. */
export type Direction = 'input' | 'output';

/** What TypeGraphQL needs to know of a type: the expression inside `() => …` and its `nullable` option. */
export interface TypeGraphqlType {
  readonly expression: string;
  readonly nullable: false | true | 'items' | 'itemsAndList';
}

const BUILT_IN_EXPRESSION: Readonly<Record<string, string>> = {
  ID: 'TG.ID',
  Int: 'TG.Int',
  Float: 'TG.Float',
  String: 'String',
  Boolean: 'Boolean',
};
const BUILT_IN_TYPESCRIPT: Readonly<Record<string, string>> = {
  ID: 'string',
  Int: 'number',
  Float: 'number',
  String: 'string',
  Boolean: 'boolean',
};

/** The TypeScript type of a value, null included where the schema allows it. */
export function toTypescriptType(type: GraphQLType, direction: Direction): string {
  if (!isNonNullType(type)) return `${toPresentType(type, direction)} | null`;
  return toPresentType(type.ofType, direction);
}

/** The TypeScript type of a value that is there. */
export function toPresentType(type: GraphQLType, direction: Direction): string {
  if (isNonNullType(type)) return toPresentType(type.ofType, direction);
  if (isListType(type)) return `ReadonlyArray<${toTypescriptType(type.ofType, direction)}>`;
  return nameOfTypescriptType(type, direction);
}

function nameOfTypescriptType(type: GraphQLNamedType, direction: Direction): string {
  const builtIn = BUILT_IN_TYPESCRIPT[type.name];
  if (builtIn !== undefined) return builtIn;
  if (isScalarType(type)) return `S.${type.name}${direction === 'input' ? 'Input' : 'Output'}`;
  if (isInterfaceType(type)) return `${type.name}Object`;
  return type.name;
}

/** The type as TypeGraphQL's decorators take it. */
export function toTypeGraphqlType(type: GraphQLType): TypeGraphqlType {
  if (isNonNullType(type)) {
    const { expression, nullable } = toTypeGraphqlType(type.ofType);
    return { expression, nullable: nullable === 'itemsAndList' ? 'items' : false };
  }
  if (!isListType(type)) return { expression: nameOfExpression(type), nullable: true };
  const item = toTypeGraphqlType(type.ofType);
  return { expression: `[${item.expression}]`, nullable: isNonNullType(type.ofType) ? true : 'itemsAndList' };
}

function nameOfExpression(type: GraphQLNamedType): string {
  const builtIn = BUILT_IN_EXPRESSION[type.name];
  if (builtIn !== undefined) return builtIn;
  return isScalarType(type) ? `S.${type.name}` : type.name;
}
