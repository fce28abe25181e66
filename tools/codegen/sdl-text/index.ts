import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { lexicographicSortSchema } from 'graphql';
import type { GraphQLSchema } from 'graphql';

/** graphql-codegen plugin: the merged, sorted SDL as a module, so that a built server needs no file beside it. */
export function plugin(schema: GraphQLSchema): string {
  const text = printSchemaWithDirectives(lexicographicSortSchema(schema));
  const template = text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');
  return [
    '// Generated from schema/ by `npm run codegen`. Do not edit.',
    '/** The contract: all of schema/, merged and sorted, directives included. */',
    `export const sdlText = \`${template}\n\`;`,
    '',
  ].join('\n');
}
