import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { createOpenApiDocument } from './openapi/document.ts';
import { REST_OPERATIONS } from './openapi/rest-operations.ts';
import { createRestRoutes, REST_ALIASES } from './rest-routes.ts';
import type { Handler } from './route.ts';
import type { DoorDeps } from './wire/door-deps.ts';

/** Routes are only named here, never asked. */
const routes = createRestRoutes({ version: '0.0.0' } as DoorDeps);
const document = createOpenApiDocument({ version: '0.0.0', operations: REST_OPERATIONS, aliases: REST_ALIASES });

/** Documented methods by the key that the table has for a path: itself, or what stands before its first template. */
const documented = new Map<string, Set<string>>();
for (const { path, method } of REST_OPERATIONS) {
  const key = path.includes('{') ? path.slice(0, path.indexOf('{')) : path;
  documented.set(key, (documented.get(key) ?? new Set()).add(method.toUpperCase()));
}

/** The path in the description that this one is another name of. */
function firstNameOf(path: string): string {
  if (documented.has(path)) return path;
  const alias = REST_ALIASES.find(({ base, of }) => path.startsWith(`${base}/`) && documented.has(of + path.slice(base.length)));
  return alias === undefined ? path : alias.of + path.slice(alias.base.length);
}

const table: readonly (readonly [path: string, handler: Handler])[] = [
  ...Object.entries(routes.exact),
  ...Object.entries(routes.prefixes ?? {}),
];
const served = table.filter(([, { methods }]) => methods === undefined || methods.length > 0);

describe('the description of the REST doors', () => {
  it('is an OpenAPI 3.1 document', async () => {
    expect(await new Validator().validate(document as Record<string, unknown>)).toEqual({ valid: true });
  });

  it('would not be one with a mistake in it', async () => {
    const broken = { ...document, paths: { 'no-slash': { get: { responses: 5 } } } };
    expect((await new Validator().validate(broken as Record<string, unknown>)).valid).toBe(false);
  });

  it.each(served)('holds what is served at %s', (path, { methods }) => {
    const known = documented.get(firstNameOf(path));
    expect(known, `${path} is served and not described`).toBeDefined();
    // HEAD comes with GET.
    const expected = methods?.filter((method) => method !== 'HEAD') ?? [...(known ?? [])];
    expect([...(known ?? [])].sort()).toEqual([...expected].sort());
  });

  it.each(REST_OPERATIONS.map(({ method, path, id }) => [id, method, path] as const))(
    'holds nothing that is not served: %s',
    (_id, method, path) => {
      const at = path.indexOf('{');
      const handler = at === -1 ? routes.exact[path] : routes.prefixes?.[path.slice(0, at)];
      expect(handler).toBeDefined();
      if (handler?.methods !== undefined) expect(handler.methods).toContain(method.toUpperCase());
    },
  );

  it('names each operation once', () => {
    const ids = REST_OPERATIONS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('names every alias that is served', () => {
    const aliases = served.map(([path]) => path).filter((path) => !documented.has(path));
    expect(aliases.length).toBeGreaterThan(40);
    expect(aliases.filter((path) => !documented.has(firstNameOf(path)))).toEqual([]);
  });
});
