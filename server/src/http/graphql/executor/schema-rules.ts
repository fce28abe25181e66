import { Kind, isObjectType, type GraphQLField, type GraphQLSchema, type ConstDirectiveNode, type ConstValueNode } from 'graphql';

/** How long the list behind a field can be. */
export interface ListSize {
  readonly assumedSize: number | null;
  readonly slicingArguments: readonly string[];
  /** Fields of the returned object that hold the list; empty when the field is the list itself. */
  readonly sizedFields: ReadonlySet<string>;
}

/** What the schema's own directives say of one field. */
export interface FieldRules {
  /** Permission that the caller must hold; null where none is named. */
  readonly scope: string | null;
  /** Points by `@cost`; null where the field says nothing. */
  readonly weight: number | null;
  readonly listSize: ListSize | null;
}

const NO_RULES: FieldRules = { scope: null, weight: null, listSize: null };

/** The directives of a schema, read once. */
export class SchemaRules {
  readonly #byField = new Map<string, FieldRules>();
  readonly #weightByType = new Map<string, number>();

  /** Throws when a root field says neither who may use it nor that everybody may. */
  constructor(schema: GraphQLSchema) {
    const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);
    const open: string[] = [];
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type) || type.name.startsWith('__')) continue;
      const weight = readInt(find(type.astNode?.directives, 'cost'), 'weight');
      if (weight !== null) this.#weightByType.set(type.name, weight);
      for (const field of Object.values(type.getFields())) {
        const rules = readRules(field);
        if (rules !== NO_RULES) this.#byField.set(`${type.name}.${field.name}`, rules);
        const isPublic = find(field.astNode?.directives, 'public') !== null;
        if (roots.has(type) && rules.scope === null && !isPublic) open.push(`${type.name}.${field.name}`);
      }
    }
    if (open.length > 0)
      throw new Error(`${open.join(', ')} has neither @auth nor @public. Say in the SDL who may use it; nothing is open by accident.`);
  }

  of(typeName: string, fieldName: string): FieldRules {
    return this.#byField.get(`${typeName}.${fieldName}`) ?? NO_RULES;
  }

  weightOfType(typeName: string): number | null {
    return this.#weightByType.get(typeName) ?? null;
  }
}

function readRules(field: GraphQLField<unknown, unknown>): FieldRules {
  const directives = field.astNode?.directives;
  const auth = find(directives, 'auth');
  const listSize = find(directives, 'listSize');
  const scope = auth === null ? null : readEnum(auth, 'scope');
  const weight = readInt(find(directives, 'cost'), 'weight');
  if (scope === null && weight === null && listSize === null) return NO_RULES;
  return {
    scope,
    weight,
    listSize:
      listSize === null
        ? null
        : {
            assumedSize: readInt(listSize, 'assumedSize'),
            slicingArguments: readStrings(listSize, 'slicingArguments'),
            sizedFields: new Set(readStrings(listSize, 'sizedFields')),
          },
  };
}

function find(directives: readonly ConstDirectiveNode[] | undefined, name: string): ConstDirectiveNode | null {
  return directives?.find((directive) => directive.name.value === name) ?? null;
}

function valueOf(directive: ConstDirectiveNode | null, argument: string): ConstValueNode | null {
  return directive?.arguments?.find((one) => one.name.value === argument)?.value ?? null;
}

function readInt(directive: ConstDirectiveNode | null, argument: string): number | null {
  const value = valueOf(directive, argument);
  return value?.kind === Kind.INT ? Number(value.value) : null;
}

function readEnum(directive: ConstDirectiveNode, argument: string): string | null {
  const value = valueOf(directive, argument);
  return value?.kind === Kind.ENUM ? value.value : null;
}

function readStrings(directive: ConstDirectiveNode, argument: string): readonly string[] {
  const value = valueOf(directive, argument);
  return value?.kind === Kind.LIST ? value.values.flatMap((item) => (item.kind === Kind.STRING ? [item.value] : [])) : [];
}
