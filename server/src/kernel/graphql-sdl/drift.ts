import { Kind, lexicographicSortSchema, parse, print, printSchema, visit } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';

/**
 * The schema as sorted SDL without what TypeGraphQL's decorators cannot say: `@oneOf`, descriptions of the root types, and the custom
 * scalars and directives, which are taken from the SDL and cannot drift.
 */
export function printComparable(schema: GraphQLSchema): string {
  const roots = new Set([schema.getQueryType()?.name, schema.getMutationType()?.name, schema.getSubscriptionType()?.name]);
  const document: DocumentNode = visit(parse(printSchema(lexicographicSortSchema(schema))), {
    [Kind.SCHEMA_DEFINITION]: () => null,
    [Kind.SCALAR_TYPE_DEFINITION]: () => null,
    [Kind.DIRECTIVE_DEFINITION]: () => null,
    [Kind.OBJECT_TYPE_DEFINITION]: (node) => (roots.has(node.name.value) ? { ...node, description: undefined } : undefined),
    [Kind.INPUT_OBJECT_TYPE_DEFINITION]: (node) => ({ ...node, directives: [] }),
  });
  return print(document);
}

/** Differences between two schemas as lines, `- ` only in the first and `+ ` only in the second; empty when they agree. */
export function describeDrift(first: GraphQLSchema, second: GraphQLSchema): string[] {
  const [ours, theirs] = [definitionsOf(first), definitionsOf(second)];
  const names = [...new Set([...ours.keys(), ...theirs.keys()])].toSorted();
  return names.flatMap((name) => describeDefinition(ours.get(name) ?? [], theirs.get(name) ?? []));
}

function definitionsOf(schema: GraphQLSchema): Map<string, string[]> {
  const definitions = parse(printComparable(schema)).definitions;
  return new Map(definitions.map((node) => ['name' in node && node.name ? node.name.value : node.kind, print(node).split('\n')]));
}

function describeDefinition(ours: readonly string[], theirs: readonly string[]): string[] {
  const [inOurs, inTheirs] = [new Set(ours), new Set(theirs)];
  const heading = ours.find((line) => line.includes('{')) ?? theirs.find((line) => line.includes('{')) ?? '';
  const lines = [
    ...ours.filter((line) => !inTheirs.has(line)).map((line) => `- ${line.trim()}`),
    ...theirs.filter((line) => !inOurs.has(line)).map((line) => `+ ${line.trim()}`),
  ];
  return lines.length === 0 ? [] : [heading, ...lines];
}
