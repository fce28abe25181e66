import { isNonNullType } from 'graphql';
import type { GraphQLArgument, GraphQLInputField, GraphQLInputObjectType } from 'graphql';
import { directivesOf, literal, options } from './source.ts';
import { toPresentType, toTypeGraphqlType, toTypescriptType } from './type-expression.ts';

/** An input type as a class; a `@oneOf` input as a union of which exactly one member is set, with a class of the same name for TypeGraphQL. */
export function printInput(type: GraphQLInputObjectType): string {
  const fields = Object.values(type.getFields());
  const className = type.isOneOf ? `${type.name}Class` : type.name;
  const lines = [
    ...directivesOf(type.astNode).map((directive) => `@TG.Directive(${literal(directive)})`),
    `@TG.InputType(${literal(type.name)}, ${options({ description: type.description })})`,
    `${type.isOneOf ? '' : 'export '}class ${className} {`,
    ...fields.flatMap(printInputField),
    '}',
  ];
  if (type.isOneOf) lines.push(`export const ${type.name} = ${className};`, `export type ${type.name} =`, ...printAlternatives(fields));
  return lines.join('\n');
}

/** The arguments of one field as a class. */
export function printArguments(className: string, fields: readonly GraphQLArgument[]): string {
  return ['@TG.ArgsType()', `export class ${className} {`, ...fields.flatMap(printInputField), '}'].join('\n');
}

/** A member may be omitted when it is nullable; one with a default is always there, because graphql-js fills it in. */
function printInputField(field: GraphQLInputField | GraphQLArgument): string[] {
  const { expression, nullable } = toTypeGraphqlType(field.type);
  const { description, deprecationReason, defaultValue } = field;
  const isAlwaysThere = isNonNullType(field.type) || defaultValue !== undefined;
  return [
    ...directivesOf(field.astNode).map((directive) => `  @TG.Directive(${literal(directive)})`),
    `  @TG.Field(() => ${expression}, ${options({ nullable: nullable || undefined, description, deprecationReason, defaultValue })})`,
    `  ${field.name}${isAlwaysThere ? '!' : '?'}: ${toTypescriptType(field.type, 'input')};`,
  ];
}

function printAlternatives(fields: readonly GraphQLInputField[]): string[] {
  return fields.map((chosen, index) => {
    const members = fields.map((field) =>
      field === chosen ? `${field.name}: ${toPresentType(field.type, 'input')}` : `${field.name}?: never`,
    );
    return `  | { ${members.join('; ')} }${index === fields.length - 1 ? ';' : ''}`;
  });
}
