import {
  Kind,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import type { FieldRules, SchemaRules } from './schema-rules.ts';

/** Length that a page has when neither `first` nor `last` is given. */
export const DEFAULT_PAGE_SIZE = 20;
/** Points for reading the schema: one walk over all of it. */
const INTROSPECTION_COST = 100;
/** Length of a list about which the schema says nothing. */
const UNKNOWN_LIST_SIZE = 10;

export const INTROSPECTION_SCOPE = 'SCHEMA_READ';

type Variables = Readonly<Record<string, unknown>>;

/** One pricing of an operation: its variables, and what its fragments came to. */
interface Pricing {
  readonly variables: Variables;
  readonly fragments: Map<string, number>;
}

/** Points for resolving something once. */
type Price = (pricing: Pricing) => number;

/** What an operation needs and costs, found without running it. */
export interface OperationPlan {
  readonly scopes: readonly string[];
  /** Upper bound of the points it costs; fragments, aliases and list sizes included. */
  readonly cost: (variables: Variables) => number;
  /** Nesting with fragments put in their places, without introspection. */
  readonly depth: number;
  /** Fields with fragments put in their places. */
  readonly fieldCount: number;
}

/** A selection set or a part of it. Parts are shared where a fragment is used more than once. */
interface Part {
  readonly price: Price;
  readonly depth: number;
  readonly fieldCount: number;
}

/** Plans a validated operation. */
export function planOperation(
  schema: GraphQLSchema,
  rules: SchemaRules,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): OperationPlan {
  const planner = new Planner(schema, rules, document);
  const root = schema.getRootType(operation.operation);
  const { price, depth, fieldCount } = planner.selections(root?.name ?? '', operation.selectionSet, null);
  return { cost: toCost(price, planner.isPricedByVariables), scopes: [...planner.scopes], depth, fieldCount };
}

function toCost(price: Price, isPricedByVariables: boolean): OperationPlan['cost'] {
  if (isPricedByVariables) return (variables) => price({ variables, fragments: new Map() });
  const always = price({ variables: {}, fragments: new Map() });
  return () => always;
}

class Planner {
  readonly scopes = new Set<string>();
  isPricedByVariables = false;
  readonly #schema: GraphQLSchema;
  readonly #rules: SchemaRules;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  /** By fragment and list it is sized by: one walk a fragment, however often it is used. */
  readonly #planned = new Map<string, Part>();
  #pageCount = 0;

  constructor(schema: GraphQLSchema, rules: SchemaRules, document: DocumentNode) {
    this.#schema = schema;
    this.#rules = rules;
    for (const definition of document.definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
  }

  /** `sized`: the page whose length the fields named there have. */
  selections(typeName: string, set: SelectionSetNode, sized: SizedPage | null): Part {
    return sum(
      set.selections.map((selection) => {
        switch (selection.kind) {
          case Kind.FIELD:
            return this.#field(typeName, selection, sized);
          case Kind.INLINE_FRAGMENT:
            return this.selections(selection.typeCondition?.name.value ?? typeName, selection.selectionSet, sized);
          case Kind.FRAGMENT_SPREAD:
            return this.#fragment(selection.name.value, sized);
        }
      }),
    );
  }

  #fragment(name: string, sized: SizedPage | null): Part {
    const key = `${name} ${sized?.id ?? ''}`;
    const known = this.#planned.get(key);
    if (known !== undefined) return known;
    const fragment = this.#fragments.get(name);
    if (fragment === undefined) return NOTHING;
    const part = this.selections(fragment.typeCondition.name.value, fragment.selectionSet, sized);
    const shared: Part = { ...part, price: onceForEachPricing(key, part.price) };
    this.#planned.set(key, shared);
    return shared;
  }

  #field(typeName: string, node: FieldNode, sized: SizedPage | null): Part {
    const name = node.name.value;
    if (name === '__typename') return { price: () => 0, depth: 1, fieldCount: 1 };
    if (name.startsWith('__')) {
      this.scopes.add(INTROSPECTION_SCOPE);
      return { price: () => INTROSPECTION_COST, depth: 1, fieldCount: 1 };
    }
    const type = this.#schema.getType(typeName);
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
    if (field === undefined) return NOTHING;
    const rules = this.#rulesOf(typeName, name);
    if (rules.scope !== null) this.scopes.add(rules.scope);
    const returned = getNamedType(field.type);
    const page = this.#sizedPage(node, field, rules);
    const inner =
      node.selectionSet === undefined
        ? NOTHING
        : this.selections(returned.name, node.selectionSet, page !== null && page.fields.size > 0 ? page : null);
    const own = rules.weight ?? (isCompositeType(returned) ? (this.#rules.weightOfType(returned.name) ?? 1) : 0);
    const length = lengthOf(field.type, page, sized?.fields.has(name) === true ? sized : null);
    const innerPrice = inner.price;
    return {
      price: length === null ? (pricing) => own + innerPrice(pricing) : (pricing) => (own + innerPrice(pricing)) * length(pricing),
      depth: inner.depth + 1,
      fieldCount: inner.fieldCount + 1,
    };
  }

  /** Of an interface's field, the strictest of its types counts: it may be any of them. */
  #rulesOf(typeName: string, fieldName: string): FieldRules {
    const own = this.#rules.of(typeName, fieldName);
    const type = this.#schema.getType(typeName);
    if (!isInterfaceType(type)) return own;
    const all = [own, ...this.#schema.getPossibleTypes(type).map((possible) => this.#rules.of(possible.name, fieldName))];
    for (const { scope } of all) if (scope !== null) this.scopes.add(scope);
    const weights = all.flatMap(({ weight }) => weight ?? []);
    return { scope: null, weight: weights.length === 0 ? null : Math.max(...weights), listSize: own.listSize };
  }

  #sizedPage(node: FieldNode, field: GraphQLField<unknown, unknown>, { listSize }: FieldRules): SizedPage | null {
    if (listSize === null) return null;
    const lengths = listSize.slicingArguments.flatMap((name) => {
      const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
      const fallback: unknown = field.args.find((argument) => argument.name === name)?.defaultValue;
      if (value === undefined) return typeof fallback === 'number' ? [() => fallback] : [];
      if (value.kind === Kind.VARIABLE) this.isPricedByVariables = true;
      return [toLength(value)];
    });
    const otherwise = listSize.assumedSize ?? DEFAULT_PAGE_SIZE;
    this.#pageCount += 1;
    return {
      id: String(this.#pageCount),
      fields: listSize.sizedFields,
      length: ({ variables }) => {
        const given = lengths.flatMap((read) => read(variables) ?? []);
        return given.length === 0 ? otherwise : Math.max(0, ...given);
      },
    };
  }
}

interface SizedPage {
  readonly id: string;
  readonly fields: ReadonlySet<string>;
  readonly length: Price;
}

function toLength(value: ValueNode): (variables: Variables) => number | null {
  if (value.kind === Kind.INT) {
    const length = Number(value.value);
    return () => length;
  }
  if (value.kind !== Kind.VARIABLE) return () => null;
  const name = value.name.value;
  return (variables) => {
    const given = variables[name];
    return typeof given === 'number' ? given : null;
  };
}

/** Null when the field is one thing, not a list. */
function lengthOf(type: GraphQLOutputType, own: SizedPage | null, outer: SizedPage | null): Price | null {
  if (outer !== null) return outer.length;
  const nullable = isNonNullType(type) ? type.ofType : type;
  if (!isListType(nullable)) return null;
  return own === null ? () => UNKNOWN_LIST_SIZE : own.length;
}

const NOTHING: Part = { price: () => 0, depth: 0, fieldCount: 0 };

function sum(parts: readonly Part[]): Part {
  const prices = parts.map((part) => part.price);
  return {
    price: (pricing) => prices.reduce((total, price) => total + price(pricing), 0),
    depth: Math.max(0, ...parts.map((part) => part.depth)),
    fieldCount: parts.reduce((total, part) => total + part.fieldCount, 0),
  };
}

/** Fragments in fragments would be walked exponentially often otherwise. */
function onceForEachPricing(key: string, price: Price): Price {
  return (pricing) => {
    const known = pricing.fragments.get(key);
    if (known !== undefined) return known;
    const points = price(pricing);
    pricing.fragments.set(key, points);
    return points;
  };
}
