import type { IRegularForbiddenRuleType } from 'dependency-cruiser';
import { moduleNames, targetsOf } from './module-edges.ts';

export type BoundaryRule = IRegularForbiddenRuleType & { readonly name: string; readonly comment: string };

const SERVER = '^server/src/';
const MODULES = '^server/src/modules/';
/** Tests look at the inside of what they test and use test/testkit; the rules of direction are for what ships. */
const TESTS = '\\.test\\.ts$';

const forbid = (name: string, comment: string, from: BoundaryRule['from'], to: BoundaryRule['to']): BoundaryRule => ({
  name,
  comment,
  severity: 'error',
  from,
  to,
});

/** main → app → http → modules → kernel, never upward, types included. */
const direction = [
  forbid(
    'kernel-imports-nothing-above',
    'The kernel serves every module and knows none. Move what you need into the kernel, or pass it in.',
    { path: `${SERVER}kernel/` },
    { path: `${SERVER}(?!kernel/|generated/)` },
  ),
  forbid(
    'modules-import-no-door',
    'A module must work behind any door. Let the door convert, and give the module its own words.',
    { path: MODULES },
    { path: `${SERVER}(http/|[^/]+\\.ts$)` },
  ),
  forbid(
    'doors-import-no-root',
    'Doors are built by app.ts; what they need from it is passed in.',
    { path: `${SERVER}http/` },
    { path: `${SERVER}[^/]+\\.ts$` },
  ),
  forbid(
    'only-the-root-imports-migrations',
    'The timeline of the schema is handed over by app.ts.',
    { path: `${SERVER}(kernel|modules|http|generated)/`, pathNot: TESTS },
    { path: '^server/migrations/' },
  ),
  forbid(
    'migrations-import-no-code-that-changes',
    'A migration must do the same in ten years: it may use types of the ORM and itself.',
    { path: '^server/migrations/' },
    { path: SERVER, pathNot: `${SERVER}kernel/db/index\\.ts$` },
  ),
  forbid(
    'what-ships-imports-no-tool-or-test',
    'tools, test and bench are not installed with the server.',
    { path: '^(server|sdk-js)/', pathNot: TESTS },
    { path: `^(tools|test|bench)/|${TESTS}` },
  ),
  forbid(
    'clients-know-the-schema-never-the-server',
    'sdk-js and dashboard speak to the server through the contract; generate what is missing.',
    { path: '^(sdk-js|dashboard)/' },
    { path: '^server/' },
  ),
  forbid(
    'server-imports-no-client',
    'The server must build without its clients.',
    { path: SERVER, pathNot: TESTS },
    { path: '^(sdk-js|dashboard)/' },
  ),
];

/** A module is entered only through its index.ts, and only along the written edges. */
const modules = [
  forbid(
    'module-through-its-index',
    'Import the module’s index.ts, or ask its owner to promise there what you need.',
    // The adapters' conformance and full suites look at wires, which lie inside.
    { path: '^', pathNot: [MODULES, '^test/(conformance|full)/'] },
    { path: `${MODULES}[^/]+/(?!index\\.ts$)`, pathNot: `${MODULES}providers/(contract|adapters/[^/]+/index)\\.ts$` },
  ),
  forbid(
    'module-through-its-index-from-a-module',
    'Import the module’s index.ts, or ask its owner to promise there what you need.',
    { path: `${MODULES}([^/]+)/` },
    { path: `${MODULES}[^/]+/(?!index\\.ts$)`, pathNot: `${MODULES}$1/` },
  ),
  ...moduleNames.map((name) =>
    forbid(
      `module-edge-${name}`,
      `The module ${name} may import: ${targetsOf(name).join(', ') || 'no other module'}. A new edge is a line in tools/boundaries/module-edges.ts and an ADR.`,
      { path: `${MODULES}${name}/` },
      { path: MODULES, pathNot: `${MODULES}(${[name, ...targetsOf(name)].join('|')})/` },
    ),
  ),
  forbid(
    'module-is-on-the-list',
    'Write the new module into tools/boundaries/module-edges.ts.',
    { path: '^' },
    { path: `${MODULES}(?!(${moduleNames.join('|')})/)` },
  ),
];

/** Inside a module: resolver → service → policy and store; policies decide and do nothing. */
const roles = [
  forbid(
    'policies-do-no-io',
    'A policy decides from what it is given. Do the reading and writing in a service or a store.',
    { path: `${MODULES}.*\\.policy\\.ts$` },
    {
      path: [
        `\\.(service|store|read-model|resolver|stage|adapter|job)\\.ts$`,
        `${SERVER}kernel/(db|http-client|coordination|jobs|config)/`,
        '^(node:)?(fs|fs/promises|net|http|https|http2|tls|dgram|dns|child_process|worker_threads)$',
        '(^|node_modules/)(pg|undici|ioredis|ws|pg-boss|@mikro-orm/[^/]+)(/|$)',
      ],
    },
  ),
  forbid(
    'stores-import-no-service',
    'A store only speaks to its tables; rules live in policies and services.',
    { path: `${MODULES}.*\\.(store|read-model)\\.ts$` },
    { path: '\\.(service|resolver|stage)\\.ts$' },
  ),
  forbid(
    'services-import-no-resolver',
    'Use cases know nothing of how they are asked for.',
    { path: `${MODULES}.*\\.service\\.ts$` },
    { path: '\\.resolver\\.ts$' },
  ),
  forbid(
    'generated-types-stop-at-resolvers',
    'Services and stores speak domain types; convert in the resolver.',
    { path: `^server/`, pathNot: [`${SERVER}http/graphql/`, `${SERVER}generated/`, '\\.resolver\\.ts$', TESTS] },
    { path: `${SERVER}generated/` },
  ),
];

/** An adapter imports the provider contract, shared, and itself; only the OpenAI-compatible base is reused. */
const adapters = [
  forbid(
    'adapter-imports-contract-shared-itself',
    'Two adapters that share code share their bugs: put it into providers/shared, or repeat it.',
    { path: `${MODULES}providers/adapters/([^/]+)/`, pathNot: TESTS },
    { path: MODULES, pathNot: `${MODULES}providers/(contract\\.ts$|shared/|adapters/($1/|openai-compatible/index\\.ts$))` },
  ),
  forbid(
    'shared-imports-no-adapter',
    'What is shared by adapters knows none of them.',
    { path: `${MODULES}providers/shared/` },
    { path: `${MODULES}providers/(adapters/|(?!contract\\.ts$)[^/]+\\.ts$)` },
  ),
  forbid(
    'adapter-meets-the-kernel-only-at-ports',
    'An adapter gets its HTTP client and clock; it opens no database and reads no configuration.',
    { path: `${MODULES}providers/adapters/`, pathNot: TESTS },
    { path: `${SERVER}kernel/(db|config|jobs|coordination)/` },
  ),
];

const sanity = [
  forbid('no-cycle', 'Neither file can be understood alone. Move what both need into a third.', {}, { circular: true }),
  // Client programs have packages of their own, installed when they are run.
  forbid(
    'no-import-that-leads-nowhere',
    'The file or package does not exist.',
    { pathNot: '^test/clients/js/' },
    { couldNotResolve: true },
  ),
];

/** Every rule, each an error. Paths are from the root of the repository. */
export const boundaryRules: readonly BoundaryRule[] = [...direction, ...modules, ...roles, ...adapters, ...sanity];
