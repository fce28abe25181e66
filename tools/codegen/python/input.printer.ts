import { GraphQLNonNull, getNamedType, isEnumType, isRequiredInputField, isScalarType } from 'graphql';
import type { GraphQLInputField, GraphQLInputObjectType, GraphQLInputType } from 'graphql';
import { wrapType } from './python-module.ts';
import type { PythonModule } from './python-module.ts';
import { scalarOf } from './python-scalars.ts';
import { capitalize, docstring, isKeyword, printClass, quote } from './python-source.ts';

/** The Python type of a value to send; declares what it needs. */
export function inputType(module: PythonModule, type: GraphQLInputType): string {
  const named = getNamedType(type);
  if (isScalarType(named)) return wrapType(type, scalarOf(named.name).input);
  if (isEnumType(named)) {
    const literals = named.getValues().map((value) => quote(value.name));
    return wrapType(type, `${module.enumName(named)} | Literal[${literals.join(', ')}]`);
  }
  declareInput(module, named);
  return wrapType(type, named.name);
}

function declareInput(module: PythonModule, type: GraphQLInputObjectType): void {
  if (module.has(type.name)) return;
  module.reserve(type.name);
  const fields = Object.values(type.getFields());
  module.declare(type.name, type.isOneOf ? printAlternatives(module, type, fields) : printTypedDict(module, type, fields));
}

function printTypedDict(module: PythonModule, type: GraphQLInputObjectType, fields: readonly GraphQLInputField[]): string {
  const typeOf = (field: GraphQLInputField): string => {
    const name = inputType(module, field.type);
    return isRequiredInputField(field) ? name : `NotRequired[${name}]`;
  };
  if (fields.some((field) => isKeyword(field.name))) {
    const entries = fields.map((field) => `${quote(field.name)}: ${quote(typeOf(field))}`);
    return [`${type.name} = TypedDict(${quote(type.name)}, {${entries.join(', ')}})`, ...docstring(type.description, '')].join('\n');
  }
  const body = fields.flatMap((field) => [`    ${field.name}: ${typeOf(field)}`, ...docstring(field.description, '    ')]);
  return printClass(`${type.name}(TypedDict)`, type.description, body);
}

/** A `@oneOf` input: one TypedDict with one key for each member, so that a type checker refuses two keys or none. */
function printAlternatives(module: PythonModule, type: GraphQLInputObjectType, fields: readonly GraphQLInputField[]): string {
  const members = fields.map((field) => ({ field, name: `${type.name}${capitalize(field.name)}` }));
  const classes = members.map(({ field, name }) => {
    const value = inputType(module, new GraphQLNonNull(field.type));
    if (isKeyword(field.name)) return `${name} = TypedDict(${quote(name)}, {${quote(field.name)}: ${quote(value)}})`;
    return printClass(`${name}(TypedDict)`, field.description, [`    ${field.name}: ${value}`]);
  });
  const alias = [`${type.name}: TypeAlias = ${quote(members.map(({ name }) => name).join(' | '))}`, ...docstring(type.description, '')];
  return [...classes, alias.join('\n')].join('\n\n\n');
}
