import { print } from 'graphql';
import type { ConstDirectiveNode } from 'graphql';

/** Directives that graphql-js turns into properties of their own; TypeGraphQL has options for them or none at all. */
const BUILT_IN_DIRECTIVES = new Set(['deprecated', 'specifiedBy', 'oneOf']);

/** A value as source text. */
export function literal(value: unknown): string {
  return JSON.stringify(value);
}

/** An object literal of the entries that are there; `undefined` and null ones are left out. */
export function options(entries: Readonly<Record<string, unknown>>): string {
  const present = Object.entries(entries).filter(([, value]) => value !== undefined && value !== null);
  return present.length === 0 ? '{}' : `{ ${present.map(([key, value]) => `${key}: ${literal(value)}`).join(', ')} }`;
}

/** The schema's own directives on a member, as SDL text, in order. */
export function directivesOf(node: { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined): string[] {
  return (node?.directives ?? [])
    .filter((directive) => !BUILT_IN_DIRECTIVES.has(directive.name.value))
    .map((directive) => print(directive));
}

export function capitalize(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
