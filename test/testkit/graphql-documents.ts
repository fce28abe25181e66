import fc from 'fast-check';
import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

export interface RandomOperation {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

type Pick = fc.GeneratorValue;

/** Bounds that keep documents within the guard's. */
const MAX_FIELDS = 14;
const MAX_DEPTH = 5;
const MAX_ALIASES = 14;
const MAX_DIRECTIVES = 10;

/** Values for scalars of the schemas under test, as text in a document and as JSON; now and then a wrong one. */
const SCALARS: Readonly<Record<string, readonly unknown[]>> = {
  Int: [0, 1, 20, -5, 2147483647],
  Float: [0.5, 1, -2.25],
  String: ['', 'text', 'ü"\\'],
  ID: ['a', 'cmp_0', '7'],
  Boolean: [true, false],
  DateTime: ['2026-11-25T09:30:00.000Z', '2026-11-25T09:30:00+02:00'],
  Decimal: ['0.05', '-1'],
  BigInt: ['9007199254740993'],
  JSON: [null, 1, 'x', { a: [1, null] }, []],
};

/** Draws operations that are valid for a schema, with variables that mostly fit. */
export function drawOperation(pick: Pick, schema: GraphQLSchema): RandomOperation {
  return new Drawing(pick, schema).operation();
}

class Drawing {
  readonly #pick: Pick;
  readonly #schema: GraphQLSchema;
  readonly #maxDirectives: number;
  readonly #definitions: string[] = [];
  readonly #fragments: string[] = [];
  readonly #variables: Record<string, unknown> = {};
  #fields = 0;
  #aliases = 0;
  #directives = 0;
  #names = 0;

  constructor(pick: Pick, schema: GraphQLSchema) {
    this.#pick = pick;
    this.#schema = schema;
    this.#maxDirectives = this.#rarely(3) ? MAX_DIRECTIVES : 0;
  }

  operation(): RandomOperation {
    const root = this.#schema.getQueryType();
    if (root == null) throw new Error('the schema needs a query type');
    const selections = this.#selections(root, 0);
    const head = this.#definitions.length === 0 ? 'query Q' : `query Q(${this.#definitions.join(', ')})`;
    return { document: [`${head} ${selections}`, ...this.#fragments].join('\n'), variables: this.#variables };
  }

  #one<Item>(items: readonly Item[]): Item {
    return items[this.#pick(fc.nat, { max: items.length - 1 })] as Item;
  }

  /** True in one of `outOf` cases. */
  #rarely(outOf: number): boolean {
    return this.#pick(fc.nat, { max: outOf - 1 }) === outOf - 1;
  }

  #name(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }

  #selections(type: GraphQLCompositeType, depth: number): string {
    const count = 1 + this.#pick(fc.nat, { max: 2 });
    const parts = Array.from({ length: count }, () => this.#selection(type, depth)).filter((part) => part !== '');
    return `{ ${parts.length === 0 ? '__typename' : parts.join(' ')} }`;
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    if (depth > 0 && depth < MAX_DEPTH && this.#rarely(4)) return this.#fragment(type, depth);
    if (isUnionType(type)) return '__typename';
    const fields = Object.values(type.getFields()).filter(
      (field) => this.#fields < MAX_FIELDS || !isCompositeType(getNamedType(field.type)),
    );
    const usable = depth < MAX_DEPTH ? fields : fields.filter((field) => !isCompositeType(getNamedType(field.type)));
    return usable.length === 0 ? '__typename' : this.#field(this.#one(usable), depth);
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    this.#fields += 1;
    const type = getNamedType(field.type);
    const inner = isCompositeType(type) ? ` ${this.#selections(type, depth + 1)}` : '';
    return `${this.#alias()}${field.name}${this.#arguments(field.args)}${this.#directive()}${inner}`;
  }

  /** Some fields have none: those of the same name merge then, where they may. */
  #alias(): string {
    if (this.#aliases >= MAX_ALIASES || this.#rarely(3)) return '';
    this.#aliases += 1;
    return `${this.#name('a')}: `;
  }

  #fragment(type: GraphQLCompositeType, depth: number): string {
    const target = this.#one([type, ...(isObjectType(type) ? [] : this.#schema.getPossibleTypes(type))]);
    const selections = this.#selections(target, depth);
    if (this.#rarely(2)) return `... on ${target.name}${this.#directive()} ${selections}`;
    const name = this.#name('F');
    this.#fragments.push(`fragment ${name} on ${target.name} ${selections}`);
    return `...${name}${this.#directive()}`;
  }

  #directive(): string {
    if (this.#directives >= this.#maxDirectives || !this.#rarely(5)) return '';
    this.#directives += 1;
    const value = this.#rarely(2) ? this.#one(['true', 'false']) : this.#variable('Boolean!', () => this.#one([true, false]));
    return ` @${this.#one(['skip', 'include'])}(if: ${value})`;
  }

  #arguments(args: readonly GraphQLArgument[]): string {
    const given = args.filter((argument) => isRequiredArgument(argument) || this.#rarely(2));
    if (given.length === 0) return '';
    return `(${given.map((argument) => `${argument.name}: ${this.#argument(argument)}`).join(', ')})`;
  }

  #argument({ type, defaultValue }: GraphQLArgument): string {
    if (this.#rarely(3)) return this.#literal(type, 0);
    // A nullable variable may stand for a non-null argument that has a default.
    const variableType = isNonNullType(type) && defaultValue !== undefined && this.#rarely(2) ? getNullableType(type) : type;
    return this.#variable(String(variableType), () => this.#json(type, 0), type);
  }

  #variable(typeText: string, draw: () => unknown, type?: GraphQLInputType): string {
    const name = this.#name('v');
    const fallback = type !== undefined && this.#rarely(4) ? ` = ${this.#literal(type, 0, false)}` : '';
    this.#definitions.push(`$${name}: ${typeText}${fallback}`);
    if (!this.#rarely(4)) this.#variables[name] = this.#rarely(12) ? this.#one([null, 'wrong', -1.5, [], {}]) : draw();
    return `$${name}`;
  }

  /** A value as JSON. */
  #json(type: GraphQLInputType, depth: number): unknown {
    if (isNonNullType(type)) return this.#json(type.ofType, depth);
    if (isListType(type)) {
      const inner = type.ofType;
      if (this.#rarely(5)) return this.#json(inner, depth + 1);
      return Array.from({ length: this.#pick(fc.nat, { max: 2 }) }, () => this.#json(inner, depth + 1));
    }
    if (isEnumType(type)) return this.#one(type.getValues()).name;
    if (!isInputObjectType(type)) return this.#one(SCALARS[type.name] ?? [null]);
    const fields = Object.values(type.getFields());
    const chosen = type.isOneOf
      ? [this.#one(fields), ...(this.#rarely(10) ? [this.#one(fields)] : [])]
      : fields.filter((field) => isRequiredInputField(field) || (depth < 2 && this.#rarely(3)));
    return Object.fromEntries(
      chosen.map((field) => [field.name, !isNonNullType(field.type) && this.#rarely(6) ? null : this.#json(field.type, depth + 1)]),
    );
  }

  /** A value as it stands in a document; variables may stand in it where `hasVariables`. */
  #literal(type: GraphQLInputType, depth: number, hasVariables = true): string {
    if (isNonNullType(type)) return this.#present(type.ofType, depth, hasVariables);
    return this.#rarely(8) ? 'null' : this.#present(type, depth, hasVariables);
  }

  #present(type: GraphQLInputType, depth: number, hasVariables: boolean): string {
    if (isListType(type)) {
      const inner = type.ofType;
      return `[${Array.from({ length: this.#pick(fc.nat, { max: 2 }) }, () => this.#literal(inner, depth + 1, hasVariables)).join(', ')}]`;
    }
    if (isEnumType(type)) return this.#one(type.getValues()).name;
    if (!isInputObjectType(type)) return toLiteral(this.#one(SCALARS[type.name] ?? [null]));
    const fields = Object.values(type.getFields());
    const chosen = type.isOneOf
      ? [this.#one(fields)]
      : fields.filter((field) => isRequiredInputField(field) || (depth < 2 && this.#rarely(3)));
    const members = chosen.map((field) => `${field.name}: ${this.#member(field.type, type.isOneOf, depth, hasVariables)}`);
    return `{${members.join(', ')}}`;
  }

  #member(type: GraphQLInputType, isOnly: boolean, depth: number, hasVariables: boolean): string {
    if (isOnly) return this.#present(isNonNullType(type) ? type.ofType : type, depth + 1, hasVariables);
    if (hasVariables && this.#rarely(4)) return this.#variable(String(type), () => this.#json(type, depth + 1), type);
    return this.#literal(type, depth + 1, hasVariables);
  }
}

function toLiteral(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toLiteral).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, member]) => `${name}: ${toLiteral(member)}`)
    .join(', ')}}`;
}
