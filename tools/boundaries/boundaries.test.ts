import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { boundaryRules } from './boundary-rules.ts';
import { findViolations } from './find-violations.ts';

const MISTAKES = fileURLToPath(new URL('__fixtures__/mistakes', import.meta.url));
const MODULES = 'server/src/modules';
const ADAPTERS = `${MODULES}/providers/adapters`;

/** Rule, file that breaks it, what it reached for. The other files of the tree keep every rule. */
const expected: readonly (readonly [string, string, string])[] = [
  ['adapter-imports-contract-shared-itself', `${ADAPTERS}/other/knows-its-neighbour.ts`, `${ADAPTERS}/vendor/vendor.wire.ts`],
  ['adapter-meets-the-kernel-only-at-ports', `${ADAPTERS}/other/opens-the-database.ts`, 'server/src/kernel/db/index.ts'],
  ['clients-know-the-schema-never-the-server', 'sdk-js/src/knows-the-server.ts', 'server/src/generated/schema.ts'],
  ['doors-import-no-root', 'server/src/http/knows-the-app.ts', 'server/src/app.ts'],
  ['generated-types-stop-at-resolvers', `${MODULES}/ledger/knows-the-schema.service.ts`, 'server/src/generated/schema.ts'],
  ['kernel-imports-nothing-above', 'server/src/kernel/clock/knows-a-module.ts', `${MODULES}/providers/index.ts`],
  ['migrations-import-no-code-that-changes', 'server/migrations/0001-knows-a-store.ts', `${MODULES}/identity/index.ts`],
  ['module-edge-completions', `${MODULES}/completions/knows-analytics.ts`, `${MODULES}/analytics/index.ts`],
  ['module-edge-identity', `${MODULES}/identity/knows-the-ledger.ts`, `${MODULES}/ledger/index.ts`],
  ['module-edge-ledger', `${MODULES}/ledger/knows-providers.ts`, `${MODULES}/providers/index.ts`],
  ['module-edge-providers', `${MODULES}/providers/knows-identity.ts`, `${MODULES}/identity/index.ts`],
  ['module-edge-responses', `${MODULES}/responses/knows-completions.ts`, `${MODULES}/completions/index.ts`],
  ['module-edge-routing', `${MODULES}/routing/knows-the-ledger.ts`, `${MODULES}/ledger/index.ts`],
  ['module-is-on-the-list', 'server/src/http/knows-analytics.ts', `${MODULES}/analytics/index.ts`],
  ['module-is-on-the-list', `${MODULES}/completions/knows-analytics.ts`, `${MODULES}/analytics/index.ts`],
  ['module-through-its-index', 'server/src/http/enters-by-the-window.ts', `${MODULES}/ledger/ledger.store.ts`],
  ['module-through-its-index-from-a-module', `${MODULES}/completions/enters-by-the-window.ts`, `${MODULES}/ledger/ledger.store.ts`],
  ['modules-import-no-door', `${MODULES}/ledger/knows-a-door.ts`, 'server/src/http/door.ts'],
  ['no-cycle', `${MODULES}/ledger/egg.ts`, `${MODULES}/ledger/hen.ts`],
  ['no-import-that-leads-nowhere', 'server/src/http/looks-for-nothing.ts', './nothing.ts'],
  ['only-the-root-imports-migrations', 'server/src/kernel/db/knows-migrations.ts', 'server/migrations/index.ts'],
  ['policies-do-no-io', `${MODULES}/ledger/reads-a-file.policy.ts`, 'fs'],
  ['server-imports-no-client', 'server/src/http/knows-a-client.ts', 'sdk-js/src/index.ts'],
  ['services-import-no-resolver', `${MODULES}/identity/knows-a-resolver.service.ts`, `${MODULES}/identity/api-key.resolver.ts`],
  ['shared-imports-no-adapter', `${MODULES}/providers/shared/knows-an-adapter.ts`, `${ADAPTERS}/vendor/index.ts`],
  ['stores-import-no-service', `${MODULES}/identity/knows-a-service.store.ts`, `${MODULES}/identity/api-key.service.ts`],
  ['what-ships-imports-no-tool-or-test', 'server/src/http/knows-a-tool.ts', 'tools/tool.ts'],
];

describe('boundary rules', () => {
  it('catch every deliberate mistake by its rule, and nothing else', async () => {
    const { violations } = await findViolations(MISTAKES);
    expect(violations.map(({ rule, from, to }) => [rule, from, to])).toEqual(expected);
  });

  it('are each shown to work by at least one mistake', () => {
    const shown = new Set(expected.map(([rule]) => rule));
    expect(boundaryRules.map((rule) => rule.name).filter((name) => !shown.has(name))).toEqual([]);
  });

  it('tell how to mend each mistake', async () => {
    const { violations } = await findViolations(MISTAKES);
    expect(violations.filter(({ advice }) => advice === '')).toEqual([]);
  });

  it('find nothing in the same tree when they are off', async () => {
    const { violations, importCount } = await findViolations(MISTAKES, []);
    expect(violations).toEqual([]);
    expect(importCount).toBeGreaterThan(expected.length);
  });

  it('refuse to pass where there is nothing to look at', async () => {
    await expect(findViolations(`${MISTAKES}/server/src/http`)).rejects.toThrow('There is no source file below');
  });
});
