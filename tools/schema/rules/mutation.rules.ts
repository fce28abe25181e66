import { print } from 'graphql';
import { defineRule } from './define-rule.ts';
import { capitalize, fieldsOfType, isNonNull, nameOf, signature } from './schema-node.ts';

/** Every mutation reads the same: one required input of its own, one payload of its own. */
export const mutationShape = defineRule(['FieldDefinition'], (field, { parent }) => {
  if (nameOf(parent) !== 'Mutation') return null;
  const name = capitalize(field.name.value);
  const expected = `${field.name.value}(input: ${name}Input!): ${name}Payload!`;
  const actual = `${field.name.value}(${(field.arguments ?? []).map(signature).join(', ')}): ${print(field.type)}`;
  return actual === expected ? null : `A mutation has the form ${expected}, not ${actual}.`;
});

/** A payload tells success by what it holds and failure by `errors`; a flag could contradict both. */
export const payloadShape = defineRule(['ObjectTypeDefinition'], (type) => {
  const name = type.name.value;
  if (!name.endsWith('Payload')) return null;
  const fields = type.fields ?? [];
  const errors = fields.find((field) => field.name.value === 'errors');
  if (errors === undefined || !/^\[\w+Error!\]!$/.test(print(errors.type))) return `${name} needs errors: [<Act>Error!]!.`;
  const objects = fields.filter((field) => field !== errors);
  if (objects.length === 0) return `${name} holds nothing but errors. Add the object that the act made or changed, nullable.`;
  const required = objects.filter((field) => isNonNull(field.type)).map((field) => field.name.value);
  return required.length === 0 ? null : `${name}.${required.join(', ')} must be nullable: there is nothing to return when the act fails.`;
});

/** What callers handle as data must be told apart by name and share the fields of `UserError`. */
export const errorMembers = defineRule(['UnionTypeDefinition', 'ObjectTypeDefinition'], (type, { schema }) => {
  const name = type.name.value;
  if (type.kind === 'ObjectTypeDefinition') {
    const isUserError = (type.interfaces ?? []).some((one) => one.name.value === 'UserError');
    if (isUserError && !name.endsWith('Error')) return `${name} implements UserError. Let its name end in Error.`;
    if (!isUserError && name.endsWith('Error')) return `${name} ends in Error. Let it implement UserError, or rename it.`;
    return null;
  }
  if (!name.endsWith('Error')) return null;
  const members = (type.types ?? []).map((member) => member.name.value);
  const strangers = members.filter((member) => !implementsUserError(fieldsOfType(schema, member).map((field) => field.name.value)));
  return strangers.length === 0 ? null : `${strangers.join(', ')} in ${name} must implement UserError { message code path }.`;
});

function implementsUserError(fields: readonly string[]): boolean {
  return ['message', 'code', 'path'].every((name) => fields.includes(name));
}
