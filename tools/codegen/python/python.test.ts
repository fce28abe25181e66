import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { plugin } from './index.ts';
import { docstring, toSnakeCase } from './python-source.ts';

const schema = buildSchema(`
  type Query { "One thing." thing(id: ID!): Thing things(find: Find, from: DateTime): [Thing!]! node: Node found: Found! now: Clock! }
  type Mutation { thingRename(input: RenameInput!): Payload! }
  type Subscription { ticks: Tick! }
  interface Node { id: ID! }
  "A thing."
  type Thing implements Node { id: ID! name: String sizes: [BigInt!] tags: [String]! shape: Shape! madeAt: DateTime part: Part price: Decimal }
  type Part implements Node { id: ID! weight: Float! }
  type Clock { hour: Int! }
  "Form."
  enum Shape { "Like a ball." ROUND }
  union Found = Thing | Part
  union Tick = Started | Ended
  type Started { at: DateTime! }
  type Ended { at: DateTime! }
  input Find @oneOf { name: String shapes: [Shape!] in: Range }
  input Range { from: Int! to: Int = 3 }
  input RenameInput { id: ID! name: String }
  type Payload { thing: Thing errors: [Problem!]! }
  type Problem { message: String! code: String! }
  scalar BigInt
  scalar DateTime
  scalar Decimal
`);
const print = (text: string): string => plugin(schema, [{ document: parse(text) }]);

/** The lines from the one that starts a declaration to the next empty one. */
function declaration(content: string, start: string): string[] {
  const lines = content.split('\n');
  const first = lines.findIndex((line) => line.startsWith(start));
  return first === -1 ? [] : lines.slice(first, lines.indexOf('', first));
}

describe('Python plugin', () => {
  it('prints a result as a frozen dataclass and decodes what JSON cannot carry', () => {
    const content = print('query Thing($id: ID!) { thing(id: $id) { id name sizes tags shape madeAt price } }');
    expect(declaration(content, 'class Thing:')).toEqual([
      'class Thing:',
      '    """A thing."""',
      '    id: str',
      '    name: str | None',
      '    sizes: list[int] | None',
      '    tags: list[str | None]',
      '    shape: Shape',
      '    made_at: datetime | None',
      '    price: Decimal | None',
    ]);
    expect(declaration(content, 'def _decode_thing(')).toEqual([
      'def _decode_thing(data: Mapping[str, Any]) -> Thing:',
      '    return Thing(',
      '        id=data["id"],',
      '        name=data["name"],',
      '        sizes=None if data["sizes"] is None else [int(item) for item in data["sizes"]],',
      '        tags=data["tags"],',
      '        shape=Shape(data["shape"]),',
      '        made_at=None if data["madeAt"] is None else datetime.fromisoformat(data["madeAt"]),',
      '        price=None if data["price"] is None else Decimal(data["price"]),',
      '    )',
    ]);
    expect(declaration(content, 'class Shape(OpenEnum):')).toEqual([
      'class Shape(OpenEnum):',
      '    """Form."""',
      '    ROUND = "ROUND"',
      '    """Like a ball."""',
    ]);
  });

  it('prints one method for each operation and client, keywords escaped and unset variables told from null', () => {
    const content = print('query Things($from: DateTime, $find: Find!) { things(from: $from, find: $find) { id } }');
    const parameters = 'self, *, find: Find, from_: datetime | None | Unset = UNSET, timeout_s: float | None = None';
    const call =
      '_query(_THINGS, {"from": from_, "find": find}, "things", lambda data: [_decode_things(item) for item in data], timeout_s)';
    expect(content).toContain(`    def things(${parameters}) -> list[Things]:\n        return self.${call}\n`);
    expect(content).toContain(`    async def things(${parameters}) -> list[Things]:\n        return await self.${call}\n`);
  });

  it('prints a @oneOf input as a union of TypedDicts with one key each, functional where a key is a keyword', () => {
    const content = print('query Things($find: Find) { things(find: $find) { id } }');
    expect(declaration(content, 'class FindName(')).toEqual(['class FindName(TypedDict):', '    name: str']);
    expect(declaration(content, 'class FindShapes(')).toEqual([
      'class FindShapes(TypedDict):',
      '    shapes: list[Shape | Literal["ROUND"]]',
    ]);
    expect(declaration(content, 'FindIn = ')).toEqual(['FindIn = TypedDict("FindIn", {"in": "Range"})']);
    expect(declaration(content, 'Find: ')).toEqual(['Find: TypeAlias = "FindName | FindShapes | FindIn"']);
    expect(declaration(content, 'Range = ')).toEqual(['Range = TypedDict("Range", {"from": "int", "to": "NotRequired[int | None]"})']);
  });

  it('makes members of unions classes of their own, told apart by typename', () => {
    const content = print('query Found { found { __typename ... on Node { id } ... on Part { weight } } }');
    expect(declaration(content, 'Found: ')).toEqual(['Found: TypeAlias = "FoundThing | FoundPart"']);
    expect(declaration(content, 'class FoundPart:')).toEqual([
      'class FoundPart:',
      '    typename: Literal["Part"]',
      '    """Name of the type, to tell members apart."""',
      '    id: str',
      '    weight: float',
    ]);
    expect(declaration(content, 'def _decode_found(')).toEqual([
      'def _decode_found(data: Mapping[str, Any]) -> Found:',
      '    match data["__typename"]:',
      '        case "Thing":',
      '            return _decode_found_thing(data)',
      '        case "Part":',
      '            return _decode_found_part(data)',
      '        case other:',
      '            raise unknown_member("Found", other)',
    ]);
  });

  it('names events by their types and returns them one by one', () => {
    const content = print('subscription Ticks { ticks { __typename ... on Started { at } } }');
    expect(declaration(content, 'Ticks: ')).toEqual(['Ticks: TypeAlias = "Started | Ended"']);
    expect(content).toContain(
      '    def ticks(self, *, transport: Transport = "sse") -> AsyncGenerator[Ticks, None]:\n        return self._subscribe(_TICKS, {}, "ticks", _decode_ticks, transport)\n',
    );
  });

  it('takes what a mutation made as there and leaves its errors out', () => {
    const content = print('mutation ThingRename($input: RenameInput!) { thingRename(input: $input) { thing { id } errors { message } } }');
    expect(declaration(content, 'class ThingRename:')).toEqual(['class ThingRename:', '    thing: ThingRenameThing']);
    expect(content).toContain('return self._mutate(_THING_RENAME, {"input": input}, "thingRename", _decode_thing_rename, timeout_s)');
  });

  it('uses one class for a fragment that is selected alone, wherever it is', () => {
    const content = print(
      'query Thing { thing(id: 1) { ...Names } } query Things { things { ...Names } } fragment Names on Thing { id name }',
    );
    expect(content.match(/^class \w+/gm)).toEqual(['class Names', 'class GeneratedOperations', 'class AsyncGeneratedOperations']);
    expect(content).toContain(
      '-> Names | None:\n        """One thing."""\n        return self._query(_THING, {}, "thing", lambda data: None if data is None else _decode_names(data), timeout_s)',
    );
    expect(content).toContain('-> list[Names]:');
    expect(content).toContain('_query(_THINGS, {}, "things", lambda data: [_decode_names(item) for item in data], timeout_s)');
  });

  it('refuses two types of one name and a scalar that it does not know', () => {
    expect(() => print('query Thing { thing(id: 1) { part { id } } } query ThingPart { now { hour } }')).toThrow(
      'Two Python types would be called ThingPart. Rename an operation, a fragment or an alias.',
    );
    const other = buildSchema('scalar Colour type Query { thing: Thing } type Thing { colour: Colour }');
    expect(() => plugin(other, [{ document: parse('query Thing { thing { colour } }') }])).toThrow(
      'The scalar Colour has no Python type yet.',
    );
  });
});

describe('Python source', () => {
  it.each([
    ['completionCreate', 'completion_create'],
    ['HTTPStatus', 'http_status'],
    ['argumentsText', 'arguments_text'],
    ['from', 'from_'],
  ])('writes %s as %s', (name, snake) => {
    expect(toSnakeCase(name)).toBe(snake);
  });

  it('keeps quotes and backslashes of descriptions out of the code', () => {
    expect(docstring('A """ and \\ and "', '')).toEqual(['"""A \\"\\"\\" and \\\\ and \\""""']);
  });
});
