import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { lexicographicSortSchema } from 'graphql';
import type { GraphQLSchema } from 'graphql';

/** Settings of the plugin in `codegen.yml`. */
export interface SdlTextPluginConfig {
  /** `sdl`: a `.graphql` file to read and to compare. `module`: the same text as a TypeScript module. */
  readonly format: 'sdl' | 'module';
}

/** graphql-codegen plugin: the merged and sorted SDL, directives included. Same schema, same text. */
export function plugin(schema: GraphQLSchema, _documents: unknown, config: SdlTextPluginConfig): string {
  const text = `${printSchemaWithDirectives(lexicographicSortSchema(schema))}\n`;
  if (config.format === 'sdl') return `# Generated from schema/ by \`npm run codegen\`. Do not edit.\n\n${text}`;
  const template = text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');
  return [
    '// Generated from schema/ by `npm run codegen`. Do not edit.',
    '/** The contract: all of schema/, merged and sorted, directives included. A built server needs no file beside it. */',
    `export const sdlText = \`${template}\`;`,
    '',
  ].join('\n');
}
