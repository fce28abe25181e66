import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema, lexicographicSortSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { plugin } from './index.ts';

const fixture = (name: string): URL => new URL(`./__fixtures__/${name}`, import.meta.url);
const sample = lexicographicSortSchema(buildSchema(readFileSync(fixture('sample.graphql'), 'utf8')));
const config = {
  scalarsModule: '../../../../server/src/kernel/graphql-sdl/scalars.ts',
  runtimeModule: '../../../../server/src/kernel/graphql-sdl/sdl-runtime.ts',
  lazyFields: ['Thing.parts'],
};
const { prepend, content } = plugin(sample, [], config);

/** The lines from the one that starts a declaration to the one that ends it. */
function declaration(start: string, end: string): string[] {
  const lines = content.split('\n');
  const first = lines.findIndex((line) => line.startsWith(start));
  return lines.slice(first, lines.indexOf(end, first) + 1);
}

describe('TypeGraphQL plugin', () => {
  it('prints an enum as a const object with its own value names', () => {
    expect(declaration('export const Shape = {', '});')).toEqual([
      'export const Shape = {',
      '  ROUND: "ROUND",',
      '  SQUARE: "SQUARE",',
      '} as const;',
      'export type Shape = (typeof Shape)[keyof typeof Shape];',
      'TG.registerEnumType(Shape, {',
      '  name: "Shape",',
      '  description: "Form of a thing.",',
      '  valuesConfig: {',
      '    ROUND: { description: "Like a ball." },',
      '    SQUARE: { deprecationReason: "Use `ROUND`." },',
      '  },',
      '});',
    ]);
  });

  it('prints an object with explicit types, optional lazy and nullable fields, and leaves fields with arguments to resolvers', () => {
    expect(declaration('@TG.ObjectType("Thing"', '}')).toEqual([
      '@TG.ObjectType("Thing", { implements: [Node], description: "A thing.", simpleResolvers: true })',
      'export class Thing implements Node {',
      '  declare __typename?: "Thing";',
      '  @TG.Field(() => TG.ID, {})',
      '  id!: string;',
      '  @TG.Field(() => [String], { nullable: "itemsAndList" })',
      '  labels?: ReadonlyArray<string | null> | null | undefined;',
      '  @TG.Field(() => S.DateTime, {})',
      '  madeAt!: S.DateTimeOutput;',
      '  @TG.Field(() => String, {})',
      '  name!: string;',
      '  @TG.Field(() => String, { nullable: true, deprecationReason: "Use `name`." })',
      '  oldName?: string | null | undefined;',
      '  @TG.Field(() => S.JSON, { nullable: true })',
      '  options?: S.JSONOutput | null | undefined;',
      '  @TG.Field(() => [Part], { description: "Supplied by a resolver." })',
      '  parts?: ReadonlyArray<Part> | undefined;',
      '  @TG.Field(() => S.Decimal, { nullable: true })',
      '  price?: S.DecimalOutput | null | undefined;',
      '  @TG.Field(() => S.BigInt, {})',
      '  size!: S.BigIntOutput;',
      '}',
    ]);
  });

  it('prints a @oneOf input as a union of which exactly one member is set', () => {
    expect(declaration('export type ThingLookup =', '  | { byName?: never; byPart: PartLookup };')).toEqual([
      'export type ThingLookup =',
      '  | { byName: string; byPart?: never }',
      '  | { byName?: never; byPart: PartLookup };',
    ]);
    expect(content).toContain('class ThingLookupClass {\n');
    expect(content).toContain('export const ThingLookup = ThingLookupClass;\n');
  });

  it('keeps defaults, also falsy ones and lists of enum values', () => {
    expect(content).toContain('  @TG.Field(() => Boolean, { defaultValue: false })\n  isExact!: boolean;\n');
    expect(content).toContain(
      '  @TG.Field(() => [Shape], { description: "Which shapes.", defaultValue: ["ROUND"] })\n  shapes!: ReadonlyArray<Shape>;\n',
    );
  });

  it('names the members of unions and interfaces by __typename', () => {
    expect(declaration('export type RenameError =', '  | (TakenError & { __typename: "TakenError" });')).toEqual([
      'export type RenameError =',
      '  | (LockedError & { __typename: "LockedError" })',
      '  | (TakenError & { __typename: "TakenError" });',
    ]);
    expect(content).toContain('export type NodeObject =\n  | (Thing & { __typename: "Thing" });\n');
  });

  it('prints one decorator for each field, with its directives in order', () => {
    const of = (start: string): string | undefined => content.split('\n').find((line) => line.startsWith(`    ${start}: `));
    expect(of('thing')).toBe(
      '    thing: operation<Thing | null>(TG.Query, { type: () => Thing, options: { name: "thing", nullable: true, description: "One thing." }, directives: ["@auth(scope: \\"A\\")","@cost(weight: 3)"], args: () => QueryThingArgs }),',
    );
    expect(of('parts')).toBe(
      '    parts: operation<ReadonlyArray<Part>>(TG.FieldResolver, { type: () => [Part], options: { name: "parts", description: "Supplied by a resolver." }, directives: [] }),',
    );
    expect(of('thingTicks')).toBe(
      '    thingTicks: subscription<SubscriptionThingTicksArgs, Tick>({ type: () => Tick, options: { name: "thingTicks" }, directives: ["@auth(scope: \\"A\\")"], args: () => SubscriptionThingTicksArgs }),',
    );
  });

  it('refuses a lazy field that the schema does not have', () => {
    expect(() => plugin(sample, [], { ...config, lazyFields: ['Thing.wheels'] })).toThrow(
      'codegen.yml: lazyFields names Thing.wheels, which the schema does not have. Correct or remove it.',
    );
  });

  it('prints the sample module that the tests of the runtime run', async () => {
    const text = `${prepend.join('\n')}\n${content}`;
    await expect(text).toMatchFileSnapshot(fileURLToPath(fixture('sample.generated.ts')));
  });
});
