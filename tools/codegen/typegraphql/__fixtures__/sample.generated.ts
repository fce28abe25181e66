// Generated from schema/ by `npm run codegen`. Do not edit.
import 'reflect-metadata';
import * as TG from 'type-graphql';
import * as S from "../../../../server/src/kernel/graphql-sdl/scalars.ts";
import { nameOfType, operation, subscription } from "../../../../server/src/kernel/graphql-sdl/sdl-runtime.ts";
export const Shape = {
  ROUND: "ROUND",
  SQUARE: "SQUARE",
} as const;
export type Shape = (typeof Shape)[keyof typeof Shape];
TG.registerEnumType(Shape, {
  name: "Shape",
  description: "Form of a thing.",
  valuesConfig: {
    ROUND: { description: "Like a ball." },
    SQUARE: { deprecationReason: "Use `ROUND`." },
  },
});

@TG.InterfaceType("Node", { description: "Has an id.", resolveType: nameOfType })
export abstract class Node {
  @TG.Field(() => TG.ID, {})
  id!: string;
}
export type NodeObject =
  | (Thing & { __typename: "Thing" });

@TG.InterfaceType("UserError", { resolveType: nameOfType })
export abstract class UserError {
  @TG.Field(() => String, {})
  message!: string;
}
export type UserErrorObject =
  | (LockedError & { __typename: "LockedError" })
  | (TakenError & { __typename: "TakenError" });

@TG.ObjectType("LockedError", { implements: [UserError], simpleResolvers: true })
export class LockedError implements UserError {
  declare __typename?: "LockedError";
  @TG.Field(() => String, {})
  message!: string;
}

@TG.ObjectType("Part", { simpleResolvers: true })
export class Part {
  declare __typename?: "Part";
  @TG.Field(() => TG.Int, {})
  number!: number;
}

@TG.ObjectType("TakenError", { implements: [UserError], simpleResolvers: true })
export class TakenError implements UserError {
  declare __typename?: "TakenError";
  @TG.Field(() => String, {})
  message!: string;
}

@TG.ObjectType("Thing", { implements: [Node], description: "A thing.", simpleResolvers: true })
export class Thing implements Node {
  declare __typename?: "Thing";
  @TG.Field(() => TG.ID, {})
  id!: string;
  @TG.Field(() => [String], { nullable: "itemsAndList" })
  labels?: ReadonlyArray<string | null> | null | undefined;
  @TG.Field(() => S.DateTime, {})
  madeAt!: S.DateTimeOutput;
  @TG.Field(() => String, {})
  name!: string;
  @TG.Field(() => String, { nullable: true, deprecationReason: "Use `name`." })
  oldName?: string | null | undefined;
  @TG.Field(() => S.JSON, { nullable: true })
  options?: S.JSONOutput | null | undefined;
  @TG.Field(() => [Part], { description: "Supplied by a resolver." })
  parts?: ReadonlyArray<Part> | undefined;
  @TG.Field(() => S.Decimal, { nullable: true })
  price?: S.DecimalOutput | null | undefined;
  @TG.Field(() => S.BigInt, {})
  size!: S.BigIntOutput;
}

@TG.ObjectType("ThingRenamePayload", { simpleResolvers: true })
export class ThingRenamePayload {
  declare __typename?: "ThingRenamePayload";
  @TG.Field(() => [RenameError], {})
  errors!: ReadonlyArray<RenameError>;
  @TG.Field(() => Thing, { nullable: true })
  thing?: Thing | null | undefined;
}

@TG.ObjectType("Tick", { simpleResolvers: true })
export class Tick {
  declare __typename?: "Tick";
  @TG.Field(() => TG.Int, {})
  count!: number;
}

export const RenameError = TG.createUnionType({ name: "RenameError", types: () => [LockedError, TakenError] as const, resolveType: nameOfType });
export type RenameError =
  | (LockedError & { __typename: "LockedError" })
  | (TakenError & { __typename: "TakenError" });

@TG.InputType("PartLookup", {})
export class PartLookup {
  @TG.Field(() => Boolean, { defaultValue: false })
  isExact!: boolean;
  @TG.Field(() => TG.Int, {})
  number!: number;
}

@TG.InputType("ThingLookup", { description: "How to find a thing; exactly one member." })
class ThingLookupClass {
  @TG.Field(() => String, { nullable: true })
  byName?: string | null;
  @TG.Field(() => PartLookup, { nullable: true })
  byPart?: PartLookup | null;
}
export const ThingLookup = ThingLookupClass;
export type ThingLookup =
  | { byName: string; byPart?: never }
  | { byName?: never; byPart: PartLookup };

@TG.InputType("ThingRenameInput", {})
export class ThingRenameInput {
  @TG.Field(() => TG.ID, {})
  id!: string;
  @TG.Field(() => String, { nullable: true })
  name?: string | null;
}

@TG.ArgsType()
export class MutationThingRenameArgs {
  @TG.Field(() => ThingRenameInput, {})
  input!: ThingRenameInput;
}

@TG.ArgsType()
export class QueryNodeArgs {
  @TG.Field(() => TG.ID, {})
  id!: string;
}

@TG.ArgsType()
export class QueryThingArgs {
  @TG.Field(() => TG.ID, {})
  id!: string;
}

@TG.ArgsType()
export class QueryThingsArgs {
  @TG.Field(() => ThingLookup, { nullable: true })
  find?: ThingLookup | null;
  @TG.Field(() => [Shape], { description: "Which shapes.", defaultValue: ["ROUND"] })
  shapes!: ReadonlyArray<Shape>;
  @TG.Field(() => S.DateTime, { nullable: true })
  since?: S.DateTimeInput | null;
}

@TG.ArgsType()
export class SubscriptionThingTicksArgs {
  @TG.Field(() => TG.Int, { defaultValue: 3 })
  upTo!: number;
}

@TG.ArgsType()
export class ThingGreetingArgs {
  @TG.Field(() => String, { defaultValue: "you" })
  to!: string;
}

export const Sdl = {
  LockedError: {
    message: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "message" }, directives: [] }),
  },
  Mutation: {
    thingRename: operation<ThingRenamePayload>(TG.Mutation, { type: () => ThingRenamePayload, options: { name: "thingRename" }, directives: ["@auth(scope: \"A\")"], args: () => MutationThingRenameArgs }),
  },
  Part: {
    number: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "number" }, directives: [] }),
  },
  Query: {
    node: operation<NodeObject | null>(TG.Query, { type: () => Node, options: { name: "node", nullable: true }, directives: ["@auth(scope: \"A\")"], args: () => QueryNodeArgs }),
    thing: operation<Thing | null>(TG.Query, { type: () => Thing, options: { name: "thing", nullable: true, description: "One thing." }, directives: ["@auth(scope: \"A\")","@cost(weight: 3)"], args: () => QueryThingArgs }),
    things: operation<ReadonlyArray<Thing>>(TG.Query, { type: () => [Thing], options: { name: "things", description: "Things by shape." }, directives: ["@auth(scope: \"B\")"], args: () => QueryThingsArgs }),
  },
  Subscription: {
    thingTicks: subscription<SubscriptionThingTicksArgs, Tick>({ type: () => Tick, options: { name: "thingTicks" }, directives: ["@auth(scope: \"A\")"], args: () => SubscriptionThingTicksArgs }),
  },
  TakenError: {
    message: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "message" }, directives: [] }),
  },
  Thing: {
    greeting: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "greeting" }, directives: [], args: () => ThingGreetingArgs }),
    id: operation<string>(TG.FieldResolver, { type: () => TG.ID, options: { name: "id" }, directives: [] }),
    labels: operation<ReadonlyArray<string | null> | null>(TG.FieldResolver, { type: () => [String], options: { name: "labels", nullable: "itemsAndList" }, directives: [] }),
    madeAt: operation<S.DateTimeOutput>(TG.FieldResolver, { type: () => S.DateTime, options: { name: "madeAt" }, directives: [] }),
    name: operation<string>(TG.FieldResolver, { type: () => String, options: { name: "name" }, directives: [] }),
    oldName: operation<string | null>(TG.FieldResolver, { type: () => String, options: { name: "oldName", nullable: true, deprecationReason: "Use `name`." }, directives: [] }),
    options: operation<S.JSONOutput | null>(TG.FieldResolver, { type: () => S.JSON, options: { name: "options", nullable: true }, directives: [] }),
    parts: operation<ReadonlyArray<Part>>(TG.FieldResolver, { type: () => [Part], options: { name: "parts", description: "Supplied by a resolver." }, directives: [] }),
    price: operation<S.DecimalOutput | null>(TG.FieldResolver, { type: () => S.Decimal, options: { name: "price", nullable: true }, directives: [] }),
    size: operation<S.BigIntOutput>(TG.FieldResolver, { type: () => S.BigInt, options: { name: "size" }, directives: [] }),
  },
  ThingRenamePayload: {
    errors: operation<ReadonlyArray<RenameError>>(TG.FieldResolver, { type: () => [RenameError], options: { name: "errors" }, directives: [] }),
    thing: operation<Thing | null>(TG.FieldResolver, { type: () => Thing, options: { name: "thing", nullable: true }, directives: [] }),
  },
  Tick: {
    count: operation<number>(TG.FieldResolver, { type: () => TG.Int, options: { name: "count" }, directives: [] }),
  },
};

/** Classes that TypeGraphQL must know even where no resolver mentions them. */
export const objectTypes = [
  Node,
  UserError,
  LockedError,
  Part,
  TakenError,
  Thing,
  ThingRenamePayload,
  Tick,
] as const;

/** Fields that need a resolver class. */
export const lazyFields: readonly string[] = ["Thing.parts"];
