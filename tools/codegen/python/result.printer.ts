import { Kind, getNamedType, isAbstractType, isEnumType, isLeafType, isListType, isNonNullType, isObjectType } from 'graphql';
import type { FieldNode, GraphQLLeafType, GraphQLNamedType, GraphQLObjectType, GraphQLType, SelectionNode } from 'graphql';
import { wrapType } from './python-module.ts';
import type { PythonModule } from './python-module.ts';
import { scalarOf } from './python-scalars.ts';
import { capitalize, docstring, printClass, quote, toSnakeCase } from './python-source.ts';

/** How results of one selection are typed and decoded. */
export interface ResultType {
  readonly name: string;
  /** Python expression that decodes the JSON in a variable. */
  decode(variable: string): string;
}

export interface ResultOptions {
  /** Names the classes of an abstract type's members after the members alone. */
  readonly hasShortMemberNames?: boolean;
  /** Takes nullable fields as there and leaves `errors` out: what remains of a payload after its errors were raised. */
  readonly isSucceededPayload?: boolean;
}

/** Declares the classes of a selection on a composite type, under a name. */
export function declareResult(
  module: PythonModule,
  name: string,
  type: GraphQLNamedType,
  selections: readonly SelectionNode[],
  options: ResultOptions = {},
): ResultType {
  const fragment = soleFragment(module, type, selections);
  if (fragment !== null && !module.has(fragment.name)) declareSelection(module, fragment.name, type, fragment.selections, {});
  const declared = fragment?.name ?? name;
  if (fragment === null) declareSelection(module, name, type, selections, options);
  return { name: declared, decode: (variable) => `_decode_${toSnakeCase(declared)}(${variable})` };
}

/** A selection that is one fragment on the same type takes the fragment's name, so that equal shapes are one class. */
function soleFragment(
  module: PythonModule,
  type: GraphQLNamedType,
  selections: readonly SelectionNode[],
): { name: string; selections: readonly SelectionNode[] } | null {
  const [only, ...others] = selections;
  if (only?.kind !== Kind.FRAGMENT_SPREAD || others.length > 0) return null;
  const fragment = module.fragments.get(only.name.value);
  if (fragment?.typeCondition.name.value !== type.name) return null;
  return { name: fragment.name.value, selections: fragment.selectionSet.selections };
}

function declareSelection(
  module: PythonModule,
  name: string,
  type: GraphQLNamedType,
  selections: readonly SelectionNode[],
  options: ResultOptions,
): void {
  module.reserve(name);
  if (isObjectType(type)) return module.declare(name, printObject(module, name, type, selections, options));
  if (!isAbstractType(type)) throw new Error(`${type.name} has no fields to select.`);
  const members = module.schema.getPossibleTypes(type).map((member) => {
    const memberName = options.hasShortMemberNames === true ? member.name : `${name}${member.name}`;
    module.reserve(memberName);
    module.declare(memberName, printObject(module, memberName, member, selections, {}));
    return { typename: member.name, name: memberName };
  });
  module.declare(name, printUnion(name, type.description, members));
}

function printUnion(name: string, description: string | null | undefined, members: readonly { typename: string; name: string }[]): string {
  return [
    `${name}: TypeAlias = ${quote(members.map((member) => member.name).join(' | '))}`,
    ...docstring(description, ''),
    '',
    '',
    `def _decode_${toSnakeCase(name)}(data: Mapping[str, Any]) -> ${name}:`,
    '    match data["__typename"]:',
    ...members.flatMap((member) => [
      `        case ${quote(member.typename)}:`,
      `            return _decode_${toSnakeCase(member.name)}(data)`,
    ]),
    '        case other:',
    `            raise unknown_member(${quote(name)}, other)`,
  ].join('\n');
}

function printObject(
  module: PythonModule,
  name: string,
  type: GraphQLObjectType,
  selections: readonly SelectionNode[],
  options: ResultOptions,
): string {
  const attributes: string[] = [];
  const decoders: string[] = [];
  for (const [key, nodes] of fieldsOn(module, type, selections)) {
    if (options.isSucceededPayload === true && key === 'errors') continue;
    const attribute = nodes[0]?.name.value === '__typename' ? typename(type) : field(module, name, type, key, nodes, options);
    attributes.push(`    ${attribute.name}: ${attribute.type}`, ...docstring(attribute.description, '    '));
    decoders.push(`        ${attribute.name}=${attribute.decode},`);
  }
  return [
    '@dataclass(frozen=True, slots=True, kw_only=True)',
    printClass(name, type.description, attributes),
    '',
    '',
    `def _decode_${toSnakeCase(name)}(data: Mapping[str, Any]) -> ${name}:`,
    `    return ${name}(`,
    ...decoders,
    '    )',
  ].join('\n');
}

interface Attribute {
  readonly name: string;
  readonly type: string;
  readonly description: string | null | undefined;
  readonly decode: string;
}

function typename(type: GraphQLObjectType): Attribute {
  return {
    name: 'typename',
    type: `Literal[${quote(type.name)}]`,
    description: 'Name of the type, to tell members apart.',
    decode: quote(type.name),
  };
}

function field(
  module: PythonModule,
  className: string,
  type: GraphQLObjectType,
  key: string,
  nodes: readonly FieldNode[],
  options: ResultOptions,
): Attribute {
  const definition = type.getFields()[nodes[0]?.name.value ?? ''];
  if (definition === undefined) throw new Error(`${type.name} has no field ${nodes[0]?.name.value}.`);
  const named = getNamedType(definition.type);
  const value = isLeafType(named)
    ? leaf(module, named)
    : declareResult(
        module,
        `${className}${capitalize(key)}`,
        named,
        nodes.flatMap((node) => node.selectionSet?.selections ?? []),
      );
  const isPresent = options.isSucceededPayload === true && !isNonNullType(definition.type);
  const access = `data[${quote(key)}]`;
  return {
    name: toSnakeCase(key),
    type: isPresent ? wrapType(definition.type, value.name).replace(/ \| None$/, '') : wrapType(definition.type, value.name),
    description: definition.description,
    decode: isPresent ? decodePresent(definition.type, access, value) : decodeExpression(definition.type, access, value),
  };
}

function leaf(module: PythonModule, type: GraphQLLeafType): ResultType {
  if (isEnumType(type)) {
    const name = module.enumName(type);
    return { name, decode: (variable) => `${name}(${variable})` };
  }
  const scalar = scalarOf(type.name);
  return { name: scalar.output, decode: (variable) => (scalar.decode === null ? variable : `${scalar.decode}(${variable})`) };
}

/** Python expression that decodes the JSON of a type, lists and null included. */
export function decodeExpression(type: GraphQLType, access: string, value: ResultType): string {
  const present = decodePresent(type, access, value);
  return isNonNullType(type) || present === access ? present : `None if ${access} is None else ${present}`;
}

function decodePresent(type: GraphQLType, access: string, value: ResultType): string {
  if (isNonNullType(type)) return decodePresent(type.ofType, access, value);
  if (!isListType(type)) return value.decode(access);
  const item = decodeExpression(type.ofType, 'item', value);
  return item === 'item' ? access : `[${item} for item in ${access}]`;
}

/** The fields that a selection reads of one concrete type, by response key, with fragments merged. */
function fieldsOn(
  module: PythonModule,
  type: GraphQLObjectType,
  selections: readonly SelectionNode[],
  found = new Map<string, FieldNode[]>(),
): Map<string, FieldNode[]> {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      found.set(key, [...(found.get(key) ?? []), selection]);
      continue;
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? module.fragments.get(selection.name.value) : selection;
    const condition = fragment?.typeCondition?.name.value;
    if (fragment !== undefined && appliesTo(module, condition, type)) fieldsOn(module, type, fragment.selectionSet.selections, found);
  }
  return found;
}

function appliesTo(module: PythonModule, condition: string | undefined, type: GraphQLObjectType): boolean {
  if (condition === undefined || condition === type.name) return true;
  const conditional = module.schema.getType(condition);
  return isAbstractType(conditional) && module.schema.isSubType(conditional, type);
}
