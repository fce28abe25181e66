import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { planOperation } from './operation-plan.ts';
import { SchemaRules } from './schema-rules.ts';

const DIRECTIVES = `
  directive @auth(scope: Scope!) on FIELD_DEFINITION
  directive @public on FIELD_DEFINITION
  directive @cost(weight: Int!) on FIELD_DEFINITION | OBJECT
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!]) on FIELD_DEFINITION
  enum Scope { READ SECRET SCHEMA_READ }
`;
const schema = buildSchema(`${DIRECTIVES}
  interface Named { name: String  owner: Owner }
  type Item implements Named { name: String owner: Owner @auth(scope: SECRET) parts: [Item!]! @listSize(assumedSize: 3) dear: String @cost(weight: 7) }
  type Owner @cost(weight: 4) { name: String items: [Item] }
  type Page { nodes: [Item!]! edges: [Edge!]! count: Int }
  type Edge { node: Item! }
  type Query {
    item: Item @auth(scope: READ)
    named: Named @public
    items(first: Int, last: Int): Page @auth(scope: READ) @listSize(slicingArguments: ["first", "last"], sizedFields: ["nodes", "edges"])
  }`);
const rules = new SchemaRules(schema);

function plan(text: string) {
  const document = parse(text);
  const operation = document.definitions.find((definition) => definition.kind === 'OperationDefinition');
  if (operation === undefined) throw new Error('an operation was expected');
  return planOperation(schema, rules, document, operation);
}

describe('price of an operation', () => {
  it.each([
    ['nothing for scalars', '{ item { name } }', 1],
    ['the weight of a field', '{ item { dear } }', 8],
    ['the weight of a type', '{ item { owner { name } } }', 5],
    ['an assumed size', '{ item { parts { name } } }', 1 + 3],
    ['lists in lists', '{ item { parts { parts { name } } } }', 1 + 3 * (1 + 3)],
    ['a list of unknown size', '{ item { owner { items { name } } } }', 1 + 4 + 10],
    ['a page of the default size', '{ items { nodes { name } } }', 1 + 20],
    ['a page of the size that is asked for', '{ items(first: 5) { nodes { name } count } }', 1 + 5],
    ['both lists of a page', '{ items(last: 5) { nodes { dear } edges { node { name } } } }', 1 + 5 * 8 + 5 * 2],
    ['fragments where they are used', '{ item { ...F } again: item { ...F } } fragment F on Item { dear parts { name } }', 2 * (1 + 7 + 3)],
    ['inline fragments', '{ named { ... on Item { dear } } }', 1 + 7],
    ['introspection', '{ __schema { types { name } } }', 100],
  ])('counts %s', (_name, text, points) => {
    expect(plan(text).cost({})).toBe(points);
  });

  it('follows variables, and takes the default where they are missing or null', () => {
    const { cost } = plan('query ($first: Int) { items(first: $first) { nodes { name } } }');
    expect([cost({ first: 7 }), cost({ first: null }), cost({}), cost({ first: 0 })]).toEqual([8, 21, 21, 1]);
  });

  it('is found in time also where fragments double at each step', () => {
    const fragments = Array.from(
      { length: 60 },
      (_, index) => `fragment F${index} on Item { a: owner { items { ...F${index + 1} } } b: owner { items { ...F${index + 1} } } }`,
    );
    const { cost, fieldCount } = plan(`{ item { ...F0 } } ${fragments.join(' ')} fragment F60 on Item { name }`);
    expect(cost({})).toBeGreaterThan(1e15);
    expect(fieldCount).toBeGreaterThan(1e15);
  });
});

describe('shape of an operation', () => {
  it('counts levels and fields with fragments in their places', () => {
    expect(plan('{ item { ...F } } fragment F on Item { parts { parts { name } } }')).toMatchObject({ depth: 4, fieldCount: 4 });
  });
});

describe('permissions of an operation', () => {
  it('are those of every field it uses, also in fragments and behind interfaces', () => {
    expect(plan('{ item { name } }').scopes).toEqual(['READ']);
    expect(plan('{ item { ...F } } fragment F on Item { owner { name } }').scopes).toEqual(['READ', 'SECRET']);
    expect(plan('{ named { owner { name } } }').scopes).toEqual(['SECRET']);
    expect(plan('{ named { name } }').scopes).toEqual([]);
    expect(plan('{ __type(name: "Item") { name } }').scopes).toEqual(['SCHEMA_READ']);
    expect(plan('{ __typename }').scopes).toEqual([]);
  });

  it('must be decided for every root field', () => {
    const open = buildSchema(`${DIRECTIVES} type Query { a: Int @public b: Int c: Int @auth(scope: READ) }`);
    expect(() => new SchemaRules(open)).toThrow('Query.b has neither @auth nor @public');
  });
});
