import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { plugin } from './index.ts';

const schema = buildSchema(`
  type Query { "One thing." thing(id: ID!): Thing  now: Int! }
  type Mutation { thingRename(id: ID!): Payload! }
  type Subscription { thingTicks(upTo: Int): Int! }
  type Thing { id: ID! name: String }
  type Payload { thing: Thing errors: [String!]! }
`);
const print = (text: string): string => plugin(schema, [{ document: parse(text) }]).content;

describe('JavaScript operations plugin', () => {
  it('prints a document with its fragments and a method that returns the root field', () => {
    const content = print(
      'query Thing($id: ID!) { thing(id: $id) { ...Names } } fragment Names on Thing { id name } fragment Unused on Thing { id }',
    );
    expect(content).toContain(
      'export const ThingDocument = new OperationDocument<ThingQuery, ThingQueryVariables>(\n  "Thing",\n  "query Thing($id:ID!){thing(id:$id){...Names}}fragment Names on Thing{id name}",\n);',
    );
    expect(content).toContain(
      [
        '  /** One thing. */',
        "  thing(variables: ThingQueryVariables, options: RequestOptions = {}): Promise<ThingQuery['thing']> {",
        "    return this.queryField(ThingDocument, variables, 'thing', options);",
        '  }',
      ].join('\n'),
    );
  });

  it('leaves out variables where there are none and makes them optional where none is required', () => {
    expect(print('query Now { now }')).toContain(
      "  now(options: RequestOptions = {}): Promise<NowQuery['now']> {\n    return this.queryField(NowDocument, {}, 'now', options);",
    );
    expect(print('subscription Ticks($upTo: Int) { ticks: thingTicks(upTo: $upTo) }')).toContain(
      [
        "  ticks(variables: TicksSubscriptionVariables = {}, options: SubscribeOptions = {}): AsyncGenerator<TicksSubscription['ticks'], void, undefined> {",
        "    return this.subscribeField(TicksDocument, variables, 'ticks', options);",
      ].join('\n'),
    );
  });

  it('lets mutations throw the errors of their payload', () => {
    expect(print('mutation ThingRename($id: ID!) { thingRename(id: $id) { thing { id } errors } }')).toContain(
      "Promise<Succeeded<ThingRenameMutation['thingRename']>> {\n    return this.mutateField(ThingRenameDocument, variables, 'thingRename', options);",
    );
  });

  it('refuses an anonymous operation, one with several root fields, and a missing fragment', () => {
    expect(() => print('{ now }')).toThrow('An SDK operation has no name. Name it after its root field.');
    expect(() => print('query Two { now again: now }')).toThrow('The SDK operation Two must select one root field');
    expect(() => print('query Thing { thing(id: 1) { ...Names } }')).toThrow('There is no fragment Names.');
  });
});
