import { Kind, print } from 'graphql';
import type { ASTNode, ConstDirectiveNode, FieldDefinitionNode, GraphQLSchema, TypeNode } from 'graphql';

const ROOTS = new Set(['Query', 'Mutation', 'Subscription']);

/** Name of the type that a field stands in, or of the field that an argument stands at. */
export function nameOf(node: ASTNode | undefined): string {
  return node !== undefined && 'name' in node && node.name !== undefined ? node.name.value : '';
}

export function isRootField(parent: ASTNode | undefined): boolean {
  return ROOTS.has(nameOf(parent));
}

export function directiveOf(
  node: { readonly directives?: readonly ConstDirectiveNode[] | undefined },
  name: string,
): ConstDirectiveNode | undefined {
  return node.directives?.find((directive) => directive.name.value === name);
}

/** Name of a type without lists and exclamation marks. */
export function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

export function isList(type: TypeNode): boolean {
  return type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && isList(type.type));
}

export function isNonNull(type: TypeNode): boolean {
  return type.kind === Kind.NON_NULL_TYPE;
}

/** A field as `name: Type`, to compare and to quote. */
export function signature(node: { readonly name: { readonly value: string }; readonly type: TypeNode }): string {
  return `${node.name.value}: ${print(node.type)}`;
}

export function capitalize(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The fields that the contract gives a type, extensions included; empty for other types. */
export function fieldsOfType(schema: GraphQLSchema, name: string): readonly FieldDefinitionNode[] {
  const type = schema.getType(name);
  if (type === undefined || !('getFields' in type)) return [];
  const fields: { readonly astNode?: unknown }[] = Object.values(type.getFields());
  return fields.map((field) => field.astNode).filter((node): node is FieldDefinitionNode => isFieldDefinition(node));
}

function isFieldDefinition(node: unknown): boolean {
  return typeof node === 'object' && node !== null && 'kind' in node && node.kind === Kind.FIELD_DEFINITION;
}
