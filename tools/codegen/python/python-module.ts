import { isListType, isNonNullType } from 'graphql';
import type { GraphQLEnumType, GraphQLSchema, GraphQLType } from 'graphql';
import type { FragmentDefinitionNode } from 'graphql';
import { docstring, printClass, quote } from './python-source.ts';

/** The module being printed: what was declared so far, and how to declare each thing once. */
export class PythonModule {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #enums = new Map<string, string>();
  readonly #declarations = new Map<string, string>();

  constructor(schema: GraphQLSchema, fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
    this.schema = schema;
    this.fragments = fragments;
  }

  /** Whether something of this name is declared or being declared. */
  has(name: string): boolean {
    return this.#declarations.has(name);
  }

  /** Keeps the place of a declaration, so that what it needs can refer to it. Throws when two things want one name. */
  reserve(name: string): void {
    if (this.#declarations.has(name) || this.#enums.has(name)) {
      throw new Error(`Two Python types would be called ${name}. Rename an operation, a fragment or an alias.`);
    }
    this.#declarations.set(name, '');
  }

  declare(name: string, text: string): void {
    this.#declarations.set(name, text);
  }

  /** Declares an enum where it is first used, and returns its name. */
  enumName(type: GraphQLEnumType): string {
    if (!this.#enums.has(type.name)) {
      const values = type
        .getValues()
        .flatMap((value) => [`    ${value.name} = ${quote(value.name)}`, ...docstring(value.description, '    ')]);
      this.#enums.set(type.name, printClass(`${type.name}(OpenEnum)`, type.description, values));
    }
    return type.name;
  }

  /** Enums, then everything else in the order of reservation. */
  sections(): string[] {
    return [...this.#enums.values(), ...this.#declarations.values()];
  }

  /** Names of all types, sorted. */
  names(): string[] {
    return [...this.#enums.keys(), ...this.#declarations.keys()].toSorted();
  }
}

/** A type with its lists and `None`, around the name of its innermost type. */
export function wrapType(type: GraphQLType, name: string): string {
  if (isNonNullType(type)) return isListType(type.ofType) ? `list[${wrapType(type.ofType.ofType, name)}]` : name;
  return isListType(type) ? `list[${wrapType(type.ofType, name)}] | None` : `${name} | None`;
}
