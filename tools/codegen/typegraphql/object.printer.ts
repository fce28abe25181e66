import { isNonNullType } from 'graphql';
import type { GraphQLField, GraphQLInterfaceType, GraphQLObjectType, GraphQLUnionType } from 'graphql';
import { directivesOf, literal, options } from './source.ts';
import { toTypeGraphqlType, toTypescriptType } from './type-expression.ts';

type Composite = GraphQLInterfaceType | GraphQLObjectType;

/** An object type as a class. Fields in `lazyFields` (`Type.field`) may be absent, because a resolver class supplies them. */
export function printObject(type: GraphQLObjectType, lazyFields: ReadonlySet<string>): string {
  const interfaces = type.getInterfaces().map((one) => one.name);
  return [
    ...directivesOf(type.astNode).map((directive) => `@TG.Directive(${literal(directive)})`),
    `@TG.ObjectType(${literal(type.name)}, { ${printTypeOptions(type)}simpleResolvers: true })`,
    `export class ${type.name}${interfaces.length === 0 ? '' : ` implements ${interfaces.join(', ')}`} {`,
    `  declare __typename?: ${literal(type.name)};`,
    ...printFields(type, lazyFields),
    '}',
  ].join('\n');
}

/** An interface as an abstract class, and beside it `<Name>Object`: any object that implements it, named by `__typename`. */
export function printInterface(type: GraphQLInterfaceType, implementations: readonly GraphQLObjectType[]): string {
  return [
    ...directivesOf(type.astNode).map((directive) => `@TG.Directive(${literal(directive)})`),
    `@TG.InterfaceType(${literal(type.name)}, { ${printTypeOptions(type)}resolveType: nameOfType })`,
    `export abstract class ${type.name} {`,
    ...printFields(type, new Set()),
    '}',
    ...printNamedUnion(`${type.name}Object`, implementations),
  ].join('\n');
}

/** A union as a value for TypeGraphQL and a type whose members are told apart by `__typename`. */
export function printUnion(type: GraphQLUnionType): string {
  const description = type.description ? `description: ${literal(type.description)}, ` : '';
  const members = type.getTypes();
  const classes = members.map((member) => member.name).join(', ');
  return [
    `export const ${type.name} = TG.createUnionType({ name: ${literal(type.name)}, ${description}types: () => [${classes}] as const, resolveType: nameOfType });`,
    ...printNamedUnion(type.name, members),
  ].join('\n');
}

function printNamedUnion(name: string, members: readonly GraphQLObjectType[]): string[] {
  if (members.length === 0) return [`export type ${name} = never;`];
  return [
    `export type ${name} =`,
    ...members.map(
      (member, index) => `  | (${member.name} & { __typename: ${literal(member.name)} })${index === members.length - 1 ? ';' : ''}`,
    ),
  ];
}

function printTypeOptions(type: Composite): string {
  const interfaces = type.getInterfaces().map((one) => one.name);
  const implemented = interfaces.length === 0 ? '' : `implements: [${interfaces.join(', ')}], `;
  return implemented + (type.description ? `description: ${literal(type.description)}, ` : '');
}

function printFields(type: Composite, lazyFields: ReadonlySet<string>): string[] {
  return Object.values(type.getFields()).flatMap((field) => printField(field, lazyFields.has(`${type.name}.${field.name}`)));
}

/** A field with arguments has no value of its own: its decorator in a resolver class declares it to TypeGraphQL. */
function printField(field: GraphQLField<unknown, unknown>, isLazy: boolean): string[] {
  if (field.args.length > 0) return [];
  const { expression, nullable } = toTypeGraphqlType(field.type);
  const { description, deprecationReason } = field;
  const isAlwaysThere = isNonNullType(field.type) && !isLazy;
  return [
    ...directivesOf(field.astNode).map((directive) => `  @TG.Directive(${literal(directive)})`),
    `  @TG.Field(() => ${expression}, ${options({ nullable: nullable || undefined, description, deprecationReason })})`,
    `  ${field.name}${isAlwaysThere ? '!' : '?'}: ${toTypescriptType(field.type, 'output')}${isAlwaysThere ? '' : ' | undefined'};`,
  ];
}
