import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { buildSchema, lexicographicSortSchema } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import * as generated from '../../server/src/generated/schema.ts';
import { sdlText } from '../../server/src/generated/sdl.ts';
import { buildClassSchema, buildSdlSchema, describeDrift, printComparable } from '../../server/src/kernel/graphql-sdl/index.ts';
import type { ResolverClass, SdlSchemaOptions } from '../../server/src/kernel/graphql-sdl/index.ts';

const resolversUrl = new URL('../../server/src/http/graphql/resolvers/index.ts', import.meta.url);
const contract = buildSchema(sdlText);

/** The classes that the server serves; methods alone are looked at, so none needs its services. */
async function loadResolverClasses(): Promise<readonly ResolverClass[]> {
  const path = fileURLToPath(resolversUrl);
  if (!existsSync(path)) throw new Error(`${path} is missing. It must export resolverClasses, every class with Sdl decorators.`);
  const module: unknown = await import(path);
  const classes: unknown = typeof module === 'object' && module !== null ? Reflect.get(module, 'resolverClasses') : undefined;
  if (!Array.isArray(classes)) throw new Error(`${path} must export resolverClasses, a list of every class with Sdl decorators.`);
  return classes;
}

describe('served schema and SDL', () => {
  let options: SdlSchemaOptions;

  beforeAll(async () => {
    const container = { get: (resolverClass: ResolverClass): object => Object.create(Object(resolverClass.prototype)) as object };
    options = { sdlText, generated, resolverClasses: await loadResolverClasses(), container };
  });

  it('are the same, directives included', () => {
    expect(printSchemaWithDirectives(lexicographicSortSchema(buildSdlSchema(options)))).toBe(
      printSchemaWithDirectives(lexicographicSortSchema(contract)),
    );
  });

  it('have a resolver class for everything and nothing more', () => {
    const classSchema = buildClassSchema(options);
    expect(describeDrift(contract, classSchema)).toEqual([]);
    expect(printComparable(classSchema)).toBe(printComparable(contract));
  });

  it('differ when a resolver class is left out (control)', () => {
    const fewer = { ...options, resolverClasses: options.resolverClasses.slice(1) };
    expect(() => buildSdlSchema(fewer)).toThrow(/^No resolver class has \w+\.\w+/);
  });
});

describe('SDL', () => {
  it('is the merged sources that the repository holds', () => {
    const merged = readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8');
    expect(merged.replace(/^#.*\n\n/, '')).toBe(sdlText);
  });
});
