import { readFileSync } from 'node:fs';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { buildSchema, execute, graphql, lexicographicSortSchema, parse, subscribe } from 'graphql';
import { Args, Ctx, Resolver, Root } from 'type-graphql';
import { describe, expect, it } from 'vitest';
import { buildClassSchema, buildSdlSchema, describeDrift, printComparable } from '../../server/src/kernel/graphql-sdl/index.ts';
import type { ResolverClass, SubscriptionSourceData } from '../../server/src/kernel/graphql-sdl/index.ts';
import * as M from '../../tools/codegen/typegraphql/__fixtures__/sample.generated.ts';

const sdlText = readFileSync(new URL('../../tools/codegen/typegraphql/__fixtures__/sample.graphql', import.meta.url), 'utf8');
const madeAt = new Date(Date.UTC(2026, 10, 25, 9, 30));
const { parts: _parts, ...bolt }: M.Thing & { parts?: undefined } = { id: '1', name: 'bolt', size: 2n ** 53n + 1n, price: '0.050', madeAt };

@Resolver()
class ThingQueries {
  readonly received: unknown[] = [];

  @M.Sdl.Query.thing()
  thing(@Args(() => M.QueryThingArgs) args: M.QueryThingArgs): M.Thing | null {
    return args.id === '1' ? bolt : null;
  }

  @M.Sdl.Query.things()
  things(@Args(() => M.QueryThingsArgs) args: M.QueryThingsArgs): M.Thing[] {
    this.received.push(args);
    return [bolt];
  }

  @M.Sdl.Query.node()
  node(): M.NodeObject {
    return { ...bolt, __typename: 'Thing' };
  }
}

@Resolver()
class ThingMutations {
  @M.Sdl.Mutation.thingRename()
  async thingRename(@Args(() => M.MutationThingRenameArgs) { input }: M.MutationThingRenameArgs): Promise<M.ThingRenamePayload> {
    if (input.name === 'taken') return { thing: null, errors: [{ __typename: 'TakenError', message: 'Choose another name.' }] };
    return { thing: { ...bolt, name: input.name ?? bolt.name }, errors: [] };
  }
}

@Resolver(() => M.Thing)
class ThingFields {
  @M.Sdl.Thing.parts()
  parts(@Root() thing: M.Thing): M.Part[] {
    return [{ number: Number(thing.id) * 10 }];
  }

  @M.Sdl.Thing.greeting()
  greeting(@Root() thing: M.Thing, @Args(() => M.ThingGreetingArgs) args: M.ThingGreetingArgs, @Ctx() context: { mark: string }): string {
    return `${thing.name} greets ${args.to}${context.mark}`;
  }
}

@Resolver()
class TickSubscriptions {
  readonly start = 5;

  @M.Sdl.Subscription.thingTicks(async function* ({
    args,
    resolver,
  }: SubscriptionSourceData<M.SubscriptionThingTicksArgs, unknown, TickSubscriptions>) {
    for (let step = 0; step < args.upTo; step += 1) yield resolver.start + step;
  })
  thingTicks(@Root() count: number): M.Tick {
    return { count };
  }
}

const resolverClasses: readonly ResolverClass[] = [ThingQueries, ThingMutations, ThingFields, TickSubscriptions];

function build(classes: readonly ResolverClass[] = resolverClasses) {
  const queries = new ThingQueries();
  const instances = new Map<ResolverClass, object>([
    [ThingQueries, queries],
    [ThingMutations, new ThingMutations()],
    [ThingFields, new ThingFields()],
    [TickSubscriptions, new TickSubscriptions()],
  ]);
  const container = {
    get(resolverClass: ResolverClass): object {
      const instance = instances.get(resolverClass);
      if (instance === undefined) throw new Error(`no instance of ${resolverClass.name}`);
      return instance;
    },
  };
  const options = { sdlText, generated: M, resolverClasses: classes, container };
  return { options, queries, schema: buildSdlSchema(options) };
}

const run = (source: string, schema = build().schema) => graphql({ schema, source, contextValue: { mark: '!' } });

describe('served schema', () => {
  it('is the SDL, directives and @oneOf included', () => {
    const { schema } = build();
    expect(printSchemaWithDirectives(lexicographicSortSchema(schema))).toBe(
      printSchemaWithDirectives(lexicographicSortSchema(buildSchema(sdlText))),
    );
    const fields = schema.getQueryType()?.getFields();
    expect(fields?.['thing']?.astNode?.directives?.map((one) => one.name.value)).toEqual(['auth', 'cost']);
  });

  it('agrees with the schema of the resolver classes', () => {
    const { options } = build();
    const classSchema = buildClassSchema(options);
    expect(describeDrift(buildSchema(sdlText), classSchema)).toEqual([]);
    expect(printComparable(classSchema)).toBe(printComparable(buildSchema(sdlText)));
  });

  it('shows drift in both directions (control)', () => {
    const changed = sdlText.replace('size: BigInt!', 'size: BigInt\n  weight: Int');
    expect(describeDrift(buildSchema(changed), buildClassSchema(build().options))).toEqual([
      'type Thing implements Node {',
      '- size: BigInt',
      '- weight: Int',
      '+ size: BigInt!',
    ]);
  });

  it('takes properties by default and field resolvers where classes have them', async () => {
    const result = await run('{ thing(id: "1") { id name size price madeAt parts { number } greeting } absent: thing(id: "2") { id } }');
    expect(result).toEqual({
      data: {
        thing: {
          id: '1',
          name: 'bolt',
          size: '9007199254740993',
          price: '0.050',
          madeAt: '2026-11-25T09:30:00.000Z',
          parts: [{ number: 10 }],
          greeting: 'bolt greets you!',
        },
        absent: null,
      },
    });
  });

  it('tells omitted arguments from null ones and fills in defaults', async () => {
    const { schema, queries } = build();
    await run('{ a: things { id } b: things(find: null, shapes: SQUARE, since: "2026-11-25T10:30:00+01:00") { id } }', schema);
    expect(queries.received.map((args) => ({ ...(args as object) }))).toEqual([
      { shapes: ['ROUND'] },
      { shapes: ['SQUARE'], find: null, since: madeAt },
    ]);
  });

  it('enforces @oneOf', async () => {
    const { schema } = build();
    const document = parse('query ($find: ThingLookup) { things(find: $find) { id } }');
    const find = { byName: 'a', byPart: { number: 1 } };
    const result = await execute({ schema, document, variableValues: { find } });
    expect(result.errors?.map((error) => error.message)).toEqual([
      'Variable "$find" got invalid value { byName: "a", byPart: { number: 1 } }; Exactly one key must be specified for OneOf type "ThingLookup".',
    ]);
  });

  it('resolves unions and interfaces by __typename', async () => {
    const result = await run(
      'mutation { thingRename(input: { id: "1", name: "taken" }) { thing { id } errors { __typename ... on UserError { message } } } }',
    );
    expect(result).toEqual({
      data: { thingRename: { thing: null, errors: [{ __typename: 'TakenError', message: 'Choose another name.' }] } },
    });
    expect(await run('{ node(id: "1") { __typename id } }')).toEqual({ data: { node: { __typename: 'Thing', id: '1' } } });
  });

  it('opens subscriptions on the instance from the container', async () => {
    const stream = await subscribe({ schema: build().schema, document: parse('subscription { thingTicks(upTo: 2) { count } }') });
    if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream));
    const events = [];
    for await (const event of stream) events.push(event);
    expect(events).toEqual([{ data: { thingTicks: { count: 5 } } }, { data: { thingTicks: { count: 6 } } }]);
  });

  it('refuses to start without a resolver for a root field, a lazy field or a field with arguments', () => {
    expect(() => build([ThingQueries, TickSubscriptions])).toThrow(
      'No resolver class has Mutation.thingRename, Thing.parts, Thing.greeting. Add a method with @Sdl.<Type>.<field>() and list its class.',
    );
  });

  it('does not compile a resolver that returns something else than the schema promises (control by tsc)', () => {
    class Mistyped {
      // @ts-expect-error: a thing or null, not a number
      @M.Sdl.Query.thing()
      thing(): number {
        return 1;
      }

      // @ts-expect-error: a member of a union says which by __typename
      @M.Sdl.Query.node()
      node(): M.Node {
        return bolt;
      }
    }
    expect(Object.getOwnPropertyNames(Mistyped.prototype)).toEqual(['constructor', 'thing', 'node']);
  });

  it('refuses a method that is not named like its field', () => {
    expect(() => {
      class Misnamed {
        @M.Sdl.Query.thing()
        thingById(): null {
          return null;
        }
      }
      return Misnamed;
    }).toThrow('Misnamed.thingById resolves the field thing. Rename the method to thing.');
  });
});
