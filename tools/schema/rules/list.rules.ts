import { print } from 'graphql';
import type { ConstDirectiveNode, FieldDefinitionNode } from 'graphql';
import { defineRule } from './define-rule.ts';
import { directiveOf, fieldsOfType, isList, nameOf, namedType, signature } from './schema-node.ts';

const PAGE_ARGUMENTS = ['first: Int', 'after: String', 'last: Int', 'before: String'];

/** An operation is priced before it runs, so each list says how long it can be. */
export const listSize = defineRule(['FieldDefinition'], (field, { parent }) => {
  if (!isList(field.type) || nameOf(parent).endsWith('Connection')) return null;
  const name = `${nameOf(parent)}.${field.name.value}`;
  const bound = directiveOf(field, 'listSize');
  if (bound === undefined) return `${name} is a list without a bound. Add @listSize(assumedSize: …) or make it a connection.`;
  return hasArgument(bound, 'assumedSize') || hasArgument(bound, 'slicingArguments')
    ? null
    : `@listSize on ${name} needs assumedSize or slicingArguments.`;
});

/** What can grow is paged in one way everywhere. */
export const connectionShape = defineRule(['FieldDefinition'], (field, { parent, schema }) => {
  const type = namedType(field.type);
  if (!type.endsWith('Connection')) return null;
  const name = `${nameOf(parent)}.${field.name.value}`;
  const given = (field.arguments ?? []).map(signature);
  const missing = PAGE_ARGUMENTS.filter((argument) => !given.includes(argument));
  if (missing.length > 0) return `${name} lacks the arguments ${missing.join(', ')}.`;
  const bound = directiveOf(field, 'listSize');
  if (bound === undefined || !hasArgument(bound, 'slicingArguments') || !hasArgument(bound, 'sizedFields')) {
    return `${name} needs @listSize(slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"]).`;
  }
  return wrongConnection(type, fieldsOfType(schema, type));
});

function wrongConnection(type: string, fields: readonly FieldDefinitionNode[]): string | null {
  const item = type.slice(0, -'Connection'.length);
  const given = fields.map(signature);
  const missing = [`edges: [${item}Edge!]!`, `nodes: [${item}!]!`, 'pageInfo: PageInfo!'].filter((field) => !given.includes(field));
  return missing.length === 0 ? null : `${type} lacks ${missing.join(', ')}.`;
}

function hasArgument(directive: ConstDirectiveNode, name: string): boolean {
  return directive.arguments?.some((argument) => argument.name.value === name && print(argument.value) !== '[]') === true;
}
