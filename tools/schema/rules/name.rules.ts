import { defineRule } from './define-rule.ts';
import { directiveOf, isList, nameOf, namedType } from './schema-node.ts';

/** A name that begins with a question reads as one. Members of `@oneOf` inputs are alternatives, named by what they choose. */
export const booleanName = defineRule(['FieldDefinition', 'InputValueDefinition'], (node, { parent }) => {
  if (namedType(node.type) !== 'Boolean' || isList(node.type)) return null;
  if (parent?.kind === 'InputObjectTypeDefinition' && directiveOf(parent, 'oneOf') !== undefined) return null;
  const name = node.name.value;
  return /^(is|has|can)[A-Z]/.test(name) ? null : `${nameOf(parent)}.${name} is a Boolean. Let its name begin with is, has or can.`;
});

/** A field is a thing, not an act of fetching it. */
export const noFetchingVerb = defineRule(['FieldDefinition'], (field, { parent }) => {
  const name = field.name.value;
  return /^(get|list|fetch)([A-Z]|$)/.test(name)
    ? `${nameOf(parent)}.${name}: name the thing, without ${/^[a-z]+/.exec(name)?.[0]}.`
    : null;
});

/** Instants end in At; bounds of a range of instants end in From and To. */
export const instantName = defineRule(['FieldDefinition', 'InputValueDefinition'], (node, { parent }) => {
  if (namedType(node.type) !== 'DateTime') return null;
  const name = node.name.value;
  return /(At|From|To)$|^(from|to)$/.test(name)
    ? null
    : `${nameOf(parent)}.${name} is an instant. Let its name end in At, or in From and To for a range.`;
});

/** Money is Decimal and says its currency; a float loses digits. */
export const moneyType = defineRule(['FieldDefinition', 'InputValueDefinition'], (node, { parent }) => {
  const name = node.name.value;
  const isMoney = /Usd([A-Z]|$)/.test(name);
  if (isMoney && namedType(node.type) !== 'Decimal') return `${nameOf(parent)}.${name} is money. Make it a Decimal.`;
  if (!isMoney && namedType(node.type) === 'Decimal') return `${nameOf(parent)}.${name} is a Decimal. Say its currency in the name: …Usd.`;
  return null;
});
