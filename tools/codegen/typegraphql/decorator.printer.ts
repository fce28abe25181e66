import type { GraphQLField, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { printArguments } from './input.printer.ts';
import { capitalize, directivesOf, literal, options } from './source.ts';
import { toTypeGraphqlType, toTypescriptType } from './type-expression.ts';

type Field = GraphQLField<unknown, unknown>;

/** Name of the class that holds the arguments of a field. */
export function nameOfArguments(type: GraphQLObjectType, field: Field): string {
  return `${type.name}${capitalize(field.name)}Args`;
}

/** The argument classes of a type's fields. */
export function printArgumentClasses(type: GraphQLObjectType): string[] {
  return Object.values(type.getFields())
    .filter((field) => field.args.length > 0)
    .map((field) => printArguments(nameOfArguments(type, field), field.args));
}

/** The decorators of a type's fields: `Sdl.<Type>.<field>()`. */
export function printDecorators(schema: GraphQLSchema, type: GraphQLObjectType): string {
  const lines = Object.values(type.getFields()).map((field) => `    ${field.name}: ${printDecorator(schema, type, field)},`);
  return [`  ${type.name}: {`, ...lines, '  },'].join('\n');
}

function printDecorator(schema: GraphQLSchema, type: GraphQLObjectType, field: Field): string {
  const returned = toTypescriptType(field.type, 'output');
  const args = field.args.length === 0 ? null : nameOfArguments(type, field);
  const description = printFieldDescription(field, args);
  if (type !== schema.getSubscriptionType()) return `operation<${returned}>(${kindOf(schema, type)}, ${description})`;
  return `subscription<${args ?? 'Record<string, never>'}, ${returned}>(${description})`;
}

function printFieldDescription(field: Field, args: string | null): string {
  const { expression, nullable } = toTypeGraphqlType(field.type);
  const { name, description, deprecationReason } = field;
  const fieldOptions = options({ name, nullable: nullable || undefined, description, deprecationReason });
  const entries = [`type: () => ${expression}`, `options: ${fieldOptions}`, `directives: ${literal(directivesOf(field.astNode))}`];
  if (args !== null) entries.push(`args: () => ${args}`);
  return `{ ${entries.join(', ')} }`;
}

function kindOf(schema: GraphQLSchema, type: GraphQLObjectType): string {
  if (type === schema.getQueryType()) return 'TG.Query';
  return type === schema.getMutationType() ? 'TG.Mutation' : 'TG.FieldResolver';
}
