import plugin from '@graphql-eslint/eslint-plugin';
import { Linter } from 'eslint';
import type { Rule } from 'eslint';
import { describe, expect, it } from 'vitest';
import { rules } from './index.ts';

type RuleName = keyof typeof rules;

/** Base types that the samples may use. */
const BASE = `
  directive @auth(scope: String!) on FIELD_DEFINITION
  directive @public on FIELD_DEFINITION
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!]) on FIELD_DEFINITION
  interface Node { id: ID! }
  interface UserError { message: String! code: String! path: [String!] @listSize(assumedSize: 8) }
  scalar DateTime
  scalar Decimal
  type PageInfo { hasNextPage: Boolean! }
`;

/** What a rule says of a schema, one line for each report. */
function lint(rule: RuleName, sdl: string): string[] {
  const schemaSdl = BASE + (/type Query\b/.test(sdl) ? sdl : `${sdl}\n type Query { ok: Int @public }`);
  const messages = new Linter().verify(
    schemaSdl,
    [
      {
        files: ['**/*.graphql'],
        languageOptions: { parser: plugin.parser, parserOptions: { graphQLConfig: { schema: schemaSdl } } },
        plugins: { antiphon: { rules: rules as unknown as Record<string, Rule.RuleModule> } },
        rules: { [`antiphon/${rule}`]: 'error' },
      },
    ],
    'sample.graphql',
  );
  return messages.map((message) => message.message);
}

const error = (name: string): string =>
  `type ${name} implements UserError { message: String! code: String! path: [String!] @listSize(assumedSize: 8) }`;
const page = 'first: Int after: String last: Int before: String';
const bound = '@listSize(slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"])';
const connection =
  'type Thing implements Node { id: ID! } type ThingEdge { cursor: String! node: Thing! } type ThingConnection { edges: [ThingEdge!]! nodes: [Thing!]! pageInfo: PageInfo! }';

const cases: readonly [rule: RuleName, violating: string, messages: string[], conforming: string][] = [
  [
    'root-field-access',
    'type Query { a: Int  b: Int @auth(scope: "A") @public } extend type Query { c: Int }',
    [
      'Query.a does not say who may use it. Add @auth(scope: …), or @public when it tells nothing about any tenant.',
      'Query.b carries both @auth and @public. Keep one.',
      'Query.c does not say who may use it. Add @auth(scope: …), or @public when it tells nothing about any tenant.',
    ],
    'type Query { a: Int @auth(scope: "A") b: Thing @public } type Thing { c: Int }',
  ],
  [
    'mutation-shape',
    'type Mutation { thingRename(id: ID!, name: String): Boolean! }',
    [
      'A mutation has the form thingRename(input: ThingRenameInput!): ThingRenamePayload!, not thingRename(id: ID!, name: String): Boolean!.',
    ],
    'type Mutation { thingRename(input: ThingRenameInput!): ThingRenamePayload! } input ThingRenameInput { id: ID! } type ThingRenamePayload { ok: Int }',
  ],
  [
    'payload-shape',
    `type APayload { thing: Int } type BPayload { errors: [AError!]! } type CPayload { thing: Int! errors: [AError!]! } ${error('AError')}`,
    [
      'APayload needs errors: [<Act>Error!]!.',
      'BPayload holds nothing but errors. Add the object that the act made or changed, nullable.',
      'CPayload.thing must be nullable: there is nothing to return when the act fails.',
    ],
    `type APayload { thing: Int errors: [AError!]! } ${error('AError')}`,
  ],
  [
    'error-members',
    `${error('Taken')} type LostError { message: String! } union RenameError = Taken | LostError`,
    [
      'Taken implements UserError. Let its name end in Error.',
      'LostError ends in Error. Let it implement UserError, or rename it.',
      'LostError in RenameError must implement UserError { message code path }.',
    ],
    `${error('TakenError')} union RenameError = TakenError`,
  ],
  [
    'list-size',
    'type Thing { a: [Int!]! b: [Int!]! @listSize(sizedFields: ["x"]) }',
    [
      'Thing.a is a list without a bound. Add @listSize(assumedSize: …) or make it a connection.',
      '@listSize on Thing.b needs assumedSize or slicingArguments.',
    ],
    `type Part { a: [Int!]! @listSize(assumedSize: 3) } ${connection}`,
  ],
  [
    'connection-shape',
    `type Query { a(first: Int): ThingConnection! @public b(${page}): ThingConnection! @public @listSize(assumedSize: 3) c(${page}): PartConnection! @public ${bound} } type PartConnection { edges: [Int!]! } ${connection}`,
    [
      'Query.a lacks the arguments after: String, last: Int, before: String.',
      'Query.b needs @listSize(slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"]).',
      'PartConnection lacks edges: [PartEdge!]!, nodes: [Part!]!, pageInfo: PageInfo!.',
    ],
    `type Query { a(${page} filter: String): ThingConnection! @public ${bound} } ${connection}`,
  ],
  [
    'boolean-name',
    'type Thing { active: Boolean! island: Boolean } input ThingInput { force: Boolean }',
    [
      'Thing.active is a Boolean. Let its name begin with is, has or can.',
      'Thing.island is a Boolean. Let its name begin with is, has or can.',
      'ThingInput.force is a Boolean. Let its name begin with is, has or can.',
    ],
    'type Thing { isActive: Boolean! } input Choice @oneOf { all: Boolean one: ID }',
  ],
  [
    'no-fetching-verb',
    'type Query { getThing: Int @public listThings: Int @public }',
    ['Query.getThing: name the thing, without get.', 'Query.listThings: name the thing, without list.'],
    'type Query { gettysburg: Int @public listing: Int @public }',
  ],
  [
    'instant-name',
    'type Thing { created: DateTime! } input Range { since: DateTime }',
    [
      'Thing.created is an instant. Let its name end in At, or in From and To for a range.',
      'Range.since is an instant. Let its name end in At, or in From and To for a range.',
    ],
    'type Thing { createdAt: DateTime! } input Range { from: DateTime startedTo: DateTime }',
  ],
  [
    'money-type',
    'type Thing { costUsd: Float price: Decimal }',
    ['Thing.costUsd is money. Make it a Decimal.', 'Thing.price is a Decimal. Say its currency in the name: …Usd.'],
    'type Thing { costUsd: Decimal inputUsdPerMillion: Decimal }',
  ],
  [
    'entity-is-node',
    'type Thing { id: ID! }',
    ['Thing has an id. Let it implement Node.'],
    'type Thing implements Node { id: ID! } type Call { id: String! }',
  ],
  [
    'deprecation-reason',
    'type Thing { a: Int @deprecated  b: Int @deprecated(reason: "Use b.") }',
    [
      'The deprecation of a must read "Use `…`. Goes after YYYY-MM-DD."',
      'The deprecation of b must read "Use `…`. Goes after YYYY-MM-DD."',
    ],
    'type Thing { a: Int @deprecated(reason: "Use `c`. Goes after 2027-06-30.") c: Int }',
  ],
];

describe('schema rules', () => {
  it.each(cases)('%s reports what breaks it and passes what keeps it', (rule, violating, messages, conforming) => {
    expect(lint(rule, violating)).toEqual(messages.map((message) => message));
    expect(lint(rule, conforming)).toEqual([]);
  });

  it('have a case each', () => {
    expect(cases.map(([rule]) => rule).toSorted()).toEqual(Object.keys(rules).toSorted());
  });
});
