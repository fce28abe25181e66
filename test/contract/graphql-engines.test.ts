import { makeExecutableSchema } from '@graphql-tools/schema';
import fc from 'fast-check';
import {
  execute,
  getNamedType,
  getVariableValues,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  validate,
  type FormattedExecutionResult,
  type GraphQLError,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { sdlText } from '../../server/src/generated/sdl.ts';
import { forceCompile } from '../../server/src/http/graphql/executor/compiled-operation.ts';
import { GraphqlExecutor } from '../../server/src/http/graphql/executor/index.ts';
import { hideSchema } from '../../server/src/http/graphql/executor/request-failure.ts';
import { VariableCoercion } from '../../server/src/http/graphql/executor/variable-coercion.ts';
import { AntiphonError } from '../../server/src/kernel/errors/index.ts';
import * as scalars from '../../server/src/kernel/graphql-sdl/scalars.ts';
import { drawOperation, type RandomOperation } from '../testkit/graphql-documents.ts';

const RUNS = Number(process.env['ANTIPHON_PROPERTY_RUNS'] ?? 400);
const REQUEST_ID = '01a21185-8b63-7000-856e-c6be80aa7f24';

/** Everything that inputs and outputs can be, in small. */
const SMALL_SDL = `
  directive @public on FIELD_DEFINITION
  scalar JSON
  scalar DateTime
  scalar BigInt
  enum Color { RED GREEN BLUE }
  input Choice @oneOf { text: String number: Int list: [Int!] nested: Range }
  input Range { min: Int = 1 max: Int tags: [String!] = ["a", "b"] color: Color = RED when: DateTime any: JSON choice: Choice nested: Range needed: Boolean! = true }
  interface Node { id: ID! }
  interface Named implements Node { id: ID! name: String }
  type Cat implements Node & Named { id: ID! name: String lives: Int! friends(first: Int = 2): [Animal!] rival: Dog failing: String failingSurely: Int! echo(in: Range): String }
  type Dog implements Node & Named { id: ID! name: String color: Color since: DateTime size: BigInt owner: Named! pack: [Dog] }
  type Rock implements Node { id: ID! any: JSON }
  union Animal = Cat | Dog
  type Query {
    echo(in: Range color: Color = GREEN ids: [ID!] matrix: [[Int]] when: DateTime = "2026-01-01T00:00:00.000Z" size: BigInt any: JSON flag: Boolean! = false): String @public
    choose(choice: Choice!): String @public
    cat: Cat @public
    cats: [Cat] @public
    surelyCats: [Cat!]! @public
    animals(first: Int): [Animal]! @public
    node(id: ID!): Node @public
    named: Named @public
    failing: String @public
    failingSurely: String! @public
  }`;

/** What arguments arrived, told apart as JSON does not: left out, null, instants, large integers. */
function describeValue(value: unknown): string {
  if (value === undefined) return 'undefined';
  if (value instanceof Date) return `Date(${value.toISOString()})`;
  if (typeof value === 'bigint') return `BigInt(${value})`;
  if (Array.isArray(value)) return `[${value.map(describeValue).join(',')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.keys(value)
      .sort()
      .map((name) => `${name}:${describeValue((value as Record<string, unknown>)[name])}`)
      .join(',')}}`;
  return JSON.stringify(value);
}

function hashOf(text: string): number {
  let hash = 7;
  for (const character of text) hash = (hash * 31 + character.charCodeAt(0)) % 1_000_003;
  return hash;
}

/** Resolvers that give the same value for the same question: sometimes late, sometimes null, sometimes an error. */
function withResolvers(typeDefs: string): GraphQLSchema {
  const schema = makeExecutableSchema({
    typeDefs,
    resolvers: Object.fromEntries(Object.entries(scalars).filter(([name]) => new RegExp(`scalar ${name}\\b`).test(typeDefs))),
  });
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) type.resolveType = (value) => (value as { __typename: string }).__typename;
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const question = `${type.name}.${field.name}`;
      // The rest are read as properties, as most fields of our types are.
      if (type !== schema.getQueryType() && field.args.length === 0 && hashOf(question) % 3 > 0) continue;
      field.resolve = (parent, args) =>
        answer(schema, field.type, `${question}(${describeValue(args)}) of ${describeValue(keyOf(parent))}`);
    }
  }
  return schema;
}

function keyOf(parent: unknown): unknown {
  return (parent as { key?: string } | undefined)?.key;
}

function answer(schema: GraphQLSchema, type: GraphQLOutputType, question: string): unknown {
  const hash = hashOf(question);
  const give = (): unknown => {
    if (/failing/i.test(question) && hash % 2 === 0) throw new AntiphonError('NOT_FOUND', `no answer to ${hash}`);
    if (hash % 17 === 0) throw new TypeError('a fault');
    return valueOf(schema, type, question, 0);
  };
  // Below the root graphql-js lets go of late values whose siblings have failed at once, and their rejections are then nobody's.
  return hash % 3 === 0 && question.startsWith('Query.') ? Promise.resolve().then(give) : give();
}

function valueOf(schema: GraphQLSchema, type: GraphQLOutputType, question: string, depth: number): unknown {
  const hash = hashOf(question);
  if (!isNonNullType(type) && hash % 7 === 0) return null;
  // Non-null fields are null now and then too: that is what null propagation is for.
  if (isNonNullType(type)) return hash % 23 === 0 ? null : valueOf(schema, type.ofType as GraphQLOutputType, `${question}!`, depth);
  if (isListType(type)) {
    const inner = type.ofType;
    return Array.from({ length: hash % 4 }, (_, index) => valueOf(schema, inner, `${question}[${index}]`, depth));
  }
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues()[hash % named.getValues().length]?.value;
  if (isAbstractType(named)) {
    const possible = schema.getPossibleTypes(named);
    return objectOf(schema, possible[hash % possible.length]?.name ?? '', question, depth);
  }
  if (isObjectType(named)) return objectOf(schema, named.name, question, depth);
  return scalarOf(named.name, question, hash);
}

function scalarOf(name: string, question: string, hash: number): unknown {
  switch (name) {
    case 'Int':
      // Not an Int now and then.
      return hash % 19 === 0 ? 2 ** 40 : hash % 1000;
    case 'Float':
      return (hash % 1000) / 8;
    case 'Boolean':
      return hash % 2 === 0;
    case 'DateTime':
      return new Date(hash * 1000);
    case 'BigInt':
      return BigInt(hash);
    case 'Decimal':
      return `0.${hash}`;
    case 'JSON':
      return { hash, nothing: null };
    default:
      return question;
  }
}

const MAX_OBJECT_DEPTH = 4;

/** Fields are getters, so that an endless graph costs nothing. */
function objectOf(schema: GraphQLSchema, typeName: string, question: string, depth: number): unknown {
  const type = schema.getType(typeName);
  if (!isObjectType(type) || depth > MAX_OBJECT_DEPTH) return null;
  const value: Record<string, unknown> = { __typename: typeName, key: String(hashOf(question)) };
  for (const field of Object.values(type.getFields()))
    Object.defineProperty(value, field.name, {
      enumerable: true,
      get: () => valueOf(schema, field.type, `${question}.${field.name}`, depth + 1),
    });
  return value;
}

const ignore = (): void => undefined;

function createExecutor(schema: GraphQLSchema) {
  return new GraphqlExecutor({ schema, createContext: () => ({}), report: ignore, deadlineMs: 10_000, costLimit: Infinity });
}

const everyScope = { has: () => true } as unknown as ReadonlySet<string>;
const caller = { requestId: REQUEST_ID, principal: { scopes: everyScope }, signal: new AbortController().signal };

interface ErrorLike {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly locations?: unknown;
}

interface Comparable {
  readonly data: unknown;
  /** Errors by the place that is null because of them. */
  readonly errors: Readonly<Record<string, readonly string[]>>;
}

function toComparable(data: unknown, errors: readonly ErrorLike[] = []): Comparable {
  const plain = data === undefined ? 'none' : (JSON.parse(JSON.stringify(data)) as unknown);
  const byPlace: Record<string, string[]> = {};
  for (const { message, path, locations } of errors)
    (byPlace[nullPlaceOf(plain, path ?? [])] ??= []).push(JSON.stringify({ path, locations, message }));
  return { data: plain, errors: byPlace };
}

function nullPlaceOf(data: unknown, path: readonly (string | number)[]): string {
  let value = data;
  for (const [depth, key] of path.entries()) {
    if (value === null) return path.slice(0, depth).join('.');
    value = (value as Record<string | number, unknown>)[key];
  }
  return path.join('.');
}

/** The same data and the same places of errors; of the errors that one null has swallowed, engines may tell different ones. */
function expectSame(actual: Comparable, expected: Comparable, hint: string): void {
  expect(actual.data, hint).toEqual(expected.data);
  expect(Object.keys(actual.errors).sort(), hint).toEqual(Object.keys(expected.errors).sort());
  for (const [place, told] of Object.entries(actual.errors)) {
    const known = expected.errors[place] ?? [];
    if (told.length === 1 && known.length === 1 && isOwnError(told[0] ?? '', place)) expect(told, hint).toEqual(known);
    expect(
      told.some((line) => known.includes(line)) || told.every((line) => !isOwnError(line, place)),
      `${hint}: ${told.join()} against ${known.join()}`,
    ).toBe(true);
  }
}

/** Whether the error is of the very field that is null. */
function isOwnError(line: string, place: string): boolean {
  const { path } = JSON.parse(line) as ErrorLike;
  return (path ?? []).join('.') === place;
}

const MASKED = 'Something went wrong on our side. Quote the request id to have it looked up.';

async function byReference(schema: GraphQLSchema, { document, variables }: RandomOperation): Promise<Comparable> {
  const parsed = parse(document);
  const [operation] = parsed.definitions;
  if (operation?.kind !== 'OperationDefinition') throw new Error('an operation was expected first');
  const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: 3 });
  if (errors !== undefined)
    return toComparable(
      undefined,
      errors.slice(0, 3).map(({ message, locations }) => ({ message: hideSchema(message), locations })),
    );
  const result = await execute({ schema, document: parsed, variableValues: variables });
  const shown = result.errors?.map(({ originalError, path, locations }: GraphQLError) => ({
    message: originalError instanceof AntiphonError ? originalError.message : MASKED,
    path,
    locations,
  }));
  return toComparable(result.data, shown);
}

function fromResult({ data, errors }: FormattedExecutionResult): Comparable {
  return toComparable(data, errors);
}

const schemas: readonly (readonly [string, GraphQLSchema])[] = [
  ['a small schema with everything', withResolvers(SMALL_SDL)],
  ['the schema we serve', withResolvers(sdlText)],
];

describe.each(schemas)('%s', (_name, schema) => {
  it('is answered as graphql-js answers, compiled or not', async () => {
    const executor = createExecutor(schema);
    let compiled = 0;
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (pick) => {
        const operation = drawOperation(pick, schema);
        fc.pre(validate(schema, parse(operation.document)).length === 0);
        const expected = await byReference(schema, operation);
        const request = { query: operation.document, variables: operation.variables, operationName: null };
        // The first use is interpreted, later ones are compiled where that is allowed.
        for (let use = 1; use <= 3; use += 1) {
          const output = await executor.execute(request, caller);
          if (Symbol.asyncIterator in output) throw new Error('no stream was expected');
          expectSame(fromResult(output), expected, `use ${use} of ${operation.document} with ${JSON.stringify(operation.variables)}`);
        }
        if (executor.prepare(operation.document, null).compiled().engine === 'graphql-jit') compiled += 1;
      }),
      { numRuns: RUNS },
    );
    expect(compiled).toBeGreaterThan(RUNS / 10);
  });

  it('has its variables coerced as graphql-js coerces them', () => {
    const coercion = new VariableCoercion(schema);
    fc.assert(
      fc.property(fc.gen(), (pick) => {
        const { document, variables } = drawOperation(pick, schema);
        const [operation] = parse(document).definitions;
        if (operation?.kind !== 'OperationDefinition') throw new Error('an operation was expected first');
        fc.pre(validate(schema, parse(document)).length === 0);
        const reference = getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: 3 });
        const ours = coercion.forOperation(operation)(variables);
        expect(describeValue(ours.coerced)).toBe(describeValue(reference.coerced));
        expect(ours.errors?.map(({ message }) => message)).toEqual(reference.errors?.map(({ message }) => message));
      }),
      { numRuns: RUNS },
    );
  });
});

describe('graphql-jit without our rules', () => {
  const schema = withResolvers(SMALL_SDL);

  async function force({ document, variables }: RandomOperation) {
    const parsed = parse(document);
    const [definition] = parsed.definitions;
    if (definition?.kind !== 'OperationDefinition') throw new Error('an operation was expected first');
    const compiled = forceCompile(schema, parsed, definition, 'JSON');
    return compiled?.run({ root: undefined, context: {}, variables, coerced: variables });
  }

  async function byUs({ document, variables }: RandomOperation): Promise<unknown> {
    const executor = createExecutor(schema);
    const request = { query: document, variables, operationName: null };
    await executor.execute(request, caller);
    return ((await executor.execute(request, caller)) as FormattedExecutionResult).data;
  }

  async function expectInterpreted(operation: RandomOperation, expected: Comparable): Promise<void> {
    const forced = await force(operation);
    expect(JSON.stringify(forced?.data)).not.toBe(JSON.stringify(expected.data));
    expect(JSON.stringify(await byUs(operation))).toBe(JSON.stringify(expected.data));
  }

  it('differs for a variable left out within a literal, which we interpret (control)', async () => {
    const operation = { document: 'query Q($n: Int) { echo(in: { min: $n }) }', variables: {} };
    await expectInterpreted(operation, await byReference(schema, operation));
  });

  it('differs for a field that is skipped in one of two places, which we interpret (control)', async () => {
    const operation = { document: 'query Q { failing failing @skip(if: true) }', variables: {} };
    const expected = await byReference(schema, operation);
    const forced = await force(operation);
    expect(forced?.errors?.[0]?.locations).toHaveLength(2);
    expect(Object.values(expected.errors)).toEqual([[expect.stringContaining('[{"line":1,"column":11}]')]]);
    const output = await createExecutor(schema).execute(
      { query: operation.document, variables: operation.variables, operationName: null },
      caller,
    );
    expectSame(fromResult(output as FormattedExecutionResult), expected, 'ours');
  });

  it('differs for a field called __proto__, which we interpret (control)', async () => {
    for (let id = 1; ; id += 1) {
      const operation = {
        document: 'query Q($id: ID!) { node(id: $id) { ... on Cat { __proto__: lives } } }',
        variables: { id: String(id) },
      };
      const expected = await byReference(schema, operation);
      if (!JSON.stringify(expected.data).includes('__proto__')) continue;
      await expectInterpreted(operation, expected);
      return;
    }
  });

  it('runs code that a caller wrote into a literal; we never give it one (control)', async () => {
    const runs: string[] = [];
    Reflect.set(globalThis, 'antiphonProbe', (who: string) => runs.push(who));
    try {
      const marker = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d';
      const operation = { document: `query Q { echo(ids: ["${marker}antiphonProbe('graphql-jit')"]) }`, variables: {} };
      await force(operation);
      expect(runs).toEqual(['graphql-jit']);
      await byUs(operation);
      expect(runs).toEqual(['graphql-jit']);
    } finally {
      Reflect.deleteProperty(globalThis, 'antiphonProbe');
    }
  });
});
